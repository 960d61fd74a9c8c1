"""Keys within a few edits of a word, found without comparing it to every key.

Words within d edits share most of their letter pairs (the q-gram lemma: Ukkonen 1992, Approximate
string-matching with q-grams): one edit removes at most two pairs and adds two. A key's pairs are hashed to
64 bits, so keys whose bits differ in more than 4d places (two more for a swap of neighbours) are not within
d edits. A second signature counts the letters in unary, up to four of each: one edit changes at most two of
its bits (the bag distance: Bartolini, Ciaccia and Patella 2002). Two vectorised passes leave few keys to
measure exactly, by the optimal string alignment distance (Damerau 1964) of RapidFuzz.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

LONGEST_KEY = 24
"""Letters of a key that are compared."""
MOST_MEASURED = 1000
"""Keys that are measured exactly: those that share most pairs, should more remain."""
_CLASSES, _MOST = 16, 4
"""Kinds of letters the second signature counts, and how many of each."""


class Nearness:
    """Sorted keys with their two signatures, shortest keys first."""

    def __init__(self, keys: Sequence[str]) -> None:
        by_length = sorted(range(len(keys)), key=lambda place: len(keys[place]))
        self._keys = [keys[place] for place in by_length]
        self._places = array("i", by_length)
        lengths = [len(key) for key in self._keys]
        self._from = [bisect_left(lengths, length) for length in range(LONGEST_KEY + 2)]
        self._pairs, self._bags = _signatures(self._keys)

    def find(self, key: str, edits: int) -> list[tuple[int, int]]:
        """Return the places of keys 1 to `edits` edits away, each with its distance."""
        key = key[:LONGEST_KEY]
        pairs, bags = _signature(key)
        low = self._from[max(len(key) - edits, 0)]
        high = self._from[min(len(key) + edits, LONGEST_KEY) + 1]
        differing = np.bitwise_count(self._pairs[low:high] ^ np.uint64(pairs))
        likely = np.flatnonzero(differing <= 4 * edits + (2 if edits == 1 else 0))
        differing = np.bitwise_count(self._bags[low:high][likely] ^ np.uint64(bags))
        likely = likely[differing <= 2 * edits]
        if len(likely) > MOST_MEASURED:
            differing = np.bitwise_count(self._pairs[low:high][likely] ^ np.uint64(pairs))
            likely = likely[np.argpartition(differing, MOST_MEASURED)[:MOST_MEASURED]]
        found = []
        for place in likely.tolist():
            distance = OSA.distance(key, self._keys[low + place], score_cutoff=edits)
            if 0 < distance <= edits:
                found.append((self._places[low + place], distance))
        return found


def _signature(key: str) -> tuple[int, int]:
    """Make the two signatures of one key, faster than many at once."""
    letters = key.encode("latin-1", "replace")
    pairs, before = 0, ord("^")
    for letter in (*letters, ord("^")):
        pairs |= 1 << (before * 37 + letter * 11 & 63)
        before = letter
    classes = [letter % _CLASSES for letter in letters]
    bags = sum((1 << min(classes.count(kind), _MOST)) - 1 << kind * _MOST for kind in set(classes))
    return pairs, bags


def _signatures(keys: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Hash the letter pairs of each key, its two ends included, and count its letters in unary."""
    if not keys:
        return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    letters = np.frombuffer(("^" + "^".join(keys) + "^").encode("latin-1", "replace"), np.uint8).astype(np.int64)
    ends = np.flatnonzero(letters == ord("^"))
    hashed = (letters[:-1] * 37 + letters[1:] * 11) & 63
    pairs = np.bitwise_or.reduceat(np.uint64(1) << hashed.astype(np.uint64), ends[:-1])
    owners = np.repeat(np.arange(len(keys)), np.diff(ends))
    counted = letters[:-1] != ord("^")
    cells = (owners * _CLASSES + letters[:-1] % _CLASSES)[counted]
    counts = np.minimum(np.bincount(cells, minlength=len(keys) * _CLASSES), _MOST).reshape(-1, _CLASSES)
    unary = ((1 << counts) - 1).astype(np.uint64)
    bags = np.bitwise_or.reduce(unary << (np.arange(_CLASSES, dtype=np.uint64) * np.uint64(_MOST)), axis=1)
    return pairs, bags
