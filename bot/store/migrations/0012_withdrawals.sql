-- Songs of which cards in a guild may still show a comment that is not to be read any more.

CREATE TABLE withdrawals (
    withdrawal_id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL,
    song_id TEXT NOT NULL
);
CREATE INDEX withdrawals_of_song ON withdrawals (guild_id, song_id);
