"""Reporting and moderating comments: who may, what everybody sees of it, and what a forger gets."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from unittest.mock import AsyncMock

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from bot.store import Comment, Pace
from tests.flow.world import ENGLISH, GATHER_S, KOREAN, World, answer, choices, routes, seen

SONG = "goblin-stay-with-me"
TEXT = "The snow on that pier."


@dataclass(slots=True)
class Court:
    """A server with a comment by the reader, a moderator without Manage Server, and a log channel."""

    world: World
    log: ChannelHandle
    moderator: MemberActor
    comment: Comment

    async def report(self, who: MemberActor, reason: str = "hurtful") -> str:
        """Report the comment as a reader does, and return what they are told."""
        return seen(await self.world.forge(who, f"comment-reported:{self.comment.id}", [reason]))

    async def reported_by(self, *people: int) -> list[bool]:
        """Have others report it, as the store is told; says which of these reports were new."""
        place = (self.comment.id, self.world.guild.id)
        report = self.world.bot.store.moderation.report
        made = [await report(*place, person, "hurtful", self.world.now, Pace(9, 9)) for person in people]
        return [one is not None and one.new for one in made]

    def reported(self) -> discord.Message:
        """The newest report in the log channel."""
        return self.log.history()[-1]

    async def decide(self, who: MemberActor, act: str) -> str:
        """Press a button under the newest report."""
        message = self.reported()
        (button,) = [id for id in routes(message) if id.startswith(f"decide:{act}:")]
        return seen(await who.click(message, custom_id=button))


@pytest.fixture
async def court(world: World) -> Court:
    moderating = world.guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    moderator = world.guild.add_member(world.env.create_user("bo", global_name="Bo"), roles=[moderating])
    log = world.guild.create_text_channel("reports")
    await world.bot.store.guilds.change(world.guild.id, log_channel=log.id)
    comment = await said(world)
    await world.bot.store.comments.toggle_like(comment.id, world.other.id, world.now)
    return Court(world, log, moderator, comment)


async def said(world: World, text: str = TEXT, *, guild: int | None = None) -> Comment:
    return await world.bot.store.comments.write(
        guild or world.guild.id, SONG, world.reader.id, text, spoiler=False, episode=None, now=world.now
    )


async def shared_elsewhere(world: World, text: str = "Said far away.") -> Comment:
    """A comment that another server and its writer share."""
    await world.bot.store.guilds.change(77, share_comments=True)
    await world.bot.store.people.set_share_comments(world.reader.id, True)
    return await said(world, text, guild=77)


async def page(world: World, who: MemberActor) -> str:
    return seen(await world.say(who, "comments", song=SONG))


@pytest.mark.parametrize(("locale", "thanks"), [(ENGLISH, "The moderators have it"), (KOREAN, "관리자에게 전했어요")])
async def test_a_report_reaches_the_log_channel_and_its_maker_is_thanked(court: Court, thanks: str) -> None:
    shown = answer(await court.world.say(court.world.other, "comments", song=SONG))
    asked = answer(await court.world.press(court.world.other, shown, "comment-report"))

    told = await court.world.choose(court.world.other, asked, "comment-reported", ["spoiler"])

    report = court.reported()
    assert asked.ephemeral
    assert thanks in seen(told)
    assert TEXT in seen(report)
    assert f"<@{court.world.other.id}>" not in seen(report)
    assert [id.split(":")[1] for id in routes(report)] == ["remove", "keep", "block"]


async def test_without_a_log_channel_the_reporter_is_told_and_moderators_find_it(court: Court) -> None:
    await court.world.bot.store.guilds.change(court.world.guild.id, log_channel=None)

    told = await court.report(court.world.other)
    desk = seen(await court.world.forge(court.moderator, "moderate:-"))

    assert "have not set a channel" in told
    assert TEXT in desk
    assert "1 report: Hurtful" in desk


async def test_one_person_reports_a_comment_once_and_never_their_own(court: Court) -> None:
    await court.report(court.world.other)

    assert "already" in await court.report(court.world.other)
    assert "yours" in await court.report(court.world.reader)
    assert len(court.log.history()) == 1


async def test_a_new_account_cannot_report(court: Court) -> None:
    young = court.world.guild.add_member(court.world.env.create_user("young"))

    assert "account is new" in await court.report(young)


async def test_three_reporters_fold_it_and_keep_unfolds_it_for_good(court: Court) -> None:
    card = answer(await court.world.say(court.world.other, "song", song=SONG))
    assert TEXT in seen(card)

    await court.reported_by(1, 2)
    await court.report(court.world.other)
    await court.world.env.advance_time(GATHER_S + 1)

    assert f"||{TEXT}||" in await page(court.world, court.world.other)
    assert TEXT not in seen(court.world.reload(card))
    told = await court.decide(court.moderator, "keep")
    assert "kept it" in told
    assert await court.reported_by(1, 2) == [False, False]
    assert "already" in await court.report(court.world.other)
    assert f"||{TEXT}||" not in await page(court.world, court.world.other)
    assert TEXT in await page(court.world, court.world.other)


async def test_a_removed_comment_leaves_every_card_of_the_server_and_can_be_put_back(court: Court) -> None:
    cards = [answer(await court.world.say(court.world.other, "song", song=SONG)) for _ in range(5)]
    pages = answer(await court.world.say(court.world.other, "comments", song=SONG))
    cards.append(answer(await court.world.press(court.world.other, pages, "comment-post")))
    assert all(TEXT in seen(court.world.reload(card)) for card in cards)
    await court.report(court.world.other)

    told = await court.decide(court.moderator, "remove")
    await court.world.env.advance_time(GATHER_S + 1)

    assert f"<@{court.moderator.id}> removed it" in told
    assert [TEXT in seen(court.world.reload(card)) for card in cards] == [False] * 6
    assert TEXT not in await page(court.world, court.world.other)
    assert "removed by the server's moderators" in seen(await court.world.say(court.world.reader, "comments"))
    await court.decide(court.moderator, "restore")
    assert TEXT in await page(court.world, court.world.other)


async def test_a_comment_removed_just_before_a_stop_leaves_the_cards_after_the_next_start(court: Court) -> None:
    card = answer(await court.world.say(court.world.other, "song", song=SONG))
    await court.world.forge(court.moderator, f"decide:remove:{court.comment.id}:{SONG}")

    await court.world.restart()
    assert TEXT in seen(court.world.reload(card))
    await court.world.env.advance_time(GATHER_S + 1)

    assert TEXT not in seen(court.world.reload(card))
    assert await court.world.bot.store.comments.withdrawn() == ()


async def test_a_deleted_comment_leaves_the_cards_too(court: Court) -> None:
    card = answer(await court.world.say(court.world.other, "song", song=SONG))

    await court.world.forge(court.world.reader, f"comment-delete-now:{court.comment.id}")
    await court.world.env.advance_time(GATHER_S + 1)

    assert TEXT not in seen(court.world.reload(card))


async def test_hearts_and_numbers_under_a_posted_page_are_no_votes(court: Court) -> None:
    pages = answer(await court.world.say(court.world.other, "comments", song=SONG))
    posted = answer(await court.world.press(court.world.other, pages, "comment-post"))

    for emoji in ("❤️", "1️⃣"):
        await court.world.react(court.world.reader, posted, emoji)

    assert await court.world.bot.store.marks.total(court.world.reader.id) == 0


async def test_a_blocked_writer_cannot_write_or_rewrite_until_unblocked(court: Court) -> None:
    reader = court.world.reader
    await court.report(court.world.other)

    await court.decide(court.moderator, "block")
    refused = await court.world.forge_modal(reader, f"comment-save:{SONG}", {"text": "Me again.", "episode": ""})
    rewritten = await court.world.forge_modal(
        reader, f"comment-rewrite:{court.comment.id}", {"text": "Worse.", "episode": ""}
    )
    listed = answer(await court.world.forge(court.moderator, "moderation-blocks:0"))

    assert "stopped your comments" in seen(refused)
    assert "```\nMe again.\n```" in seen(refused)
    assert "Worse." in seen(rewritten)
    assert [comment.text for comment in await court.world.bot.store.comments.mine(reader.id)] == [TEXT]
    assert f"<@{reader.id}>" in seen(listed)
    await court.world.press(court.moderator, listed, "unblock")
    saved = await court.world.forge_modal(reader, f"comment-save:{SONG}", {"text": "Me again.", "episode": "0"})
    assert "Saved" in seen(saved)


@pytest.mark.parametrize(("locale", "menu"), [(ENGLISH, "Moderate comments"), (KOREAN, "Moderate comments")])
async def test_the_message_menu_on_a_card_opens_its_songs_comments(court: Court, menu: str) -> None:
    card = answer(await court.world.say(court.world.other, "song", song=SONG))

    opened = answer(await court.moderator.context_menu(court.world.channel, menu, card.message))
    read = seen(opened)
    await court.world.press(court.moderator, opened, f"decide:remove:{court.comment.id}:{SONG}:0")
    logged = seen(await court.world.press(court.moderator, opened, "moderation-log"))

    assert opened.ephemeral
    assert TEXT in read
    assert str(court.moderator.id) in logged
    assert TEXT not in await page(court.world, court.world.other)


async def test_the_menu_asks_which_of_three_picks_is_meant_and_refuses_other_messages(court: Court) -> None:
    picks = answer(await court.world.say(court.world.other, "recommend", like=SONG))
    plain = await court.world.other.send(court.world.channel, "hello")

    asked = answer(await court.moderator.context_menu(court.world.channel, "Moderate comments", picks.message))
    refused = await court.moderator.context_menu(court.world.channel, "Moderate comments", plain)
    named, which = choices(asked, "moderate-one"), seen(asked)
    opened = await court.world.choose(court.moderator, asked, "moderate-one", named[1:2])

    assert (len(named), "Which song" in which) == (3, True)
    assert "Moderate comments on" in seen(opened)
    assert "no song of mine" in seen(refused)


async def test_only_moderators_have_the_button_and_only_they_decide(court: Court) -> None:
    await court.report(court.world.other)
    acts = ("remove", "keep", "hide", "block", "restore", "remove-everywhere", "nonsense")

    for act in acts:
        told = seen(await court.world.forge(court.world.other, f"decide:{act}:{court.comment.id}:log"))
        assert "may not" in told
    for id in (f"moderate:{SONG}", "moderate:-", "moderation-log:0", "moderation-blocks:0", "unblock:1"):
        assert "may not" in seen(await court.world.forge(court.world.other, id))
    operator_only = seen(await court.world.forge(court.moderator, f"decide:remove-everywhere:{court.comment.id}:log"))

    assert "may not" in operator_only
    assert "moderate:" not in str(routes(answer(await court.world.say(court.world.other, "comments", song=SONG))))
    assert f"moderate:{SONG}" in routes(answer(await court.world.say(court.moderator, "comments", song=SONG)))
    assert await court.world.bot.store.moderation.done(court.world.guild.id, limit=9) == ()


async def test_rights_in_one_channel_alone_make_nobody_a_moderator(court: Court) -> None:
    court.world.channel = court.world.guild.create_text_channel(
        "own-corner", overwrites={court.world.other: discord.PermissionOverwrite(manage_messages=True)}
    )

    shown = answer(await court.world.say(court.world.other, "comments", song=SONG))
    refused = await court.world.forge(court.world.other, f"decide:remove:{court.comment.id}:log")

    assert "moderate:" not in str(routes(shown))
    assert "may not" in seen(refused)
    assert TEXT in await page(court.world, court.world.reader)


async def test_decisions_on_what_is_gone_or_not_ones_own_change_nothing(court: Court) -> None:
    private = await court.world.bot.store.comments.write(
        77, SONG, court.world.reader.id, "not shared", spoiler=False, episode=None, now=court.world.now
    )
    for comment in (private.id, 10**6, 0):
        for act in ("remove", "keep", "hide", "block", "restore", "show"):
            told = seen(await court.world.forge(court.moderator, f"decide:{act}:{comment}:log"))
            assert "gone" in told
        assert "gone" in seen(await court.world.forge(court.world.other, f"comment-report:{comment}"))
    await court.report(court.world.other)
    await court.world.bot.store.comments.delete(court.comment.id, court.world.reader.id)

    assert "gone" in await court.decide(court.moderator, "remove")
    assert "not shared" not in seen(await court.world.forge(court.moderator, f"moderate:{SONG}"))


async def test_another_servers_comment_is_shown_without_names_and_hidden_only_here(court: Court) -> None:
    foreign = await shared_elsewhere(court.world)

    shown = await page(court.world, court.world.other)
    desk = answer(await court.world.forge(court.moderator, f"moderate:{SONG}"))
    await court.world.press(court.moderator, desk, f"decide:hide:{foreign.id}:{SONG}:0")

    assert "Said far away.\n-# from another server" in shown
    assert f"decide:remove:{foreign.id}:{SONG}:0" not in routes(desk)
    assert "Said far away." not in await page(court.world, court.world.other)
    assert await court.world.bot.store.comments.read_from(foreign.id, 78, 0) is not None


async def test_the_operator_removes_another_servers_comment_everywhere(court: Court) -> None:
    foreign = await shared_elsewhere(court.world)

    desk = answer(await court.world.forge(court.world.manager, f"moderate:{SONG}"))
    await court.world.press(court.world.manager, desk, f"decide:remove-everywhere:{foreign.id}:{SONG}:0")

    (mine,) = [one for one in await court.world.bot.store.comments.mine(court.world.reader.id) if one.guild == 77]
    assert mine.removed == "operator"
    assert "Said far away." not in await page(court.world, court.world.other)


async def test_the_applications_owner_operates_beside_those_who_were_named(
    court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = await shared_elsewhere(court.world)
    owner = SimpleNamespace(id=court.moderator.id)
    application = AsyncMock(return_value=SimpleNamespace(team=None, owner=owner))
    monkeypatch.setattr(court.world.bot, "application_info", application)
    assert owner.id not in court.world.bot.settings.owner_ids

    await court.world.forge(court.moderator, f"decide:remove-everywhere:{foreign.id}:log")

    (mine,) = [one for one in await court.world.bot.store.comments.mine(court.world.reader.id) if one.guild == 77]
    assert mine.removed == "operator"


async def test_a_shared_comment_with_a_word_blocked_here_is_not_shown_here(world: World) -> None:
    await shared_elsewhere(world, "Utter rubbish.")
    await world.bot.store.guilds.change(world.guild.id, blocked_words=("rubbish",))

    assert "Utter" not in await page(world, world.other)


async def test_the_writer_agrees_to_sharing_where_they_write_and_takes_it_back_in_their_list(world: World) -> None:
    await world.bot.store.guilds.change(world.guild.id, share_comments=True)
    saved = answer(await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": TEXT, "episode": "0"}))
    (comment,) = await world.bot.store.comments.mine(world.reader.id)
    assert await world.bot.store.comments.read_from(comment.id, 78, 0) is None

    listed = answer(await world.press(world.reader, saved, "comment-share"))
    agreed = await world.bot.store.comments.read_from(comment.id, 78, 0)
    await world.press(world.reader, listed, "comment-share")

    assert agreed is not None
    assert await world.bot.store.comments.read_from(comment.id, 78, 0) is None


async def test_ones_list_names_where_each_was_written_and_changes_only_what_is_here(world: World) -> None:
    here, there = await said(world), await said(world, "There.", guild=77)
    note = await world.bot.store.comments.write(
        0, SONG, world.reader.id, "For me.", spoiler=False, episode=None, now=world.now
    )

    mine = answer(await world.say(world.reader, "comments"))

    assert mine.ephemeral
    assert {"in this server", "in another server", "a note for you alone"} <= {
        row.split(" · ")[1] for row in seen(mine).splitlines() if row.startswith("-# **")
    }
    edits = [id for id in routes(mine) if id.startswith("comment-edit")]
    assert sorted(edits) == sorted([f"comment-edit:{here.id}", f"comment-edit:{note.id}"])
    assert "another server" in seen(await world.forge(world.reader, f"comment-edit:{there.id}"))
    assert TEXT not in seen(await world.say(world.other, "comments"))


async def test_comments_are_read_best_or_newest_first(world: World) -> None:
    old, new = await said(world, "older"), await said(world, "newer")
    await world.bot.store.comments.toggle_like(old.id, world.other.id, world.now)

    page = answer(await world.say(world.other, "comments", song=SONG))
    best = seen(page)
    newest = seen(await world.press(world.other, page, "comment-sort"))
    liked = seen(await world.press(world.other, page, f"comment-like:{new.id}:{SONG}:0:newest"))

    assert best.index("older") < best.index("newer")
    assert newest.index("newer") < newest.index("older")
    assert liked.index("newer") < liked.index("older")


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_the_longest_cases_and_pages_fit(world: World) -> None:
    moderator = world.manager
    for _ in range(5):
        comment = await world.bot.store.comments.write(
            world.guild.id, SONG, world.reader.id, "@everyone*_|[<" * 35, spoiler=True, episode=999, now=world.now
        )
        for person in range(1, 9):
            await world.bot.store.moderation.report(
                comment.id,
                world.guild.id,
                person,
                ("spoiler", "hurtful", "private", "advertising", "other")[person % 5],
                world.now,
                Pace(99, 9),
            )
        await world.bot.store.comments.edit(
            comment.id, world.reader.id, "_*" * 250, spoiler=True, episode=999, now=world.now + 1
        )

    shown = answer(await world.say(world.other, "comments", song=SONG))
    desk = answer(await world.forge(moderator, f"moderate:{SONG}"))
    everything = answer(await world.forge(moderator, "moderate:-"))
    mine = answer(await world.say(world.reader, "comments"))

    assert all(one.ephemeral for one in (shown, desk, everything, mine))
    assert len([id for id in routes(desk) if id.startswith("decide:keep")]) == 3
