"""Tell which songs and dramas a message names in passing, and how sure that is.

A message is no list: titles stand among other words, and half of all titles are everyday words. So a song is
sure only where its singer or its drama is named beside it; a title by itself is merely possible, and only where
it is long, or written as a name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.catalogue.listing import line_wanted
from bot.catalogue.model import DramaId, SongId
from bot.catalogue.naming import Naming, runs_of
from bot.catalogue.search import SearchIndex
from bot.catalogue.text import is_hangul, words

MOST_SURE: Final = 8
"""Things that are sure and told."""
MOST_PERHAPS: Final = 5
"""Things that are possible and told."""
_CHARACTERS: Final = 8_000
"""Characters of a message that are read, embeds among them."""
_LINES: Final = 80
_LINE_WORDS: Final = 60
"""Lines of a message that are read, and words of one."""
_SEARCHED: Final = 5
"""Short lines that are searched for slips where no name was found."""
_SHORT: Final = 12
"""Words of a line that may be a misspelt name and nothing else."""
_LIKELY: Final = 1.1
"""A search's score from which a misspelt name is told."""
_EVERYDAY: Final = 5
"""Syllables up to which a drama's Hangul title may be everyday words ("보고 싶다")."""
_SAME_TITLE: Final = 3
"""Songs told of one title that many have."""

