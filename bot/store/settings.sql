-- What people and guilds chose.

-- name: people()
SELECT user_id, private, locale FROM people;

-- name: set_private(user, private)^
INSERT INTO people (user_id, private) VALUES (:user, :private)
ON CONFLICT (user_id) DO UPDATE SET private = excluded.private
RETURNING user_id, private, locale;

-- name: set_person_locale(user, locale)^
INSERT INTO people (user_id, locale) VALUES (:user, :locale)
ON CONFLICT (user_id) DO UPDATE SET locale = excluded.locale
RETURNING user_id, private, locale;

-- name: guilds()
SELECT guild_id, locale, vote_emoji, seed FROM guilds;

-- name: set_guild_locale(guild, locale)^
INSERT INTO guilds (guild_id, locale) VALUES (:guild, :locale)
ON CONFLICT (guild_id) DO UPDATE SET locale = excluded.locale
RETURNING guild_id, locale, vote_emoji, seed;

-- name: set_vote_emoji(guild, emoji)^
INSERT INTO guilds (guild_id, vote_emoji) VALUES (:guild, :emoji)
ON CONFLICT (guild_id) DO UPDATE SET vote_emoji = excluded.vote_emoji
RETURNING guild_id, locale, vote_emoji, seed;

-- name: set_seed(guild, seed)^
INSERT INTO guilds (guild_id, seed) VALUES (:guild, :seed)
ON CONFLICT (guild_id) DO UPDATE SET seed = excluded.seed
RETURNING guild_id, locale, vote_emoji, seed;
