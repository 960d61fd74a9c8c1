"""The daily song: one press, never twice a day, through restarts, clock changes and channels that go."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import pytest

from tests.flow.world import DAY, ENGLISH, KOREAN, World, answer, components, routes, seen, songs_in

HOUR = 3_600
QUESTION = {ENGLISH: "Your scene?", KOREAN: "어떤 장면"}


def posted(world: World, channel: Any = None) -> list[discord.Message]:
    """Return the daily songs in a channel, oldest first."""
    history = (channel or world.channel).history()
    return sorted((m for m in history if QUESTION[world.locale] in seen(m)), key=lambda m: m.id)


async def started(world: World, **chosen: object) -> None:
    """Have the manager start it by the one press, then change some of it in its menus."""
    await world.forge(world.manager, "daily-here")
    for what, value in chosen.items():
        if what == "recap":
            await world.forge(world.manager, f"daily-switch:recap:{int(bool(value))}")
        else:
            await world.forge(world.manager, f"daily-set:{what}", [str(value)])


async def at_hour(world: World, hour: int) -> None:
    """Let time pass until just after an hour of UTC."""
    into = world.now % DAY
    await world.env.advance_time((hour * HOUR - into + 1) % DAY)


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_one_press_posts_todays_song_and_begins_a_daily_one(world: World) -> None:
    pressed = answer(await world.forge(world.manager, "daily-here"))

    (song,) = posted(world)
    daily = world.bot.store.daily.get(world.guild.id)
    card = await world.bot.store.cards.get(song.id)
    assert daily is not None
    assert daily.running
    assert daily.channel == world.channel.id
    assert pressed.ephemeral
    assert f"<#{world.channel.id}>" in seen(pressed)
    assert card is not None
    assert card.seeded
    assert songs_in(song) == list(card.songs)
    assert [reaction.emoji for reaction in song.reactions] == ["❤️"]


async def test_started_from_the_panel_it_shows_what_can_be_changed(world: World) -> None:
    panel = answer(await world.say(world.manager, "settings"))

    turned = await world.press(world.manager, panel, "daily-here")

    assert len(posted(world)) == 1
    assert turned.response is None or "Daily song" in seen(turned)
    again = answer(await world.say(world.manager, "settings"))
    assert "daily" in routes(again)
    assert "daily-here" not in routes(again)


async def test_the_post_is_a_card_that_counts_hearts_and_asks_for_a_scene(world: World) -> None:
    await started(world)
    (song,) = posted(world)
    (id,) = songs_in(song)

    await world.react(world.reader, song, "❤️")
    await world.env.advance_time(10)
    form = await world.press(world.reader, song, "say-why")
    await world.reader.submit_modal(form, {"text": "The bridge in the rain.", "episode": "0"})

    assert world.bot.store.tally.here(world.guild.id, id) == 1
    assert "Loved by 1 person here" in seen(world.reload(song))
    assert "Your scene?" in seen(world.reload(song))
    assert [comment.text for comment in await world.bot.store.comments.mine(world.reader.id)] == [
        "The bridge in the rain."
    ]


async def test_a_song_comes_each_day_at_its_hour_and_none_comes_again(world: World) -> None:
    await at_hour(world, 9)
    await started(world, hour=9)

    for _ in range(4):
        await world.env.advance_time(DAY)

    songs = [songs_in(message)[0] for message in posted(world)]
    assert len(songs) == len(set(songs)) == 5


async def test_only_chosen_weekdays_have_a_song(world: World) -> None:
    await started(world, weekdays=2)

    await world.env.advance_time(14 * DAY)

    assert len(posted(world)) == 1 + 2


async def test_a_restart_posts_nothing_twice_and_misses_nothing(world: World) -> None:
    await at_hour(world, 9)
    await started(world, hour=9)
    await world.env.advance_time(DAY)
    assert len(posted(world)) == 2

    await world.restart()
    await world.env.advance_time(60)
    assert len(posted(world)) == 2
    await world.env.advance_time(DAY)

    assert len(posted(world)) == 3


@pytest.mark.parametrize(("hours_late", "songs"), [(2, 2), (5, 1)])
async def test_after_an_outage_a_song_comes_late_but_not_very_late(world: World, hours_late: int, songs: int) -> None:
    await at_hour(world, 9)
    await started(world, hour=9)
    await world.bot.close()
    await world.env.advance_time(DAY + hours_late * HOUR)

    await world.restart()
    await world.env.advance_time(5)

    assert len(posted(world)) == songs


async def test_while_discord_does_not_answer_the_same_post_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_hour(world, 9)
    await started(world, hour=9)
    nonces: list[object] = []
    send = discord.PartialMessageable.send

    async def failing_twice(place: discord.PartialMessageable, **message: Any) -> discord.Message:
        nonces.append(message["nonce"])
        if len(nonces) <= 2:
            raise aiohttp.ServerDisconnectedError
        return await send(place, **message)

    monkeypatch.setattr(discord.PartialMessageable, "send", failing_twice)
    await world.env.advance_time(DAY + 60)

    assert len(posted(world)) == 2
    assert len(nonces) == 3
    assert len(set(nonces)) == 1


async def test_many_presses_at_once_post_one_song(world: World) -> None:
    for _ in range(8):
        world.submit(world.manager, "daily-here")
    await world.env.settle()
    assert len(posted(world)) == 1

    asked = answer(await world.forge(world.manager, "daily-now"))
    assert "there already" in seen(asked)
    another = next(c["custom_id"] for c in components(asked) if str(c.get("custom_id", "")).startswith("daily-another"))
    for _ in range(8):
        world.submit(world.manager, another)
    await world.env.settle()

    assert len({songs_in(message)[0] for message in posted(world)}) == len(posted(world)) == 2


async def test_send_one_now_is_todays_song_where_there_was_none(world: World) -> None:
    await at_hour(world, 1)
    await started(world, hour=23)
    await world.env.advance_time(DAY)
    assert len(posted(world)) == 1

    sent = answer(await world.forge(world.manager, "daily-now"))
    await world.env.advance_time(23 * HOUR - 60)

    assert len(posted(world)) == 2
    assert str(posted(world)[-1].id) in seen(sent)


async def test_a_deleted_channel_is_told_once_in_the_log_channel_and_then_it_stops(world: World) -> None:
    logs = world.guild.create_text_channel("logs")
    songs = world.guild.create_text_channel("songs")
    await world.bot.store.guilds.change(world.guild.id, log_channel=logs.id)
    await started(world, channel=songs.id, recap=True)
    await world.bot.get_channel(songs.id).delete()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]

    await world.env.advance_time(9 * DAY)

    daily = world.bot.store.daily.get(world.guild.id)
    assert daily is not None
    assert not daily.running
    (told,) = logs.history()
    assert "The daily song has stopped" in seen(told)


async def test_where_it_may_not_write_it_says_so_and_takes_no_day(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={world.bot.user: discord.PermissionOverwrite(send_messages=False)},  # pyright: ignore[reportArgumentType]
    )
    await started(world)

    refused = await world.forge(world.manager, "daily-set:channel", [str(closed.id)])

    assert "I cannot write in" in seen(refused)
    daily = world.bot.store.daily.get(world.guild.id)
    assert daily is not None
    assert daily.channel == world.channel.id


async def test_only_managers_have_a_say(world: World) -> None:
    await started(world)
    before = world.bot.store.daily.get(world.guild.id)

    for id, values in (
        ("daily-here", None),
        ("daily", None),
        ("daily-now", None),
        ("daily-another:1:1", None),
        ("daily-switch:running:0", None),
        ("daily-switch:news:1", None),
        ("daily-set:hour", ["3"]),
    ):
        assert "You may not do that" in seen(await world.forge(world.reader, id, values)), id
    assert "You may not do that" in seen(await world.forge_modal(world.reader, "daily-zone", {"zone": "Seoul"}))

    assert world.bot.store.daily.get(world.guild.id) == before
    assert len(posted(world)) == 1


@pytest.mark.parametrize(
    ("what", "values", "kept"),
    [
        ("hour", ["21"], {"hour": 21}),
        ("weekdays", ["5", "6"], {"weekdays": (5, 6)}),
        ("zone", ["Asia/Seoul"], {"zone": "Asia/Seoul"}),
        ("mood", ["rainy-day"], {"mood": "rainy-day"}),
        ("collection:1", ["any"], {"collection": None}),
    ],
)
async def test_what_a_manager_chooses_is_kept_and_shown(
    world: World, what: str, values: list[str], kept: dict[str, Any]
) -> None:
    await started(world)

    shown = await world.forge(world.manager, f"daily-set:{what}", values)

    daily = world.bot.store.daily.get(world.guild.id)
    assert {name: getattr(daily, name) for name in kept} == kept
    assert "Daily song" in seen(shown)


@pytest.mark.parametrize(
    ("id", "values"),
    [
        ("daily-set:hour", ["24"]),
        ("daily-set:hour", ["²"]),
        ("daily-set:weekdays", ["7"]),
        ("daily-set:zone", ["../../etc/passwd"]),
        ("daily-set:channel", ["1"]),
        ("daily-set:mood", ["no-such"]),
        ("daily-set:collection:0", ["no-such"]),
        ("daily-set:owner", ["1"]),
        ("daily-another:1:1", None),
        ("daily-another:x:99", None),
        ("daily-switch:everything:1", None),
    ],
)
async def test_forged_choices_change_nothing(world: World, id: str, values: list[str] | None) -> None:
    await started(world)
    before = world.bot.store.daily.get(world.guild.id)

    refused = await world.forge(world.manager, id, values)

    assert seen(refused)
    assert "reference" not in seen(refused)
    assert world.bot.store.daily.get(world.guild.id) == before
    assert len(posted(world)) == 1


async def test_a_zone_can_be_typed_by_its_city(world: World) -> None:
    await started(world)

    refused = await world.forge_modal(world.manager, "daily-zone", {"zone": "Gotham"})
    await world.forge_modal(world.manager, "daily-zone", {"zone": "new york"})

    daily = world.bot.store.daily.get(world.guild.id)
    assert "Gotham" in seen(refused)
    assert daily is not None
    assert daily.zone == "America/New_York"


async def test_artists_hidden_here_have_no_daily_song(world: World) -> None:
    catalogue = world.bot.library.catalogue
    chosen = next(shelf for shelf in catalogue.collections.values() if len(shelf.entries) >= 5)
    songs = [catalogue.songs[entry.song] for entry in chosen.entries]
    hidden = tuple({credit.artist for song in songs[1:] for credit in song.artists})
    left = [song.id for song in songs if not {credit.artist for credit in song.artists} & set(hidden)]
    await started(world, collection=chosen.id)
    await world.bot.store.guilds.change(world.guild.id, hidden_artists=hidden)

    await world.env.advance_time(2 * DAY)

    assert {songs_in(message)[0] for message in posted(world)[1:]} <= set(left)


async def test_a_sunday_recap_tells_the_week_once(world: World) -> None:
    await started(world, recap=True)
    songs = ("goblin-stay-with-me", "goblin-beautiful", "crash-landing-on-you-flower")
    for song in songs:
        await world.bot.store.marks.press(world.reader.id, song, world.guild.id, "button", world.now + 4 * DAY)
    comment = await world.bot.store.comments.write(
        world.guild.id, songs[0], world.reader.id, "Snow on the pier.", spoiler=False, episode=None, now=world.now
    )
    await world.bot.store.comments.toggle_like(comment.id, world.other.id, world.now)

    await world.env.advance_time(7 * DAY + HOUR)

    (recap,) = [m for m in world.channel.history() if "The week in songs" in seen(m)]
    assert "Stay With Me" in seen(recap)
    assert "Snow on the pier." in seen(recap)
    assert "1 new heart" in seen(recap)


async def test_the_clock_is_one_timer_and_outlives_a_reload_of_its_cog(world: World) -> None:
    await at_hour(world, 9)
    await started(world, hour=9)

    await world.say(world.manager, "admin reload", what="daily_clock")
    await world.env.advance_time(DAY)

    assert len(posted(world)) == 2
