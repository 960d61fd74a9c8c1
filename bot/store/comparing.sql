-- Consents to be compared.

-- name: agree(user, guild, now)
INSERT INTO comparable (user_id, guild_id, agreed_at)
VALUES (:user, :guild, :now)
ON CONFLICT DO NOTHING
RETURNING agreed_at;

-- name: withdraw(user, guild)
DELETE FROM comparable
WHERE user_id = :user AND guild_id = :guild
RETURNING agreed_at;

-- name: agreed_at(user, guild)$
SELECT agreed_at FROM comparable
WHERE user_id = :user AND guild_id = :guild;
