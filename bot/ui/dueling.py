"""A server's knockout as people see it: the plan, each day's duel, and the champion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, SongId
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.store import Cup, Served
from bot.ui import lines, worldcup
from bot.ui.routes import Item, press
from bot.ui.worldcup import Gallery, Played
from bot.worldcup import Bracket, Duel, Origin, closes, due, planned

SIZE: Final = 8
"""Songs of a server's knockout, at most: a week of duels."""
DUEL: Final = "duel"
"""The kind of card that a duel's message is."""


def plan(songs: int, origin: Origin, served: Served, now: int, library: Library, texts: Texts) -> str:
    """Say what a server's knockout will be: when each duel is, who votes, and the rules."""
    names = tuple(SongId(str(number)) for number in range(songs))
    duels = Bracket(names, (0,) * (songs - 1)).played
    rows = [f"- {worldcup.round_name(duel, texts)}: {_at(served, duel.number, now)}" for duel, _ in duels]
    rows.append(f"- {texts('cup.plan-champion')}: {_at(served, len(duels), now)}")
    return "\n".join(
        [
            f"## {worldcup.heading(origin, library, texts)}",
            texts("cup.plan", count=songs, channel=f"<#{served.channel}>"),
            *rows,
            f"-# {texts('cup.rule')}",
        ]
    )


def _at(served: Served, step: int, now: int) -> str:
    return f"<t:{max(planned(served, step), now)}:F>"


def page(text: str, *buttons: Item) -> discord.ui.LayoutView:
    """Lay out a plan or how a server's knockout stands."""
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay(text))
    if buttons:
        container.add_item(discord.ui.ActionRow(*buttons))
    return laid_out(container)


def status(cup: Cup, now: int, library: Library, texts: Texts) -> discord.ui.LayoutView:
    """Lay out for managers how far the running knockout is, and the way to stop it."""
    rows = [f"## {worldcup.heading(Origin(cup.kind, cup.source), library, texts)}"]
    if cup.served:
        rows.append(texts("cup.running", channel=f"<#{cup.served.channel}>"))
    duel = Bracket(cup.songs, cup.picks).duel
    if duel:
        rows.append(f"**{worldcup.round_name(duel, texts)}**")
    if found := due(cup, now):
        rows.append(texts("cup.next", at=f"<t:{found.at}:F>", ago=f"<t:{found.at}:R>"))
    return page("\n".join(rows), press("cup-stop", cup.id, label=texts("cup.stop"), style=discord.ButtonStyle.danger))


def duel_post(cup: Cup, step: int, library: Library, texts: Texts) -> discord.ui.LayoutView | None:
    """Lay out the duel of a post, open or closed; None where the post shows the champion."""
    bracket, catalogue = Bracket(cup.songs, cup.picks), library.catalogue
    duel = _duel(bracket, cup.posts[step].duel)
    if duel is None:
        return None
    told = [f"## {worldcup.heading(Origin(cup.kind, cup.source), library, texts)}"]
    if step and (before := result(cup, cup.posts[step - 1].duel, catalogue, texts)):
        told.append(texts("cup.last-duel", result=before))
    told.append(f"**{worldcup.round_name(duel, texts)}**")
    container = discord.ui.Container()
    container.add_item(discord.ui.TextDisplay("\n".join(told)))
    sides = [song for id in duel.songs if (song := catalogue.song(id))]
    for song in sides:
        container.add_item(worldcup.side(song, catalogue, texts))
    names = worldcup.side_names(sides, texts)
    if duel.number < len(cup.picks):
        container.add_item(discord.ui.TextDisplay(result(cup, duel.number, catalogue, texts) or texts("cup.decided")))
    elif cup.state != "running":
        container.add_item(discord.ui.TextDisplay(texts("cup.ended-early")))
    elif len(sides) < len(duel.songs):
        gone_on = "".join(texts("cup.walkover", title=lines.bold_title(song, texts)) for song in sides)
        container.add_item(discord.ui.TextDisplay(gone_on or texts("cup.decided")))
    else:
        _add_voting(container, cup, step, names, texts)
    if byes := worldcup.byes_line(bracket, duel, catalogue, texts):
        container.add_item(discord.ui.TextDisplay(f"-# {byes}"))
    return laid_out(container)


def _add_voting(
    container: discord.ui.Container[discord.ui.LayoutView], cup: Cup, step: int, names: Sequence[str], texts: Texts
) -> None:
    number = cup.posts[step].duel
    votes = (cup.counts or {}).get(number, (0, 0))
    counted = " · ".join(
        texts("cup.votes", title=f"**{escape_markdown(limits.shorten(name, 120))}**", count=count)
        for name, count in zip(names, votes, strict=True)
    )
    until = closes(cup, step)
    container.add_item(discord.ui.TextDisplay(counted))
    container.add_item(
        discord.ui.ActionRow(
            *(
                press("cup-vote", cup.id, number, choice, label=name, style=discord.ButtonStyle.primary)
                for choice, name in enumerate(names)
            )
        )
    )
    rule = texts("cup.vote-until", at=f"<t:{until}:F>")
    container.add_item(discord.ui.TextDisplay(f"-# {rule} {texts('cup.rule')}"))


def result(cup: Cup, number: int, catalogue: Catalogue, texts: Texts) -> str | None:
    """Say how a duel ended, and by which rule where the votes were equal."""
    played = Bracket(cup.songs, cup.picks).played
    if number >= len(played):
        return None
    duel, won = played[number]
    winner, loser = catalogue.song(won), next(catalogue.song(id) for id in duel.songs if id != won)
    if winner is None:
        return None
    if loser is None:
        return texts("cup.walkover", title=lines.bold_title(winner, texts))
    votes = (cup.counts or {}).get(number, (0, 0))
    own, other = votes if duel.songs[0] == won else votes[::-1]
    key = "cup.result" if own != other else "cup.result-tie" if own else "cup.result-none"
    named = {"winner": lines.bold_title(winner, texts), "loser": lines.bold_title(loser, texts)}
    return texts(key, **named, own=own, other=other)


def champion_post(
    cup: Cup, song: SongId, gallery: Gallery, library: Library, texts: Texts, buttons: list[Item]
) -> discord.ui.LayoutView:
    """Lay out a server's champion, and how the final ended."""
    played = Played.of(cup, library.catalogue)
    champion = library.catalogue.songs[song]
    final = result(cup, cup.posts[-2].duel, library.catalogue, texts) if len(cup.posts) > 1 else None
    told = texts("cup.won-here", title=lines.bold_title(champion, texts))
    return worldcup.champion_page(
        played, champion, gallery, library, texts, told="\n".join(filter(None, [final, told])), buttons=buttons
    )


def _duel(bracket: Bracket, number: int) -> Duel | None:
    played = bracket.played
    return played[number][0] if number < len(played) else bracket.duel
