"""Profiles of taste: what comes back, how alike two are, and what one could give the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Song, load
from bot.catalogue.model import SongId
from bot.recommend.profile import FAMILIES, alike, gifts, profile, traits_of

CATALOGUE = load()
SONGS = list(CATALOGUE.songs.values())
GOBLIN = [song for song in SONGS if song.drama == "goblin"]
SOME = st.lists(st.sampled_from(SONGS[:300]), min_size=1, max_size=12, unique_by=lambda song: song.id)


def named(*ids: str) -> list[Song]:
    return [CATALOGUE.songs[SongId(id)] for id in ids]


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE


def test_a_profile_counts_each_song_once_a_trait(catalogue: Catalogue) -> None:
    own = profile(named("goblin-stay-with-me", "descendants-of-the-sun-everytime"), catalogue)

    assert own.counts["artist"]["punch"] == 2
    assert own.counts["drama"] == {"goblin": 1, "descendants-of-the-sun": 1}
    assert own.counts["era"] == {"2015": 2}
    assert own.counts["voicing"]["female-vocal-male-rap"] == 1


@given(SOME, SOME)
def test_alikeness_is_mutual_and_whole_only_for_the_same_mixture(one: list[Song], other: list[Song]) -> None:
    mine, theirs = profile(one, CATALOGUE), profile(other, CATALOGUE)

    assert alike(mine, theirs) == pytest.approx(alike(theirs, mine))
    assert 0 <= alike(mine, theirs) <= 1 + 1e-9
    assert alike(mine, profile(one, CATALOGUE)) >= alike(mine, theirs) - 1e-9


def test_sharing_a_singer_and_drama_is_more_alike_than_sharing_nothing(catalogue: Catalogue) -> None:
    mine = profile(named("goblin-stay-with-me"), catalogue)
    near = profile(named("goblin-beautiful"), catalogue)
    song = mine.songs[0]
    apart = next(
        other
        for other in SONGS
        if not any(traits_of(other, catalogue)[family] & traits_of(song, catalogue)[family] for family in FAMILIES)
    )

    assert alike(mine, near) > alike(mine, profile([apart], catalogue)) == 0


@given(SOME, SOME)
def test_gifts_are_the_givers_own_and_new_to_the_receiver(one: list[Song], other: list[Song]) -> None:
    has = {song.id for song in other}

    given_ = gifts(profile(one, CATALOGUE), profile(other, CATALOGUE), has, CATALOGUE, 2)

    assert len(given_) <= 2
    assert all(song in one and song.id not in has for song in given_)
    assert len({song.drama for song in given_}) == len(given_)


def test_the_better_gift_comes_first(catalogue: Catalogue) -> None:
    giver = profile(named("crash-landing-on-you-flower", "descendants-of-the-sun-everytime"), catalogue)
    fan_of_punch = profile(named("goblin-stay-with-me"), catalogue)

    assert gifts(giver, fan_of_punch, (), catalogue, 1)[0].id == "descendants-of-the-sun-everytime"
