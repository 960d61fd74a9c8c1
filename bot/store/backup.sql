-- What a copy of the database holds, told to whoever took it.

-- name: favourites()^
SELECT COUNT(*) FROM (SELECT DISTINCT user_id, song_id FROM marks WHERE present = 1) AS loved;

-- name: comments()^
SELECT COUNT(*) FROM comments;
