"""From the tables of a drama's or collection's file to the catalogue's songs, dramas and collections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.catalogue.artists import artist_id
from bot.catalogue.checks import (
    Check,
    RefusedError,
    Row,
    choice,
    emoji,
    exactly,
    identifier,
    many,
    refused,
    released,
    remembered,
    step,
    text,
    url,
    whole,
    word,
)
from bot.catalogue.model import (
    ArtistId,
    Collection,
    CollectionEntry,
    CollectionId,
    Credit,
    Drama,
    DramaId,
    Role,
    Song,
    SongId,
    Tempo,
    Vocabulary,
    Voice,
    Word,
)

TITLE: Final = text(100)
LABEL: Final = text(40)
NOTE: Final = text(140)
PHRASE: Final = text(120)
BLURB: Final = text(300)
TITLES: Final = many(TITLE)
SOURCES: Final = many(url, least=1)
FORMERLY: Final = many(identifier)
PART: Final = whole(1, 99)
YEAR: Final = whole(1950, 2100)
ROLE: Final[Check[Role]] = choice(get_args(Role), "a role")
VOICE: Final[Check[Voice]] = choice(get_args(Voice), "a voice")
TEMPO: Final[Check[Tempo]] = choice(get_args(Tempo), "a tempo")
CHECKED: Final[Check[Literal["source", "two-sources"]]] = choice(("source", "two-sources"), '"source" or "two-sources"')


def _artist_name(value: object) -> str:
    name = TITLE.read(value)
    if not artist_id(name):
        raise refused(value, "a name in Latin letters (Hangul goes into name_ko)")
    return name


ARTIST_NAME: Final = Check("an artist's name in Latin letters", _artist_name)


def _credit(value: object) -> Credit:
    row = Row(value, "an artist")
    name = row.need("name", ARTIST_NAME)
    credit = Credit(
        artist=artist_id(name) if name else ArtistId(""),
        name=name,
        name_ko=row.take("name_ko", TITLE),
        of=row.take("of", TITLE),
        role=row.need("role", ROLE),
        voice=row.take("voice", VOICE),
    )
    row.close()
    return credit


CREDITS: Final = many(Check("an artist", _credit), least=1, most=20, name="name")


@dataclass(frozen=True, slots=True)
class Words:
    """The checks of one loading: those that depend on the vocabulary, and those whose values come again and again."""

    moods: Check[tuple[str, ...]]
    themes: Check[tuple[str, ...]]
    genres: Check[tuple[str, ...]]
    drama_genres: Check[tuple[str, ...]]
    title: Check[str]
    titles: Check[tuple[str, ...]]
    phrase: Check[str]
    artists: Check[tuple[Credit, ...]]
    sources: Check[tuple[str, ...]]
    released: Check[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary | None) -> Words:
        """Return the checks for this vocabulary; where it could not be read, any word will do."""

        def words(family: Mapping[str, Word] | None, noun: str, least: int, most: int) -> Check[tuple[str, ...]]:
            read = many(LABEL) if family is None else many(word(spellings(family), noun), least, most)
            return remembered(read)

        of = vocabulary
        return cls(
            moods=words(of and of.moods, "a mood", 1, 3),
            themes=words(of and of.themes, "a theme", 0, 3),
            genres=words(of and of.genres, "a genre", 1, 3),
            drama_genres=words(of and of.drama_genres, "a drama genre", 0, 6),
            title=remembered(TITLE),
            titles=remembered(TITLES),
            phrase=remembered(PHRASE),
            artists=remembered(CREDITS),
            sources=remembered(SOURCES),
            released=remembered(released),
        )


def spellings(words: Mapping[str, Word]) -> dict[str, str]:
    """Return all ways to say these words, each with the word's id."""
    said = {name: right for right, word in words.items() for name in (*word.aliases, word.label_ko, word.label)}
    return said | {right: right for right in words}


