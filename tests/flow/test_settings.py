"""/settings: one panel, managers only, each change seen at once and kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.catalogue.model import ArtistId
from bot.store import GuildSettings
from bot.ui.settings import MOST_WORDS
from tests.flow.world import ENGLISH, KOREAN, World, answer, over_limits, routes, seen, songs_in

SONG = "goblin-stay-with-me"


def kept(world: World) -> GuildSettings:
    """Return the server's settings as the store has them."""
    return world.bot.store.guilds.get(world.guild.id)


async def panel(world: World) -> Any:
    """Have the manager open the panel."""
    return answer(await world.say(world.manager, "settings"))


@pytest.mark.parametrize(("locale", "heading"), [(ENGLISH, "Settings of this server"), (KOREAN, "이 서버의 설정")])
async def test_the_panel_is_private_and_shows_every_setting(world: World, heading: str) -> None:
    shown = await panel(world)

    assert shown.ephemeral
    assert heading in seen(shown)
    whats = {id.split(":")[1] for id in routes(shown) if id.startswith(("settings-change", "settings-switch"))}
    assert whats == {"language", "emoji", "seed", "comments", "share", "log", "words", "artists", "voters"}
    assert {"daily-here", "settings-reset"} <= set(routes(shown))


async def test_readers_may_neither_see_nor_change_anything(world: World) -> None:
    for id, values in (
        ("settings", None),
        ("settings-change:words", None),
        ("settings-switch:seed:0", None),
        ("settings-set:language", ["ko"]),
        ("settings-set:comments:nobody", None),
        ("settings-reset", None),
        ("settings-reset-now", None),
    ):
        assert "You may not do that" in seen(await world.forge(world.reader, id, values)), id
    assert "You may not do that" in seen(await world.forge_modal(world.reader, "settings-form:words", {"text": "x"}))

    assert kept(world) == GuildSettings()


@pytest.mark.parametrize(
    ("press", "setting", "words"),
    [
        ("settings-switch:seed:0", {"seed": False}, "people react themselves"),
        ("settings-switch:share:1", {"share_comments": True}, "may be read in other servers"),
        ("settings-set:comments:nobody", {"commenters": "nobody"}, "Nobody may write"),
    ],
)
async def test_a_press_is_kept_and_seen_at_once(
    world: World, press: str, setting: dict[str, object], words: str
) -> None:
    changed = await world.forge(world.manager, press)

    assert {name: getattr(kept(world), name) for name in setting} == setting
    assert words in seen(changed)


async def test_the_language_is_chosen_in_a_menu_and_public_answers_speak_it(world: World) -> None:
    shown = await panel(world)

    page = await world.press(world.manager, shown, "settings-change:language")
    await world.choose(world.manager, answer(page), "settings-set", ["ko"])

    assert kept(world).locale == "ko"
    assert "도깨비" in seen(await world.say(world.reader, "song", song=SONG))


async def test_a_role_may_be_the_only_one_to_comment(world: World) -> None:
    role = world.guild.create_role("Regulars")

    page = answer(await world.press(world.manager, await panel(world), "settings-change:comments"))
    changed = await world.choose(world.manager, page, "settings-set:comments", [role])

    assert kept(world).commenters == role.id
    assert f"<@&{role.id}>" in seen(changed)


@pytest.mark.parametrize("who", ["nobody", "role"])
async def test_who_may_not_comment_is_told_so_and_nothing_is_kept(world: World, who: str) -> None:
    role = world.guild.create_role("Regulars")
    await world.bot.store.guilds.change(world.guild.id, commenters="nobody" if who == "nobody" else role.id)

    refused = await world.forge(world.reader, f"say-why:{SONG}")
    saved = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "Snow.", "episode": "0"})

    assert ("Comments are closed" if who == "nobody" else f"only <@&{role.id}>") in seen(refused)
    assert "Snow." in seen(saved)
    assert await world.bot.store.comments.mine(world.reader.id) == ()


async def test_a_member_with_the_role_may_comment(world: World) -> None:
    role = world.guild.create_role("Regulars")
    regular = world.guild.add_member(world.env.create_user("sora", global_name="Sora"), roles=[role])
    await world.env.advance_time(8 * 86_400)
    await world.bot.store.guilds.change(world.guild.id, commenters=role.id)

    await world.forge_modal(regular, f"comment-save:{SONG}", {"text": "Snow.", "episode": "0"})

    assert [comment.text for comment in await world.bot.store.comments.mine(regular.id)] == ["Snow."]


async def test_a_blocked_word_is_named_and_the_text_told_back(world: World) -> None:
    await world.bot.store.guilds.change(world.guild.id, blocked_words=("snow",))

    refused = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "First SNOW!", "episode": "0"})

    assert "||snow||" in seen(refused)
    assert "First SNOW" in seen(refused)
    assert await world.bot.store.comments.mine(world.reader.id) == ()


async def test_a_log_channel_must_be_one_the_bot_can_write_in(world: World) -> None:
    logs = world.guild.create_text_channel("logs")

    refused = await world.forge(world.manager, "settings-set:log", ["1"])
    page = answer(await world.press(world.manager, await panel(world), "settings-change:log"))
    await world.choose(world.manager, page, "settings-set:log", [logs])

    assert "I cannot write in" in seen(refused)
    assert kept(world).log_channel == logs.id


