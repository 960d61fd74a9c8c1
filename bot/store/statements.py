"""The SQL of one subject, read from the .sql file beside its module and addressed by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import aiosql

HERE = Path(__file__).parent


class Statements:
    """SQL texts by name; running them is the transaction's affair, on whichever thread that lives."""

    def __init__(self, subject: str) -> None:
        queries = aiosql.from_path(HERE / f"{subject}.sql", "sqlite3", encoding="utf-8")
        for name in queries.available_queries:
            if not name.endswith("_cursor"):
                setattr(self, name, getattr(queries, name).sql)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> str: ...
