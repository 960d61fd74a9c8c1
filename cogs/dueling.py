"""A server's knockout: begun and stopped by managers, voted on by members."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.host import Host
from bot.store import Cup
from bot.ui import cup_sources, duel_plan, dueling, places, reply, worldcup
from bot.ui.routes import RoutedCog, route, whole
from bot.worldcup import Bracket, closes, drawn


class Dueling(RoutedCog):
    """Answers managers and voters of a server's knockout; the clock posts its duels."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @route("cup-begin")
    async def begin(self, interaction: discord.Interaction, kind: str, id: str) -> None:
        """Begin a knockout of the server in this channel, and tell everybody when each duel is."""
        guild, now = places.managed(interaction), reply.now()
        origin = cup_sources.known(self.bot, kind, id)
        if origin is None:
            raise Refusal("error.stale")
        if not places.may_write(guild, interaction.channel_id or 0):
            raise Refusal("daily.cannot-write", channel=f"<#{interaction.channel_id}>")
        songs = await duel_plan.entering(interaction, origin)
        entering = min(len(songs), dueling.SIZE)
        served = duel_plan.served(self.bot, guild, interaction.channel_id or 0, entering, now)
        cup = await self.bot.store.guild_cups.start(
            served,
            origin.kind,
            origin.id,
            dueling.SIZE,
            now,
            lambda cup: (drawn(songs, dueling.SIZE, guild.id, cup), served.first_day),
        )
        if cup is None:
            raise Refusal("cup.one-is-played")
        texts = places.spoken(self.bot, guild)
        told = dueling.plan(entering, origin, served, now, self.bot.library, texts)
        await reply.send(interaction, dueling.page(told), private=False)

    @route("cup-stop")
    async def stop(self, interaction: discord.Interaction, cup: str) -> None:
        """End the server's knockout before its time."""
        guild = places.managed(interaction)
        found = self._of_guild(cup, guild.id)
        stopped = await self.bot.store.guild_cups.stop(found.id, reply.now())
        if stopped and found.posts and (message := found.posts[-1].message):
            self.bot.redraws.soon(message)
        texts = reply.mine(interaction)
        await reply.turn_private(interaction, reply.note(texts("cup.stopped-by" if stopped else "cup.is-over")))

    @route("cup-vote")
    async def vote(self, interaction: discord.Interaction, cup: str, duel: str, choice: str) -> None:
        """Count a member's vote, or take over their change of mind."""
        found = self._of_guild(cup, reply.home(interaction))
        number = whole(duel)
        if choice not in {"0", "1"} or number >= len(found.songs) - 1:
            raise Refusal("error.stale")
        texts, catalogue = reply.mine(interaction), self.bot.library.catalogue
        open_duel = Bracket(found.songs, found.picks).duel
        if found.state != "running" or open_duel is None or open_duel.number != number:
            ended = dueling.result(found, number, catalogue, texts)
            await reply.say(interaction, " ".join(filter(None, [texts("cup.decided"), ended])))
            return
        sides = worldcup.present(open_duel, catalogue)
        if len(sides) < len(open_duel.songs):
            raise Refusal("error.song-gone")
        voted = await self.bot.store.guild_cups.vote(
            found, number, interaction.user.id, int(choice), (sides[0], sides[1]), reply.now()
        )
        if voted is None:
            raise Refusal("cup.decided")
        if voted and (message := found.posts[-1].message):
            self.bot.redraws.soon(message)
        name = worldcup.side_names([catalogue.songs[side] for side in sides], texts)[int(choice)]
        until = f"<t:{closes(found, len(found.posts) - 1)}:F>"
        key = "cup.voted" if voted else "cup.voted-already"
        await reply.say(interaction, texts(key, title=worldcup.bold(name), at=until))

    def _of_guild(self, id: str, guild: int) -> Cup:
        cup = self.bot.store.guild_cups.get(whole(id))
        if cup is None or cup.served is None or cup.served.guild != guild:
            raise Refusal("cup.is-over")
        return cup


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Dueling(bot))
