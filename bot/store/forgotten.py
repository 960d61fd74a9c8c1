"""People who had everything deleted: known again only by a keyed hash, so that a recount does not collect them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from bot.store.journal import Journal
from bot.store.statements import Statements
from bot.store.transaction import Transaction

_SQL = Statements("forgotten")
_KEY = "forgotten"
_KEY_BYTES = 32


class Forgotten:
    """Keeps and lifts the hashes; every method but `fill` runs inside a transaction.

    The hash is HMAC-SHA-256 (RFC 2104) of the Discord id under a random key that never leaves the database, so
    that a copy of the hashes alone tells of nobody.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._key: bytes | None = None
        self._hashes: set[str] = set()
        """All that are kept, and perhaps some that no longer are: most votes need no look into the table."""

    def fill(self, tx: Transaction) -> None:
        """Take over what the table holds, when the store is opened."""
        key = tx.value(_SQL.key, name=_KEY)
        self._key = None if key is None else bytes.fromhex(key)
        self._hashes = {person for (person,) in tx.all(_SQL.people)}

    def remember(self, tx: Transaction, user: int, now: int) -> None:
        """Note that a person had everything deleted."""
        person = self.hashed(tx, user)
        self._hashes.add(person)
        tx.one(_SQL.forget, person=person, now=now)

    def hashed(self, tx: Transaction, user: int) -> str:
        """Return the hash by which a person is known again, making the key where there is none yet."""
        key = tx.value(_SQL.key, name=_KEY)
        if key is None:
            key = secrets.token_hex(_KEY_BYTES)
            tx.one(_SQL.keep_key, name=_KEY, value=key)
        self._key = bytes.fromhex(key)
        return self._hash(user)

    def known_as(self, tx: Transaction, user: int) -> str | None:
        """Return a person's hash without writing; None where nobody has been hashed yet."""
        key = tx.value(_SQL.key, name=_KEY)
        if key is None:
            return None
        self._key = bytes.fromhex(key)
        return self._hash(user)

    def lift(self, tx: Transaction, user: int, at: int) -> None:
        """End it, since the person spoke again at a moment of the journal."""
        if self._hashes and tx.one(_SQL.lift, person=self._hash(user)) is not None:
            self._journal.speak_again(user, at)

    def among(self, tx: Transaction, users: Iterable[int]) -> set[int]:
        """Those of these people who had everything deleted and have not spoken since."""
        if not self._hashes:
            return set()
        return {user for user in users if tx.value(_SQL.since, person=self._hash(user)) is not None}

    def since(self, tx: Transaction, user: int) -> int | None:
        """When a person had everything deleted; None where they did not, or spoke since."""
        return tx.value(_SQL.since, person=self._hash(user)) if self._hashes else None

    def _hash(self, user: int) -> str:
        return hmac.new(self._key or b"", str(user).encode(), hashlib.sha256).hexdigest()
