"""Reasons are honest: without the evidence they name, a pick would have had less to speak for it."""

from dataclasses import replace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_catalogue import LISTS, catalogue, collection, published

from bot.catalogue.model import ArtistId, CollectionId, DramaId, SongId
from bot.recommend import (
    ByArtist,
    Discovery,
    Era,
    Famous,
    FitsEra,
    FitsMood,
    FitsVoicing,
    FromArtist,
    FromCollection,
    FromDrama,
    InCollection,
    InDrama,
    LesserKnown,
    LikeArtist,
    Listener,
    LovedEverywhere,
    LovedHere,
    LovedTogether,
    MarkEvent,
    Reason,
    Recommender,
    Request,
    SharedArtist,
    SharedCollection,
    SharedDrama,
    SharedGroup,
    SharedList,
    SoundsLike,
)
from bot.recommend.evidence import FINISH_A_LIST, hear_next
from bot.recommend.explain import told_once
from bot.recommend.reasons import SameYears
from tests.benchmarks.standing import standing

CATALOGUE = catalogue()
RECOMMENDER = Recommender(CATALOGUE)
SONGS = list(CATALOGUE.songs)
some_songs = st.lists(st.sampled_from(SONGS), min_size=1, max_size=8, unique=True)


def loving(*songs: str) -> Listener:
    return Listener(1, loved=tuple((SongId(song), 0) for song in songs))


def without(seed: SongId, request: Request, listener: Listener) -> tuple[Request, Listener]:
    like = tuple(song for song in request.like if song != seed)
    loved = tuple(pair for pair in listener.loved if pair[0] != seed)
    return replace(request, like=like), replace(listener, loved=loved)


@settings(deadline=None, max_examples=300)
@example([SongId("d3-s0"), SongId("d3-s1"), SongId("d3-s3"), SongId("d4-s0")], [])
@given(some_songs, st.just([]) | st.lists(st.sampled_from(SONGS), min_size=2, unique=True))
def test_taking_the_named_evidence_away_lowers_the_pick(loved: list[SongId], like: list[SongId]):
    request, listener = Request(like=tuple(like), moods=("walk",), count=5), loving(*loved)

    for pick in RECOMMENDER.recommend(request, listener).picks:
        before = RECOMMENDER.score(pick.song, request, listener)
        match pick.reason:
            case (
                SharedArtist(seed=seed)
                | SharedGroup(seed=seed)
                | SharedDrama(seed=seed)
                | SharedList(seed=seed)
                | SharedCollection(seed=seed)
                | SoundsLike(seed=seed)
                | SameYears(seed=seed)
            ):
                after = RECOMMENDER.score(pick.song, *without(seed, request, listener))
            case FitsMood():
                after = RECOMMENDER.score(pick.song, replace(request, moods=()), listener)
            case Famous():
                after = Recommender(catalogue(lists=())).score(pick.song, request, listener)
            case other:
                raise AssertionError(other)
        assert after < before


@settings(deadline=None, max_examples=100)
@given(some_songs)
def test_what_a_reason_says_is_so(loved: list[SongId]):
    for pick in RECOMMENDER.recommend(Request(count=5), loving(*loved)).picks:
        song = CATALOGUE.songs[pick.song]
        singers = {credit.artist for credit in song.artists}
        match pick.reason:
            case SharedArtist(seed, artist, _):
                assert artist in singers & {c.artist for c in CATALOGUE.songs[seed].artists}
            case SharedGroup(seed, group, _):
                assert group in {c.of for c in song.artists} & {c.of for c in CATALOGUE.songs[seed].artists}
            case SharedDrama(seed, drama, _):
                assert song.drama == CATALOGUE.songs[seed].drama == drama
            case SameYears(seed, year, _):
                assert CATALOGUE.drama_of(song).year == year
                assert abs(CATALOGUE.drama_of(CATALOGUE.songs[seed]).year - year) <= 1
            case SoundsLike(seed, tags, _):
                assert 1 <= len(tags) <= 3
                for tag in tags:
                    family, _, word = tag.partition(":")
                    if family == "mood":
                        assert word in song.moods and word in CATALOGUE.songs[seed].moods
            case SharedList(seed, name, _):
                lines = next(entry.songs for entry in LISTS if entry.id == name)
                assert {seed, pick.song} <= {line.song for line in lines}


def told(recommender: Recommender, song: str, request: Request, listener: Listener) -> list[Reason]:
    """All that could be said for a song, whether or not it moved it most."""
    crowd = recommender._crowd
    evidence = recommender._evidence(request, listener, crowd, FINISH_A_LIST)
    explainer = recommender._explainer(np.arange(2, dtype=np.int32), evidence, listener, crowd)
    return [piece.reason for piece in explainer.told(SONGS.index(SongId(song)))]


