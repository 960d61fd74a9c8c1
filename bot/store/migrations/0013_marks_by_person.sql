-- Marks lie in the order of their key, person by person: a vote changes one page of the file where it changed three.

CREATE TABLE marks_by_person (
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
) WITHOUT ROWID;
INSERT INTO marks_by_person (user_id, song_id, origin, origin_id, emoji, burst, guild_id, present, marked_at)
SELECT user_id, song_id, origin, origin_id, emoji, burst, guild_id, present, marked_at FROM marks
ORDER BY user_id, song_id, origin, origin_id, emoji, burst;
DROP TABLE marks;
ALTER TABLE marks_by_person RENAME TO marks;
CREATE INDEX marks_of_song ON marks (song_id, guild_id); -- the guild keeps it from being taken for one by song and person
CREATE INDEX marks_of_message ON marks (origin_id) WHERE origin = 'reaction';
