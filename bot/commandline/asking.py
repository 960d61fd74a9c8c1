"""Asks the catalogue from a terminal: is it right, what is in it, what to hear next."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.catalogue import (
    DATA,
    ArtistId,
    Catalogue,
    CatalogueError,
    DramaId,
    PublishedList,
    SongId,
    load,
    parse_lists_jsonl,
)
from bot.catalogue.mistakes import nearest
from bot.catalogue.search import SearchIndex
from bot.commandline.arguments import SEARCH_LIMIT
from bot.commandline.batch import Answered, answer_lines, like_question, search_question, songs_json
from bot.commandline.exits import FAILED, MISUSED, OK
from bot.commandline.reasons import reason_line
from bot.recommend import (
    Era,
    FromArtist,
    FromCollection,
    FromDrama,
    Listener,
    Pick,
    Recommender,
    Request,
    Source,
)


class WishError(Exception):
    """A wish that names nothing the catalogue has; the message says what comes nearest."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What `recommend` was asked for, as it was typed."""

    like: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    source: str | None = None
    voices: str | None = None
    era: tuple[int | None, int | None] | None = None
    """First and last year, both included; None leaves an end open."""
    count: int = 3


def check(data: Path | None, *, as_json: bool) -> int:
    """Print how much the catalogue has, or every mistake in it; returns the exit code."""
    try:
        catalogue = load(data or DATA)
    except CatalogueError as error:
        if as_json:
            mistakes = [{**asdict(mistake), "sentence": str(mistake)} for mistake in error.mistakes]
            print(json.dumps({"mistakes": mistakes}, ensure_ascii=False))
        else:
            print(error)
            count = len(error.mistakes)
            print(f"{count} {'mistake' if count == 1 else 'mistakes'}.")
        return FAILED
    counts = {
        "dramas": len(catalogue.dramas),
        "songs": len(catalogue.songs),
        "artists": len(catalogue.artists),
        "collections": len(catalogue.collections),
        "lists": len(catalogue.lists),
    }
    if as_json:
        print(json.dumps({**counts, "mistakes": []}))
    else:
        print("No mistakes: " + ", ".join(f"{count:,} {things}" for things, count in counts.items()) + ".")
    return OK


def search(words: list[str], limit: int | None, data: Path | None, *, as_json: bool, batch: bool) -> int:
    """Find songs by what is remembered of them; returns the exit code."""
    try:
        catalogue = load(data or DATA)
    except CatalogueError as error:
        return _broken(error)

    index = SearchIndex(catalogue)

    def find(query: str, most: int) -> list[Answered]:
        hits = index.find(query, min(most, len(catalogue.songs)))
        return [Answered(hit.id, hit.why or ("merely the nearest" if hit.near else None)) for hit in hits]

    def answer(line: str) -> list[Answered]:
        question = search_question(line)
        return find(question.query, question.limit)

    if batch:
        return OK if answer_lines(answer) else FAILED
    found = find(" ".join(words), limit or SEARCH_LIMIT)
    print(songs_json(found)) if as_json else _print_songs(found, catalogue)
    return OK


def recommend(wishes: Wishes, data: Path | None, lists: Path | None, *, as_json: bool, batch: bool) -> int:
    """Pick songs to hear next and say why; returns the exit code."""
    try:
        catalogue = load(data or DATA)
        published = _read_lists(lists, catalogue) if lists else None
    except CatalogueError as error:
        return _broken(error)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        print(f"{lists} cannot be read: {reason}", file=sys.stderr)
        return MISUSED

    recommender = Recommender(catalogue, published)

    def explained(picks: Iterable[Pick]) -> list[Answered]:
        return [Answered(pick.song, reason_line(pick.reason, catalogue)) for pick in picks]

    def answer(line: str) -> list[Answered]:
        question = like_question(line)
        return explained(recommender.rank(question.like, min(question.limit, len(catalogue.songs))))

    if batch:
        return OK if answer_lines(answer) else FAILED
    try:
        request = _request(wishes, catalogue)
    except WishError as error:
        print(error, file=sys.stderr)
        return MISUSED
    answered = recommender.recommend(request, Listener(user=0))
    picked = explained(answered.picks)
    print(songs_json(picked)) if as_json else _print_songs(picked, catalogue)
    if answered.unmet:
        unmet = answered.unmet
        drop = " and ".join((unmet.drop, *unmet.also)) if unmet.drop else None
        advice = f"; without the wish for {drop}, {unmet.gives} would" if drop else ""
        print(f"{len(picked)} of {wishes.count} songs fit{advice}.", file=sys.stderr)
    return OK


