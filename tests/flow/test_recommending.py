"""/recommend: a newcomer's first picks, taste, conditions, and what is never repeated."""

from __future__ import annotations

import re

import pytest

from bot.catalogue import SongId
from tests.flow.world import (
    ENGLISH,
    KOREAN,
    World,
    answer,
    answers,
    choices,
    components,
    routes,
    seen,
    songs_in,
)

BOTH = pytest.mark.parametrize("locale", [ENGLISH, KOREAN])


async def shown_to(world: World, who: int) -> set[str]:
    """Return the songs kept as shown to somebody."""
    return {shown.song for shown in await world.bot.store.listeners.shown_lately(who)}


@BOTH
async def test_a_newcomer_gets_one_famous_and_two_lesser_known_songs_with_reasons(world: World) -> None:
    result = await world.say(world.reader, "recommend")

    message = answer(result)
    picks = songs_in(message)
    famous = set(world.bot.library.recommender.well_known(100))
    assert not message.ephemeral
    assert len(picks) == 3
    assert sum(pick in famous for pick in picks) >= 1
    assert seen(message).count("💡 ") == 3
    assert await shown_to(world, world.reader.id) == set(picks)
    card = await world.bot.store.cards.get(message.id)
    assert card is not None
    assert list(card.songs) == picks
    assert card.guild == world.guild.id


@BOTH
async def test_picks_are_worded_in_the_language_of_the_server(world: World) -> None:
    text = seen(answer(await world.say(world.reader, "recommend")))

    hangul = len(re.findall("[가-힣]", text))
    latin = len(re.findall("[A-Za-z]", text))
    assert (hangul > latin) == (world.locale == KOREAN)


