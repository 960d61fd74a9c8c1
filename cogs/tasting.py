"""/taste and "Compare taste": one's profile, and another's beside it where they agreed."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.catalogue import SongId
from bot.errors import Refusal
from bot.host import Host
from bot.locale import Texts
from bot.locale.commands import said
from bot.recommend.profile import Profile, alike, gifts, profile
from bot.store import ListenerState
from bot.ui import reply, showing, taste
from bot.ui.reply import Audience
from bot.ui.routes import Item, RoutedCog, press, route, whole
from bot.ui.usertext import in_line

_GIFTS = 2
"""Songs that each could give the other."""
_ASKING_PAUSE = 600
"""Seconds between two public questions of one person, so that nobody is pestered."""


class Tasting(RoutedCog):
    """Shows what favourites have in common, one's own or two people's."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._asked: dict[int, int] = {}
        """When each person last asked somebody, in UTC seconds; forgotten once the pause is over."""
        self._menu = app_commands.ContextMenu(name=said("taste.menu"), callback=self._compare_from_menu)

    async def cog_load(self) -> None:
        """Take the verbs, and put the command into the menu of members."""
        await super().cog_load()
        self.bot.tree.add_command(self._menu, override=True)

    async def cog_unload(self) -> None:
        """Give the verbs and the menu's command back."""
        await super().cog_unload()
        if self.bot.tree.get_command(self._menu.name, type=self._menu.type) is self._menu:
            self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="taste", description=said("taste.command"))
    @app_commands.describe(member=said("taste.option-member"))
    async def taste(self, interaction: discord.Interaction, member: discord.User | None = None) -> None:
        """Answer privately with one's profile, or with how alike a member is who agreed to that."""
        if member is None or member.id == interaction.user.id:
            await self._profile(interaction, reply.audience(interaction, private=True))
        else:
            await self._compare(interaction, member)

    async def _compare_from_menu(self, interaction: discord.Interaction[Any], member: discord.User) -> None:
        if member.id == interaction.user.id:
            await self._profile(interaction, reply.audience(interaction, private=True))
        else:
            await self._compare(interaction, member)

    async def _profile(self, interaction: discord.Interaction, to: Audience) -> None:
        own, _ = await self._of(interaction.user.id)
        if len(own.songs) < taste.ENOUGH:
            raise Refusal("taste.too-few", count=taste.ENOUGH)
        await interaction.response.defer(ephemeral=to.private, thinking=True)
        view, files = await self._page(interaction, to, own)
        await reply.send(interaction, view, private=to.private, files=files)

    async def _page(
        self, interaction: discord.Interaction, to: Audience, own: Profile
    ) -> tuple[discord.ui.LayoutView, list[discord.File]]:
        texts, library = to.texts, self.bot.library
        name = interaction.user.display_name

        def heading(name: str) -> str:
            return texts("taste.heading") if to.private else texts("taste.heading-of", name=name)

        file, gallery = await taste.picture(heading(name), own, library, texts)
        buttons = await self._buttons(interaction, texts) if to.private else []
        return taste.profile_page(heading(in_line(name)), own, library, texts, gallery, buttons), [file]

    async def _buttons(self, interaction: discord.Interaction, texts: Texts) -> list[Item]:
        buttons = [press("taste-post", label=texts("button.post-here"))]
        if home := reply.home(interaction):
            agreed = await self.bot.store.comparing.agreed(interaction.user.id, home)
            verb = "taste-withdraw" if agreed else "taste-agree"
            buttons.append(press(verb, label=texts(f"taste.{'withdraw' if agreed else 'agree'}")))
        return buttons

    @route("taste-post")
    async def post(self, interaction: discord.Interaction) -> None:
        """Show one's own profile to everybody here."""
        await self._profile(interaction, reply.audience(interaction, private=False))

    @route("taste-agree")
    async def agree(self, interaction: discord.Interaction) -> None:
        """Let members of this server compare their taste with the presser's."""
        await self.bot.store.comparing.agree(interaction.user.id, self._home(interaction), reply.now())
        withdraw = press("taste-withdraw", label=reply.mine(interaction)("taste.withdraw"))
        await reply.say(interaction, reply.mine(interaction)("taste.agreed"), withdraw)

    @route("taste-withdraw")
    async def withdraw(self, interaction: discord.Interaction) -> None:
        """End that."""
        await self.bot.store.comparing.withdraw(interaction.user.id, self._home(interaction))
        await reply.say(interaction, reply.mine(interaction)("taste.withdrawn"))

    @route("taste-ask")
    async def ask(self, interaction: discord.Interaction, member: str) -> None:
        """Ask a member, where everybody sees it and nobody is pinged, whether they agree."""
        self._home(interaction)
        asked, now = whole(member), reply.now()
        self._asked = {who: at for who, at in self._asked.items() if at > now - _ASKING_PAUSE}
        if at := self._asked.get(interaction.user.id):
            raise Refusal("taste.asked-lately", when=f"<t:{at + _ASKING_PAUSE}:R>")
        self._asked[interaction.user.id] = now
        texts = reply.audience(interaction, private=False).texts
        question = texts("taste.question", asker=f"<@{interaction.user.id}>", who=f"<@{asked}>")
        allow = press("taste-allow", interaction.user.id, asked, label=texts("taste.agree"))
        await reply.send(interaction, reply.note(question, allow), private=False)

    @route("taste-allow")
    async def allow(self, interaction: discord.Interaction, asker: str, member: str) -> None:
        """Agree when asked, and see the comparison; only the member who was asked can."""
        if whole(member) != interaction.user.id:
            raise Refusal("taste.not-yours-to-answer")
        await self.bot.store.comparing.agree(interaction.user.id, self._home(interaction), reply.now())
        withdraw = press("taste-withdraw", label=reply.mine(interaction)("taste.withdraw"))
        await reply.say(interaction, reply.mine(interaction)("taste.agreed-to", who=f"<@{whole(asker)}>"), withdraw)

    async def _compare(self, interaction: discord.Interaction, member: discord.User | discord.Member) -> None:
        home, texts = self._home(interaction), reply.mine(interaction)
        if member.bot:
            raise Refusal("taste.bot")
        own, has = await self._of(interaction.user.id)
        if len(own.songs) < taste.ENOUGH:
            raise Refusal("taste.too-few", count=taste.ENOUGH)
        if not await self.bot.store.comparing.agreed(member.id, home):
            ask = press("taste-ask", member.id, label=texts("taste.ask"))
            await reply.say(interaction, texts("taste.not-agreed", who=f"<@{member.id}>"), ask)
            return
        theirs, have = await self._of(member.id)
        if len(theirs.songs) < taste.ENOUGH:
            raise Refusal("taste.theirs-too-few", who=f"<@{member.id}>", count=taste.ENOUGH)
        catalogue = self.bot.library.catalogue
        both = {song.id for song in theirs.songs}
        compared = taste.Comparison(
            other=member.id,
            alike=alike(own, theirs),
            shared=[song for song in own.songs if song.id in both],
            to_give=gifts(own, theirs, have, catalogue, _GIFTS),
            to_get=gifts(theirs, own, has, catalogue, _GIFTS),
        )
        await reply.send(interaction, taste.comparison_page(compared, self.bot.library, texts), private=True)

    @route("give")
    async def give(self, interaction: discord.Interaction, song_id: str, member: str) -> None:
        """Show everybody a song that one member gives another, who agreed to be compared here."""
        song, receiver = showing.song_named(self.bot, song_id), whole(member)
        if not await self.bot.store.comparing.agreed(receiver, self._home(interaction)):
            raise Refusal("taste.not-agreed", who=f"<@{receiver}>")
        if await self.bot.store.marks.since(interaction.user.id, song.id) is None:
            raise Refusal("taste.not-yours")
        texts = reply.audience(interaction, private=False).texts
        why = texts("taste.gift", giver=f"<@{interaction.user.id}>", who=f"<@{receiver}>")
        await showing.show_song(interaction, song, private=False, why=why)

    async def _of(self, user: int) -> tuple[Profile, frozenset[SongId]]:
        """Return a person's profile, and the songs they need not be given."""
        state: ListenerState = await self.bot.store.listeners.state(user, reply.now())
        catalogue = self.bot.library.catalogue
        loved = [song for one in state.loved if (song := catalogue.song(one.song))]
        return profile(loved, catalogue), frozenset({song.id for song in loved} | state.known | state.dismissed)

    def _home(self, interaction: discord.Interaction) -> int:
        if not (home := reply.home(interaction)):
            raise Refusal("error.guild-only")
        return home


async def setup(bot: Host) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Tasting(bot))
