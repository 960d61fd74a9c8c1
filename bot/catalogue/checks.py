"""Small checks from which the readers of tables are put together.

A check turns one raw value into the wanted type or refuses it; a `Row` asks a table for its keys and gathers
all that was refused, so that a reader of the message sees every mistake of a table at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Generic, TypeVar, cast, overload

from bot.catalogue.mistakes import Mistake, nearest

T = TypeVar("T")
N = TypeVar("N")

ID_LENGTH = 70
"""Characters of an id; it has to fit a button's custom_id beside the button's own name."""
SHOWN_LENGTH = 60
"""Characters of a wrong value that a message repeats."""

_KEBAB: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL: Final = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_DATE: Final = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories nobody can see in a text: control, format, surrogate, line and paragraph marks."""
MISSING: Final = object()
"""Stands for the value of a key that is not there."""


_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What one check refused, and where inside the value it was given."""

    path: str
    value: object
    expected: str
    nearest: str | None = None

    def under(self, path: str) -> Fault:
        """Return the same fault as seen from further out."""
        return Fault(path + self.path, self.value, self.expected, self.nearest)

    def told(self, file: str) -> Mistake:
        """Return the fault as a mistake in this file."""
        value = None if self.value is MISSING else shown(self.value)
        return Mistake(file, self.path.removeprefix("."), value, self.expected, self.nearest)


class RefusedError(Exception):
    """A value is not what was asked for."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(faults)


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """What a value must be: in words, and as the function that reads it or raises RefusedError."""

    expected: str
    read: Callable[[object], T]


def refused(value: object, expected: str, meant: str | None = None) -> RefusedError:
    """Make the refusal of a whole value."""
    return RefusedError(Fault("", value, expected, meant))


def shown(value: object) -> str:
    """Return a value as its writer would recognise it, cut to a readable length."""
    match value:
        case str():
            text = value if len(value) <= SHOWN_LENGTH else value[: SHOWN_LENGTH - 1] + "…"
            if not text.isprintable():
                text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
            return f'"{text}"'
        case bool():
            return str(value).lower()
        case date() | time():
            return value.isoformat()
        case Mapping():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case None:
            return "null"
        case _:
            return f"{value:.6g}" if isinstance(value, float) else str(value)[:SHOWN_LENGTH]


def text(limit: int, least: int = 1) -> Check[str]:
    """Check for one line of text of at most so many characters."""
    expected = f"text of {least} to {limit} characters"

    def read(value: object) -> str:
        if type(value) is not str or not least <= len(value) <= limit:
            raise refused(value, expected)
        if not value.isprintable() and any(unicodedata.category(c) in _UNSEEN for c in value):
            raise refused(value, "text without control characters")
        if value != value.strip():
            raise refused(value, "text without spaces at its ends", value.strip() or None)
        return value

    return Check(expected, read)


def _identifier(value: object) -> str:
    if type(value) is str and len(value) <= ID_LENGTH and _KEBAB.fullmatch(value):
        return value
    meant = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") if type(value) is str else ""
    raise refused(value, identifier.expected, meant[:ID_LENGTH].strip("-") or None)


identifier: Final = Check(f"an id: a-z, 0-9 and single hyphens, at most {ID_LENGTH} characters", _identifier)


def _url(value: object) -> str:
    if type(value) is str and _URL.fullmatch(value):
        return value
    raise refused(value, url.expected)


url: Final = Check("the address of a page (https://…)", _url)


def _released(value: object) -> str:
    if type(value) is str:
        if _YEAR.fullmatch(value):
            return value
        if _DATE.fullmatch(value):
            try:
                date.fromisoformat(value)
            except ValueError:
                raise refused(value, "a day of the calendar") from None
            return value
    meant = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None
    raise refused(value, released.expected, meant)


released: Final = Check('a date in quotes ("2016-12-03", or the year alone: "2016")', _released)


def whole(low: int, high: int) -> Check[int]:
    """Check for a whole number between two others, both allowed."""
    expected = f"a whole number from {low} to {high}"

    def read(value: object) -> int:
        if type(value) is int and low <= value <= high:
            return value
        raise refused(value, expected)

    return Check(expected, read)


def _weight(value: object) -> float:
    if type(value) in (int, float) and -1 <= cast(float, value) <= 1 and value != 0:
        return float(cast(float, value))
    raise refused(value, weight.expected)


weight: Final = Check("a weight from -1 to 1, other than 0", _weight)


def _flag(value: object) -> bool:
    if type(value) is bool:
        return value
    raise refused(value, flag.expected)


flag: Final = Check("true or false", _flag)


def _emoji(value: object) -> str:
    if type(value) is str and not value.isascii() and len(value) <= 16 and not any(map(str.isspace, value)):
        return value
    raise refused(value, emoji.expected)


emoji: Final = Check("one emoji", _emoji)


def choice(options: Iterable[T], noun: str) -> Check[T]:
    """Check for one of a few fixed words."""
    words = {str(option): option for option in options}
    return _named(words, {word: word for word in words}, noun)


def word(spellings: Mapping[str, str], noun: str) -> Check[str]:
    """Check for a word of the vocabulary; spellings are all ways to say one, each with the word itself."""
    return _named({right: right for right in spellings.values()}, spellings, noun)


