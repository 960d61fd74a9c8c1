"""The demo's cast: who is there, who says which line, what they have loved already."""

from __future__ import annotations

from dataclasses import dataclass

SERVER = "K-drama Club"
CHANNEL = "soundtracks"
MEMBERS = ("Sora", "Leo", "Yuna", "Ade", "Bruna")
"""Members one cannot be: they are why the counts are alive."""

LOVED: dict[str, tuple[str, ...]] = {
    "goblin-stay-with-me": ("Joon", "Hana", "Sora", "Leo", "Yuna"),
    "goblin-i-will-go-to-you-like-the-first-snow": ("Joon", "Ade", "Yuna"),
    "goblin-beautiful": ("Hana", "Bruna"),
    "crash-landing-on-you-flower": ("Sora", "Bruna", "Ade"),
    "crash-landing-on-you-give-you-my-heart": ("Hana", "Leo"),
    "hotel-del-luna-remember-me": ("Joon", "Sora"),
    "hotel-del-luna-can-you-see-my-heart": ("Hana", "Yuna", "Ade", "Bruna"),
    "its-okay-thats-love-best-luck": ("Joon",),
}
"""Song ids and the members who pressed the heart; ids that the catalogue no longer has are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A comment of the demo, its words by their key, and the members who like it."""

    song: str
    member: str
    key: str
    liked_by: tuple[str, ...] = ()
    spoiler: bool = False
    episode: int | None = None


COMMENTS = (
    Line(
        "goblin-stay-with-me",
        "Joon",
        "demo.said.stay-with-me",
        liked_by=("Hana", "Sora", "Yuna"),
    ),
    Line(
        "goblin-stay-with-me",
        "Leo",
        "demo.said.stay-with-me-spoiler",
        liked_by=("Joon",),
        spoiler=True,
        episode=7,
    ),
    Line(
        "crash-landing-on-you-flower",
        "Bruna",
        "demo.said.flower",
        liked_by=("Ade",),
    ),
    Line(
        "hotel-del-luna-can-you-see-my-heart",
        "Hana",
        "demo.said.see-my-heart",
        liked_by=("Yuna", "Ade"),
    ),
)
