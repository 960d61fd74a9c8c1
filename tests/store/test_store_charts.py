"""Charts: first hearts, ties, movement, and who does not count."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.store import Question, Reaction, Store, Window
from bot.store.charts import SERVERS_SHARE, Group, evenly

DAY = 86_400
NOW = 1_700_000_000
HERE, THERE = 501, 502
OLD = (NOW - 400 * DAY - 1_420_070_400) * 1000 << 22
"""An id made 400 days ago; the next ones are as old."""
DRAMAS = {"a": "one", "b": "one", "c": "two", "d": "two"}


def itself(song: str) -> tuple[str, ...]:
    return (song,)


def drama_of(song: str) -> tuple[str, ...]:
    return (DRAMAS[song],) if song in DRAMAS else ()


async def love(store: Store, user: int, songs: str, guild: int = HERE, at: int = NOW - DAY) -> None:
    await store.marks.press_many(user, tuple(songs), guild, "button", at)


def asked(guild: int | None = HERE, *, days: int | None = 30, by: str = "song", minimum: int = 2) -> Question:
    since = NOW - days * DAY if days else None
    earlier = Window(NOW - 2 * days * DAY, NOW - days * DAY) if days else Window(None, NOW - 30 * DAY)
    return Question(guild, by, Window(since, NOW), earlier, minimum)


async def chart(store: Store, question: Question, group: Group = itself) -> list[tuple[str, int, int, int | None]]:
    placed = await store.charts.top(question, group, drama_of, NOW)
    return [(one.id, one.people, one.place, one.before) for one in placed]


async def test_most_loved_comes_first_and_ties_share_a_place(store: Store) -> None:
    await love(store, OLD, "abc")
    await love(store, OLD + 1, "abc")
    await love(store, OLD + 2, "acd")

    assert await chart(store, asked()) == [("a", 3, 1, None), ("c", 3, 1, None), ("b", 2, 3, None)]


async def test_a_drama_counts_each_person_once(store: Store) -> None:
    await love(store, OLD, "abc")
    await love(store, OLD + 1, "bcd")

    assert await chart(store, asked(by="drama"), drama_of) == [("one", 2, 1, None), ("two", 2, 1, None)]


async def test_young_accounts_few_favourites_and_fans_of_one_drama_do_not_count(store: Store) -> None:
    young = (NOW - 13 * DAY - 1_420_070_400) * 1000 << 22
    for user, songs in ((young, "abc"), (OLD, "ac"), (OLD + 1, "ab"), (OLD + 2, "acd"), (OLD + 3, "acd")):
        await love(store, user, songs)

    assert {people for _, people, *_ in await chart(store, asked())} == {2}


async def test_favourites_made_elsewhere_make_a_voter_but_count_where_they_were_made(store: Store) -> None:
    await love(store, OLD, "bc", THERE)
    await love(store, OLD, "a", HERE)
    await love(store, OLD + 1, "abc", HERE)

    assert await chart(store, asked()) == [("a", 2, 1, None)]


async def test_hearting_anew_is_no_new_heart(store: Store) -> None:
    heart = Reaction(9, "❤️")
    for user in (OLD, OLD + 1):
        await love(store, user, "abc", at=NOW - 100 * DAY)
        await store.marks.remove(user, "a")
        await love(store, user, "a", at=NOW - DAY)
        await store.marks.react(user, "d", HERE, heart, NOW - 100 * DAY)
        await store.marks.unreact(user, heart)
        await store.marks.react(user, "d", HERE, heart, NOW - DAY)

    assert await chart(store, asked()) == []
    assert [id for id, *_ in await chart(store, asked(days=None))] == ["a", "b", "c", "d"]


async def test_movement_is_told_beside_the_window_before(store: Store) -> None:
    for user in (OLD, OLD + 1):
        await love(store, user, "abc", at=NOW - 40 * DAY)
    for user in (OLD + 2, OLD + 3, OLD + 4):
        await love(store, user, "c", at=NOW - 40 * DAY)
        await love(store, user, "ad", at=NOW - 2 * DAY)
    await love(store, OLD + 5, "abd", at=NOW - 2 * DAY)
    await love(store, OLD + 6, "abc", at=NOW - 2 * DAY)

    assert await chart(store, asked()) == [("a", 5, 1, 2), ("d", 4, 2, None), ("b", 2, 3, 2)]
    assert (await chart(store, asked(days=None)))[0] == ("a", 7, 1, 2)


async def test_a_renamed_song_keeps_when_it_was_first_loved(store: Store) -> None:
    for user in (OLD, OLD + 1):
        await love(store, user, "abc", at=NOW - 100 * DAY)
        await store.marks.remove(user, "a")
    await store.songs.rename({"a": "d"})
    for user in (OLD, OLD + 1):
        await love(store, user, "d", at=NOW - DAY)

    assert await chart(store, asked()) == []


async def test_a_chart_is_kept_for_a_short_while(store: Store) -> None:
    for user in (OLD, OLD + 1):
        await love(store, user, "abc")
    first = await chart(store, asked())
    await love(store, OLD + 2, "abc")

    assert await chart(store, asked()) == first
    later = await store.charts.top(asked(), itself, drama_of, NOW + 61)
    assert [one.people for one in later] == [3, 3, 3]


async def test_everywhere_no_server_counts_for_more_than_a_fifth(store: Store) -> None:
    for guild in range(1, 6):
        for user in range(40 if guild == 1 else 3):
            await love(store, OLD + guild * 1000 + user, "abc", guild)

    everywhere = await chart(store, asked(None, minimum=10))

    assert everywhere == [("a", 15, 1, None), ("b", 15, 1, None), ("c", 15, 1, None)]


async def test_four_servers_are_not_everywhere(store: Store) -> None:
    for guild in range(1, 5):
        for user in range(5):
            await love(store, OLD + guild * 1000 + user, "abc", guild)

    assert await chart(store, asked(None, minimum=10)) == []


@given(st.dictionaries(st.integers(0, 30), st.integers(1, 200), max_size=31))
def test_the_most_even_count_keeps_every_share_and_gives_nothing_away(guilds: dict[int, int]) -> None:
    counts = Counter(guilds)
    alone, crowds = counts.pop(0, 0), list(counts.values())

    total = evenly(Counter(guilds))

    def capped(most: int) -> int:
        return alone + sum(min(people, most) for people in crowds)

    allowed = [c for c in range(max(crowds, default=0) + 1) if c * SERVERS_SHARE <= capped(c)]
    assert total == capped(max(allowed))
