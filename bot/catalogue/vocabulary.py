"""The words that data files may use, read from `vocabulary.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar, get_args

from bot.catalogue.checks import MISSING, Check, Fault, RefusedError, Row, emoji, many, refused, step, weight
from bot.catalogue.mistakes import nearest
from bot.catalogue.model import ListenerMood, Role, Tempo, Vocabulary, Voice, Word
from bot.catalogue.tables import LABEL
from bot.catalogue.voicing import VOICINGS

W = TypeVar("W", bound=Word)

_WORD: Final = re.compile(r"[a-z0-9&]+(?:-[a-z0-9&]+)*")
_ALIASES: Final = many(LABEL)


def read_vocabulary(value: object) -> Vocabulary:
    """Read the whole vocabulary; listener moods may lean only on words that it has."""
    row = Row(value, "the vocabulary")
    words = _family(_word)
    moods, themes, genres = (row.need(family, words) for family in ("moods", "themes", "genres"))
    tempos = row.need("tempos", _family(_word, get_args(Tempo)))
    voicings = row.need("voicings", _family(_word, VOICINGS))
    tags = {"mood": moods, "theme": themes, "genre": genres, "tempo": tempos, "voicing": voicings}
    vocabulary = Vocabulary(
        moods=moods,
        themes=themes,
        genres=genres,
        tempos=tempos,
        voices=row.need("voices", _family(_word, get_args(Voice))),
        roles=row.need("roles", _family(_word, get_args(Role))),
        voicings=voicings,
        drama_genres=row.need("drama_genres", words),
        listener_moods=row.need("listener_moods", _family(_listener_mood(tags))),
    )
    row.close()
    return vocabulary


def _word(name: str, row: Row) -> Word:
    return Word(
        id=name,
        label=row.need("label", LABEL),
        label_ko=row.need("label_ko", LABEL),
        emoji=row.take("emoji", emoji),
        aliases=row.take("aliases", _ALIASES, ()),
    )


def _listener_mood(families: Mapping[str, Mapping[str, Word] | None]) -> Callable[[str, Row], ListenerMood]:
    tags = _tags(families)

    def read(name: str, row: Row) -> ListenerMood:
        return ListenerMood(
            id=name,
            label=row.need("label", LABEL),
            label_ko=row.need("label_ko", LABEL),
            emoji=row.take("emoji", emoji),
            aliases=row.take("aliases", _ALIASES, ()),
            tags=row.need("tags", tags),
        )

    return read


def _tags(families: Mapping[str, Mapping[str, Word] | None]) -> Check[Mapping[str, float]]:
    """Check for weighted tags; of a family that could not be read any word will do."""
    expected = 'a table of tags and weights ("mood:serene" = 0.5)'
    known = {f"{family}:{word}" for family, words in families.items() for word in words or ()}
    unread = tuple(f"{family}:" for family, words in families.items() if words is None)

    def read(value: object) -> Mapping[str, float]:
        if not isinstance(value, Mapping) or not value:
            raise refused(value, expected)
        faults: list[Fault] = []
        for tag, raw in value.items():
            if tag not in known and not tag.startswith(unread):
                faults.append(Fault("", tag, "a tag", nearest(tag, known)))
            try:
                weight.read(raw)
            except RefusedError as error:
                faults += (fault.under(step(tag)) for fault in error.faults)
        if faults:
            raise RefusedError(*faults)
        return MappingProxyType({tag: float(raw) for tag, raw in value.items()})

    return Check(expected, read)


def _family(read_word: Callable[[str, Row], W], ids: Collection[str] = ()) -> Check[Mapping[str, W]]:
    """Check for a family of words; where ids are given, for those and no others."""
    expected = "a table of words, each under its id"

    def read(value: object) -> Mapping[str, W]:
        if not isinstance(value, Mapping) or not value:
            raise refused(value, expected)
        words: dict[str, W] = {}
        faults = [Fault(f".{name}", MISSING, "a word the program needs") for name in ids if name not in value]
        for name, raw in value.items():
            try:
                if not _WORD.fullmatch(name):
                    raise refused(name, "a word's name: a-z, 0-9 and single hyphens")
                if ids and name not in ids:
                    raise refused(name, "a word the program knows", nearest(name, ids))
                row = Row(raw, "a word")
                words[name] = read_word(name, row)
                row.close()
            except RefusedError as error:
                faults += (fault.under(step(name)) for fault in error.faults)
        if not faults:
            faults += _said_twice(words.values())
        if faults:
            raise RefusedError(*faults)
        return MappingProxyType(words)

    return Check(expected, read)


def _said_twice(words: Iterable[Word]) -> Iterable[Fault]:
    """Yield a fault for every alias that another word of the family answers to as well."""
    owners: dict[str, str] = {}
    for word in words:
        for name in {word.id.casefold(), word.label.casefold(), word.label_ko.casefold()}:
            owners.setdefault(name, word.id)
    for word in words:
        for place, alias in enumerate(word.aliases):
            owner = owners.setdefault(alias.casefold(), word.id)
            if owner != word.id:
                yield Fault(f".{word.id}.aliases[{place}]", alias, f'an alias of its own: it means "{owner}" too')
