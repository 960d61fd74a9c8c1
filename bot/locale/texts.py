"""Looks up what to say: gettext catalogues by key, one folder a language, one file a subject."""

from __future__ import annotations

import io
import string
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.locale.particles import with_particle

LOCALES: Final = ("en", "ko")
_FOLDER = Path(__file__).parent
_PARTICLE: Final = "/"
"""Parts the two forms of a particle; only sentences with one are filled in by more than str.format."""


class _Sentence(string.Formatter):
    """Fills in a sentence; `{title:을/를}` adds the particle that fits the word."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "/" in format_spec:
            return with_particle(str(value), format_spec)
        return super().format_field(value, format_spec)


class Texts:
    """One language's words: `texts("card.drama", title="Goblin")`."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._translations: dict[str, GNUTranslations] = {}
        self._plurals: set[str] = set()
        for path in sorted((_FOLDER / locale).glob("*.po")):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=locale)
            compiled = io.BytesIO()
            write_mo(compiled, catalogue)
            compiled.seek(0)
            translations = GNUTranslations(compiled)
            for message in catalogue:
                if not message.id or not message.string:
                    continue
                if isinstance(message.id, str):
                    self._translations[message.id] = translations
                else:
                    self._translations[message.id[0]] = translations
                    self._plurals.add(message.id[0])
        self.keys = frozenset(self._translations)
        self._sentence = _Sentence()

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key, filled in; a whole-number `count` chooses the plural. KeyError if unknown."""
        translations = self._translations.get(key)
        if translations is None:
            raise KeyError(f"{key} has no words in {self.locale}")
        count = values.get("count")
        text = (
            translations.ngettext(key, key, count)
            if isinstance(count, int) and key in self._plurals
            else translations.gettext(key)
        )
        if not values:
            return text
        return self._sentence.vformat(text, (), values) if _PARTICLE in text else text.format_map(values)

    def pick(self, english: str, korean: str | None) -> str:
        """Choose between two wordings that the catalogue's data carries itself."""
        return korean if korean and self.locale == "ko" else english

    def either(self, english: str | None, korean: str | None) -> str | None:
        """Choose as `pick` does where even the English wording may be missing."""
        return korean if korean and self.locale == "ko" else english


@cache
def _texts(locale: str) -> Texts:
    return Texts(locale)


def texts_for(locale: object) -> Texts:
    """Return the words for a Discord locale such as "ko" or "en-GB"; English where we have none."""
    language = str(locale or "en").partition("-")[0]
    return _texts(language if language in LOCALES else "en")
