"""The raw tables, in the child processes of the collecting party.

Raw tables only grow: an import stores all rows of its batch. What holds today is, per key, the row
of the newest batch.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from models.imports import contract
from models.sql import append, execute, lock, query
from models.tables import RAW

__all__ = [
    "among",
    "append",
    "current",
    "execute",
    "lock",
    "newest_batch",
    "newest_by",
    "newest_of",
    "query",
    "versions",
]


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
