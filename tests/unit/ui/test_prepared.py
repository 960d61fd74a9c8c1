"""What is prepared of songs: made once a language, and anew when it may have changed."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue import Catalogue, Song, load
from bot.locale import Texts, texts_for
from bot.ui.prepared import prepared


def test_a_thing_is_made_once_a_song_and_language_and_again_after_a_reload() -> None:
    made: list[tuple[str, str]] = []

    @prepared
    def title(song: Song, catalogue: Catalogue, texts: Texts) -> str:
        made.append((song.title, texts.locale))
        return song.title

    catalogue, english, korean = load(), texts_for("en"), texts_for("ko")
    song = next(iter(catalogue.songs.values()))
    renamed = replace(song, title="Another")

    assert [title(song, catalogue, english), title(song, catalogue, english)] == [song.title] * 2
    title(song, catalogue, korean)
    assert title(renamed, replace(catalogue), english) == "Another"
    assert made == [(song.title, "en"), (song.title, "ko"), ("Another", "en")]
    assert title(song, replace(catalogue), english) == song.title
