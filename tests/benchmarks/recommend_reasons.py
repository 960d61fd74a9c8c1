"""Picks with their reasons, as readers see them, to be read one by one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalogue.model import ArtistId, Catalogue, CollectionId, DramaId, SongId
from bot.locale.texts import texts_for
from bot.recommend import (
    Era,
    FromArtist,
    FromCollection,
    FromDrama,
    Listener,
    MarkEvent,
    Recommender,
    Request,
)
from bot.ui.reasons import reason_line
from tests.benchmarks.standing import standing

FIFTY = 50


def loving(user: int, *songs: str) -> Listener:
    """Somebody who loves these songs."""
    return Listener(user, loved=tuple((SongId(song), 0) for song in songs), guild=1)


QUESTIONS: tuple[tuple[str, Request, Listener], ...] = (
    ("nothing is known", Request(), Listener(11)),
    ("nothing is known", Request(), Listener(12)),
    ("loves Everytime", Request(count=5), loving(1, "descendants-of-the-sun-everytime")),
    (
        "loves Stay With Me, Grown Ups, Aloha",
        Request(count=5),
        loving(2, "goblin-stay-with-me", "my-mister-grown-ups", "hospital-playlist-aloha"),
    ),
    ("like Flower", Request(like=(SongId("crash-landing-on-you-flower"),)), Listener(3)),
    ("like We All Lie", Request(like=(SongId("sky-castle-we-all-lie"),)), Listener(3)),
    ("like Goblin", Request(like_dramas=(DramaId("goblin"),)), Listener(4)),
    ("like You're Beautiful", Request(like_dramas=(DramaId("youre-beautiful"),)), Listener(4)),
    ("like Gummy", Request(like_artists=(ArtistId("gummy"),)), Listener(4)),
    ("a rainy day", Request(moods=("rainy-day",)), Listener(5)),
    (
        "butterflies, loves Sudden Shower",
        Request(moods=("butterflies",)),
        loving(5, "lovely-runner-sudden-shower"),
    ),
    ("a female singer and a male rapper", Request(voicing="female-vocal-male-rap"), Listener(6)),
    ("from Goblin", Request(source=FromDrama(DramaId("goblin"))), Listener(6)),
    (
        "from First Snow, loves That Man",
        Request(source=FromCollection(CollectionId("first-snow"))),
        loving(6, "secret-garden-that-man"),
    ),
    ("of 2003 to 2009", Request(era=Era(2003, 2009)), Listener(8)),
    ("by IU", Request(source=FromArtist(ArtistId("iu"))), Listener(9)),
)
AMONG_PEOPLE: tuple[tuple[str, Request, Listener], ...] = (
    ("among people, loves My Destiny", Request(count=5), loving(21, "my-love-from-the-star-my-destiny")),
    ("among people, loves Almost Paradise", Request(count=5), loving(22, "boys-over-flowers-paradise")),
)


def run(catalogue: Catalogue) -> None:
    """Print fifty picks or a few more, first of an empty server, then of one where sixty people voted."""
    recommender = Recommender(catalogue)
    print(f"\n{FIFTY} reasons")
    lines = list(_lines(catalogue, recommender, QUESTIONS))
    recommender.load(standing(_votes(recommender)))
    lines += _lines(catalogue, recommender, AMONG_PEOPLE)
    for number, line in enumerate(lines, 1):
        print(f"{number:3} {line}")


def _lines(
    catalogue: Catalogue, recommender: Recommender, questions: tuple[tuple[str, Request, Listener], ...]
) -> Iterator[str]:
    texts = texts_for("en")
    for asked, request, listener in questions:
        for pick in recommender.recommend(request, listener).picks:
            yield f"[{asked}] {_named(catalogue, pick.song)}: {reason_line(pick.reason, catalogue, texts)}"


def _votes(recommender: Recommender) -> Iterator[MarkEvent]:
    """Yield the votes of sixty people in three circles, each fond of a third of the well-known songs."""
    known = recommender.well_known(60)
    for person in range(60):
        for n in range(8):
            yield MarkEvent(1_000 + person, known[(person % 3) * 20 + (person + 3 * n) % 20], 1)


def _named(catalogue: Catalogue, named: SongId) -> str:
    song = catalogue.songs[named]
    drama = catalogue.drama_of(song)
    singers = ", ".join(credit.name for credit in song.artists)
    return f"{song.title} ({singers}; {drama.title}, {drama.year})"