def _named(words: Mapping[str, T], spellings: Mapping[str, str], noun: str) -> Check[T]:
    def read(value: object) -> T:
        if type(value) is str:
            found = words.get(value)
            if found is not None:
                return found
            raise refused(value, noun, nearest(value, spellings))
        raise refused(value, noun)

    return Check(noun, read)


def exactly(wanted: str, noun: str) -> Check[str]:
    """Check for one value and no other, such as an id that must repeat its file's name."""
    expected = f'{noun} "{wanted}"'

    def read(value: object) -> str:
        if value == wanted:
            return wanted
        raise refused(value, expected)

    return Check(expected, read)


def many(check: Check[T], least: int = 0, most: int | None = None, name: str | None = None) -> Check[tuple[T, ...]]:
    """Check for a list without repetitions; `name` is the key by which messages call its tables."""
    bounds = f"{least} or more" if most is None else f"{least} to {most}"
    expected = f"a list of {bounds}, each {check.expected}"

    def read(value: object) -> tuple[T, ...]:
        items = each(value, check.read, expected, least=least, most=most, name=name)
        for place, item in enumerate(items[1:], 1):
            if item in items[:place]:
                raw = cast(list[object], value)[place]
                raise RefusedError(Fault(spot(place, raw, name), raw, "named only once in the list"))
        return items

    return Check(expected, read)


def remembered(check: Check[T]) -> Check[T]:
    """Check for text, or a list of texts or of tables of texts, that reads equal ones once: they become one object."""
    known: dict[object, T] = {}

    def read(value: object) -> T:
        told: object = value
        try:
            if type(value) is list:
                told = tuple([item if type(item) is str else (dict, *item.items()) for item in value])
            found = known.get(told)
        except (AttributeError, TypeError):
            return check.read(value)
        if found is None:
            found = known[told] = check.read(value)
        return found

    return Check(check.expected, read)


def each(
    value: object,
    read: Callable[[object], T],
    expected: str,
    *,
    least: int = 0,
    most: int | None = None,
    name: str | None = None,
) -> tuple[T, ...]:
    """Read every item of a list, and refuse all the wrong ones together."""
    if type(value) is not list or len(value) < least or (most is not None and len(value) > most):
        raise refused(value, expected)
    items: list[T] = []
    faults: list[Fault] = []
    for place, raw in enumerate(value):
        try:
            items.append(read(raw))
        except RefusedError as error:
            faults += (fault.under(spot(place, raw, name)) for fault in error.faults)
    if faults:
        raise RefusedError(*faults)
    return tuple(items)


def step(key: str) -> str:
    """Return how a message points at a table's key, written as TOML writes it."""
    return f".{key}" if len(key) <= SHOWN_LENGTH and _BARE_KEY.fullmatch(key) else f".{shown(key)}"


def spot(place: int, raw: object, name: str | None) -> str:
    """Return how a message points at a list's item: by its place and, for a table, by its name."""
    called = raw.get(name) if name is not None and isinstance(raw, Mapping) else None
    return f"[{place}] {shown(called)}" if isinstance(called, str) else f"[{place}]"


def _tables(value: object) -> tuple[object, ...]:
    if type(value) is list and value:
        return tuple(value)
    raise refused(value, tables.expected)


tables: Final = Check("one or more tables, each under its [[…]]", _tables)


class Row:
    """A table that is being read: hands out its values and remembers what was refused."""

    __slots__ = ("_asked", "_faults", "_found", "_noun", "_table")

    def __init__(self, value: object, noun: str) -> None:
        if not isinstance(value, Mapping):
            raise refused(value, f"a table with the keys of {noun}")
        self._table: Mapping[str, object] = value
        self._noun = noun
        self._asked: list[str] = []
        self._found = 0
        self._faults: list[Fault] = []

    def need(self, key: str, check: Check[T]) -> T:
        """Return the value of a key that must be there; what is refused is told by `close`."""
        self._asked.append(key)
        value = self._table.get(key, MISSING)
        if value is MISSING:
            self._faults.append(Fault(f".{key}", MISSING, check.expected))
            return cast(T, None)
        return self._read(key, value, check)

    @overload
    def take(self, key: str, check: Check[T]) -> T | None: ...
    @overload
    def take(self, key: str, check: Check[T], default: N) -> T | N: ...
    def take(self, key: str, check: Check[T], default: N | None = None) -> T | N | None:
        """Return the value of a key that may be there, else the default."""
        self._asked.append(key)
        value = self._table.get(key, MISSING)
        return default if value is MISSING else self._read(key, value, check)

    def _read(self, key: str, value: object, check: Check[T]) -> T:
        self._found += 1
        try:
            return check.read(value)
        except RefusedError as error:
            self._faults += (fault.under(f".{key}") for fault in error.faults)
            return cast(T, None)

    def close(self, *, strict: bool = True) -> None:
        """Raise all that was refused; where it is strict, every key nobody asked for as well."""
        if strict and self._found != len(self._table):
            asked = dict.fromkeys(self._asked)
            expected = f"a key of {self._noun}"
            self._faults += (
                Fault(step(key), key, expected, nearest(key, asked.keys() - self._table.keys()))
                for key in self._table
                if key not in asked
            )
        if self._faults:
            raise RefusedError(*self._faults)
