-- What is loved, by whom and since when, for the charts.

-- name: loves_of_guild(guild)
-- All that the people who love something in a guild love anywhere: where, since when, and when first.
SELECT marks.user_id, marks.song_id, marks.guild_id, MIN(marks.marked_at), past_hearts.hearted_at
FROM marks
LEFT JOIN past_hearts ON past_hearts.user_id = marks.user_id AND past_hearts.song_id = marks.song_id
WHERE marks.present = 1
    AND marks.user_id IN (SELECT user_id FROM marks WHERE guild_id = :guild AND present = 1)
GROUP BY marks.user_id, marks.song_id, marks.guild_id, past_hearts.hearted_at
ORDER BY marks.user_id;

-- name: loves()
SELECT marks.user_id, marks.song_id, marks.guild_id, MIN(marks.marked_at), past_hearts.hearted_at
FROM marks
LEFT JOIN past_hearts ON past_hearts.user_id = marks.user_id AND past_hearts.song_id = marks.song_id
WHERE marks.present = 1
GROUP BY marks.user_id, marks.song_id, marks.guild_id, past_hearts.hearted_at
ORDER BY marks.user_id;

-- name: note_past(user, song, since)
INSERT INTO past_hearts (user_id, song_id, hearted_at)
VALUES (:user, :song, :since)
ON CONFLICT (user_id, song_id) DO UPDATE SET
    hearted_at = CASE WHEN excluded.hearted_at < past_hearts.hearted_at
        THEN excluded.hearted_at ELSE past_hearts.hearted_at END
RETURNING song_id;

-- name: merge_past(old, new)
INSERT INTO past_hearts (user_id, song_id, hearted_at)
SELECT user_id, :new, hearted_at FROM past_hearts WHERE song_id = :old
ON CONFLICT (user_id, song_id) DO UPDATE SET
    hearted_at = CASE WHEN excluded.hearted_at < past_hearts.hearted_at
        THEN excluded.hearted_at ELSE past_hearts.hearted_at END
RETURNING user_id;

-- name: drop_past(song)
DELETE FROM past_hearts WHERE song_id = :song
RETURNING user_id;
