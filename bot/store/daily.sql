-- The song of the day: when and where, and which days are taken.

-- name: dailies()
SELECT guild_id, channel_id, hour, zone, weekdays, mood, collection, recap, running, changed_at
FROM dailies;

-- name: daily(guild)^
SELECT guild_id, channel_id, hour, zone, weekdays, mood, collection, recap, running, changed_at
FROM dailies WHERE guild_id = :guild;

-- name: set_daily(guild, channel, hour, zone, weekdays, mood, collection, recap, running, changed_at)^
INSERT INTO dailies (guild_id, channel_id, hour, zone, weekdays, mood, collection, recap, running, changed_at)
VALUES (:guild, :channel, :hour, :zone, :weekdays, :mood, :collection, :recap, :running, :changed_at)
ON CONFLICT (guild_id) DO UPDATE SET
    channel_id = excluded.channel_id,
    hour = excluded.hour,
    zone = excluded.zone,
    weekdays = excluded.weekdays,
    mood = excluded.mood,
    collection = excluded.collection,
    recap = excluded.recap,
    running = excluded.running,
    changed_at = excluded.changed_at
RETURNING guild_id, channel_id, hour, zone, weekdays, mood, collection, recap, running, changed_at;

-- name: stop(guild, channel, now)
UPDATE dailies SET running = 0, changed_at = :now
WHERE guild_id = :guild AND channel_id = :channel AND running = 1
RETURNING guild_id, channel_id, hour, zone, weekdays, mood, collection, recap, running, changed_at;

-- name: claims()
-- The last day taken by each kind in each guild, and when that was.
SELECT guild_id, kind, MAX(day), MAX(claimed_at)
FROM daily_posts WHERE turn = 0
GROUP BY guild_id, kind;

-- name: claims_of(guild)
SELECT guild_id, kind, MAX(day), MAX(claimed_at)
FROM daily_posts WHERE guild_id = :guild AND turn = 0
GROUP BY guild_id, kind;

-- name: is_taken(guild, kind, day, turn)^
SELECT 1 FROM daily_posts
WHERE guild_id = :guild AND kind = :kind AND day = :day AND turn = :turn;

-- name: claim(guild, kind, day, turn, song, channel, now)^
INSERT INTO daily_posts (guild_id, kind, day, turn, song_id, channel_id, claimed_at)
VALUES (:guild, :kind, :day, :turn, :song, :channel, :now)
ON CONFLICT DO NOTHING
RETURNING day;

-- name: release(guild, kind, day, turn)^
DELETE FROM daily_posts
WHERE guild_id = :guild AND kind = :kind AND day = :day AND turn = :turn AND message_id IS NULL
RETURNING day;

-- name: sent(guild, kind, day, turn, message)^
UPDATE daily_posts SET message_id = :message
WHERE guild_id = :guild AND kind = :kind AND day = :day AND turn = :turn
RETURNING day;

-- name: posts(guild, kind, day)
SELECT turn, song_id, channel_id, message_id FROM daily_posts
WHERE guild_id = :guild AND kind = :kind AND day = :day
ORDER BY turn;

-- name: played(guild)
SELECT song_id, COUNT(*) FROM daily_posts
WHERE guild_id = :guild AND kind = 'song' AND song_id IS NOT NULL
GROUP BY song_id;

-- name: last_played(guild)$
SELECT song_id FROM daily_posts
WHERE guild_id = :guild AND kind = 'song' AND song_id IS NOT NULL
ORDER BY claimed_at DESC, day DESC, turn DESC
LIMIT 1;

-- name: loved_since(guild, since)
-- How many people love each song here, and how many of them began since then.
SELECT song_id, COUNT(*), SUM(CASE WHEN first_at >= :since THEN 1 ELSE 0 END)
FROM (
    SELECT user_id, song_id, MIN(marked_at) AS first_at
    FROM marks WHERE guild_id = :guild AND present = 1
    GROUP BY user_id, song_id
) AS loves
GROUP BY song_id;

-- name: rename(old, new)
UPDATE daily_posts SET song_id = :new WHERE song_id = :old
RETURNING day;

-- name: forget_daily(guild)
DELETE FROM dailies WHERE guild_id = :guild
RETURNING guild_id;

-- name: forget_posts(guild)
DELETE FROM daily_posts WHERE guild_id = :guild
RETURNING guild_id;

-- name: greet(guild, now)^
INSERT INTO greeted (guild_id, greeted_at) VALUES (:guild, :now)
ON CONFLICT DO NOTHING
RETURNING guild_id;

-- name: forget_greeting(guild)
DELETE FROM greeted WHERE guild_id = :guild
RETURNING guild_id;
