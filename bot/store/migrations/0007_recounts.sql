-- Recounts: how far they have come, how a card's marks are found, and who is not to be collected again.

ALTER TABLE cards ADD COLUMN recounted_at BIGINT NOT NULL DEFAULT 0; -- begin of the recount that last read it; 0: none
CREATE INDEX cards_of_channel ON cards (channel_id);
CREATE INDEX marks_of_message ON marks (origin_id) WHERE origin = 'reaction';

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL -- random, in hexadecimal
);

CREATE TABLE forgotten (
    person_hash TEXT PRIMARY KEY, -- of somebody who had everything deleted
    forgotten_at BIGINT NOT NULL
);
