-- Songs added while running, what people suggest, and where an addition was announced.

CREATE TABLE added_dramas (
    drama_id TEXT PRIMARY KEY,
    drama TEXT NOT NULL, -- JSON: the table a drama's file begins with
    added_at BIGINT NOT NULL
);

CREATE TABLE additions (
    song_id TEXT PRIMARY KEY,
    drama_id TEXT NOT NULL,
    song TEXT NOT NULL, -- JSON: the table its drama's file would have
    added_at BIGINT NOT NULL
);

CREATE TABLE addition_authors (
    song_id TEXT NOT NULL REFERENCES additions (song_id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL,
    did TEXT NOT NULL CHECK (did IN ('added', 'edited')),
    done_at BIGINT NOT NULL,
    PRIMARY KEY (song_id, user_id, did)
);
CREATE INDEX addition_authors_of_user ON addition_authors (user_id);

CREATE TABLE announcements (
    song_id TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (song_id, guild_id)
);

CREATE TABLE suggestions (
    suggestion_id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: old buttons name it
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('song', 'drama', 'artist', 'mistake')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'accepted', 'declined')), -- draft: asked "did you mean"
    title TEXT NOT NULL,
    drama TEXT NOT NULL,
    singer TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    song_id TEXT, -- the song with the mistake, or the one a suggestion became
    locale TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    decided_at BIGINT,
    answer TEXT NOT NULL DEFAULT '', -- the word to the sender
    told SMALLINT NOT NULL DEFAULT 0 CHECK (told IN (0, 1)) -- the sender has read the decision
);
CREATE INDEX suggestions_of_user ON suggestions (user_id, sent_at);
CREATE INDEX suggestions_open ON suggestions (suggestion_id) WHERE state = 'open';
CREATE INDEX suggestions_of_song ON suggestions (song_id);

CREATE TABLE suggestion_decisions (
    suggestion_id INTEGER PRIMARY KEY REFERENCES suggestions (suggestion_id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL, -- who decided
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'declined')),
    decided_at BIGINT NOT NULL
);
CREATE INDEX suggestion_decisions_of_user ON suggestion_decisions (user_id);
