"""The search index: what people may rely on, whatever they type."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.catalogue import ArtistId, Catalogue, DramaId, SongId, load
from bot.catalogue.search import KINDS, SearchIndex

CATALOGUE = load()
INDEX = SearchIndex(CATALOGUE)
STAY_WITH_ME = SongId("goblin-stay-with-me")


def first(query: str) -> str:
    return INDEX.find(query)[0].id


def test_all_the_words_in_any_order_and_script_find_the_song() -> None:
    for query in ("goblin stay with me chanyeol", "punch STAY me goblin with", "찬열 stay with me 도깨비"):
        assert first(query) == STAY_WITH_ME, query


def test_words_people_wrap_around_a_name_do_not_matter() -> None:
    assert first("the song stay with me from the drama goblin ost by chanyeol") == STAY_WITH_ME


def test_a_query_that_means_a_drama_lists_its_songs_the_best_known_first() -> None:
    hits = INDEX.find("도깨비", limit=5)

    assert hits[0].id == STAY_WITH_ME
    assert {CATALOGUE.songs[SongId(hit.id)].drama for hit in hits} == {"goblin"}


def test_what_matched_is_said_when_the_shown_name_does_not_show_it() -> None:
    assert INDEX.find("도깨비")[0].why == "도깨비 → Goblin"
    assert INDEX.find("ehRoql")[0].why == "도깨비 → Goblin"
    assert INDEX.find("DOTS gummy")[0].why == "DOTS → Descendants of the Sun"
    assert INDEX.find("goblin chanyeol")[0].why is None


def test_a_title_and_its_singer_written_as_one_are_taken_apart() -> None:
    assert first("첫눈처럼너에게가겠다에일리") == first("첫눈처럼 너에게 가겠다 에일리")
    assert first("youaremyeverythinggummy") == "descendants-of-the-sun-you-are-my-everything"


def test_a_name_half_latin_half_hangul_is_found_by_its_keys() -> None:
    singer = INDEX.complete("artist", "SG워너비")[0]

    assert INDEX.complete("artist", "SGdnjsjql")[0].id == singer.id


def test_what_matched_names_the_artist_meant_among_several() -> None:
    assert INDEX.find("도깨비 펀치 stay with me")[0].id == STAY_WITH_ME
    assert INDEX.find("펀치 stay with me")[0].why == "펀치 → Punch"


def test_initials_nobody_wrote_down_find_a_drama() -> None:
    drama = CATALOGUE.dramas[DramaId("to-all-the-guys-who-loved-me")]
    assert "TATGWLM" not in drama.aliases

    assert CATALOGUE.songs[SongId(first("tatgwlm"))].drama == drama.id


def test_nothing_in_common_gives_a_few_of_the_best_known_called_near() -> None:
    for query in ("qqqqzzzz wwwxxx", "🎉🎉🎉", "مرحبا بالعالم", "!!!"):
        hits = INDEX.find(query)
        assert 0 < len(hits) <= 5
        assert all(hit.near for hit in hits)


def test_little_in_common_gives_the_nearest_called_near() -> None:
    hits = INDEX.find("dckcbbx")

    assert hits
    assert all(hit.near for hit in hits)


def test_a_match_is_not_called_near_nor_padded_with_what_does_not_match() -> None:
    hits = INDEX.complete("drama", "descendants")

    assert [hit.id for hit in hits] == ["descendants-of-the-sun"]
    assert not hits[0].near


def test_an_empty_field_offers_the_best_known() -> None:
    hits = INDEX.complete("song", "", limit=25)

    assert len(hits) == 25
    assert hits[0].id == STAY_WITH_ME
    assert not any(hit.near for hit in hits)


def test_the_first_letter_offers_names_that_begin_with_it_the_best_known_first() -> None:
    assert INDEX.complete("drama", "g")[0].id == "goblin"
    assert INDEX.complete("artist", "거")[0].id == "gummy"
    assert INDEX.complete("song", "st")[0].id in {STAY_WITH_ME, "stairway-to-heaven-i-miss-you"}


def test_the_askers_own_songs_come_first() -> None:
    favourite, seen = SongId("its-okay-to-not-be-okay-my-tale"), SongId("my-mister-grown-ups")

    hits = INDEX.complete("song", "", favourites=[favourite], recent=[seen])
    assert [hit.id for hit in hits[:2]] == [favourite, seen]

    unknown = SongId("hotel-king-saying-i-love-you")
    before = [hit.id for hit in INDEX.complete("song", "sa", limit=400)].index(unknown)
    after = [hit.id for hit in INDEX.complete("song", "sa", limit=400, favourites={unknown})].index(unknown)
    assert after < before


def test_a_chosen_drama_narrows_songs_and_artists() -> None:
    songs = INDEX.complete("song", "", drama=DramaId("goblin"))
    artists = INDEX.complete("artist", "", drama=DramaId("goblin"))

    assert {CATALOGUE.songs[SongId(hit.id)].drama for hit in songs} == {"goblin"}
    assert {"chanyeol", "punch", "ailee", "crush"} <= {hit.id for hit in artists}
    assert "gummy" not in {hit.id for hit in artists}


def test_a_chosen_artist_narrows_songs_and_dramas() -> None:
    gummy = CATALOGUE.artists[ArtistId("gummy")]

    songs = INDEX.complete("song", "", artist=gummy.id, limit=100)
    dramas = INDEX.complete("drama", "d", artist=gummy.id)

    assert {hit.id for hit in songs} == set(gummy.songs)
    assert dramas[0].id == "descendants-of-the-sun"


def test_a_drama_and_an_artist_that_never_met_leave_nothing() -> None:
    assert INDEX.complete("song", "", drama=DramaId("goblin"), artist=ArtistId("gummy")) == []


def test_free_search_of_every_kind_puts_the_thing_named_first() -> None:
    assert (INDEX.find_any("goblin")[0].kind, INDEX.find_any("goblin")[0].id) == ("drama", "goblin")
    assert (INDEX.find_any("거미")[0].kind, INDEX.find_any("거미")[0].id) == ("artist", "gummy")
    assert INDEX.find_any("first snow", kinds=["collection"])[0].id == "first-snow"


def test_free_search_keeps_to_the_kinds_asked_for() -> None:
    assert {hit.kind for hit in INDEX.find_any("goblin", kinds=["drama", "artist"])} <= {"drama", "artist"}
    assert INDEX.find_any("goblin", kinds=[]) == []


def test_moods_are_found_by_either_label_and_by_alias() -> None:
    for mood in CATALOGUE.vocabulary.listener_moods.values():
        for name in (mood.label, mood.label_ko, *mood.aliases):
            found = INDEX.resolve("mood", name)
            assert found is not None
            meant = CATALOGUE.vocabulary.listener_moods[found.id]
            assert name.casefold() in {known.casefold() for known in (meant.label, meant.label_ko, *meant.aliases)}


def test_collections_are_found_by_either_title() -> None:
    for collection in CATALOGUE.collections.values():
        for title in (collection.title, collection.title_ko):
            found = INDEX.resolve("collection", title)
            assert found is not None
            assert found.id == collection.id


def test_an_id_chosen_from_the_list_is_taken_as_it_is() -> None:
    hit = INDEX.resolve("song", STAY_WITH_ME)

    assert hit is not None
    assert (hit.id, hit.near) == (STAY_WITH_ME, False)


def test_a_past_id_means_what_it_is_called_now() -> None:
    renamed = replace(CATALOGUE, formerly={"guardian": "goblin"})

    hit = SearchIndex(renamed).resolve("drama", "guardian")

    assert hit is not None
    assert hit.id == "goblin"


def test_free_text_never_chosen_still_means_something() -> None:
    song = INDEX.resolve("song", "stey with me chanyeal")
    drama = INDEX.resolve("drama", "태후")
    artist = INDEX.resolve("artist", "gumy")

    assert song is not None
    assert drama is not None
    assert artist is not None
    assert (song.id, drama.id, artist.id) == (STAY_WITH_ME, "descendants-of-the-sun", "gummy")


def test_free_text_without_a_meaning_is_none() -> None:
    for text in ("", "   ", "🎉", "xqzxqzxqz"):
        assert INDEX.resolve("artist", text) is None


def test_every_song_is_found_by_its_title_its_artist_and_its_drama() -> None:
    missed = []
    for song in CATALOGUE.songs.values():
        query = f"{song.title} {song.artists[0].name} {CATALOGUE.drama_of(song).title}"
        if song.id not in {hit.id for hit in INDEX.find(query, limit=5)}:
            missed.append(song.id)
    assert missed == []


def test_an_empty_catalogue_answers_with_nothing() -> None:
    empty = Catalogue({}, {}, {}, {}, (), replace(CATALOGUE.vocabulary, listener_moods={}))
    index = SearchIndex(empty)

    assert index.find("goblin") == []
    assert index.find_any("") == []
    assert index.complete("song", "g") == []
    assert index.resolve("drama", "goblin") is None


def test_no_limit_is_exceeded_and_nothing_comes_twice() -> None:
    for limit in (0, 1, 3, 25, 4000):
        ids = [(hit.kind, hit.id) for hit in INDEX.find_any("love", limit=limit)]
        assert len(ids) <= limit
        assert len(ids) == len(set(ids))


def test_the_same_question_has_the_same_answer_from_many_threads() -> None:
    queries = ["도깨비", "stay wth me", "ehRoql", "ㄷㄲㅂ", "DOTS gummy"] * 8
    expected = [INDEX.find(query) for query in queries]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(INDEX.find, queries)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "a" * 6000,
        "가" * 6000,
        "ㅋ" * 6000,
        "ehRoql" * 1000,
        "stay with me " * 500,
        "🥹" * 3000,
        "Z̸̢̛a̷͝l̵̕g̴͠o " * 400,
        "\u202e" + "أغنية " * 900,
        "'; DROP TABLE songs; --" * 260,
        "\x00\ud800\U0010ffff",
        "ㅏㅣㅗ",
        "도ᄁ",
        "😀" + "\u200d😀" * 200,
        "(((((((",
        "^^^ ^ $",
    ],
)
def test_hostile_text_gets_an_ordinary_answer(query: str) -> None:
    assert INDEX.find(query, limit=10)
    assert INDEX.find_any(query, limit=10)
    for kind in KINDS:
        INDEX.complete(kind, query)
        INDEX.resolve(kind, query)


@settings(max_examples=150, deadline=None)
@example("S0")
@given(st.text(max_size=60) | st.text("abeghlmnorstyu 도깨비ㄱㄷㅂ거미 0123", max_size=40))
def test_any_text_at_all_finds_something_ranked(query: str) -> None:
    hits = INDEX.find(query, limit=10)

    assert 0 < len(hits) <= 10
    assert all(hit.id in CATALOGUE.songs for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
