"""Routes presses, choices and modals to cogs by the verb that their custom_id begins with.

A custom_id reads "verb:argument:argument". Every component we send is one `Control`, a single DynamicItem
template, so a message of any age finds its way after any restart; modals are read from the raw payload for the
same reason. A verb nobody answers any more is told so.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import discord
from discord.ext import commands

from bot import limits
from bot.delivery import keep, promise
from bot.errors import Refusal, answer_failure
from bot.ui.usertext import clean, copyable

log = logging.getLogger(__name__)

CogT = TypeVar("CogT", bound=commands.Cog)
Args = ParamSpec("Args")
Handler = Callable[..., Awaitable[None]]

_VERB = "__route_verb__"
LARGEST_ID = 2**63 - 1
"""The largest id that Discord gives and the store keeps."""
_TOLD_BACK = 2_400
"""Characters of a lost text that are told back: where each second one is parted from the next, they fit one message."""

Item = discord.ui.Item[Any]
"""A component in any layout."""


def custom_id(verb: str, *arguments: object) -> str:
    """Write a custom_id; arguments are ids and numbers, which never hold a colon."""
    return ":".join([verb, *map(str, arguments)])


class Control(discord.ui.DynamicItem[Item], template=r"(?s:.+)"):
    """Any button or select of ours; what it does is found by its verb when it is used."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: Item, match: Any, /) -> Self:
        """Take a component of any message of ours for what it is."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Answer the press; no failure escapes, since discord.py would only log it."""
        await interaction.client.routes.follow(interaction, self.custom_id)  # pyright: ignore[reportAttributeAccessIssue]


def press(
    verb: str,
    *arguments: object,
    label: str | None = None,
    emoji: str | None = None,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Item:
    """Make a button that follows a route."""
    return Control(
        discord.ui.Button(
            custom_id=custom_id(verb, *arguments),
            label=limits.shorten(label, limits.BUTTON_LABEL) if label else None,
            emoji=emoji,
            style=style,
            disabled=disabled,
        )
    )


def choose(
    verb: str,
    *arguments: object,
    placeholder: str,
    options: list[discord.SelectOption],
    most: int = 1,
    least: int = 1,
) -> Item:
    """Make a select that follows a route with what was chosen."""
    return Control(
        discord.ui.Select(
            custom_id=custom_id(verb, *arguments),
            placeholder=limits.shorten(placeholder, limits.PLACEHOLDER),
            options=options,
            min_values=least,
            max_values=min(most, len(options)),
        )
    )


def choose_channel(verb: str, *arguments: object, placeholder: str, chosen: int | None, least: int = 1) -> Item:
    """Make a menu of the channels one can write in; with `least` 0 the choice can be lifted."""
    return Control(
        discord.ui.ChannelSelect(
            custom_id=custom_id(verb, *arguments),
            placeholder=limits.shorten(placeholder, limits.PLACEHOLDER),
            channel_types=[
                discord.ChannelType.text,
                discord.ChannelType.news,
                discord.ChannelType.public_thread,
                discord.ChannelType.private_thread,
            ],
            default_values=_default(chosen, discord.SelectDefaultValueType.channel),
            min_values=least,
        )
    )


def choose_role(verb: str, *arguments: object, placeholder: str, chosen: int | None) -> Item:
    """Make a menu of the guild's roles."""
    return Control(
        discord.ui.RoleSelect(
            custom_id=custom_id(verb, *arguments),
            placeholder=limits.shorten(placeholder, limits.PLACEHOLDER),
            default_values=_default(chosen, discord.SelectDefaultValueType.role),
        )
    )


def _default(id: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=id, type=kind)] if id else []


def chosen(interaction: discord.Interaction) -> list[str]:
    """Return what was chosen in a menu of a message; anybody may claim to have chosen anything."""
    values = (interaction.data or {}).get("values")
    return [str(value) for value in values[: limits.SELECT_OPTIONS]] if isinstance(values, list) else []


def chosen_one(interaction: discord.Interaction) -> str:
    """Return the one thing chosen in a menu. Raises Refusal where nothing was."""
    one, *_ = chosen(interaction) or [""]
    if not one:
        raise Refusal("error.stale")
    return one


def option(label: str, value: str, description: str | None = None, *, default: bool = False) -> discord.SelectOption:
    """Make one line of a select, cut to what Discord shows."""
    return discord.SelectOption(
        label=limits.shorten(label, limits.OPTION_TEXT),
        value=value,
        description=limits.shorten(description, limits.OPTION_TEXT) if description else None,
        default=default,
    )


