"""From a file of SQLite to the database in use, whole: batches, rows, releases and settings."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, insert, select, text
from sqlmodel import SQLModel

import models.tables  # noqa: F401  (fills SQLModel.metadata)
from models.engine import LOCK, engine, is_newest, is_postgresql, upgrade

ROWS_AT_ONCE = 10_000
NUMBERED = ("batch", "release_block")
"""Tables whose rows the database can number."""

Tell = Callable[[str, int], None]


class MoveRefused(ValueError):
    """The two databases are not such that one can be moved into the other."""


def move(source: Path, tell: Tell) -> None:
    """Copy every table of an SQLite file into the database in use: all of it, or nothing.

    Args:
        source: the file; it is read only.
        tell: called per table with its name and number of rows.

    Raises:
        MoveRefused: the file is none of this version, or the database in use is not empty.
    """
    if not source.is_file():
        raise MoveRefused(f"There is no file {source}.")
    upgrade()
    reading = create_engine(f"sqlite:///file:{source.resolve()}?mode=ro&uri=true")
    try:
        with reading.connect() as old, engine().begin() as new:
            if not is_newest(old):
                raise MoveRefused(
                    f"{source} is not of this version of Werkvloer. Run there first: "
                    "python manage.py upgrade"
                )
            if is_postgresql():
                new.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            _copy(old, new, tell)
    finally:
        reading.dispose()


def _copy(old: Connection, new: Connection, tell: Tell) -> None:
    tables = SQLModel.metadata.sorted_tables
    filled = [table.name for table in tables if new.scalar(select(func.count()).select_from(table))]
    if filled:
        raise MoveRefused(
            f"The database in use is not empty ({', '.join(filled)}). Move into a new one."
        )
    for table in tables:
        count = 0
        rows = old.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
        for some in rows.mappings().partitions():
            new.execute(insert(table), [dict(row) for row in some])
            count += len(some)
        tell(table.name, count)
    if is_postgresql():
        for name in NUMBERED:
            number = f"SELECT max(id) FROM {name} HAVING max(id) IS NOT NULL"
            new.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({number}))"))
