"""Songs added while running, and the queue of suggestions: kept, decided once, and gone when their people ask."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.catalogue.model import DramaId, SongId
from bot.catalogue.overlay import Addition
from bot.store import Proposal, Store, StoreMissing, SuggestedTooMuch, TooManyOpen, additions_in
from bot.store.suggestions import AN_HOUR, MOST_AN_HOUR, MOST_OPEN

CURATOR, SENDER, OPERATOR = 11, 22, 33
HUSH = Addition(SongId("goblin-hush"), DramaId("goblin"), {"id": "goblin-hush", "title": "쉿"})
TONIGHT = Addition(SongId("tonight-x"), DramaId("tonight"), {"id": "tonight-x"}, {"id": "tonight", "year": 2026})
SONG = Proposal("song", title="Hush", drama="Goblin", singer="Lasse Lindh", source="https://example.org")


async def test_an_addition_survives_a_restart_as_it_was(path: Path) -> None:
    async with await Store.open(path) as store:
        assert await store.additions.add(HUSH, CURATOR, 100) == "kept"
        assert await store.additions.add(TONIGHT, CURATOR, 101) == "kept"
    async with await Store.open(path) as store:
        assert await store.additions.all() == (HUSH, TONIGHT)
        assert [(author.user, author.did, author.at) for author in await store.additions.authors(HUSH.id)] == [
            (CURATOR, "added", 100)
        ]


async def test_an_id_is_added_once_even_by_two_at_the_same_moment(store: Store) -> None:
    both = await asyncio.gather(store.additions.add(HUSH, CURATOR, 100), store.additions.add(HUSH, OPERATOR, 100))

    assert sorted(both) == ["kept", "taken"]
    assert await store.additions.all() == (HUSH,)


async def test_an_edit_keeps_who_added_it_and_who_edited(store: Store) -> None:
    await store.additions.add(HUSH, CURATOR, 100)
    edited = Addition(HUSH.id, HUSH.drama, {"id": "goblin-hush", "title": "Hush"})

    assert await store.additions.edit(edited, OPERATOR, 200)
    assert not await store.additions.edit(TONIGHT, OPERATOR, 200)

    assert await store.additions.all() == (edited,)
    assert [(author.user, author.did) for author in await store.additions.authors(HUSH.id)] == [
        (CURATOR, "added"),
        (OPERATOR, "edited"),
    ]


async def test_a_removed_addition_takes_its_drama_and_its_announcements_with_it(store: Store) -> None:
    await store.additions.add(TONIGHT, CURATOR, 100)
    assert await store.additions.claim(TONIGHT.id, 7, 100)
    assert not await store.additions.claim(TONIGHT.id, 7, 101)

    assert await store.additions.remove(TONIGHT.id)
    assert not await store.additions.remove(TONIGHT.id)

    assert await store.additions.all() == ()
    assert await store._database.read(lambda tx: tx.all("SELECT * FROM added_dramas")) == []
    assert await store.additions.claim(TONIGHT.id, 7, 102)


async def test_the_file_is_read_beside_a_running_bot(store: Store, path: Path, tmp_path: Path) -> None:
    await store.additions.add(TONIGHT, CURATOR, 100)

    assert additions_in(path) == (TONIGHT,)
    with pytest.raises(StoreMissing):
        additions_in(tmp_path / "nowhere.sqlite3")


async def test_a_row_spoilt_by_hand_is_still_handed_on(store: Store) -> None:
    await store.additions.add(HUSH, CURATOR, 100)
    for body in ("[1]", "{", '"x"'):
        await store._database.write(lambda tx, body=body: tx.all("UPDATE additions SET song = :body", body=body))

        assert [addition.song for addition in await store.additions.all()] == [{}]


async def test_an_addition_from_a_suggestion_accepts_it_by_the_same_commit(store: Store) -> None:
    id = await store.suggestions.write(SENDER, SONG, "en", 100, draft=False)

    assert await store.additions.add(HUSH, CURATOR, 200, suggestion=id) == "kept"

    found = await store.suggestions.get(id)
    decided = await store.suggestions.decided(id)
    assert found is not None and (found.state, found.proposal.song) == ("accepted", HUSH.id)
    assert decided is not None and (decided.user, decided.decision, decided.at) == (CURATOR, "accepted", 200)
    assert await store.additions.add(TONIGHT, OPERATOR, 300, suggestion=id) == "decided"
    assert await store.additions.all() == (HUSH,)


async def test_a_suggestion_is_decided_once(store: Store) -> None:
    id = await store.suggestions.write(SENDER, SONG, "ko", 100, draft=False)

    decisions = await asyncio.gather(
        store.suggestions.decide(id, "declined", CURATOR, 200, answer="Not a drama song"),
        store.suggestions.decide(id, "accepted", OPERATOR, 200),
    )

    assert decisions == [True, False]
    (told,) = await store.suggestions.untold(SENDER)
    assert (told.state, told.answer, told.locale) == ("declined", "Not a drama song", "ko")
    await store.suggestions.told(id)
    assert await store.suggestions.untold(SENDER) == ()
    assert await store.suggestions.open_ids() == ()


async def test_a_draft_waits_for_its_own_writer(store: Store) -> None:
    id = await store.suggestions.write(SENDER, SONG, "en", 100, draft=True)
    assert await store.suggestions.open_ids() == ()

    assert not await store.suggestions.send(id, CURATOR)
    assert await store.suggestions.send(id, SENDER)
    assert not await store.suggestions.send(id, SENDER)

    assert await store.suggestions.open_ids() == (id,)
    assert not await store.suggestions.withdraw(id, CURATOR)
    assert await store.suggestions.withdraw(id, SENDER)
    assert await store.suggestions.get(id) is None


async def test_a_forgotten_draft_goes_after_a_day(store: Store) -> None:
    old = await store.suggestions.write(SENDER, SONG, "en", 100, draft=True)
    await store.suggestions.write(CURATOR, SONG, "en", 100 + 86_400, draft=True)

    assert await store.suggestions.get(old) is None


async def test_a_person_writes_so_many_an_hour_and_has_so_many_waiting(store: Store) -> None:
    for _ in range(MOST_AN_HOUR):
        await store.suggestions.write(SENDER, SONG, "en", 100, draft=False)
    with pytest.raises(SuggestedTooMuch) as caught:
        await store.suggestions.write(SENDER, SONG, "en", 100 + AN_HOUR - 1, draft=False)
    assert caught.value.again == 100 + AN_HOUR
    later = 100 + AN_HOUR
    drafted = await store.suggestions.write(SENDER, SONG, "en", later, draft=True)
    for _ in range(MOST_OPEN - MOST_AN_HOUR):
        later += AN_HOUR
        await store.suggestions.write(SENDER, SONG, "en", later, draft=False)

    with pytest.raises(TooManyOpen):
        await store.suggestions.write(SENDER, SONG, "en", later + AN_HOUR, draft=False)
    with pytest.raises(TooManyOpen):
        await store.suggestions.send(drafted, SENDER)

    assert len(await store.suggestions.open_ids()) == MOST_OPEN
    await store.suggestions.allow(CURATOR, later)


async def test_a_song_that_is_renamed_is_renamed_in_suggestions(store: Store) -> None:
    id = await store.suggestions.write(SENDER, Proposal("mistake", note="?", song="old"), "en", 1, draft=False)

    await store.songs.rename({"old": "new"})

    found = await store.suggestions.get(id)
    assert found is not None and found.proposal.song == "new"


async def test_deleting_a_person_takes_what_they_suggested_and_decided_but_no_song(store: Store) -> None:
    mine = await store.suggestions.write(SENDER, SONG, "en", 1, draft=False)
    others = await store.suggestions.write(CURATOR, SONG, "en", 1, draft=False)
    await store.suggestions.decide(others, "declined", SENDER, 2)
    await store.additions.add(HUSH, SENDER, 3)
    counted = await store.privacy.counted(SENDER)
    assert {table: rows for table, rows in counted.items() if rows} == {
        "suggestions": 1,
        "suggestion_decisions": 1,
        "addition_authors": 1,
    }

    deleted = await store.privacy.delete(SENDER, 10)

    assert dict(deleted.rows) == dict(counted)
    assert await store.suggestions.get(mine) is None
    assert await store.suggestions.decided(others) is None
    assert (await store.suggestions.get(others)).state == "declined"  # pyright: ignore[reportOptionalMemberAccess]
    assert await store.additions.all() == (HUSH,)
    assert await store.additions.authors(HUSH.id) == ()


async def test_a_guild_that_was_left_keeps_no_announcements(store: Store) -> None:
    await store.additions.add(HUSH, CURATOR, 1)
    await store.additions.claim(HUSH.id, 7, 2)

    await store.departed.remove(7)

    assert await store.additions.claim(HUSH.id, 7, 3)
