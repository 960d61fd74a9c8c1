"""Comments: written, folded, liked, edited and deleted, and nothing lost or forged on the way."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.store import Comment
from bot.ui.comments import Spoils, spoils
from tests.flow.world import ENGLISH, KOREAN, World, answer, routes, seen

SONG = "goblin-stay-with-me"


async def _written(world: World, text: str = "First snow.", **spoiling: object) -> Comment:
    return await world.bot.store.comments.write(
        world.guild.id,
        SONG,
        world.reader.id,
        text,
        spoiler=bool(spoiling),
        episode=int(str(spoiling.get("episode", 0))) or None,
        now=world.now,
    )


async def test_a_comment_written_from_the_page_is_kept_and_can_be_edited(world: World) -> None:
    page = answer(await world.say(world.reader, "comments", song=SONG))
    form = await world.press(world.reader, page, "say-why")
    saved = answer(await world.reader.submit_modal(form, {"text": "First snow.", "episode": "3"}))

    rewriting = await world.press(world.reader, saved, "comment-edit")
    await world.reader.submit_modal(rewriting, {"text": "Last snow.", "episode": "none"})

    (kept,) = await world.bot.store.comments.mine(world.reader.id)
    assert page.ephemeral
    assert saved.ephemeral
    assert "episode 3" in seen(saved)
    assert (kept.text, kept.spoiler, kept.guild) == ("Last snow.", False, world.guild.id)


async def test_a_spoiler_is_folded_for_readers(world: World) -> None:
    await _written(world, "He **stays**.", episode=8)

    page = seen(await world.say(world.other, "comments", song=SONG))

    assert "up to episode 8: ||He \\*\\*stays\\*\\*.||" in page


async def test_a_writers_own_fold_folds_the_comment(world: World) -> None:
    await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "||He dies.|| So sad.", "episode": "0"})

    page = seen(await world.say(world.other, "comments", song=SONG))

    assert page.count("||") == 2
    assert page.index("||") < page.index("He dies.") < page.index("So sad.") < page.rindex("||")


async def test_an_unclear_episode_loses_nothing_that_was_written(world: World) -> None:
    refused = await world.forge_modal(
        world.reader, f"comment-save:{SONG}", {"text": "A long memory.", "episode": "the end"}
    )

    assert "A long memory." in seen(refused)
    assert await world.bot.store.comments.mine(world.reader.id) == ()


@pytest.mark.parametrize("blank", ["\u200b\u200b", "\u3164", "\u202e", "   "])
async def test_text_that_cannot_be_seen_is_refused(world: World, blank: str) -> None:
    refused = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": blank, "episode": ""})

    assert seen(refused)
    assert await world.bot.store.comments.mine(world.reader.id) == ()


async def test_a_fourth_comment_within_the_hour_waits(world: World) -> None:
    for _ in range(3):
        await _written(world)

    refused = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "Fourth.", "episode": ""})
    await world.env.advance_time(3_601)
    later = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "Fourth.", "episode": ""})

    assert "Fourth." in seen(refused)
    assert "Saved." in seen(later)


@pytest.mark.parametrize("locale", [ENGLISH, KOREAN])
async def test_deleting_or_restarting_does_not_make_anybody_write_faster(world: World) -> None:
    for number in range(3):
        await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": f"No. {number}", "episode": "0"})
    again = f"<t:{world.now + 3_600}:R>"
    for comment in await world.bot.store.comments.mine(world.reader.id):
        await world.bot.store.comments.delete(comment.id, world.reader.id)
    await world.restart()

    form = seen(await world.forge(world.reader, f"say-why:{SONG}"))
    told = seen(await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "No. 4", "episode": "0"}))

    assert again in form
    assert again in told
    assert "No. 4" in told
    assert await world.bot.store.comments.mine(world.reader.id) == ()


async def test_submitted_at_once_only_the_first_three_are_kept(world: World) -> None:
    written = [
        world.modal(world.reader, f"comment-save:{SONG}", {"text": f"No. {n}", "episode": "0"}) for n in range(9)
    ]
    await world.env.settle()

    assert len(await world.bot.store.comments.mine(world.reader.id)) == 3
    assert all(seen(one) for one in written)


async def test_an_account_younger_than_a_week_cannot_write_yet(world: World) -> None:
    young = world.guild.add_member(world.env.create_user("new", global_name="New"))

    refused = seen(await world.forge(young, f"say-why:{SONG}"))

    assert "account is new" in refused


async def test_only_the_writer_edits_and_deletes(world: World) -> None:
    comment = await _written(world)

    for verb in ("comment-edit", "comment-delete", "comment-delete-now"):
        assert "Only its writer" in seen(await world.forge(world.other, f"{verb}:{comment.id}"))
    stolen = await world.forge_modal(world.other, f"comment-rewrite:{comment.id}", {"text": "Mine now.", "episode": ""})

    (kept,) = await world.bot.store.comments.mine(world.reader.id)
    assert "Only its writer" in seen(stolen)
    assert kept.text == "First snow."


async def test_deleting_asks_once(world: World) -> None:
    await _written(world)
    page = answer(await world.say(world.reader, "comments", song=SONG))

    asked = answer(await world.press(world.reader, page, "comment-delete"))
    await world.press(world.reader, asked, "comment-delete-now")

    assert await world.bot.store.comments.mine(world.reader.id) == ()


async def test_a_like_counts_once_and_is_taken_back_by_pressing_again(world: World) -> None:
    comment = await _written(world)
    page = answer(await world.say(world.other, "comments", song=SONG))

    liked = seen(await world.press(world.other, page, "comment-like"))
    await world.press(world.other, page, "comment-like")

    found = await world.bot.store.comments.get(comment.id, world.other.id)
    assert "Liked · 1" in liked
    assert found is not None
    assert found.likes == 0


async def test_a_posted_page_has_nobodys_edit_buttons_and_turns_privately(world: World) -> None:
    for _ in range(7):
        await _written(world)
    page = answer(await world.say(world.reader, "comments", song=SONG))

    posted = answer(await world.press(world.reader, page, "comment-post"))
    turned = answer(await world.press(world.other, posted, f"comment-page:{SONG}:1"))

    assert not posted.ephemeral
    assert not [id for id in routes(posted) if id.startswith(("comment-edit", "comment-delete"))]
    assert turned.ephemeral


async def test_the_longest_comments_fit_on_one_page(world: World) -> None:
    for _ in range(5):
        await _written(world, "@everyone*_|[<" * 35, episode=999)

    page = answer(await world.say(world.other, "comments", song=SONG))

    assert len([id for id in routes(page) if id.startswith("comment-like")]) == 5


@pytest.mark.parametrize(
    "forged",
    ["comments:no-such", "say-why:no-such", "comment-like:9:goblin-stay-with-me:0", "comment-edit:x",
     "comment-page:goblin-stay-with-me:-1", "comment-delete:99999999999999999999"],
)  # fmt: skip
async def test_a_forged_press_is_answered_in_a_sentence(world: World, forged: str) -> None:
    assert seen(await world.forge(world.reader, forged))


@pytest.mark.parametrize("locale", [KOREAN])
async def test_koreans_write_in_korean(world: World) -> None:
    saved = await world.forge_modal(world.reader, f"comment-save:{SONG}", {"text": "첫눈", "episode": "3화"})

    assert "3화까지의 스포일러" in seen(saved)


@pytest.mark.parametrize(
    ("typed", "recent", "meant"),
    [
        ("", True, Spoils(True)),
        ("", False, Spoils(False)),
        ("0", True, Spoils(False)),
        (" None ", True, Spoils(False)),
        ("없음", True, Spoils(False)),
        ("16", False, Spoils(True, 16)),
        ("ep. 7", False, Spoils(True, 7)),
        ("８회", False, Spoils(True, 8)),
    ],
)
def test_the_spoiler_field_is_read_as_people_write_it(typed: str, recent: bool, meant: Spoils) -> None:
    assert spoils(typed, recent=recent) == meant


@pytest.mark.parametrize("typed", ["the end", "-1", "1.5", "1000"])
def test_an_unclear_spoiler_field_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        spoils(typed, recent=False)
