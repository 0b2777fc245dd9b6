"""SQL in the child processes, the same for SQLite and PostgreSQL: through ADBC, rows in bulk."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Float, Integer, String
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

import models.tables  # noqa: F401  (fills SQLModel.metadata)
from models.engine import LOCK, PATIENCE_SECONDS, DatabaseBusy, is_busy, is_postgresql

# SQLite's driver takes a column's type from the first rows it meets, so a column that starts empty
# would be read as whole numbers. A first row of the right kind, dropped again, settles it.
_SENTINELS: Mapping[pl.DataType, str] = {
    pl.Int64(): "0",
    pl.Float64(): "0.5",
    pl.Boolean(): "0",
    pl.Binary(): "x'00'",
}
# PostgreSQL has types of its own; each column is asked for as the one that is wanted.
_POSTGRESQL: Mapping[pl.DataType, str] = {
    pl.Int64(): "bigint",
    pl.Float64(): "double precision",
    pl.Boolean(): "boolean",
    pl.Binary(): "bytea",
    pl.Date(): "date",
    pl.Datetime("us"): "timestamp",
}
_WIDTHS: Mapping[type[TypeEngine[Any]], pl.DataType] = {
    BigInteger: pl.Int64(),
    Integer: pl.Int32(),
    Float: pl.Float64(),
    String: pl.String(),
    Boolean: pl.Boolean(),
    Date: pl.Date(),
    DateTime: pl.Datetime("us"),
}
"""PostgreSQL takes rows in bulk only in the exact types of its columns; the narrower type last."""
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes a moment into SQLite, in UTC."""


def query(
    connection: Any, sql: str, schema: Mapping[str, pl.DataType], parameters: Sequence[Any] = ()
) -> pl.DataFrame:
    """The rows of a SELECT whose columns are those of `schema`, in that order.

    A moment with a time zone is read in UTC, JSON as text.
    """
    frame = _fetched(connection, _asked(sql, schema), parameters)
    return _read(frame if is_postgresql() else frame.slice(1), schema)


def pieces(
    connection: Any, sql: str, schema: Mapping[str, pl.DataType], most: int = 200_000
) -> Iterator[pl.DataFrame]:
    """The same, at most about so many rows at a time: memory stays bounded."""
    with connection.cursor() as cursor:
        cursor.execute(_asked(sql, schema))
        sentinels = 0 if is_postgresql() else 1
        waiting: list[Any] = []
        height = 0
        for batch in cursor.fetch_record_batch():
            waiting.append(batch.slice(sentinels))
            height += waiting[-1].num_rows
            sentinels = 0
            if height >= most:
                yield _read(pl.concat(map(pl.DataFrame, waiting)), schema)
                waiting, height = [], 0
        if height:
            yield _read(pl.concat(map(pl.DataFrame, waiting)), schema)


def _asked(sql: str, schema: Mapping[str, pl.DataType]) -> str:
    """A SELECT whose columns come in types that `_read` understands."""
    if is_postgresql():
        columns = ", ".join(
            f'CAST("{name}" AS {_POSTGRESQL.get(kind, "text")}) AS "{name}"'
            for name, kind in schema.items()
        )
        return f"SELECT {columns} FROM ({sql}) AS found"
    first = ", ".join(
        f'{_SENTINELS.get(kind, repr(""))} AS "{name}"' for name, kind in schema.items()
    )
    columns = ", ".join(f'"{name}"' for name in schema)
    return f"SELECT {first} UNION ALL SELECT {columns} FROM ({sql}) AS found"


