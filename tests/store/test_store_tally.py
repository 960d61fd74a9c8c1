"""How many people love a song: counted from what stands, and kept true by every change."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.model import SongId
from bot.store import MarkChange, Tally
from bot.store.standing import gather

USERS, GUILDS = (1, 2, 10**17), (0, 7, 8)
SONGS = tuple(map(SongId, ("goblin-beautiful", "goblin-stay-with-me", "my-mister-grown-ups")))
Heart = tuple[int, SongId, int]

hearts = st.sets(st.tuples(st.sampled_from(USERS), st.sampled_from(SONGS), st.sampled_from(GUILDS)))


def filled(stood: Iterable[Heart]) -> Tally:
    tally = Tally()
    tally.fill(gather(iter(sorted(stood))))
    return tally


def counted(tally: Tally) -> list[int]:
    here = [tally.here(guild, song) for guild, song in product(GUILDS, SONGS)]
    return [tally.favourites(), *map(tally.everywhere, SONGS), *here]


@given(hearts, hearts)
def test_what_stood_and_what_has_changed_since_come_to_what_stands(before: set[Heart], after: set[Heart]) -> None:
    tally = filled(before)

    now = set(before)
    for heart in sorted(before ^ after):
        user, song, guild = heart
        now ^= {heart}
        others = any((user, song, other) in now for other in GUILDS if other != guild)
        tally.follow(MarkChange(user, song, guild, heart in now, not others, None))

    assert counted(tally) == counted(filled(after))
    assert tally.everywhere(SONGS[0]) == len({user for user, song, _ in after if song == SONGS[0]})
    assert tally.here(7, SONGS[1]) == sum((song, guild) == (SONGS[1], 7) for _, song, guild in after)


def test_a_heart_that_rests_on_several_marks_counts_once() -> None:
    assert counted(filled([(1, SONGS[0], 7)] * 3)) == counted(filled([(1, SONGS[0], 7)]))


def test_songs_and_guilds_that_nobody_named_have_none() -> None:
    tally = filled([(1, SONGS[0], 7)])

    assert (tally.everywhere("unheard"), tally.here(7, "unheard"), tally.here(9, SONGS[0])) == (0, 0, 0)
