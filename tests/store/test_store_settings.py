"""Choices of people and guilds, and which commands Discord has: set once, there after a restart."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.catalogue.model import ArtistId
from bot.store import GuildSettings, PersonSettings, Store


async def test_who_chose_nothing_gets_the_usual(store: Store) -> None:
    assert store.people.get(1) == PersonSettings(private=False, locale=None)
    assert store.guilds.get(1) == GuildSettings(locale=None, vote_emoji="❤️", seed=True)


async def test_choices_made_at_once_do_not_undo_each_other(path: Path) -> None:
    async with await Store.open(path) as store:
        await asyncio.gather(
            store.people.set_private(1, private=True),
            store.people.set_locale(1, "ko"),
            store.guilds.change(2, locale="ko"),
            store.guilds.change(2, vote_emoji="💜", seed=False),
            store.guilds.change(2, commenters=77, log_channel=88),
            store.guilds.change(2, blocked_words=("spoiled", "스포"), hidden_artists=(ArtistId("gummy"),)),
            store.guilds.change(2, minimum_voters=5),
            store.guilds.change(2, share_comments=True, additions_announced=True),
        )
        assert store.people.get(1) == PersonSettings(private=True, locale="ko")

    async with await Store.open(path) as store:
        assert store.people.get(1) == PersonSettings(private=True, locale="ko")
        assert store.guilds.get(2) == GuildSettings(
            locale="ko",
            vote_emoji="💜",
            seed=False,
            commenters=77,
            log_channel=88,
            blocked_words=("spoiled", "스포"),
            hidden_artists=(ArtistId("gummy"),),
            minimum_voters=5,
            share_comments=True,
            additions_announced=True,
        )
        assert store.people.get(2) == PersonSettings()


async def test_a_choice_can_be_taken_back(store: Store) -> None:
    await store.people.set_locale(1, "ko")
    await store.guilds.change(2, locale="ko", log_channel=88, commenters="nobody")

    assert await store.people.set_locale(1, None) == PersonSettings()
    assert await store.guilds.change(2, locale=None, log_channel=None, commenters="everyone") == GuildSettings()


async def test_a_choice_the_tables_refuse_changes_nothing(store: Store) -> None:
    await store.guilds.change(2, minimum_voters=5)

    with pytest.raises(sqlite3.IntegrityError):
        await store.guilds.change(2, minimum_voters=0, seed=False)

    assert store.guilds.get(2) == GuildSettings(minimum_voters=5)


async def test_reset_and_forgotten_guilds_have_the_usual_settings_and_no_row(path: Path) -> None:
    async with await Store.open(path) as store:
        await store.guilds.change(2, seed=False)
        await store.guilds.change(3, seed=False)

        assert await store.guilds.reset(2) == GuildSettings()
        assert await store.guilds.forget(2) is False
        assert store.guilds.get(3) == GuildSettings(seed=False)

    async with await Store.open(path) as store:
        assert store.guilds.get(2) == GuildSettings()
        assert store.guilds.get(3) == GuildSettings(seed=False)


async def test_the_last_hash_synced_is_kept_by_application_and_scope(store: Store) -> None:
    await store.synced.set(1, 0, "old")
    await store.synced.set(1, 0, "new")
    await store.synced.set(1, 501, "guild")

    assert await store.synced.get(1, 0) == "new"
    assert await store.synced.get(1, 501) == "guild"
    assert await store.synced.get(2, 0) is None
