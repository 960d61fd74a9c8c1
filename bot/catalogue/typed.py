"""A song as a curator types it into a form, turned into the table its drama's file would have.

Nothing is judged here: what cannot be understood is handed on as it was typed, for the files' own checks to refuse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from bot.catalogue.artists import artist_id
from bot.catalogue.checks import ID_LENGTH, RefusedError, released
from bot.catalogue.model import Artist, Catalogue, Drama, DramaId, Song, SongId, Tempo, Word
from bot.catalogue.overlay import Addition
from bot.catalogue.tables import spellings
from bot.catalogue.text import fold

T = TypeVar("T")

_BOTH: Final = re.compile(r"\s+/\s+|\s*\n\s*")
"""What stands between a title and the same title in Hangul."""
_ASIDE: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<aside>[^()]*)\)")
_HANGUL: Final = re.compile("[ㄱ-ㆎ가-힣]")
_PART: Final = re.compile(r"(?:part|pt\.?|파트)\s*([0-9]{1,3})", re.IGNORECASE)
_USUAL_MOODS: Final = 2
"""Moods taken over from other songs where none is said."""
_LAST_RESORT: Final = {"moods": "romantic", "genres": "ballad", "tempo": "ballad"}
"""What a drama's song is most often, where nothing else is known of it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form; `more` holds moods, tempo, date and part with commas between."""

    drama: str
    title: str
    singers: str
    source: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Guessed:
    """What was left out and taken from other songs, so that the curator can be told."""

    addition: Addition
    keys: tuple[str, ...]


def addition_of(typed: Typed, drama: Drama | None, catalogue: Catalogue, *, keep: SongId | None = None) -> Guessed:
    """Turn a form into an addition to a known drama, or with None to the new one that was typed.

    An addition that is edited keeps its id (`keep`).
    """
    new_drama = None if drama else drama_table(typed)
    drama_id = drama.id if drama else DramaId(str((new_drama or {}).get("id", "")))
    title, title_ko = both(typed.title)
    said = _said(typed.more, catalogue)
    credits_ = [_credit(part, catalogue) for part in re.split(r"[;\n]", typed.singers) if part.strip()]
    guesses = {key: value for key, value in _usual(drama, credits_, catalogue).items() if key not in said}
    song: dict[str, object] = {
        "id": keep or (slug(f"{drama_id}-{title}") if slug(title) else ""),
        "title": title,
        **({"title_ko": title_ko} if title_ko else {}),
        "artists": credits_,
        **said,
        **guesses,
        "sources": [typed.source.strip()],
        "checked": "source",
    }
    return Guessed(Addition(SongId(str(song["id"])), drama_id, song, new_drama), tuple(guesses))


def typed_of(addition: Addition, drama: str) -> Typed:
    """Turn an addition back into the fields it was typed in; `drama` names its drama."""
    song = addition.song
    names = [str(song.get("title", "")), str(song.get("title_ko") or "")]
    more = [*_texts(song.get("moods")), str(song.get("tempo") or ""), *_texts(song.get("genres"))]
    more += [*_texts(song.get("themes")), str(song.get("released") or "")]
    more += [f"part {song['part']}"] if "part" in song else []
    credits_ = song.get("artists")
    return Typed(
        drama=drama,
        title=" / ".join(name for name in names if name),
        singers="; ".join(_credited(credit) for credit in credits_) if isinstance(credits_, list) else "",
        source=next(iter(_texts(song.get("sources"))), ""),
        more=", ".join(dict.fromkeys(part for part in more if part)),
    )


def slug(text: str) -> str:
    """Write a text as an id: a-z, 0-9 and hyphens."""
    return artist_id(fold(text))[:ID_LENGTH].strip("-")


def both(typed: str) -> tuple[str, str | None]:
    """Read "Title / 제목" as the title and the same in Hangul, whichever comes first."""
    parts = [part.strip() for part in _BOTH.split(typed.strip(), maxsplit=1)]
    first, second = (parts[0], parts[1] if len(parts) > 1 else "")
    if second and _HANGUL.search(first) and not _HANGUL.search(second):
        first, second = second, first
    return first, second or None


def drama_table(typed: Typed) -> dict[str, object]:
    """Read "Title / 제목 / 2025" as the table of a new drama, with the song's source as its own."""
    parts = [part.strip() for part in _BOTH.split(typed.drama.strip()) if part.strip()]
    year = next((part for part in parts if re.fullmatch("[0-9]{4}", part)), None)
    names = [part for part in parts if part != year]
    title = next((name for name in names if not _HANGUL.search(name)), "")
    korean = next((name for name in names if _HANGUL.search(name)), None)
    table: dict[str, object] = {"id": slug(title), "title": title}
    table |= {"title_ko": korean} if korean else {}
    table |= {"year": int(year)} if year else {}
    return table | {"sources": [typed.source.strip()]}


