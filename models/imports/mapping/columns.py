"""One column of a mapped table: from the cells of a file to what the contract expects."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from models.imports import parsing
from models.imports.contract import Kind
from models.imports.mapping.language import NUMERIC_TAKES, ColumnMap
from models.imports.moments import OFFSET
from models.imports.problems import FILE, ROW, ProblemLog
from release.periods import period_of

_DAYLESS = "%d "
_ZONE = r"%[:#]*z$"


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


def moment(heading: str, forms: Iterable[str], *, local: bool = False) -> pl.Expr:
    """The cell as a moment, by the first form that fits, else ISO; null when none does.

    A form without a day (`%B %Y`) means the first of the month. A moment with an offset is in UTC;
    ``local`` leaves the offset out, as for the day on which it was.
    """
    cell = pl.col(heading)
    tried = [_by_form(cell, form, local=local) for form in forms]
    return pl.coalesce(*tried, parsing.moment_of(cell, local=local))


def _by_form(cell: pl.Expr, form: str, *, local: bool) -> pl.Expr:
    if _dayless(form):
        cell, form = pl.lit("1 ") + cell, _DAYLESS + form
    zoned = re.search(_ZONE, form)
    if zoned and local:
        cell, form = cell.str.replace(OFFSET, ""), form[: zoned.start()]
    read = cell.str.strip_chars().str.to_datetime(form.strip(), strict=False, time_unit="us")
    return read.dt.replace_time_zone(None) if "z" in form else read


def _dayless(form: str) -> bool:
    return not any(sign in form for sign in ("%d", "%e", "%j", "%F", "%D", "%s"))


def number(
    rows: Rows, heading: str, cell: pl.Expr | None = None, kind: Kind | None = None
) -> pl.Expr:
    """The cell as a number; cells that are none become problems.

    ``cell`` is what was made of it before, if anything; ``kind`` is that of the column it is for.
    """
    cell = pl.col(heading) if cell is None else cell
    value = parsing.number_in(cell, rows.thousands, money=heading in parsing.MONEY)
    wrong = {"not_a_number": cell.is_not_null() & value.is_null()}
    if not rows.thousands:
        wrong["ambiguous_number"] = parsing.ambiguous(
            cell, decimal_comma=rows.decimal_comma, whole=kind == "integer"
        )
    for rule, failing in wrong.items():
        rows.report(rule, rows.frame.filter(failing).select(FILE, ROW, heading), heading)
    return value


def expression(rows: Rows, column: ColumnMap, kind: Kind | None) -> pl.Expr:
    """The column before any grouping; what can't be mapped becomes a problem.

    ``kind`` is that of the column of the contract; None when it is no column of it.
    """
    if column.source is None:
        return pl.lit(column.constant, pl.String).alias(column.name)
    if column.take in NUMERIC_TAKES:
        return number(rows, column.source, kind=kind).alias(column.name)
    cell = pl.col(column.source)
    if column.only:
        cell = pl.when(cell.is_in(column.only)).then(cell)
    if column.values:
        cell = _replaced(rows, column, cell)
    if column.period:
        cell = _period(rows, column)
    elif kind in ("date", "timestamp"):
        found = moment(column.source, column.dates or rows.dates, local=kind == "date")
        cell = pl.coalesce(found.dt.to_string("%Y-%m-%d %H:%M:%S%.f"), cell)
    if column.default is not None:
        cell = cell.fill_null(column.default)
    if column.scale is not None and not column.take.startswith(("count", "n_")):
        scaled = number(rows, column.source, cell, kind) * column.scale
        return scaled.alias(column.name)
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
    found = moment(source, column.dates or rows.dates, local=True)
    found = pl.when(found.dt.year().is_between(*parsing.YEARS)).then(found)
    rows.report(
        "not_a_timestamp",
        rows.frame.filter(pl.col(source).is_not_null() & found.is_null()),
        source,
    )
    return period_of(found, column.period or "month")
