"""/comments: what people here remember with a song; in direct messages, notes to oneself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NoReturn

import discord
from discord import app_commands

from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.locale.commands import said
from bot.store import Comment, Pace, StoreError, WrittenTooMuch
from bot.ui import choices, comments, permitted, reply
from bot.ui.routes import RoutedCog, press, route, submitted
from bot.ui.showing import song_named
from bot.ui.usertext import folds_itself, harmless

ACCOUNT_SECONDS = 7 * 86_400
"""Age of an account before it may write."""
PACE = Pace(most=3, seconds=3_600)
"""Comments one person may write in a server, and notes in direct messages."""


class Comments(RoutedCog):
    """Reading, writing, editing, deleting and liking comments."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="comments", description=said("comments.command"))
    @app_commands.describe(song=said("comments.option-song"))
    async def read(self, interaction: discord.Interaction, song: str) -> None:
        """Show a song's comments."""
        await self._show(interaction, song_named(self.bot, choices.meant(interaction, "song", song)))

    @read.autocomplete("song")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        return await choices.complete(interaction, "song", typed)

    @route("comments")
    async def read_from_card(self, interaction: discord.Interaction, song: str) -> None:
        """Show the comments of the song on a card."""
        await self._show(interaction, song_named(self.bot, song))

    @route("comment-page")
    async def turn_page(self, interaction: discord.Interaction, song: str, page: str) -> None:
        """Turn a private page in place; from a posted one, begin a private one."""
        view = await self._page(interaction, song_named(self.bot, song), _number(page))
        await _turn(interaction, view)

    @route("comment-post")
    async def post(self, interaction: discord.Interaction, song: str, page: str) -> None:
        """Post a page of this server's comments where everybody sees it."""
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        view = await self._posted(interaction, song_named(self.bot, song), _number(page))
        await reply.send(interaction, view, private=False)

    @route("comment-like")
    async def like(self, interaction: discord.Interaction, comment: str, song: str, page: str) -> None:
        """Like a comment, or no longer, and show its page again."""
        named, number = song_named(self.bot, song), _number(page)
        found = await self._comment(interaction, comment)
        if found.user == interaction.user.id:
            raise Refusal("comments.own")
        if not await self.bot.store.comments.toggle_like(found.id, interaction.user.id, reply.now()):
            raise Refusal("comments.gone")
        draw = self._page if _private(interaction) else self._posted
        await reply.turn(interaction, await draw(interaction, named, number))

    @route("say-why")
    async def write(self, interaction: discord.Interaction, song: str) -> None:
        """Open the form to write a comment in."""
        named = song_named(self.bot, song)
        await self._allow(interaction)
        form = comments.form("comment-save", named.id, named, reply.mine(interaction))
        await interaction.response.send_modal(form)

    @route("comment-save")
    async def save(self, interaction: discord.Interaction, song: str) -> None:
        """Keep what was written; where that fails, its text is told back."""
        written = submitted(interaction)
        try:
            named = song_named(self.bot, song)
            text = comments.worth_keeping(written.text("text"))
            spoils = comments.spoils(written.text("episode"), recent=self._recent(named), hides=folds_itself(text))
            await self._allow(interaction)
            permitted.without_blocked(text, self.bot.store.guilds.get(reply.home(interaction)))
            saved = await self.bot.store.comments.write(
                reply.home(interaction),
                named.id,
                interaction.user.id,
                text,
                spoiler=spoils.spoiler,
                episode=spoils.episode,
                now=reply.now(),
                pace=PACE,
            )
        except WrittenTooMuch as error:
            await _tell_back(interaction, _too_many(error.again), written.text("text"))
        except (Refusal, StoreError) as error:
            await _tell_back(interaction, error, written.text("text"))
        texts = reply.mine(interaction)
        await reply.say(interaction, _saved("comments.saved", saved, texts), *comments.own_buttons(saved, texts))

    @route("comment-edit")
    async def edit(self, interaction: discord.Interaction, comment: str) -> None:
        """Open the form to rewrite one's own comment in."""
        found = await self._own(interaction, comment)
        form = comments.form(
            "comment-rewrite",
            found.id,
            song_named(self.bot, found.song),
            reply.mine(interaction),
            comment=found,
        )
        await interaction.response.send_modal(form)

    @route("comment-rewrite")
    async def rewrite(self, interaction: discord.Interaction, comment: str) -> None:
        """Keep one's own comment as rewritten; where that fails, its text is told back."""
        written = submitted(interaction)
        try:
            before = await self._own(interaction, comment)
            text = comments.worth_keeping(written.text("text"))
            permitted.without_blocked(text, self.bot.store.guilds.get(before.guild))
            vague = before.spoiler and before.episode is None
            recent = self._recent(song_named(self.bot, before.song))
            spoils = comments.spoils(written.text("episode"), recent=vague or recent, hides=folds_itself(text))
            saved = await self.bot.store.comments.edit(
                before.id,
                interaction.user.id,
                text,
                spoiler=spoils.spoiler,
                episode=spoils.episode,
                now=reply.now(),
            )
            if saved is None:
                raise Refusal("comments.gone")
        except (Refusal, StoreError) as error:
            await _tell_back(interaction, error, written.text("text"))
        texts = reply.mine(interaction)
        await reply.say(interaction, _saved("comments.rewritten", saved, texts), *comments.own_buttons(saved, texts))

    @route("comment-delete")
    async def delete(self, interaction: discord.Interaction, comment: str) -> None:
        """Ask once whether one's own comment shall go."""
        found = await self._own(interaction, comment)
        texts = reply.mine(interaction)
        sure = press(
            "comment-delete-now",
            found.id,
            label=texts("comments.delete-now"),
            style=discord.ButtonStyle.danger,
        )
        await reply.say(interaction, texts("comments.delete-sure"), sure)

    @route("comment-delete-now")
    async def delete_now(self, interaction: discord.Interaction, comment: str) -> None:
        """Delete one's own comment."""
        found = await self._own(interaction, comment)
        if not await self.bot.store.comments.delete(found.id, interaction.user.id):
            raise Refusal("comments.gone")
        await _turn(interaction, reply.note(reply.mine(interaction)("comments.deleted")))

    async def _show(self, interaction: discord.Interaction, song: Song) -> None:
        await reply.send(interaction, await self._page(interaction, song, 0), private=True)

    async def _page(self, interaction: discord.Interaction, song: Song, number: int) -> discord.ui.LayoutView:
        guild = reply.home(interaction)
        page = await self._read(interaction, song, number)
        return comments.comments_page(
            page, reply.mine(interaction), viewer=interaction.user.id, notes=not guild, post=bool(guild)
        )

    async def _posted(self, interaction: discord.Interaction, song: Song, number: int) -> discord.ui.LayoutView:
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        page = await self._read(interaction, song, number)
        texts = reply.audience(interaction, private=False).texts
        return comments.comments_page(page, texts, viewer=None, notes=False)

    async def _read(self, interaction: discord.Interaction, song: Song, number: int) -> comments.Page:
        rows = comments.PAGE_ROWS
        while True:
            found = await self.bot.store.comments.of_song(
                reply.home(interaction),
                song.id,
                interaction.user.id,
                limit=rows + 1,
                offset=number * rows,
            )
            if found or not number:
                return comments.Page(song, found[:rows], number, len(found) > rows)
            number = 0

    async def _comment(self, interaction: discord.Interaction, id: str) -> Comment:
        """Find the comment an id from outside names, as far as this person sees it from here."""
        number = int(id) if id.isascii() and id.isdigit() and len(id) <= 18 else 0
        found = await self.bot.store.comments.get(number, interaction.user.id)
        if found is None or (found.user != interaction.user.id and found.guild != reply.home(interaction)):
            raise Refusal("comments.gone")
        return found

    async def _own(self, interaction: discord.Interaction, id: str) -> Comment:
        found = await self._comment(interaction, id)
        if found.user != interaction.user.id:
            raise Refusal("comments.not-yours")
        return found

    async def _allow(self, interaction: discord.Interaction) -> None:
        """Raise Refusal where this person may not write now."""
        permitted.may_write(interaction, self.bot.store.guilds.get(reply.home(interaction)))
        now = reply.now()
        old_enough = int(interaction.user.created_at.timestamp()) + ACCOUNT_SECONDS
        if now < old_enough:
            raise Refusal("comments.account-young", at=old_enough)
        again = await self.bot.store.comments.again(reply.home(interaction), interaction.user.id, PACE, now)
        if again is not None:
            raise _too_many(again)

    def _recent(self, song: Song) -> bool:
        """Tell whether a song's drama is of this year or the last."""
        this_year = datetime.fromtimestamp(reply.now(), UTC).year
        return self.bot.library.catalogue.drama_of(song).year >= this_year - 1


