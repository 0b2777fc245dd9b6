"""One row out of many: first, last, sums, weighted means, ratios, counts."""

import polars as pl

from models.imports.mapping.columns import Rows, number
from models.imports.mapping.language import NUMERIC_TAKES, ColumnMap, TableMap
from models.imports.problems import FILE, ROW

_BESIDE = "beside:"
"""Prefix of the weights and denominators that a column is taken with."""

_PLACE = "place:"
_ROWS = 2**32


def beside(rows: Rows, column: ColumnMap) -> list[pl.Expr]:
    """The columns that an aggregation needs beside the column itself."""
    other = column.weight or column.per
    return [number(rows, other).alias(_BESIDE + column.name)] if other else []


def grouped(frame: pl.DataFrame, table: TableMap) -> pl.DataFrame:
    """One row for each combination of the ``group`` columns, at the place of its first row."""
    taken = [column for column in table.columns if column.name not in table.group]
    wider = [
        _taken(column).over(column.within).alias(column.name) for column in taken if column.within
    ]
    narrow = [
        pl.col(column.name).first() if column.within else _taken(column).alias(column.name)
        for column in taken
    ]
    if wider:
        frame = frame.with_columns(wider)
    # One number for file and row: Polars' smallest of structs is null within groups.
    place = pl.col(FILE).cast(pl.UInt64) * _ROWS + pl.col(ROW)
    return (
        frame.group_by(table.group, maintain_order=True)
        .agg(place.min().alias(_PLACE), *narrow)
        .with_columns(
            (pl.col(_PLACE) // _ROWS).cast(pl.UInt32).alias(FILE),
            (pl.col(_PLACE) % _ROWS).cast(pl.UInt32).alias(ROW),
        )
        .drop(_PLACE)
    )


def _taken(column: ColumnMap) -> pl.Expr:
    """What remains of a group's cells. Nothing filled gives null (for counts 0)."""
    cell = pl.col(column.name)
    other = pl.col(_BESIDE + column.name)
    value: pl.Expr
    both = cell.is_not_null() & other.is_not_null()
    if column.per:
        total = other.filter(both).sum()
        value = pl.when(total != 0).then(cell.filter(both).sum() / total)
    elif column.weight:
        total = other.filter(both).sum()
        value = pl.when(total != 0).then((cell * other).filter(both).sum() / total)
    else:
        filled = cell.drop_nulls()
        value = {
            "first": filled.first(),
            "last": filled.last(),
            "sum": pl.when(filled.len() > 0).then(filled.sum()),
            "mean": filled.mean(),
            "min": filled.min(),
            "max": filled.max(),
            "count": filled.len().cast(pl.Int64),
            "n_unique": filled.n_unique().cast(pl.Int64),
        }[column.take]
    if column.scale is not None and column.take in (*NUMERIC_TAKES, "count", "n_unique"):
        return value * column.scale
    return value
