"""/help: private first, for everybody on request, in the reader's language."""

from __future__ import annotations

import pytest

from tests.flow.world import ENGLISH, KOREAN, World, answer, seen


@pytest.mark.parametrize(("locale", "words"), [(ENGLISH, "What would you like to do?"), (KOREAN, "무엇을 해 볼까요?")])
async def test_help_is_private_with_commands_to_tap(world: World, words: str) -> None:
    """The page speaks the reader's language and names commands by their ids."""
    page = answer(await world.say(world.reader, "help"))

    assert page.ephemeral
    assert words in seen(page)
    assert "</recommend:" in seen(page)


async def test_post_here_shows_it_to_everybody(world: World) -> None:
    """The button posts the page into the channel, without the button."""
    page = answer(await world.say(world.reader, "help"))

    posted = answer(await world.press(world.reader, page, "help-post"))

    assert not posted.ephemeral
    assert "Post here" not in seen(posted)
