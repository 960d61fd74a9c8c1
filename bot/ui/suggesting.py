"""What stands behind a suggestion: whether we have it already, and how its sender hears of the decision."""

from __future__ import annotations

import logging

import discord

from bot.catalogue.search import Hit, Kind
from bot.host import Host
from bot.locale import texts_for
from bot.store import Proposal, StoreError
from bot.trouble import OUTAGE, named
from bot.ui import reply, suggestions

log = logging.getLogger(__name__)

_OFFERED = 3
"""Things shown of those that may be meant."""


def alike(bot: Host, proposal: Proposal) -> list[Hit]:
    """Find what the catalogue has that a proposal may mean; nothing that is merely near."""
    search = bot.library.search
    match proposal.kind:
        case "mistake":
            return []
        case "song":
            drama = search.resolve("drama", proposal.drama) if proposal.drama else None
            if drama is not None and not drama.near:
                known = bot.library.catalogue.drama(drama.id)
                hits = search.complete("song", proposal.title, limit=_OFFERED, drama=known.id if known else None)
            else:
                hits = search.find(" ".join((proposal.title, proposal.drama, proposal.singer)), _OFFERED)
        case "drama" | "artist":
            kind: Kind = proposal.kind
            words = proposal.drama if proposal.kind == "drama" else proposal.singer
            hits = search.find_any(words, _OFFERED, (kind,))
    return [hit for hit in hits if not hit.near]


async def tell_sender(bot: Host, suggestion: int) -> bool:
    """Tell a sender by direct message what became of a suggestion; False where that must wait for their next visit."""
    try:
        found = await bot.store.suggestions.get(suggestion)
        if found is None:
            return False
        texts = texts_for(bot.store.people.get(found.user).locale or found.locale)
        channel = await bot.create_dm(discord.Object(found.user))
        await channel.send(view=reply.note(suggestions.decision(found, bot.library.catalogue, texts)))
        await bot.store.suggestions.told(found.id)
    except (StoreError, *OUTAGE) as error:
        log.info("The sender of suggestion %s will be told later: %s", suggestion, named(error))
        return False
    return True
