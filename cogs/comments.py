"""/comments: what people here remember with a song; in direct messages, notes to oneself."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.catalogue import Song
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.locale.commands import said
from bot.store import Comment, CommentOrder, StoreError, WrittenTooMuch
from bot.ui import choices, commenting, comments, permitted, reply
from bot.ui.routes import RoutedCog, press, route, submitted, whole
from bot.ui.showing import song_named
from bot.ui.usertext import folds_itself

_LAST_PAGE = 10**6


class Comments(RoutedCog):
    """Reading, writing, editing, deleting and liking comments."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="comments", description=said("comments.command"))
    @app_commands.describe(song=said("comments.option-song"))
    async def read(self, interaction: discord.Interaction, song: str | None = None) -> None:
        """Show a song's comments; of no song, all that the asker wrote."""
        if song is None:
            await reply.send(interaction, await self._mine(interaction, 0), private=True)
        else:
            await self._show(interaction, song_named(self.bot, choices.meant(interaction, "song", song)))

    @read.autocomplete("song")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        return await choices.complete(interaction, "song", typed)

    @route("comments")
    async def read_from_card(self, interaction: discord.Interaction, song: str) -> None:
        """Show the comments of the song on a card."""
        await self._show(interaction, song_named(self.bot, song))

    @route("comment-page")
    async def turn_page(self, interaction: discord.Interaction, song: str, page: str, order: str = "best") -> None:
        """Turn a private page in place; from a posted one, begin a private one."""
        view = await self._page(interaction, song_named(self.bot, song), whole(page, _LAST_PAGE), order)
        await reply.turn_private(interaction, view)

    @route("comment-sort")
    async def sort(self, interaction: discord.Interaction, song: str, order: str) -> None:
        """Begin anew in another order."""
        await reply.turn_private(interaction, await self._page(interaction, song_named(self.bot, song), 0, order))

    @route("comment-post")
    async def post(self, interaction: discord.Interaction, song: str, page: str, order: str = "best") -> None:
        """Post a page of this server's comments where everybody sees it."""
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        view = await self._posted(interaction, song_named(self.bot, song), whole(page, _LAST_PAGE), order)
        await reply.send(interaction, view, private=False)

    @route("comment-like")
    async def like(
        self, interaction: discord.Interaction, comment: str, song: str, page: str, order: str = "best"
    ) -> None:
        """Like a comment, or no longer, and show its page again."""
        named, number = song_named(self.bot, song), whole(page, _LAST_PAGE)
        found = await self._comment(interaction, comment)
        if found.user == interaction.user.id:
            raise Refusal("comments.own")
        if not await self.bot.store.comments.toggle_like(found.id, interaction.user.id, reply.now()):
            raise Refusal("comments.gone")
        draw = self._page if _private(interaction) else self._posted
        await reply.turn(interaction, await draw(interaction, named, number, order))

    @route("comment-mine")
    async def turn_mine(self, interaction: discord.Interaction, page: str) -> None:
        """Turn a page of what the presser wrote."""
        await reply.turn_private(interaction, await self._mine(interaction, whole(page, _LAST_PAGE)))

    @route("comment-share")
    async def share(self, interaction: discord.Interaction, shares: str) -> None:
        """Let other servers read what the presser writes, or no longer."""
        if shares not in {"0", "1"}:
            raise Refusal("error.stale")
        await self.bot.store.people.set_share_comments(interaction.user.id, shares == "1")
        await reply.turn_private(interaction, await self._mine(interaction, 0))

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

    async def _show(self, interaction: discord.Interaction, song: Song) -> None:
        await reply.send(interaction, await self._page(interaction, song, 0), private=True)

    async def _page(
        self, interaction: discord.Interaction, song: Song, number: int, order: str = "best"
    ) -> discord.ui.LayoutView:
        page = await self._read(interaction, song, number, order)
        return comments.comments_page(
            page,
            reply.mine(interaction),
            viewer=interaction.user.id,
            post=bool(page.guild),
            moderate=commenting.moderates(interaction),
        )

    async def _posted(
        self, interaction: discord.Interaction, song: Song, number: int, order: str = "best"
    ) -> discord.ui.LayoutView:
        if not reply.home(interaction):
            raise Refusal("error.guild-only")
        page = await self._read(interaction, song, number, order)
        return comments.comments_page(page, reply.audience(interaction, private=False).texts, viewer=None)

    async def _read(self, interaction: discord.Interaction, song: Song, number: int, order: str) -> comments.Page:
        rows, guild = comments.PAGE_ROWS, reply.home(interaction)
        sorting: CommentOrder = "newest" if order == "newest" else "best"
        while True:
            found = await self.bot.store.comments.of_song(
                guild, song.id, interaction.user.id, sorting, limit=rows + 1, offset=number * rows
            )
            if found or not number:
                break
            number = 0
        words = self.bot.store.guilds.get(guild).blocked_words
        shown = [one for one in found[:rows] if one.guild == guild or not permitted.blocked_word(one.text, words)]
        return comments.Page(song, shown, number, len(found) > rows, sorting, guild)

    async def _mine(self, interaction: discord.Interaction, number: int) -> discord.ui.LayoutView:
        rows, user = comments.MINE_ROWS, interaction.user.id
        found = await self.bot.store.comments.mine(user, limit=rows + 1, offset=number * rows)
        if not found and number:
            return await self._mine(interaction, 0)
        return comments.mine_page(
            [(one, self.bot.library.catalogue.song(one.song)) for one in found[:rows]],
            number,
            reply.mine(interaction),
            more=len(found) > rows,
            guild=reply.home(interaction),
            shares=self.bot.store.people.get(user).share_comments,
        )

    async def _comment(self, interaction: discord.Interaction, id: str) -> Comment:
        """Find the comment an id from outside names, as far as this person sees it from here."""
        number, user, guild = whole(id), interaction.user.id, reply.home(interaction)
        found = await self.bot.store.comments.get(number, user)
        if found is None or found.user != user:
            found = await self.bot.store.comments.read_from(number, guild, user)
        if found is None:
            raise Refusal("comments.gone")
        return found

    async def _own(self, interaction: discord.Interaction, id: str) -> Comment:
        found = await self._comment(interaction, id)
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


def _private(interaction: discord.Interaction) -> bool:
    """Tell whether only the presser sees the message pressed on."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Comments(bot))