def _request(wishes: Wishes, catalogue: Catalogue) -> Request:
    """Look up every name in the catalogue; raises WishError for one that it does not have."""
    vocabulary = catalogue.vocabulary
    songs, dramas, artists = _liked(wishes.like, catalogue)
    for mood in wishes.moods:
        if mood not in vocabulary.listener_moods:
            raise _unknown(mood, "a mood", vocabulary.listener_moods, tell_all=True)
    if wishes.voices is not None and wishes.voices not in vocabulary.voicings:
        raise _unknown(wishes.voices, "a voicing", vocabulary.voicings, tell_all=True)
    return Request(
        like=songs,
        like_dramas=dramas,
        like_artists=artists,
        moods=wishes.moods,
        source=_source(wishes.source, catalogue) if wishes.source is not None else None,
        era=Era(*wishes.era) if wishes.era else None,
        voicing=wishes.voices,
        count=wishes.count,
    )


def _liked(
    ids: Iterable[str], catalogue: Catalogue
) -> tuple[tuple[SongId, ...], tuple[DramaId, ...], tuple[ArtistId, ...]]:
    songs: list[SongId] = []
    dramas: list[DramaId] = []
    artists: list[ArtistId] = []
    for id in ids:
        if song := catalogue.song(id):
            songs.append(song.id)
        elif drama := catalogue.drama(id):
            dramas.append(drama.id)
        elif artist := catalogue.artist(id):
            artists.append(artist.id)
        else:
            known = (*catalogue.songs, *catalogue.dramas, *catalogue.artists)
            raise _unknown(id, "the id of a song, drama or artist", known)
    return tuple(songs), tuple(dramas), tuple(artists)


def _source(id: str, catalogue: Catalogue) -> Source:
    if drama := catalogue.drama(id):
        return FromDrama(drama.id)
    if artist := catalogue.artist(id):
        return FromArtist(artist.id)
    if collection := catalogue.collection(id):
        return FromCollection(collection.id)
    known = (*catalogue.dramas, *catalogue.artists, *catalogue.collections)
    raise _unknown(id, "the id of a drama, artist or collection", known)


def _unknown(word: str, meaning: str, known: Iterable[str], *, tell_all: bool = False) -> WishError:
    options = list(known)
    meant = nearest(word, options)
    hint = f'; did you mean "{meant}"?' if meant else "; `search` finds ids" if not tell_all else ""
    choice = f" Choose from: {', '.join(options)}." if tell_all else ""
    return WishError(f'"{word}" is not {meaning}{hint or "."}{choice}')


def _read_lists(file: Path, catalogue: Catalogue) -> tuple[PublishedList, ...]:
    return parse_lists_jsonl(file.read_text("utf-8-sig"), catalogue.songs.keys(), file.name)


def _broken(error: CatalogueError) -> int:
    print(error, file=sys.stderr)
    return FAILED


def _print_songs(songs: Iterable[Answered], catalogue: Catalogue) -> None:
    for answered in songs:
        song = catalogue.songs[SongId(answered.id)]
        drama = catalogue.drama_of(song)
        singers = ", ".join(credit.name for credit in song.artists)
        print(f"{song.title} — {singers} · {drama.title} ({drama.year})")
        print(f"    {song.id}" + (f" · {answered.why}" if answered.why else ""))
