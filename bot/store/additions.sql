-- Songs added while running.

-- name: additions()
SELECT a.song_id, a.drama_id, a.song, d.drama
FROM additions AS a LEFT JOIN added_dramas AS d ON d.drama_id = a.drama_id
ORDER BY a.added_at, a.song_id;

-- name: add(song, drama, body, now)^
INSERT INTO additions (song_id, drama_id, song, added_at)
VALUES (:song, :drama, :body, :now)
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: keep_drama(drama, body, now)
INSERT INTO added_dramas (drama_id, drama, added_at) VALUES (:drama, :body, :now)
ON CONFLICT (drama_id) DO UPDATE SET drama = excluded.drama
RETURNING drama_id;

-- name: edit(song, drama, body)^
UPDATE additions SET drama_id = :drama, song = :body WHERE song_id = :song
RETURNING song_id;

-- name: remove(song)^
DELETE FROM additions WHERE song_id = :song
RETURNING drama_id;

-- name: forget_announcements(song)
DELETE FROM announcements WHERE song_id = :song
RETURNING guild_id;

-- name: drop_unused_dramas()
DELETE FROM added_dramas WHERE drama_id NOT IN (SELECT drama_id FROM additions)
RETURNING drama_id;

-- name: note_author(song, user, did, now)
INSERT INTO addition_authors (song_id, user_id, did, done_at) VALUES (:song, :user, :did, :now)
ON CONFLICT (song_id, user_id, did) DO UPDATE SET done_at = excluded.done_at
RETURNING song_id;

-- name: authors(song)
SELECT user_id, did, done_at FROM addition_authors WHERE song_id = :song
ORDER BY done_at, did;

-- name: added_since(since)
SELECT song_id FROM additions WHERE added_at > :since
ORDER BY added_at, song_id;

-- name: claim(song, guild, now)
INSERT INTO announcements (song_id, guild_id, claimed_at) VALUES (:song, :guild, :now)
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: release(song, guild)
DELETE FROM announcements WHERE song_id = :song AND guild_id = :guild
RETURNING song_id;
