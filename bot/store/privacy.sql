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

-- name: delete_dismissed(user)
DELETE FROM dismissed WHERE user_id = :user
RETURNING song_id;

-- name: delete_known(user)
DELETE FROM known WHERE user_id = :user
RETURNING song_id;

-- name: delete_shown(user)
DELETE FROM shown WHERE user_id = :user
RETURNING song_id;

-- name: delete_people(user)
DELETE FROM people WHERE user_id = :user
RETURNING user_id;

-- name: songs_loved(user)
SELECT DISTINCT song_id FROM marks
WHERE user_id = :user AND present = 1
ORDER BY song_id;
