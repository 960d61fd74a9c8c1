-- The song of the day in a guild, and who was greeted on joining.

CREATE TABLE dailies (
    guild_id BIGINT PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23), -- local, in the zone
    zone TEXT NOT NULL, -- as the IANA database names it
    weekdays TEXT NOT NULL CHECK (weekdays <> ''), -- digits, Monday is 0
    mood TEXT, -- a listener mood's id; NULL: any
    collection TEXT, -- NULL: the whole catalogue
    recap SMALLINT NOT NULL DEFAULT 0 CHECK (recap IN (0, 1)),
    running SMALLINT NOT NULL DEFAULT 1 CHECK (running IN (0, 1)),
    changed_at BIGINT NOT NULL
);

CREATE TABLE daily_posts (
    guild_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('song', 'recap')),
    day INTEGER NOT NULL, -- the guild's local date, days since 0001-01-01
    turn INTEGER NOT NULL DEFAULT 0, -- 0: the day's own; others were asked for besides
    song_id TEXT, -- NULL: a recap, or nothing fitted
    channel_id BIGINT NOT NULL,
    message_id BIGINT, -- NULL: claimed, not known to be sent
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, kind, day, turn)
);
CREATE INDEX daily_posts_of_song ON daily_posts (song_id);

CREATE TABLE greeted (
    guild_id BIGINT PRIMARY KEY,
    greeted_at BIGINT NOT NULL
);
