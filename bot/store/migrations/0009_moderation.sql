-- What readers report of comments, what moderators decide on them, and whose comments may be read elsewhere.

ALTER TABLE people ADD COLUMN share_comments SMALLINT NOT NULL DEFAULT 0 CHECK (share_comments IN (0, 1));
ALTER TABLE comments ADD COLUMN removed TEXT CHECK (removed IN ('guild', 'operator')); -- by whom; NULL: it stands

CREATE VIEW shared_comments AS -- both the guild and the writer agreed
SELECT c.comment_id, c.song_id, c.guild_id
FROM comments AS c
JOIN guilds AS g ON g.guild_id = c.guild_id
JOIN people AS p ON p.user_id = c.user_id
WHERE g.share_comments = 1 AND p.share_comments = 1 AND c.removed IS NULL;

CREATE TABLE reports (
    comment_id INTEGER NOT NULL REFERENCES comments (comment_id) ON DELETE CASCADE,
    guild_id BIGINT NOT NULL, -- where it was read
    user_id BIGINT NOT NULL,
    reason TEXT NOT NULL,
    judged SMALLINT NOT NULL DEFAULT 0 CHECK (judged IN (0, 1)),
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, guild_id, user_id)
);
CREATE INDEX reports_of_user ON reports (user_id, guild_id, reported_at);
CREATE INDEX reports_open ON reports (guild_id, comment_id) WHERE judged = 0;

CREATE TABLE hidden_comments (
    comment_id INTEGER NOT NULL REFERENCES comments (comment_id) ON DELETE CASCADE,
    guild_id BIGINT NOT NULL, -- where it is not shown, though another guild shares it
    hidden_at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, guild_id)
);

CREATE TABLE blocks (
    block_id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: old buttons name it
    guild_id BIGINT NOT NULL,
    person_hash TEXT NOT NULL, -- of somebody who may not comment there
    comment_id INTEGER NOT NULL, -- for which; it may be gone
    blocked_at BIGINT NOT NULL,
    UNIQUE (guild_id, person_hash)
);

CREATE TABLE blocked_writers ( -- who that is, as long as they have not had everything deleted
    block_id INTEGER PRIMARY KEY REFERENCES blocks (block_id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL
);
CREATE INDEX blocked_writers_of_user ON blocked_writers (user_id);

CREATE TABLE moderations (
    moderation_id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL,
    comment_id INTEGER NOT NULL, -- it may be gone
    act TEXT NOT NULL,
    done_at BIGINT NOT NULL
);
CREATE INDEX moderations_of_guild ON moderations (guild_id, moderation_id);

CREATE TABLE moderators ( -- who did it, as long as they have not had everything deleted
    moderation_id INTEGER PRIMARY KEY REFERENCES moderations (moderation_id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL
);
CREATE INDEX moderators_of_user ON moderators (user_id);
