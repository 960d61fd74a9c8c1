-- Guilds that the bot has left: what was kept for them is removed some time later.

CREATE TABLE departed (
    guild_id BIGINT PRIMARY KEY,
    left_at BIGINT NOT NULL
);
