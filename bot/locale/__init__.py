"""The words a user reads, one folder a language, and the grammar that fits them together."""

from bot.locale.texts import LOCALES, Texts, texts_for

__all__ = ["LOCALES", "Texts", "texts_for"]
