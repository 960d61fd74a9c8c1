"""/comments: what people here remember with a song; in direct messages, notes to oneself."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.ui import choices, comment_pages, commenting, comments, reply
from bot.ui.routes import RoutedCog, route, whole
from bot.ui.showing import song_named

_LAST_PAGE = 10**6


class Comments(RoutedCog):
    """Reading and liking comments, and saying who else may read one's own."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="comments", description=said("comments.command"))
    @app_commands.describe(song=said("comments.option-song"))
    async def read(self, interaction: discord.Interaction, song: str | None = None) -> None:
        """Show a song's comments; of no song, all that the asker wrote."""
        if song is None:
            await reply.send(interaction, await self._mine(interaction, 0), private=True)
        else:
            await self._show(interaction, song_named(self.bot, choices.meant(interaction, "song", song)))

    @read.autocomplete("song")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        return await choices.complete(interaction, "song", typed)

    @route("comments")
    async def read_from_card(self, interaction: discord.Interaction, song: str) -> None:
        """Show the comments of the song on a card."""
        await self._show(interaction, song_named(self.bot, song))

    @route("comment-page")
    async def turn_page(self, interaction: discord.Interaction, song: str, page: str, order: str = "best") -> None:
        """Turn a private page in place; from a posted one, begin a private one."""
        view = await self._page(interaction, song_named(self.bot, song), whole(page, _LAST_PAGE), order)
        await reply.turn_private(interaction, view)

    @route("comment-sort")
    async def sort(self, interaction: discord.Interaction, song: str, order: str) -> None:
        """Begin anew in another order."""
        await reply.turn_private(interaction, await self._page(interaction, song_named(self.bot, song), 0, order))

    @route("comment-post")
    async def post(self, interaction: discord.Interaction, song: str, page: str, order: str = "best") -> None:
        """Post a page of this server's comments where everybody sees it."""
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        to = reply.audience(interaction, private=False)
        shown = await self._read(interaction, song_named(self.bot, song), whole(page, _LAST_PAGE), order)
        view = comments.comments_page(shown, to.texts, viewer=None)
        message = await reply.send(interaction, view, private=to.private)
        if not to.private:
            await comment_pages.keep(interaction, message, shown, to.texts)

    @route("comment-like")
    async def like(
        self, interaction: discord.Interaction, comment: str, song: str, page: str, order: str = "best"
    ) -> None:
        """Like a comment, or no longer, and show its page again."""
        named, number = song_named(self.bot, song), whole(page, _LAST_PAGE)
        found = await comment_pages.named(interaction, comment)
        if found.user == interaction.user.id:
            raise Refusal("comments.own")
        if not await self.bot.store.comments.toggle_like(found.id, interaction.user.id, reply.now()):
            raise Refusal("comments.gone")
        draw = self._page if reply.seen_alone(interaction) else self._posted
        await reply.turn(interaction, await draw(interaction, named, number, order))

    @route("comment-mine")
    async def turn_mine(self, interaction: discord.Interaction, page: str) -> None:
        """Turn a page of what the presser wrote."""
        await reply.turn_private(interaction, await self._mine(interaction, whole(page, _LAST_PAGE)))

    @route("comment-share")
    async def share(self, interaction: discord.Interaction, shares: str) -> None:
        """Let other servers read what the presser writes, or no longer."""
        if shares not in {"0", "1"}:
            raise Refusal("error.stale")
        await self.bot.store.people.set_share_comments(interaction.user.id, shares == "1")
        await reply.turn_private(interaction, await self._mine(interaction, 0))

    async def _show(self, interaction: discord.Interaction, song: Song) -> None:
        await reply.send(interaction, await self._page(interaction, song, 0), private=True)

    async def _read(self, interaction: discord.Interaction, song: Song, number: int, order: str) -> comments.Page:
        guild, viewer = reply.home(interaction), interaction.user.id
        return await comment_pages.read(self.bot, guild, viewer, song, number, order)

    async def _page(
        self, interaction: discord.Interaction, song: Song, number: int, order: str = "best"
    ) -> discord.ui.LayoutView:
        page = await self._read(interaction, song, number, order)
        return comments.comments_page(
            page,
            reply.mine(interaction),
            viewer=interaction.user.id,
            post=bool(page.guild),
            moderate=commenting.moderates(interaction),
        )

    async def _posted(
        self, interaction: discord.Interaction, song: Song, number: int, order: str = "best"
    ) -> discord.ui.LayoutView:
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        page = await self._read(interaction, song, number, order)
        return comments.comments_page(page, reply.audience(interaction, private=False).texts, viewer=None)

    async def _mine(self, interaction: discord.Interaction, number: int) -> discord.ui.LayoutView:
        guild, user = reply.home(interaction), interaction.user.id
        return await comment_pages.mine(self.bot, guild, user, number, reply.mine(interaction))


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Comments(bot))
