-- What people and guilds chose.

-- name: people()
SELECT user_id, private, locale, share_comments FROM people;

-- name: set_private(user, private)^
INSERT INTO people (user_id, private) VALUES (:user, :private)
ON CONFLICT (user_id) DO UPDATE SET private = excluded.private
RETURNING user_id, private, locale, share_comments;

-- name: set_person_locale(user, locale)^
INSERT INTO people (user_id, locale) VALUES (:user, :locale)
ON CONFLICT (user_id) DO UPDATE SET locale = excluded.locale
RETURNING user_id, private, locale, share_comments;

-- name: set_share_comments(user, share)^
INSERT INTO people (user_id, share_comments) VALUES (:user, :share)
ON CONFLICT (user_id) DO UPDATE SET share_comments = excluded.share_comments
RETURNING user_id, private, locale, share_comments;

-- name: guilds()
SELECT
    guild_id, locale, vote_emoji, seed, commenters, log_channel_id, blocked_words, hidden_artists,
    minimum_voters, share_comments, additions_announced
FROM guilds;

-- name: guild(guild)^
SELECT
    guild_id, locale, vote_emoji, seed, commenters, log_channel_id, blocked_words, hidden_artists,
    minimum_voters, share_comments, additions_announced
FROM guilds WHERE guild_id = :guild;

-- name: set_guild(guild, locale, vote_emoji, seed, commenters, log_channel, blocked_words, hidden_artists, minimum_voters, share_comments, additions_announced)^
INSERT INTO guilds (
    guild_id, locale, vote_emoji, seed, commenters, log_channel_id, blocked_words, hidden_artists,
    minimum_voters, share_comments, additions_announced
) VALUES (
    :guild, :locale, :vote_emoji, :seed, :commenters, :log_channel, :blocked_words, :hidden_artists,
    :minimum_voters, :share_comments, :additions_announced
)
ON CONFLICT (guild_id) DO UPDATE SET
    locale = excluded.locale,
    vote_emoji = excluded.vote_emoji,
    seed = excluded.seed,
    commenters = excluded.commenters,
    log_channel_id = excluded.log_channel_id,
    blocked_words = excluded.blocked_words,
    hidden_artists = excluded.hidden_artists,
    minimum_voters = excluded.minimum_voters,
    share_comments = excluded.share_comments,
    additions_announced = excluded.additions_announced
RETURNING
    guild_id, locale, vote_emoji, seed, commenters, log_channel_id, blocked_words, hidden_artists,
    minimum_voters, share_comments, additions_announced;

-- name: forget_guild(guild)^
DELETE FROM guilds WHERE guild_id = :guild
RETURNING guild_id;
