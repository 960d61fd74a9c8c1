"""What is prepared of songs: made once a language, and anew when it may have changed."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue import Catalogue, Song, load
from bot.locale import Texts, texts_for
from bot.ui.prepared import Prepared, prepared


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
    assert title(renamed, catalogue, english) == "Another"
    reloaded = replace(catalogue, songs={**catalogue.songs, song.id: renamed})
    assert [title(renamed, reloaded, english), title(renamed, reloaded, english)] == ["Another"] * 2
    assert made == [(song.title, "en"), (song.title, "ko"), ("Another", "en"), ("Another", "en")]


def test_only_the_things_used_last_are_kept() -> None:
    catalogue, kept = load(), Prepared[list[int]](2)
    first, second = kept.get(catalogue, 1, lambda: [1]), kept.get(catalogue, 2, lambda: [2])

    assert kept.get(catalogue, 1, list) is first
    kept.get(catalogue, 3, lambda: [3])

    assert kept.get(catalogue, 1, list) is first
    assert kept.get(catalogue, 2, list) is not second
