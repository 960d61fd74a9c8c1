-- What each person has been shown, knows, and does not want.

-- name: dismiss(user, song, now)^
INSERT INTO dismissed (user_id, song_id, dismissed_at) VALUES (:user, :song, :now)
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: undismiss(user, song)^
DELETE FROM dismissed WHERE user_id = :user AND song_id = :song
RETURNING song_id;

-- name: know(user, song, now)^
INSERT INTO known (user_id, song_id, known_at) VALUES (:user, :song, :now)
ON CONFLICT DO NOTHING
RETURNING song_id;

-- name: unknow(user, song)^
DELETE FROM known WHERE user_id = :user AND song_id = :song
RETURNING song_id;

-- name: show(user, song, now, place)^
INSERT INTO shown (user_id, song_id, shown_at, place) VALUES (:user, :song, :now, :place)
ON CONFLICT (user_id, song_id) DO UPDATE SET shown_at = excluded.shown_at, place = excluded.place
RETURNING song_id;

-- name: dismissed(user)
SELECT song_id FROM dismissed WHERE user_id = :user;

-- name: known(user)
SELECT song_id FROM known WHERE user_id = :user;

-- name: shown(user)
SELECT song_id, shown_at FROM shown WHERE user_id = :user;

-- name: shown_lately(user, rows)
SELECT song_id, shown_at FROM shown WHERE user_id = :user
ORDER BY shown_at DESC, place
LIMIT :rows;

-- name: merge_dismissed(old, new)
INSERT INTO dismissed (user_id, song_id, dismissed_at)
SELECT user_id, :new, dismissed_at FROM dismissed WHERE song_id = :old
ON CONFLICT DO NOTHING
RETURNING user_id;

-- name: drop_dismissed(song)
DELETE FROM dismissed WHERE song_id = :song
RETURNING user_id;

-- name: merge_known(old, new)
INSERT INTO known (user_id, song_id, known_at)
SELECT user_id, :new, known_at FROM known WHERE song_id = :old
ON CONFLICT DO NOTHING
RETURNING user_id;

-- name: drop_known(song)
DELETE FROM known WHERE song_id = :song
RETURNING user_id;

-- name: merge_shown(old, new)
-- The later showing is the one that counts.
INSERT INTO shown (user_id, song_id, shown_at, place)
SELECT user_id, :new, shown_at, place FROM shown WHERE song_id = :old
ON CONFLICT (user_id, song_id) DO UPDATE SET
    place = CASE WHEN excluded.shown_at > shown.shown_at THEN excluded.place ELSE shown.place END,
    shown_at = CASE WHEN excluded.shown_at > shown.shown_at THEN excluded.shown_at ELSE shown.shown_at END
RETURNING user_id;

-- name: drop_shown(song)
DELETE FROM shown WHERE song_id = :song
RETURNING user_id;
