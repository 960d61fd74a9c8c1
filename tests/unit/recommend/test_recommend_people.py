"""People's marks: each counts at once, once, and can be taken back."""

import threading

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalogue import catalogue

from bot.catalogue.model import SongId
from bot.recommend import Listener, MarkEvent, Recommender, Request
from bot.recommend.people import Marks
from tests.benchmarks.standing import standing

CATALOGUE = catalogue()
SONGS = list(CATALOGUE.songs)

events = st.lists(
    st.builds(
        MarkEvent,
        user=st.integers(1, 6),
        song=st.sampled_from([*SONGS[:6], SongId("unknown")]),
        guild=st.sampled_from([None, 7, 8, 2**63]),
        present=st.booleans(),
        kind=st.sampled_from(["love", "love", "comment", "know", "dismiss"]),
    ),
    max_size=40,
)


def scores(recommender: Recommender, guild: int | None = 7) -> list[float]:
    listener = Listener(99, loved=((SONGS[0], 1),), guild=guild)
    return [recommender.score(song, Request(), listener) for song in SONGS]


@settings(deadline=None, max_examples=150)
@given(events)
def test_marks_loaded_at_start_and_marks_absorbed_one_by_one_come_to_the_same(happened: list[MarkEvent]):
    loaded, absorbed = Recommender(CATALOGUE), Recommender(CATALOGUE)

    loaded.load(standing(happened))
    for event in happened:
        absorbed.absorb(event)

    assert np.allclose(scores(loaded), scores(absorbed))
    assert np.allclose(scores(loaded, None), scores(absorbed, None))


@settings(deadline=None, max_examples=100)
@given(events)
def test_told_again_changes_nothing_and_forgetting_everybody_leaves_nothing(happened: list[MarkEvent]):
    recommender = Recommender(CATALOGUE)
    for event in happened:
        recommender.absorb(event)
        once = scores(recommender)
        recommender.absorb(event)
        assert scores(recommender) == once

    for user in {event.user for event in happened}:
        recommender.forget(user)

    assert np.allclose(scores(recommender), scores(Recommender(CATALOGUE)))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 4), st.sampled_from([None, 7, 8])), max_size=30))
def test_a_person_counts_once_a_song_in_however_many_places(marked: list[tuple[int, int, int | None]]):
    marks = Marks(5)

    for user, row, guild in marked:
        marks.add(user, row, guild)

    pairs = {(user, row) for user, row, _ in marked}
    assert marks.count.tolist() == [sum(row == n for _, row in pairs) for n in range(5)]
    for guild in (7, 8):
        here = marks.here(guild)
        found = {(user, row) for user, row, place in marked if place == guild}
        assert (here.tolist() if here is not None else [0] * 5) == [sum(row == n for _, row in found) for n in range(5)]


def test_a_new_mark_counts_at_once():
    recommender = Recommender(CATALOGUE)
    before = scores(recommender)[9]

    recommender.absorb(MarkEvent(5, SONGS[9], 7))

    assert scores(recommender)[9] > before


def test_a_server_with_many_marks_gets_its_own_taste():
    recommender = Recommender(CATALOGUE)
    recommender.load(standing(MarkEvent(user, SONGS[20], 7) for user in range(400)))
    for user in range(400, 1200):
        recommender.absorb(MarkEvent(user, SONGS[30], 8))

    here, there = (Listener(1, loved=((SONGS[0], 1),), guild=guild) for guild in (7, 8))

    first, second = SONGS[20], SONGS[30]
    lead_here = recommender.score(first, Request(), here) - recommender.score(second, Request(), here)
    lead_there = recommender.score(first, Request(), there) - recommender.score(second, Request(), there)
    assert lead_here > 0 > lead_there


def test_what_people_dismiss_speaks_against_a_song():
    recommender = Recommender(CATALOGUE)
    recommender.load(standing(MarkEvent(user, SONGS[9], 7) for user in range(20)))
    before = scores(recommender)[9]

    for user in range(30, 40):
        recommender.absorb(MarkEvent(user, SONGS[9], 7, kind="dismiss"))

    assert scores(recommender)[9] < before


def test_the_like_of_a_dismissed_song_counts_less_for_the_one_who_dismissed_it():
    recommender = Recommender(CATALOGUE)
    content, annoyed = Listener(1), Listener(1, dismissed=frozenset({SONGS[0]}))
    alike = recommender.rank((SONGS[0],), limit=1)[0].song

    assert recommender.score(alike, Request(), annoyed) < recommender.score(alike, Request(), content)


def test_who_was_forgotten_may_come_back_and_counts_once():
    marks = Marks(3)
    for user in (1, 2):
        marks.add(user, 0, 7)

    marks.forget(1)
    marks.add(1, 1, None)
    marks.add(3, 1, 7)

    assert marks.count.tolist() == [1, 2, 0]
    assert marks.both(1, [0, 1], besides=3) == [0, 1]


def test_marks_absorbed_while_others_are_loaded_are_kept():
    recommender = Recommender(CATALOGUE)

    def slowly():
        yield from standing([MarkEvent(1, SONGS[3], 7)])
        recommender.absorb(MarkEvent(2, SONGS[9], 7))
        yield from standing([MarkEvent(3, SONGS[3], 7, kind="comment")])

    recommender.load(slowly())

    other = Recommender(CATALOGUE)
    other.load(
        standing([MarkEvent(1, SONGS[3], 7), MarkEvent(3, SONGS[3], 7, kind="comment"), MarkEvent(2, SONGS[9], 7)])
    )
    assert scores(recommender) == scores(other)


def test_questions_are_answered_on_another_thread_while_marks_arrive():
    recommender = Recommender(CATALOGUE)
    listener = Listener(99, loved=((SONGS[0], 1), (SONGS[1], 1)), guild=7)
    failures: list[Exception] = []

    def ask() -> None:
        try:
            for _ in range(150):
                assert len(recommender.recommend(Request(), listener).picks) == 3
        except Exception as error:
            failures.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    for user in range(400):
        for song in SONGS[user % 3 :: 3]:
            recommender.absorb(MarkEvent(user, song, 7 + user % 2, present=user % 5 != 4))
    asking.join()

    assert failures == []
