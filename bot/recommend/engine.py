"""What to hear next: the one entrance to this floor.

A song's score is a sum of what speaks for it, each part grown from nothing as ln(1 + evidence): likeness to
the seeds (`taste`), lists and collections shared with them, what kindred people love (`people`), how liked it
is in general (`evidence.Appeal`) and the mood asked for, less its likeness to songs not wanted. Then dramas
and artists are mixed (`mixing`), and each pick gets the reason that moved it most (`explain`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from random import Random
from threading import Lock
from typing import Final

import numpy as np

from bot.catalogue.model import ArtistId, Catalogue, PublishedList, SongId
from bot.recommend.conditions import Allowed, allowed
from bot.recommend.evidence import (
    FINISH_A_LIST,
    Appeal,
    Crowd,
    Evidence,
    Kinship,
    Leaning,
    dislike,
    hear_next,
    mood_fit,
)
from bot.recommend.explain import RIVALS, Explainer
from bot.recommend.features import Features, Rows, Scores
from bot.recommend.mixing import Mixer, best_first
from bot.recommend.model import (
    MAX_PICKS,
    FromArtist,
    FromDrama,
    Listener,
    MarkEvent,
    MarkKind,
    Pick,
    Recommendation,
    Request,
)
from bot.recommend.newcomer import Company, Fame, first_picks
from bot.recommend.people import Marks, Told
from bot.recommend.published import shelves_of
from bot.recommend.taste import Seed

MOOD: Final = 2.0
"""Nats for the song that fits the mood asked for best."""

FAVOURITES: Final = 40
"""Favourites that make up a taste, at most: the newest."""

PICKED: Final = 0.1
"""What a song picked in a duel says of a taste, beside a favourite: it was the better of two, no more."""

PICKS: Final = 20
"""Songs picked in duels that lean a taste, at most: the newest."""

BESIDE: Final = 0.25
"""How much likeness to favourites counts where something else is asked to be like."""

PLACE: Final = 3.0
"""What the songs of a drama or artist asked for weigh together, one song asked for being 1."""

WHIM: Final = 0.1
"""Scale of chance in nats that parts near ties by person and question: Gumbel noise, the negated log of a wait."""

WHIM_OF_STRANGERS: Final = 0.5
"""The same for people of whom nothing is known: two newcomers get different songs."""

WHIM_OF_SURPRISE: Final = 1.0
"""The same where a surprise is asked for."""

TINY: Final = np.float32(1e-30)
"""Keeps the logarithm of a wait finite."""

FAMES: Final = 8
"""Servers for which the ranking of songs for newcomers is kept, at most."""

WELL_KNOWN_FOR: Final = 50
"""Marks for which the list of what most people know stands."""


class Recommender:
    """Recommends songs of one catalogue; a reloaded catalogue makes another."""

    def __init__(self, catalogue: Catalogue, lists: Sequence[PublishedList] | None = None) -> None:
        """Learn from the catalogue's lists and collections, or only from the lists given."""
        self.catalogue = catalogue
        self._features = Features.of(catalogue)
        self._shelves = shelves_of(catalogue, self._features, lists)
        self._mixer = Mixer.of(self._features)
        self._company = Company(self._features, self._shelves)
        self._crowd = Crowd(len(self._features.songs))
        self._heard = 0
        """Marks that were absorbed or forgotten."""
        self._fame: dict[int | None, tuple[tuple[Crowd, int], Fame]] = {}
        self._well_known: tuple[tuple[Crowd, int, int], tuple[SongId, ...]] | None = None
        self._writing = Lock()
        self._meanwhile: list[MarkEvent] | None = None

    def absorb(self, event: MarkEvent) -> None:
        """Let a mark count from now on; songs the catalogue does not know are passed over."""
        with self._writing:
            if self._meanwhile is not None:
                self._meanwhile.append(event)
            self._absorb(event)

    def _absorb(self, event: MarkEvent) -> None:
        song = self.catalogue.song(event.song)
        if song is not None:
            self._heard += 1
            self._crowd.absorb(event, self._features.row[song.id])

    def load(self, told: Iterable[tuple[MarkKind, Told]]) -> None:
        """Replace all marks by these; may run on another thread: marks absorbed meanwhile are kept."""
        with self._writing:
            self._meanwhile = []
        try:
            crowd = self._laid_out(told)
            with self._writing:
                self._crowd = crowd
                for event in self._meanwhile:
                    self._absorb(event)
        finally:
            self._meanwhile = None

    def _laid_out(self, told: Iterable[tuple[MarkKind, Told]]) -> Crowd:
        songs = len(self._features.songs)
        return Crowd(songs, {kind: Marks(songs, marks, self._row_of_each(marks.songs)) for kind, marks in told})

    def _row_of_each(self, ids: Iterable[str]) -> Rows:
        """Find the row of each song; -1 where the catalogue does not know it."""
        songs = (self.catalogue.song(named) for named in ids)
        return np.array([self._features.row[song.id] if song else -1 for song in songs], dtype=np.int32)

    def forget(self, user: int) -> None:
        """Take back all marks of one person."""
        with self._writing:
            self._heard += 1
            for marks in self._crowd.marks.values():
                marks.forget(user)

    def loved_by(self, user: int) -> frozenset[SongId]:
        """List what a person loves, in no order."""
        return frozenset(self._features.songs[row] for row in self._crowd.love.of_person(user))

    def well_known(self, count: int = 25) -> tuple[SongId, ...]:
        """List songs that most people know, at most one of a drama: for "tap what you love".

        Listed anew after so many marks that it may have changed.
        """
        key = self._crowd, self._heard // WELL_KNOWN_FOR, count
        if self._well_known is None or self._well_known[0] != key:
            self._well_known = key, self._list_well_known(count)
        return self._well_known[1]

    def _list_well_known(self, count: int) -> tuple[SongId, ...]:
        rows = np.arange(len(self._features.songs), dtype=np.int32)
        fame = Appeal.of(self._shelves, self._crowd, None, FINISH_A_LIST).total()
        return tuple(
            self._features.songs[row] for row in self._mixer.mix(best_first(rows, fame), count, a_drama=1, an_artist=2)
        )

    def most_liked_first(self, songs: Iterable[SongId]) -> tuple[SongId, ...]:
        """Order songs by how liked they are in general, by lists and by people."""
        fame = Appeal.of(self._shelves, self._crowd, None, FINISH_A_LIST).total()
        return tuple(self._features.songs[row] for row in sorted(self._rows(songs), key=lambda row: (-fame[row], row)))

    def fitting(self, request: Request, hidden: Iterable[ArtistId] = ()) -> tuple[SongId, ...]:
        """List all songs that meet a request, whoever asks, without those of hidden artists."""
        allowed_rows = np.flatnonzero(self._allowed(request, Listener(user=0, hidden=frozenset(hidden))).without())
        return tuple(self._features.songs[row] for row in allowed_rows)

    def rank(self, like: Sequence[SongId], limit: int = 50) -> list[Pick]:
        """Rank songs for somebody who likes these, best first, for the command line."""
        listener, request, crowd = Listener(user=0), Request(like=tuple(like)), self._crowd
        evidence = self._evidence(request, listener, crowd, FINISH_A_LIST)
        rows = np.flatnonzero(self._allowed(request, listener).without()).astype(np.int32)
        explainer = self._explainer(rows, evidence, listener, crowd)
        ranked = self._mixer.mix(best_first(rows, evidence.total), limit, given=self._rows(like))
        return _explained(ranked, explainer, request)

    def score(self, song: SongId, request: Request, listener: Listener) -> float:
        """Tell how much speaks for a song in all, in nats."""
        evidence = self._evidence(request, listener, self._crowd, _leaning(request, listener))
        return float(evidence.total[self._features.row[song]])

    def recommend(self, request: Request, listener: Listener) -> Recommendation:
        """Answer a question: one to five songs with reasons, and what stood in the way of more."""
        count, crowd = min(max(request.count, 1), MAX_PICKS), self._crowd
        if _is_bare(request) and not (self._asked(request) or self._tells_a_taste(listener)):
            picks = self._first_picks(request, listener, crowd, count)
            met = len(picks) == count
            return Recommendation(tuple(picks), None if met else self._allowed(request, listener).unmet(count))
        left = self._allowed(request, listener)
        rows = np.flatnonzero(left.without()).astype(np.int32)
        evidence = self._evidence(request, listener, crowd, _leaning(request, listener))
        explainer = self._explainer(rows, evidence, listener, crowd)
        scores = evidence.total + self._whim(request, listener, known=bool(evidence.kin))
        if request.surprise:
            scores = scores - 2 * evidence.appeal.total()
        picks = _explained(self._mixed(rows, scores, count, request), explainer, request)
        return Recommendation(tuple(picks), left.unmet(count) if len(picks) < count else None)

    def _tells_a_taste(self, listener: Listener) -> bool:
        return bool(self._rows((*(song for song, _ in listener.loved), *listener.picked)))

    def _first_picks(self, request: Request, listener: Listener, crowd: Crowd, count: int) -> list[Pick]:
        barred = set(self._rows((*listener.known, *listener.shown, *listener.dismissed)))
        for named in listener.hidden:
            artist = self.catalogue.artist(named)
            barred.update(self._rows(artist.songs if artist else ()))
        fame = self._fame_for(listener, crowd)
        return first_picks(fame, self._company, barred, count, Random(_chance(request, listener)))  # noqa: S311 - no secret

    def _fame_for(self, listener: Listener, crowd: Crowd) -> Fame:
        """Rank songs for somebody of whom nothing is known, or take what was found for the one before."""
        if listener.dismissed or listener.loved:
            return self._ranked(listener, crowd)
        guild = listener.guild if crowd.love.here(listener.guild) is not None else None
        moment, kept = (crowd, self._heard), self._fame.get(guild)
        if kept is None or kept[0] != moment:
            if len(self._fame) >= FAMES:
                self._fame.clear()
            kept = self._fame[guild] = moment, self._ranked(Listener(user=0, guild=guild), crowd)
        return kept[1]

    def _ranked(self, listener: Listener, crowd: Crowd) -> Fame:
        evidence = self._evidence(Request(), listener, crowd, _leaning(Request(), listener))
        everything = np.arange(len(self._features.songs), dtype=np.int32)
        return Fame.of(self._explainer(everything, evidence, listener, crowd), self._mixer)

    def _mixed(self, rows: Rows, scores: Scores, count: int, request: Request) -> list[int]:
        a_drama = None if isinstance(request.source, FromDrama) else 1 if count <= 3 else 2
        an_artist = None if isinstance(request.source, FromArtist | FromDrama) else 1
        picked = self._mixer.mix(best_first(rows, scores), count, a_drama=a_drama, an_artist=an_artist)
        for wider in (an_artist and 2, None):
            if len(picked) < count:
                rest = rows[~np.isin(rows, picked)]
                cap = None if a_drama is None else 2
                picked += self._mixer.mix(
                    best_first(rest, scores), count - len(picked), a_drama=cap, an_artist=wider, taken=picked
                )
        return picked

    def _explainer(self, rows: Rows, evidence: Evidence, listener: Listener, crowd: Crowd) -> Explainer:
        rivals = rows
        if len(rows) > RIVALS:
            rivals = rows[np.argpartition(-evidence.total[rows], RIVALS)[:RIVALS]]
        return Explainer(
            self.catalogue,
            self._features,
            self._shelves,
            crowd,
            evidence,
            listener,
            rivals,
            _relisted(listener),
            crowd.love.here(listener.guild),
        )

    def _allowed(self, request: Request, listener: Listener) -> Allowed:
        return allowed(request, listener, self.catalogue, self._features)

    def _evidence(self, request: Request, listener: Listener, crowd: Crowd, leaning: Leaning) -> Evidence:
        features = self._features
        asked = self._asked(request)
        seen = {seed.row for seed in asked}
        loved = self._rows(song for song, _ in listener.loved)
        favourites = [Seed(row, loved=True) for row in loved if row not in seen][:FAVOURITES]
        told = seen | set(loved) | set(self._rows(listener.dismissed))
        picked = [Seed(row, PICKED) for row in self._rows(listener.picked) if row not in told][:PICKS]
        groups = ((asked, 1.0), ([*favourites, *picked], BESIDE if asked else 1.0))
        moods = self.catalogue.vocabulary.listener_moods
        unwanted = self._rows(sorted(listener.dismissed))
        return Evidence.of(
            kin=tuple(
                Kinship.of(
                    features,
                    self._shelves,
                    crowd.love,
                    seeds,
                    user=listener.user,
                    factor=factor,
                    leaning=leaning,
                )
                for seeds, factor in groups
                if seeds
            ),
            appeal=Appeal.of(self._shelves, crowd, listener.guild, leaning),
            moods=tuple((mood, MOOD * mood_fit(features, moods[mood].tags)) for mood in request.moods if mood in moods),
            against=dislike(features, [row for row in unwanted if row not in loved]),
        )

    def _asked(self, request: Request) -> list[Seed]:
        seeds = [Seed(row) for row in self._rows(request.like)]
        for named in request.like_dramas:
            drama = self.catalogue.drama(named)
            songs = self._rows(drama.songs) if drama else []
            seeds += [Seed(row, PLACE / len(songs), ("drama", drama.id)) for row in songs if drama]
        for named in request.like_artists:
            artist = self.catalogue.artist(named)
            songs = self._rows(artist.songs) if artist else []
            seeds += [Seed(row, PLACE / len(songs), ("artist", artist.id)) for row in songs if artist]
        return seeds

    def _rows(self, ids: Iterable[str]) -> list[int]:
        return self._features.rows_of(ids, self.catalogue)

    def _whim(self, request: Request, listener: Listener, *, known: bool) -> Scores:
        scale = WHIM if known else WHIM_OF_STRANGERS
        scale = WHIM_OF_SURPRISE if request.surprise else scale
        waits = np.random.default_rng(_chance(request, listener)).standard_exponential(
            len(self._features.songs), np.float32
        )
        return -scale * np.log(waits + TINY)


def _explained(rows: Sequence[int], explainer: Explainer, request: Request) -> list[Pick]:
    songs, total = explainer.features.songs, explainer.evidence.total
    return [Pick(songs[row], explainer.reason(row, request), float(total[row])) for row in rows]


def _leaning(request: Request, listener: Listener) -> Leaning:
    asked = bool(request.like or request.like_dramas or request.like_artists)
    return hear_next(len(listener.loved), asked=asked)


def _relisted(listener: Listener) -> float:
    fewer = max(0, len(listener.loved) - 1)
    return hear_next(fewer, asked=False).lists / hear_next(fewer + 1, asked=False).lists


def _is_bare(request: Request) -> bool:
    conditions = (request.moods, request.source, request.era, request.voicing)
    return not any(conditions) and not request.surprise


def _chance(request: Request, listener: Listener) -> int:
    """Seed of a chance that is the same for the same person and question, on every machine."""
    question = hashlib.blake2b(f"{listener.user}/{_written(request)}".encode(), digest_size=8)
    return int.from_bytes(question.digest())


@lru_cache(1_000)
def _written(request: Request) -> str:
    return repr(request)
