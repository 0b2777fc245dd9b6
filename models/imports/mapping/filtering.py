"""Which rows of a file a mapping takes, and rows made out of columns."""

from functools import reduce
from operator import and_, or_

import polars as pl

from models.imports.mapping.columns import Rows, moment, number
from models.imports.mapping.language import Filter, Rises, TableMap, Unpivot
from models.imports.problems import FILE, ROW


def chosen(rows: Rows, table: TableMap) -> pl.DataFrame:
    """The rows that the table's filters let through."""
    frame = rows.frame
    keep = [_fits(rows, rule) for rule in table.keep]
    drop = [_fits(rows, rule) for rule in table.drop]
    if keep:
        frame = frame.filter(reduce(and_, keep))
    if drop:
        frame = frame.filter(~reduce(or_, drop))
    if table.rises:
        frame = frame.filter(_rose(rows, table.rises))
    return frame


def _fits(rows: Rows, rule: Filter) -> pl.Expr:
    """Whether a row fits a filter; an empty cell does not."""
    cell = pl.col(rule.heading)
    tests = [cell.is_not_null()]
    if rule.values:
        tests.append(cell.is_in(rule.values))
    if rule.low is not None:
        tests.append(number(rows, rule.heading) >= rule.low)
    if rule.high is not None:
        tests.append(number(rows, rule.heading) <= rule.high)
    if rule.months:
        found = moment(rule.heading, rows.dates, local=True)
        rows.report(
            "not_a_date", rows.frame.filter(cell.is_not_null() & found.is_null()), rule.heading
        )
        tests.append(found.dt.month().is_in(rule.months))
    return reduce(and_, tests).fill_null(value=False)


def _rose(rows: Rows, rule: Rises) -> pl.Expr:
    """Whether a number is higher than in the row before it; a first row counts from zero."""
    value = number(rows, rule.heading)
    before = value.shift(1).over(rule.within, order_by=number(rows, rule.order))
    return value > before.fill_null(0)


def ordered(rows: Rows, headings: tuple[str, ...]) -> pl.DataFrame:
    """The rows in the order of some headings: as numbers, else as dates, else as text."""
    keys = [_order_key(rows, heading) for heading in headings]
    return rows.frame.sort(keys, maintain_order=True, nulls_last=False) if keys else rows.frame


def _order_key(rows: Rows, heading: str) -> pl.Expr:
    filled = rows.frame.select(pl.col(heading).drop_nulls())
    for reading in (parsing_number(heading), moment(heading, rows.dates)):
        if not filled.select(reading.is_null().any()).item():
            return reading
    return pl.col(heading)


def parsing_number(heading: str) -> pl.Expr:
    """The cell as a number, null when it is none."""
    return pl.col(heading).cast(pl.Float64, strict=False)


def unpivoted(frame: pl.DataFrame, rule: Unpivot) -> tuple[pl.DataFrame, int]:
    """A row per measure instead of columns side by side, and the number of rows left out.

    Cells may be missing for some measures of a row (suppressed figures): those rows are left out.
    """
    kept = [name for name in frame.columns if name not in rule.names]
    pieces = [
        frame.select(
            *kept,
            pl.lit(value, pl.String).alias(rule.into),
            *(pl.col(heading).alias(name) for name, heading in row.items()),
        )
        for value, row in rule.rows.items()
    ]
    long = pl.concat(pieces)
    filled = [name for name in rule.names if name != rule.into]
    whole = long.filter(pl.all_horizontal(pl.col(filled).is_not_null()))
    return whole, long.height - whole.height


__all__ = ["FILE", "ROW", "chosen", "ordered", "unpivoted"]
