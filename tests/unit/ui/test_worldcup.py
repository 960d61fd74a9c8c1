"""Duels and champions within Discord's numbers, for the longest songs and in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import discord
import pytest

from bot import limits
from bot.catalogue import Song, SongId
from bot.catalogue.loader import DATA
from bot.library import Library
from bot.locale import LOCALES, texts_for
from bot.store import Cup, CupPost, Served
from bot.ui import dueling, worldcup
from bot.ui.worldcup import Played
from bot.worldcup import SIZES, Bracket, Origin, planned

ID = 10**9
SERVED = Served(2**63 - 1, 2**63 - 1, 20, "UTC", date(2026, 6, 1))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(DATA)


def longest(library: Library, count: int) -> tuple[SongId, ...]:
    """Return the songs with most to say, one half by title, one by singers."""

    def titles(song: Song) -> int:
        return len(song.title) + len(song.title_ko or "")

    def singers(song: Song) -> int:
        return sum(len(credit.name) for credit in song.artists)

    songs = library.catalogue.songs.values()
    half = sorted(songs, key=titles)[-count // 2 :]
    rest = sorted((song for song in songs if song not in half), key=singers)[-(count // 2) :]
    return tuple(song.id for song in (*half, *rest))


def longest_source(library: Library) -> Origin:
    return Origin("drama", max(library.catalogue.dramas, key=len))


def cup(library: Library, songs: int, picks: int = 0) -> Cup:
    origin, chosen = longest_source(library), longest(library, 16)[:songs]
    return Cup(ID, 2**63 - 1, origin.kind, origin.id, 16, chosen, (1,) * picks, "running", 0)


def sent(view: discord.ui.LayoutView) -> list[str]:
    return limits.violations(view.to_components())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("songs", [4, 9, 16])
def test_every_duel_of_the_longest_songs_can_be_sent(library: Library, locale: str, songs: int) -> None:
    texts = texts_for(locale)
    for picks in range(songs - 1):
        played = Played.of(cup(library, songs, picks), library.catalogue)
        duel = played.bracket.duel
        assert duel
        assert sent(worldcup.duel_page(played, duel, library, texts)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_post_of_a_server_can_be_sent_open_and_closed(library: Library, locale: str) -> None:
    texts = texts_for(locale)
    begun = replace(cup(library, 8), served=SERVED, counts=dict.fromkeys(range(7), (10**6, 10**6)))
    for step in range(7):
        posts = tuple(CupPost(number, number, date(2026, 6, 1 + number), number) for number in range(step + 1))
        for picks in (step, step + 1):
            shown = dueling.duel_post(replace(begun, posts=posts, picks=(1,) * picks), step, library, texts)
            assert shown
            assert sent(shown) == []
    told = dueling.plan(8, longest_source(library), SERVED, planned(SERVED, 0), library, texts)
    assert sent(dueling.page(told)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_champions_page_and_the_words_of_its_picture_fit(library: Library, locale: str) -> None:
    texts = texts_for(locale)
    played = Played.of(cup(library, 16, 15), library.catalogue)
    champion = library.catalogue.songs[played.bracket.champion or SongId("")]
    picture = worldcup.champion_picture(played, champion, "𒐫" * 32, library, texts)
    gallery: worldcup.Gallery = discord.ui.MediaGallery()
    gallery.add_item(media="https://example.org/worldcup.png", description=picture.alt())

    page = worldcup.champion_page(
        played,
        champion,
        gallery,
        library,
        texts,
        told=worldcup.won(champion, texts, "𒐫" * 32),
        buttons=[worldcup.begin(played.origin, 16, texts)],
    )

    assert len(picture.beaten) == 4
    assert sent(page) == []
    assert len(picture.alt()) <= limits.ALT_TEXT


def test_a_cup_of_any_source_can_be_begun_by_a_button(library: Library) -> None:
    catalogue = library.catalogue
    kinds = {
        "drama": catalogue.dramas,
        "artist": catalogue.artists,
        "collection": catalogue.collections,
        "mood": catalogue.vocabulary.listener_moods,
    }
    for kind, ids in kinds.items():
        button = worldcup.begin(Origin(kind, max(ids, key=len)), max(SIZES), texts_for("en"))
        assert len(button.to_component_dict()["custom_id"]) <= limits.CUSTOM_ID  # pyright: ignore[reportGeneralTypeIssues, reportTypedDictNotRequiredAccess]


def test_songs_of_one_title_are_told_apart_by_their_singers(library: Library) -> None:
    one = next(iter(library.catalogue.songs.values()))
    other = next(song for song in library.catalogue.songs.values() if song.artists != one.artists)
    twin = replace(other, title=one.title, title_ko=one.title_ko)

    names = worldcup.side_names([one, twin], texts_for("en"))

    assert names[0] != names[1]
    assert all(name.startswith(one.title) for name in names)


def test_a_bracket_is_told_only_with_songs_that_are_there(library: Library) -> None:
    begun = cup(library, 8)
    gone = begun.songs[7]
    catalogue = replace(library.catalogue, songs={id: s for id, s in library.catalogue.songs.items() if id != gone})
    reloaded = replace(library, catalogue=catalogue)
    played = Played.of(begun, catalogue)

    assert played.bracket.picks == (0,)
    assert Bracket(begun.songs).duel
    duel = played.bracket.duel
    assert duel
    words = str(worldcup.duel_page(played, duel, reloaded, texts_for("en")).to_components())
    assert "has left the catalogue" in words
