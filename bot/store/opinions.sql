-- What people say of songs, as far as it stands, by person.

-- name: love()
-- One love may rest on several marks.
SELECT user_id, song_id, guild_id FROM marks
WHERE present = 1
ORDER BY user_id;

-- name: comment()
SELECT user_id, song_id, guild_id FROM comments
WHERE guild_id <> 0 AND removed IS NULL
ORDER BY user_id;

-- name: know()
SELECT user_id, song_id, 0 AS guild_id FROM known
ORDER BY user_id;

-- name: dismiss()
SELECT user_id, song_id, 0 AS guild_id FROM dismissed
ORDER BY user_id;

-- name: aside(user)
SELECT 'know' AS kind, song_id FROM known WHERE user_id = :user
UNION ALL
SELECT 'dismiss' AS kind, song_id FROM dismissed WHERE user_id = :user;
