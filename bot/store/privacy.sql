-- Everything on one person, gone: one statement for each personal table.

-- name: delete_marks(user)
DELETE FROM marks WHERE user_id = :user
RETURNING song_id;

-- name: delete_past_hearts(user)
DELETE FROM past_hearts WHERE user_id = :user
RETURNING song_id;

-- name: delete_writings(user)
DELETE FROM writings WHERE user_id = :user
RETURNING comment_id;

-- name: delete_comparable(user)
DELETE FROM comparable WHERE user_id = :user
RETURNING guild_id;

-- name: delete_comment_likes(user)
DELETE FROM comment_likes WHERE user_id = :user
RETURNING comment_id;

-- name: delete_comments(user)
DELETE FROM comments WHERE user_id = :user
RETURNING comment_id;

-- name: delete_reports(user)
DELETE FROM reports WHERE user_id = :user
RETURNING comment_id;

-- name: delete_blocked_writers(user)
DELETE FROM blocked_writers WHERE user_id = :user
RETURNING block_id;

-- name: delete_moderators(user)
DELETE FROM moderators WHERE user_id = :user
RETURNING moderation_id;

-- name: delete_cups(user)
DELETE FROM cups WHERE user_id = :user
RETURNING cup_id;

-- name: delete_cup_votes(user)
DELETE FROM cup_votes WHERE user_id = :user
RETURNING cup_id;

-- name: delete_duel_picks(user)
DELETE FROM duel_picks WHERE user_id = :user
RETURNING song_id;

-- name: delete_dismissed(user)
DELETE FROM dismissed WHERE user_id = :user
RETURNING song_id;

-- name: delete_known(user)
DELETE FROM known WHERE user_id = :user
RETURNING song_id;

-- name: delete_shown(user)
DELETE FROM shown WHERE user_id = :user
RETURNING song_id;

-- name: delete_suggestions(user)
DELETE FROM suggestions WHERE user_id = :user
RETURNING suggestion_id;

-- name: delete_suggestion_decisions(user)
DELETE FROM suggestion_decisions WHERE user_id = :user
RETURNING suggestion_id;

-- name: delete_addition_authors(user)
DELETE FROM addition_authors WHERE user_id = :user
RETURNING song_id;

-- name: delete_people(user)
DELETE FROM people WHERE user_id = :user
RETURNING user_id;

-- name: songs_loved(user)
SELECT DISTINCT song_id FROM marks
WHERE user_id = :user AND present = 1
ORDER BY song_id;

-- name: count(user)
-- How many rows there are on a person, by personal table.
SELECT 'marks', COUNT(*) FROM marks WHERE user_id = :user
UNION ALL SELECT 'past_hearts', COUNT(*) FROM past_hearts WHERE user_id = :user
UNION ALL SELECT 'comments', COUNT(*) FROM comments WHERE user_id = :user
UNION ALL SELECT 'writings', COUNT(*) FROM writings WHERE user_id = :user
UNION ALL SELECT 'comment_likes', COUNT(*) FROM comment_likes WHERE user_id = :user
UNION ALL SELECT 'reports', COUNT(*) FROM reports WHERE user_id = :user
UNION ALL SELECT 'blocked_writers', COUNT(*) FROM blocked_writers WHERE user_id = :user
UNION ALL SELECT 'moderators', COUNT(*) FROM moderators WHERE user_id = :user
UNION ALL SELECT 'comparable', COUNT(*) FROM comparable WHERE user_id = :user
UNION ALL SELECT 'cups', COUNT(*) FROM cups WHERE user_id = :user
UNION ALL SELECT 'cup_votes', COUNT(*) FROM cup_votes WHERE user_id = :user
UNION ALL SELECT 'duel_picks', COUNT(*) FROM duel_picks WHERE user_id = :user
UNION ALL SELECT 'dismissed', COUNT(*) FROM dismissed WHERE user_id = :user
UNION ALL SELECT 'known', COUNT(*) FROM known WHERE user_id = :user
UNION ALL SELECT 'shown', COUNT(*) FROM shown WHERE user_id = :user
UNION ALL SELECT 'suggestions', COUNT(*) FROM suggestions WHERE user_id = :user
UNION ALL SELECT 'suggestion_decisions', COUNT(*) FROM suggestion_decisions WHERE user_id = :user
UNION ALL SELECT 'addition_authors', COUNT(*) FROM addition_authors WHERE user_id = :user
UNION ALL SELECT 'people', COUNT(*) FROM people WHERE user_id = :user;

-- name: export_marks(user)
SELECT * FROM marks WHERE user_id = :user;

-- name: export_past_hearts(user)
SELECT * FROM past_hearts WHERE user_id = :user;

-- name: export_comments(user)
SELECT * FROM comments WHERE user_id = :user;

-- name: export_writings(user)
SELECT * FROM writings WHERE user_id = :user;

-- name: export_comment_likes(user)
SELECT * FROM comment_likes WHERE user_id = :user;

-- name: export_reports(user)
SELECT * FROM reports WHERE user_id = :user;

-- name: export_blocked_writers(user)
SELECT w.user_id, b.guild_id, b.comment_id, b.blocked_at
FROM blocked_writers AS w JOIN blocks AS b ON b.block_id = w.block_id
WHERE w.user_id = :user;

-- name: export_moderators(user)
SELECT w.user_id, m.guild_id, m.comment_id, m.act, m.done_at
FROM moderators AS w JOIN moderations AS m ON m.moderation_id = w.moderation_id
WHERE w.user_id = :user;

-- name: export_comparable(user)
SELECT * FROM comparable WHERE user_id = :user;

-- name: export_cups(user)
SELECT * FROM cups WHERE user_id = :user;

-- name: export_cup_votes(user)
SELECT * FROM cup_votes WHERE user_id = :user;

-- name: export_duel_picks(user)
SELECT * FROM duel_picks WHERE user_id = :user;

-- name: export_dismissed(user)
SELECT * FROM dismissed WHERE user_id = :user;

-- name: export_known(user)
SELECT * FROM known WHERE user_id = :user;

-- name: export_shown(user)
SELECT * FROM shown WHERE user_id = :user;

-- name: export_suggestions(user)
SELECT * FROM suggestions WHERE user_id = :user;

-- name: export_suggestion_decisions(user)
SELECT * FROM suggestion_decisions WHERE user_id = :user;

-- name: export_addition_authors(user)
SELECT * FROM addition_authors WHERE user_id = :user;

-- name: export_people(user)
SELECT * FROM people WHERE user_id = :user;