def read_song(value: object, drama: DramaId, words: Words) -> Song:
    """Read one song's table, whether it comes from a file or from the songs added while running."""
    row = Row(value, "a song")
    song = Song(
        id=SongId(row.need("id", identifier)),
        drama=drama,
        title=row.need("title", words.title),
        title_ko=row.take("title_ko", words.title),
        romanized=row.take("romanized", words.title),
        gloss=row.take("gloss", words.title),
        aliases=row.take("aliases", words.titles, ()),
        artists=row.need("artists", words.artists),
        part=row.take("part", PART),
        released=row.take("released", words.released),
        genres=row.need("genres", words.genres),
        moods=row.need("moods", words.moods),
        themes=row.take("themes", words.themes, ()),
        tempo=row.need("tempo", TEMPO),
        role=row.take("role", words.phrase),
        role_ko=row.take("role_ko", words.phrase),
        scene=row.take("scene", words.phrase),
        scene_ko=row.take("scene_ko", words.phrase),
        sources=row.need("sources", words.sources),
        checked=row.need("checked", CHECKED),
        formerly=tuple(map(SongId, row.take("formerly", FORMERLY, ()) or ())),
    )
    row.close()
    return song


def read_drama(value: object, stem: str, songs: tuple[SongId, ...], words: Words) -> Drama:
    """Read a drama's own table; `stem` is the file's name, which the id repeats."""
    row = Row(value, "a drama")
    drama = Drama(
        id=DramaId(row.need("id", own_id(stem))),
        title=row.need("title", words.title),
        alt_titles=row.take("alt_titles", words.titles, ()),
        title_ko=row.need("title_ko", words.title),
        romanized=row.take("romanized", words.title),
        aliases=row.take("aliases", words.titles, ()),
        year=row.need("year", YEAR),
        network=row.take("network", LABEL),
        genres=row.take("genres", words.drama_genres, ()),
        sources=row.need("sources", words.sources),
        formerly=tuple(map(DramaId, row.take("formerly", FORMERLY, ()) or ())),
        songs=songs,
    )
    row.close()
    return drama


def own_id(stem: str) -> Check[str]:
    """Check for an id that is kebab-case and repeats its file's name."""
    same = exactly(stem, "the file's name")

    def read(value: object) -> str:
        return same.read(identifier.read(value))

    return Check(same.expected, read)


def _entry(value: object) -> CollectionEntry:
    row = Row(value, "a collection's song")
    entry = CollectionEntry(
        song=SongId(row.need("id", identifier)),
        note=row.take("note", NOTE),
        note_ko=row.take("note_ko", NOTE),
    )
    row.close()
    return entry


ENTRIES: Final = many(Check("a collection's song", _entry), least=1, name="id")


def read_collection(value: object, stem: str) -> Collection:
    """Read a collection's file; whether its songs exist is checked when all files are read."""
    row = Row(value, "a collection")
    collection = Collection(
        id=CollectionId(row.need("id", own_id(stem))),
        title=row.need("title", TITLE),
        title_ko=row.need("title_ko", TITLE),
        emoji=row.need("emoji", emoji),
        blurb=row.need("blurb", BLURB),
        blurb_ko=row.need("blurb_ko", BLURB),
        sources=row.take("sources", many(url), ()),
        formerly=tuple(map(CollectionId, row.take("formerly", FORMERLY, ()) or ())),
        entries=row.need("songs", ENTRIES),
    )
    row.close()
    return collection


def read_artists(value: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Read what songs do not say of artists: their other spellings, by name."""
    aliases: dict[str, tuple[str, ...]] = {}
    faults = []
    for name, table in value.items():
        try:
            row = Row(table, "an artist")
            aliases[name] = row.need("aliases", many(TITLE, least=1))
            row.close()
        except RefusedError as error:
            faults += (fault.under(step(name)) for fault in error.faults)
    if faults:
        raise RefusedError(*faults)
    return aliases
