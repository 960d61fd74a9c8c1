"""The pages of one's favourites: turning, sorting, filtering, removing by the dozen, posting."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord.ext import commands

from bot.errors import Refusal
from bot.host import Host
from bot.store import Removed
from bot.ui import browsing, favourites, lines, reply
from bot.ui.browsing import Browse
from bot.ui.routes import RoutedCog, chosen, chosen_one, press, route, whole
from bot.ui.usertext import in_line
from bot.ui.waiting import Waiting

_UNDOS, _PEOPLE = 10, 500
"""Removals that can still be undone, of one person; and of how many people."""


class FavouritePages(RoutedCog):
    """Answers what is pressed and chosen on a page; whoever presses reaches their own favourites only."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._removed: Waiting[Removed] = Waiting(each=_UNDOS, people=_PEOPLE)

    @route("fav-page")
    async def turn(self, interaction: discord.Interaction, state: str) -> None:
        """Turn to another page."""
        await self._turn(interaction, Browse.read(state))

    @route("fav-jump")
    async def jump(self, interaction: discord.Interaction, state: str) -> None:
        """Turn to the page that was chosen."""
        await self._turn(interaction, Browse.read(state).at(whole(chosen_one(interaction), 999_999)))

    @route("fav-sort")
    async def sort(self, interaction: discord.Interaction, state: str) -> None:
        """Put them in another order, from its beginning."""
        browse = Browse.read(state)
        sort = chosen_one(interaction)
        if sort not in browsing.SORTS:
            raise Refusal("error.stale")
        await self._turn(interaction, replace(browse, page=0, sort=sort))

    @route("fav-drama")
    async def of_drama(self, interaction: discord.Interaction, state: str) -> None:
        """Show those of one drama, or of all again."""
        await self._turn(interaction, replace(Browse.read(state), page=0, drama=_filter(interaction)))

    @route("fav-mood")
    async def of_mood(self, interaction: discord.Interaction, state: str) -> None:
        """Show those of one mood, or of all again."""
        await self._turn(interaction, replace(Browse.read(state), page=0, mood=_filter(interaction)))

    @route("fav-remove")
    async def remove(self, interaction: discord.Interaction, state: str) -> None:
        """Remove what was chosen on a page, show the page again, and offer to undo."""
        browse, songs = Browse.read(state), chosen(interaction)
        if not songs:
            raise Refusal("error.stale")
        removed = await self.bot.store.removals.remove(interaction.user.id, songs)
        texts = reply.mine(interaction)
        sentence, undo = self._told(interaction, removed)
        if await self.bot.store.marks.total(interaction.user.id):
            await self._turn(interaction, browse)
        else:
            await reply.turn_private(interaction, reply.note(texts("favourites.empty")))
        await reply.say(interaction, sentence, *undo)

    @route("fav-undo")
    async def undo(self, interaction: discord.Interaction, token: str) -> None:
        """Put back what one removed together."""
        removed = self._removed.get(interaction.user.id, token, reply.now())
        back = await self.bot.store.removals.put_back(interaction.user.id, removed)
        self._removed.drop(interaction.user.id, token)
        texts = reply.mine(interaction)
        await reply.turn_private(interaction, reply.note(texts("favourites.put-back", count=len(back))))

    @route("fav-post")
    async def post(self, interaction: discord.Interaction, state: str) -> None:
        """Post a page of one's favourites where everybody sees it."""
        if not interaction.guild_id:
            raise Refusal("error.guild-only")
        texts = reply.audience(interaction, private=False).texts
        found = await browsing.found_by(interaction, Browse.read(state), texts)
        name = in_line(interaction.user.display_name) or in_line(interaction.user.name)
        view = favourites.posted_page(found.shown, found.browse.page, name, self.bot.library.catalogue, texts)
        await reply.send(interaction, view, private=False)

    @commands.Cog.listener()
    async def on_deleted_person(self, user: int) -> None:
        """Forget what somebody removed who had everything deleted."""
        self._removed.forget(user)

    async def _turn(self, interaction: discord.Interaction, browse: Browse) -> None:
        await reply.turn_private(interaction, await browsing.page_for(interaction, browse))

    def _told(self, interaction: discord.Interaction, removed: Removed) -> tuple[str, list[discord.ui.Item]]:
        texts, catalogue = reply.mine(interaction), self.bot.library.catalogue
        if not removed.songs:
            return texts("favourites.none-of-them"), []
        token = self._removed.put(interaction.user.id, removed, reply.now())
        undo = press("fav-undo", token, label=texts("button.undo"))
        song = catalogue.song(removed.songs[0]) if len(removed.songs) == 1 else None
        if song:
            return texts("favourites.removed", title=lines.bold_title(song, texts)), [undo]
        return texts("favourites.removed-many", count=len(removed.songs)), [undo]


def _filter(interaction: discord.Interaction) -> str:
    """Return the filter chosen, if any; one that names nothing is lifted where the page is laid out."""
    value = chosen_one(interaction)
    return "" if value == browsing.EVERY or "," in value else value


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(FavouritePages(bot))
