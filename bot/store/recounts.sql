-- Marks that rest on the reactions of one card.

-- name: of_card(message)
SELECT user_id, song_id, emoji, burst, present FROM marks
WHERE origin = 'reaction' AND origin_id = :message;

-- name: counts(message)
-- Withdrawn marks count: their reactions are still there.
SELECT emoji, burst, COUNT(*) FROM marks
WHERE origin = 'reaction' AND origin_id = :message
GROUP BY emoji, burst;

-- name: set(user, song, message, emoji, burst, guild, present, now)^
INSERT INTO marks (user_id, song_id, origin, origin_id, emoji, burst, guild_id, present, marked_at)
VALUES (:user, :song, 'reaction', :message, :emoji, :burst, :guild, :present, :now)
ON CONFLICT (user_id, song_id, origin, origin_id, emoji, burst) DO UPDATE SET
    present = excluded.present,
    marked_at = CASE WHEN marks.present = 1 THEN marks.marked_at ELSE excluded.marked_at END
RETURNING marked_at;

-- name: drop(user, song, message, emoji, burst)^
DELETE FROM marks
WHERE user_id = :user AND song_id = :song AND origin = 'reaction' AND origin_id = :message
    AND emoji = :emoji AND burst = :burst
RETURNING present;

-- name: lift_older_dismissal(user, song, before)^
DELETE FROM dismissed
WHERE user_id = :user AND song_id = :song AND dismissed_at < :before
RETURNING song_id;
