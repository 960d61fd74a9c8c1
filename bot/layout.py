"""Makes messages of components whose presses the routes answer, for as long as a message lives."""

from __future__ import annotations

from typing import Any

import discord


def laid_out(*parts: discord.ui.Item[Any]) -> discord.ui.LayoutView:
    """Put parts under one another, in a view for which discord.py waits no time."""
    view = discord.ui.LayoutView(timeout=None)
    for part in parts:
        view.add_item(part)
    return view
