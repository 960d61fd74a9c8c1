"""A recommendation's reason in one short English line, for the terminal and for programs."""

from __future__ import annotations

from bot import recommend as because
from bot.catalogue import Catalogue


def reason_line(reason: because.Reason, catalogue: Catalogue) -> str:
    """Put into words what the reason counted, and nothing more."""
    match reason:
        case because.SharedArtist(seed, artist, loved):
            return f"{_seed(seed, catalogue, loved)}: {_artist(artist, catalogue)} is on it too"
        case because.SharedGroup(seed, group, loved):
            return f"{_seed(seed, catalogue, loved)}: {group} again"
        case because.SharedDrama(seed, drama, loved):
            return f"{_seed(seed, catalogue, loved)}: from {_drama(drama, catalogue)} too"
        case because.SharedList(seed, published, loved):
            return f"{_seed(seed, catalogue, loved)}: both on the list {published}"
        case because.SharedCollection(seed, collection, loved):
            title = _collection(collection, catalogue)
            return f"{_seed(seed, catalogue, loved)}: both in the collection {title}"
        case because.LovedTogether(seed, people, loved):
            return f"{_seed(seed, catalogue, loved)}: {people} people love both"
        case because.SoundsLike(seed, tags, loved):
            return f"{_seed(seed, catalogue, loved)}: {_tags(tags, catalogue)}"
        case because.SameYears(seed, year, loved, tags):
            return f"{_seed(seed, catalogue, loved)}: {_told(f'from {year}', tags, catalogue)}"
        case because.LikeDrama(drama, tags):
            return _told(f"like the songs of {_drama(drama, catalogue)}", tags, catalogue)
        case because.LikeArtist(artist, _, True):
            return f"{_artist(artist, catalogue)} is on it"
        case because.LikeArtist(artist, tags, _):
            return _told(f"like the songs of {_artist(artist, catalogue)}", tags, catalogue)
        case because.FitsMood(mood, tags):
            listener_mood = catalogue.vocabulary.listener_moods.get(mood)
            label = listener_mood.label if listener_mood else mood
            return _told(f"for the mood {label}", tags, catalogue)
        case because.LovedHere(people):
            return f"loved by {people} people here"
        case because.LovedEverywhere(people):
            return f"loved by {people} people"
        case because.Famous(lists):
            return f"on {lists} favourites lists"
        case because.LesserKnown(near, tags):
            return _told(f"lesser known, like {_title(near, catalogue)}", tags, catalogue)
        case because.InDrama(drama):
            return f"from {_drama(drama, catalogue)}"
        case because.ByArtist(artist):
            return f"by {_artist(artist, catalogue)}"
        case because.InCollection(collection):
            return f"in the collection {_collection(collection, catalogue)}"
        case because.YourFavourite():
            return "one of your favourites"
        case because.FitsVoicing(voicing):
            return _tags((f"voicing:{voicing}",), catalogue)
        case because.FitsEra(year):
            return f"from {year}"
        case because.Discovery(tags):
            return _told("something new", tags, catalogue)


def _told(what: str, tags: tuple[str, ...], catalogue: Catalogue) -> str:
    return f"{what}: {_tags(tags, catalogue)}" if tags else what


def _tags(tags: tuple[str, ...], catalogue: Catalogue) -> str:
    words = catalogue.vocabulary
    families = {
        "mood": words.moods,
        "theme": words.themes,
        "genre": words.genres,
        "tempo": words.tempos,
        "voicing": words.voicings,
    }
    told: list[str] = []
    for tag in tags:
        family, _, name = tag.partition(":")
        word = families[family].get(name)
        told.append(word.label if word else name)
    return ", ".join(told)


def _seed(id: str, catalogue: Catalogue, loved: bool) -> str:
    return f"{'because you love' if loved else 'like'} {_title(id, catalogue)}"


def _title(id: str, catalogue: Catalogue) -> str:
    song = catalogue.song(id)
    return song.title if song else id


def _drama(id: str, catalogue: Catalogue) -> str:
    drama = catalogue.drama(id)
    return drama.title if drama else id


def _artist(id: str, catalogue: Catalogue) -> str:
    artist = catalogue.artist(id)
    return artist.name if artist else id


def _collection(id: str, catalogue: Catalogue) -> str:
    collection = catalogue.collection(id)
    return collection.title if collection else id
