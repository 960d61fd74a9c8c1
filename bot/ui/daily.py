"""What managers see of the daily song, and the recap of a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord.utils import escape_markdown

from bot import limits
from bot.catalogue import Catalogue, Song
from bot.daily import OFFERED, Due, Week
from bot.layout import laid_out
from bot.locale import Texts
from bot.store import Comment, Daily, DailyPost
from bot.store.daily import EVERY_DAY
from bot.ui import cards, lines
from bot.ui.routes import Item, choose, choose_channel, custom_id, option, press
from bot.ui.usertext import in_line

OTHER_ZONE = "other"
ANYTHING = "any"
MODAL_SECONDS = 900

_COLLECTIONS_A_MENU = limits.SELECT_OPTIONS - 1


@dataclass(frozen=True, slots=True)
class State:
    """A daily song as a manager is told of it."""

    daily: Daily
    due: Due | None
    songs: int
    """Songs in the deck."""
    announced: bool
    """Songs added to the catalogue are announced there too."""


def rhythm(daily: Daily, texts: Texts) -> str:
    """Tell the days, the hour and the zone in words."""
    names = texts("daily.weekdays").split()
    every_day = daily.weekdays == EVERY_DAY
    days = texts("daily.every-day") if every_day else ", ".join(names[day] for day in daily.weekdays)
    return texts("daily.rhythm", days=days, hour=f"{daily.hour:02}:00", zone=daily.zone)


def summary(state: State | None, texts: Texts) -> str:
    """Tell in a line or two whether, when and where a song comes."""
    if state is None:
        return texts("daily.never")
    daily = state.daily
    if not daily.running:
        return texts("daily.off")
    told = texts("daily.on", rhythm=rhythm(daily, texts), channel=f"<#{daily.channel}>")
    if state.due:
        told += "\n" + texts("daily.next", at=f"<t:{state.due.at}:F>", ago=f"<t:{state.due.at}:R>")
    return told


def panel(state: State, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView:
    """Lay out everything that can be changed of a daily song; private."""
    daily = state.daily
    container = discord.ui.Container()
    container.add_item(
        discord.ui.TextDisplay(
            f"## {texts('daily.heading')}\n{summary(state, texts)}\n-# {texts('daily.deck', count=state.songs)}"
        )
    )
    for menu in (_hours(daily, texts), _weekdays(daily, texts), _zones(daily, texts), _moods(daily, catalogue, texts)):
        container.add_item(discord.ui.ActionRow(menu))
    for menu in _collections(daily, catalogue, texts):
        container.add_item(discord.ui.ActionRow(menu))
    where = choose_channel("daily-set", "channel", placeholder=texts("daily.choose-channel"), chosen=daily.channel)
    container.add_item(discord.ui.ActionRow(where))
    off = "daily.turn-off" if daily.running else "daily.turn-on"
    container.add_item(
        discord.ui.ActionRow(
            press("daily-now", label=texts("daily.send-now"), style=discord.ButtonStyle.primary),
            press("daily-switch", "recap", int(not daily.recap), label=_switch("daily.recap", daily.recap, texts)),
            press(
                "daily-switch", "news", int(not state.announced), label=_switch("daily.news", state.announced, texts)
            ),
            press("daily-switch", "running", int(not daily.running), label=texts(off)),
            press("settings", label=texts("settings.back")),
        )
    )
    return laid_out(container)


def _switch(key: str, on: bool, texts: Texts) -> str:
    return texts("settings.switch", what=texts(key), state=texts("settings.on" if on else "settings.off"))


def _hours(daily: Daily, texts: Texts) -> Item:
    offered = [
        option(texts("daily.at-hour", hour=f"{hour:02}:00"), str(hour), default=hour == daily.hour)
        for hour in range(24)
    ]
    return choose("daily-set", "hour", placeholder=texts("daily.choose-hour"), options=offered)


def _weekdays(daily: Daily, texts: Texts) -> Item:
    names = texts("daily.weekdays-long").split()
    offered = [option(name, str(day), default=day in daily.weekdays) for day, name in enumerate(names)]
    return choose("daily-set", "weekdays", placeholder=texts("daily.choose-days"), options=offered, most=len(offered))


def _zones(daily: Daily, texts: Texts) -> Item:
    offered = [zone for zone in OFFERED if zone != daily.zone]
    names = [daily.zone, *offered][: limits.SELECT_OPTIONS - 1]
    options = [option(name.replace("_", " "), name, default=name == daily.zone) for name in names]
    options.append(option(texts("daily.other-zone"), OTHER_ZONE))
    return choose("daily-set", "zone", placeholder=texts("daily.choose-zone"), options=options)


def _moods(daily: Daily, catalogue: Catalogue, texts: Texts) -> Item:
    moods = list(catalogue.vocabulary.listener_moods.values())[: limits.SELECT_OPTIONS - 1]
    options = [option(texts("daily.any-mood"), ANYTHING, default=daily.mood is None)]
    options += [option(texts.pick(mood.label, mood.label_ko), mood.id, default=mood.id == daily.mood) for mood in moods]
    return choose("daily-set", "mood", placeholder=texts("daily.choose-mood"), options=options)


def _collections(daily: Daily, catalogue: Catalogue, texts: Texts) -> list[Item]:
    """Offer all collections in as many menus as they need, at most three; the first can also lift the choice."""
    shelves = list(catalogue.collections.values())
    menus: list[Item] = []
    for number, first in enumerate(range(0, len(shelves), _COLLECTIONS_A_MENU)[:3]):
        some = shelves[first : first + _COLLECTIONS_A_MENU]
        chosen = {shelf.id for shelf in some} & {daily.collection}
        anything = option(texts("daily.any-collection"), ANYTHING, default=daily.collection is None)
        options = [anything] if number == 0 else []
        options += [
            option(lines.collection_title(shelf, texts), shelf.id, default=shelf.id in chosen) for shelf in some
        ]
        key = "daily.choose-collection" if number == 0 else "daily.more-collections"
        menus.append(choose("daily-set", "collection", number, placeholder=texts(key), options=options))
    return menus


def zone_form(daily: Daily, texts: Texts) -> discord.ui.Modal:
    """Ask for a time zone by its name."""
    modal = discord.ui.Modal(
        title=limits.shorten(texts("daily.zone-title"), limits.MODAL_TITLE),
        custom_id=custom_id("daily-zone"),
        timeout=MODAL_SECONDS,
    )
    modal.add_item(
        discord.ui.Label(
            text=texts("daily.zone-label"),
            description=texts("daily.zone-hint"),
            component=discord.ui.TextInput(custom_id="zone", default=daily.zone, max_length=60),
        )
    )
    return modal


def address(guild: int, post: DailyPost) -> str:
    """Return the link to a post."""
    return f"https://discord.com/channels/{guild}/{post.channel}/{post.message}"


def recap(week: Week, memory: Comment | None, catalogue: Catalogue, texts: Texts) -> discord.ui.LayoutView | None:
    """Lay out a week: its most loved songs, one memory, a climber; None where there was nothing."""
    loved = [(song, people) for id, people in week.loved if (song := catalogue.song(id))]
    remembered = catalogue.song(memory.song) if memory else None
    climber = catalogue.song(week.climber[0]) if week.climber else None
    named = [*(song for song, _ in loved), *(song for song in (remembered, climber) if song)]
    if not named:
        return None
    parts = [f"## {texts('recap.heading')}"]
    if loved:
        rows = [
            f"{place}. {_named(song, catalogue, texts)} · {texts('recap.won', count=people)}"
            for place, (song, people) in enumerate(loved, 1)
        ]
        parts.append("\n".join([f"❤️ **{texts('recap.most-loved')}**", *rows]))
    if memory and remembered:
        quoted = in_line(limits.shorten(memory.text, 140))
        parts.append(f"💬 **{texts('recap.memory')}**\n“{quoted}”\n-# {_named(remembered, catalogue, texts)}")
    if climber and week.climber:
        rose = texts("recap.rose", count=week.climber[1])
        parts.append(f"📈 **{texts('recap.climber')}**\n{_named(climber, catalogue, texts)} · {rose}")
    container = discord.ui.Container()
    for part in parts:
        container.add_item(discord.ui.TextDisplay(part))
    container.add_item(discord.ui.ActionRow(cards.open_one(_once(named), catalogue, texts)))
    return laid_out(container)


def _once(songs: Sequence[Song]) -> list[Song]:
    return list({song.id: song for song in songs}.values())


def _named(song: Song, catalogue: Catalogue, texts: Texts) -> str:
    drama = lines.drama_title(catalogue.drama_of(song), texts)
    return f"**{escape_markdown(lines.short_title(song, texts))}** · {escape_markdown(drama)}"
