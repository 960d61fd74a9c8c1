"""A bare discord.py bot to be measured beside: a fixed card, 25 fixed choices, and a listener that does nothing.

It shares nothing with ours but the wiring to the stand-in and the intents; everything else is discord.py's usual.
"""

from __future__ import annotations

import os

import discord
from discord import app_commands
from discord.ext import commands

from bot.endpoint import point_gateway, point_rest

TEXT = (
    "💡 On the same list as *Everytime*\n### Stay with Me · 스테이 위드 미\n🎬 from *Goblin* (2016)\n"
    "🎤 Chanyeol (EXO, rap) × Punch\n🎧 melancholic · yearning · mid-tempo · female singer × male rapper\n"
    "🎞️ opening · ||the sword, the pier and everything that follows from them||\n"
    "💬 “The first low notes and I am back on that pier in the wind.”\n❤️ 14 people here love it · react with a heart"
)
CHOICES = [
    app_commands.Choice(name=f"Song {n} · Somebody · A drama of some length", value=f"song-{n}") for n in range(25)
]


class Bare(commands.AutoShardedBot):
    """Answers /song, /recommend and one autocomplete with what is always the same."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
        super().__init__("!", help_command=None, intents=intents)
        for name in ("song", "recommend"):
            command = app_commands.Command(name=name, description="A card", callback=_card)
            command.autocomplete("song")(_complete)
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Meet the stand-in, and register the commands."""
        await point_gateway(self.http)
        await self.tree.sync()

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Hear a reaction."""


async def _card(interaction: discord.Interaction, song: str | None = None) -> None:
    container = discord.ui.Container(accent_colour=0xFF7AA5)
    container.add_item(discord.ui.TextDisplay(TEXT))
    buttons = [discord.ui.Button(label=label, custom_id=label) for label in ("Love it", "More like this", "Comments 3")]
    listen = discord.ui.Button(
        label="▶ YouTube", url="https://www.youtube.com/results?search_query=stay+with+me+goblin"
    )
    container.add_item(discord.ui.ActionRow(*buttons, listen, discord.ui.Button(label="⋯ More", custom_id="more")))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    await interaction.response.send_message(view=view)
    view.stop()


async def _complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return CHOICES


if __name__ == "__main__":
    point_rest(os.environ["DISCORD_API_URL"])
    Bare().run(os.environ["DISCORD_TOKEN"], log_handler=None)