def whole(argument: str, most: int = LARGEST_ID) -> int:
    """Read a number out of a custom_id. Raises Refusal where it is none, or more than it may be."""
    if not (argument.isascii() and argument.isdigit() and len(argument) <= len(str(most)) and int(argument) <= most):
        raise Refusal("error.stale")
    return int(argument)


def route(
    verb: str,
) -> Callable[
    [Callable[Concatenate[CogT, discord.Interaction, Args], Awaitable[None]]],
    Callable[Concatenate[CogT, discord.Interaction, Args], Awaitable[None]],
]:
    """Mark a cog's method as the answer to a verb; the custom_id's other parts are its arguments, as text."""

    def mark(
        method: Callable[Concatenate[CogT, discord.Interaction, Args], Awaitable[None]],
    ) -> Callable[Concatenate[CogT, discord.Interaction, Args], Awaitable[None]]:
        setattr(method, _VERB, verb)
        return method

    return mark


@dataclass(frozen=True, slots=True)
class Submitted:
    """What somebody wrote or chose in a modal, by the name of the field."""

    fields: dict[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """Return a text field's content, without the blanks around it."""
        return "".join(self.fields.get(name, ())).strip()

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return what was chosen in a select field."""
        return self.fields.get(name, ())


def submitted(interaction: discord.Interaction) -> Submitted:
    """Read a modal's fields from the raw payload, which needs no memory of having sent it."""
    fields: dict[str, tuple[str, ...]] = {}
    components: list[Any] = (interaction.data or {}).get("components", [])  # pyright: ignore[reportAssignmentType]
    for component in limits.walk(components):
        name = component.get("custom_id")
        if isinstance(name, str):
            values = component.get("values")
            value = component.get("value")
            fields[name] = tuple(map(str, values)) if isinstance(values, list) else (str(value or ""),)
    return Submitted(fields)


class Routes:
    """Which verb is answered by which method, as cogs come and go."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def add(self, cog: commands.Cog) -> None:
        """Take in a cog's routes; those of the same cog's older self give way. ValueError where two cogs clash."""
        for verb, handler in _routes_of(cog):
            other = self._handlers.get(verb)
            if other is not None and _owner(other) != _owner(handler):
                raise ValueError(f"two cogs answer the same verb: {verb}")
            self._handlers[verb] = handler

    def remove(self, cog: commands.Cog) -> None:
        """Forget a cog's routes, but not those that its newer self has taken."""
        for verb, handler in _routes_of(cog):
            if self._handlers.get(verb) == handler:
                del self._handlers[verb]

    async def follow(self, interaction: discord.Interaction, id: str) -> None:
        """Answer one press, choice or submitted modal; ids and arguments are somebody's input."""
        verb, *arguments = id.split(":")
        promise(interaction)
        try:
            handler = self._handlers.get(verb)
            if handler is None or not _fits(handler, interaction, arguments):
                raise _stale(interaction)
            await handler(interaction, *arguments)
        except Exception as error:
            await answer_failure(interaction, error)
        finally:
            keep(interaction)


def _fits(handler: Handler, interaction: discord.Interaction, arguments: list[str]) -> bool:
    """Tell whether a handler takes so many arguments, and whether all that came is text that can be kept."""
    values = (interaction.data or {}).get("values") or []
    if any("\ud800" <= character <= "\udfff" for part in (*arguments, *values) for character in str(part)):
        return False
    try:
        inspect.signature(handler).bind(interaction, *arguments)
    except TypeError:
        return False
    return True


def _stale(interaction: discord.Interaction) -> Refusal:
    """Say that nobody answers this any more; what was written in a form is told back, so that it is not lost."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return Refusal("error.stale")
    written = (text for values in submitted(interaction).fields.values() for text in values)
    longest = max(written, key=len, default="")[:_TOLD_BACK]
    return Refusal("error.stale-form", text=copyable(longest)) if clean(longest) else Refusal("error.stale")


def _routes_of(cog: commands.Cog) -> Iterator[tuple[str, Handler]]:
    for name, member in inspect.getmembers(type(cog), inspect.isfunction):
        verb = getattr(member, _VERB, None)
        if verb is not None:
            yield verb, getattr(cog, name)


def _owner(handler: Handler) -> str:
    cog = type(getattr(handler, "__self__", None))
    return f"{cog.__module__}.{cog.__qualname__}"


class RoutedCog(commands.Cog):
    """A cog whose methods marked with `route` answer components while it is loaded."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    async def cog_load(self) -> None:
        """Take the cog's verbs; never suspends, so that no press falls into the gap of a reload."""
        self._routes.add(self)

    async def cog_unload(self) -> None:
        """Give the cog's verbs back; never suspends."""
        self._routes.remove(self)
