"""What people say besides loving a song: told when it changes, and read page by page."""

from __future__ import annotations

import pytest

from bot.catalogue.model import SongId
from bot.store import Opinion, Reaction, StandingKind, Store

SONG, OTHER = SongId("goblin-stay-with-me"), SongId("my-mister-grown-ups")
USER, HERE, THERE = 10**17, 7, 8


async def all_of(store: Store, kind: StandingKind) -> list[tuple[int, str, int]]:
    told = (await store.opinions.standing())[kind]
    return [
        (int(told.users[user]), told.songs[song], told.guilds[guild])
        for user, song, guild in zip(told.user, told.song, told.guild, strict=True)
    ]


async def write(store: Store, guild: int, song: str, user: int) -> int:
    comment = await store.comments.write(guild, song, user, "that snow", spoiler=False, episode=None, now=5)
    return comment.id


async def test_everything_that_stands_is_given_once_person_by_person(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.standing.PAGE_ROWS", 2)
    for user in (2, 1):
        for song in (OTHER, SONG):
            for guild in (THERE, HERE):
                await store.marks.press(user, song, guild, "button", now=1)
                await store.marks.react(user, song, guild, Reaction(9, "❤️"), now=2)
                await write(store, guild, song, user)
                await write(store, guild, song, user)
            await store.listeners.know(user, song, now=1)
            await store.listeners.dismiss(user, song, now=3)
    await write(store, 0, SONG, USER)

    there = sorted((user, song, guild) for user in (1, 2) for song in (SONG, OTHER) for guild in (HERE, THERE))
    nowhere = sorted((user, song, 0) for user in (1, 2) for song in (SONG, OTHER))
    kinds: tuple[StandingKind, ...] = ("love", "comment", "know", "dismiss")
    for kind, stands in zip(kinds, (there, there, nowhere, nowhere), strict=True):
        told = await all_of(store, kind)
        assert sorted(told) == stands
        assert [user for user, *_ in told] == [user for user, *_ in stands]


async def test_each_change_is_told_once_and_what_was_so_is_not(store: Store) -> None:
    heard: list[Opinion] = []
    store.opinions.on_change(heard.append)

    for _ in range(2):
        await store.listeners.know(USER, SONG, now=1)
        await store.listeners.dismiss(USER, SONG, now=1)
    for _ in range(2):
        await store.listeners.unknow(USER, SONG)
        await store.listeners.undismiss(USER, SONG)

    assert [(one.kind, one.held) for one in heard] == [
        ("know", True),
        ("dismiss", True),
        ("know", False),
        ("dismiss", False),
    ]
    assert {(one.user, one.song, one.guild) for one in heard} == {(USER, SONG, 0)}


@pytest.mark.parametrize("way", ["press", "press again", "many", "react"])
async def test_a_heart_takes_not_for_me_back(store: Store, way: str) -> None:
    if way == "press again":
        await store.marks.press(USER, SONG, HERE, "button", now=1)
    await store.listeners.dismiss(USER, SONG, now=2)
    heard: list[Opinion] = []
    store.opinions.on_change(heard.append)

    if way == "react":
        await store.marks.react(USER, SONG, HERE, Reaction(9, "❤️"), now=3)
    elif way == "many":
        await store.marks.press_many(USER, (OTHER, SONG), HERE, "command", now=3)
    else:
        await store.marks.press(USER, SONG, HERE, "button", now=3)

    assert heard == [Opinion(USER, SONG, 0, "dismiss", held=False)]


async def test_a_person_speaks_of_a_song_until_their_last_comment_there_is_gone(store: Store) -> None:
    heard: list[Opinion] = []
    store.opinions.on_change(heard.append)

    first, second = await write(store, HERE, SONG, USER), await write(store, HERE, SONG, USER)
    await write(store, 0, SONG, USER)
    await store.comments.delete(first, USER)
    assert heard == [Opinion(USER, SONG, HERE, "comment", held=True)]
    await store.comments.delete(second, USER)

    assert heard[1:] == [Opinion(USER, SONG, HERE, "comment", held=False)]
    assert await all_of(store, "comment") == []


async def test_a_failing_listener_takes_nothing_back(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Opinion) -> None:
        raise RuntimeError("listener")

    store.opinions.on_change(failing)

    assert await store.listeners.dismiss(USER, SONG, now=1)
    assert (await store.listeners.state(USER, now=2)).dismissed == {SONG}
    assert "A listener to opinions failed" in caplog.text