def test_a_song_of_the_same_singer_is_picked_because_of_the_singer():
    listener = loving("d0-s0")

    said = told(RECOMMENDER, "d2-s3", Request(), listener)

    assert SharedArtist(SongId("d0-s0"), CATALOGUE.songs[SongId("d2-s3")].artists[0].artist, True) in said


def test_a_shared_list_is_named_and_without_it_the_song_has_less():
    listener, song = loving("d5-s0"), SongId("d6-s1")
    unlisted = Recommender(catalogue(lists=LISTS[:-1]))

    assert SharedList(SongId("d5-s0"), "pair", True) in told(RECOMMENDER, song, Request(), listener)
    assert unlisted.score(song, Request(), listener) < RECOMMENDER.score(song, Request(), listener)


def test_a_shared_collection_is_named():
    said = told(RECOMMENDER, "d7-s2", Request(), loving("d4-s1"))

    assert any(isinstance(reason, SharedCollection) and reason.collection == "rain" for reason in said)


def test_fame_is_counted_only_from_three_lists_on():
    twice = Recommender(catalogue(lists=(published("a", "d0-s0"), published("b", "d0-s0"))))
    thrice = Recommender(catalogue(lists=tuple(published(name, "d0-s0") for name in "abc")))

    assert not any(isinstance(r, Famous) for r in told(twice, "d0-s0", Request(), Listener(1)))
    assert Famous(3) in told(thrice, "d0-s0", Request(), Listener(1))


def test_people_are_counted_only_from_three_on_and_by_server():
    recommender = Recommender(catalogue())
    listener = Listener(1, guild=7)
    for user in (10, 11):
        recommender.absorb(MarkEvent(user, SongId("d8-s1"), 7))
    before = told(recommender, "d8-s1", Request(), listener)

    recommender.absorb(MarkEvent(12, SongId("d8-s1"), 7))
    recommender.absorb(MarkEvent(13, SongId("d8-s1"), 8))

    after = told(recommender, "d8-s1", Request(), listener)
    assert not any(isinstance(reason, LovedHere | LovedEverywhere) for reason in before)
    assert LovedHere(3) in after
    assert LovedEverywhere(4) in after


def test_people_who_love_both_are_counted_without_the_asker():
    recommender = Recommender(catalogue())
    listener = loving("d0-s0")
    recommender.load(standing(MarkEvent(user, song, 7) for user in range(100, 110) for song in SONGS[-3:]))
    for user in (1, 10, 11, 12):
        recommender.absorb(MarkEvent(user, SongId("d0-s0"), 7))
        recommender.absorb(MarkEvent(user, SongId("d8-s1"), 7))
    before = recommender.score(SongId("d8-s1"), Request(), listener)

    assert LovedTogether(SongId("d0-s0"), 3, True) in told(recommender, "d8-s1", Request(), listener)

    recommender.absorb(MarkEvent(12, SongId("d8-s1"), 7, present=False))
    assert not any(isinstance(reason, LovedTogether) for reason in told(recommender, "d8-s1", Request(), listener))
    assert recommender.score(SongId("d8-s1"), Request(), listener) < before


def test_a_collection_tells_kinship_but_no_fame():
    listed = tuple(collection(name, "d8-s0", "d7-s0") for name in ("a", "b", "c"))

    said = told(Recommender(catalogue(collections=listed)), "d8-s0", Request(), Listener(1))

    assert said == []


@settings(deadline=None, max_examples=100)
@given(some_songs)
def test_the_reason_told_is_the_evidence_that_moved_the_pick_most(loved: list[SongId]):
    request, listener = Request(moods=("walk",), count=5), loving(*loved)
    crowd = RECOMMENDER._crowd
    left = RECOMMENDER._allowed(request, listener).without()
    evidence = RECOMMENDER._evidence(request, listener, crowd, hear_next(len(loved), asked=False))
    explainer = RECOMMENDER._explainer(np.flatnonzero(left).astype(np.int32), evidence, listener, crowd)

    for pick in RECOMMENDER.recommend(request, listener).picks:
        row = SONGS.index(pick.song)
        pieces = [piece for piece in explainer.told(row) if explainer.loses(row, piece) > 0]
        amounts = {piece.reason: piece.amount for piece in pieces}
        assert amounts[pick.reason] == max(amounts.values()) > 0


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(CATALOGUE.dramas)), st.sampled_from(sorted(CATALOGUE.artists)))
def test_without_the_drama_or_artist_asked_for_its_like_has_less(drama: DramaId, artist: ArtistId):
    unlisted = Recommender(catalogue(lists=()))
    nobody = Listener(1)

    for request in (Request(like_dramas=(drama,), count=5), Request(like_artists=(artist,), count=5)):
        for pick in unlisted.recommend(request, nobody).picks:
            assert unlisted.score(pick.song, Request(), nobody) < unlisted.score(pick.song, request, nobody)


