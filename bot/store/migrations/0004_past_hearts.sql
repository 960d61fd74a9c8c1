-- A favourite that ended: when it had first begun, so that hearting it anew is no new heart on the charts.

CREATE TABLE past_hearts (
    user_id BIGINT NOT NULL,
    song_id TEXT NOT NULL,
    hearted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, song_id)
);
CREATE INDEX past_hearts_of_song ON past_hearts (song_id);
