"""The modal in which somebody changes the conditions of a recommendation."""

from __future__ import annotations

import discord

from bot import limits
from bot.catalogue import Catalogue
from bot.locale import Texts
from bot.recommend import Request
from bot.ui.routes import custom_id, option

_MODAL_SECONDS = 900
"""How long discord.py remembers an open modal; the interaction's token lives as long."""


def tune_modal(request: Request, catalogue: Catalogue, texts: Texts) -> discord.ui.Modal:
    """Lay out mood, voices and years as they stand now."""
    words = catalogue.vocabulary
    modal = discord.ui.Modal(
        title=limits.shorten(texts("tune.title"), limits.MODAL_TITLE),
        custom_id=custom_id("tuned"),
        timeout=_MODAL_SECONDS,
    )
    moods = [
        option(texts.pick(mood.label, mood.label_ko), mood.id, default=mood.id in request.moods)
        for mood in list(words.listener_moods.values())[: limits.SELECT_OPTIONS]
    ]
    voices = [
        option(texts.pick(voice.label, voice.label_ko), voice.id, default=voice.id == request.voicing)
        for voice in list(words.voicings.values())[: limits.SELECT_OPTIONS]
    ]
    for name, options in (("mood", moods), ("voices", voices)):
        modal.add_item(
            discord.ui.Label(
                text=texts(f"tune.{name}"),
                component=discord.ui.Select(
                    custom_id=name,
                    placeholder=texts("tune.any"),
                    options=options,
                    min_values=0,
                    required=False,
                ),
            )
        )
    era = f"{request.era.first_year}-{request.era.last_year}" if request.era else None
    modal.add_item(
        discord.ui.Label(
            text=texts("tune.era"),
            component=discord.ui.TextInput(
                custom_id="era", placeholder="2010-2015", default=era, required=False, max_length=11
            ),
        )
    )
    return modal
