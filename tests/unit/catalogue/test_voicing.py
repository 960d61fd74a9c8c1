"""Who sings with whom, told from the credits alone."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import VOICINGS, ArtistId, Credit, DramaId, Role, Song, SongId, Voice, voicings


def song(*credits_: tuple[Role, Voice | None]) -> Song:
    return Song(
        id=SongId("a-song"),
        drama=DramaId("a-drama"),
        title="A Song",
        artists=tuple(
            Credit(ArtistId(f"artist-{n}"), f"Artist {n}", None, None, role, voice)
            for n, (role, voice) in enumerate(credits_)
        ),
        sources=("https://example.org",),
        checked="source",
        tempo="mid",
        genres=("pop",),
        moods=("romantic",),
    )


@pytest.mark.parametrize(
    ("credits_", "expected"),
    [
        ([("vocal", "female")], {"female"}),
        ([("vocal", "male")], {"male"}),
        ([("vocal", None)], set()),
        ([("vocal", "female"), ("vocal", None)], set()),
        ([("vocal", "female"), ("vocal", "female")], {"female", "female-duet"}),
        ([("vocal", "male"), ("feature", "male")], {"male", "male-duet"}),
        ([("vocal", "female"), ("feature", "male")], {"mixed-duet"}),
        ([("vocal", "female"), ("rap", "male")], {"mixed-duet", "female-vocal-male-rap"}),
        ([("vocal", "male"), ("rap", "female")], {"mixed-duet", "male-vocal-female-rap"}),
        ([("vocal", "male"), ("rap", "male")], {"male", "male-duet", "male-vocal-male-rap"}),
        ([("vocal", "female"), ("rap", "female")], {"female", "female-duet", "female-vocal-female-rap"}),
        (
            [("vocal", "female"), ("vocal", "male"), ("rap", "male")],
            {"mixed-duet", "female-vocal-male-rap", "male-vocal-male-rap"},
        ),
        ([("vocal", "female"), ("rap", "male-group")], {"female-vocal-male-rap"}),
        ([("vocal", "female-group")], {"female", "girl-group"}),
        ([("vocal", "male-group")], {"male", "boy-group"}),
        ([("vocal", "mixed-group")], {"mixed-group"}),
        ([("vocal", "female"), ("vocal", "female"), ("vocal", "male")], {"mixed-group"}),
        ([("vocal", "male-group"), ("vocal", "female")], {"boy-group", "mixed-group"}),
        ([("instrumental", "none")], {"instrumental"}),
        ([("instrumental", "none"), ("vocal", "female")], {"female"}),
        ([("vocal", "none")], {"instrumental"}),
    ],
)
def test_voicings_follow_roles_and_voices(credits_: list[tuple[Role, Voice | None]], expected: set[str]):
    assert voicings(song(*credits_)) == expected


CREDITS = st.lists(
    st.tuples(st.sampled_from(get_args(Role)), st.sampled_from([*get_args(Voice), None])),
    min_size=1,
    max_size=5,
)


@given(CREDITS)
def test_every_voicing_is_one_the_vocabulary_must_label(credits_: list[tuple[Role, Voice | None]]):
    assert voicings(song(*credits_)) <= set(VOICINGS)


@given(CREDITS)
def test_the_order_of_credits_does_not_matter(credits_: list[tuple[Role, Voice | None]]):
    assert voicings(song(*credits_)) == voicings(song(*reversed(credits_)))


@given(CREDITS)
def test_nothing_is_both_for_one_voice_alone_and_for_two(credits_: list[tuple[Role, Voice | None]]):
    found = voicings(song(*credits_))

    assert not {"female", "male"} <= found
    assert not (found & {"female", "male"} and found & {"mixed-duet", "mixed-group", "instrumental"})
