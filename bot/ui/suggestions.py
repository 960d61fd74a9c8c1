"""The forms of a suggestion, and what its sender sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.catalogue.checks import RefusedError, url
from bot.catalogue.search import Hit
from bot.errors import Refusal
from bot.layout import laid_out
from bot.library import Library
from bot.locale import Texts
from bot.store import Proposal, Suggestion, SuggestionKind
from bot.ui import lines
from bot.ui.choices import name_of
from bot.ui.pages import Row
from bot.ui.routes import Submitted, choose, custom_id, option, press
from bot.ui.usertext import clean, harmless, in_line, visible

FIELDS: Final = {"title": 100, "drama": 100, "singer": 100, "source": 300, "note": 500}
"""The fields of the form, each with its most characters."""
WORD: Final = 300
"""Characters of the operator's word to a sender."""
_FORM_SECONDS: Final = 900
_FORMS: Final[dict[SuggestionKind, tuple[str, ...]]] = {
    "song": tuple(FIELDS),
    "drama": tuple(FIELDS),
    "artist": tuple(FIELDS),
    "mistake": ("note", "source"),
}


def form(
    verb: str, argument: object, proposal: Proposal, texts: Texts, *, about: Song | None = None
) -> discord.ui.Modal:
    """Make the form to suggest in; for a mistake, the one that asks what is wrong with a song."""
    title = texts("suggest.form")
    if about is not None:
        title = texts("suggest.form-mistake", title=lines.short_title(about, texts))
    modal = discord.ui.Modal(
        title=limits.shorten(title, limits.MODAL_TITLE), custom_id=custom_id(verb, argument), timeout=_FORM_SECONDS
    )
    for name in _FORMS[proposal.kind]:
        wrong = name == "note" and proposal.kind == "mistake"
        modal.add_item(
            discord.ui.Label(
                text=texts("suggest.field.wrong" if wrong else f"suggest.field.{name}"),
                component=discord.ui.TextInput(
                    custom_id=name,
                    style=discord.TextStyle.paragraph if name == "note" else discord.TextStyle.short,
                    required=wrong,
                    max_length=FIELDS[name],
                    default=getattr(proposal, name) or None,
                ),
            )
        )
    return modal


def proposal_in(written: Submitted, *, about: str | None = None) -> Proposal:
    """Read a submitted form, without what cannot be seen; which kind it is follows from what was filled in."""
    fields = {name: _line(written.text(name), name, most) for name, most in FIELDS.items()}
    kind: SuggestionKind = "song" if fields["title"] else "drama" if fields["drama"] else "artist"
    return Proposal("mistake" if about else kind, **fields, song=about)


def _line(text: str, name: str, most: int) -> str:
    kept = clean(text[: 2 * most])
    kept = kept if name == "note" else " ".join(kept.split())
    return kept[:most].strip() if visible(kept) else ""


def check(proposal: Proposal) -> None:
    """Raise Refusal where a proposal says nothing, or its source is no address."""
    if not (proposal.title or proposal.drama or proposal.singer or (proposal.kind == "mistake" and proposal.note)):
        raise Refusal("suggest.empty")
    if proposal.source:
        try:
            url.read(proposal.source)
        except RefusedError:
            raise Refusal("suggest.no-address") from None


def told_back(proposal: Proposal) -> str:
    """Repeat what was written, so that it is not lost."""
    fields = (getattr(proposal, name) for name in FIELDS)
    return "\n".join(f"-# {in_line(field)}" for field in fields if field)


def lines_of(proposal: Proposal, catalogue: Catalogue, texts: Texts) -> list[str]:
    """Tell what a proposal says, a line a field."""
    song = catalogue.song(proposal.song) if proposal.song else None
    told = [texts("suggest.about", song=lines.in_row(song, texts, catalogue))] if song else []
    said = ((name, getattr(proposal, name)) for name in ("title", "drama", "singer", "source"))
    told += [
        texts("suggest.line", what=texts(f"suggest.field.{name}"), value=in_line(value))
        for name, value in said
        if value
    ]
    if proposal.note:
        told.append(f"> {harmless(proposal.note)}".replace("\n", "\n> "))
    return told


def short_name(proposal: Proposal, catalogue: Catalogue, texts: Texts) -> str:
    """Name a proposal in a few words, safe to show."""
    song = catalogue.song(proposal.song) if proposal.kind == "mistake" and proposal.song else None
    name = lines.short_title(song, texts) if song else proposal.title or proposal.drama or proposal.singer
    return in_line(limits.shorten(name or proposal.note, 80))


def mean_page(draft: int, hits: Sequence[Hit], library: Library, texts: Texts) -> discord.ui.LayoutView:
    """Ask whether one of the things there already is meant, before a draft is sent."""
    names = [name_of(hit.kind, hit.id, library, texts) for hit in hits]
    told = [f"### {texts('suggest.did-you-mean')}", *(f"- {in_line(name)}" for name in names)]
    options = [option(name, f"{hit.kind}:{hit.id}") for hit, name in zip(hits, names, strict=True)]
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay("\n".join(told)))
    container.add_item(Row(choose("open-found", placeholder=texts("select.open-one"), options=options)))
    container.add_item(
        Row(
            press("suggest-go", draft, label=texts("suggest.send-it"), style=discord.ButtonStyle.primary),
            press("suggest-drop", draft, label=texts("suggest.drop")),
        )
    )
    return laid_out(container)


def sent_note(suggestion: int, texts: Texts) -> discord.ui.LayoutView:
    """Say that a suggestion is in the queue."""
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(texts("suggest.sent")))
    container.add_item(Row(press("suggest-drop", suggestion, label=texts("suggest.drop"))))
    return laid_out(container)


def decision(suggestion: Suggestion, catalogue: Catalogue, texts: Texts) -> str:
    """Tell a sender what became of a suggestion."""
    name = short_name(suggestion.proposal, catalogue, texts)
    song = catalogue.song(suggestion.proposal.song) if suggestion.proposal.song else None
    if suggestion.state == "accepted" and suggestion.proposal.kind == "song" and song:
        return texts("suggest.is-in", name=name, song=lines.in_row(song, texts, catalogue))
    told = [texts(f"suggest.{suggestion.state}", name=name)]
    if suggestion.answer:
        told.append(f"> {harmless(suggestion.answer)}".replace("\n", "\n> "))
    return "\n".join(told)


def news_page(decided: Sequence[Suggestion], catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Tell a sender what they could not be told before, and let them go on to the form."""
    told = "\n".join(decision(suggestion, catalogue, texts) for suggestion in decided)
    container = discord.ui.Container[discord.ui.LayoutView]()
    container.add_item(discord.ui.TextDisplay(limits.shorten(told, limits.MESSAGE_TEXT)))
    container.add_item(Row(press("suggest", label=texts("suggest.go-on"), style=discord.ButtonStyle.primary)))
    return laid_out(container)
