-- Knockouts of songs, people's and servers', and what was picked in their duels.

-- name: start(user, guild, kind, source, size, now, channel, hour, zone, first_day)$
INSERT INTO cups (user_id, guild_id, kind, source, size, songs, started_at, touched_at,
    channel_id, hour, zone, first_day)
VALUES (:user, :guild, :kind, :source, :size, '', :now, :now, :channel, :hour, :zone, :first_day)
ON CONFLICT DO NOTHING
RETURNING cup_id;

-- name: set_songs(cup, songs, first_day)^
UPDATE cups SET songs = :songs, first_day = :first_day
WHERE cup_id = :cup
RETURNING cup_id, user_id, guild_id, kind, source, size, songs, picks, state, touched_at,
    channel_id, hour, zone, first_day;

-- name: cup(cup)^
SELECT cup_id, user_id, guild_id, kind, source, size, songs, picks, state, touched_at,
    channel_id, hour, zone, first_day
FROM cups WHERE cup_id = :cup;

-- name: of_guilds()
SELECT cup_id, user_id, guild_id, kind, source, size, songs, picks, state, touched_at,
    channel_id, hour, zone, first_day
FROM cups WHERE guild_id <> 0
ORDER BY cup_id;

-- name: go_on(cup, before, after, state, now)^
UPDATE cups SET picks = :after, state = :state, touched_at = :now
WHERE cup_id = :cup AND picks = :before AND state = 'running'
RETURNING cup_id, user_id, guild_id, kind, source, size, songs, picks, state, touched_at,
    channel_id, hour, zone, first_day;

-- name: stop(cup, now)^
UPDATE cups SET state = 'stopped', touched_at = :now
WHERE cup_id = :cup AND state = 'running'
RETURNING cup_id;

-- name: put_away(mine_before, guilds_before)
DELETE FROM cups
WHERE guild_id = 0 AND touched_at < :mine_before
    OR guild_id <> 0 AND state <> 'running' AND touched_at < :guilds_before
RETURNING cup_id;

-- name: drop(guild)
DELETE FROM cups WHERE guild_id = :guild
RETURNING cup_id;

-- name: pick(user, song, cup, now)^
INSERT INTO duel_picks (user_id, song_id, cup_id, picked_at)
VALUES (:user, :song, :cup, :now)
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: unpick(user, song, cup)^
DELETE FROM duel_picks
WHERE user_id = :user AND song_id = :song AND cup_id = :cup
RETURNING song_id;

-- name: picked(user)
SELECT song_id FROM duel_picks WHERE user_id = :user
ORDER BY picked_at DESC, song_id;

-- name: merge_picks(old, new)
INSERT INTO duel_picks (user_id, song_id, cup_id, picked_at)
SELECT user_id, :new, cup_id, picked_at FROM duel_picks WHERE song_id = :old
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: drop_picks(song)
DELETE FROM duel_picks WHERE song_id = :song
RETURNING song_id;

-- name: posts(cup)
SELECT step, duel, day, message_id FROM cup_posts WHERE cup_id = :cup
ORDER BY step;

-- name: claim(cup, step, duel, day, now)^
INSERT INTO cup_posts (cup_id, step, duel, day, claimed_at)
VALUES (:cup, :step, :duel, :day, :now)
ON CONFLICT DO NOTHING
RETURNING step;

-- name: sent(cup, step, message)^
UPDATE cup_posts SET message_id = :message
WHERE cup_id = :cup AND step = :step
RETURNING step;

-- name: votes(cup, duel)
SELECT choice FROM cup_votes WHERE cup_id = :cup AND duel = :duel
ORDER BY place;

-- name: vote_of(cup, duel, user)$
SELECT choice FROM cup_votes WHERE cup_id = :cup AND duel = :duel AND user_id = :user;

-- name: vote(cup, duel, user, choice)^
INSERT INTO cup_votes (cup_id, duel, user_id, choice, place)
VALUES (:cup, :duel, :user, :choice,
    (SELECT COALESCE(MAX(place), 0) + 1 FROM cup_votes WHERE cup_id = :cup AND duel = :duel))
ON CONFLICT (cup_id, duel, user_id) DO UPDATE SET choice = excluded.choice, place = excluded.place
RETURNING choice;

-- name: counts(cup)
SELECT duel, choice, COUNT(*) FROM cup_votes WHERE cup_id = :cup
GROUP BY duel, choice;

-- name: voted_in(user)
SELECT DISTINCT cup_id FROM cup_votes WHERE user_id = :user;
