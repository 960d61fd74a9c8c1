-- Who agreed that members of a guild compare their taste with theirs.

CREATE TABLE comparable (
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    agreed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id)
);
