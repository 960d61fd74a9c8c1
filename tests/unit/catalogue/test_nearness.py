"""Keys within a few edits: the quick passes never lose one that measuring would find."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.catalogue.nearness import Nearness

KEYS = st.text("aeionkst", min_size=3, max_size=12)


@given(st.lists(KEYS, min_size=1, max_size=40, unique=True), KEYS, st.integers(1, 3))
def test_every_key_within_the_edits_is_found_unless_letters_were_swapped(keys: list[str], key: str, edits: int) -> None:
    found = dict(Nearness(keys).find(key, edits))

    for place, other in enumerate(keys):
        if len(other) >= 3 and 0 < OSA.distance(key, other) == _plain_distance(key, other) <= edits:
            assert found[place] == OSA.distance(key, other)


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert Nearness(["salank"]).find("salnak", 1) == [(0, 1)]


def test_the_very_key_is_not_near_itself() -> None:
    assert Nearness(["salank"]).find("salank", 3) == []


def test_no_keys_have_nothing_near() -> None:
    assert Nearness([]).find("salank", 3) == []


def _plain_distance(one: str, other: str) -> int:
    """Count edits without swaps (Levenshtein), which the signatures bound exactly."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (letter != against)),
            )
    return row[-1]
