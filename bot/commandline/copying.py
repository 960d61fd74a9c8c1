"""Copies the database, and puts a copy back, for an operator at a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import discord

from bot.commandline.exits import FAILED, MISUSED, OK
from bot.settings import Settings, SettingsError
from bot.store import Backup, StoreError, StoreExists, named_for, take_backup
from bot.store import restore as put_back


def backup(path: Path, *, overwrite: bool) -> int:
    """Copy the database to a file, or into a folder; returns the exit code."""
    settings = _settings()
    if settings is None:
        return MISUSED
    path = path.expanduser()
    target = path / named_for(_now()) if path.is_dir() else path
    try:
        taken = take_backup(settings.database, target, overwrite=overwrite)
    except StoreExists as error:
        print(f"{error} Choose another name, or say --overwrite.", file=sys.stderr)
        return MISUSED
    except StoreError as error:
        print(error, file=sys.stderr)
        return FAILED
    print(f"{taken.path}: {_contents(taken)}; checked and whole.")
    return OK


def restore(path: Path) -> int:
    """Put a copy in the place of the database and keep what was there; returns the exit code."""
    settings = _settings()
    if settings is None:
        return MISUSED
    try:
        restored = put_back(path.expanduser(), settings.database, _now())
    except StoreError as error:
        print(error, file=sys.stderr)
        return FAILED
    print(f"{settings.database} is now the copy {path}: {_contents(restored.taken)}; checked and whole.")
    if restored.replaced:
        print(f"What was there before is kept as {restored.replaced}.")
    return OK


def _settings() -> Settings | None:
    try:
        return Settings.read()
    except SettingsError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return None


def _now() -> int:
    return int(discord.utils.utcnow().timestamp())


def _contents(taken: Backup) -> str:
    return f"{taken.favourites:,} favourites and {taken.comments:,} comments in {taken.size / 1024:,.0f} KB"
