-- What managers of a guild may choose.

ALTER TABLE guilds ADD COLUMN commenters TEXT NOT NULL DEFAULT 'everyone'; -- 'everyone', 'nobody' or a role's id
ALTER TABLE guilds ADD COLUMN log_channel_id BIGINT; -- NULL: none
ALTER TABLE guilds ADD COLUMN blocked_words TEXT NOT NULL DEFAULT '[]'; -- JSON
ALTER TABLE guilds ADD COLUMN hidden_artists TEXT NOT NULL DEFAULT '[]'; -- JSON, the catalogue's ids
ALTER TABLE guilds ADD COLUMN minimum_voters INTEGER NOT NULL DEFAULT 3 CHECK (minimum_voters > 0);
ALTER TABLE guilds ADD COLUMN share_comments SMALLINT NOT NULL DEFAULT 0 CHECK (share_comments IN (0, 1));
ALTER TABLE guilds ADD COLUMN additions_announced SMALLINT NOT NULL DEFAULT 0 CHECK (additions_announced IN (0, 1));
