-- Marks, and the favourites that stand on them.

-- name: press(user, song, origin, guild, now)^
-- absent -> present; a press that is already there stays as it was.
INSERT INTO marks (user_id, song_id, origin, origin_id, guild_id, marked_at)
VALUES (:user, :song, :origin, :guild, :guild, :now)
ON CONFLICT DO NOTHING
RETURNING marked_at;

-- name: react(user, song, guild, message, emoji, burst, now)^
-- absent -> present; what is present or withdrawn stays so.
INSERT INTO marks (user_id, song_id, origin, origin_id, emoji, burst, guild_id, marked_at)
VALUES (:user, :song, 'reaction', :message, :emoji, :burst, :guild, :now)
ON CONFLICT DO NOTHING
RETURNING marked_at;

-- name: unreact(user, message, emoji, burst)
-- present or withdrawn -> absent.
DELETE FROM marks
WHERE origin = 'reaction' AND origin_id = :message AND user_id = :user AND emoji = :emoji AND burst = :burst
RETURNING song_id, guild_id, marked_at, present;

-- name: undo(user, song, origin, guild, pressed_at)^
DELETE FROM marks
WHERE user_id = :user AND song_id = :song AND origin = :origin AND origin_id = :guild
    AND marked_at = :pressed_at AND origin <> 'reaction'
RETURNING marked_at;

-- name: withdraw(user, song)
-- Explicit removal of a song: its reactions' marks stay behind as withdrawn.
UPDATE marks SET present = 0
WHERE user_id = :user AND song_id = :song AND origin = 'reaction' AND present = 1
RETURNING guild_id;

-- name: drop_presses(user, song)
DELETE FROM marks
WHERE user_id = :user AND song_id = :song AND origin <> 'reaction'
RETURNING guild_id;

-- name: found(user, song)
-- What a vote finds: where the person's love of the song counts, mark by mark; without a guild: their dismissal.
SELECT guild_id, marked_at FROM marks
WHERE user_id = :user AND song_id = :song AND present = 1
UNION ALL
SELECT NULL, dismissed_at FROM dismissed
WHERE user_id = :user AND song_id = :song;

-- name: guilds_loved_in(user, song)
-- Where one person's love of a song counts, and since when.
SELECT guild_id, MIN(marked_at) FROM marks
WHERE user_id = :user AND song_id = :song AND present = 1
GROUP BY guild_id;

-- name: people_who_love(song)
SELECT user_id, guild_id, MIN(marked_at) FROM marks
WHERE song_id = :song AND present = 1
GROUP BY user_id, guild_id;

-- name: favourites(user)
SELECT song_id, MIN(marked_at) AS since FROM marks
WHERE user_id = :user AND present = 1
GROUP BY song_id
ORDER BY since DESC, song_id;

-- name: since(user, song)$
SELECT MIN(marked_at) FROM marks
WHERE user_id = :user AND song_id = :song AND present = 1;

-- name: total(user)$
SELECT COUNT(DISTINCT song_id) FROM marks
WHERE user_id = :user AND present = 1;

-- name: lift_dismissal(user, song)^
DELETE FROM dismissed
WHERE user_id = :user AND song_id = :song
RETURNING song_id;

-- name: merge(old, new)
-- A renamed song's marks join those of its new name; where both are, the earlier time and presence win.
INSERT INTO marks (user_id, song_id, origin, origin_id, emoji, burst, guild_id, present, marked_at)
SELECT user_id, :new, origin, origin_id, emoji, burst, guild_id, present, marked_at
FROM marks WHERE song_id = :old
ON CONFLICT (user_id, song_id, origin, origin_id, emoji, burst) DO UPDATE SET
    present = CASE WHEN excluded.present > marks.present THEN excluded.present ELSE marks.present END,
    marked_at = CASE WHEN excluded.marked_at < marks.marked_at THEN excluded.marked_at ELSE marks.marked_at END
RETURNING user_id;

-- name: drop_song(song)
DELETE FROM marks WHERE song_id = :song
RETURNING user_id;
