"""/collections: the editor's choices, with the reader's progress, to read and to play through."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.catalogue import Collection
from bot.host import Host
from bot.locale.commands import said
from bot.ui import choices, lines, opening, playing, reply
from bot.ui.collecting import Progress
from bot.ui.routes import RoutedCog, chosen_one, route, whole


class Collections(RoutedCog):
    """Shows the list of collections and each of them."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="collections", description=said("collections.command"))
    @app_commands.describe(name=said("collections.option-name"))
    async def collections(self, interaction: discord.Interaction, name: str | None = None) -> None:
        """Answer privately with one collection, or with the list of all."""
        if name is None:
            await opening.show_page(interaction, "collections", "all", private=True)
        else:
            id = choices.meant(interaction, "collection", name)
            await opening.show_page(interaction, "collection", id, private=True)

    @collections.autocomplete("name")
    async def _complete(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await choices.complete(interaction, "collection", typed)

    @route("open-collection")
    async def open(self, interaction: discord.Interaction) -> None:
        """Open the collection chosen in the list, to as many as saw the list."""
        private = reply.seen_alone(interaction)
        await opening.show_page(interaction, "collection", chosen_one(interaction), private=private)

    @route("play")
    async def play(self, interaction: discord.Interaction, collection: str) -> None:
        """Begin to play a collection, privately, at the first song that is neither loved nor known."""
        played, progress = playing.collection_named(self.bot, collection), await opening.own_progress(interaction)
        await self._show(interaction, played, playing.first_new(played, progress), progress, anew=True)

    @route("play-at")
    async def play_at(self, interaction: discord.Interaction, collection: str, place: str, _: str) -> None:
        """Go to a place of a collection that is being played."""
        played = playing.collection_named(self.bot, collection)
        progress = await opening.own_progress(interaction)
        await self._show(interaction, played, whole(place, playing.MOST_SONGS), progress)

    @route("play-known")
    async def play_known(self, interaction: discord.Interaction, collection: str, place: str) -> None:
        """Keep that the presser knows a song, and go on."""
        played, number = playing.collection_named(self.bot, collection), whole(place, playing.MOST_SONGS)
        song = playing.song_at(self.bot, played, number)
        await self.bot.store.listeners.know(interaction.user.id, song.id, reply.now())
        texts = reply.mine(interaction)
        await self._go_on(interaction, played, number, texts("playing.noted", title=lines.bold_title(song, texts)))

    @route("play-love")
    async def play_love(self, interaction: discord.Interaction, collection: str, place: str) -> None:
        """Make a song the presser's favourite, and go on."""
        played, number = playing.collection_named(self.bot, collection), whole(place, playing.MOST_SONGS)
        song = playing.song_at(self.bot, played, number)
        home = reply.home(interaction)
        pressed = await self.bot.store.marks.press(interaction.user.id, song.id, home, "button", reply.now())
        await self._go_on(interaction, played, number, playing.loved_line(song, pressed, reply.mine(interaction)))

    @route("play-all")
    async def show_all(self, interaction: discord.Interaction) -> None:
        """Answer privately with the list of all collections."""
        await opening.show_page(interaction, "collections", "all", private=True)

    async def _go_on(self, interaction: discord.Interaction, played: Collection, place: int, said: str) -> None:
        await self._show(interaction, played, place + 1, await opening.own_progress(interaction), said)

    async def _show(
        self,
        interaction: discord.Interaction,
        played: Collection,
        place: int,
        progress: Progress,
        said: str | None = None,
        *,
        anew: bool = False,
    ) -> None:
        to = reply.audience(interaction, private=True)
        view = playing.play_page(self.bot, to, played, place, progress, said)
        if anew:
            await reply.send(interaction, view, private=True)
        else:
            await reply.turn_private(interaction, view)
        if place < len(played.entries):
            song = playing.song_at(self.bot, played, place)
            self.bot.store.listeners.shown_soon(interaction.user.id, [song.id], reply.now())


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Collections(bot))
