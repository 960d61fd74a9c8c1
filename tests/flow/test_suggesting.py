"""/suggest: told where we have it, kept where not, and answered by the operator."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from simcord import MemberActor

from bot import limits
from bot.app import create_bot
from bot.locale import texts_for
from bot.store import Proposal
from bot.store.suggestions import AN_HOUR, MOST_AN_HOUR, MOST_OPEN
from tests.flow.world import ENGLISH, KOREAN, World, answer, answers, choices, over_limits, routes, seen

EN = texts_for("en")
SONG = "goblin-stay-with-me"
NEW = {
    "title": "Zzyzx Qwrt",
    "drama": "Vhjkw Pdrnt",
    "singer": "Punch",
    "source": "https://example.org/x",
    "note": "Played yesterday",
}
BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])


async def suggest(world: World, **fields: str):
    """Have the reader submit the form."""
    return await world.forge_modal(world.reader, "suggest-send:new", {**NEW, **fields})


async def waiting(world: World) -> list[Proposal]:
    store = world.bot.store.suggestions
    found = [await store.get(id) for id in await store.open_ids()]
    return [suggestion.proposal for suggestion in found if suggestion]


async def told_directly(world: World, who: MemberActor) -> list[str]:
    channel = world.env.backend.dm_channels.get(who.id)
    if channel is None:
        return []
    dm = world.bot.get_partial_messageable(channel)
    return [seen(message) async for message in dm.history(limit=10)]


@BOTH
async def test_what_we_do_not_have_goes_into_the_queue(world: World) -> None:
    form = await world.say(world.reader, "suggest")
    assert form.modal
    assert over_limits("/interactions/1/t/callback", {"type": 9, **form.modal}) == []

    sent = await world.reader.submit_modal(form, NEW)

    assert answer(sent).ephemeral
    assert texts_for(world.locale)("suggest.sent") in seen(sent)
    assert await waiting(world) == [Proposal("song", **NEW)]
    await world.press(world.reader, answer(sent), "suggest-drop")
    assert await waiting(world) == []


@BOTH
async def test_what_we_may_have_is_shown_first_and_sent_only_when_asked_to(world: World) -> None:
    asked = answer(await suggest(world, title="stay with me", drama="goblin"))

    assert asked.ephemeral
    assert choices(asked, "open-found")[0] == f"song:{SONG}"
    assert len(choices(asked, "open-found")) <= 3
    assert await waiting(world) == []
    card = await world.choose(world.reader, asked, "open-found", [f"song:{SONG}"])
    assert f"love:{SONG}" in routes(answer(card))
    await world.press(world.reader, asked, "suggest-go")
    assert [proposal.title for proposal in await waiting(world)] == ["stay with me"]
    again = await world.forge(world.reader, "suggest-go:1")
    assert seen(again) == texts_for(world.locale)("suggest.gone")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"title": ""}, "drama"),
        ({"title": "", "drama": "", "singer": "Vhjkw Pdrnt"}, "artist"),
    ],
)
async def test_a_drama_or_a_singer_alone_is_taken_too(world: World, fields: dict[str, str], kind: str) -> None:
    await suggest(world, **fields)

    assert [proposal.kind for proposal in await waiting(world)] == [kind]


@BOTH
async def test_a_mistake_is_reported_from_a_card(world: World) -> None:
    card = answer(await world.say(world.reader, "song", song=SONG))
    details = answer(await world.press(world.reader, card, "details"))

    form = await world.press(world.reader, details, "suggest-mistake")
    assert form.modal
    await world.reader.submit_modal(form, {"note": "Punch sings alone", "source": ""})

    assert await waiting(world) == [Proposal("mistake", note="Punch sings alone", song=SONG)]


@BOTH
async def test_a_missing_song_is_told_from_its_dramas_page(world: World) -> None:
    page = answer(await world.say(world.reader, "drama", drama="goblin"))

    form = await world.press(world.reader, page, "suggest-missing")

    assert {ENGLISH: "Goblin", KOREAN: "도깨비"}[world.locale] in seen(form)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"title": "", "drama": "\u200b", "singer": " "}, "suggest.empty"),
        ({"source": "javascript:alert(1)"}, "suggest.no-address"),
    ],
)
async def test_what_cannot_be_taken_is_told_back(world: World, fields: dict[str, str], key: str) -> None:
    told = seen(await suggest(world, **fields))

    assert EN(key) in told
    assert "Played yesterday" in told
    assert await waiting(world) == []


async def test_a_person_has_limits_and_is_told_them_plainly(world: World) -> None:
    store = world.bot.store.suggestions
    for _ in range(MOST_AN_HOUR):
        await suggest(world)
    assert seen(await suggest(world)).startswith("That is 5 suggestions within an hour")
    assert "within an hour" in seen(await world.say(world.reader, "suggest"))
    now = world.now
    for number in range(MOST_OPEN - MOST_AN_HOUR):
        await store.write(world.reader.id, Proposal("song", title="x"), "en", now + (number + 1) * AN_HOUR, draft=False)
    await world.env.advance_time(12 * AN_HOUR)

    assert "10 suggestions waiting" in seen(await world.say(world.reader, "suggest"))
    assert "10 suggestions waiting" in seen(await suggest(world))
    assert len(await store.open_ids()) == MOST_OPEN
    assert (await world.say(world.other, "suggest")).modal


async def test_a_suggested_song_is_added_and_its_sender_hears_of_it(world: World) -> None:
    await suggest(world, title="Tonight Only", drama="Goblin", singer="Punch")
    queue = answer(await world.say(world.manager, "admin suggestions"))
    assert "Tonight Only" in seen(queue)
    assert f"<@{world.reader.id}>" in seen(queue)

    form = await world.press(world.manager, queue, "queue-accept")
    assert "Tonight Only" in seen(form)
    await world.manager.submit_modal(
        form,
        {"drama": "Goblin", "title": "Tonight Only", "singers": "Punch", "source": "https://example.org/x", "more": ""},
    )

    assert world.bot.library.catalogue.song("goblin-tonight-only") is not None
    (told,) = await told_directly(world, world.reader)
    assert "Tonight Only" in told
    assert "is in the catalogue now" in told
    decided = await world.bot.store.suggestions.decided(1)
    assert decided is not None
    assert decided.user == world.manager.id
    assert EN("queue.empty") in seen(await world.say(world.manager, "admin suggestions"))
    assert EN("suggestions.decided") in seen(await world.press(world.manager, queue, "queue-decline"))


async def test_a_declined_sender_gets_the_word_and_else_reads_it_at_the_next_visit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await suggest(world)
    await suggest(world, title="Second One Zzz")

    async def closed(*_: object) -> None:
        raise discord.Forbidden(_Response(), "closed")  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(world.bot, "create_dm", closed)
    queue = answer(await world.say(world.manager, "admin suggestions"))
    form = await world.press(world.manager, queue, "queue-decline")
    turned = await world.manager.submit_modal(form, {"word": "Not a drama song, *sorry*"})
    monkeypatch.undo()

    assert EN("queue.told-later") in seen(turned)
    news = answer(await world.say(world.reader, "suggest"))
    assert news.ephemeral
    assert "Not a drama song, \\*sorry\\*" in seen(news)
    assert (await world.press(world.reader, news, "suggest")).modal
    assert (await world.say(world.reader, "suggest")).modal
    queue = answer(await world.say(world.manager, "admin suggestions"))
    await world.manager.submit_modal(await world.press(world.manager, queue, "queue-decline"), {"word": "Because"})
    (told,) = await told_directly(world, world.reader)
    assert "Because" in told


class _Response:
    status, reason = 403, "Forbidden"


async def test_a_wording_is_put_right_and_the_pages_turn(world: World) -> None:
    await suggest(world)
    await suggest(world, title="Second One Zzz")
    queue = answer(await world.say(world.manager, "admin suggestions"))
    assert "1 of 2" in seen(queue)

    form = await world.press(world.manager, queue, "queue-edit")
    await world.manager.submit_modal(form, {**NEW, "title": "Put Right"})
    await world.forge(world.manager, "queue:2:1")

    first, second = await waiting(world)
    assert (first.title, second.title) == ("Put Right", "Second One Zzz")
    refused = await world.forge_modal(world.manager, "queue-save:1", {**NEW, "title": ""})
    assert seen(refused) == EN("queue.other-kind")


async def test_curators_decide_on_songs_alone_and_others_on_nothing(world: World) -> None:
    await world.bot.close()
    world.bot = create_bot(replace(world.settings, curator_ids=frozenset({world.other.id})))
    await world.env.restart_bot(world.bot)
    await suggest(world)
    await world.forge_modal(world.reader, f"suggest-wrong:{SONG}", {"note": "wrong", "source": ""})
    refused = EN("error.not-allowed")

    queue = answer(await world.say(world.other, "admin suggestions"))
    assert "queue-accept:1" in routes(queue)
    second = seen(await world.forge(world.other, "queue:2:1"))
    assert EN("queue.operator-only") in second
    for verb in ("queue-accept", "queue-edit", "queue-decline"):
        assert seen(await world.forge(world.other, f"{verb}:2")) == refused
        assert seen(await world.forge(world.reader, f"{verb}:1")) == refused
    assert seen(await world.forge_modal(world.other, "queue-no:2", {"word": ""})) == refused
    assert seen(await world.forge(world.reader, "queue:1:0")) == refused
    assert seen(await world.say(world.reader, "admin suggestions")) == refused
    assert len(await waiting(world)) == 2

    await world.forge(world.manager, "queue-accept:2")
    assert [proposal.kind for proposal in await waiting(world)] == ["song"]
    assert "taken up" in "".join(await told_directly(world, world.reader))


async def test_nobody_touches_somebody_elses(world: World) -> None:
    await suggest(world)
    await suggest(world, title="stay with me", drama="goblin")

    for verb in ("suggest-drop:1", "suggest-drop:2", "suggest-go:2"):
        assert seen(await world.forge(world.other, verb)) == EN("suggest.gone")

    assert len(await waiting(world)) == 1


@BOTH
async def test_the_longest_suggestion_stays_within_the_limits(world: World) -> None:
    wide = {"title": "\\*" * 50, "drama": "||" * 50, "singer": "😀" * 100, "note": "`@everyone` " * 41}
    await suggest(world, source=f"https://example.org/{'_' * 270}", **wide)

    queue = answer(await world.say(world.manager, "admin suggestions"))

    assert limits.violations(queue.components) == []
    form = await world.press(world.manager, queue, "queue-decline")
    assert form.modal
    assert over_limits("/interactions/1/t/callback", {"type": 9, **form.modal}) == []
    assert "@everyone" not in seen(queue)


@pytest.mark.parametrize("argument", ["x", "-1", "9" * 30, "0", "1:2:3", "", "\ud800"])
async def test_forged_ids_are_answered_plainly(world: World, argument: str) -> None:
    verbs = ("suggest-go", "suggest-drop", "suggest-missing", "suggest-mistake", "queue-accept", "queue-edit")
    for verb in verbs:
        told = await world.forge(world.manager, f"{verb}:{argument}")
        assert len(answers(told)) == 1
        assert "reference" not in seen(told)
    for verb in ("suggest-wrong", "queue-save", "queue-no"):
        assert "reference" not in seen(await world.forge_modal(world.manager, f"{verb}:{argument}", NEW))
    assert await waiting(world) == []
