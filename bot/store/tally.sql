-- How many people love each song.

-- name: hearts()
-- Every love that counts in a guild, in the order of an index: nothing needs sorting.
SELECT user_id, song_id, guild_id FROM marks
WHERE present = 1
ORDER BY user_id, song_id, guild_id;
