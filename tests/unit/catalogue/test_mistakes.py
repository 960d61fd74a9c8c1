"""How a mistake is put into words."""

import pytest

from bot.catalogue import CatalogueError, Mistake
from bot.catalogue.mistakes import nearest

MISTAKE = Mistake("dramas/goblin.toml", "songs[2].moods[0]", '"yerning"', "a mood", "yearning")


def test_a_mistake_names_the_place_the_value_what_was_expected_and_the_nearest_word():
    assert str(MISTAKE) == 'dramas/goblin.toml: songs[2].moods[0]: "yerning" is not a mood; did you mean "yearning"?'


def test_a_missing_value_is_called_missing():
    assert str(Mistake("a.toml", "title", None, "text")) == "a.toml: title is missing; expected text"


def test_a_mistake_of_a_whole_file_names_no_key():
    assert str(Mistake("a.toml", "", "the file", "there")) == "a.toml: the file is not there"


def test_an_error_lists_its_mistakes_one_a_line():
    error = CatalogueError([MISTAKE, MISTAKE])

    assert error.mistakes == (MISTAKE, MISTAKE)
    assert str(error).splitlines() == [str(MISTAKE), str(MISTAKE)]


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("yerning", "yearning"),
        ("Yearning", "yearning"),
        ("heart-break", "heartbreak"),
        ("sad", "melancholic"),
        ("xyz", None),
    ],
)
def test_the_nearest_word_forgives_spelling_and_knows_aliases(word: str, right: str | None):
    spellings = {
        "yearning": "yearning",
        "heartbreak": "heartbreak",
        "melancholic": "melancholic",
        "sad": "melancholic",
    }

    assert nearest(word, spellings) == right