_PARTICLE = re.compile(
    "(?:에서|에게|으로|이랑|이나|처럼|보다|부터|까지|의|에|은|는|이|가|을|를|와|과|도|로|랑|나|만|요)$"
)
"""What follows a Korean name without a space."""
_ABOUT_DRAMAS: Final = frozenset(
    {"ost", "osts", "drama", "dramas", "kdrama", "kdramas", "soundtrack", "드라마", "오에스티", "주제가", "삽입곡"}
)
_QUOTED = re.compile("[\"“‘'「『《]([^\"“”‘’'「」『』《》\n]{1,100})[\"”’'」』》]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A song or a drama that a message names."""

    kind: Literal["song", "drama"]
    id: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    said: tuple[str, ...]
    runs: dict[str, tuple[int, int]]
    """Each run of words a name could be, and where it stands."""


def mentioned(text: str, naming: Naming, search: SearchIndex) -> tuple[Mention, ...]:
    """Find what a message names, what is sure first; where no name stands in it, what a short line may mean."""
    text = text[:_CHARACTERS]
    lines = [_line(line) for line in text.splitlines()[:_LINES] if line.strip()]
    everywhere = {run for line in lines for run in line.runs}
    about = any(not _ABOUT_DRAMAS.isdisjoint(line.said) for line in lines)
    found: dict[tuple[Literal["song", "drama"], str], bool] = {}
    for line in lines:
        for kind, id, sure in (*_songs(line, text, everywhere, naming), *_dramas(line, text, about, naming)):
            found[kind, id] = found.get((kind, id), False) or sure
    for kind, id in list(found):
        if kind == "drama":
            _weigh(DramaId(id), found, naming)
    if not found:
        found = dict.fromkeys(_misspelt(lines, search), False)
    sure = [Mention(kind, id, sure=True) for (kind, id), is_sure in found.items() if is_sure]
    perhaps = [Mention(kind, id, sure=False) for (kind, id), is_sure in found.items() if not is_sure]
    ordered = sorted(sure, key=lambda one: one.kind != "song")
    return (*ordered[:MOST_SURE], *sorted(perhaps, key=lambda one: one.kind != "song")[:MOST_PERHAPS])


def _weigh(drama: DramaId, found: dict[tuple[Literal["song", "drama"], str], bool], naming: Naming) -> None:
    """Be sure of a drama whose song is sure; leave out one whose name was that of a sure song's singer."""
    sure = [SongId(id) for (kind, id), is_sure in found.items() if kind == "song" and is_sure]
    if any(naming.catalogue.songs[id].drama == drama for id in sure):
        found["drama", drama] = True
    elif any(naming.sung_by(id, naming.names_of(drama)) for id in sure):
        del found["drama", drama]


def _line(text: str) -> _Line:
    said = words(text)[:_LINE_WORDS]
    runs: dict[str, tuple[int, int]] = {}
    for run, place in runs_of(said):
        runs.setdefault(run, place)
        bare = _PARTICLE.sub("", run) if is_hangul(said[place[1] - 1]) else run
        if bare and bare != run:
            runs.setdefault(bare, place)
    return _Line(text, said, runs)


def _longest(line: _Line, names: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the names a line holds, but none that is only a part of a longer one."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda name: -len(name)):
        start, end = line.runs[name]
        if not any(first <= start and end <= last and (first, last) != (start, end) for first, last in taken):
            taken.append((start, end))
            yield name, (start, end)


def _songs(
    line: _Line, text: str, everywhere: set[str], naming: Naming
) -> Iterator[tuple[Literal["song"], SongId, bool]]:
    wanted = line_wanted(line.text)
    listed = naming.named(wanted).sure if wanted else None
    if listed and (naming.sung_by(listed, line.runs) or naming.from_drama(listed, line.runs)):
        yield "song", listed, True
        return
    quoted = {"".join(words(one)) for one in _QUOTED.findall(text)}
    names = [name for name in line.runs if name in naming.titles]
    for name, place in _longest(line, names):
        beside = _apart(line, place, everywhere)
        titled = naming.titles[name]
        backed = [id for id in titled if naming.sung_by(id, beside) or naming.from_drama(id, beside)]
        telling = _is_telling(name, place)
        for id in backed:
            yield "song", id, telling and len(backed) == 1
        if not backed and (name in quoted or (telling and (is_hangul(name) or _as_written(naming, titled, text)))):
            for id in titled[:_SAME_TITLE]:
                yield "song", id, False


def _apart(line: _Line, place: tuple[int, int], everywhere: set[str]) -> set[str]:
    """Return the runs of words that stand apart from a name, in its line or in any other."""
    within = {run for run, (start, end) in line.runs.items() if start < place[1] and place[0] < end}
    return everywhere - within


def _is_telling(name: str, place: tuple[int, int]) -> bool:
    """Tell whether a title is no everyday word: two words, or four syllables of Hangul."""
    return place[1] - place[0] > 1 or (is_hangul(name) and len(name) > 3)


def _as_written(naming: Naming, songs: Sequence[SongId], text: str) -> bool:
    """Tell whether a title stands in the text with its capitals, as names do."""
    return any(naming.catalogue.songs[id].title in text for id in songs)


def _dramas(line: _Line, text: str, about: bool, naming: Naming) -> Iterator[tuple[Literal["drama"], DramaId, bool]]:
    names = [name for name in line.runs if name in naming.dramas or name in naming.titles]
    for name, (start, end) in _longest(line, names):
        for id in naming.dramas.get(name, ())[:_SAME_TITLE]:
            drama = naming.catalogue.dramas[id]
            if is_hangul(name):
                certain, likely = len(name) > (1 if about else _EVERYDAY), len(name) > (1 if about else 2)
            else:
                shown = (drama.title, drama.romanized, *drama.alt_titles, *drama.aliases)
                as_written = any(one in text for one in shown if one)
                certain, likely = as_written and (end - start > 1 or about), as_written
            if certain or likely:
                yield "drama", id, certain


def _misspelt(lines: Sequence[_Line], search: SearchIndex) -> Iterator[tuple[Literal["song", "drama"], str]]:
    short = [line for line in lines if 0 < len(line.said) <= _SHORT][:_SEARCHED]
    for line in short:
        for hit in search.find_any(line.text, 2, kinds=("song", "drama")):
            if not hit.near and hit.score >= _LIKELY and hit.kind in ("song", "drama"):
                yield hit.kind, hit.id