def _read(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    if is_postgresql():
        return frame.cast(dict(schema))  # type: ignore[arg-type]
    return frame.select(_typed(name, kind) for name, kind in schema.items())


def _fetched(connection: Any, sql: str, parameters: Sequence[Any]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(*_bound(sql, parameters))
        return pl.DataFrame(cursor.fetch_arrow_table())


def execute(connection: Any, sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run a statement that writes, with `?` for each parameter; the number of rows it touched.

    Give a moment as a `datetime` with its zone, and JSON as a `dict` or `list`.
    """
    # The drivers do not say how many rows a statement with parameters touched.
    if is_postgresql():
        counted = f"WITH touched AS ({sql} RETURNING 1) SELECT count(*) AS n FROM touched"
        return int(_fetched(connection, counted, parameters)["n"].item())
    with connection.cursor() as cursor:
        cursor.execute(*_bound(sql, parameters))
        cursor.execute("SELECT changes()")
        return int(cursor.fetchone()[0])


def _bound(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...] | None]:
    """A statement and its parameters as the driver takes them."""
    if not parameters:
        return sql, None
    if is_postgresql():
        numbers = iter(parameters), count(1)
        sql = re.sub(r"\?", lambda _: _place(next(numbers[0]), next(numbers[1])), sql)
        return sql, tuple(
            json.dumps(value) if isinstance(value, dict | list) else value for value in parameters
        )
    return sql, tuple(_plain(value) for value in parameters)


def _place(value: Any, number: int) -> str:
    return f"${number}::json" if isinstance(value, dict | list) else f"${number}"


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_MOMENT)
    return json.dumps(value) if isinstance(value, dict | list) else value


def lock(connection: Any) -> None:
    """Take the write lock, first thing in a transaction that writes; it is held to the end.

    So whoever writes is alone, while everybody may go on reading.

    Raises:
        DatabaseBusy: another one held it for too long.
    """
    from adbc_driver_manager import Error

    try:
        with connection.cursor() as cursor:
            if is_postgresql():
                # What another one stored while this one waited has to be seen.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
                cursor.execute(f"DO $$ BEGIN PERFORM pg_advisory_xact_lock({LOCK}); END $$")
            else:
                # Any write takes it. A transaction that reads first could not wait for it.
                cursor.execute("UPDATE release SET actor = actor WHERE number < 0")
    except Error as error:
        if is_busy(error):
            raise DatabaseBusy from None
        raise


def append(connection: Any, table: str, rows: pl.DataFrame) -> None:
    """Add rows to a table of the database in bulk; columns by name, JSON as text.

    A moment (a text, or without a zone) is in UTC.
    """
    if rows.is_empty():
        return
    columns = SQLModel.metadata.tables[table].columns
    fitted = rows.select(
        _fitting(name, kind, columns[name].type) for name, kind in rows.schema.items()
    )
    with connection.cursor() as cursor:
        cursor.adbc_ingest(table, fitted.to_arrow(), mode="append")
        if is_postgresql() and "id" in fitted.columns:
            # Whoever lets the database number its rows goes on after these.
            cursor.execute(
                f"DO $$ BEGIN PERFORM setval(pg_get_serial_sequence('{table}', 'id'), max(id)) "
                f"FROM {table}; END $$"
            )


def _fitting(name: str, kind: pl.DataType, there: TypeEngine[Any]) -> pl.Expr:
    """A column as the driver has to hand it over to a column of the database."""
    column = pl.col(name)
    if isinstance(there, UTCDateTime):
        if kind == pl.String():
            column = column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC")
        elif isinstance(kind, pl.Datetime) and kind.time_zone is None:
            column = column.dt.replace_time_zone("UTC")
        return column if is_postgresql() else column.dt.to_string("%Y-%m-%d %H:%M:%S.%6f")
    if not is_postgresql():
        return column
    for known, wanted in _WIDTHS.items():
        if isinstance(there, known):
            return column.cast(wanted)
    return column


def _typed(name: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date():
        return pl.col(name).str.to_date("%Y-%m-%d")
    if kind == pl.Datetime("us"):
        return pl.col(name).str.replace("T", " ").str.to_datetime("%Y-%m-%d %H:%M:%S%.f")
    return pl.col(name).cast(kind)
