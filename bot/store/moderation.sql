-- Reports on comments, and what moderators decide. A guild decides on what is read in it; its own comments it may
-- remove, those that others share it may hide.

-- name: report(comment, guild, user, reason, now)^
-- Once a person and comment; again only where the comment was rewritten after a judgement.
INSERT INTO reports (comment_id, guild_id, user_id, reason, reported_at)
VALUES (:comment, :guild, :user, :reason, :now)
ON CONFLICT (comment_id, guild_id, user_id) DO UPDATE SET
    reason = excluded.reason, reported_at = excluded.reported_at, judged = 0
WHERE reports.judged = 1 AND EXISTS (
    SELECT 1 FROM comments AS c WHERE c.comment_id = reports.comment_id AND c.edited_at > reports.reported_at
)
RETURNING comment_id;

-- name: earlier_report(guild, user, skipped)$
SELECT reported_at FROM reports
WHERE user_id = :user AND guild_id = :guild
ORDER BY reported_at DESC, comment_id DESC
LIMIT 1 OFFSET :skipped;

-- name: open_reports(comment, guild)$
SELECT COUNT(*) FROM reports WHERE comment_id = :comment AND guild_id = :guild AND judged = 0;

-- name: reasons(comment, guild)
SELECT reason, COUNT(*) FROM reports
WHERE comment_id = :comment AND guild_id = :guild AND judged = 0
GROUP BY reason
ORDER BY COUNT(*) DESC, reason;

-- name: judge(comment, guild)
UPDATE reports SET judged = 1 WHERE comment_id = :comment AND guild_id = :guild AND judged = 0
RETURNING user_id;

-- name: judge_everywhere(comment)
UPDATE reports SET judged = 1 WHERE comment_id = :comment AND judged = 0
RETURNING user_id;

-- name: place(comment)^
SELECT guild_id, song_id, user_id FROM comments WHERE comment_id = :comment AND guild_id <> 0;

-- name: remove(comment, guild)^
UPDATE comments SET removed = 'guild' WHERE comment_id = :comment AND guild_id = :guild AND removed IS NULL
RETURNING comment_id;

-- name: restore(comment, guild)^
UPDATE comments SET removed = NULL WHERE comment_id = :comment AND guild_id = :guild AND removed = 'guild'
RETURNING comment_id;

-- name: remove_everywhere(comment)^
UPDATE comments SET removed = 'operator'
WHERE comment_id = :comment AND guild_id <> 0 AND (removed IS NULL OR removed = 'guild')
RETURNING comment_id;

-- name: restore_everywhere(comment)^
UPDATE comments SET removed = NULL WHERE comment_id = :comment AND removed = 'operator'
RETURNING comment_id;

-- name: hide(comment, guild, now)^
INSERT INTO hidden_comments (comment_id, guild_id, hidden_at)
SELECT s.comment_id, :guild, :now FROM shared_comments AS s
WHERE s.comment_id = :comment AND s.guild_id <> :guild
ON CONFLICT (comment_id, guild_id) DO NOTHING
RETURNING comment_id;

-- name: show(comment, guild)^
DELETE FROM hidden_comments WHERE comment_id = :comment AND guild_id = :guild
RETURNING comment_id;

-- name: block(guild, person, comment, now)$
INSERT INTO blocks (guild_id, person_hash, comment_id, blocked_at) VALUES (:guild, :person, :comment, :now)
ON CONFLICT (guild_id, person_hash) DO NOTHING
RETURNING block_id;

-- name: blocked(guild, person)$
SELECT block_id FROM blocks WHERE guild_id = :guild AND person_hash = :person;

-- name: note_blocked(block, user)^
INSERT INTO blocked_writers (block_id, user_id) VALUES (:block, :user)
RETURNING block_id;

-- name: unblock(block, guild)^
DELETE FROM blocks WHERE block_id = :block AND guild_id = :guild
RETURNING comment_id;

-- name: blocks(guild, rows, skipped)
SELECT b.block_id, w.user_id, b.blocked_at
FROM blocks AS b LEFT JOIN blocked_writers AS w ON w.block_id = b.block_id
WHERE b.guild_id = :guild
ORDER BY b.block_id DESC
LIMIT :rows OFFSET :skipped;

-- name: note(guild, comment, act, now)$
INSERT INTO moderations (guild_id, comment_id, act, done_at) VALUES (:guild, :comment, :act, :now)
RETURNING moderation_id;

-- name: note_moderator(moderation, user)^
INSERT INTO moderators (moderation_id, user_id) VALUES (:moderation, :user)
RETURNING moderation_id;

-- name: done(guild, rows, skipped)
SELECT m.moderation_id, w.user_id, m.act, m.done_at, m.comment_id, c.song_id,
    CASE WHEN c.guild_id = :guild THEN c.user_id ELSE NULL END
FROM moderations AS m
LEFT JOIN moderators AS w ON w.moderation_id = m.moderation_id
LEFT JOIN comments AS c ON c.comment_id = m.comment_id
WHERE m.guild_id = :guild
ORDER BY m.moderation_id DESC
LIMIT :rows OFFSET :skipped;

-- name: desk(guild, song, viewer, rows, skipped)
-- What moderators of a guild decide on, reported first: of one song all, removed and hidden ones too; of no song in
-- particular what is reported.
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r
        WHERE r.comment_id = c.comment_id AND r.guild_id = :guild AND r.judged = 0) AS open_reports,
    removed,
    (SELECT COUNT(*) FROM hidden_comments AS h WHERE h.comment_id = c.comment_id AND h.guild_id = :guild)
FROM comments AS c
WHERE guild_id <> 0 AND (guild_id = :guild OR comment_id IN (SELECT s.comment_id FROM shared_comments AS s))
    AND (song_id = :song OR (:song = '' AND comment_id IN (
        SELECT r.comment_id FROM reports AS r WHERE r.guild_id = :guild AND r.judged = 0
    )))
ORDER BY open_reports DESC, written_at DESC, comment_id DESC
LIMIT :rows OFFSET :skipped;

-- name: one_for_desk(comment, guild, viewer)^
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r
        WHERE r.comment_id = c.comment_id AND r.guild_id = :guild AND r.judged = 0) AS open_reports,
    removed,
    (SELECT COUNT(*) FROM hidden_comments AS h WHERE h.comment_id = c.comment_id AND h.guild_id = :guild)
FROM comments AS c
WHERE comment_id = :comment AND guild_id <> 0
    AND (guild_id = :guild OR comment_id IN (SELECT s.comment_id FROM shared_comments AS s));
