"""Choices of people and guilds, and which commands Discord has: set once, there after a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store import GuildSettings, PersonSettings, Store


async def test_who_chose_nothing_gets_the_usual(store: Store) -> None:
    assert store.people.get(1) == PersonSettings(private=False, locale=None)
    assert store.guilds.get(1) == GuildSettings(locale=None, vote_emoji="❤️", seed=True)


async def test_choices_made_at_once_do_not_undo_each_other(path: Path) -> None:
    async with await Store.open(path) as store:
        await asyncio.gather(
            store.people.set_private(1, private=True),
            store.people.set_locale(1, "ko"),
            store.guilds.set_locale(2, "ko"),
            store.guilds.set_vote_emoji(2, "💜"),
            store.guilds.set_seed(2, seed=False),
        )
        assert store.people.get(1) == PersonSettings(private=True, locale="ko")

    async with await Store.open(path) as store:
        assert store.people.get(1) == PersonSettings(private=True, locale="ko")
        assert store.guilds.get(2) == GuildSettings(locale="ko", vote_emoji="💜", seed=False)
        assert store.people.get(2) == PersonSettings()


async def test_a_choice_can_be_taken_back(store: Store) -> None:
    await store.people.set_locale(1, "ko")
    await store.guilds.set_locale(2, "ko")

    assert await store.people.set_locale(1, None) == PersonSettings()
    assert await store.guilds.set_locale(2, None) == GuildSettings()


async def test_the_last_hash_synced_is_kept_by_application_and_scope(store: Store) -> None:
    await store.synced.set(1, 0, "old")
    await store.synced.set(1, 0, "new")
    await store.synced.set(1, 501, "guild")

    assert await store.synced.get(1, 0) == "new"
    assert await store.synced.get(1, 501) == "guild"
    assert await store.synced.get(2, 0) is None
