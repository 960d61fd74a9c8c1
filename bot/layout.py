"""Makes messages of components whose presses the routes answer, for as long as a message lives."""

from __future__ import annotations

from typing import Any

import discord

Part = dict[str, Any]
"""A component as Discord takes it; one that is kept for the next message too is never changed."""


def laid_out(*parts: discord.ui.Item[Any]) -> discord.ui.LayoutView:
    """Put parts under one another, in a view for which discord.py waits no time."""
    view = discord.ui.LayoutView(timeout=None)
    for part in parts:
        view.add_item(part)
    return view


class Ready(discord.ui.LayoutView):
    """A message whose first components are made already: those people see most are not built item by item."""

    def __init__(self, *parts: Part) -> None:
        super().__init__(timeout=None)
        self._parts = parts

    def has_components_v2(self) -> bool:
        """Say that its components are of the second version, which Discord wants to be told."""
        return True

    def to_components(self) -> list[Part]:
        """Return all components as Discord takes them."""
        return [*self._parts, *super().to_components()]


def made(item: discord.ui.Item[Any]) -> Part:
    """Make a button or a menu as Discord takes it."""
    return dict(item.to_component_dict())


def text(content: str) -> Part:
    """Make a text (components/reference, "Text Display")."""
    return {"type": 10, "content": content}


def row(*parts: Part) -> Part:
    """Put buttons beside one another, or hold a menu (components/reference, "Action Row")."""
    return {"type": 1, "components": list(parts)}


def section(content: str, accessory: Part) -> Part:
    """Put a button beside a text (components/reference, "Section")."""
    return {"type": 9, "components": [text(content)], "accessory": accessory}


def container(colour: discord.Colour, *parts: Part) -> Part:
    """Frame parts (components/reference, "Container")."""
    return {"type": 17, "accent_color": colour.value, "components": list(parts)}
