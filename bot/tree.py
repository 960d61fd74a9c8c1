"""The command tree: checks what arrives, answers what fails, and tells Discord only of what changed."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.delivery import promise
from bot.errors import answer_failure
from bot.host import Host
from bot.trouble import LOST, named

log = logging.getLogger(__name__)

_SUBCOMMANDS = {
    discord.AppCommandOptionType.subcommand.value,
    discord.AppCommandOptionType.subcommand_group.value,
}
_RESOLVED = {
    discord.AppCommandOptionType.user.value,
    discord.AppCommandOptionType.channel.value,
    discord.AppCommandOptionType.role.value,
    discord.AppCommandOptionType.mentionable.value,
    discord.AppCommandOptionType.attachment.value,
}
"""Options that give an id, and whose thing comes along."""


class Tree(app_commands.CommandTree[Host]):
    """The command tree, whose failures are answered where all failures are, and whose answers are not late."""

    async def interaction_check(self, interaction: discord.Interaction[Host], /) -> bool:
        """Refuse options of another type than the command's, which the library hands on; defer what takes long."""
        if interaction.type is discord.InteractionType.application_command:
            promise(interaction)
        options = _options(interaction)
        command = interaction.command if options else None
        if isinstance(command, app_commands.Command):
            types = {option.display_name: option.type.value for option in command.parameters}
            strange = any(types.get(one["name"], one["type"]) != one["type"] for one in options)
            named = any(one["type"] in _RESOLVED for one in options)
            if strange or (named and any(isinstance(value, discord.Object) for _, value in interaction.namespace)):
                raise app_commands.CommandSignatureMismatch(command)
        return True

    async def on_error(self, interaction: discord.Interaction[Host], error: app_commands.AppCommandError) -> None:
        """Answer a failed command."""
        await answer_failure(interaction, error)


def _options(interaction: discord.Interaction[Host]) -> list[dict[str, Any]]:
    """Return what was given to a command, below the groups it is in."""
    options: list[dict[str, Any]] = (interaction.data or {}).get("options", [])  # pyright: ignore[reportAssignmentType]
    while options and options[0]["type"] in _SUBCOMMANDS:
        options = options[0].get("options", [])
    return options


async def sync_changed(bot: Host, *, always: bool = False) -> int:
    """Sync each scope whose translated payload differs from the one last synced; returns how many."""
    admin = bot.settings.admin_guild_id
    application, synced = bot.application_id or 0, 0
    for guild in (0, admin) if admin else (0,):
        place = discord.Object(guild) if guild else None
        digest = await _digest(bot.tree, place)
        if not always and await bot.store.synced.get(application, guild) == digest:
            continue
        try:
            await bot.tree.sync(guild=place)
        except discord.Forbidden:
            log.warning("The commands of guild %s could not be synced: the bot is not a member there", guild)
            continue
        except (discord.DiscordServerError, *LOST) as error:
            if always:
                raise
            log.warning("The commands could not be synced, the next start tries again: %s", named(error))
            continue
        await bot.store.synced.set(application, guild, digest)
        synced += 1
    return synced


async def _digest(tree: app_commands.CommandTree[Any], place: discord.Object | None) -> str:
    """Hash what Discord would be told of a scope's commands, whatever their order."""
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree._get_all_commands(guild=place)
    ]
    payload.sort(key=lambda command: (command.get("type", 1), command["name"]))
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
