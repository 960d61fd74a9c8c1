"""The operator's queue: one suggestion at a time, and what can be decided."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot import limits
from bot.catalogue import Catalogue
from bot.catalogue.typed import Typed
from bot.host import Host
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Proposal, Suggestion
from bot.ui import reply, suggestions
from bot.ui.operators import Operators
from bot.ui.pages import Row
from bot.ui.routes import custom_id, press

_FORM_SECONDS = 900


def page(
    suggestion: Suggestion, ids: Sequence[int], catalogue: Catalogue, texts: Texts, *, decides: bool, note: str | None
) -> discord.ui.LayoutView:
    """Lay out one suggestion of those that wait; `note` tells what was just done."""
    place = ids.index(suggestion.id)
    proposal = suggestion.proposal
    told = [note] if note else []
    told.append(f"### {texts('queue.heading', place=place + 1, total=len(ids))}")
    told.append(texts(f"queue.kind.{proposal.kind}"))
    told += suggestions.lines_of(proposal, catalogue, texts)
    told.append(f"-# <@{suggestion.user}> · <t:{suggestion.at}:R>")
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(limits.shorten("\n".join(told), limits.MESSAGE_TEXT)))
    if decides:
        accept = texts("queue.add" if proposal.kind == "song" else "queue.accept")
        container.add_item(
            Row(
                press("queue-accept", suggestion.id, label=accept, style=discord.ButtonStyle.success),
                press("queue-edit", suggestion.id, label=texts("queue.edit")),
                press("queue-decline", suggestion.id, label=texts("queue.decline"), style=discord.ButtonStyle.danger),
            )
        )
    else:
        container.add_item(discord.ui.TextDisplay(texts("queue.operator-only")))
    if len(ids) > 1:
        before, after = place - 1, place + 1
        container.add_item(
            Row(
                press("queue", ids[max(before, 0)], 0, label=texts("pages.back"), disabled=before < 0),
                press("queue", ids[min(after, len(ids) - 1)], 1, label=texts("pages.next"), disabled=after == len(ids)),
            )
        )
    return laid_out(container)


async def page_at(
    bot: Host, operators: Operators, interaction: discord.Interaction, wanted: int, note: str | None = None
) -> discord.ui.LayoutView:
    """Lay out the suggestion of an id, or the first that waits after it, or the first of all."""
    texts = reply.mine(interaction)
    ids = await bot.store.suggestions.open_ids()
    chosen = next((id for id in ids if id >= wanted), ids[0] if ids else 0)
    found = await bot.store.suggestions.get(chosen)
    if found is None or found.state != "open":
        return reply.note("\n".join([*([note] if note else []), texts("queue.empty")]))
    user = interaction.user.id
    decides = found.proposal.kind == "song" or await operators.is_operator(user)
    return page(found, ids, bot.library.catalogue, texts, decides=decides, note=note)


def decline_form(suggestion: Suggestion, catalogue: Catalogue, texts: Texts) -> discord.ui.Modal:
    """Ask for a word to the sender."""
    name = suggestions.short_name(suggestion.proposal, catalogue, texts)
    modal = discord.ui.Modal(
        title=limits.shorten(texts("queue.decline-form"), limits.MODAL_TITLE),
        custom_id=custom_id("queue-no", suggestion.id),
        timeout=_FORM_SECONDS,
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("queue.word"),
            description=limits.shorten(texts("queue.word-hint", name=name), limits.LABEL_DESCRIPTION),
            component=discord.ui.TextInput(
                custom_id="word", style=discord.TextStyle.paragraph, required=False, max_length=suggestions.WORD
            ),
        )
    )
    return modal


def typed_from(proposal: Proposal, drama: str) -> Typed:
    """Fill the song form from a suggestion; `drama` is its drama as the catalogue knows it, or as it was typed."""
    return Typed(drama=drama, title=proposal.title, singers=proposal.singer, source=proposal.source)