def _too_many(again: int) -> Refusal:
    return Refusal("comments.too-many", most=PACE.most, at=again)


def _saved(key: str, comment: Comment, texts: Texts) -> str:
    """Say that a comment is kept, and what readers see of it."""
    if not comment.guild:
        return texts(f"{key}-note")
    if comment.spoiler and comment.episode:
        return f"{texts(key)} {texts('comments.folded-to', episode=comment.episode)}"
    return f"{texts(key)} {texts('comments.folded')}" if comment.spoiler else texts(key)


async def _tell_back(interaction: discord.Interaction, error: Refusal | StoreError, text: str) -> NoReturn:
    """Fail with the writer's text in the answer, so that it can be copied. Raises Refusal or StoreError."""
    shown = harmless(text[: comments.CHARACTERS])
    if not shown:
        raise error
    texts = reply.mine(interaction)
    if isinstance(error, Refusal):
        raise Refusal("comments.told-back", reason=texts(error.key, **error.values), text=shown) from error
    await reply.say(interaction, texts("comments.not-lost", text=shown))
    raise error


async def _turn(interaction: discord.Interaction, view: discord.ui.LayoutView) -> None:
    """Turn a private message in place; what everybody sees is never overwritten with one's own."""
    await reply.turn(interaction, view, owner=None if _private(interaction) else 0)


def _private(interaction: discord.Interaction) -> bool:
    """Tell whether only the presser sees the message pressed on."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refusal("error.stale")
    return int(text)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Comments(bot))
