"""Where the database is and how to reach it: a file of SQLite, or a PostgreSQL server.

Two doors, never both in one process while one of them writes: SQLAlchemy's engine, for the
dashboard and the terminal; and ADBC, which brings an SQLite of its own, for the child processes
that import and release. Two SQLite libraries in one process do not see each other's locks, and
committed rows get lost.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from models import postgresql
from models.postgresql import DatabaseUnavailable

__all__ = [
    "DatabaseBusy",
    "DatabaseUnavailable",
    "UnsupportedDatabase",
    "adbc",
    "address",
    "briefly",
    "data_dir",
    "database_url",
    "engine",
    "is_busy",
    "is_newest",
    "is_postgresql",
    "upgrade",
]

PATIENCE_SECONDS = 60
"""How long one that writes waits for another."""

LOCK = 0x5765726B
"""The number of the advisory lock that whoever writes holds on PostgreSQL."""


class UnsupportedDatabase(ValueError):
    """The database address names a system that Werkvloer does not run on."""


class DatabaseBusy(RuntimeError):
    """Another process has been writing for too long to wait for."""

    def __init__(self) -> None:
        super().__init__(
            f"another import or release has been writing for more than {PATIENCE_SECONDS} "
            "seconds; nothing was stored, try again when it is done"
        )


def data_dir() -> Path:
    """The folder for the database and the key of the employee hash: `WERKVLOER_DATA` or `data`."""
    return Path(os.environ.get("WERKVLOER_DATA", "data"))


def database_url() -> str:
    """The database's address: `WERKVLOER_DATABASE_URL`, or a file in `data_dir()`."""
    return os.environ.get("WERKVLOER_DATABASE_URL") or f"sqlite:///{data_dir() / 'werkvloer.db'}"


def address() -> URL:
    """`database_url()` as it is used.

    Raises:
        UnsupportedDatabase: it can't be read, or is of another system.
    """
    return _address(database_url())


@lru_cache(maxsize=8)
def _address(url: str) -> URL:
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        # What can't be read may hold a password, so it is not shown.
        found = None
    if found is not None and found.get_backend_name() == "sqlite" and found.database:
        return found
    postgres = found is not None and found.drivername.split("+")[0] in ("postgres", "postgresql")
    if found is not None and postgres and "@" not in (found.host or ""):
        return found.set(drivername="postgresql+psycopg")
    raise UnsupportedDatabase(
        "WERKVLOER_DATABASE_URL is not an address that Werkvloer can use. "
        "Write sqlite:///path/to/werkvloer.db or postgresql://user:password@host/database; "
        "special characters of a password are written with %: @ as %40, / as %2F."
    )


def is_postgresql() -> bool:
    """Whether the database is on a PostgreSQL server."""
    return address().get_backend_name() == "postgresql"


def engine() -> Engine:
    """The engine of `database_url()`, one per address and process."""
    url = address()
    if not is_postgresql():
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    return _engine(url)


@lru_cache(maxsize=8)
def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        # Statements that a server keeps prepared do not survive a pool between the two.
        options = {
            "connect_timeout": postgresql.CONNECT_SECONDS,
            "application_name": "werkvloer",
            "prepare_threshold": None,
        }
        created = create_engine(
            url,
            connect_args={k: v for k, v in options.items() if k not in url.query},
            pool_pre_ping=True,
        )
        event.listen(created, "do_connect", _reach)
    else:
        created = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})
        event.listen(created, "connect", _prepare)
    return created


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _reach(dialect: Any, _record: object, arguments: Any, options: Any) -> Any:
    """Connect to PostgreSQL, or say what to do."""
    try:
        return dialect.connect(*arguments, **options)
    except dialect.dbapi.Error as error:
        raise DatabaseUnavailable(postgresql.why_not(str(error), address())) from None


@contextmanager
def adbc() -> Iterator[Any]:
    """An ADBC connection for a child process; commits at the end, rolls back on an error.

    It sees the database as it was at its first query. One that writes begins with `raw.lock`.
    """
    with postgresql.connect(address()) if is_postgresql() else _sqlite() as connection:
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _sqlite() -> Any:
    from adbc_driver_sqlite import dbapi

    connection = dbapi.connect(str(address().database))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
        cursor.fetchall()
    return connection


@contextmanager
def briefly(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, or gives up after a moment when another one is in its way.

    Raises:
        DatabaseBusy: another one was.
    """
    with engine.connect() as connection:
        if is_postgresql():
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        else:
            connection.execute(text("PRAGMA busy_timeout = 200"))
        try:
            yield connection
            connection.commit()
        except OperationalError as error:
            connection.rollback()
            if is_busy(error.orig):
                raise DatabaseBusy from None
            raise
        finally:
            if not is_postgresql():
                connection.execute(text(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}"))


def is_busy(error: object) -> bool:
    """Whether a driver's error says that another process was writing for too long."""
    return getattr(error, "sqlstate", None) == "55P03" or "database is locked" in str(error)


def upgrade() -> None:
    """Bring the database to the newest schema; harmless when it is there already.

    Raises:
        DatabaseUnavailable: it can't be reached, or is not fit for use.
        DatabaseBusy: it has to change, and another process is writing.
    """
    with engine().connect() as connection:
        if is_postgresql():
            version = connection.scalar(text("SELECT current_setting('server_version_num')"))
            encoding = connection.scalar(text("SELECT current_setting('server_encoding')"))
            postgresql.check(int(version), str(encoding), address())
        if is_newest(connection):
            return
    with engine().begin() as connection:
        if is_postgresql():
            _upgrade_postgresql(connection)
        else:
            _migrate(connection)


def _upgrade_postgresql(connection: Connection) -> None:
    """Of several processes that start at once, one upgrades and the others wait for it."""
    try:
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        _migrate(connection)
    except DBAPIError as error:
        if is_busy(error.orig):
            raise DatabaseBusy from None
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise DatabaseUnavailable(postgresql.no_rights(address())) from None
        raise


def is_newest(connection: Connection) -> bool:
    """Whether a database has the newest schema."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    heads = set(MigrationContext.configure(connection).get_current_heads())
    return heads == set(script.get_heads())


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