@BOTH
async def test_three_taps_later_the_picks_are_the_newcomers_own(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend"))
    taps = choices(first, "love-many")
    assert len(taps) == 25

    saved = answer(await world.choose(world.reader, first, "love-many", taps[:3]))
    second = answer(await world.press(world.reader, saved, "more"))

    assert saved.ephemeral
    assert "3" in seen(saved)
    assert {f.song for f in await world.bot.store.marks.favourites(world.reader.id)} == set(taps[:3])
    picks = songs_in(second)
    assert len(picks) == 3
    assert not set(picks) & {*taps[:3], *songs_in(first)}
    catalogue = world.bot.library.catalogue
    loved = [catalogue.songs[SongId(id)] for id in taps[:3]]
    names = {name for song in loved for name in (song.title, song.title_ko) if name}
    assert any(name in seen(second) for name in names), "no reason names what was tapped"
    assert not [id for id in routes(second) if id.startswith("love-many")]


async def test_ticking_the_same_songs_again_says_they_are_yours_already(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend"))
    taps = choices(first, "love-many")[:2]
    await world.choose(world.reader, first, "love-many", taps)

    again = await world.choose(world.reader, first, "love-many", taps)

    assert "already" in seen(again)
    assert await world.bot.store.marks.total(world.reader.id) == 2


@BOTH
async def test_nothing_is_shown_twice_however_often_three_more_is_pressed(world: World) -> None:
    message = answer(await world.say(world.reader, "recommend"))
    shown = songs_in(message)

    for _ in range(5):
        message = answer(await world.press(world.reader, message, "more"))
        assert len(songs_in(message)) == 3
        shown += songs_in(message)

    assert len(set(shown)) == len(shown) == 18
    assert await shown_to(world, world.reader.id) == set(shown)


async def test_three_more_is_a_new_message_and_leaves_the_old_one_alone(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend"))
    before = seen(first)

    second = answer(await world.press(world.reader, first, "more"))

    assert second.id != first.id
    assert seen(world.reload(first)) == before


async def test_what_one_person_was_shown_may_still_be_shown_to_another(world: World) -> None:
    mine = songs_in(answer(await world.say(world.reader, "recommend", like="song:goblin-stay-with-me")))

    theirs = songs_in(answer(await world.say(world.other, "recommend", like="song:goblin-stay-with-me")))

    assert set(mine) & set(theirs)


@BOTH
async def test_songs_like_one_song_never_contain_it_and_say_why(world: World) -> None:
    message = answer(await world.say(world.reader, "recommend", like="song:goblin-stay-with-me", count=5))

    picks = songs_in(message)
    assert len(picks) == 5
    assert "goblin-stay-with-me" not in picks
    assert seen(message).count("💡 ") == 5


@pytest.mark.parametrize("typed", ["drama:goblin", "goblin", "도깨비", "dokkaebi"])
async def test_from_a_drama_gives_songs_of_that_drama_in_whatever_spelling(world: World, typed: str) -> None:
    message = answer(await world.say(world.reader, "recommend", **{"from": typed}))

    assert len(songs_in(message)) == 3
    assert all(song.startswith("goblin-") for song in songs_in(message))


@BOTH
async def test_conditions_nothing_can_meet_name_the_one_to_drop(world: World) -> None:
    result = await world.say(world.reader, "recommend", **{"from": "drama:goblin", "era": "1999"})

    message = answer(result)
    assert message.ephemeral
    assert songs_in(message) == []
    texts = {ENGLISH: ("Without", "years"), KOREAN: ("빼면", "시기")}[world.locale]
    assert all(word in seen(message) for word in texts), seen(message)
    assert re.search(r"\d", seen(message)), "it does not say how many there would be"
    assert await shown_to(world, world.reader.id) == set()


@BOTH
async def test_an_exhausted_drama_says_so_and_offers_to_show_its_songs_again(world: World) -> None:
    catalogue = world.bot.library.catalogue
    few = next(d for d in catalogue.dramas.values() if 2 <= len(d.songs) <= 3)
    first = answer(await world.say(world.reader, "recommend", **{"from": f"drama:{few.id}"}))

    second = answer(await world.press(world.reader, first, "more"))

    assert not set(songs_in(second)) & set(songs_in(first))
    assert songs_in(second) == []
    assert second.ephemeral
    assert {ENGLISH: "all", KOREAN: "모두"}[world.locale] in seen(second)
    assert "90" in seen(second)

    third = answer(await world.press(world.reader, second, "again"))

    assert set(songs_in(third)) == set(songs_in(first))
    assert not third.ephemeral


@pytest.mark.parametrize("era", ["last year", "20166", "2016-", "-1"])
async def test_years_that_are_none_are_refused_with_an_example(world: World, era: str) -> None:
    message = answer(await world.say(world.reader, "recommend", era=era))

    assert message.ephemeral
    assert "2010-2015" in seen(message)


async def test_a_like_that_means_nothing_is_refused_privately_and_pings_nobody(world: World) -> None:
    message = answer(await world.say(world.reader, "recommend", like="**zzqqxx**"))

    assert message.ephemeral
    assert songs_in(message) == []
    assert "**zzqqxx**" not in seen(message)


async def test_a_private_answer_stays_private_with_three_more(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend", private=True))

    second = answer(await world.press(world.reader, first, "more"))

    assert first.ephemeral
    assert second.ephemeral


@BOTH
async def test_tuning_asks_in_a_modal_and_answers_with_a_new_message(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend"))
    modal = await world.press(world.reader, first, "tune")
    assert modal.modal is not None

    tuned = await world.reader.submit_modal(modal, {"mood": ["rainy-day"], "voices": ["female"], "era": "2016-2018"})

    message = answer(tuned)
    catalogue = world.bot.library.catalogue
    picks = [catalogue.songs[SongId(id)] for id in songs_in(message)]
    assert len(picks) == 3
    assert all(2016 <= catalogue.drama_of(song).year <= 2018 for song in picks)
    assert not set(songs_in(message)) & set(songs_in(first))


async def test_three_more_asks_the_same_question_again(world: World) -> None:
    first = answer(await world.say(world.reader, "recommend", era="2016"))

    second = answer(await world.press(world.reader, first, "more"))

    catalogue = world.bot.library.catalogue
    assert len(songs_in(second)) == 3
    assert {catalogue.drama_of(catalogue.songs[SongId(id)]).year for id in songs_in(second)} == {2016}


@BOTH
@pytest.mark.parametrize("option", ["mood", "like", "from", "voices"])
@pytest.mark.parametrize("typed", ["", "a", "도", "goblin stay with me", "x" * 100])
async def test_choices_are_offered_for_whatever_is_typed(world: World, option: str, typed: str) -> None:
    offered = await world.reader.autocomplete(world.channel, "recommend", option, typed)

    assert len(offered) <= 25
    if not typed:
        assert offered


async def test_your_own_favourites_can_be_what_the_picks_come_from(world: World) -> None:
    await world.forge(world.reader, "love-many", ["goblin-beautiful", "goblin-stay-with-me"])

    message = answer(await world.say(world.reader, "recommend", **{"from": "favourites"}))

    assert set(songs_in(message)) <= {"goblin-beautiful", "goblin-stay-with-me"}


@BOTH
async def test_every_pick_has_its_own_numbered_love_button(world: World) -> None:
    message = answer(await world.say(world.reader, "recommend", count=5))

    labels = [c.get("label") or "" for c in components(message) if str(c.get("custom_id")).startswith("love:")]
    assert ["".join(filter(str.isdigit, label)) for label in labels] == ["1", "2", "3", "4", "5"]


@BOTH
async def test_a_song_opened_from_the_picks_is_one_card(world: World) -> None:
    picks = answer(await world.say(world.reader, "recommend"))
    chosen = choices(picks, "open")[1]

    result = await world.choose(world.reader, picks, "open", [chosen])

    assert songs_in(answers(result)[0]) == [chosen]


@pytest.mark.parametrize(("locale", "said"), [(ENGLISH, "the years and the mood"), (KOREAN, "시기 조건과 기분 조건을")])
async def test_two_conditions_in_the_way_are_named_as_a_sentence(world: World, said: str) -> None:
    refused = answer(await world.say(world.reader, "recommend", era="1999", mood="fighting", **{"from": "goblin"}))

    assert said in seen(refused)


@pytest.mark.parametrize(
    ("locale", "heading"), [(ENGLISH, "## Like Everytime"), (KOREAN, "## Everytime과 비슷한 노래")]
)
async def test_picks_are_headed_by_what_they_are_like(world: World, heading: str) -> None:
    picks = answer(await world.say(world.reader, "recommend", like="song:descendants-of-the-sun-everytime"))

    assert heading in seen(picks)