def _said(more: str, catalogue: Catalogue) -> dict[str, object]:
    """Sort words into the keys they belong to; what is none of ours is taken for a mood, and refused as one."""
    words = catalogue.vocabulary
    families = {key: _folded(getattr(words, key)) for key in ("moods", "themes", "genres")}
    tempos = _folded(words.tempos)
    said: dict[str, object] = {}
    for part in (part.strip() for part in re.split(r"[,;·\n]", more)):
        name = fold(part)
        if not part:
            continue
        if number := _PART.fullmatch(part):
            said["part"] = int(number[1])
        elif _reads(released.read, part):
            said["released"] = part
        elif name in tempos and "tempo" not in said:
            said["tempo"] = tempos[name]
        else:
            key = next((key for key, family in families.items() if name in family), "moods")
            listed = cast("list[str]", said.setdefault(key, []))
            right = families[key].get(name, part)
            listed += [] if right in listed else [right]
    return said


def _folded(words: Mapping[str, Word]) -> dict[str, str]:
    return {fold(said): right for said, right in spellings(words).items()}


def _reads(read: Callable[[object], T], value: object) -> bool:
    try:
        read(value)
    except RefusedError:
        return False
    return True


def _credit(typed: str, catalogue: Catalogue) -> dict[str, object]:
    """Read "Chanyeol (rap, EXO)" as a credit, in the catalogue's own spelling where it knows the artist."""
    name, asides = typed.strip(), list[str]()
    if artist_id(name) not in catalogue.artists and (found := _ASIDE.fullmatch(name)):
        name, asides = found["name"], [aside.strip() for aside in found["aside"].split(",") if aside.strip()]
    artist = _known(name, catalogue)
    credit: dict[str, object] = {"name": artist.name if artist else name}
    roles, voices = _folded(catalogue.vocabulary.roles), _folded(catalogue.vocabulary.voices)
    for aside in asides:
        word = fold(aside)
        if word in roles:
            credit["role"] = roles[word]
        elif word in voices:
            credit["voice"] = voices[word]
        elif _HANGUL.search(aside):
            credit["name_ko"] = aside
        else:
            group = _known(aside, catalogue)
            credit["of"] = group.name if group else aside
    credit.setdefault("role", "vocal")
    if artist and artist.voice:
        credit.setdefault("voice", artist.voice)
    return {key: credit[key] for key in ("name", "name_ko", "of", "role", "voice") if key in credit}


def _known(name: str, catalogue: Catalogue) -> Artist | None:
    """Find the one artist of a name, in either script or another spelling."""
    exact = catalogue.artist(artist_id(name)) if artist_id(name) else None
    if exact is not None and not _HANGUL.search(name):
        return exact
    folded = fold(name)
    named = [
        artist
        for artist in catalogue.artists.values()
        if any(other and fold(other) == folded for other in (artist.name_ko, *artist.aliases))
    ]
    return named[0] if len(named) == 1 else None


def _credited(credit: Mapping[str, object]) -> str:
    asides = [str(credit[key]) for key in ("name_ko", "of", "voice") if credit.get(key)]
    asides[:0] = [str(credit["role"])] if credit.get("role") not in {None, "vocal"} else []
    return f"{credit.get('name')} ({', '.join(asides)})" if asides else str(credit.get("name"))


def _usual(drama: Drama | None, credits_: Iterable[Mapping[str, object]], catalogue: Catalogue) -> dict[str, object]:
    """Tell what the songs of a drama are like, or else those of the singers."""
    kin = list(catalogue.songs_of(drama.songs)) if drama else []
    if not kin:
        singers = (catalogue.artist(artist_id(str(credit["name"]))) for credit in credits_)
        kin = [song for singer in singers if singer for song in catalogue.songs_of(singer.songs)]
    tempo: Tempo | str = _most((song.tempo for song in kin), 1, _LAST_RESORT["tempo"])[0]
    return {
        "genres": _most(_each(kin, "genres"), 1, _LAST_RESORT["genres"]),
        "moods": _most(_each(kin, "moods"), _USUAL_MOODS, _LAST_RESORT["moods"]),
        "tempo": tempo,
    }


def _each(songs: Iterable[Song], key: str) -> Iterable[str]:
    return (word for song in songs for word in getattr(song, key))


def _most(words: Iterable[str], most: int, otherwise: str) -> list[str]:
    return [word for word, _ in Counter(words).most_common(most)] or [otherwise]


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