def test_like_an_artist_says_where_the_artist_sings():
    singer = ArtistId("singer3")

    for pick in RECOMMENDER.recommend(Request(like_artists=(singer,), count=5), Listener(1)).picks:
        if isinstance(pick.reason, LikeArtist):
            credited = {credit.artist for credit in CATALOGUE.songs[pick.song].artists}
            assert pick.reason.sings <= (singer in credited)
            assert pick.reason.sings or pick.reason.tags


def test_the_people_counted_here_speak_for_a_song():
    recommender = Recommender(catalogue())
    listener = Listener(1, guild=7)
    recommender.load(standing(MarkEvent(user, SONGS[-1], 7) for user in range(10, 15)))
    loved = recommender.score(SONGS[-1], Request(), listener)

    for user in range(10, 15):
        recommender.forget(user)

    assert recommender.score(SONGS[-1], Request(), listener) < loved


def test_no_word_is_said_twice_nor_the_voices_two_ways():
    tags = (
        "tempo:ballad",
        "genre:ballad",
        "voicing:male-rap",
        "voicing:mixed-duet",
        "mood:dark",
        "mood:x",
    )

    assert told_once(tags) == ("tempo:ballad", "voicing:male-rap", "mood:dark")


def crowded(*events: MarkEvent) -> Recommender:
    """A server whose people love other songs as well, so that they have a say."""
    recommender = Recommender(catalogue())
    others = [MarkEvent(user, song, 7) for user in range(200, 260) for song in SONGS[-6:]]
    recommender.load(standing([*others, *events]))
    return recommender


def test_without_the_people_who_love_it_here_or_anywhere_a_song_has_less():
    song, listener = SONGS[9], Listener(1, guild=7)
    fans = [MarkEvent(user, song, 7 if user < 14 else 8) for user in range(10, 18)]
    recommender = crowded(*fans)
    before = recommender.score(song, Request(), listener)

    said = told(recommender, song, Request(), listener)
    assert LovedHere(4) in said
    assert LovedEverywhere(8) in said
    for gone in (fans[:4], fans):
        for event in gone:
            recommender.absorb(event._replace(present=False))
        assert recommender.score(song, Request(), listener) < before
        before = recommender.score(song, Request(), listener)


def test_without_the_people_who_love_both_a_song_has_less():
    seed, song, listener = SONGS[0], SONGS[9], loving(SONGS[0])
    fans = [MarkEvent(user, loved, 7) for user in range(10, 16) for loved in (seed, song)]
    recommender = crowded(*fans)
    before = recommender.score(song, Request(), listener)

    assert LovedTogether(seed, 6, True) in told(recommender, song, Request(), listener)
    for event in fans[::2]:
        recommender.absorb(event._replace(present=False))

    assert recommender.score(song, Request(), listener) < before


def test_without_the_collection_they_share_a_song_has_less():
    song, listener = SongId("d7-s2"), loving("d4-s1")

    unshelved = Recommender(catalogue(collections=()))

    assert unshelved.score(song, Request(), listener) < RECOMMENDER.score(song, Request(), listener)


def test_the_famous_song_named_beside_a_lesser_known_one_speaks_for_it():
    for user in range(10):
        nobody = Listener(user)
        for pick in RECOMMENDER.recommend(Request(), nobody).picks[1:]:
            assert isinstance(pick.reason, LesserKnown)
            near = Request(like=(pick.reason.near,))
            assert RECOMMENDER.score(pick.song, Request(), nobody) < RECOMMENDER.score(pick.song, near, nobody)


def test_what_was_asked_for_is_the_reason_only_where_nothing_else_moved_the_song():
    unlisted = Recommender(catalogue(lists=(), collections=()))
    nobody = Listener(1)
    asked: tuple[tuple[Request, type[object]], ...] = (
        (Request(source=FromDrama(DramaId("d0"))), InDrama),
        (Request(source=FromArtist(ArtistId("singer3"))), ByArtist),
        (Request(voicing="female"), FitsVoicing),
        (Request(era=Era(2012, 2012)), FitsEra),
        (Request(surprise=True), Discovery),
    )
    for request, kind in asked:
        picks = unlisted.recommend(request, nobody).picks
        assert picks
        assert all(isinstance(pick.reason, kind) for pick in picks)
    shelved = Recommender(catalogue(lists=()))
    for pick in shelved.recommend(Request(source=FromCollection(CollectionId("rain"))), nobody).picks:
        assert pick.reason == InCollection(CollectionId("rain"))


def test_like_a_drama_is_explained_by_the_drama():
    answer = RECOMMENDER.recommend(Request(like_dramas=(DramaId("d0"),), count=5), Listener(1))

    assert len(answer.picks) == 5
    assert all(CATALOGUE.songs[pick.song].drama != "d0" for pick in answer.picks)
