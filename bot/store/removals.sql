-- What several favourites rested on, and putting it back.

-- name: present_marks(user, song)
SELECT origin, origin_id, emoji, burst, guild_id, marked_at FROM marks
WHERE user_id = :user AND song_id = :song AND present = 1;

-- name: restore_reaction(user, song, message, emoji, burst)^
-- withdrawn -> present; what is absent was taken back meanwhile.
UPDATE marks SET present = 1
WHERE user_id = :user AND song_id = :song AND origin = 'reaction' AND origin_id = :message
    AND emoji = :emoji AND burst = :burst AND present = 0
RETURNING guild_id;

-- name: restore_press(user, song, origin, guild, at)^
INSERT INTO marks (user_id, song_id, origin, origin_id, guild_id, marked_at)
VALUES (:user, :song, :origin, :guild, :guild, :at)
ON CONFLICT DO NOTHING
RETURNING guild_id;
