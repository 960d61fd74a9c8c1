"""Votes: the Love buttons, hearts under cards, "not for me" and "I know it"."""

from __future__ import annotations

import asyncio
import json
import logging
import weakref
from typing import Final

import discord
from discord.ext import commands

from bot import limits
from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.store import Card, Pressed, Reaction, StoreError
from bot.ui import hearts, lines, reply, showing
from bot.ui.routes import RoutedCog, press, route

log = logging.getLogger(__name__)

_EDIT_PAUSE: Final = 3.0
"""Seconds in which the votes on one card are gathered before its count is edited."""
_STRANGERS: Final = 1_000
"""Messages remembered not to be cards, so that each is looked up once."""


class Voting(RoutedCog):
    """Counts votes however they are given, and keeps the counts on cards true."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._waiting: dict[int, asyncio.TimerHandle] = {}
        self._redrawing: set[asyncio.Task[None]] = set()
        self._strangers: dict[int, None] = {}
        self._turns: weakref.WeakValueDictionary[int, asyncio.Lock] = weakref.WeakValueDictionary()

    async def cog_unload(self) -> None:
        """Give the verbs back and stop redrawing; never suspends."""
        for timer in self._waiting.values():
            timer.cancel()
        for task in self._redrawing:
            task.cancel()
        await super().cog_unload()

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
        await reply.say(interaction, sentence, *buttons)
        self._redraw_later(interaction.message)

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
        if not (at.isascii() and at.isdigit() and len(at) <= 12):
            raise Refusal("error.stale")
        await self.bot.store.marks.undo(interaction.user.id, song.id, reply.home(interaction), "button", int(at))
        await self._told(interaction, texts("vote.undone", title=lines.bold_title(song, texts)))

    @route("unlove")
    async def unlove(self, interaction: discord.Interaction, song_id: str) -> None:
        """Remove a song from the presser's favourites, whatever they rested on."""
        song = showing.song_named(self.bot, song_id)
        texts = reply.mine(interaction)
        removed = await self.bot.store.marks.remove(interaction.user.id, song.id)
        key = "vote.removed" if removed else "vote.not-yours"
        await self._told(interaction, texts(key, title=lines.bold_title(song, texts)))

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

    async def _told(self, interaction: discord.Interaction, sentence: str) -> None:
        if interaction.message and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=reply.note(sentence))
        else:
            await reply.say(interaction, sentence)

    def _turn(self, message: int) -> asyncio.Lock:
        """The queue in which a message's reactions are heard: a heart given and taken back at once must end so."""
        return self._turns.setdefault(message, asyncio.Lock())

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Count a heart as a vote; bots' hearts are none."""
        async with self._turn(event.message_id):
            await self._add(event)

    async def _add(self, event: discord.RawReactionActionEvent) -> None:
        me = self.bot.user.id if self.bot.user else 0
        if event.user_id == me or (event.member is not None and event.member.bot):
            return
        if event.message_author_id not in {None, me} or event.message_id in self._strangers:
            return
        card = await self.bot.store.cards.get(event.message_id) or await self._heal(event)
        if card is None:
            return
        song = hearts.voted_song(card, _emoji(event), self.bot.store.guilds.get(card.guild).vote_emoji)
        if song is None:
            return
        reaction = Reaction(event.message_id, _emoji(event), event.burst)
        try:
            await self.bot.store.marks.react(event.user_id, song, card.guild, reaction, reply.now())
        except StoreError as error:
            log.error("A vote by reaction could not be kept: %s", error)
            return
        self._redraw_soon(card.message)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Take back the vote that rested on a heart."""
        async with self._turn(event.message_id):
            await self._remove(event)

    async def _remove(self, event: discord.RawReactionActionEvent) -> None:
        try:
            ended = await self.bot.store.marks.unreact(
                event.user_id, Reaction(event.message_id, _emoji(event), event.burst)
            )
        except StoreError as error:
            log.error("A vote taken back could not be kept: %s", error)
            return
        if ended and (card := await self.bot.store.cards.get(event.message_id)):
            self._redraw_soon(card.message)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """Leave votes as they are when somebody else clears a card."""
        async with self._turn(event.message_id):
            await self._clear(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """Leave votes as they are when somebody else clears one of a card's hearts."""
        async with self._turn(event.message_id):
            card = await self.bot.store.cards.get(event.message_id)
            if card and hearts.voted_song(card, _emoji(event), self.bot.store.guilds.get(card.guild).vote_emoji):
                await self._clear(event.message_id)

    async def _clear(self, message: int) -> None:
        try:
            await self.bot.store.cards.set_cleared(message)
        except StoreError as error:
            log.error("That a card was cleared could not be kept: %s", error)

    @commands.Cog.listener()
    async def on_recounted(self, message: int) -> None:
        """Show on a card what a recount found."""
        self._redraw_soon(message)

    async def _heal(self, event: discord.RawReactionActionEvent) -> Card | None:
        """Read a card whose row is missing back from Discord, once, by the songs its buttons name."""
        if len(self._strangers) >= _STRANGERS:
            self._strangers.pop(next(iter(self._strangers)))
        self._strangers[event.message_id] = None
        try:
            message = await self.bot.get_partial_messageable(event.channel_id).fetch_message(event.message_id)
        except discord.HTTPException as error:
            log.info("Message %s could not be read: %s", event.message_id, error)
            return None
        if self.bot.user is None or message.author.id != self.bot.user.id:
            return None
        components = [component.to_dict() for component in message.components]
        ids = [str(c.get("custom_id", "")) for c in limits.walk(components)]  # pyright: ignore[reportArgumentType]
        loved = [self.bot.library.catalogue.song(id.partition(":")[2]) for id in ids if id.startswith("love:")]
        songs = tuple(song.id for song in loved if song)
        if not songs:
            return None
        kind = showing.PICKS if "more" in ids else showing.ONE_SONG
        guild = event.guild_id or 0
        locale = self.bot.store.guilds.get(guild).locale or "en"
        detail = json.dumps({"why": [], "asked": {}})
        card = Card(event.message_id, event.channel_id, guild, kind, songs, locale, reply.now(), detail)
        await self.bot.store.cards.add(card)
        self._strangers.pop(event.message_id, None)
        return card

    def _redraw_later(self, message: discord.Message | None) -> None:
        if message is not None and not message.flags.ephemeral:
            self._redraw_soon(message.id)

    def _redraw_soon(self, message: int) -> None:
        """Edit a card's count once the votes of a few seconds are in."""
        if message not in self._waiting:
            loop = asyncio.get_running_loop()
            self._waiting[message] = loop.call_later(_EDIT_PAUSE, self._start, message)

    def _start(self, message: int) -> None:
        del self._waiting[message]
        task = asyncio.create_task(self._redraw(message), name=f"redraw card {message}")
        self._redrawing.add(task)
        task.add_done_callback(self._redrawing.discard)

    async def _redraw(self, message: int) -> None:
        try:
            card = await self.bot.store.cards.get(message)
            view = showing.redraw(self.bot, card) if card else None
            if card is None or view is None:
                return
            partial = self.bot.get_partial_messageable(card.channel).get_partial_message(message)
            await partial.edit(view=view)
        except discord.NotFound:
            await self.bot.store.cards.forget(message)
        except (discord.HTTPException, StoreError) as error:
            log.info("The count on card %s could not be edited: %s", message, error)


def _emoji(event: discord.RawReactionActionEvent | discord.RawReactionClearEmojiEvent) -> str:
    return str(event.emoji.id) if event.emoji.id else event.emoji.name


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Voting(bot))
