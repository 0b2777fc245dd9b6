"""Where the database is and how to reach it.

Two doors, never both in one process while one of them writes: SQLAlchemy's engine over the standard
library's SQLite, for the dashboard and the terminal; and ADBC, which brings an SQLite of its own,
for the child processes that import and release. Two SQLite libraries in one process do not see
each other's locks, and committed rows get lost.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_MILLISECONDS = 60_000


class UnsupportedDatabase(ValueError):
    """The database address names a system that Werkvloer does not run on."""


def data_dir() -> Path:
    """The folder for the database and the key of the employee hash: `WERKVLOER_DATA` or `data`."""
    return Path(os.environ.get("WERKVLOER_DATA", "data"))


def database_url() -> str:
    """The database's address: `WERKVLOER_DATABASE_URL`, or a file in `data_dir()`."""
    return os.environ.get("WERKVLOER_DATABASE_URL") or f"sqlite:///{data_dir() / 'werkvloer.db'}"


def sqlite_path() -> Path:
    """The file behind `database_url()`.

    Raises:
        UnsupportedDatabase: the address is not of an SQLite file.
    """
    url = make_url(database_url())
    if url.get_backend_name() != "sqlite" or not url.database:
        raise UnsupportedDatabase(
            f"WERKVLOER_DATABASE_URL is '{url.render_as_string()}'; "
            "write sqlite:///path/to/werkvloer.db"
        )
    return Path(url.database)


def engine() -> Engine:
    """The engine of `database_url()`, one per address and process."""
    sqlite_path().parent.mkdir(parents=True, exist_ok=True)
    return _engine(database_url())


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    created = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(created, "connect", _prepare)
    return created


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


@contextmanager
def adbc() -> Iterator[Any]:
    """An ADBC connection for a child process; commits at the end, rolls back on an error."""
    from adbc_driver_sqlite import dbapi

    with dbapi.connect(str(sqlite_path())) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            cursor.fetchall()
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def upgrade() -> None:
    """Bring the database to the newest schema; harmless when it is there already."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine().begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
