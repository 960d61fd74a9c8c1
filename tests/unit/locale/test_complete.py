"""Both languages say everything, in the same terms, and everything the code wants said exists."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import bot
import cogs
from bot.locale import LOCALES, Texts, texts_for

FOLDERS = (Path(bot.__file__).parent, Path(str(cogs.__path__[0])))
LOCALE = Path(bot.__file__).parent / "locale"

SAID = re.compile(
    r"""(?<![\w.])(?:texts|to\.texts|said|Refusal|mine\(interaction\)|texts_for\([^()]*\))\(\s*f?["']([^"'{}]+)["']"""
)
"""A key that the code names in full; keys that are put together are checked by their beginning."""
BEGINNING = re.compile(r"""(?<![\w.])(?:texts|to\.texts|said|Refusal)\(\s*f["']([^"'{}]+)\{""")
_HANGUL = re.compile("[가-힣]")


def messages(locale: str) -> Iterator[tuple[Path, Message]]:
    for path in sorted((LOCALE / locale).glob("*.po")):
        with path.open("rb") as file:
            yield from ((path, message) for message in read_po(file, locale=locale) if message.id)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@cache
def by_key(locale: str) -> dict[str, Message]:
    return {key(message): message for _, message in messages(locale)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sources() -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            yield path, path.read_text(encoding="utf-8")


def test_every_key_of_one_language_stands_in_the_other() -> None:
    english, korean = by_key("en").keys(), by_key("ko").keys()

    assert english, "no words at all"
    assert sorted(english - korean) == []
    assert sorted(korean - english) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_is_said_twice(locale: str) -> None:
    counts = Counter(key(message) for _, message in messages(locale))

    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_key_has_words_in_every_plural_form(locale: str) -> None:
    plurals = {"en": 2, "ko": 1}[locale]
    for message in by_key(locale).values():
        assert all(form.strip() for form in forms(message)), key(message)
        if not isinstance(message.id, str):
            assert len(forms(message)) == plurals, key(message)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_file_says_its_encoding_and_its_plurals(locale: str) -> None:
    for path in sorted((LOCALE / locale).glob("*.po")):
        header = path.read_text(encoding="utf-8")
        assert "charset=UTF-8" in header, path.name
        assert f"nplurals={ {'en': 2, 'ko': 1}[locale] }" in header, path.name


def test_plural_keys_are_plural_in_both_languages() -> None:
    english, korean = by_key("en"), by_key("ko")
    for name in english.keys() & korean.keys():
        assert isinstance(english[name].id, str) == isinstance(korean[name].id, str), name


def test_placeholders_are_the_same_in_both_languages() -> None:
    english, korean = by_key("en"), by_key("ko")
    ordinals = {"count", "ordinal", "place", "number"}  # "your 9th" is a number in Korean
    for name in english.keys() & korean.keys():
        said = set[str]().union(*(placeholders(form) for form in forms(english[name])))
        meant = set[str]().union(*(placeholders(form) for form in forms(korean[name])))
        assert (said ^ meant) <= ordinals, f"{name}: {said} and {meant}"


def test_english_has_no_hangul_and_korean_is_korean() -> None:
    for name, message in by_key("en").items():
        assert not any(_HANGUL.search(form) for form in forms(message)) or name.startswith("help."), name
    korean = [form for message in by_key("ko").values() for form in forms(message)]
    assert sum(bool(_HANGUL.search(form)) for form in korean) >= 0.9 * len(korean)


def test_particles_stand_only_behind_placeholders_and_come_in_known_pairs() -> None:
    pairs = {"은/는", "이/가", "을/를", "과/와", "으로/로", "이에요/예요", "아/야", "이나/나", "이라/라"}
    for name, message in by_key("ko").items():
        for form in forms(message):
            specs = {spec for _, _, spec, _ in string.Formatter().parse(form) if spec}
            assert specs <= pairs, f"{name}: {specs - pairs}"


def test_every_key_the_code_says_has_words() -> None:
    keys = by_key("en").keys()
    unknown = {f"{path.name}: {name}" for path, text in sources() for name in SAID.findall(text) if name not in keys}

    assert unknown == set()


def test_every_beginning_the_code_completes_has_words() -> None:
    keys = by_key("en").keys()
    unknown = {
        f"{path.name}: {name}"
        for path, text in sources()
        for name in BEGINNING.findall(text)
        if not any(known.startswith(name) for known in keys)
    }

    assert unknown == set()


def test_every_key_is_said_somewhere() -> None:
    code = "\n".join(text for _, text in sources())
    whole = set(re.findall(r"""["']([\w.-]+)["']""", code))
    beginnings = tuple(re.findall(r"""f["']([\w.-]*[.-])\{""", code))
    endings = tuple(re.findall(r"""f["']\{\w+\}([.-][\w.-]+)["']""", code))

    def is_said(name: str) -> bool:
        completed = any(name.endswith(end) and name.removesuffix(end) in whole for end in endings)
        return name in whole or name.startswith(beginnings) or completed

    assert [name for name in by_key("en") if not is_said(name)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_can_be_filled_in(locale: str) -> None:
    texts = Texts(locale)
    for name, message in by_key(locale).items():
        names = set[str]().union(*(placeholders(form) for form in forms(message)))
        for count in (0, 1, 2, 11):
            values: dict[str, object] = {field: count if field == "count" else "도깨비" for field in names}
            if not isinstance(message.id, str):
                values["count"] = count
            filled = texts(name, **values)
            assert filled.strip()
            assert filled != name
            assert "{" not in filled


def test_an_unknown_key_is_an_error_not_a_silence() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        texts_for("en")("no.such.key")


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [("ko", "ko"), ("ko-KR", "ko"), ("en-US", "en"), ("en-GB", "en"), ("fr", "en"), ("", "en"), (None, "en")],
)
def test_a_locale_we_do_not_speak_is_answered_in_english(locale: str | None, spoken: str) -> None:
    assert texts_for(locale).locale == spoken


def test_a_count_given_to_a_sentence_without_plural_is_only_a_value() -> None:
    assert texts_for("en")("error.song-gone", count=2) == texts_for("en")("error.song-gone")


def test_a_plural_follows_its_count() -> None:
    english = texts_for("en")

    assert english("card.loved-here", count=1) == "Loved by 1 person here"
    assert english("card.loved-here", count=2) == "Loved by 2 people here"


@pytest.mark.parametrize("locale", LOCALES)
def test_user_text_with_braces_is_not_filled_in_again(locale: str) -> None:
    assert "{count}" in texts_for(locale)("error.nothing-like-it", text="{count}")
