"""The one-line pieces that cards and pages are made of."""

from __future__ import annotations

from urllib.parse import quote_plus

from discord.utils import escape_markdown

from bot.catalogue import ArtistId, Catalogue, Collection, Credit, Drama, Song, voicings
from bot.locale import Texts


def title(song: Song, texts: Texts) -> str:
    """Name a song: Hangul second, or first for Korean readers."""
    names = [song.title, song.title_ko] if texts.locale != "ko" else [song.title_ko, song.title]
    return " · ".join(dict.fromkeys(escape_markdown(name) for name in names if name))


def short_title(song: Song, texts: Texts) -> str:
    """Name a song once, in the reader's script where it has one, without markdown."""
    return song.title_ko if texts.locale == "ko" and song.title_ko else song.title


def bold_title(song: Song, texts: Texts) -> str:
    """Name a song once, in bold, so that it stands out in a sentence."""
    return f"**{escape_markdown(short_title(song, texts))}**"


def drama_title(drama: Drama, texts: Texts) -> str:
    """Name a drama once, in the reader's script."""
    return drama.title_ko if texts.locale == "ko" else drama.title


def singer(credit: Credit, texts: Texts) -> str:
    """Name an artist once, in the reader's script where it is known."""
    return credit.name_ko if texts.locale == "ko" and credit.name_ko else credit.name


def singers(song: Song, texts: Texts, *, but: ArtistId | None = None) -> str:
    """Name who sings, without roles, perhaps all but one: for lists and buttons."""
    return ", ".join(dict.fromkeys(singer(credit, texts) for credit in song.artists if credit.artist != but))


def sung_by(song: Song, texts: Texts, catalogue: Catalogue) -> str:
    """Name who sings with groups and roles; the plain singer needs no role."""
    roles = catalogue.vocabulary.roles
    parts: list[str] = []
    for credit in song.artists:
        name = escape_markdown(singer(credit, texts))
        told = [escape_markdown(credit.of)] if credit.of else []
        if credit.role != "vocal":
            told.append(texts.pick(roles[credit.role].label.lower(), roles[credit.role].label_ko))
        between = "" if texts.locale == "ko" else " "
        parts.append(f"{name}{between}({', '.join(told)})" if told else name)
    return " × ".join(dict.fromkeys(parts))


def feeling(song: Song, texts: Texts, catalogue: Catalogue) -> str:
    """Tell the moods, the tempo and who sings with whom in words."""
    words = catalogue.vocabulary
    tags = [words.moods[mood] for mood in song.moods] + [words.tempos[song.tempo]]
    sung = [name for name in words.voicings if name in voicings(song) and "-" in name]
    telling = next((name for name in sung if name.endswith("-rap")), next(iter(sung), None))
    if telling:
        tags.append(words.voicings[telling])
    return " · ".join(texts.pick(tag.label.lower(), tag.label_ko) for tag in tags)


def collection_title(collection: Collection, texts: Texts) -> str:
    """Name a collection in the reader's language."""
    return texts.pick(collection.title, collection.title_ko)


def in_row(song: Song, texts: Texts, catalogue: Catalogue) -> str:
    """Name song, singer and drama in one line of a list."""
    rest = f"{singers(song, texts)} · {drama_title(catalogue.drama_of(song), texts)}"
    return f"**{escape_markdown(short_title(song, texts))}** · {escape_markdown(rest)}"


def in_plain(song: Song, texts: Texts, catalogue: Catalogue) -> str:
    """Name song, singer and drama where no markdown is read."""
    return f"{short_title(song, texts)} · {singers(song, texts)} · {drama_title(catalogue.drama_of(song), texts)}"


def listen_query(song: Song, catalogue: Catalogue) -> str:
    """Write what finds the recording: title, singer, and the drama in Hangul, as uploads are named."""
    drama = catalogue.drama_of(song)
    return " ".join([song.title_ko or song.title, singers_ko(song), drama.title_ko, "OST"])


def singers_ko(song: Song) -> str:
    """Name who sings in Hangul where it is known."""
    return " ".join(dict.fromkeys(credit.name_ko or credit.name for credit in song.artists))


def youtube(song: Song, catalogue: Catalogue) -> str:
    """Return the address of a YouTube search for a song."""
    return f"https://www.youtube.com/results?search_query={quote_plus(listen_query(song, catalogue))}"


def elsewhere(song: Song, catalogue: Catalogue) -> dict[str, str]:
    """Return the addresses of a search for a song on other services, by the service's name."""
    query = quote_plus(listen_query(song, catalogue))
    latin = quote_plus(f"{song.title} {singers_latin(song)}")
    return {
        "Spotify": f"https://open.spotify.com/search/{latin.replace('+', '%20')}",
        "Apple Music": f"https://music.apple.com/search?term={latin}",
        "Melon": f"https://www.melon.com/search/total/index.htm?q={query}",
    }


def singers_latin(song: Song, between: str = " ") -> str:
    """Name who sings in Latin letters."""
    return between.join(dict.fromkeys(credit.name for credit in song.artists))


def ordinal(number: int) -> str:
    """Write an English ordinal: 1st, 2nd, 3rd, 11th; Korean words count instead."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
