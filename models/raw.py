"""SQL in the child processes of the collecting party, the same for SQLite and PostgreSQL.

Raw tables only grow: an import stores all rows of its batch. What holds today is, per key, the row
of the newest batch.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Float, Integer, String
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models.engine import LOCK, PATIENCE_SECONDS, DatabaseBusy, is_postgresql
from models.imports import contract
from models.tables import RAW

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
    if is_postgresql():
        columns = ", ".join(
            f'CAST("{name}" AS {_POSTGRESQL.get(kind, "text")}) AS "{name}"'
            for name, kind in schema.items()
        )
        frame = _fetched(connection, f"SELECT {columns} FROM ({sql}) AS found", parameters)
        return frame.cast(dict(schema))  # type: ignore[arg-type]
    first = ", ".join(
        f'{_SENTINELS.get(kind, repr(""))} AS "{name}"' for name, kind in schema.items()
    )
    columns = ", ".join(f'"{name}"' for name in schema)
    frame = _fetched(
        connection, f"SELECT {first} UNION ALL SELECT {columns} FROM ({sql}) AS found", parameters
    )
    return frame.slice(1).select(_typed(name, kind) for name, kind in schema.items())


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
        if error.sqlstate == "55P03" or "database is locked" in str(error):
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


def current(
    connection: Any,
    table: str,
    where: str = "",
    columns: Sequence[str] | None = None,
    upto: int | None = None,
) -> pl.DataFrame:
    """What holds today in a raw table: per key the row of the newest batch, in stored types.

    Args:
        table: its name in the data contract.
        where: an SQL condition over key columns only (another column may have changed since), of
            names and values that the code made.
        columns: the columns wanted; the key is always read.
        upto: what held when this was the newest batch; None is now.
    """
    rows = versions(connection, table, where, upto, columns)
    if rows["batch"].n_unique() > 1:
        key = list(contract.STORED[table].key)
        rows = rows.unique(key, keep="last", maintain_order=True)
    return rows


def versions(
    connection: Any,
    table: str,
    where: str = "",
    upto: int | None = None,
    columns: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Every version of the rows of a raw table, in the order of their batches; see `current`."""
    definition = contract.STORED[table]
    types = definition.schema()
    names = [name for name in types if not columns or name in columns or name in definition.key]
    schema = {name: types[name] for name in names} | {"batch": pl.Int64()}
    conditions = [part for part in (where, f"batch <= {upto}" if upto is not None else "") if part]
    condition = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = query(connection, f"SELECT * FROM {RAW}{table}{condition}", schema)
    return rows.sort("batch", maintain_order=True)


def among(column: str, values: Sequence[str]) -> str:
    """An SQL condition that a column has one of these values."""
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{column} IN ({quoted})"


def newest_batch(connection: Any) -> int:
    """The number of the newest batch; 0 when nothing was imported."""
    rows = query(connection, "SELECT coalesce(max(id), 0) AS id FROM batch", {"id": pl.Int64()})
    return int(rows["id"].item())


def newest_by(connection: Any, table: str, column: str) -> pl.DataFrame:
    """Per value of a column (of a timestamp: per day) the newest batch that brought a row of it."""
    kind = contract.STORED[table].column(column).stored_type
    expression = f"substr(CAST({column} AS text), 1, 10)" if kind.is_temporal() else column
    return query(
        connection,
        f"SELECT {expression} AS value, max(batch) AS batch FROM {RAW}{table} "
        f"WHERE {column} IS NOT NULL GROUP BY 1",
        {"value": pl.String(), "batch": pl.Int64()},
    )


def newest_of(connection: Any, table: str, upto: int | None = None) -> int:
    """The newest batch (of those up to `upto`) that brought a row of a table; 0 without rows."""
    limit = "" if upto is None else f" WHERE batch <= {upto}"
    sql = f"SELECT coalesce(max(batch), 0) AS batch FROM {RAW}{table}{limit}"
    return int(query(connection, sql, {"batch": pl.Int64()})["batch"].item())
