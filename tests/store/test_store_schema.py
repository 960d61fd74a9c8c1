"""Migrations, and the rules the SQL keeps so that another database can follow."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bot.store import Store, StoreError
from bot.store.migrate import Migration, migrate, migrations
from bot.store.personal import PERSONAL_TABLES, USER_COLUMN
from bot.store.statements import Statements

FOLDER = Path(__file__).parents[2] / "bot" / "store"
SUBJECTS = sorted(FOLDER.glob("*.sql"))


@pytest.fixture
def connection(path: Path):
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def statements_of(file: Path) -> list[str]:
    """A file's statements without their comments."""
    return re.sub(r"--.*", "", file.read_text("utf-8")).split(";")


def test_migrations_run_once_and_in_order(connection: sqlite3.Connection, path: Path) -> None:
    first = Migration(1, "first", "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);\n")
    second = Migration(2, "second", "INSERT INTO a VALUES (2);")

    for known in ((first,), (first, second), (first, second)):
        migrate(connection, path, known)

    assert connection.execute("SELECT x FROM a").fetchall() == [(1,), (2,)]


def test_a_failing_migration_leaves_nothing_of_itself_and_says_its_name(
    connection: sqlite3.Connection, path: Path
) -> None:
    good = Migration(1, "good", "CREATE TABLE a (x INTEGER);")
    bad = Migration(2, "bad", "CREATE TABLE b (x INTEGER);\nINSERT INTO nowhere VALUES (1);")

    with pytest.raises(StoreError, match="migration 2 bad: no such table: nowhere"):
        migrate(connection, path, (good, bad))

    assert not connection.in_transaction
    assert tables(connection) == {"migrations", "a"}
    migrate(connection, path, (good, Migration(2, "mended", "CREATE TABLE b (x INTEGER);")))
    assert tables(connection) == {"migrations", "a", "b"}


def test_a_statement_ends_where_it_ends_and_not_at_every_semicolon() -> None:
    text = """
        -- a note; with a semicolon
        INSERT INTO a VALUES ('one; two');
        CREATE TRIGGER t AFTER INSERT ON a BEGIN
            DELETE FROM b;
            DELETE FROM c;
        END;
        DELETE FROM d
    """

    endings = [statement.split()[-1] for statement in Migration(1, "x", text).statements()]

    assert endings == ["two');", "END;", "d"]


def test_a_gap_in_the_numbers_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "0001_first.sql").write_text("SELECT 1;")
    (tmp_path / "0003_third.sql").write_text("SELECT 1;")

    with pytest.raises(ValueError, match=r"0003_third\.sql should be number 0002"):
        migrations(tmp_path)


def test_marks_of_an_older_version_are_kept_as_they_are(connection: sqlite3.Connection, path: Path) -> None:
    marks = [
        (1, "a", "button", 7, "", 0, 7, 1, 100),
        (1, "a", "reaction", 9, "❤", 0, 7, 0, 101),
        (1, "a", "reaction", 9, "❤", 1, 7, 1, 102),
        (2**62, "b", "command", 0, "", 0, 0, 1, 103),
    ]
    columns = "user_id, song_id, origin, origin_id, emoji, burst, guild_id, present, marked_at"
    migrate(connection, path, migrations()[:12])
    connection.executemany(f"INSERT INTO marks ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", reversed(marks))

    migrate(connection, path, migrations())

    assert connection.execute(f"SELECT {columns} FROM marks ORDER BY {columns}").fetchall() == marks
    assert "marks_by_person" not in tables(connection)
    for damage in ("present = 2", "emoji = ''", "origin = 'rumour'"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"UPDATE marks SET {damage} WHERE origin = 'reaction'")


@pytest.mark.parametrize(
    ("subject", "query", "index"),
    [
        ("marks", "found", "PRIMARY KEY (user_id=? AND song_id=?)"),
        ("marks", "favourites", "PRIMARY KEY (user_id=?)"),
        ("marks", "unreact", "marks_of_message (origin_id=? AND user_id=?)"),
        ("marks", "people_who_love", "marks_of_song (song_id=?)"),
        ("recounts", "of_card", "marks_of_message (origin_id=?)"),
    ],
)
def test_what_is_asked_of_marks_often_reads_few_of_them(
    connection: sqlite3.Connection, path: Path, subject: str, query: str, index: str
) -> None:
    migrate(connection, path, migrations())
    sql: str = getattr(Statements(subject), query)

    values = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
    plan = " ".join(step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values))

    assert index in plan
    assert "SCAN marks" not in plan


async def test_the_connections_are_set_up_as_promised(store: Store) -> None:
    async def pragma(name: str) -> object:
        return await store._database.write(lambda tx: tx.value(f"PRAGMA {name}"))

    assert await pragma("journal_mode") == "wal"
    assert await pragma("synchronous") == 2
    assert await pragma("foreign_keys") == 1
    with pytest.raises(StoreError):
        await store._database.read(lambda tx: tx.all("DELETE FROM marks"))


async def test_every_table_with_a_user_is_told_of_as_personal(store: Store) -> None:
    def with_a_user_column(tx) -> set[str]:
        return {
            table
            for (table,) in tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")
            if any(USER_COLUMN in column for _, column, *_ in tx.all(f"PRAGMA table_info({table})"))
        }

    assert await store._database.read(with_a_user_column) == set(PERSONAL_TABLES)


@pytest.mark.parametrize("file", SUBJECTS, ids=lambda file: file.stem)
def test_queries_avoid_what_drivers_and_databases_do_differently(file: Path) -> None:
    assert not re.findall(r"^--\s*name:.*[!#]\s*$", file.read_text("utf-8"), re.MULTILINE)
    if file.stem != "database":
        forbidden = (
            r"rowid|last_insert|\b(datetime|strftime|julianday|unixepoch|current_\w+|now)\s*\(|"
            r"\bINSERT OR\b|\bREPLACE\b|\bPRAGMA\b|\bIFNULL\b|\bGLOB\b|(?<!:)\bnow\b\s*\("
        )
        for statement in statements_of(file):
            assert not re.search(forbidden, statement, re.IGNORECASE), statement


@pytest.mark.parametrize("file", SUBJECTS, ids=lambda file: file.stem)
def test_what_changes_rows_tells_which(file: Path) -> None:
    for statement in statements_of(file):
        if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", statement):
            assert "RETURNING" in statement, statement


def test_sql_stands_in_sql_files() -> None:
    sql = re.compile(r"""["'](SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|PRAGMA|BEGIN)\b""")

    assert [file.name for file in FOLDER.glob("*.py") if sql.search(file.read_text("utf-8"))] == []
