-- What people wrote about songs. Guild 0 holds private notes, which only their writer sees. A removed comment stays
-- for its writer and the moderators; a report counts in the guild it was made in, until it is judged.

-- name: write(guild, song, user, body, spoiler, episode, now)$
INSERT INTO comments (guild_id, song_id, user_id, body, spoiler, episode, written_at)
VALUES (:guild, :song, :user, :body, :spoiler, :episode, :now)
RETURNING comment_id;

-- name: edit(comment, user, body, spoiler, episode, now)$
UPDATE comments SET body = :body, spoiler = :spoiler, episode = :episode, edited_at = :now
WHERE comment_id = :comment AND user_id = :user AND removed IS NULL
RETURNING comment_id;

-- name: delete(comment, user)^
DELETE FROM comments WHERE comment_id = :comment AND user_id = :user
RETURNING guild_id, song_id;

-- name: comment(comment, viewer)^
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r WHERE r.comment_id = c.comment_id AND r.guild_id = c.guild_id AND r.judged = 0),
    removed
FROM comments AS c
WHERE comment_id = :comment AND (guild_id <> 0 OR user_id = :viewer);

-- name: comment_from(comment, guild, viewer)^
-- As far as it is read in a guild: its own, or another's that shares it.
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r WHERE r.comment_id = c.comment_id AND r.guild_id = :guild AND r.judged = 0),
    removed
FROM comments AS c
WHERE comment_id = :comment AND removed IS NULL AND guild_id <> 0 AND (
    guild_id = :guild
    OR (:guild <> 0
        AND comment_id IN (SELECT s.comment_id FROM shared_comments AS s WHERE s.comment_id = :comment)
        AND NOT EXISTS (
            SELECT 1 FROM hidden_comments AS h WHERE h.comment_id = c.comment_id AND h.guild_id = :guild
        ))
);

-- name: best_of_song(guild, song, viewer, rows, skipped)
-- The guild's own first, then what other guilds share.
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r WHERE r.comment_id = c.comment_id AND r.guild_id = :guild AND r.judged = 0),
    removed
FROM comments AS c
WHERE song_id = :song AND removed IS NULL AND (
    (guild_id = :guild AND (guild_id <> 0 OR user_id = :viewer))
    OR (:guild <> 0 AND guild_id <> :guild
        AND comment_id IN (SELECT s.comment_id FROM shared_comments AS s WHERE s.song_id = :song)
        AND NOT EXISTS (
            SELECT 1 FROM hidden_comments AS h WHERE h.comment_id = c.comment_id AND h.guild_id = :guild
        ))
)
ORDER BY CASE WHEN guild_id = :guild THEN 0 ELSE 1 END, likes DESC, comment_id DESC
LIMIT :rows OFFSET :skipped;

-- name: newest_of_song(guild, song, viewer, rows, skipped)
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :viewer),
    (SELECT COUNT(*) FROM reports AS r WHERE r.comment_id = c.comment_id AND r.guild_id = :guild AND r.judged = 0),
    removed
FROM comments AS c
WHERE song_id = :song AND removed IS NULL AND (
    (guild_id = :guild AND (guild_id <> 0 OR user_id = :viewer))
    OR (:guild <> 0 AND guild_id <> :guild
        AND comment_id IN (SELECT s.comment_id FROM shared_comments AS s WHERE s.song_id = :song)
        AND NOT EXISTS (
            SELECT 1 FROM hidden_comments AS h WHERE h.comment_id = c.comment_id AND h.guild_id = :guild
        ))
)
ORDER BY CASE WHEN guild_id = :guild THEN 0 ELSE 1 END, written_at DESC, comment_id DESC
LIMIT :rows OFFSET :skipped;

-- name: of_user(user, rows, skipped)
SELECT comment_id, guild_id, song_id, user_id, body, spoiler, episode, written_at, edited_at,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id) AS likes,
    (SELECT COUNT(*) FROM comment_likes AS l WHERE l.comment_id = c.comment_id AND l.user_id = :user),
    (SELECT COUNT(*) FROM reports AS r WHERE r.comment_id = c.comment_id AND r.guild_id = c.guild_id AND r.judged = 0),
    removed
FROM comments AS c
WHERE user_id = :user
ORDER BY written_at DESC, comment_id DESC
LIMIT :rows OFFSET :skipped;

-- name: likeable(comment, user)^
SELECT guild_id, song_id FROM comments
WHERE comment_id = :comment AND user_id <> :user AND guild_id <> 0 AND removed IS NULL;

