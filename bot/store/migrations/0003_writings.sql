-- When somebody wrote a comment where, for as long as it slows them down: deleting a comment does not reset that.

CREATE TABLE writings (
    comment_id INTEGER PRIMARY KEY, -- it may be gone
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL, -- 0: a private note
    written_at BIGINT NOT NULL
);
CREATE INDEX writings_of_user ON writings (user_id, guild_id, written_at);
CREATE INDEX writings_past ON writings (written_at);
