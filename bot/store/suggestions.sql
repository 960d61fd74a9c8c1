-- What people suggest, and what became of it.

-- name: write(user, kind, state, title, drama, singer, source, note, song, locale, now)$
INSERT INTO suggestions (user_id, kind, state, title, drama, singer, source, note, song_id, locale, sent_at)
VALUES (:user, :kind, :state, :title, :drama, :singer, :source, :note, :song, :locale, :now)
RETURNING suggestion_id;

-- name: forget_drafts(past)
DELETE FROM suggestions WHERE state = 'draft' AND sent_at <= :past
RETURNING suggestion_id;

-- name: send(suggestion, user)^
UPDATE suggestions SET state = 'open'
WHERE suggestion_id = :suggestion AND user_id = :user AND state = 'draft'
RETURNING suggestion_id;

-- name: withdraw(suggestion, user)^
DELETE FROM suggestions
WHERE suggestion_id = :suggestion AND user_id = :user AND state IN ('draft', 'open')
RETURNING suggestion_id;

-- name: waiting(user)$
SELECT COUNT(*) FROM suggestions WHERE user_id = :user AND state = 'open';

-- name: earlier(user, skipped)$
SELECT sent_at FROM suggestions
WHERE user_id = :user
ORDER BY sent_at DESC, suggestion_id DESC
LIMIT 1 OFFSET :skipped;

-- name: suggestion(suggestion)^
SELECT suggestion_id, user_id, kind, state, title, drama, singer, source, note, song_id, locale, sent_at, answer
FROM suggestions
WHERE suggestion_id = :suggestion;

-- name: open_ids()
SELECT suggestion_id FROM suggestions WHERE state = 'open'
ORDER BY suggestion_id;

-- name: untold(user, rows)
SELECT suggestion_id, user_id, kind, state, title, drama, singer, source, note, song_id, locale, sent_at, answer
FROM suggestions
WHERE user_id = :user AND told = 0 AND state IN ('accepted', 'declined')
ORDER BY decided_at, suggestion_id
LIMIT :rows;

-- name: told(suggestion)
UPDATE suggestions SET told = 1 WHERE suggestion_id = :suggestion
RETURNING suggestion_id;

-- name: change(suggestion, title, drama, singer, source, note)^
UPDATE suggestions SET title = :title, drama = :drama, singer = :singer, source = :source, note = :note
WHERE suggestion_id = :suggestion AND state = 'open'
RETURNING suggestion_id;

-- name: decide(suggestion, decision, answer, song, now)^
UPDATE suggestions
SET state = :decision, answer = :answer, decided_at = :now, song_id = COALESCE(:song, song_id)
WHERE suggestion_id = :suggestion AND state = 'open'
RETURNING suggestion_id;

-- name: note_decision(suggestion, user, decision, now)
INSERT INTO suggestion_decisions (suggestion_id, user_id, decision, decided_at)
VALUES (:suggestion, :user, :decision, :now)
RETURNING suggestion_id;

-- name: decision(suggestion)^
SELECT user_id, decision, decided_at FROM suggestion_decisions WHERE suggestion_id = :suggestion;

-- name: rename(old, new)
UPDATE suggestions SET song_id = :new WHERE song_id = :old
RETURNING suggestion_id;
