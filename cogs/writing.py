"""Writing comments, and changing or deleting one's own; what cannot be kept is told back."""

from __future__ import annotations

import discord

from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.store import Comment, StoreError, WrittenTooMuch
from bot.ui import comment_pages, commenting, comments, reply
from bot.ui.routes import RoutedCog, press, route, submitted
from bot.ui.showing import song_named
from bot.ui.usertext import folds_itself


class Writing(RoutedCog):
    """The forms that comments are written in, and what becomes of them."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @route("say-why")
    async def write(self, interaction: discord.Interaction, song: str) -> None:
        """Open the form to write a comment in."""
        named = song_named(self.bot, song)
        await commenting.allow(interaction)
        await commenting.allow_more(interaction)
        form = comments.form("comment-save", named.id, named, reply.mine(interaction))
        await interaction.response.send_modal(form)

    @route("comment-save")
    async def save(self, interaction: discord.Interaction, song: str) -> None:
        """Keep what was written; where that fails, its text is told back."""
        written = submitted(interaction)
        try:
            named = song_named(self.bot, song)
            text = comments.worth_keeping(written.text("text"))
            recent = commenting.is_recent(interaction, named)
            spoils = comments.spoils(written.text("episode"), recent=recent, hides=folds_itself(text))
            await commenting.allow(interaction, text)
            saved = await self.bot.store.comments.write(
                reply.home(interaction),
                named.id,
                interaction.user.id,
                text,
                spoiler=spoils.spoiler,
                episode=spoils.episode,
                now=reply.now(),
                pace=commenting.PACE,
            )
        except WrittenTooMuch as error:
            await commenting.tell_back(interaction, commenting.too_many(error.again), written.text("text"))
        except (Refusal, StoreError) as error:
            await commenting.tell_back(interaction, error, written.text("text"))
        await self._tell_saved(interaction, "comments.saved", saved)

    @route("comment-edit")
    async def edit(self, interaction: discord.Interaction, comment: str) -> None:
        """Open the form to rewrite one's own comment in."""
        found = await self._own(interaction, comment)
        await self._allow_change(interaction, found)
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
            await self._allow_change(interaction, before, text)
            vague = before.spoiler and before.episode is None
            recent = commenting.is_recent(interaction, song_named(self.bot, before.song))
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
            await commenting.tell_back(interaction, error, written.text("text"))
        await self._tell_saved(interaction, "comments.rewritten", saved)

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
        await reply.turn_private(interaction, reply.note(reply.mine(interaction)("comments.deleted")))

    async def _own(self, interaction: discord.Interaction, id: str) -> Comment:
        found = await comment_pages.named(interaction, id)
        if found.user != interaction.user.id:
            raise Refusal("comments.not-yours")
        return found

    async def _allow_change(self, interaction: discord.Interaction, comment: Comment, text: str = "") -> None:
        """Raise Refusal where one's own comment may not be rewritten, or not so, or not from here."""
        if comment.removed:
            raise Refusal("comments.removed")
        if comment.guild and comment.guild != reply.home(interaction):
            raise Refusal("comments.change-there")
        if comment.guild:
            await commenting.allow(interaction, text)

    async def _tell_saved(self, interaction: discord.Interaction, key: str, saved: Comment) -> None:
        """Say that a comment is kept, who reads it, and how to change that."""
        texts = reply.mine(interaction)
        sentences, buttons = [_saved(key, saved, texts)], comments.own_buttons(saved, texts)
        if saved.guild and self.bot.store.guilds.get(saved.guild).share_comments:
            shares = self.bot.store.people.get(interaction.user.id).share_comments
            sentences.append(texts("comments.shared" if shares else "comments.not-shared"))
            buttons.append(comments.share_button(texts, shares=shares))
        await reply.say(interaction, "\n".join(sentences), *buttons)


def _saved(key: str, comment: Comment, texts: Texts) -> str:
    """Say that a comment is kept, and what readers see of it."""
    if not comment.guild:
        return texts(f"{key}-note")
    if comment.spoiler and comment.episode:
        return f"{texts(key)} {texts('comments.folded-to', episode=comment.episode)}"
    return f"{texts(key)} {texts('comments.folded')}" if comment.spoiler else texts(key)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Writing(bot))
