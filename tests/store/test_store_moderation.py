"""Reports fold, moderators decide, and who may read what elsewhere: each only as far as a guild's word goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.catalogue.model import SongId
from bot.store import Act, Comment, Pace, ReportedTooMuch, Store
from bot.store.comments import FOLDING_REPORTS

WRITER, READER, MODERATOR = 21, 22, 23
HERE, THERE = 501, 502
SONG = SongId("goblin-stay-with-me")
PACE = Pace(most=5, seconds=3_600)


async def written(store: Store, text: str = "It snowed.", *, guild: int = HERE, user: int = WRITER) -> Comment:
    comment = await store.comments.write(guild, SONG, user, text, spoiler=False, episode=None, now=100)
    await store.comments.toggle_like(comment.id, READER, 101)
    return comment


async def shared(store: Store, guild: int = HERE) -> Comment:
    """A comment that its guild and its writer share."""
    await store.guilds.change(guild, share_comments=True)
    await store.people.set_share_comments(WRITER, True)
    return await written(store, guild=guild)


async def report(store: Store, comment: Comment, *people: int, guild: int = HERE, now: int = 200) -> list[bool]:
    made = [await store.moderation.report(comment.id, guild, person, "hurtful", now, PACE) for person in people]
    return [one is not None and one.new for one in made]


async def read(store: Store, guild: int) -> list[int]:
    return [comment.id for comment in await store.comments.of_song(guild, SONG, READER)]


async def folded(store: Store, comment: Comment, guild: int = HERE) -> bool:
    found = await store.comments.read_from(comment.id, guild, READER)
    assert found is not None
    return found.folded


async def test_three_different_people_fold_a_comment_and_one_person_counts_once(store: Store) -> None:
    comment = await written(store)
    withdrawn: list[tuple[int, str]] = []
    store.comments.on_withdrawn(lambda guild, song: withdrawn.append((guild, song)))

    assert await report(store, comment, 1, 1, 1, 2) == [True, False, False, True]
    assert not await folded(store, comment)
    assert store.comments.best(HERE, SONG) is not None
    await report(store, comment, 3)

    assert await folded(store, comment)
    assert store.comments.best(HERE, SONG) is None
    assert withdrawn == [(HERE, SONG)]


async def test_kept_it_is_unfolded_and_the_same_people_cannot_fold_it_again(store: Store) -> None:
    comment = await written(store)
    await report(store, comment, 1, 2, 3)

    assert await store.moderation.decide("keep", comment.id, HERE, MODERATOR, 300)
    assert await report(store, comment, 1, 2, 3) == [False] * 3

    assert not await folded(store, comment)
    assert store.comments.best(HERE, SONG) is not None
    assert await report(store, comment, 4, 5, 6) == [True] * 3
    assert await folded(store, comment)


async def test_kept_and_then_rewritten_it_can_be_reported_anew(store: Store) -> None:
    comment = await written(store)
    await report(store, comment, 1)
    await store.moderation.decide("keep", comment.id, HERE, MODERATOR, 300)

    await store.comments.edit(comment.id, WRITER, "Something else.", spoiler=False, episode=None, now=400)

    assert await report(store, comment, 1, now=500) == [True]


async def test_reports_are_paced_for_each_person_and_guild(store: Store) -> None:
    comments = [await written(store, f"No. {number}") for number in range(6)]
    for comment in comments[:5]:
        await report(store, comment, READER)

    with pytest.raises(ReportedTooMuch) as stopped:
        await report(store, comments[5], READER)

    assert stopped.value.again == 200 + 3_600
    assert await report(store, comments[5], READER, now=200 + 3_600) == [True]


async def test_a_removed_comment_is_read_nowhere_but_stays_its_writers_and_can_be_put_back(store: Store) -> None:
    comment = await shared(store)
    await report(store, comment, 1)

    assert await store.moderation.decide("remove", comment.id, HERE, MODERATOR, 300)
    assert not await store.moderation.decide("remove", comment.id, HERE, MODERATOR, 301)

    assert (await read(store, HERE), await read(store, THERE)) == ([], [])
    assert (store.comments.count(HERE, SONG), store.comments.best(HERE, SONG)) == (0, None)
    assert await store.comments.toggle_like(comment.id, 9, 400) is None
    assert await store.comments.edit(comment.id, WRITER, "x", spoiler=False, episode=None, now=400) is None
    (mine,) = await store.comments.mine(WRITER)
    assert (mine.removed, mine.reports) == ("guild", 0)
    assert await store.moderation.decide("restore", comment.id, HERE, MODERATOR, 500)
    assert store.comments.count(HERE, SONG) == 1
    assert [(one.act, one.moderator, one.at) for one in await store.moderation.done(HERE, limit=9)] == [
        ("restore", MODERATOR, 500),
        ("remove", MODERATOR, 300),
    ]


async def test_what_a_moderator_removed_stays_removed_after_a_restart(path: Path) -> None:
    async with await Store.open(path) as store:
        removed, kept = await written(store, "gone"), await written(store, "kept")
        await store.moderation.decide("remove", removed.id, HERE, MODERATOR, 300)
        await report(store, kept, 1, 2, 3)
    async with await Store.open(path) as store:
        assert (store.comments.count(HERE, SONG), store.comments.best(HERE, SONG)) == (1, None)


@pytest.mark.parametrize("act", ["remove", "restore", "block", "keep", "hide", "show"])
async def test_another_guilds_moderator_decides_nothing_on_what_is_not_shared(store: Store, act) -> None:
    comment = await written(store)
    await report(store, comment, 1)

    assert not await store.moderation.decide(act, comment.id, THERE, MODERATOR, 300)
    assert not await store.moderation.decide(act, comment.id + 1, THERE, MODERATOR, 300)

    assert await store.moderation.case(comment.id, THERE, MODERATOR) is None
    assert await store.moderation.done(THERE, limit=9) == ()
    assert await read(store, HERE) == [comment.id]


@pytest.mark.parametrize(("guild_agrees", "writer_agrees"), [(True, False), (False, True), (False, False)])
async def test_one_consent_alone_shares_nothing(store: Store, guild_agrees: bool, writer_agrees: bool) -> None:
    await store.guilds.change(HERE, share_comments=guild_agrees)
    await store.people.set_share_comments(WRITER, writer_agrees)
    comment = await written(store)

    assert (await read(store, HERE), await read(store, THERE)) == ([comment.id], [])
    assert await store.comments.read_from(comment.id, THERE, READER) is None


async def test_either_consent_taken_back_ends_the_sharing(store: Store) -> None:
    comment = await shared(store)
    assert await read(store, THERE) == [comment.id]

    await store.people.set_share_comments(WRITER, False)
    assert await read(store, THERE) == []
    await store.people.set_share_comments(WRITER, True)
    await store.guilds.change(HERE, share_comments=False)

    assert await read(store, THERE) == []


async def test_a_guilds_own_comments_come_before_what_others_share(store: Store) -> None:
    foreign = await shared(store)
    own = await store.comments.write(THERE, SONG, 9, "own", spoiler=False, episode=None, now=50)

    assert await read(store, THERE) == [own.id, foreign.id]
    assert store.comments.count(THERE, SONG) == 1


async def test_another_guild_hides_a_shared_comment_only_there(store: Store) -> None:
    comment = await shared(store)

    assert await store.moderation.decide("hide", comment.id, THERE, MODERATOR, 300)
    assert not await store.moderation.decide("remove", comment.id, THERE, MODERATOR, 300)

    assert (await read(store, HERE), await read(store, THERE), await read(store, 503)) == (
        [comment.id],
        [],
        [comment.id],
    )
    assert await store.comments.read_from(comment.id, THERE, READER) is None
    assert await store.moderation.decide("show", comment.id, THERE, MODERATOR, 301)
    assert await read(store, THERE) == [comment.id]


async def test_reports_of_a_shared_comment_count_where_they_were_made(store: Store) -> None:
    comment = await shared(store)

    await report(store, comment, 1, 2, 3, guild=THERE)

    assert (await folded(store, comment, THERE), await folded(store, comment, HERE)) == (True, False)
    assert store.comments.best(HERE, SONG) is not None
    assert await store.moderation.decide("keep", comment.id, THERE, MODERATOR, 300)
    assert not await folded(store, comment, THERE)


async def test_the_operator_removes_everywhere_and_no_moderator_puts_it_back(store: Store) -> None:
    comment = await shared(store)
    await report(store, comment, 1, guild=THERE)

    assert await store.moderation.decide("remove-everywhere", comment.id, THERE, MODERATOR, 300)

    assert (await read(store, HERE), await read(store, THERE)) == ([], [])
    assert not await store.moderation.decide("restore", comment.id, HERE, MODERATOR, 301)
    for guild in (HERE, THERE):
        assert [one.act for one in await store.moderation.done(guild, limit=9)] == ["remove-everywhere"]
    assert await store.moderation.decide("restore-everywhere", comment.id, HERE, MODERATOR, 302)
    assert await read(store, HERE) == [comment.id]


async def test_a_block_holds_in_its_guild_until_it_is_lifted(store: Store) -> None:
    comment = await written(store)

    assert await store.moderation.decide("block", comment.id, HERE, MODERATOR, 300)
    assert not await store.moderation.decide("block", comment.id, HERE, MODERATOR, 300)
    (block,) = await store.moderation.blocks(HERE, limit=9)

    assert block.user == WRITER
    assert await store.moderation.is_blocked(HERE, WRITER)
    assert not await store.moderation.is_blocked(THERE, WRITER)
    assert not await store.moderation.is_blocked(HERE, READER)
    assert not await store.moderation.unblock(block.id, THERE, MODERATOR, 301)
    assert await store.moderation.unblock(block.id, HERE, MODERATOR, 301)
    assert not await store.moderation.is_blocked(HERE, WRITER)
    assert [one.act for one in await store.moderation.done(HERE, limit=9)] == ["unblock", "block"]


async def test_having_everything_deleted_does_not_lift_a_block_but_nobody_is_named_by_it(store: Store) -> None:
    comment = await written(store)
    await store.moderation.decide("block", comment.id, HERE, MODERATOR, 300)

    await store.privacy.delete(WRITER, 400)
    await store.privacy.delete(MODERATOR, 400)

    (block,) = await store.moderation.blocks(HERE, limit=9)
    (done,) = await store.moderation.done(HERE, limit=9)
    assert block.user is None
    assert (done.act, done.moderator, done.song, done.writer) == ("block", None, None, None)
    assert await store.moderation.is_blocked(HERE, WRITER)
    assert await store.moderation.unblock(block.id, HERE, MODERATOR, 500)
    assert not await store.moderation.is_blocked(HERE, WRITER)


async def test_reporters_who_have_everything_deleted_no_longer_fold(store: Store) -> None:
    comment = await written(store)
    await report(store, comment, *range(1, FOLDING_REPORTS + 1))

    await store.privacy.delete(1, 400)

    assert not await folded(store, comment)
    assert store.comments.best(HERE, SONG) is not None


async def test_moderators_see_reported_comments_first_with_the_reasons(store: Store) -> None:
    reported, removed, plain = [await written(store, text) for text in ("reported", "removed", "plain")]
    await store.moderation.report(reported.id, HERE, 1, "spoiler", 200, PACE)
    await report(store, reported, 2, 3)
    await store.moderation.decide("remove", removed.id, HERE, MODERATOR, 300)

    cases = await store.moderation.cases(HERE, SONG, MODERATOR, limit=9)
    everything = await store.moderation.cases(HERE, "", MODERATOR, limit=9)

    assert [case.comment.id for case in cases] == [reported.id, plain.id, removed.id]
    assert cases[0].reasons == (("hurtful", 2), ("spoiler", 1))
    assert cases[2].comment.removed == "guild"
    assert [case.comment.id for case in everything] == [reported.id]
    assert await store.moderation.cases(THERE, "", MODERATOR, limit=9) == ()


async def test_two_moderators_at_once_decide_once(store: Store) -> None:
    comment = await written(store)
    await report(store, comment, 1)

    at_once: tuple[Act, ...] = ("remove", "remove", "keep")
    acts = await asyncio.gather(
        *(store.moderation.decide(act, comment.id, HERE, who, 300) for who, act in enumerate(at_once))
    )

    assert acts == [True, False, False]
    assert len(await store.moderation.done(HERE, limit=9)) == 1


async def test_private_notes_are_nobodys_to_moderate(store: Store) -> None:
    note = await written(store, guild=0)

    assert await store.moderation.report(note.id, 0, READER, "hurtful", 200, PACE) is None
    assert not await store.moderation.decide("remove", note.id, 0, MODERATOR, 300)
    assert not await store.moderation.decide("remove-everywhere", note.id, HERE, MODERATOR, 300)
    assert await store.moderation.case(note.id, 0, MODERATOR) is None
