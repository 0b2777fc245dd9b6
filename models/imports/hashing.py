"""Rows of the raw tables by 64-bit marks of their keys: millions fit in memory, a batch at a time.

Marks hold within one process only. Two of five million different keys share one with a chance of
one in a million.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from models import raw, sql
from models.imports.contract import STORED
from models.tables import RAW

KEY = "key mark"


def mark(columns: Sequence[str]) -> pl.Expr:
    """A 64-bit mark of the values of columns together; equal values have equal marks."""
    return pl.struct(columns).hash(seed=1)


def with_key(table: str, rows: pl.DataFrame, columns: Sequence[str] = ()) -> pl.DataFrame:
    """Rows of a table as the mark of their key and some of their columns."""
    return rows.select(mark(STORED[table].key).alias(KEY), *columns)


def batches_of(connection: Any, table: str) -> list[int]:
    """The batches that have rows in a table, oldest first."""
    rows = raw.query(connection, f"SELECT DISTINCT batch FROM {RAW}{table}", {"batch": pl.Int64()})
    return sorted(rows["batch"].to_list())


def pieces(
    connection: Any, table: str, batch: int, columns: Sequence[str] | None = None
) -> Iterator[pl.DataFrame]:
    """The rows of one batch as they are stored, a piece at a time; None is every column."""
    types = STORED[table].schema()
    schema = {name: kind for name, kind in types.items() if columns is None or name in columns}
    condition = f"SELECT {', '.join(schema)} FROM {RAW}{table} WHERE batch = {batch}"
    yield from sql.pieces(connection, condition, schema)


def of_batch(connection: Any, table: str, batch: int, columns: Sequence[str] = ()) -> pl.DataFrame:
    """The rows of one batch: the mark of their key, and `columns`."""
    key = STORED[table].key
    found = pieces(connection, table, batch, [*key, *columns])
    return pl.concat([with_key(table, rows, columns) for rows in found])
