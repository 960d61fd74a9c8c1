-- Knockouts of songs: one person's, or a server's with a duel a day.

CREATE TABLE cups (
    cup_id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: old buttons name it
    user_id BIGINT NOT NULL, -- whose it is; 0: a server's
    guild_id BIGINT NOT NULL, -- the server whose it is; 0: a person's
    kind TEXT NOT NULL, -- what its songs are from
    source TEXT NOT NULL, -- which of that kind; '-': none
    size INTEGER NOT NULL, -- places asked for
    songs TEXT NOT NULL, -- the first seeded first, with blanks between
    picks TEXT NOT NULL DEFAULT '', -- a digit for each duel decided: which of its songs went on
    state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'over', 'stopped')),
    started_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL, -- the last press or post
    channel_id BIGINT, -- this and what follows: a server's only
    hour INTEGER CHECK (hour BETWEEN 0 AND 23), -- local, in the zone
    zone TEXT, -- as the IANA database names it
    first_day INTEGER, -- local, days since 0001-01-01
    CHECK ((user_id = 0) <> (guild_id = 0)),
    CHECK (guild_id = 0 OR (channel_id IS NOT NULL AND hour IS NOT NULL AND zone IS NOT NULL AND first_day IS NOT NULL))
);
CREATE UNIQUE INDEX cups_running ON cups (guild_id) WHERE guild_id <> 0 AND state = 'running';
CREATE INDEX cups_of_user ON cups (user_id);
CREATE INDEX cups_touched ON cups (touched_at);

CREATE TABLE cup_posts (
    cup_id INTEGER NOT NULL REFERENCES cups (cup_id) ON DELETE CASCADE,
    step INTEGER NOT NULL, -- from 0; the last shows the champion
    duel INTEGER NOT NULL, -- from 0; the duels decided before it
    day INTEGER NOT NULL, -- local, days since 0001-01-01
    message_id BIGINT, -- NULL: claimed, not known to be sent
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (cup_id, step)
);

CREATE TABLE cup_votes (
    cup_id INTEGER NOT NULL REFERENCES cups (cup_id) ON DELETE CASCADE,
    duel INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    choice SMALLINT NOT NULL CHECK (choice IN (0, 1)),
    place INTEGER NOT NULL, -- in the order of the votes as they stand: a changed one goes to the end
    PRIMARY KEY (cup_id, duel, user_id)
);
CREATE INDEX cup_votes_of_user ON cup_votes (user_id);

CREATE TABLE duel_picks (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    cup_id INTEGER NOT NULL, -- in which it was first picked; stays when that is put away
    picked_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, song_id)
);
CREATE INDEX duel_picks_of_song ON duel_picks (song_id);
