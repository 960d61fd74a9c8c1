"""Random interactions of every kind: what commands, menus, modals and choices carry, near the truth and far from it."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from tests.flow.payloads import AUTOCOMPLETE, COMMAND, ELSEWHERE, HOME, MODAL, Person, aged, command_data, modal_data
from tests.flow.raw import Heard, Raw

# fmt: off
ODD = (
    "", " ", "0", "-1", "1" * 31, "-" + "9" * 25, "9" * 19, "1e9", "NaN", "٣", "None", "true", "\x00", "\ud800",
    "\udfff\ud800", "\u202e\u2066", "\u3164", "Z" + "\u0334" * 300, "%s%n", "{song}", "{0.__class__}", "../../.env",
    "'; DROP TABLE marks; --", "@everyone", "<@&1>", "```", "||", "||x", "[a](https://b.c)", "-# #", ":", "::::",
    "😀" * 200, "가" * 500, "x" * 6_000, "\n" * 400, "1999-", "-2010", "2016~2010", "9999", "ehRoql", "ㄷㄲㅂ",
)
# fmt: on
"""Texts that have broken something somewhere."""
_WORDS = ("all", "drama", "artist", "song", "collections", "here", "everywhere", "month", "on", "off", "catalogue")
LOCALES = ("en-US", "ko", "ko", "ja", "xx", "")
STRANGE_GUILD = 9_000
"""A server the bot is not a member of: the person installed it."""
FIELDS = ("text", "episode", "mood", "voices", "era", "song", "drama", "title", "why", "words", "reason", "x")
"""Names that modals' fields have, and one that none has."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Something that answers payloads, and how to make one for it and feed it."""

    name: str
    feed: Callable[[], Heard | None]


