"""One column of a mapped table: from the cells of a file to what the contract expects."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from models.imports import parsing
from models.imports.mapping.language import NUMERIC_TAKES, ColumnMap
from models.imports.problems import FILE, ROW, ProblemLog
from release.periods import period_of

_DAYLESS = "%d "


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of files on their way: text cells under the files' headings, with FILE and ROW."""

    frame: pl.DataFrame
    files: tuple[str, ...]
    mapping: str
    dates: tuple[str, ...]
    decimal_comma: bool
    log: ProblemLog
    thousands: str = ""

    def report(self, rule: str, failing: pl.DataFrame, heading: str, **params: str) -> None:
        """Note a problem for each row of ``failing``, with its cell under ``heading``."""
        if failing.height:
            params = {"mapping": self.mapping, **params}
            self.log.add_rows(
                rule, failing, self.files, column=heading, value=heading, params=params
            )


def moment(heading: str, forms: Iterable[str]) -> pl.Expr:
    """The cell as a moment, by the first form that fits, else ISO; null when none does.

    A form without a day (`%B %Y`) means the first of the month.
    """
    cell = pl.col(heading)
    tried = [
        (pl.lit("1 ") + cell if _dayless(form) else cell).str.to_datetime(
            _DAYLESS + form if _dayless(form) else form, strict=False, time_unit="us"
        )
        for form in forms
    ]
    return pl.coalesce(*tried, parsing.moment_of(cell))


def _dayless(form: str) -> bool:
    return not any(sign in form for sign in ("%d", "%e", "%j", "%F", "%D", "%s"))


def number(rows: Rows, heading: str) -> pl.Expr:
    """The cell as a number; cells that are none become problems."""
    value = parsing.number(heading, pl.String(), rows.thousands)
    frame = rows.frame
    rows.report(
        "not_a_number",
        frame.filter(pl.col(heading).is_not_null() & value.is_null()).select(FILE, ROW, heading),
        heading,
    )
    if not rows.thousands:
        two_ways = parsing.ambiguous(heading, decimal_comma=rows.decimal_comma)
        rows.report("ambiguous_number", frame.filter(two_ways).select(FILE, ROW, heading), heading)
    return value


def expression(rows: Rows, column: ColumnMap, *, is_date: bool) -> pl.Expr:
    """The column before any grouping; what can't be mapped becomes a problem."""
    if column.source is None:
        return pl.lit(column.constant, pl.String).alias(column.name)
    if column.take in NUMERIC_TAKES:
        return number(rows, column.source).alias(column.name)
    cell = pl.col(column.source)
    if column.only:
        cell = pl.when(cell.is_in(column.only)).then(cell)
    if column.values:
        cell = _replaced(rows, column, cell)
    if column.period:
        cell = _period(rows, column)
    elif is_date:
        found = moment(column.source, column.dates or rows.dates)
        cell = pl.coalesce(found.dt.to_string("%Y-%m-%d %H:%M:%S%.f"), cell)
    if column.default is not None:
        cell = cell.fill_null(column.default)
    if column.scale is not None and not column.take.startswith(("count", "n_")):
        return (number(rows, column.source) * column.scale).alias(column.name)
    return cell.alias(column.name)


def _replaced(rows: Rows, column: ColumnMap, cell: pl.Expr) -> pl.Expr:
    """Values by the column's map; those it does not name by its `otherwise`."""
    old, new = list(column.values), list(column.values.values())
    if column.otherwise == "problem" and column.source is not None:
        unknown = rows.frame.filter(pl.col(column.source).is_not_null() & ~cell.is_in(old))
        rows.report("not_mapped", unknown, column.source, target=column.name)
    if column.otherwise == "missing":
        return cell.replace_strict(old, new, default=None, return_dtype=pl.String)
    return cell.replace(old, new)


def _period(rows: Rows, column: ColumnMap) -> pl.Expr:
    """The period in which the cell's date lies."""
    source = column.source or ""
    found = moment(source, column.dates or rows.dates)
    rows.report(
        "not_a_timestamp",
        rows.frame.filter(pl.col(source).is_not_null() & found.is_null()),
        source,
    )
    return period_of(found, column.period or "month")
