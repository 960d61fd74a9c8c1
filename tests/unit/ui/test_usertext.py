"""Whatever a person writes is shown as text: it never pings, hides, links, overflows or leaves its fold."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ui.usertext import LINES, MARKS, clean, folds_itself, harmless, in_line, visible

NASTY = st.text(
    alphabet=st.sampled_from("\\`*_~|>#-+[]()<:@.!&/1a가 \n\r\t\u200b\u200d\ufe0f\u202e\u2066\u0334\u20e3😀\u3164")
)
"""Characters that mean something to Discord or to Unicode, side by side as seldom otherwise."""
ANYTHING = st.text() | st.text(st.characters()) | NASTY
PLAIN = st.text(alphabet=st.sampled_from("abcXYZ 가나다あ漢é,!?'\"0123"))

BEGINS_SOMETHING = re.compile(r"[`*_~|>#\[\]<:]")
"""What may begin markdown, a mention, an emoji or a link."""


def unescaped(shown: str) -> str:
    """Return what of a shown text Discord may still take as markup."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", shown)


def read(shown: str) -> str:
    """Return a shown text as its reader sees it."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", shown).replace("\u200b", "")


@given(ANYTHING)
@example("`code` **bold** ||fold|| https://a.b/c_d <@1> <@&2> <#3> [here](https://x.y)")
def test_nothing_in_it_begins_markdown_a_link_or_a_mention(text: str) -> None:
    left = unescaped(harmless(text))

    assert not BEGINS_SOMETHING.search(left)
    assert not re.search(r"@(?!\u200b)", left)
    assert not re.search(r"^(?:[-+]|\d+\.)", left, re.MULTILINE)


@given(ANYTHING)
@example("|")
@example("||a||b")
@example("\\|")
@example("https://a.b/||c")
def test_a_fold_closes_only_where_it_ends(text: str) -> None:
    folded = f"||{harmless(text)}||"

    assert re.findall(r"\|\|([\s\S]+?)\|\|", folded) in ([], [harmless(text)])
    assert folded.count("||") == 2 or not harmless(text)


@given(ANYTHING)
def test_the_reader_sees_what_was_written(text: str) -> None:
    assert read(harmless(text)) == clean(text)


@given(PLAIN)
def test_plain_writing_is_kept_to_the_letter(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", " ".join(text.split()))


@given(ANYTHING)
def test_what_is_hidden_is_dropped(text: str) -> None:
    for character in clean(text):
        if character not in {"\n", "\u200d", "\ufe0f"} and not 0x1F000 <= ord(character) < 0x1FC00:
            assert unicodedata.category(character)[0] != "C"


@given(ANYTHING)
def test_marks_do_not_pile_up(text: str) -> None:
    row = 0
    for character in clean(text):
        if unicodedata.category(character).startswith("M") and character != "\ufe0f":
            row += 1
        elif character not in {"\u200d", "\ufe0f"}:
            row = 0
        assert row <= MARKS


@given(ANYTHING)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_it_grows_by_at_most_three_and_stays_low(text: str) -> None:
    assert len(harmless(text)) <= 3 * len(clean(text))
    assert clean(text).count("\n") < LINES
    assert "\n" not in in_line(text)


@given(ANYTHING)
def test_nothing_visible_means_nothing_is_shown_but_marks(text: str) -> None:
    if not visible(text):
        assert all(unicodedata.category(c)[0] in "MZ" or c in "\n\u200d" for c in clean(text))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@everyone <@&12345678901234567>", "@\u200beveryone \\<@\u200b&12345678901234567\\>"),
        ("[free](https://evil.example)", "\\[free\\](https\\://evil.example)"),
        ("-# small\n# big\n1. list\n- list", "\\-\\# small\n\\# big\n1\\. list\n\\- list"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("<a:dance:123456789012345678>" * 2, "\\:dance\\:\\:dance\\:"),
        ("Z" + "\u0334\u0335\u0336" * 9, "Z\u0334\u0335"),
        ("\u1112\u1161\u11ab\u3164\uffa0", "한"),
        ("👩🏽\u200d🎤 ❤️\u200d🔥 🩷 🇰🇷", "👩🏽\u200d🎤 ❤️\u200d🔥 🩷 🇰🇷"),
        ("x\u200d\u200d\u200dy\ufe0f\ufe0f", "xy"),
        ("one\r\n\r\n\r\n\r\ntwo\u2028three", "one\n\ntwo\nthree"),
        ("\ud800ok\udfff", "ok"),
    ],
)
def test_known_tricks_are_shown_as_text(written: str, shown: str) -> None:
    assert harmless(written) == shown


@pytest.mark.parametrize(
    "blank",
    ["", " \n\t", "\u3164", "\u2800" * 5, "\u200b\u200c\u200d\u2060\ufeff", "\u115f\u1160\uffa0", "\u034f\ufe0f",
     "\U000e0041\U000e007f", "\ud800", "\u0301"],
)  # fmt: skip
def test_text_nobody_could_see_is_told_apart(blank: str) -> None:
    assert not visible(blank)


@pytest.mark.parametrize("text", ["눈", "!", "😀", "🩷", "1", "ㅠㅠ"])
def test_text_somebody_could_see_is_visible(text: str) -> None:
    assert visible(text)


@pytest.mark.parametrize(("text", "folds"), [("||He dies.||", True), ("He |dies|.", False), ("a || b", False)])
def test_a_writers_own_fold_is_noticed(text: str, folds: bool) -> None:
    assert folds_itself(text) is folds