class Chance:
    """Makes payloads by chance, from one seed."""

    def __init__(self, raw: Raw, seed: int) -> None:
        self._raw = raw
        self._random = random.Random(seed)
        catalogue = raw.bot.library.catalogue
        self._ids = [
            *self._random.sample(sorted(catalogue.songs), 40),
            *self._random.sample(sorted(catalogue.dramas), 20),
            *self._random.sample(sorted(catalogue.artists), 20),
            *catalogue.collections,
            *catalogue.vocabulary.listener_moods,
            *catalogue.vocabulary.voicings,
        ]
        self._people = [raw.reader, raw.other, raw.young, raw.boss, raw.manager]
        self._messages = [raw.fresh() for _ in range(5)]

    def handlers(self) -> list[Handler]:
        """Return every handler there is: commands, their choices, verbs, and the raw events of reactions."""
        return [*self._commands(), *self._verbs(), *map(self._reaction, _REACTIONS)]

    def _commands(self) -> Iterator[Handler]:
        for of in (None, HOME):
            place = discord.Object(of) if of else None
            for command in self._raw.bot.tree.walk_commands(guild=place):
                if isinstance(command, app_commands.Command):
                    yield Handler(f"/{command.qualified_name}", lambda c=command, of=of: self._use(c, of))
                    for option in command.parameters:
                        if option.autocomplete:
                            name = f"/{command.qualified_name} {option.name}…"
                            yield Handler(name, lambda c=command, of=of, o=option.name: self._use(c, of, typing=o))
        for kind in (discord.AppCommandType.user, discord.AppCommandType.message):
            for menu in self._raw.bot.tree.walk_commands(type=kind):
                yield Handler(f"menu {menu.name}", lambda n=str(menu.name), k=kind.value: self._use_menu(n, k))

    def _verbs(self) -> Iterator[Handler]:
        known = self._raw.bot.routes._handlers
        for verb, handler in known.items():
            count = len(inspect.signature(handler).parameters) - 1
            yield Handler(verb, lambda v=verb, n=count: self._component(v, n))
        yield Handler("(no verb)", lambda: self._component(self.text(), self._random.randrange(4)))

    def text(self) -> str:
        """Return a text: an id, a mistyped one, a number, something odd, or any characters at all."""
        chance = self._random
        match chance.randrange(8):
            case 0 | 1 | 2:
                return chance.choice(self._ids)
            case 3:
                return str(chance.choice((chance.randrange(30), self._raw.reader.id, self._raw.fresh(), HOME)))
            case 4:
                id = list(chance.choice(self._ids))
                id[chance.randrange(len(id))] = chr(chance.randrange(0x3000))
                return "".join(id)
            case 5:
                return chance.choice(_WORDS)
            case 6:
                return chance.choice(ODD)
            case _:
                return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(60)))

    def _who(self, operator: float = 0.03) -> Person:
        if self._random.random() < operator:
            return self._raw.operator
        if self._random.random() < 0.4:
            return Person(aged(self._random.randrange(900), self._random.randrange(1_000)), "somebody")
        return self._random.choice(self._people)

    def _around(self) -> dict[str, Any]:
        """Choose where it happens, and in which language."""
        guild = self._random.choice((HOME, HOME, HOME, ELSEWHERE, STRANGE_GUILD, None))
        around: dict[str, Any] = {"guild": guild, "locale": self._random.choice(LOCALES)}
        if guild in {STRANGE_GUILD, None}:
            around["authorizing_integration_owners"] = {"1": "5"}
        return around

    def _value(self, kind: int) -> Any:
        chance = self._random
        match kind:
            case 4:
                return chance.choice((0, 1, 3, 5, -1, 10**30, -(2**63), chance.randrange(100)))
            case 5:
                return chance.random() < 0.5
            case 6 | 7 | 8 | 9 | 11:
                return str(chance.choice((self._raw.reader.id, self._raw.other.id, HOME + 1, HOME, self._raw.fresh())))
            case 10:
                return chance.choice((0.0, -1.5, 1e308, float(chance.randrange(9))))
            case _:
                return self.text()

    def _use(self, command: app_commands.Command[Any, ..., Any], of: int | None, typing: str | None = None) -> Heard:
        chance = self._random
        given: list[dict[str, Any]] = []
        for option in command.parameters:
            if option.name != typing and chance.random() < (0.1 if option.required else 0.5):
                continue
            kind = option.type.value if chance.random() < 0.92 else chance.choice((3, 4, 5, 6, 10))
            given.append({"name": option.display_name, "type": kind, "value": self._value(kind)})
            if option.name == typing:
                given[-1] |= {"type": option.type.value, "value": self.text(), "focused": True}
        if chance.random() < 0.05:
            given.append({"name": "gone", "type": 3, "value": self.text()})
        data = command_data(command.qualified_name, {}, of=of)
        deepest = data
        while deepest["options"]:
            deepest = deepest["options"][0]
        deepest["options"] = given
        data["resolved"] = self._resolved(given)
        kind = AUTOCOMPLETE if typing else COMMAND
        return self._raw.feed(kind, data, self._who(operator=0.1 if of else 0.03), **self._around())

    def _resolved(self, given: list[dict[str, Any]]) -> dict[str, Any]:
        ids = [one["value"] for one in given if one["type"] == 6 and self._random.random() < 0.95]
        return {"users": {id: self._user(id) for id in ids}}

    def _user(self, id: str) -> dict[str, Any]:
        user = {"id": id, "username": "x", "discriminator": "0", "avatar": None, "bot": self._random.random() < 0.1}
        return user | {"global_name": self.text()[:32]}

    def _use_menu(self, name: str, kind: int) -> Heard:
        target = str(self._random.choice((self._raw.reader.id, self._raw.fresh(), self._messages[0])))
        message = self._raw.message({"type": 2, "style": 2, "custom_id": self.text()[:100], "label": "x", "id": 2})
        of_kind = {2: {"users": {target: self._user(target)}}, 3: {"messages": {target: message | {"id": target}}}}
        data = {"id": "1", "name": name, "type": kind, "target_id": target, "resolved": of_kind[kind], "options": []}
        return self._raw.feed(COMMAND, data, self._who(), **self._around())

    def _component(self, verb: str, count: int) -> Heard:
        chance = self._random
        if chance.random() < 0.15:
            count = chance.randrange(7)
        custom_id = ":".join([verb, *(self.text() for _ in range(count))])[: chance.choice((100, 100, 100, 300))]
        around = self._around()
        match chance.randrange(3):
            case 0:
                around |= {"private": chance.random() < 0.5, "message": chance.choice(self._messages)}
                return self._raw.feed_press(self._who(), custom_id, **around)
            case 1:
                values = [self.text() for _ in range(chance.choice((0, 1, 1, 3, 30)))]
                return self._raw.feed_choice(self._who(), custom_id, values, private=chance.random() < 0.5, **around)
            case _:
                fields = {name: self.text() for name in chance.sample(FIELDS, chance.randrange(4))}
                data = modal_data(custom_id, fields)
                for field in data["components"]:
                    if chance.random() < 0.2:
                        inner = field["component"]
                        field["component"] = {**inner, "type": 3, "values": [self.text(), self.text()]}
                return self._raw.feed(MODAL, data, self._who(), **around)

    def _reaction(self, event: str) -> Handler:
        return Handler(event, lambda: self._react(event))

    def _react(self, event: str) -> None:
        chance = self._random
        id = chance.choice((None, "123456789012345678"))
        name = chance.choice(("❤️", "💜", "", "x" * 50, None))
        payload: dict[str, Any] = {
            "user_id": str(self._who().id),
            "channel_id": str(HOME + 1),
            "message_id": str(chance.choice((*self._messages, self._raw.fresh()))),
            "emoji": {"id": id, "name": name if id else name or "💚"},
            "burst": chance.random() < 0.3,
            "type": 0,
        }
        if chance.random() < 0.8:
            payload["guild_id"] = str(chance.choice((HOME, ELSEWHERE)))
        self._raw.emit(event, payload)


_REACTIONS = (
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
)
