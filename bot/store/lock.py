"""One instance a database: a lock of the operating system on a file beside it, gone when the process is."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.store.errors import StoreError, StoreInUse, StoreReadOnly

_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 20
    """Far behind the process number: Windows forbids others to read what is locked."""

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held while a store is open; the file stays behind, since deleting it would let two instances in."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(f"{database.name}-lock")
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock and note the process in the file, or raise StoreInUse."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            kind = StoreReadOnly if error.errno in _NOT_WRITABLE else StoreError
            raise kind(self._database, str(error)) from error
        try:
            _lock(descriptor)
        except OSError as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            raise StoreInUse(self._database, f"process {holder}" if holder else "") from error
        self._descriptor = descriptor
        with suppress(OSError):  # the number only makes the refusal clearer: a full disk may do without
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())

    def release(self) -> None:
        """Let the next instance in; harmless when nothing is held."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)
