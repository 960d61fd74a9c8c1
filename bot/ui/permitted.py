"""What a guild lets people write: by whom, and without which words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import discord

from bot.errors import Refusal
from bot.store import GuildSettings
from bot.ui.usertext import clean, in_line

_PASSES = 5
"""Folding what folding left: compatibility characters may come apart into marks and spaces."""
_SPREAD, _SPREAD_LATIN = 2, 3
"""Fewest letters of a word that is also looked for with its letters spread apart."""
_APART, _DOTTED = r"[\W_]+", r"[^\w\s]+"
"""What may stand between such letters: anything but letters; anything but letters and spaces."""
_LATIN = re.compile(r"[a-z0-9à-ɏ]")


def may_write(interaction: discord.Interaction, chosen: GuildSettings) -> None:
    """Raise Refusal where the guild does not let this person comment."""
    match chosen.commenters:
        case "everyone":
            return
        case "nobody":
            raise Refusal("comments.closed")
        case role:
            user = interaction.user
            if not isinstance(user, discord.Member) or user.get_role(role) is None:
                raise Refusal("comments.role-only", role=f"<@&{role}>")


def without_blocked(text: str, chosen: GuildSettings) -> None:
    """Raise Refusal naming the word where a text holds one the guild has blocked."""
    found = blocked_word(text, chosen.blocked_words)
    if found is not None:
        raise Refusal("comments.blocked-word", word=in_line(found))


def folded(text: str) -> str:
    """Return a text as blocked words are kept and compared: one case, one width, single spaces, nothing unseen."""
    for _ in range(_PASSES):
        before, text = text, " ".join(clean(unicodedata.normalize("NFKC", clean(text)).casefold()).split())
        if text == before:
            break
    return text


def blocked_word(text: str, words: Iterable[str]) -> str | None:
    """Return the first blocked word in a text.

    Words in Latin letters count only whole ("ass" is not in "class"); in other scripts, Korean with its
    endings above all, wherever they stand. Letters spread apart ("s p o i l e r", "스.포") count too; spread by
    spaces alone, in any script, only as a whole word: "몇 시 발표" holds no "시발".
    """
    said = folded(text)
    return next((word for word in words if any(pattern.search(said) for pattern in _patterns(word))), None)


@lru_cache(maxsize=4_096)
def _patterns(word: str) -> tuple[re.Pattern[str], ...]:
    before = rf"(?<!{_LATIN.pattern})" if _LATIN.match(word[:1]) else ""
    after = rf"(?!{_LATIN.pattern})" if _LATIN.match(word[-1:]) else ""
    patterns = [f"{before}{re.escape(word)}{after}"]
    letters = [character for character in word if character.isalnum()]
    if len(letters) >= (_SPREAD_LATIN if _LATIN.match(word) else _SPREAD):
        patterns.append(rf"(?<![^\W_]){_APART.join(letters)}(?![^\W_])")
        patterns.append(f"{before}{_DOTTED.join(letters)}{after}")
    return tuple(map(re.compile, patterns))
