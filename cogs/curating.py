"""Adding songs while the bot runs: the form of curators, and what the operator does with additions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import discord
from discord.ext import commands

from bot.catalogue import SongId
from bot.catalogue.typed import Typed, typed_of
from bot.errors import Refusal
from bot.host import Host
from bot.store import StoreError
from bot.ui import adding, additions, announcing, reply, suggesting
from bot.ui.routes import RoutedCog, route, submitted, whole

_DRAFTS: Final = 100
"""People whose last refused form is remembered."""
_DAY: Final = 86_400
"""Seconds after which an addition that was not announced is no news any more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was refused, to be opened again."""

    typed: Typed
    suggestion: int
    """0: it comes from none."""
    keep: SongId | None
    """The addition it would change."""


class Curating(RoutedCog):
    """Takes in songs that curators add, and lets the operator edit and remove them."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._operators = bot.operators
        self._drafts: dict[int, Draft] = {}
        self._announcing: set[asyncio.Task[None]] = set()

    @route("song-keep")
    async def keep(self, interaction: discord.Interaction, suggestion: str) -> None:
        """Take in a new song."""
        await self._operators.admit_curator(interaction.user.id)
        await self._take(interaction, Draft(additions.typed_in(submitted(interaction)), whole(suggestion), None))

    @route("song-rekeep")
    async def rekeep(self, interaction: discord.Interaction, song: str) -> None:
        """Take in a song's other wording."""
        await self._operators.admit_operator(interaction.user.id)
        found = adding.named_addition(self.bot, song)
        await self._take(interaction, Draft(additions.typed_in(submitted(interaction)), 0, found.id))

    @route("song-correct")
    async def correct(self, interaction: discord.Interaction) -> None:
        """Open the refused form again."""
        await self._operators.admit_curator(interaction.user.id)
        draft = self._drafts.get(interaction.user.id)
        if draft is None:
            raise Refusal("additions.draft-gone")
        verb, argument = ("song-rekeep", draft.keep) if draft.keep else ("song-keep", draft.suggestion)
        form = additions.form(verb, argument, draft.typed, reply.mine(interaction))
        await interaction.response.send_modal(form)

    @route("song-edit")
    async def edit(self, interaction: discord.Interaction, song: str) -> None:
        """Open the form with an addition in it."""
        await self._operators.admit_operator(interaction.user.id)
        found = adding.named_addition(self.bot, song)
        made = {addition.id: addition for addition in await self.bot.store.additions.all()}
        if found.id not in made:
            raise Refusal("additions.none-such")
        drama = adding.drama_words(self.bot, self.bot.library.catalogue.drama_of(found))
        form = additions.form("song-rekeep", found.id, typed_of(made[found.id], drama), reply.mine(interaction))
        await interaction.response.send_modal(form)

    @route("song-remove")
    async def remove(self, interaction: discord.Interaction, song: str) -> None:
        """Ask once whether an addition shall go."""
        await self._operators.admit_operator(interaction.user.id)
        found = adding.named_addition(self.bot, song)
        view = additions.remove_note(found, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, view, private=True)

    @route("song-remove-now")
    async def remove_now(self, interaction: discord.Interaction, song: str) -> None:
        """Take an addition out; votes on it are kept and come back with it."""
        await self._operators.admit_operator(interaction.user.id)
        found = adding.named_addition(self.bot, song)
        if not await self.bot.store.additions.remove(found.id):
            raise Refusal("additions.none-such")
        await self.bot.take_additions()
        await reply.turn(interaction, reply.note(reply.mine(interaction)("additions.removed")))

    async def _take(self, interaction: discord.Interaction, draft: Draft) -> None:
        """Judge a form, keep what it says, and bring it into the library; a refused one can be opened again."""
        self._remember(interaction.user.id, draft)
        texts = reply.mine(interaction)
        try:
            judged = await adding.judge(self.bot, draft.typed, texts, keep=draft.keep)
        except Refusal as error:
            told = f"{texts(error.key, **error.values)}\n{additions.told_back(draft.typed)}"
            await reply.send(interaction, additions.refused_note(told, texts), private=True)
            return
        if judged.mistakes:
            view = additions.mistakes_note(judged.mistakes, judged.guessed, draft.typed, texts)
            await reply.send(interaction, view, private=True)
            return
        if judged.known is not None:
            view = additions.known_note(judged.known, self.bot.library.catalogue, texts)
            await reply.send(interaction, view, private=True)
            return
        await self._keep(interaction, draft, judged)

    async def _keep(self, interaction: discord.Interaction, draft: Draft, judged: adding.Judged) -> None:
        texts, store, user = reply.mine(interaction), self.bot.store, interaction.user.id
        addition, now = judged.guessed.addition, reply.now()
        if draft.keep:
            if not await store.additions.edit(addition, user, now):
                raise Refusal("additions.none-such")
        else:
            match await store.additions.add(addition, user, now, suggestion=draft.suggestion or None):
                case "taken":
                    raise Refusal("additions.taken")
                case "decided":
                    raise Refusal("suggestions.decided")
        self._drafts.pop(user, None)
        await self.bot.take_additions()
        song = adding.named_addition(self.bot, addition.id)
        operator = await self._operators.is_operator(user)
        key = "additions.edited" if draft.keep else "additions.added"
        view = additions.added_note(
            key, song, judged.guessed.keys, self.bot.library.catalogue, texts, operator=operator
        )
        await reply.send(interaction, view, private=True)
        if not draft.keep:
            self._announce(song.id)
        if draft.suggestion:
            await suggesting.tell_sender(self.bot, draft.suggestion)

    def _remember(self, user: int, draft: Draft) -> None:
        self._drafts.pop(user, None)
        if len(self._drafts) >= _DRAFTS:
            self._drafts.pop(next(iter(self._drafts)))
        self._drafts[user] = draft

    def _announce(self, *songs: SongId) -> None:
        task = asyncio.create_task(announcing.announce(self.bot, songs), name="announce additions")
        self._announcing.add(task)
        task.add_done_callback(self._announcing.discard)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Announce what was added shortly before the bot stopped; what was announced stays so."""
        try:
            missed = await self.bot.store.additions.added_since(reply.now() - _DAY)
        except StoreError:
            return
        self._announce(*missed)

    async def cog_unload(self) -> None:
        """Give the verbs back; announcements under way go on."""
        await super().cog_unload()


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Curating(bot))