-- name: like(comment, user, now)^
INSERT INTO comment_likes (comment_id, user_id, liked_at) VALUES (:comment, :user, :now)
ON CONFLICT DO NOTHING
RETURNING comment_id;

-- name: unlike(comment, user)^
DELETE FROM comment_likes WHERE comment_id = :comment AND user_id = :user
RETURNING comment_id;

-- name: likes(comment)$
SELECT COUNT(*) FROM comment_likes WHERE comment_id = :comment;

-- name: counts()
SELECT guild_id, song_id, COUNT(*) FROM comments
WHERE guild_id <> 0 AND removed IS NULL
GROUP BY guild_id, song_id;

-- name: count(guild, song)$
SELECT COUNT(*) FROM comments WHERE guild_id = :guild AND song_id = :song AND guild_id <> 0 AND removed IS NULL;

-- name: all_writers()
SELECT DISTINCT guild_id, song_id, user_id FROM comments WHERE guild_id <> 0 AND removed IS NULL;

-- name: writers(guild, song)
SELECT DISTINCT user_id FROM comments WHERE guild_id = :guild AND song_id = :song AND guild_id <> 0 AND removed IS NULL;

-- name: liked_without_spoiler(longest, fold)
-- What a card may quote, the most liked last in each guild and song, so that it is the one that stays.
SELECT c.comment_id, c.guild_id, c.song_id, c.user_id, c.body, c.spoiler, c.episode, c.written_at,
    c.edited_at, COUNT(*) AS likes, 0, 0, NULL
FROM comments AS c JOIN comment_likes AS l ON l.comment_id = c.comment_id
WHERE c.guild_id <> 0 AND c.spoiler = 0 AND length(c.body) <= :longest
    AND c.removed IS NULL AND :fold > (
        SELECT COUNT(*) FROM reports AS r
        WHERE r.comment_id = c.comment_id AND r.guild_id = c.guild_id AND r.judged = 0
    )
GROUP BY c.comment_id
ORDER BY likes, c.comment_id;

-- name: most_liked_without_spoiler(guild, song, longest, fold)^
SELECT c.comment_id, c.guild_id, c.song_id, c.user_id, c.body, c.spoiler, c.episode, c.written_at,
    c.edited_at, COUNT(*) AS likes, 0, 0, NULL
FROM comments AS c JOIN comment_likes AS l ON l.comment_id = c.comment_id
WHERE c.guild_id = :guild AND c.song_id = :song AND c.guild_id <> 0
    AND c.spoiler = 0 AND length(c.body) <= :longest
    AND c.removed IS NULL AND :fold > (
        SELECT COUNT(*) FROM reports AS r
        WHERE r.comment_id = c.comment_id AND r.guild_id = c.guild_id AND r.judged = 0
    )
GROUP BY c.comment_id
ORDER BY likes DESC, c.comment_id DESC
LIMIT 1;

-- name: places(user)
SELECT guild_id, song_id FROM comments WHERE user_id = :user
UNION
SELECT c.guild_id, c.song_id FROM comment_likes AS l JOIN comments AS c ON c.comment_id = l.comment_id
WHERE l.user_id = :user
UNION
SELECT c.guild_id, c.song_id FROM reports AS r JOIN comments AS c ON c.comment_id = r.comment_id
WHERE r.user_id = :user;

-- name: rename(old, new)
UPDATE comments SET song_id = :new WHERE song_id = :old
RETURNING guild_id;

-- name: note_writing(comment, guild, user, now)
INSERT INTO writings (comment_id, user_id, guild_id, written_at) VALUES (:comment, :user, :guild, :now)
RETURNING comment_id;

-- name: earlier_writing(guild, user, skipped)$
SELECT written_at FROM writings
WHERE user_id = :user AND guild_id = :guild
ORDER BY written_at DESC, comment_id DESC
LIMIT 1 OFFSET :skipped;

-- name: forget_writings(past)
DELETE FROM writings WHERE written_at <= :past
RETURNING comment_id;

-- name: withdraw(guild, song)
INSERT INTO withdrawals (guild_id, song_id) VALUES (:guild, :song)
RETURNING withdrawal_id;

-- name: withdrawn()
SELECT guild_id, song_id, MAX(withdrawal_id) FROM withdrawals
GROUP BY guild_id, song_id
ORDER BY 3;

-- name: settle(guild, song, last)
DELETE FROM withdrawals WHERE guild_id = :guild AND song_id = :song AND withdrawal_id <= :last
RETURNING withdrawal_id;

-- name: rename_withdrawn(old, new)
UPDATE withdrawals SET song_id = :new WHERE song_id = :old
RETURNING withdrawal_id;
