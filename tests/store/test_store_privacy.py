"""Deleting a person: every personal table, what others see of it, and what a recount may do afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Card, Pace, Page, Reaction, Reading, Store
from bot.store.personal import PERSONAL_TABLES, USER_COLUMN
from bot.store.privacy import _SQL

PERSON, OTHER = 123456789012345678, 2
CARD = Card(900, 5, 70, "song", (SongId("a"),), "en", 1)


async def fill(store: Store, user: int) -> None:
    """Have somebody say everything that is kept of people."""
    await store.cards.add(CARD)
    await store.marks.press(user, "b", 70, "button", 10)
    await store.marks.react(user, "a", 70, Reaction(900, "❤️"), 10)
    comment = await store.comments.write(70, "a", user, "I cried", spoiler=False, episode=None, now=10)
    await store.comments.toggle_like(comment.id, user + 1, 11)
    liked = await store.comments.write(70, "b", user + 1, "so did I", spoiler=False, episode=None, now=10)
    await store.comments.toggle_like(liked.id, user, 11)
    await store.moderation.report(liked.id, 70, user, "hurtful", 12, Pace(5, 3_600))
    await store.moderation.decide("block", comment.id, 70, user, 12)
    await store.listeners.dismiss(user, "c", 12)
    await store.listeners.know(user, "d", 12)
    store.listeners.shown_soon(user, ["e"], 12)
    await store.people.set_private(user, True)
    cup = await store.cups.start(user, "any", "-", 8, 12, lambda _: (SongId("a"), SongId("b")))
    await store.cups.go_on(cup, [0], "over", 12, SongId("a"))


async def rows_of(store: Store, user: int) -> dict[str, int]:
    def query(tx) -> dict[str, int]:
        return {
            table: tx.value(f"SELECT COUNT(*) FROM {table} WHERE {USER_COLUMN} = :user", user=user)
            for table in PERSONAL_TABLES
        }

    return await store._database.read(query)


async def recount(store: Store, *people: int) -> None:
    """Have a recount see these people's hearts."""
    with store.recounts.watch() as watch:
        at = store.recounts.moment
        page = Page(("❤", False), frozenset(people), 0, None, at)
        await store.recounts.apply(Reading(CARD, at, {("❤", False): SongId("a")}, (page,)), watch, 500, 600)


async def test_nothing_is_left_in_any_personal_table(store: Store) -> None:
    await fill(store, PERSON)
    before = await rows_of(store, PERSON)

    deleted = await store.privacy.delete(PERSON, 100)

    assert {table for table, rows in before.items() if rows} >= {
        "marks",
        "comments",
        "comment_likes",
        "shown",
        "reports",
        "cups",
        "duel_picks",
    }
    assert dict(deleted.rows) == before
    assert set((await rows_of(store, PERSON)).values()) == {0}


def test_every_personal_table_has_its_statement() -> None:
    for table in PERSONAL_TABLES:
        assert f"FROM {table} WHERE {USER_COLUMN} = :user" in getattr(_SQL, f"delete_{table}")


async def test_others_see_at_once_that_it_is_gone(store: Store) -> None:
    await fill(store, PERSON)
    await store.marks.press(OTHER, "b", 70, "button", 10)
    heard = []
    store.marks.on_change(heard.append)
    assert store.comments.best(70, "a") is not None
    assert store.comments.best(70, "b") is not None

    await store.privacy.delete(PERSON, 100)

    assert (store.tally.everywhere("a"), store.tally.everywhere("b")) == (0, 1)
    assert {(change.song, change.loved, change.decisive) for change in heard} == {
        ("a", False, True),
        ("b", False, True),
    }
    assert (store.comments.count(70, "a"), store.comments.count(70, "b")) == (0, 1)
    assert store.comments.best(70, "a") is None
    assert store.comments.best(70, "b") is None
    assert not store.people.get(PERSON).private


async def test_somebody_else_loses_nothing(store: Store) -> None:
    await fill(store, PERSON)
    others = await rows_of(store, PERSON + 1)

    await store.privacy.delete(PERSON, 100)

    assert {**await rows_of(store, PERSON + 1), "comment_likes": 0} == {**others, "comment_likes": 0}


async def test_a_recount_does_not_collect_them_again_not_even_after_a_restart(path: Path) -> None:
    async with await Store.open(path) as store:
        await fill(store, PERSON)
        await store.privacy.delete(PERSON, 100)
        await recount(store, PERSON, OTHER)
        assert await store.marks.favourites(PERSON) == ()
        assert await store.marks.total(OTHER) == 1
    async with await Store.open(path) as store:
        await recount(store, PERSON)
        assert await store.marks.favourites(PERSON) == ()
        assert await store.privacy.deleted_at(PERSON) == 100


@pytest.mark.parametrize("spoken", ["reaction", "press", "ticks"])
async def test_a_live_reaction_or_press_ends_it(store: Store, spoken: str) -> None:
    await store.cards.add(CARD)
    await store.privacy.delete(PERSON, 100)
    match spoken:
        case "reaction":
            await store.marks.react(PERSON, "z", 70, Reaction(901, "❤️"), 110)
        case "press":
            await store.marks.press(PERSON, "z", 70, "command", 110)
        case _:
            await store.marks.press_many(PERSON, ["z"], 70, "button", 110)

    await recount(store, PERSON)

    assert {favourite.song for favourite in await store.marks.favourites(PERSON)} == {"a", "z"}
    assert await store.privacy.deleted_at(PERSON) is None


async def test_a_heart_taken_back_does_not_end_it(store: Store) -> None:
    await store.privacy.delete(PERSON, 100)

    await store.marks.unreact(PERSON, Reaction(900, "❤️"))

    assert await store.privacy.deleted_at(PERSON) == 100


async def test_a_person_who_spoke_again_during_a_reading_is_collected_by_the_next(store: Store) -> None:
    await store.cards.add(CARD)
    await store.privacy.delete(PERSON, 100)
    with store.recounts.watch() as watch:
        page = Page(("❤", False), frozenset({PERSON}), 0, None, store.recounts.moment)
        seen = Reading(CARD, store.recounts.moment, {("❤", False): SongId("a")}, (page,))
        await store.marks.press(PERSON, "z", 70, "button", 110)
        await store.recounts.apply(seen, watch, 500, 600)
    assert await store.marks.total(PERSON) == 1

    await recount(store, PERSON)

    assert await store.marks.total(PERSON) == 2


async def test_what_is_left_of_a_person_is_not_their_id(store: Store, path: Path) -> None:
    await fill(store, PERSON)
    await store.privacy.delete(PERSON, 100)
    await store.privacy.delete(OTHER, 100)

    rows = await store._database.read(lambda tx: tx.all("SELECT * FROM forgotten"))

    assert len({person for person, _ in rows}) == 2
    assert {len(person) for person, _ in rows} == {64}
    assert str(PERSON) not in str(rows)
    assert len(await store._database.read(lambda tx: tx.all("SELECT * FROM secrets"))) == 1
