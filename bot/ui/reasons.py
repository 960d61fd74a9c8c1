"""Turns the evidence behind a pick into the one line that tells it."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot import recommend as why
from bot.catalogue import Catalogue
from bot.locale import Texts
from bot.ui import lines


def reason_line(reason: why.Reason, catalogue: Catalogue, texts: Texts) -> str:
    """Say honestly, in one line, what carried a pick."""

    def song(id: str) -> str:
        found = catalogue.song(id)
        return f"*{escape_markdown(lines.short_title(found, texts))}*" if found else id

    def drama(id: str) -> str:
        found = catalogue.drama(id)
        return f"*{escape_markdown(lines.drama_title(found, texts))}*" if found else id

    def artist(id: str) -> str:
        found = catalogue.artist(id)
        return escape_markdown(texts.pick(found.name, found.name_ko)) if found else id

    def because(key: str, seed: str, loved: bool, **values: object) -> str:
        return texts(f"why.{key}.{'loved' if loved else 'like'}", song=song(seed), **values)

    match reason:
        case why.SharedArtist(seed=seed, artist=id, loved=loved):
            return because("artist", seed, loved, artist=artist(id))
        case why.SharedGroup(seed=seed, group=group, loved=loved):
            return because("group", seed, loved, group=escape_markdown(group))
        case why.SharedDrama(seed=seed, drama=id, loved=loved):
            return because("drama", seed, loved, drama=drama(id))
        case why.SharedList(seed=seed, published=published):
            return texts("why.list", song=song(seed), list=_publisher(published))
        case why.SharedCollection(seed=seed, collection=id):
            found = catalogue.collection(id)
            return texts(
                "why.collection", song=song(seed), collection=lines.collection_title(found, texts) if found else id
            )
        case why.LovedTogether(seed=seed, people=people):
            return texts("why.together", song=song(seed), count=people)
        case why.SoundsLike(seed=seed, tags=tags, loved=loved):
            return because("sounds", seed, loved, tags=_tags(tags, catalogue, texts))
        case why.SameYears(seed=seed, year=year):
            return texts("why.years", song=song(seed), year=year)
        case why.LikeDrama(drama=id, tags=tags):
            return texts("why.like-drama", drama=drama(id), tags=_tags(tags, catalogue, texts))
        case why.LikeArtist(artist=id, tags=tags, sings=sings):
            if sings or not tags:
                return texts("why.sings-here", artist=artist(id))
            return texts("why.like-artist", artist=artist(id), tags=_tags(tags, catalogue, texts))
        case why.FitsMood(mood=mood, tags=tags):
            word = catalogue.vocabulary.listener_moods.get(mood)
            label = texts.pick(word.label, word.label_ko) if word else mood
            return texts("why.mood", mood=label, tags=_tags(tags, catalogue, texts))
        case why.LovedHere(people=people):
            return texts("why.loved-here", count=people)
        case why.LovedEverywhere(people=people):
            return texts("why.loved-everywhere", count=people)
        case why.Famous(lists=lists):
            return texts("why.famous", count=lists)
        case why.LesserKnown(near=near, tags=tags):
            return texts("why.lesser-known", song=song(near), tags=_tags(tags, catalogue, texts))
        case why.InDrama(drama=id):
            return texts("why.in-drama", drama=drama(id))
        case why.ByArtist(artist=id):
            return texts("why.by-artist", artist=artist(id))
        case why.InCollection(collection=id):
            found = catalogue.collection(id)
            return texts("why.in-collection", collection=lines.collection_title(found, texts) if found else id)
        case why.YourFavourite():
            return texts("why.favourite")
        case why.FitsVoicing(voicing=voicing):
            word = catalogue.vocabulary.voicings.get(voicing)
            return texts("why.voicing", voicing=texts.pick(word.label, word.label_ko) if word else voicing)
        case why.FitsEra(year=year):
            return texts("why.era", year=year)
        case why.Discovery(tags=tags):
            return texts("why.discovery", tags=_tags(tags, catalogue, texts)) if tags else texts("why.discovery-plain")


def _tags(tags: Sequence[str], catalogue: Catalogue, texts: Texts) -> str:
    words = catalogue.vocabulary
    families = {
        "mood": words.moods,
        "theme": words.themes,
        "genre": words.genres,
        "tempo": words.tempos,
        "voicing": words.voicings,
    }
    labels: list[str] = []
    sung = False
    for tag in tags:
        family, _, name = tag.partition(":")
        if family == "voicing" and sung:
            continue
        sung = sung or family == "voicing"
        word = families.get(family, {}).get(name)
        labels.append(texts.pick(word.label.lower(), word.label_ko) if word else name)
    return ", ".join(labels)


def _publisher(published: str) -> str:
    return published.partition("-")[0]
