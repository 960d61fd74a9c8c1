"""/settings: one panel on which managers see and change how the bot behaves in their server."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.catalogue import ArtistId
from bot.errors import Refusal
from bot.host import Host
from bot.locale import LOCALES
from bot.locale.commands import said
from bot.store import GuildChoice
from bot.ui import emoji, places, posting, reply, settings
from bot.ui.choices import name_of
from bot.ui.permitted import folded
from bot.ui.routes import RoutedCog, chosen, route, submitted
from bot.ui.usertext import in_line

_TYPED = 80
"""Characters of what was typed that an answer repeats."""


class GuildPanel(RoutedCog):
    """The panel and its parts; each press asks anew who presses, and in which server."""

    def __init__(self, bot: Host) -> None:
        super().__init__(bot.routes)
        self.bot = bot

    @app_commands.command(name="settings", description=said("settings.about-command"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show the panel."""
        await reply.send(interaction, self._page(interaction), private=True)

    @route("settings")
    async def back(self, interaction: discord.Interaction) -> None:
        """Show the panel again."""
        await reply.turn_private(interaction, self._page(interaction))

    @route("settings-change")
    async def change(self, interaction: discord.Interaction, what: str) -> None:
        """Open the form or the page of a setting."""
        panel, texts = self._panel(interaction), reply.mine(interaction)
        if what in settings.FORMS:
            form = settings.form(what, panel, self.bot.library.catalogue, texts)
            await interaction.response.send_modal(form)
        elif what in settings.MENUS:
            await reply.turn_private(interaction, settings.menu_page(what, panel, texts))
        else:
            raise Refusal("error.stale")

    @route("settings-switch")
    async def switch(self, interaction: discord.Interaction, what: str, on: str) -> None:
        """Turn a setting on or off."""
        switches: dict[str, GuildChoice] = {"seed": {"seed": on == "1"}, "share": {"share_comments": on == "1"}}
        if what not in switches:
            raise Refusal("error.stale")
        await self._take(interaction, switches[what])

    @route("settings-set")
    async def set(self, interaction: discord.Interaction, what: str, value: str = "") -> None:
        """Take over what was chosen on a page."""
        guild = places.managed(interaction)
        value = value or next(iter(chosen(interaction)), "")
        await self._take(interaction, _read(guild, what, value))

    @route("settings-form")
    async def take_form(self, interaction: discord.Interaction, what: str) -> None:
        """Take over what was typed."""
        guild = places.managed(interaction)
        typed = submitted(interaction).text("text")
        match what:
            case "emoji":
                found = await emoji.usable(guild, typed)
                if found is None:
                    raise Refusal("settings.emoji-wrong", typed=in_line(typed[:_TYPED]))
                await self._take(interaction, {"vote_emoji": found})
            case "words":
                await self._take(interaction, {"blocked_words": _words(typed)})
            case "artists":
                artists, unsure = self._artists(interaction, typed)
                await self._take(interaction, {"hidden_artists": artists})
                if unsure:
                    told = [reply.mine(interaction)("settings.artists-unsure"), *unsure]
                    await reply.say(interaction, "\n".join(told))
            case "voters":
                await self._take(interaction, {"minimum_voters": _voters(typed)})
            case _:
                raise Refusal("error.stale")

    @route("settings-reset")
    async def reset(self, interaction: discord.Interaction) -> None:
        """Ask once whether all shall be as at first."""
        places.managed(interaction)
        await reply.turn_private(interaction, settings.reset_question(reply.mine(interaction)))

    @route("settings-reset-now")
    async def reset_now(self, interaction: discord.Interaction) -> None:
        """Give every setting its first value; the songs already posted stay known, so that none comes again."""
        guild = places.managed(interaction)
        await self.bot.store.guilds.reset(guild.id)
        await self.bot.store.daily.reset(guild.id)
        await reply.turn_private(interaction, self._page(interaction))

    async def _take(self, interaction: discord.Interaction, choice: GuildChoice) -> None:
        guild = places.managed(interaction)
        await self.bot.store.guilds.change(guild.id, **choice)
        await reply.turn_private(interaction, self._page(interaction))

    def _page(self, interaction: discord.Interaction) -> discord.ui.LayoutView:
        return settings.page(self._panel(interaction), self.bot.library.catalogue, reply.mine(interaction))

    def _panel(self, interaction: discord.Interaction) -> settings.Panel:
        guild = places.managed(interaction)
        taken = self.bot.store.guilds.get(guild.id)
        daily = self.bot.store.daily.get(guild.id)
        closed = taken.log_channel is not None and not places.may_write(guild, taken.log_channel)
        state = posting.state(self.bot, daily, reply.now()) if daily else None
        return settings.Panel(taken, str(guild.preferred_locale), state, closed)

    def _artists(self, interaction: discord.Interaction, typed: str) -> tuple[tuple[ArtistId, ...], list[str]]:
        """Read names, one a line: those surely meant, and a sentence for each that is not. Raises Refusal."""
        lines = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
        if len(lines) > settings.MOST_ARTISTS:
            raise Refusal("settings.artists-too-many", most=settings.MOST_ARTISTS)
        library, texts = self.bot.library, reply.mine(interaction)
        sure: dict[ArtistId, None] = {}
        unsure: list[str] = []
        for line in lines:
            hit = library.search.resolve("artist", line)
            told = in_line(line[:_TYPED])
            if hit is None:
                unsure.append(texts("settings.artists-unknown", typed=told))
            elif hit.near:
                nearest = discord.utils.escape_markdown(name_of("artist", hit.id, library, texts))
                unsure.append(texts("settings.artists-nearest", typed=told, nearest=nearest))
            else:
                sure[ArtistId(hit.id)] = None
        return tuple(sure), unsure


def _read(guild: discord.Guild, what: str, value: str) -> GuildChoice:
    """Read a choice that may be anybody's invention. Raises Refusal."""
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= 20 else 0
    match what:
        case "language" if value == settings.OWN_LANGUAGE or value in LOCALES:
            return {"locale": None if value == settings.OWN_LANGUAGE else value}
        case "comments" if value == "everyone" or number == guild.id:
            return {"commenters": "everyone"}
        case "comments" if value == "nobody":
            return {"commenters": "nobody"}
        case "comments" if guild.get_role(number):
            return {"commenters": number}
        case "log" if value == "none":
            return {"log_channel": None}
        case "log":
            if not places.may_write(guild, number):
                raise Refusal("settings.log-cannot-write", channel=f"<#{number}>")
            return {"log_channel": number}
        case _:
            raise Refusal("error.stale")


def _voters(typed: str) -> int:
    """Read how many people a song needs to be ranked. Raises Refusal."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0
    if not 1 <= number <= settings.MOST_VOTERS:
        raise Refusal("settings.voters-wrong", most=settings.MOST_VOTERS)
    return number


def _words(typed: str) -> tuple[str, ...]:
    """Read words, one a line, as comments are compared with them. Raises Refusal."""
    words = dict.fromkeys(folded(line) for line in typed.splitlines())
    kept = tuple(word for word in words if word)
    if len(kept) > settings.MOST_WORDS or any(len(word) > settings.WORD_CHARACTERS for word in kept):
        raise Refusal("settings.words-too-many", most=settings.MOST_WORDS, length=settings.WORD_CHARACTERS)
    return kept


async def setup(bot: Host) -> None:
    """Add /settings."""
    await bot.add_cog(GuildPanel(bot))
