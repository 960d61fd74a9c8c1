"""/song, /drama and /artist, and what every card and page of songs can do."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.catalogue.search import Hit, Kind
from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.recommend import Request
from bot.ui import choices, details, opening, reply
from bot.ui.pages import Place
from bot.ui.routes import RoutedCog, chosen_one, route, whole
from bot.ui.showing import show_picks, show_song, song_named
from bot.ui.usertext import in_line

Choice = app_commands.Choice[str]
_TYPED = 80
"""Characters of what was typed that an answer repeats."""


class Songs(RoutedCog):
    """Shows one song's card, and the pages of a drama or an artist."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="song", description=said("songs.command-song"))
    @app_commands.describe(
        song=said("songs.option-song"), drama=said("songs.option-drama"), artist=said("songs.option-artist")
    )
    async def song(
        self, interaction: discord.Interaction, song: str, drama: str | None = None, artist: str | None = None
    ) -> None:
        """Answer with one song's card; free text means the song that fits all fields best."""
        found = self._song_meant(interaction, song, drama, artist)
        named = song_named(self.bot, found.id)
        await show_song(interaction, named, private=False, why=self._nearest(interaction, found, song))

    @app_commands.command(name="drama", description=said("songs.command-drama"))
    @app_commands.describe(drama=said("songs.option-drama"))
    async def drama(self, interaction: discord.Interaction, drama: str) -> None:
        """Answer with a drama's songs."""
        await self._page(interaction, "drama", drama)

    @app_commands.command(name="artist", description=said("songs.command-artist"))
    @app_commands.describe(artist=said("songs.option-artist"))
    async def artist(self, interaction: discord.Interaction, artist: str) -> None:
        """Answer with an artist's songs."""
        await self._page(interaction, "artist", artist)

    @song.autocomplete("song")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return await choices.complete(
            interaction,
            "song",
            typed,
            drama=_field(interaction, "drama"),
            artist=_field(interaction, "artist"),
            favourites=self.bot.library.recommender.loved_by(interaction.user.id),
        )

    @song.autocomplete("drama")
    @drama.autocomplete("drama")
    async def _complete_drama(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return await choices.complete(interaction, "drama", typed, artist=_field(interaction, "artist"))

    @song.autocomplete("artist")
    @artist.autocomplete("artist")
    async def _complete_artist(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return await choices.complete(interaction, "artist", typed, drama=_field(interaction, "drama"))

    @route("open")
    async def open(self, interaction: discord.Interaction) -> None:
        """Show the card of the song chosen in a menu, to as many as saw the menu."""
        song = song_named(self.bot, chosen_one(interaction))
        await show_song(interaction, song, private=reply.seen_alone(interaction))

    @route("like")
    async def like(self, interaction: discord.Interaction, song: str) -> None:
        """Answer with songs like a card's, as a new message: the reactions belong to the old one."""
        named = song_named(self.bot, song)
        private = reply.seen_alone(interaction)
        await show_picks(interaction, Request(like=(named.id,), count=3), private=private)

    @route("sounds")
    async def sounds(self, interaction: discord.Interaction, drama: str) -> None:
        """Answer with songs that sound like a drama's."""
        named = self.bot.library.catalogue.drama(drama)
        if named is None:
            raise Refusal("pages.gone")
        private = reply.seen_alone(interaction)
        await show_picks(interaction, Request(like_dramas=(named.id,)), private=private)

    @route("details")
    async def details(self, interaction: discord.Interaction, song: str) -> None:
        """Show the presser all that is known of a song."""
        named = song_named(self.bot, song)
        view = details.details_page(named, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, view, private=True)

    @route("page")
    async def page(self, interaction: discord.Interaction, kind: str, id: str, number: str, owner: str) -> None:
        """Turn a page for its owner, or give somebody else a private copy of it."""
        await opening.turn_page(interaction, Place(kind, id, whole(number), whole(owner)))

    @route("post")
    async def post(self, interaction: discord.Interaction, kind: str, id: str, number: str) -> None:
        """Show everybody here a page that was private."""
        await opening.post_page(interaction, Place(kind, id, whole(number), interaction.user.id))

    def _song_meant(self, interaction: discord.Interaction, typed: str, drama: str | None, artist: str | None) -> Hit:
        search, catalogue = self.bot.library.search, self.bot.library.catalogue
        chosen = catalogue.song(typed.strip())
        if chosen is not None:
            return Hit("song", chosen.id, 1.0)
        of = catalogue.drama(choices.meant(interaction, "drama", drama)) if drama else None
        by = catalogue.artist(choices.meant(interaction, "artist", artist)) if artist else None
        if of is None and by is None:
            return choices.nearest(self.bot, "song", typed)
        hits = search.complete("song", typed, limit=1, drama=of.id if of else None, artist=by.id if by else None)
        if not hits:
            raise Refusal("songs.none-of-both")
        return hits[0]

    async def _page(self, interaction: discord.Interaction, kind: Kind, typed: str) -> None:
        found = choices.nearest(self.bot, kind, typed)
        note = self._nearest(interaction, found, typed)
        await opening.show_page(interaction, kind, found.id, private=False, note=note)

    def _nearest(self, interaction: discord.Interaction, found: Hit, typed: str) -> str | None:
        if not found.near:
            return None
        texts = reply.audience(interaction, private=False).texts
        return texts("songs.nearest", text=in_line(typed[:_TYPED]))


def _field(interaction: discord.Interaction, name: str) -> str | None:
    typed = getattr(interaction.namespace, name, None)
    return typed if isinstance(typed, str) and typed else None


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Songs(bot))
