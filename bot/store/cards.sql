-- Our messages that show songs.

-- name: add(message, channel, guild, kind, locale, reasons, seeded, cleared, sent_at)^
-- Sent again or healed: what was once seeded or cleared stays so.
INSERT INTO cards (message_id, channel_id, guild_id, kind, locale, reasons, seeded, cleared, sent_at)
VALUES (:message, :channel, :guild, :kind, :locale, :reasons, :seeded, :cleared, :sent_at)
ON CONFLICT (message_id) DO UPDATE SET
    channel_id = excluded.channel_id,
    guild_id = excluded.guild_id,
    kind = excluded.kind,
    locale = excluded.locale,
    reasons = excluded.reasons,
    seeded = CASE WHEN excluded.seeded > cards.seeded THEN excluded.seeded ELSE cards.seeded END,
    cleared = CASE WHEN excluded.cleared > cards.cleared THEN excluded.cleared ELSE cards.cleared END,
    sent_at = excluded.sent_at
RETURNING message_id;

-- name: drop_songs(message)
DELETE FROM card_songs WHERE message_id = :message
RETURNING place;

-- name: add_song(message, place, song)^
INSERT INTO card_songs (message_id, place, song_id) VALUES (:message, :place, :song)
ON CONFLICT (message_id, place) DO UPDATE SET song_id = excluded.song_id
RETURNING place;

-- name: card(message)^
SELECT message_id, channel_id, guild_id, kind, locale, sent_at, reasons, seeded, cleared
FROM cards WHERE message_id = :message;

-- name: songs(message)
SELECT song_id FROM card_songs WHERE message_id = :message ORDER BY place;

-- name: newest(guild, song, kind, since, most)
SELECT cards.message_id
FROM card_songs JOIN cards ON cards.message_id = card_songs.message_id
WHERE card_songs.song_id = :song AND cards.guild_id = :guild AND cards.kind = :kind AND cards.sent_at >= :since
ORDER BY cards.sent_at DESC, cards.message_id DESC
LIMIT :most;

-- name: due(since, begun)
SELECT message_id, channel_id, guild_id, kind, locale, sent_at, reasons, seeded, cleared
FROM cards WHERE sent_at >= :since AND sent_at <= :begun AND recounted_at < :begun AND cleared = 0
ORDER BY recounted_at, sent_at DESC, message_id DESC;

-- name: set_recounted(message, begun)^
UPDATE cards SET recounted_at = :begun WHERE message_id = :message AND recounted_at < :begun
RETURNING message_id;

-- name: forget_channel(channel)
DELETE FROM cards WHERE channel_id = :channel
RETURNING message_id;

-- name: set_seeded(message)^
UPDATE cards SET seeded = 1 WHERE message_id = :message
RETURNING message_id;

-- name: set_cleared(message)^
UPDATE cards SET cleared = 1 WHERE message_id = :message
RETURNING message_id;

-- name: forget(message)^
DELETE FROM cards WHERE message_id = :message
RETURNING message_id;

-- name: rename(old, new)
UPDATE card_songs SET song_id = :new WHERE song_id = :old
RETURNING message_id;
