"""/top: what is loved most, here and everywhere."""

from __future__ import annotations

from typing import get_args

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.locale.commands import said
from bot.store import Placed, Question
from bot.store.charts import VOTERS_EVERYWHERE
from bot.ui import reply, top
from bot.ui.routes import RoutedCog, route
from bot.ui.top import Asked, By, When, Where


def _choices(kind: str, values: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=said(f"top.{kind}.{value}"), value=value) for value in values]


class Charting(RoutedCog):
    """Answers with charts of songs, dramas and artists."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="top", description=said("top.command"))
    @app_commands.describe(by=said("top.option-by"), when=said("top.option-when"), where=said("top.option-where"))
    @app_commands.choices(
        by=_choices("by", get_args(By)),
        when=_choices("when", get_args(When)),
        where=_choices("where", get_args(Where)),
    )
    async def top(
        self,
        interaction: discord.Interaction,
        by: app_commands.Choice[str] | None = None,
        when: app_commands.Choice[str] | None = None,
        where: app_commands.Choice[str] | None = None,
    ) -> None:
        """Answer with a chart: of songs, of the last month, of this server unless asked otherwise."""
        home = reply.home(interaction)
        asked = _asked(
            by.value if by else "song",
            when.value if when else "month",
            (where.value if where else "here") if home else "everywhere",
            interaction.user.id,
        )
        to = reply.audience(interaction, private=False)
        await interaction.response.defer(ephemeral=to.private)
        view, files = await self._chart(home, asked, to.texts)
        await reply.send(interaction, view, private=to.private, files=files)

    @route("top")
    async def turn(
        self, interaction: discord.Interaction, by: str, when: str, where: str, owner: str, _changed: str
    ) -> None:
        """Turn to another chart, in place for whoever asked for this one."""
        home = reply.home(interaction)
        owned = owner == str(interaction.user.id)
        private = not owned or reply.seen_alone(interaction)
        to = reply.audience(interaction, private=private)
        asked = _asked(by, when, where if home else "everywhere", interaction.user.id)
        if owned:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        view, files = await self._chart(home, asked, to.texts)
        await reply.turn(interaction, view, owner=None if owned else 0, files=files)

    async def _chart(self, home: int, asked: Asked, texts: Texts) -> tuple[discord.ui.LayoutView, list[discord.File]]:
        minimum = VOTERS_EVERYWHERE if asked.where == "everywhere" else self.bot.store.guilds.get(home).minimum_voters
        placed = await self._placed(home, asked, minimum)
        chart = top.told(placed, asked.by, self.bot.library, texts)
        if not chart:
            return top.page(asked, chart, texts, minimum, None, guild=bool(home)), []
        file, gallery = await top.picture(asked, chart, texts)
        return top.page(asked, chart, texts, minimum, gallery, guild=bool(home)), [file]

    async def _placed(self, home: int, asked: Asked, minimum: int) -> tuple[Placed, ...]:
        now = reply.now()
        window, before = top.windows(asked.when, now)
        library = self.bot.library
        question = Question(home if asked.where == "here" else None, asked.by, window, before, minimum)
        return await self.bot.store.charts.top(question, top.group(asked.by, library), top.group("drama", library), now)


def _asked(by: str, when: str, where: str, owner: int) -> Asked:
    for chosen in top.BY:
        if chosen == by and when in top.WHEN and where in top.WHERE:
            return Asked(chosen, when, where, owner)  # pyright: ignore[reportArgumentType]
    raise Refusal("error.stale")


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Charting(bot))
