"""/recommend: what to hear next, and the buttons under the answer."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
from discord import app_commands

from bot.catalogue import ArtistId, CollectionId, DramaId, SongId
from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.recommend import Era, FromArtist, FromCollection, FromDrama, FromFavourites, Request, Source
from bot.store import Card
from bot.ui import reply, showing, tuning
from bot.ui.choices import Choice, choice, complete, meant
from bot.ui.routes import RoutedCog, route, submitted
from bot.ui.usertext import in_line

MOST = 5
"""Songs of one answer."""
_FAVOURITES = "favourites"
_YEARS = re.compile(r"(\d{4})(?:\s*[-–~]\s*(\d{4}))?")


class Recommending(RoutedCog):
    """Answers /recommend, "three more" and "tune"."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="recommend", description=said("recommend.description"))
    @app_commands.rename(source="from")
    @app_commands.describe(
        mood=said("recommend.mood"),
        like=said("recommend.like"),
        source=said("recommend.from"),
        voices=said("recommend.voices"),
        era=said("recommend.era"),
        count=said("recommend.count"),
        private=said("recommend.private"),
    )
    async def recommend(
        self,
        interaction: discord.Interaction,
        mood: str | None = None,
        like: str | None = None,
        source: str | None = None,
        voices: str | None = None,
        era: str | None = None,
        count: app_commands.Range[int, 1, MOST] = 3,
        private: bool = False,
    ) -> None:
        """Recommend songs, each with its reason."""
        request = Request(
            moods=(meant(interaction, "mood", mood),) if mood else (),
            source=self._source(source) if source else None,
            voicing=self._voicing(voices) if voices else None,
            era=_era(era) if era else None,
            count=max(1, min(int(count), MOST)),
        )
        await showing.show_picks(interaction, self._liking(request, like) if like else request, private=private)

    def _liking(self, request: Request, like: str) -> Request:
        kind, id = self._kind_and_id(like, ("song", "drama", "artist"))
        match kind:
            case "song":
                return replace(request, like=(SongId(id),))
            case "drama":
                return replace(request, like_dramas=(DramaId(id),))
            case _:
                return replace(request, like_artists=(ArtistId(id),))

    def _source(self, source: str) -> Source:
        if source == _FAVOURITES:
            return FromFavourites()
        kind, id = self._kind_and_id(source, ("drama", "artist", "collection"))
        match kind:
            case "drama":
                return FromDrama(DramaId(id))
            case "artist":
                return FromArtist(ArtistId(id))
            case _:
                return FromCollection(CollectionId(id))

    def _kind_and_id(self, typed: str, kinds: tuple[str, ...]) -> tuple[str, str]:
        kind, _, id = typed.partition(":")
        catalogue = self.bot.library.catalogue
        known = {
            "song": catalogue.song,
            "drama": catalogue.drama,
            "artist": catalogue.artist,
            "collection": catalogue.collection,
        }
        if kind in kinds and (found := known[kind](id)):
            return kind, found.id
        hits = self.bot.library.search.find_any(typed, 1, kinds=kinds)  # pyright: ignore[reportArgumentType]
        if not hits or hits[0].near:
            raise Refusal("error.nothing-like-it", text=in_line(typed[:80]))
        return hits[0].kind, hits[0].id

    def _voicing(self, typed: str) -> str:
        for word in self.bot.library.catalogue.vocabulary.voicings.values():
            if typed.casefold() in {
                word.id,
                word.label.casefold(),
                word.label_ko,
                *map(str.casefold, word.aliases),
            }:
                return word.id
        raise Refusal("error.nothing-like-it", text=in_line(typed[:80]))

    @recommend.autocomplete("mood")
    async def _moods(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return await complete(interaction, "mood", typed)

    @recommend.autocomplete("like")
    async def _likes(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return self._mixed(interaction, typed, ("song", "drama", "artist"))

    @recommend.autocomplete("source")
    async def _sources(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        mixed = self._mixed(interaction, typed, ("drama", "artist", "collection"))
        if typed.strip():
            return mixed
        own = app_commands.Choice(name=reply.mine(interaction)("recommend.favourites"), value=_FAVOURITES)
        return [own, *mixed][:25]

    def _mixed(self, interaction: discord.Interaction, typed: str, kinds: tuple[str, ...]) -> list[Choice]:
        library, texts = self.bot.library, reply.mine(interaction)
        if not typed.strip():
            hits = [hit for kind in kinds for hit in library.search.complete(kind, "", limit=8)]  # pyright: ignore[reportArgumentType]
        else:
            hits = library.search.find_any(typed, 25, kinds=kinds)  # pyright: ignore[reportArgumentType]
        return [choice(hit, library, texts, value=f"{hit.kind}:{hit.id}") for hit in hits[:25]]

    @recommend.autocomplete("voices")
    async def _voices(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        texts = reply.mine(interaction)
        words = self.bot.library.catalogue.vocabulary.voicings.values()
        labels = {word.id: texts.pick(word.label, word.label_ko) for word in words}
        return [
            app_commands.Choice(name=label, value=id)
            for id, label in labels.items()
            if typed.casefold() in f"{label} {id}".casefold()
        ][:25]

    @route("more")
    async def more(self, interaction: discord.Interaction) -> None:
        """Answer the same question again; what was shown rests."""
        card = await self._card(interaction)
        private = reply.seen_alone(interaction)
        await showing.show_picks(interaction, showing.request_of(card), private=private)

    @route("again")
    async def again(self, interaction: discord.Interaction, private: str) -> None:
        """Answer the same question once more, with what was shown already."""
        card = await self._card(interaction)
        await showing.show_picks(interaction, showing.request_of(card), private=private != "0", again=True)

    @route("tune")
    async def tune(self, interaction: discord.Interaction) -> None:
        """Open the conditions of the answer, to be changed."""
        request = showing.request_of(await self._card(interaction))
        await interaction.response.send_modal(
            tuning.tune_modal(request, self.bot.library.catalogue, reply.mine(interaction))
        )

    @route("tuned")
    async def tuned(self, interaction: discord.Interaction) -> None:
        """Answer the changed question, as a new message."""
        written = submitted(interaction)
        words = self.bot.library.catalogue.vocabulary
        moods = tuple(mood for mood in written.chosen("mood") if mood in words.listener_moods)
        voices = next((voice for voice in written.chosen("voices") if voice in words.voicings), None)
        era = written.text("era")
        request = replace(
            showing.request_of(await self._card(interaction)),
            moods=moods,
            voicing=voices,
            era=_era(era) if era else None,
        )
        private = reply.seen_alone(interaction)
        await showing.show_picks(interaction, request, private=private)

    async def _card(self, interaction: discord.Interaction) -> Card | None:
        return await self.bot.store.cards.get(interaction.message.id) if interaction.message else None


def _era(typed: str) -> Era:
    years = _YEARS.fullmatch(typed.strip())
    if years is None:
        raise Refusal("error.era")
    first = int(years[1])
    last = int(years[2] or first)
    return Era(min(first, last), max(first, last))


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Recommending(bot))
