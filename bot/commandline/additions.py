"""Writes out the songs that were added while the bot ran, so that a pull request can make them part of the data."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from bot.catalogue import Catalogue, CatalogueError, Drama, load
from bot.catalogue.overlay import Addition, Overlaid, overlay
from bot.catalogue.written import drama_text, new_file, song_text, with_song
from bot.commandline.exits import FAILED, MISUSED, OK
from bot.settings import Settings, SettingsError
from bot.store import StoreError, additions_in


def additions(data: Path | None, database: Path | None, *, write: bool) -> int:
    """Print the additions as TOML, or write them into the data folder; returns the exit code."""
    try:
        settings = Settings.read()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return MISUSED
    folder = data or settings.data
    try:
        made = additions_in(database or settings.database)
        files = load(folder)
    except (StoreError, CatalogueError) as error:
        print(error, file=sys.stderr)
        return FAILED
    laid = overlay(files, made)
    _tell_what_is_left_out(laid)
    by_drama: defaultdict[str, list[Addition]] = defaultdict(list)
    for addition in made:
        if addition.id in laid.standing:
            by_drama[laid.catalogue.songs[addition.id].drama].append(addition)
    if not by_drama:
        print("There is nothing to write out.")
    elif not write:
        _show(by_drama, files)
    elif not _write(folder, by_drama, files):
        return FAILED
    return FAILED if laid.unread else OK


def _tell_what_is_left_out(laid: Overlaid) -> None:
    for id, present in laid.yielded.items():
        print(f"{id} is in the data already, as {present}.", file=sys.stderr)
    for unread in laid.unread:
        for mistake in unread.mistakes:
            print(mistake, file=sys.stderr)


def _show(by_drama: dict[str, list[Addition]], files: Catalogue) -> None:
    for drama, added in by_drama.items():
        known = files.drama(drama)
        texts = [] if known else [drama_text(_new_drama(added))]
        print(f"# {_file(drama)}\n")
        print("\n".join([*texts, *(song_text(addition.song) for addition in added)]))


def _write(folder: Path, by_drama: dict[str, list[Addition]], files: Catalogue) -> bool:
    """Write the files and check the folder; where it is not right any more, put everything back."""
    before: dict[Path, str | None] = {}
    try:
        for drama, added in by_drama.items():
            path = folder / _file(drama)
            known = files.drama(drama)
            before[path] = path.read_text("utf-8") if path.exists() else None
            _replace(path, _text(before[path], known, added))
        load(folder)
    except (CatalogueError, OSError) as error:
        for path, text in before.items():
            _put_back(path, text)
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return False
    for drama, added in by_drama.items():
        print(f"{folder / _file(drama)}: {', '.join(addition.id for addition in added)}")
    return True


def _text(before: str | None, known: Drama | None, added: list[Addition]) -> str:
    if known is None or before is None:
        return new_file(_new_drama(added), (addition.song for addition in added))
    for addition in added:
        before = with_song(before, addition.song)
    return before


def _new_drama(added: list[Addition]) -> dict[str, object]:
    return dict(next((addition.new_drama for addition in added if addition.new_drama), {}))


def _file(drama: str) -> str:
    return f"dramas/{drama}.toml"


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_text(text, "utf-8", newline="\n")
    unfinished.replace(path)


def _put_back(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _replace(path, text)
