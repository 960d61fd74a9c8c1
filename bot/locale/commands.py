"""The words of slash commands: English as Discord's default, Korean as its localisation."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.locale.texts import texts_for


def said(key: str) -> app_commands.locale_str:
    """Name a text of the locale as a command's, an option's or a choice's words."""
    return app_commands.locale_str(texts_for("en")(key), key=key)


class CommandTexts(app_commands.Translator):
    """Gives Discord the Korean words of every command text that has a key; names stay English."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the words in a language we speak; None leaves the English ones."""
        if locale is discord.Locale.american_english and "american" in string.extras:
            return string.extras["american"]
        if locale is discord.Locale.korean and "key" in string.extras:
            return texts_for("ko")(string.extras["key"])
        return None
