"""/suggest: what the catalogue lacks, or has wrong; whether we have it is looked up before it is sent."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.host import Host
from bot.locale.commands import said
from bot.store import Proposal, StoreError, SuggestedTooMuch, TooManyOpen
from bot.store.suggestions import MOST_AN_HOUR, MOST_OPEN
from bot.ui import choices, lines, reply, suggesting, suggestions
from bot.ui.routes import RoutedCog, route, submitted, whole
from bot.ui.showing import song_named

Choice = app_commands.Choice[str]


class Suggesting(RoutedCog):
    """Takes suggestions and corrections from anybody."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="suggest", description=said("suggest.command"))
    @app_commands.describe(mistake_in=said("suggest.option-mistake"))
    async def suggest(self, interaction: discord.Interaction, mistake_in: str | None = None) -> None:
        """Open the form; what became of earlier suggestions is told first, where that is still to be done."""
        if mistake_in is not None:
            await self.mistake(interaction, choices.meant(interaction, "song", mistake_in))
            return
        news = await self.bot.store.suggestions.untold(interaction.user.id)
        if not news:
            await self.begin(interaction)
            return
        view = suggestions.news_page(news, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, view, private=True)
        await reply.noted(self.bot.store.suggestions.told(*(suggestion.id for suggestion in news)))

    @suggest.autocomplete("mistake_in")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        return await choices.complete(interaction, "song", typed)

    @route("suggest")
    async def begin(self, interaction: discord.Interaction) -> None:
        """Open an empty form."""
        await self._open(interaction, Proposal("song"))

    @route("suggest-missing")
    async def missing(self, interaction: discord.Interaction, drama: str) -> None:
        """Open the form for a song that a drama's page lacks."""
        found = self.bot.library.catalogue.drama(drama)
        if found is None:
            raise Refusal("pages.gone")
        texts = reply.mine(interaction)
        await self._open(interaction, Proposal("song", drama=lines.drama_title(found, texts)))

    @route("suggest-mistake")
    async def mistake(self, interaction: discord.Interaction, song: str) -> None:
        """Open the form that asks what is wrong with a song."""
        found = song_named(self.bot, song)
        await self._allow(interaction)
        texts = reply.mine(interaction)
        form = suggestions.form("suggest-wrong", found.id, Proposal("mistake"), texts, about=found)
        await interaction.response.send_modal(form)

    @route("suggest-send")
    async def send(self, interaction: discord.Interaction, _: str) -> None:
        """Keep what was suggested: as a draft where we may have it, else in the queue."""
        await self._keep(interaction, suggestions.proposal_in(submitted(interaction)))

    @route("suggest-wrong")
    async def wrong(self, interaction: discord.Interaction, song: str) -> None:
        """Put a correction into the queue."""
        found = song_named(self.bot, song)
        await self._keep(interaction, suggestions.proposal_in(submitted(interaction), about=found.id))

    @route("suggest-go")
    async def go(self, interaction: discord.Interaction, draft: str) -> None:
        """Send a draft after all."""
        number = whole(draft)
        try:
            sent = await self.bot.store.suggestions.send(number, interaction.user.id)
        except TooManyOpen:
            raise _too_many() from None
        if not sent:
            raise Refusal("suggest.gone")
        await reply.turn_private(interaction, suggestions.sent_note(number, reply.mine(interaction)))

    @route("suggest-drop")
    async def drop(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Take back what was not decided yet."""
        if not await self.bot.store.suggestions.withdraw(whole(suggestion), interaction.user.id):
            raise Refusal("suggest.gone")
        await reply.turn_private(interaction, reply.note(reply.mine(interaction)("suggest.dropped")))

    async def _open(self, interaction: discord.Interaction, proposal: Proposal) -> None:
        await self._allow(interaction)
        form = suggestions.form("suggest-send", "new", proposal, reply.mine(interaction))
        await interaction.response.send_modal(form)

    async def _allow(self, interaction: discord.Interaction) -> None:
        try:
            await self.bot.store.suggestions.allow(interaction.user.id, reply.now())
        except TooManyOpen:
            raise _too_many() from None
        except SuggestedTooMuch as error:
            raise Refusal("suggest.too-fast", most=MOST_AN_HOUR, at=error.again) from None

    async def _keep(self, interaction: discord.Interaction, proposal: Proposal) -> None:
        """Check and keep a proposal; where that fails, what was written is told back."""
        texts = reply.mine(interaction)
        try:
            suggestions.check(proposal)
            await self._allow(interaction)
            hits = suggesting.alike(self.bot, proposal)
            kept = await self.bot.store.suggestions.write(
                interaction.user.id, proposal, texts.locale, reply.now(), draft=bool(hits)
            )
        except TooManyOpen:
            raise _too_many() from None
        except SuggestedTooMuch as error:
            raise Refusal("suggest.too-fast", most=MOST_AN_HOUR, at=error.again) from None
        except Refusal as error:
            told = suggestions.told_back(proposal)
            await reply.say(interaction, f"{texts(error.key, **error.values)}\n{told}".strip())
            return
        except StoreError:
            await reply.say(interaction, texts("comments.not-lost", text=suggestions.told_back(proposal)))
            raise
        view = (
            suggestions.mean_page(kept, hits, self.bot.library, texts) if hits else suggestions.sent_note(kept, texts)
        )
        await reply.send(interaction, view, private=True)


def _too_many() -> Refusal:
    return Refusal("suggest.too-many", most=MOST_OPEN)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Suggesting(bot))
