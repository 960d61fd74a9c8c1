"""A catalogue small enough to reason about: nine dramas of four songs, and whatever a story adds."""

from bot.catalogue.model import (
    Artist,
    ArtistId,
    Catalogue,
    Collection,
    CollectionEntry,
    CollectionId,
    Credit,
    Drama,
    DramaId,
    ListedSong,
    ListenerMood,
    PublishedList,
    Role,
    Song,
    SongId,
    Tempo,
    Vocabulary,
    Voice,
    Word,
)

MOODS = ("yearning", "bubbly", "dark", "hopeful")
GENRES = ("ballad", "pop", "rock")
THEMES = ("fate", "youth", "parting")
TEMPOS: tuple[Tempo, ...] = ("ballad", "mid", "upbeat")
VOICES: tuple[Voice, ...] = ("female", "male")
SINGERS = 11


def credit(name: str, voice: Voice, role: Role = "vocal", of: str | None = None) -> Credit:
    return Credit(ArtistId(name.lower()), name, None, of, role, voice)


def song(name: str, drama: str, n: int) -> Song:
    singers = [credit(f"Singer{n % SINGERS}", VOICES[n % SINGERS % 2], of="Trio" if n % SINGERS < 2 else None)]
    if n % 6 == 0:
        singers.append(credit("Rapper", "male", "rap"))
    return Song(
        id=SongId(name),
        drama=DramaId(drama),
        title=name,
        artists=tuple(singers),
        sources=("https://example.org",),
        checked="source",
        tempo=TEMPOS[n % 3],
        genres=(GENRES[n % 3],),
        moods=(MOODS[n % 4],) if n % 5 else (MOODS[n % 4], MOODS[(n + 1) % 4]),
        themes=(THEMES[n % 2],),
    )


def published(called: str, *songs: str) -> PublishedList:
    lines = tuple(ListedSong(title=name, artist=None, drama=None, song=SongId(name)) for name in songs)
    return PublishedList(called, "https://example.org", 2020, "fan", "en", "all-time", False, lines)


def collection(name: str, *songs: str) -> Collection:
    entries = tuple(CollectionEntry(SongId(song)) for song in songs)
    return Collection(CollectionId(name), name, name, "", "", "", entries)


FAMOUS = ("d0-s0", "d1-s1", "d2-s2")
LISTS = (
    *(published(f"list-{n}", *FAMOUS, f"d3-s{n}") for n in range(4)),
    published("pair", "d5-s0", "d6-s1"),
)


def catalogue(
    dramas: int = 9,
    lists: tuple[PublishedList, ...] = LISTS,
    collections: tuple[Collection, ...] = (collection("rain", "d4-s1", "d7-s2"),),
    formerly: dict[str, str] | None = None,
) -> Catalogue:
    songs = [song(f"d{d}-s{s}", f"d{d}", 4 * d + s + d // 3) for d in range(dramas) for s in range(4)]
    singers: dict[ArtistId, list[SongId]] = {}
    for each in songs:
        for by in each.artists:
            singers.setdefault(by.artist, []).append(each.id)
    moods = {
        "walk": ListenerMood("walk", "A walk", "산책", tags={"mood:hopeful": 1.0, "tempo:mid": 0.5}),
        "storm": ListenerMood("storm", "A storm", "폭풍", tags={"mood:dark": 1.0, "mood:bubbly": -1.0}),
    }
    none: dict[str, Word] = {}
    return Catalogue(
        songs={each.id: each for each in songs},
        dramas={
            DramaId(f"d{d}"): Drama(
                DramaId(f"d{d}"),
                f"Drama {d}",
                "드라마",
                2010 + 2 * (d % 5),
                tuple(each.id for each in songs if each.drama == f"d{d}"),
                (),
                genres=("romance",) if d % 2 else ("thriller",),
            )
            for d in range(dramas)
        },
        artists={name: Artist(name, name, tuple(own)) for name, own in singers.items()},
        collections={each.id: each for each in collections},
        lists=lists,
        vocabulary=Vocabulary(none, none, none, none, none, none, none, none, moods),
        formerly=formerly or {},
    )
