-- Ids are Discord's numbers, songs the catalogue's ids, times UTC seconds.

CREATE TABLE marks (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('button', 'command', 'reaction')),
    origin_id BIGINT NOT NULL, -- the message reacted to; for button and command the guild it was pressed in
    emoji TEXT NOT NULL DEFAULT '', -- without variation selector and skin tone; empty unless a reaction
    burst SMALLINT NOT NULL DEFAULT 0 CHECK (burst IN (0, 1)),
    guild_id BIGINT NOT NULL, -- 0: direct message or user install
    present SMALLINT NOT NULL DEFAULT 1 CHECK (present IN (0, 1)), -- 0: withdrawn
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, song_id, origin, origin_id, emoji, burst),
    CHECK ((emoji = '') = (origin <> 'reaction')),
    CHECK (origin = 'reaction' OR (present = 1 AND origin_id = guild_id AND burst = 0))
);
CREATE INDEX marks_of_song ON marks (song_id);
CREATE INDEX marks_standing ON marks (user_id, song_id, guild_id, marked_at, present) WHERE present = 1;

CREATE TABLE cards (
    message_id BIGINT PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    locale TEXT NOT NULL,
    reasons TEXT NOT NULL, -- JSON
    seeded SMALLINT NOT NULL CHECK (seeded IN (0, 1)),
    cleared SMALLINT NOT NULL CHECK (cleared IN (0, 1)), -- others cleared its reactions: a recount leaves it alone
    sent_at BIGINT NOT NULL
);
CREATE INDEX cards_sent ON cards (sent_at);

CREATE TABLE card_songs (
    message_id BIGINT NOT NULL REFERENCES cards (message_id) ON DELETE CASCADE,
    place INTEGER NOT NULL, -- from 0, in the card's order
    song_id TEXT NOT NULL,
    PRIMARY KEY (message_id, place)
);
CREATE INDEX card_songs_of_song ON card_songs (song_id);

CREATE TABLE comments (
    comment_id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: old buttons name it
    guild_id BIGINT NOT NULL, -- 0: a private note
    song_id TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    body TEXT NOT NULL CHECK (body <> ''),
    spoiler SMALLINT NOT NULL CHECK (spoiler IN (0, 1)),
    episode INTEGER CHECK (episode IS NULL OR spoiler = 1), -- what it spoils, up to this one; NULL: unsaid
    written_at BIGINT NOT NULL,
    edited_at BIGINT
);
CREATE INDEX comments_of_song ON comments (song_id, guild_id);
CREATE INDEX comments_of_user ON comments (user_id);

CREATE TABLE comment_likes (
    comment_id INTEGER NOT NULL REFERENCES comments (comment_id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL,
    liked_at BIGINT NOT NULL,
    PRIMARY KEY (comment_id, user_id)
);
CREATE INDEX comment_likes_of_user ON comment_likes (user_id);

CREATE TABLE dismissed (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    dismissed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, song_id)
);
CREATE INDEX dismissed_song ON dismissed (song_id);

CREATE TABLE known (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    known_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, song_id)
);
CREATE INDEX known_song ON known (song_id);

CREATE TABLE shown (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    shown_at BIGINT NOT NULL, -- the last time
    place INTEGER NOT NULL, -- among those shown at once
    PRIMARY KEY (user_id, song_id)
);
CREATE INDEX shown_lately ON shown (user_id, shown_at);
CREATE INDEX shown_song ON shown (song_id);

CREATE TABLE people (
    user_id BIGINT PRIMARY KEY,
    private SMALLINT NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
    locale TEXT
);

CREATE TABLE guilds (
    guild_id BIGINT PRIMARY KEY,
    locale TEXT,
    vote_emoji TEXT, -- NULL: the usual heart
    seed SMALLINT NOT NULL DEFAULT 1 CHECK (seed IN (0, 1))
);

CREATE TABLE synced (
    application_id BIGINT NOT NULL,
    scope_id BIGINT NOT NULL, -- a guild; 0: everywhere
    payload_hash TEXT NOT NULL,
    PRIMARY KEY (application_id, scope_id)
);
