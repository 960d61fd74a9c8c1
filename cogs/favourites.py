"""/favourites: what one loves, and what one was shown lately."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import escape_markdown

from bot import limits
from bot.delivery import keep
from bot.errors import Refusal, answer_failure
from bot.host import Host
from bot.locale.commands import said
from bot.store import Pressed
from bot.ui import browsing, choices, exporting, favourites, importing, lines, reply
from bot.ui.browsing import Browse
from bot.ui.importing import Import
from bot.ui.routes import RoutedCog, chosen, press, route, submitted, whole
from bot.ui.showing import song_named
from bot.ui.waiting import Waiting

_IMPORTERS = 50
"""People whose lists wait to be saved at the same time."""


class Favourites(RoutedCog):
    """One's favourites: reading, adding, removing, clearing."""

    group = app_commands.Group(
        name=app_commands.locale_str("favourites", american="favorites"),
        description=said("favourites.command"),
    )

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot
        self._imports: Waiting[Import] = Waiting(each=2, people=_IMPORTERS)

    @group.command(name="list", description=said("favourites.command-list"))
    @app_commands.describe(
        sort=said("favourites.option-sort"),
        drama=said("favourites.option-drama"),
        mood=said("favourites.option-mood"),
    )
    @app_commands.choices(
        sort=[app_commands.Choice(name=said(f"favourites.sort-{sort}"), value=sort) for sort in browsing.SORTS]
    )
    async def show(
        self,
        interaction: discord.Interaction,
        sort: app_commands.Choice[str] | None = None,
        drama: str | None = None,
        mood: str | None = None,
    ) -> None:
        """Show one's favourites, page by page, perhaps those of one drama or mood."""
        browse = Browse(
            sort=sort.value if sort else "new",
            drama=choices.meant(interaction, "drama", drama) if drama else "",
            mood=favourites.mood_meant(mood, self.bot.library.catalogue) if mood else "",
        )
        await reply.send(interaction, await browsing.page_for(interaction, browse, asked=True), private=True)

    @group.command(name="import", description=said("import.command"))
    @app_commands.describe(file=said("import.option-file"))
    async def take_in(self, interaction: discord.Interaction, file: discord.Attachment | None = None) -> None:
        """Read a list kept elsewhere: a file, or lines pasted into a form."""
        if file is None:
            await interaction.response.send_modal(importing.form(reply.mine(interaction)))
            keep(interaction)
            return
        if file.size > importing.MOST_BYTES:
            raise Refusal("import.too-large")
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._take_in(interaction, await file.read())

    @group.command(name="export", description=said("favourites.command-export"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Give one's favourites as files."""
        await self._export(interaction)

    @group.command(name="add", description=said("favourites.command-add"))
    @app_commands.describe(song=said("favourites.option-song"))
    async def add(self, interaction: discord.Interaction, song: str) -> None:
        """Save a song."""
        found = song_named(self.bot, choices.meant(interaction, "song", song))
        pressed = await self.bot.store.marks.press(
            interaction.user.id, found.id, reply.home(interaction), "command", reply.now()
        )
        texts = reply.mine(interaction)
        await reply.say(
            interaction,
            _saved(lines.bold_title(found, texts), pressed, interaction),
            press("say-why", found.id, label=texts("favourites.say-why")),
            press("fav-drop", found.id, label=texts("favourites.remove")),
        )

    @group.command(name="remove", description=said("favourites.command-remove"))
    @app_commands.describe(song=said("favourites.option-own-song"))
    async def remove(self, interaction: discord.Interaction, song: str) -> None:
        """Remove a favourite."""
        own = {one.song for one in await self.bot.store.marks.favourites(interaction.user.id)}
        chosen = song.strip()
        id = chosen if chosen in own else choices.meant(interaction, "song", song)
        await reply.say(interaction, await self._removed(interaction, id))

    @group.command(name="clear", description=said("favourites.command-clear"))
    async def clear(self, interaction: discord.Interaction) -> None:
        """Ask once whether all favourites shall go."""
        texts = reply.mine(interaction)
        total = await self.bot.store.marks.total(interaction.user.id)
        if not total:
            raise Refusal("favourites.empty")
        sure = press("fav-clear", label=texts("favourites.clear-now"), style=discord.ButtonStyle.danger)
        await reply.say(interaction, texts("favourites.clear-sure", count=total), sure)

    @group.command(name="shown", description=said("favourites.command-shown"))
    async def shown(self, interaction: discord.Interaction) -> None:
        """Show the songs one was shown lately."""
        lately = await self.bot.store.listeners.shown_lately(interaction.user.id, limits.SELECT_OPTIONS)
        if not lately:
            raise Refusal("favourites.nothing-shown")
        view = favourites.shown_page(lately, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, view, private=True)

    @show.autocomplete("drama")
    async def _complete_drama(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        try:
            own = [one.song for one in await self.bot.store.marks.favourites(interaction.user.id)]
            return favourites.drama_choices(own, typed, self.bot.library, reply.mine(interaction))
        except Exception as error:
            await answer_failure(interaction, error)
            return []

    @show.autocomplete("mood")
    async def _complete_mood(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        try:
            return favourites.mood_choices(typed, self.bot.library.catalogue, reply.mine(interaction))
        except Exception as error:
            await answer_failure(interaction, error)
            return []

    @add.autocomplete("song")
    async def _complete_song(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        return await choices.complete(interaction, "song", typed)

    @remove.autocomplete("song")
    async def _complete_own(self, interaction: discord.Interaction, typed: str) -> list[choices.Choice]:
        try:
            own = [one.song for one in await self.bot.store.marks.favourites(interaction.user.id)]
            return favourites.own_choices(own, typed, self.bot.library, reply.mine(interaction))
        except Exception as error:
            await answer_failure(interaction, error)
            return []

    @route("fav-drop")
    async def drop(self, interaction: discord.Interaction, song: str) -> None:
        """Remove the favourite that was just saved."""
        await reply.turn_private(interaction, reply.note(await self._removed(interaction, song)))

    @route("fav-clear")
    async def clear_now(self, interaction: discord.Interaction) -> None:
        """Remove all of one's favourites."""
        gone = await self.bot.store.marks.clear(interaction.user.id)
        texts = reply.mine(interaction)
        await reply.turn_private(interaction, reply.note(texts("favourites.cleared", count=len(gone))))

    @route("fav-export")
    async def export_pressed(self, interaction: discord.Interaction) -> None:
        """Give the presser's own favourites as files."""
        await self._export(interaction)

    @route("fav-import-read")
    async def read_lines(self, interaction: discord.Interaction) -> None:
        """Read the lines pasted into the form."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._take_in(interaction, submitted(interaction).text("lines"))

    async def _take_in(self, interaction: discord.Interaction, raw: bytes | str) -> None:
        pending = await importing.read(raw, self.bot.library)
        token = self._imports.put(interaction.user.id, pending, reply.now())
        await reply.send(interaction, self._import_page(interaction, pending, token, 0), private=True)

    @route("fav-import-page")
    async def turn_import(self, interaction: discord.Interaction, token: str, page: str, _: str) -> None:
        """Turn to other lines of the list to choose for."""
        pending = self._imports.get(interaction.user.id, token, reply.now())
        view = self._import_page(interaction, pending, token, whole(page, importing.MOST_LINES))
        await reply.turn_private(interaction, view)

    @route("fav-import-pick")
    async def pick(self, interaction: discord.Interaction, token: str, place: str) -> None:
        """Keep which song a line means, or that it means none of those offered."""
        pending = self._imports.get(interaction.user.id, token, reply.now())
        number, values = whole(place, importing.MOST_LINES), chosen(interaction)
        if not values or not pending.pick(number, values[0]):
            raise Refusal("error.stale")
        view = self._import_page(interaction, pending, token, number // importing.PAGE_LINES)
        await reply.turn_private(interaction, view)

    @route("fav-import-missing")
    async def show_missing(self, interaction: discord.Interaction, token: str) -> None:
        """Give the lines back that were not found."""
        pending = self._imports.get(interaction.user.id, token, reply.now())
        texts = reply.mine(interaction)
        sentence = texts("import.not-found-file", count=len(pending.missing))
        view, files = importing.note_with_lines(sentence, pending.missing)
        await reply.send(interaction, view, private=True, files=files)

    @route("fav-import-save")
    async def save_import(self, interaction: discord.Interaction, token: str) -> None:
        """Save what is sure and what was chosen, all at once, and give the rest back."""
        pending = self._imports.get(interaction.user.id, token, reply.now())
        songs = [song.id for id in pending.to_save() if (song := self.bot.library.catalogue.song(id))]
        pressed = await self.bot.store.marks.press_many(
            interaction.user.id, songs, reply.home(interaction), "command", reply.now()
        )
        self._imports.drop(interaction.user.id, token)
        texts = reply.mine(interaction)
        new = sum(one.new for one in pressed)
        sentence = texts("import.saved", count=new)
        if old := len(pressed) - new:
            sentence += f" {texts('import.were-yours', count=old)}"
        left = pending.not_saved()
        if left:
            sentence += f" {texts('import.left', count=len(left))}"
        view, files = importing.note_with_lines(sentence, left)
        await reply.turn_private(interaction, view, files=files)

    @route("fav-import-drop")
    async def drop_import(self, interaction: discord.Interaction, token: str) -> None:
        """Forget the list, saving nothing."""
        self._imports.drop(interaction.user.id, token)
        await reply.turn_private(interaction, reply.note(reply.mine(interaction)("import.dropped")))

    def _import_page(
        self, interaction: discord.Interaction, pending: Import, token: str, page: int
    ) -> discord.ui.LayoutView:
        return importing.import_page(pending, token, page, self.bot.library.catalogue, reply.mine(interaction))

    async def _export(self, interaction: discord.Interaction) -> None:
        own = await self.bot.store.marks.favourites(interaction.user.id)
        if not own:
            raise Refusal("favourites.empty")
        view, files = exporting.export_note(own, self.bot.library.catalogue, reply.mine(interaction))
        await reply.send(interaction, view, private=True, files=files)

    @commands.Cog.listener()
    async def on_deleted_person(self, user: int) -> None:
        """Forget the lists of somebody who had everything deleted."""
        self._imports.forget(user)

    async def _removed(self, interaction: discord.Interaction, id: str) -> str:
        texts, song = reply.mine(interaction), self.bot.library.catalogue.song(id)
        title = lines.bold_title(song, texts) if song else f"**{escape_markdown(limits.shorten(id, limits.CHOICE))}**"
        removed = await self.bot.store.marks.remove(interaction.user.id, song.id if song else id)
        return texts("favourites.removed" if removed else "favourites.not-yours", title=title)


def _saved(title: str, pressed: Pressed, interaction: discord.Interaction) -> str:
    texts = reply.mine(interaction)
    if not pressed.new:
        return texts("favourites.already", title=title, since=pressed.since)
    place = lines.ordinal(pressed.total)
    return texts("favourites.saved", title=title, number=pressed.total, place=place)


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(Favourites(bot))
