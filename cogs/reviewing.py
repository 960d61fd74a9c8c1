"""The queue of suggestions as the operator and the curators work through it."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.host import Host
from bot.store import Suggestion
from bot.ui import adding, additions, queue, reply, suggesting, suggestions
from bot.ui.routes import RoutedCog, route, submitted, whole
from bot.ui.usertext import clean


class Reviewing(RoutedCog):
    """Shows what waits, and takes decisions from those who may make them."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._operators = bot.operators

    @route("queue")
    async def turn(self, interaction: discord.Interaction, suggestion: str, _: str) -> None:
        """Turn to a suggestion, or to the next where it waits no more."""
        await self._operators.admit_curator(interaction.user.id)
        await self._turn(interaction, whole(suggestion))

    @route("queue-accept")
    async def accept(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Open the song form with what was suggested; take anything else as it is."""
        found = await self._waiting(interaction, suggestion)
        texts = reply.mine(interaction)
        if found.proposal.kind != "song":
            await self._decide(interaction, found, "accepted", "")
            return
        hit = self.bot.library.search.resolve("drama", found.proposal.drama) if found.proposal.drama else None
        drama = self.bot.library.catalogue.drama(hit.id) if hit and not hit.near else None
        name = adding.drama_words(self.bot, drama) if drama else found.proposal.drama
        form = additions.form("song-keep", found.id, queue.typed_from(found.proposal, name), texts)
        await interaction.response.send_modal(form)

    @route("queue-edit")
    async def edit(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Open a suggestion's form, to put its wording right."""
        found = await self._waiting(interaction, suggestion)
        song = self.bot.library.catalogue.song(found.proposal.song) if found.proposal.song else None
        form = suggestions.form("queue-save", found.id, found.proposal, reply.mine(interaction), about=song)
        await interaction.response.send_modal(form)

    @route("queue-save")
    async def save(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Keep a suggestion's other wording."""
        found = await self._waiting(interaction, suggestion)
        about = found.proposal.song if found.proposal.kind == "mistake" else None
        proposal = suggestions.proposal_in(submitted(interaction), about=about)
        suggestions.check(proposal)
        if proposal.kind != found.proposal.kind or not await self.bot.store.suggestions.change(found.id, proposal):
            raise Refusal("queue.other-kind" if proposal.kind != found.proposal.kind else "suggestions.decided")
        await self._turn(interaction, found.id, note=reply.mine(interaction)("queue.saved"))

    @route("queue-decline")
    async def decline(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Ask for a word to the sender."""
        found = await self._waiting(interaction, suggestion)
        form = queue.decline_form(found, self.bot.library.catalogue, reply.mine(interaction))
        await interaction.response.send_modal(form)

    @route("queue-no")
    async def declined(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Decline a suggestion, and tell its sender why."""
        found = await self._waiting(interaction, suggestion)
        word = clean(submitted(interaction).text("word"))[: suggestions.WORD]
        await self._decide(interaction, found, "declined", word)

    async def _waiting(self, interaction: discord.Interaction, suggestion: str) -> Suggestion:
        """Find what waits under an id from outside. Raises Refusal where it was decided or is not for this person."""
        await self._operators.admit_curator(interaction.user.id)
        found = await self.bot.store.suggestions.get(whole(suggestion))
        if found is None or found.state != "open":
            raise Refusal("suggestions.decided")
        if found.proposal.kind != "song":
            await self._operators.admit_operator(interaction.user.id)
        return found

    async def _decide(self, interaction: discord.Interaction, found: Suggestion, what: str, word: str) -> None:
        decision = "accepted" if what == "accepted" else "declined"
        texts = reply.mine(interaction)
        if not await self.bot.store.suggestions.decide(
            found.id, decision, interaction.user.id, reply.now(), answer=word
        ):
            raise Refusal("suggestions.decided")
        told = await suggesting.tell_sender(self.bot, found.id)
        note = f"{texts(f'queue.{decision}')} {texts('queue.told' if told else 'queue.told-later')}"
        await self._turn(interaction, found.id, note=note)

    async def _turn(self, interaction: discord.Interaction, wanted: int, note: str | None = None) -> None:
        view = await queue.page_at(self.bot, self._operators, interaction, wanted, note=note)
        await reply.turn_private(interaction, view)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Reviewing(bot))
