"""Choose the one line a pick is explained by: the evidence that moved it most and can be told honestly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from bot.catalogue.model import ArtistId, Catalogue, CollectionId, DramaId
from bot.recommend import reasons
from bot.recommend.evidence import Crowd, Evidence, Kinship, shelved_at, together_at
from bot.recommend.features import DESCRIPTIVE, FAMILIES, Features, Rows, Scores
from bot.recommend.model import FromArtist, FromCollection, FromDrama, FromFavourites, Listener, Request
from bot.recommend.published import Shelves
from bot.recommend.reasons import MIN_COUNT, Reason
from bot.recommend.taste import Seed, Taste

RIVALS: Final = 100
"""Best songs of a question that a pick is compared with: what they all have moves none of them."""

RELATIONS: Final = ("artist", "group", "drama", "year")
"""Families that are told by name, one by one."""

UNNAMED: Final = (*DESCRIPTIVE, "year", "show")
"""Families that make up the likeness to a whole drama or artist."""

Weighed = Sequence[tuple[float, int]]
"""Tag numbers with what each adds to a score, strongest first."""

MAX_TAGS: Final = 3
"""Tags named in one reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence for one song that can be named."""

    amount: float
    """What it adds to the song's score, in nats, less what such evidence adds to its rivals on average."""
    reason: Reason
    kin: Kinship | None = None
    seeds: Sequence[Seed] = ()
    """The seeds of that kinship which the reason names."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Knows the names behind the numbers of one question."""

    catalogue: Catalogue
    features: Features
    shelves: Shelves
    crowd: Crowd
    evidence: Evidence
    listener: Listener
    rivals: Rows
    relisted: float
    """By what the weight of being listed would grow with one favourite fewer."""
    here: Scores | None
    """People a song in the asker's server who love it."""
    usual: dict[int, Mapping[str, float]] = field(default_factory=dict)
    """What was worked out for the rivals, by kinship."""
    means: dict[int, float] = field(default_factory=dict)
    """The same by part of the evidence, which lives as long as this."""

    def reason(self, row: int, request: Request) -> Reason:
        """Name what moved this song most past its rivals; where nothing can be told, what was asked for."""
        if isinstance(request.source, FromFavourites):
            return reasons.YourFavourite()
        told = sorted(self.told(row), key=lambda piece: -piece.amount)
        moved = (piece.reason for piece in told if piece.amount > 0 and self.loses(row, piece) > 0)
        return next(moved, None) or self._asked(row, request)

    def loses(self, row: int, piece: Told) -> float:
        """Tell what a song's score would lose, in nats, had the seeds not been there that a reason names."""
        kin, gone = piece.kin, piece.seeds
        if kin is None:
            return piece.amount
        left = [seed for seed in kin.taste.seeds if seed not in gone]
        lost = kin.taste.gains(row, gone) + float(kin.shelved[row]) - shelved_at(self.shelves, left, row)
        if self.crowd.love.count.any():
            lost += float(kin.together[row]) - together_at(self.crowd.love, left, self.listener.user, row)
        relisted = (self.relisted - 1) * float(self.evidence.appeal.lists[row]) if gone[0].loved else 0.0
        return kin.factor * lost - relisted

    def told(self, row: int) -> Iterator[Told]:
        """Yield every piece of evidence in favour of a song that can be named."""
        for kin in self.evidence.kin:
            yield from self._likeness(row, kin)
            yield from self._shelf(row, kin)
            yield from self._together(row, kin)
        yield from self.popularity(row)
        for mood, scores in self.evidence.moods:
            tags = self._mood_tags(row, mood)
            if tags and scores[row] > 0:
                yield Told(float(scores[row] - scores.mean()), reasons.FitsMood(mood, tags))

    def _piece(
        self, scores: Scores, row: int, reason: Reason, kin: Kinship | None = None, seed: Seed | None = None
    ) -> Iterator[Told]:
        if scores[row] > 0:
            factor = kin.factor if kin else 1.0
            amount = factor * (float(scores[row]) - self._mean(scores))
            yield Told(amount, reason, kin, (seed,) if seed else ())

    def _mean(self, scores: Scores) -> float:
        """Average over the rivals what one part adds to a score."""
        if id(scores) not in self.means:
            self.means[id(scores)] = float(scores[self.rivals].mean())
        return self.means[id(scores)]

    def _likeness(self, row: int, kin: Kinship) -> Iterator[Told]:
        """Yield artist, group, drama and year one by one, and two or more tags of sound as one piece.

        One drama has one year: it is told as the drama. Where the seeds stand for a drama or an artist, years
        and kinds of drama belong to the likeness of sound.
        """
        features, taste, usual = self.features, kin.taste, self._usual(kin)
        mine = sorted(((float(taste.weights[tag]), tag) for tag in features.own[row]), reverse=True)
        sound = [(amount, tag) for amount, tag in mine if amount > 0 and self._tells(tag)]
        years = sum(amount for amount, tag in mine if features.family[tag] == "year") - usual["year"]
        for amount, tag in mine:
            family, _, word = features.tags[tag].partition(":")
            if amount > 0 and family in RELATIONS:
                seed = taste.speaker(tag)
                reason = self._relation(family, word, seed, sound)
                same = years if family == "drama" else 0.0
                if reason is not None and (family != "year" or features.drama[row] != features.drama[seed.row]):
                    yield Told(kin.factor * (amount - usual[family] + same), reason, kin, (seed,))
        if sound:
            seed = max(taste.seeds, key=lambda seed: seed.weight * _sum(self._shared(sound, seed)))
            shared = self._shared(sound, seed)
            families = DESCRIPTIVE if seed.origin is None else UNNAMED
            alike = shared if seed.origin is None else [(a, t) for a, t in mine if features.family[t] in UNNAMED]
            amount = _sum(alike) - sum(usual[family] for family in families)
            if len(self._names(shared)) > 1:
                named = [other for other in taste.seeds if other.origin == seed.origin]
                seeds = (seed,) if seed.origin is None else named
                yield Told(kin.factor * amount, self._sound(shared, seed), kin, seeds)

    def _usual(self, kin: Kinship) -> Mapping[str, float]:
        """Average over the rivals what each family of tags adds to a score."""
        if id(kin) not in self.usual:
            table = self.features.table[:, self.rivals]
            weights = np.append(kin.taste.weights, 0.0).take(table).ravel()
            families = self.features.family_number[table].ravel()
            sums = np.bincount(families, weights, len(FAMILIES)) / max(1, len(self.rivals))
            self.usual[id(kin)] = dict(zip(FAMILIES, sums.tolist(), strict=False))
        return self.usual[id(kin)]

    def _shared(self, sound: Weighed, seed: Seed) -> Weighed:
        own = self.features.own[seed.row]
        return [(amount, tag) for amount, tag in sound if tag in own]

    def _relation(self, family: str, word: str, seed: Seed, sound: Weighed) -> Reason | None:
        song = self.features.songs[seed.row]
        match family:
            case "artist" if seed.origin == ("artist", word):
                return reasons.LikeArtist(ArtistId(word), (), sings=True)
            case "artist":
                return reasons.SharedArtist(song, ArtistId(word), seed.loved)
            case "group":
                return reasons.SharedGroup(song, word, seed.loved)
            case "drama":
                return reasons.SharedDrama(song, DramaId(word), seed.loved)
            case "year" if abs(int(word) - int(self.features.year[seed.row])) <= 1:
                return reasons.SameYears(song, int(word), seed.loved, self._names(self._shared(sound, seed)))
        return None

    def _sound(self, sound: Weighed, seed: Seed) -> Reason:
        match seed.origin:
            case ("drama", named):
                return reasons.LikeDrama(DramaId(named), self._names(sound))
            case ("artist", named):
                return reasons.LikeArtist(ArtistId(named), self._names(sound), sings=False)
        return reasons.SoundsLike(self.features.songs[seed.row], self._names(sound), seed.loved)

    def _names(self, sound: Weighed) -> tuple[str, ...]:
        return told_once(self.features.tags[tag] for _, tag in sound)

    def _shelf(self, row: int, kin: Kinship) -> Iterator[Told]:
        if kin.shelved[row] <= 0:
            return
        shared = [
            (len(self.shelves.all[number].rows), number, seed)
            for seed in kin.taste.seeds
            for number in self.shelves.of[seed.row]
            if number in self.shelves.of[row]
        ]
        _, number, seed = min(shared, key=lambda found: found[:2])
        shelf, song = self.shelves.all[number], self.features.songs[seed.row]
        if shelf.editorial:
            reason = reasons.SharedCollection(song, CollectionId(shelf.id), seed.loved)
        else:
            reason = reasons.SharedList(song, shelf.id, seed.loved)
        yield from self._piece(kin.shelved, row, reason, kin, seed)

    def _together(self, row: int, kin: Kinship) -> Iterator[Told]:
        if kin.together[row] <= 0:
            return
        rows = [seed.row for seed in kin.taste.seeds]
        counts = self.crowd.love.both(row, rows, besides=self.listener.user)
        people, seed = max(zip(counts, kin.taste.seeds, strict=True), key=lambda pair: pair[0])
        if people >= MIN_COUNT:
            song = self.features.songs[seed.row]
            reason = reasons.LovedTogether(song, people, seed.loved)
            yield from self._piece(kin.together, row, reason, kin, seed)

    def popularity(self, row: int) -> Iterator[Told]:
        """Yield what can be told of how liked a song is in general."""
        love, appeal, here = self.crowd.love, self.evidence.appeal, self.here
        if here is not None and here[row] >= MIN_COUNT:
            yield from self._piece(appeal.here, row, reasons.LovedHere(int(here[row])))
        if love.count[row] >= MIN_COUNT:
            yield from self._piece(appeal.everywhere, row, reasons.LovedEverywhere(int(love.count[row])))
        if self.shelves.fame[row] >= MIN_COUNT:
            yield from self._piece(appeal.lists, row, reasons.Famous(int(self.shelves.fame[row])))

    def shared_sound(self, row: int, taste: Taste) -> tuple[str, ...]:
        """Name the tags of sound that a song shares with the seeds, strongest first."""
        mine = sorted(((float(taste.weights[tag]), tag) for tag in self.features.own[row]), reverse=True)
        return self._names([pair for pair in mine if pair[0] > 0 and self._tells(pair[1])])

    def _tells(self, tag: int) -> bool:
        return self.features.family[tag] in DESCRIPTIVE

    def _mood_tags(self, row: int, mood: str) -> tuple[str, ...]:
        tags = self.catalogue.vocabulary.listener_moods[mood].tags
        mine = {self.features.tags[tag] for tag in self.features.own[row]}
        fitting = sorted((tag for tag, weight in tags.items() if weight > 0 and tag in mine), key=lambda t: -tags[t])
        return told_once(fitting)

    def _asked(self, row: int, request: Request) -> Reason:
        match request.source:
            case FromDrama(drama):
                return reasons.InDrama(drama)
            case FromArtist(artist):
                return reasons.ByArtist(artist)
            case FromCollection(collection):
                return reasons.InCollection(collection)
        if request.voicing is not None:
            return reasons.FitsVoicing(request.voicing)
        if request.era is not None:
            return reasons.FitsEra(int(self.features.year[row]))
        return reasons.Discovery(self.sound_of(row))

    def sound_of(self, row: int) -> tuple[str, ...]:
        """Describe a song by its rarest tags."""
        tags = [(float(self.features.share[tag]), tag) for tag in self.features.own[row] if self._tells(tag)]
        return self._names(sorted(tags))


def told_once(tags: Iterable[str]) -> tuple[str, ...]:
    """Keep the first few tags, each word once (a ballad in tempo and genre is one) and one kind of voices."""
    kept: list[str] = []
    said: set[str] = set()
    for tag in tags:
        family, _, word = tag.partition(":")
        about = family if family == "voicing" else word
        if about not in said and len(kept) < MAX_TAGS:
            said.add(about)
            kept.append(tag)
    return tuple(kept)


def _sum(sound: Weighed) -> float:
    return sum(amount for amount, _ in sound)
