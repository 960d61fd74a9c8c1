-- Guilds the bot is no longer in.

-- name: note(guild, now)
INSERT INTO departed (guild_id, left_at) VALUES (:guild, :now)
ON CONFLICT DO NOTHING
RETURNING guild_id;

-- name: back(guild)
DELETE FROM departed WHERE guild_id = :guild
RETURNING guild_id;

-- name: kept_for()
-- Guilds for which something is kept.
SELECT guild_id FROM guilds
UNION SELECT guild_id FROM dailies
UNION SELECT guild_id FROM cups WHERE guild_id <> 0
UNION SELECT guild_id FROM greeted
UNION SELECT guild_id FROM comparable
UNION SELECT DISTINCT guild_id FROM moderations
UNION SELECT DISTINCT guild_id FROM reports
UNION SELECT DISTINCT guild_id FROM comments WHERE guild_id <> 0
UNION SELECT DISTINCT guild_id FROM cards WHERE guild_id <> 0;

-- name: due(before)
SELECT guild_id FROM departed WHERE left_at <= :before
ORDER BY guild_id;

-- name: commented(guild)
SELECT DISTINCT guild_id, song_id FROM comments WHERE guild_id = :guild;

-- name: drop_comments(guild)
DELETE FROM comments WHERE guild_id = :guild
RETURNING comment_id;

-- name: drop_cards(guild)
DELETE FROM cards WHERE guild_id = :guild
RETURNING message_id;

-- name: drop_comparable(guild)
DELETE FROM comparable WHERE guild_id = :guild
RETURNING guild_id;

-- name: drop_writings(guild)
DELETE FROM writings WHERE guild_id = :guild
RETURNING guild_id;

-- name: drop_reports(guild)
DELETE FROM reports WHERE guild_id = :guild
RETURNING comment_id;

-- name: drop_hidden(guild)
DELETE FROM hidden_comments WHERE guild_id = :guild
RETURNING comment_id;

-- name: drop_blocks(guild)
DELETE FROM blocks WHERE guild_id = :guild
RETURNING block_id;

-- name: drop_moderations(guild)
DELETE FROM moderations WHERE guild_id = :guild
RETURNING moderation_id;

-- name: drop_announcements(guild)
DELETE FROM announcements WHERE guild_id = :guild
RETURNING song_id;

-- name: drop_withdrawals(guild)
DELETE FROM withdrawals WHERE guild_id = :guild
RETURNING withdrawal_id;
