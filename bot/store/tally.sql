-- How many people love each song.

-- name: counts()
-- By guild, and everywhere (no guild named).
SELECT guild_id, song_id, COUNT(DISTINCT user_id) FROM marks
WHERE present = 1
GROUP BY guild_id, song_id
UNION ALL
SELECT NULL, song_id, COUNT(DISTINCT user_id) FROM marks
WHERE present = 1
GROUP BY song_id;
