"""Votes: the Love buttons, hearts under cards, "not for me" and "I know it"."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Awaitable, Callable
from typing import Final

import discord
from discord.ext import commands

from bot import limits
from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.store import Pressed, Reaction, StoreClosed, StoreError
from bot.trouble import OUTAGE, named
from bot.ui import hearts, lines, reply, showing
from bot.ui.healing import Cards
from bot.ui.routes import RoutedCog, press, route, whole

log = logging.getLogger(__name__)

_AGAIN_S: Final = (2.0, 5.0, 15.0, 40.0)
"""Seconds until a reaction that could not be counted is tried again; meanwhile those after it of its giver wait."""


class Voting(RoutedCog):
    """Counts votes however they are given, and keeps the counts on cards true."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._cards = Cards(bot)
        self._turns: weakref.WeakValueDictionary[tuple[int, int], asyncio.Lock] = weakref.WeakValueDictionary()

    @route("love")
    async def love(self, interaction: discord.Interaction, song_id: str) -> None:
        """Make a song the presser's favourite; pressed again, say since when it is."""
        song = showing.song_named(self.bot, song_id)
        now = reply.now()
        pressed = await self.bot.store.marks.press(interaction.user.id, song.id, reply.home(interaction), "button", now)
        texts = reply.mine(interaction)
        title = lines.bold_title(song, texts)
        if pressed.new:
            sentence = texts("vote.saved", title=title, ordinal=lines.ordinal(pressed.total), count=pressed.total)
            buttons = [
                press("say-why", song.id, label=texts("button.say-why")),
                press("undo", song.id, now, label=texts("button.undo")),
            ]
        else:
            sentence = texts("vote.since", title=title, since=f"<t:{pressed.since}:D>")
            buttons = [press("unlove", song.id, label=texts("button.remove"))]
        if view := showing.redraw_pressed(interaction, song):
            await _edit_pressed(interaction, view)
        elif interaction.message:
            self.bot.redraws.soon(interaction.message.id)
        await reply.say(interaction, sentence, *buttons)

    @route("love-many")
    async def love_many(self, interaction: discord.Interaction) -> None:
        """Make all ticked songs favourites at once."""
        values: list[str] = (interaction.data or {}).get("values", [])  # pyright: ignore[reportAssignmentType]
        found = [self.bot.library.catalogue.song(str(id)) for id in values[: limits.SELECT_OPTIONS]]
        songs = list(dict.fromkeys(song.id for song in found if song))
        if not songs:
            raise Refusal("error.song-gone")
        pressed: tuple[Pressed, ...] = await self.bot.store.marks.press_many(
            interaction.user.id, songs, reply.home(interaction), "button", reply.now()
        )
        texts = reply.mine(interaction)
        new = sum(one.new for one in pressed)
        sentence = texts("vote.saved-many", count=new) if new else texts("vote.saved-none")
        await reply.say(interaction, sentence, press("more", label=texts("button.three-more")))

    @route("undo")
    async def undo(self, interaction: discord.Interaction, song_id: str, at: str) -> None:
        """Take back the press just made, and only that one."""
        song = showing.song_named(self.bot, song_id)
        texts = reply.mine(interaction)
        await self.bot.store.marks.undo(interaction.user.id, song.id, reply.home(interaction), "button", whole(at))
        await reply.turn_private(interaction, reply.note(texts("vote.undone", title=lines.bold_title(song, texts))))

    @route("unlove")
    async def unlove(self, interaction: discord.Interaction, song_id: str) -> None:
        """Remove a song from the presser's favourites, whatever they rested on."""
        song = showing.song_named(self.bot, song_id)
        texts = reply.mine(interaction)
        removed = await self.bot.store.marks.remove(interaction.user.id, song.id)
        key = "vote.removed" if removed else "vote.not-yours"
        await reply.turn_private(interaction, reply.note(texts(key, title=lines.bold_title(song, texts))))

    @route("dismiss")
    async def dismiss(self, interaction: discord.Interaction, song_id: str) -> None:
        """Never recommend a song to this person again, until they heart it."""
        song = showing.song_named(self.bot, song_id)
        await self.bot.store.listeners.dismiss(interaction.user.id, song.id, reply.now())
        await self._say_of(interaction, "vote.dismissed", song)

    @route("known")
    async def known(self, interaction: discord.Interaction, song_id: str) -> None:
        """Keep that this person knows a song already."""
        song = showing.song_named(self.bot, song_id)
        await self.bot.store.listeners.know(interaction.user.id, song.id, reply.now())
        await self._say_of(interaction, "vote.known", song)

    async def _say_of(self, interaction: discord.Interaction, key: str, song: Song) -> None:
        texts = reply.mine(interaction)
        await reply.say(interaction, texts(key, title=lines.bold_title(song, texts)))

    def _turn(self, event: discord.RawReactionActionEvent) -> asyncio.Lock:
        """The queue of one person under one message: a heart given and taken back at once must end so."""
        return self._turns.setdefault((event.message_id, event.user_id), asyncio.Lock())

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Count a heart as a vote; bots' hearts are none."""
        async with self._turn(event):
            await _insist(lambda: self._add(event))

    async def _add(self, event: discord.RawReactionActionEvent) -> None:
        me = self.bot.user.id if self.bot.user else 0
        if event.member is not None and event.member.bot:
            return
        if event.message_author_id not in {None, me}:
            return
        card = await self._cards.under(event)
        if card is None:
            return
        song = hearts.voted_song(card, _emoji(event), self.bot.store.guilds.get(card.guild).vote_emoji)
        if song is None:
            return
        reaction = Reaction(event.message_id, _emoji(event), event.burst)
        await self.bot.store.marks.react(event.user_id, song, card.guild, reaction, reply.now())
        self.bot.redraws.soon(card.message)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Take back the vote that rested on a heart."""
        async with self._turn(event):
            await _insist(lambda: self._remove(event))

    async def _remove(self, event: discord.RawReactionActionEvent) -> None:
        reaction = Reaction(event.message_id, _emoji(event), event.burst)
        ended = await self.bot.store.marks.unreact(event.user_id, reaction)
        if ended and (card := await self.bot.store.cards.get(event.message_id)):
            self.bot.redraws.soon(card.message)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """Leave votes as they are when somebody else clears a card."""
        async with self._cards.lookup(event.message_id):
            await _insist(lambda: self.bot.store.cards.set_cleared(event.message_id))

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """Leave votes as they are when somebody else clears one of a card's hearts."""
        async with self._cards.lookup(event.message_id):
            await _insist(lambda: self._clear_one(event))

    async def _clear_one(self, event: discord.RawReactionClearEmojiEvent) -> None:
        card = await self.bot.store.cards.get(event.message_id)
        if card and hearts.voted_song(card, _emoji(event), self.bot.store.guilds.get(card.guild).vote_emoji):
            await self.bot.store.cards.set_cleared(event.message_id)


async def _insist(count: Callable[[], Awaitable[object]]) -> None:
    """Count what a reaction says, again and again where the store has no room or no turn for it just now."""
    for pause in (*_AGAIN_S, None):
        try:
            await count()
        except StoreClosed:
            return
        except StoreError as error:
            log.error("A reaction could not be counted%s: %s", "" if pause else ", the next recount will", error)
        else:
            return
        if pause:
            await asyncio.sleep(pause)


async def _edit_pressed(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Answer a press by editing its message; the vote is saved and told even where that fails."""
    if interaction.response.is_done():
        return
    try:
        await interaction.response.edit_message(view=view)
    except (discord.InteractionResponded, *OUTAGE) as error:
        log.info("The count on a pressed card could not be edited: %s", named(error))


def _emoji(event: discord.RawReactionActionEvent | discord.RawReactionClearEmojiEvent) -> str:
    return str(event.emoji.id) if event.emoji.id else event.emoji.name


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Voting(bot))
