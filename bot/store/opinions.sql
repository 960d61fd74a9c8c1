-- What people say of songs, as far as it stands: pages in order, each behind the row given.

-- name: love(user, song, guild, rows)
SELECT DISTINCT user_id, song_id, guild_id FROM marks
WHERE present = 1 AND (user_id, song_id, guild_id) > (:user, :song, :guild)
ORDER BY user_id, song_id, guild_id
LIMIT :rows;

-- name: comment(user, song, guild, rows)
SELECT DISTINCT user_id, song_id, guild_id FROM comments
WHERE guild_id <> 0 AND removed IS NULL AND (user_id, song_id, guild_id) > (:user, :song, :guild)
ORDER BY user_id, song_id, guild_id
LIMIT :rows;

-- name: know(user, song, guild, rows)
SELECT user_id, song_id, 0 AS guild_id FROM known
WHERE (user_id, song_id) > (:user, :song) AND :guild = 0
ORDER BY user_id, song_id
LIMIT :rows;

-- name: dismiss(user, song, guild, rows)
SELECT user_id, song_id, 0 AS guild_id FROM dismissed
WHERE (user_id, song_id) > (:user, :song) AND :guild = 0
ORDER BY user_id, song_id
LIMIT :rows;

-- name: aside(user)
SELECT 'know' AS kind, song_id FROM known WHERE user_id = :user
UNION ALL
SELECT 'dismiss' AS kind, song_id FROM dismissed WHERE user_id = :user;
