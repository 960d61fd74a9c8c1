"""What a user may be told when something fails, and the one place that answers a failed interaction."""

from __future__ import annotations

import logging
import secrets

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import answer
from bot.layout import laid_out
from bot.locale import Texts, texts_for
from bot.store import Store, StoreError
from bot.trouble import ALREADY_ACKNOWLEDGED, OUTAGE, UNKNOWN_INTERACTION, is_everyday, named

log = logging.getLogger(__name__)


class Refusal(app_commands.AppCommandError):
    """A no that the user should read: a key of the locale and what fills it in."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


async def answer_failure(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the user, privately and in one plain sentence, what became of what they asked.

    In this order: a Refusal says its own words; an interaction that has expired is past telling; Discord's
    everyday answers and a store that cannot read or write have their sentence; anything else is logged with a
    reference that the user is given.
    """
    while isinstance(error, app_commands.CommandInvokeError | commands.CommandInvokeError):
        error = error.original if isinstance(error.original, Exception) else RuntimeError(str(error.original))
    texts = _chosen_texts(interaction)
    if interaction.type is discord.InteractionType.autocomplete:
        await _answer_autocomplete(interaction, error)
        return
    match error:
        case Refusal():
            sentence = texts(error.key, **error.values)
        case discord.NotFound(code=code) if code == UNKNOWN_INTERACTION:
            log.info("Interaction %s had expired before it was answered", interaction.id)
            return
        case discord.HTTPException(code=code) if code == ALREADY_ACKNOWLEDGED:
            log.info("Interaction %s was answered twice", interaction.id)
            return
        case app_commands.NoPrivateMessage():
            sentence = texts("error.guild-only")
        case app_commands.MissingPermissions() | app_commands.CheckFailure():
            sentence = texts("error.not-allowed")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            sentence = texts("error.stale")
        case app_commands.TransformerError():
            sentence = texts("error.unknown-value", value=_letters(str(error.value)))
        case StoreError():
            log.error("The store refused to %s: %s", "read" if error.reading else "write", error)
            sentence = texts("error.unread" if error.reading else "error.store")
        case discord.Forbidden():
            log.info("Discord forbids an answer: %s", error)
            sentence = texts("error.forbidden")
        case discord.NotFound():
            sentence = texts("error.gone")
        case discord.InteractionResponded():
            log.info("Interaction %s took too long to open a form", interaction.id)
            sentence = texts("error.slow")
        case _ if is_everyday(error):
            log.warning("Discord is not answering: %s", named(error))
            sentence = texts("error.discord")
        case _:
            sentence = texts("error.unexpected", reference=log_unexpected("an answer", error))
    await _say(interaction, sentence)


def _letters(value: str) -> str:
    """Repeat of a value what cannot be markup: its letters, digits and blanks."""
    return "".join(character for character in value[:80] if character.isalnum() or character == " ")


def _chosen_texts(interaction: discord.Interaction) -> Texts:
    """Speak the language this person chose, or their client's; a failure may come before there is a store."""
    store = getattr(interaction.client, "store", None)
    chosen = store.people.get(interaction.user.id).locale if isinstance(store, Store) else None
    return texts_for(chosen or interaction.locale)


def log_unexpected(where: str, error: BaseException | None) -> str:
    """Write a failure to the log, its story only where it is our mistake; returns the reference it has there."""
    reference = secrets.token_hex(3)
    if error is not None and is_everyday(error):
        log.warning("%s was given up (%s): %s", where, reference, named(error))
    elif isinstance(error, StoreError):
        log.error("The store failed %s (%s): %s", where, reference, error)
    else:
        log.error("Unexpected failure %s in %s", reference, where, exc_info=error)
    return reference


async def _answer_autocomplete(interaction: discord.Interaction, error: Exception) -> None:
    if not isinstance(error, (*OUTAGE, app_commands.AppCommandError)):
        log.error("Autocomplete failed", exc_info=error)
    if not interaction.response.is_done():
        try:
            await interaction.response.autocomplete([])
        except OUTAGE as lost:
            log.info("Autocomplete could not be answered: %s", lost)


async def _say(interaction: discord.Interaction, sentence: str) -> None:
    try:
        await answer(interaction, laid_out(discord.ui.TextDisplay(sentence)), private=True)
    except OUTAGE as lost:
        log.info("A failure could not be told: %s", named(lost))
