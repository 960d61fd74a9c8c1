"""Who sings with whom: a song's voicings, derived from its credits."""

from __future__ import annotations

from typing import Final

from bot.catalogue.model import Song

FEMALE: Final = frozenset({"female", "female-group"})
MALE: Final = frozenset({"male", "male-group"})

VOICINGS: Final = (
    "female",
    "male",
    "female-duet",
    "male-duet",
    "mixed-duet",
    "female-vocal-male-rap",
    "male-vocal-female-rap",
    "male-vocal-male-rap",
    "female-vocal-female-rap",
    "girl-group",
    "boy-group",
    "mixed-group",
    "instrumental",
)
"""Every id that `voicings` can give; the vocabulary has a label for each."""

_GROUPS: Final = {"female-group": "girl-group", "male-group": "boy-group", "mixed-group": "mixed-group"}


def voicings(song: Song) -> frozenset[str]:
    """Return all voicings that fit; none where nobody's voice is known.

    A featured singer counts as a singer. "female" and "male" are songs of that voice alone, however many sing
    or rap. A duet is two people, singing or rapping; a rapper beside two singers leaves it one. More than two
    singers of both voices are a mixed group.
    """
    sung = [credit.voice for credit in song.artists if credit.role in ("vocal", "feature")]
    rapped = [credit.voice for credit in song.artists if credit.role == "rap"]
    if not sung and not rapped:
        return frozenset({"instrumental"})
    if all(voice == "none" for voice in sung + rapped):
        return frozenset({"instrumental"})
    together = _duet(sung) | _duet(sung + rapped)
    return frozenset(_alone(sung + rapped) | together | _rap(sung, rapped) | _group(sung, together))


def _alone(voices: list[str | None]) -> set[str]:
    heard = set(voices) - {"none"}
    return ({"female"} if heard <= FEMALE else set()) | ({"male"} if heard <= MALE else set())


def _duet(sung: list[str | None]) -> set[str]:
    match sorted(voice or "" for voice in sung):
        case ["female", "female"]:
            return {"female-duet"}
        case ["male", "male"]:
            return {"male-duet"}
        case ["female", "male"]:
            return {"mixed-duet"}
    return set()


def _rap(sung: list[str | None], rapped: list[str | None]) -> set[str]:
    sides = (("female", FEMALE), ("male", MALE))
    return {
        f"{singer}-vocal-{rapper}-rap"
        for singer, singers in sides
        for rapper, rappers in sides
        if not singers.isdisjoint(sung) and not rappers.isdisjoint(rapped)
    }


def _group(sung: list[str | None], together: set[str]) -> set[str]:
    crowd = not together and not FEMALE.isdisjoint(sung) and not MALE.isdisjoint(sung)
    return {_GROUPS[voice] for voice in sung if voice in _GROUPS} | ({"mixed-group"} if crowd else set())
