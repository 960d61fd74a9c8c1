"""What a request gets: never what is forbidden, never more than asked for, the same for the same question."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalogue import catalogue

from bot.catalogue.model import ArtistId, CollectionId, DramaId, SongId
from bot.catalogue.voicing import voicings
from bot.recommend import (
    Era,
    Famous,
    FromArtist,
    FromCollection,
    FromDrama,
    FromFavourites,
    LesserKnown,
    Listener,
    MarkEvent,
    Recommender,
    Request,
    YourFavourite,
)

CATALOGUE = catalogue()
RECOMMENDER = Recommender(CATALOGUE)
SONGS = list(CATALOGUE.songs)

song_ids = st.sampled_from([*SONGS, SongId("unknown")])
some_songs = st.frozensets(song_ids, max_size=12)
drama_ids = st.sampled_from([*CATALOGUE.dramas, DramaId("unknown")])
artist_ids = st.sampled_from([*CATALOGUE.artists, ArtistId("unknown")])
sources = st.one_of(
    st.none(),
    st.builds(FromDrama, drama_ids),
    st.builds(FromArtist, artist_ids),
    st.builds(FromCollection, st.sampled_from([CollectionId("rain"), CollectionId("unknown")])),
    st.just(FromFavourites()),
)
years = st.none() | st.integers(2008, 2022)
requests = st.builds(
    Request,
    like=st.lists(song_ids, max_size=3).map(tuple),
    like_dramas=st.lists(drama_ids, max_size=1).map(tuple),
    like_artists=st.lists(artist_ids, max_size=1).map(tuple),
    moods=st.lists(st.sampled_from(["walk", "storm", "unknown"]), max_size=2, unique=True).map(tuple),
    source=sources,
    era=st.none() | st.builds(Era, years, years),
    voicing=st.sampled_from([None, "female", "male", "female-vocal-male-rap", "unknown"]),
    count=st.integers(-1, 8),
    surprise=st.booleans(),
)
listeners = st.builds(
    Listener,
    user=st.integers(0, 2**63),
    loved=st.lists(song_ids, max_size=8, unique=True).map(lambda songs: tuple((s, 1) for s in songs)),
    known=some_songs,
    dismissed=some_songs,
    shown=some_songs,
    guild=st.none() | st.integers(0, 2**63),
    hidden=st.frozensets(artist_ids, max_size=3),
)


@settings(deadline=None, max_examples=300)
@given(requests, listeners)
def test_whatever_is_asked_no_forbidden_song_is_picked_and_none_too_many(request: Request, listener: Listener):
    answer = RECOMMENDER.recommend(request, listener)

    picked = [pick.song for pick in answer.picks]
    loved = {song for song, _ in listener.loved}
    again = isinstance(request.source, FromFavourites)
    assert len(picked) == len(set(picked)) <= min(5, max(1, request.count))
    assert set(picked) <= (loved if again else set(SONGS) - loved - listener.known)
    assert set(picked).isdisjoint(listener.dismissed - loved)
    assert set(picked).isdisjoint(listener.shown | set(request.like))
    assert all(credit.artist not in listener.hidden for song in picked for credit in CATALOGUE.songs[song].artists)
    assert (answer.unmet is not None) == (len(picked) < min(5, max(1, request.count)))


@settings(deadline=None, max_examples=150)
@given(requests, listeners)
def test_every_condition_is_met_by_every_pick(request: Request, listener: Listener):
    answer = RECOMMENDER.recommend(request, listener)

    for pick in answer.picks:
        song = CATALOGUE.songs[pick.song]
        if request.era is not None:
            year = CATALOGUE.drama_of(song).year
            assert (request.era.first_year or 0) <= year <= (request.era.last_year or 9999)
        if request.voicing is not None:
            assert request.voicing in voicings(song)
        assert song.drama not in request.like_dramas
        match request.source:
            case FromDrama(drama):
                assert song.drama == drama
            case FromArtist(artist):
                assert artist in {credit.artist for credit in song.artists}
            case FromCollection():
                assert pick.song in {"d4-s1", "d7-s2"}


@settings(deadline=None, max_examples=150)
@given(requests, st.frozensets(artist_ids, max_size=3))
def test_what_fits_is_all_that_a_stranger_could_be_given(request: Request, hidden: frozenset[ArtistId]):
    fitting = RECOMMENDER.fitting(replace(request, count=5), hidden)

    answer = RECOMMENDER.recommend(replace(request, count=5), Listener(0, hidden=hidden))
    assert {pick.song for pick in answer.picks} <= set(fitting)
    assert (len(fitting) >= 5) >= (len(answer.picks) == 5)
    assert bool(fitting) == bool(answer.picks)
    assert all(credit.artist not in hidden for song in fitting for credit in CATALOGUE.songs[song].artists)


@settings(deadline=None, max_examples=150)
@given(requests, listeners)
def test_at_most_two_of_five_are_of_one_drama_unless_it_was_asked_for(request: Request, listener: Listener):
    answer = RECOMMENDER.recommend(request, listener)

    dramas = [CATALOGUE.songs[pick.song].drama for pick in answer.picks]
    if not isinstance(request.source, FromDrama):
        assert all(dramas.count(drama) <= 2 for drama in dramas)


def test_where_only_two_dramas_are_left_four_songs_are_picked_and_more_are_promised():
    answer = RECOMMENDER.recommend(Request(era=Era(2010, 2010), count=5), Listener(1))

    dramas = [CATALOGUE.songs[pick.song].drama for pick in answer.picks]
    assert sorted(dramas) == ["d0", "d0", "d5", "d5"]
    assert answer.unmet is not None
    assert (answer.unmet.drop, answer.unmet.gives) == ("era", len(SONGS))


@settings(deadline=None, max_examples=150)
@given(requests, listeners)
def test_the_same_person_asking_the_same_gets_the_same(request: Request, listener: Listener):
    again = Recommender(CATALOGUE).recommend(request, listener)

    assert again == RECOMMENDER.recommend(request, listener)


@settings(deadline=None, max_examples=150)
@given(requests, listeners)
def test_dropping_what_is_named_gives_the_songs_promised(request: Request, listener: Listener):
    unmet = RECOMMENDER.recommend(replace(request, count=5), listener).unmet

    if unmet is None or unmet.drop is None:
        return
    easier, seen = replace(request, count=5), listener
    for condition in (unmet.drop, *unmet.also):
        match condition:
            case "mood":
                easier = replace(easier, moods=())
            case "era":
                easier = replace(easier, era=None)
            case "voicing":
                easier = replace(easier, voicing=None)
            case "source" if not isinstance(easier.source, FromFavourites):
                easier = replace(easier, source=None)
            case "like":
                easier = replace(easier, like=(), like_dramas=(), like_artists=())
            case "shown":
                seen = replace(seen, shown=frozenset())
    answer = RECOMMENDER.recommend(easier, seen)
    assert unmet.gives > 0
    assert answer.picks


def test_two_newcomers_get_different_songs():
    answers = {tuple(pick.song for pick in RECOMMENDER.recommend(Request(), Listener(user)).picks) for user in range(6)}

    assert len(answers) > 1


def test_a_newcomer_gets_one_famous_song_and_two_lesser_known_ones():
    for user in range(10):
        first, *others = RECOMMENDER.recommend(Request(), Listener(user)).picks

        assert first.reason == Famous(4)
        assert len(others) == 2
        assert all(isinstance(pick.reason, LesserKnown) for pick in others)


def test_a_lesser_known_song_shares_the_sound_it_is_said_to_share():
    for user in range(10):
        for pick in RECOMMENDER.recommend(Request(), Listener(user)).picks[1:]:
            assert isinstance(pick.reason, LesserKnown)
            song, near = CATALOGUE.songs[pick.song], CATALOGUE.songs[pick.reason.near]
            assert near.id in {"d0-s0", "d1-s1", "d2-s2"}
            assert song.drama != near.drama
            said = [tag.partition(":") for tag in pick.reason.tags]
            assert 1 <= len(said) <= 3
            assert all(word in song.moods and word in near.moods for family, _, word in said if family == "mood")
            assert all(song.tempo == near.tempo == word for family, _, word in said if family == "tempo")


def test_what_a_newcomer_dismissed_steps_back_with_its_like():
    liked = Listener(1)
    first = RECOMMENDER.recommend(Request(), liked).picks[0].song

    answer = RECOMMENDER.recommend(Request(), replace(liked, dismissed=frozenset({first})))

    assert first not in {pick.song for pick in answer.picks}
    assert len(answer.picks) == 3


def test_what_is_kept_for_newcomers_follows_every_mark():
    newcomers = [Listener(user, guild=guild) for user in range(12) for guild in (None, 5)]
    events = [MarkEvent(user, song, 5) for user in range(100, 104) for song in SONGS[user % 3 :: 3]]
    asked_before, asked_once = Recommender(CATALOGUE), Recommender(CATALOGUE)
    unheard = [asked_before.recommend(Request(), newcomer) for newcomer in newcomers]

    for event in events:
        asked_before.absorb(event)
        asked_once.absorb(event)

    answers = [asked_before.recommend(Request(), newcomer) for newcomer in newcomers]
    assert answers == [asked_once.recommend(Request(), newcomer) for newcomer in newcomers] != unheard

    asked_before.forget(100)

    assert [asked_before.recommend(Request(), newcomer) for newcomer in newcomers] != answers


def test_a_newcomer_who_was_shown_all_famous_songs_gets_others():
    famous = {SongId("d0-s0"), SongId("d1-s1"), SongId("d2-s2")}

    answer = RECOMMENDER.recommend(Request(), Listener(1, shown=frozenset(famous)))

    assert len(answer.picks) == 3
    assert famous.isdisjoint(pick.song for pick in answer.picks)


def test_an_empty_catalogue_answers_with_nothing():
    empty = Recommender(catalogue(dramas=0, lists=(), collections=()))

    for request in (Request(), Request(moods=("walk",), count=5), Request(surprise=True)):
        assert empty.recommend(request, Listener(1)).picks == ()
    assert empty.rank(()) == []
    assert empty.well_known() == ()


def test_the_well_known_are_those_listed_most_and_of_different_dramas():
    well_known = RECOMMENDER.well_known(5)

    assert set(well_known[:3]) == {"d0-s0", "d1-s1", "d2-s2"}
    assert len({CATALOGUE.songs[song].drama for song in well_known}) == 5


def test_impossible_conditions_name_the_one_to_drop_and_what_one_would_get():
    request = Request(source=FromDrama(DramaId("d0")), era=Era(1990, 1999))

    answer = RECOMMENDER.recommend(request, Listener(1))

    assert answer.picks == ()
    assert answer.unmet is not None
    assert (answer.unmet.drop, answer.unmet.gives, answer.unmet.also) == ("era", 4, ())


@pytest.mark.parametrize("count", [3, 5])
def test_where_only_what_was_shown_stands_in_the_way_this_is_said(count: int):
    drama = CATALOGUE.dramas[DramaId("d0")]
    listener = Listener(1, shown=frozenset(drama.songs))

    unmet = RECOMMENDER.recommend(Request(source=FromDrama(drama.id), count=count), listener).unmet

    assert unmet is not None
    assert (unmet.drop, unmet.gives, unmet.also) == ("shown", len(drama.songs), ())
    bare = RECOMMENDER.recommend(Request(), replace(listener, shown=frozenset(SONGS))).unmet
    assert bare is not None
    assert (bare.drop, bare.gives) == ("shown", len(SONGS))


def test_where_everything_is_known_nothing_can_be_dropped():
    answer = RECOMMENDER.recommend(Request(), Listener(1, known=frozenset(SONGS)))

    assert answer.unmet is not None
    assert answer.unmet.drop is None


def test_asked_for_favourites_the_loved_are_picked_though_known():
    loved = ((SongId("d0-s0"), 9), (SongId("d1-s1"), 8))
    listener = Listener(1, loved=loved, known=frozenset({SongId("d0-s0")}))

    answer = RECOMMENDER.recommend(Request(source=FromFavourites()), listener)

    assert {pick.song for pick in answer.picks} == {"d0-s0", "d1-s1"}
    assert {pick.reason for pick in answer.picks} == {YourFavourite()}


def test_a_heart_ends_not_for_me_among_the_favourites():
    listener = Listener(1, loved=((SongId("d0-s0"), 9),), dismissed=frozenset({SongId("d0-s0")}))

    answer = RECOMMENDER.recommend(Request(source=FromFavourites()), listener)

    assert [pick.song for pick in answer.picks] == ["d0-s0"]


def test_past_ids_mean_the_songs_they_are_called_now():
    renamed = Recommender(catalogue(formerly={"old-name": "d0-s0", "old-drama": "d1"}))
    listener = Listener(1, known=frozenset({SongId("old-name")}))

    drama = renamed.recommend(Request(source=FromDrama(DramaId("old-drama")), count=4), listener)
    famous = renamed.recommend(Request(source=FromDrama(DramaId("d0")), count=4), listener)

    assert len(drama.picks) == 4
    assert "d0-s0" not in {pick.song for pick in famous.picks}


def test_with_lists_given_neither_the_catalogues_own_nor_its_collections_leave_a_trace():
    silenced, empty = Recommender(CATALOGUE, lists=()), Recommender(catalogue(lists=(), collections=()))

    for song in map(SongId, ("d0-s0", "d4-s1", "d5-s0", "d7-s2")):
        assert silenced.rank((song,)) == empty.rank((song,))


def test_ranking_leaves_out_the_given_and_passes_over_unknown_ones():
    ranked = [pick.song for pick in RECOMMENDER.rank((SongId("d0-s0"), SongId("unknown")), limit=10)]

    assert len(ranked) == 10
    assert "d0-s0" not in ranked
