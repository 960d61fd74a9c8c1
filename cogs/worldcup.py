"""/worldcup: a knockout of songs, alone and now, by buttons."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import app_commands
from discord.ext import commands

from bot.catalogue import SongId
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.locale.commands import said
from bot.store import Cup
from bot.ui import cup_sources, duel_plan, reply, worldcup
from bot.ui.choices import Choice
from bot.ui.routes import Item, RoutedCog, press, route, whole
from bot.ui.worldcup import Played
from bot.worldcup import SIZES, Bracket, Origin, drawn

_SIZES = [app_commands.Choice(name=str(size), value=size) for size in SIZES]

_ME, _SERVER = "me", "server"


class WorldCup(RoutedCog):
    """Plays people's knockouts."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="worldcup", description=said("cup.command"))
    @app_commands.rename(source="from", whose="for")
    @app_commands.describe(
        source=said("cup.option-from"),
        size=said("cup.option-size"),
        whose=said("cup.option-for"),
        private=said("cup.option-private"),
    )
    @app_commands.choices(size=_SIZES)
    @app_commands.choices(
        whose=[app_commands.Choice(name=said(f"cup.for.{whose}"), value=whose) for whose in (_ME, _SERVER)]
    )
    async def worldcup(
        self,
        interaction: discord.Interaction,
        source: str | None = None,
        size: app_commands.Choice[int] | None = None,
        whose: app_commands.Choice[str] | None = None,
        private: bool = False,
    ) -> None:
        """Begin a knockout of 16 songs, or of as many as asked for; or show a manager the server's."""
        origin = cup_sources.meant(self.bot, source)
        if whose and whose.value == _SERVER:
            await duel_plan.show(interaction, origin)
            return
        await self._begin(interaction, origin, size.value if size else max(SIZES), private=private)

    @worldcup.autocomplete("source")
    async def _sources(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return cup_sources.offered(self.bot, typed, reply.mine(interaction))

    @route("cup-new")
    async def new(self, interaction: discord.Interaction, kind: str, id: str, size: str) -> None:
        """Begin a knockout of one's own, as private as the message pressed on."""
        origin = cup_sources.known(self.bot, kind, id)
        if origin is None or size not in map(str, SIZES):
            raise Refusal("error.stale")
        await self._begin(interaction, origin, int(size), private=reply.seen_alone(interaction))

    async def _begin(self, interaction: discord.Interaction, origin: Origin, size: int, *, private: bool) -> None:
        user, now = interaction.user.id, reply.now()
        state = await self.bot.store.listeners.state(user, now)
        songs = cup_sources.songs(self.bot, interaction, origin, size, state)
        cup = await self.bot.store.cups.start(
            user, origin.kind, origin.id, size, now, lambda cup: drawn(songs, size, user, cup)
        )
        to = reply.audience(interaction, private=private)
        view, files = await self._page(interaction, Played.of(cup, self.bot.library.catalogue), to.texts, to.private)
        await reply.send(interaction, view, private=to.private, files=files)

    @route("cup-pick")
    async def pick(self, interaction: discord.Interaction, cup: str, duel: str, choice: str) -> None:
        """Let the song pressed go on, and show the next duel or the champion."""
        if (played := await self._mine(interaction, cup)) is None:
            return
        open_duel = played.bracket.duel
        if choice not in {"0", "1"}:
            raise Refusal("error.stale")
        if open_duel is None or whole(duel) != open_duel.number:
            await self._say_decided(interaction, played.cup)
            return
        catalogue = self.bot.library.catalogue
        song = worldcup.present(open_duel, catalogue)[int(choice)]
        after = played.bracket.pick(int(choice)).settle(catalogue.song)
        state = "running" if after.duel else "over"
        changed = await self.bot.store.cups.go_on(played.cup, after.picks, state, reply.now(), song)
        if changed is None:
            await self._say_decided(interaction, played.cup)
            return
        await self._turn(interaction, changed)

    @route("cup-undo")
    async def undo(self, interaction: discord.Interaction, cup: str, picks: str) -> None:
        """Take the last pick back, and only that one."""
        if (played := await self._mine(interaction, cup)) is None:
            return
        if whole(picks) != len(played.cup.picks) or played.cup.state != "running":
            await self._say_decided(interaction, played.cup)
            return
        catalogue = self.bot.library.catalogue
        before = Bracket(played.cup.songs, played.cup.picks)
        after = before.undo(catalogue.song)
        gone = {song for _, song in before.played} - {song for _, song in after.played}
        changed = await self.bot.store.cups.undo(played.cup, after.picks, reply.now(), self._present(gone))
        if changed is None:
            await self._say_decided(interaction, played.cup)
            return
        await self._turn(interaction, changed)

    @route("cup-show")
    async def show(self, interaction: discord.Interaction, cup: str) -> None:
        """Show its owner how a knockout stands."""
        if (played := await self._mine(interaction, cup)) is None:
            return
        private = reply.seen_alone(interaction)
        to = reply.audience(interaction, private=private)
        view, files = await self._page(interaction, played, to.texts, to.private)
        if private:
            await reply.turn(interaction, view, files=files)
        else:
            await reply.send(interaction, view, private=to.private, files=files)

    @route("cup-share")
    async def share(self, interaction: discord.Interaction, cup: str) -> None:
        """Show everybody here the champion of one's own knockout."""
        if (played := await self._mine(interaction, cup)) is None:
            return
        to = reply.audience(interaction, private=False)
        view, files = await self._page(interaction, played, to.texts, to.private)
        await reply.send(interaction, view, private=to.private, files=files)

    async def _mine(self, interaction: discord.Interaction, id: str) -> Played | None:
        """Return a knockout that the presser may play; None where they were told that they may not."""
        cup = await self.bot.store.cups.get(whole(id), reply.now())
        texts = reply.mine(interaction)
        if cup is None:
            await reply.say(interaction, texts("cup.gone"), worldcup.begin(Origin(), max(SIZES), texts))
            return None
        played = Played.of(cup, self.bot.library.catalogue)
        if cup.user != interaction.user.id:
            own = worldcup.begin(played.origin, cup.size, texts)
            await reply.say(interaction, texts("cup.not-yours", owner=f"<@{cup.user}>"), own)
            return None
        return played

    async def _say_decided(self, interaction: discord.Interaction, cup: Cup) -> None:
        texts = reply.mine(interaction)
        await reply.say(interaction, texts("cup.decided"), press("cup-show", cup.id, label=texts("cup.go-on")))

    async def _turn(self, interaction: discord.Interaction, cup: Cup) -> None:
        to = reply.audience(interaction, private=reply.seen_alone(interaction))
        played = Played.of(cup, self.bot.library.catalogue)
        view, files = await self._page(interaction, played, to.texts, to.private)
        await reply.turn(interaction, view, files=files)

    async def _page(
        self, interaction: discord.Interaction, played: Played, texts: Texts, private: bool
    ) -> tuple[discord.ui.LayoutView, list[discord.File]]:
        library, duel = self.bot.library, played.bracket.duel
        if duel is not None:
            return worldcup.duel_page(played, duel, library, texts), []
        champion = library.catalogue.song(played.bracket.champion or "")
        if champion is None:
            raise Refusal("error.song-gone")
        from bot.ui.pictures import drawn as picture_drawn  # noqa: PLC0415 - only where a picture is asked for

        name = interaction.user.display_name
        file, gallery = await picture_drawn(
            worldcup.champion_picture(played, champion, name, library, texts), "worldcup"
        )
        buttons: list[Item] = [press("love", champion.id, label=texts("button.love"), emoji="❤️")]
        if private:
            buttons.insert(0, press("cup-share", played.cup.id, label=texts("cup.share")))
        buttons.append(worldcup.begin(played.origin, played.cup.size, texts, "cup.again"))
        told = worldcup.won(champion, texts, None if private else name)
        return worldcup.champion_page(played, champion, gallery, library, texts, told=told, buttons=buttons), [file]

    def _present(self, ids: Iterable[SongId]) -> list[SongId]:
        found = (self.bot.library.catalogue.song(id) for id in ids)
        return [song.id for song in found if song]

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Put away what was abandoned."""
        await reply.noted(self.bot.store.cups.tidy(reply.now()))


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(WorldCup(bot))
