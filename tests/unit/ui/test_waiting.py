"""What waits for a press: its owner's, for half an hour, and no more of it than there is room for."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.ui.waiting import SECONDS, Waiting

MINA, JOON = 1, 2


def test_only_its_owner_gets_it_and_only_in_time() -> None:
    waiting = Waiting[str](each=2, people=2)
    token = waiting.put(MINA, "a list", 100)

    assert waiting.get(MINA, token, 100 + SECONDS) == "a list"
    for user, named, now in ((JOON, token, 100), (MINA, "0", 100), (MINA, token, 101 + SECONDS)):
        with pytest.raises(Refusal, match="waited-too-long"):
            waiting.get(user, named, now)


def test_what_was_decided_on_is_gone() -> None:
    waiting = Waiting[str](each=2, people=2)
    token = waiting.put(MINA, "a list", 100)

    waiting.drop(MINA, token)
    waiting.drop(MINA, token)

    with pytest.raises(Refusal):
        waiting.get(MINA, token, 100)


def test_all_that_waits_for_one_person_can_be_forgotten() -> None:
    waiting = Waiting[str](each=2, people=2)
    token, theirs = waiting.put(MINA, "a list", 100), waiting.put(JOON, "another", 100)

    waiting.forget(MINA)
    waiting.forget(MINA)

    assert waiting.get(JOON, theirs, 100) == "another"
    with pytest.raises(Refusal):
        waiting.get(MINA, token, 100)


def test_one_person_has_so_many_and_cannot_push_out_anybody_else() -> None:
    waiting = Waiting[int](each=2, people=2)
    theirs = waiting.put(JOON, 0, 100)

    tokens = [waiting.put(MINA, number, 100) for number in range(5)]

    assert waiting.get(JOON, theirs, 100) == 0
    assert [waiting.get(MINA, token, 100) for token in tokens[3:]] == [3, 4]
    with pytest.raises(Refusal):
        waiting.get(MINA, tokens[2], 100)


def test_who_waited_longest_gives_way_and_what_is_too_old_is_forgotten() -> None:
    waiting = Waiting[int](each=2, people=2)
    first = waiting.put(MINA, 1, 100)
    waiting.put(JOON, 2, 100)

    waiting.put(3, 3, 100)

    with pytest.raises(Refusal):
        waiting.get(MINA, first, 100)
    waiting.put(4, 4, 200 + SECONDS)
    assert list(waiting._things) == [4]