async def test_blocked_words_are_typed_one_a_line_and_come_back_in_the_form(world: World) -> None:
    form = await world.press(world.manager, await panel(world), "settings-change:words")
    changed = await world.manager.submit_modal(form, {"text": "Spoiled \n\n스포  완전\nspoiled"})
    again = await world.press(world.manager, await panel(world), "settings-change:words")

    assert kept(world).blocked_words == ("spoiled", "스포 완전")
    assert "2 words" in seen(changed)
    assert "spoiled\n스포 완전" in seen(again)


async def test_too_many_words_are_refused(world: World) -> None:
    many = "\n".join(f"word{number}" for number in range(MOST_WORDS + 1))

    refused = await world.forge_modal(world.manager, "settings-form:words", {"text": many})

    assert f"At most {MOST_WORDS} words" in seen(refused)
    assert kept(world).blocked_words == ()


async def test_hidden_artists_are_saved_where_sure_and_asked_about_where_not(world: World) -> None:
    changed = await world.forge_modal(world.manager, "settings-form:artists", {"text": "거미\nqqqqqqqq zzzz"})

    assert kept(world).hidden_artists == (ArtistId("gummy"),)
    assert "Saved, but not these" in seen(changed)
    assert "qqqqqqqq zzzz" in seen(changed)


async def test_songs_of_hidden_artists_are_not_recommended(world: World) -> None:
    catalogue = world.bot.library.catalogue
    artist = catalogue.artists[ArtistId("gummy")]
    before = answer(await world.say(world.reader, "recommend", **{"from": "artist:gummy"}))
    await world.bot.store.guilds.change(world.guild.id, hidden_artists=(artist.id,))

    after = await world.say(world.reader, "recommend", **{"from": "artist:gummy"})

    assert set(songs_in(before)) <= set(artist.songs)
    assert not any(songs_in(message) for message in [after.response] if message)


@pytest.mark.parametrize("typed", ["love", "1️⃣", "💜💜", "<:gone:123456789012345678>", ":nobody:"])
async def test_what_is_no_emoji_of_ours_is_refused(world: World, typed: str) -> None:
    refused = await world.forge_modal(world.manager, "settings-form:emoji", {"text": typed})

    assert "not one emoji that I can use here" in seen(refused)
    assert kept(world).vote_emoji == "❤️"


async def test_a_standard_emoji_is_seeded_and_votes(world: World) -> None:
    await world.forge_modal(world.manager, "settings-form:emoji", {"text": "🎵"})

    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.react(world.other, card, "🎵")

    assert [reaction.emoji for reaction in world.reload(card).reactions] == ["🎵"]
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1


async def test_an_emoji_of_this_server_is_taken_by_its_name_seeded_and_votes(world: World) -> None:
    own = world.guild.create_emoji("norae")
    await world.forge_modal(world.manager, "settings-form:emoji", {"text": ":norae:"})

    card = answer(await world.say(world.reader, "song", song=SONG))
    await world.react(world.other, card, f"norae:{own.id}")

    assert kept(world).vote_emoji == f"<:norae:{own.id}>"
    assert world.bot.store.tally.here(world.guild.id, SONG) == 1


@pytest.mark.parametrize("typed", ["0", "101", "-1", "²", "3.5", "", "000000001999"])
async def test_voters_are_a_whole_number_within_reason(world: World, typed: str) -> None:
    refused = await world.forge_modal(world.manager, "settings-form:voters", {"text": typed})

    assert "A whole number" in seen(refused)
    assert kept(world).minimum_voters == 3


@pytest.mark.parametrize(
    ("id", "values"),
    [
        ("settings-change:owner", None),
        ("settings-switch:owner:1", None),
        ("settings-set:owner:1", None),
        ("settings-set:language", ["xx"]),
        ("settings-set:comments", ["1"]),
        ("settings-set:comments", []),
        ("settings-form:owner", None),
        ("settings-set:log", ["x" * 90]),
    ],
)
async def test_forged_choices_change_nothing(world: World, id: str, values: list[str] | None) -> None:
    refused = await world.forge(world.manager, id, values)

    assert seen(refused)
    assert "reference" not in seen(refused)
    assert kept(world) == GuildSettings()


async def test_reset_asks_once_and_turns_the_daily_song_off(world: World) -> None:
    await world.forge(world.manager, "daily-here")
    await world.bot.store.guilds.change(world.guild.id, seed=False, minimum_voters=7)

    asked = answer(await world.press(world.manager, await panel(world), "settings-reset"))
    assert kept(world).minimum_voters == 7
    await world.press(world.manager, asked, "settings-reset-now")

    assert kept(world) == GuildSettings()
    assert world.bot.store.daily.get(world.guild.id) is None


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_the_fullest_panel_is_within_the_limits(world: World) -> None:
    artists = tuple(sorted(world.bot.library.catalogue.artists, key=len)[-50:])
    await world.forge(world.manager, "daily-here")
    await world.bot.store.guilds.change(
        world.guild.id,
        blocked_words=tuple(f"{number:02}{'*' * 38}" for number in range(50)),
        hidden_artists=artists,
        commenters=2**63 - 1,
        log_channel=2**63 - 1,
        minimum_voters=100,
    )

    for id in ("settings", *(f"settings-change:{what}" for what in ("language", "comments", "log")), "daily"):
        shown = await world.forge(world.manager, id)
        assert shown.response is not None
        assert over_limits("/channels/1/messages", {"components": shown.response.components}) == []
    for what in ("words", "artists", "emoji", "voters"):
        assert (await world.forge(world.manager, f"settings-change:{what}")).modal
