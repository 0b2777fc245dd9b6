"""Cell by cell: is it filled, can it be read, is it in range."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from models.imports import parsing
from models.imports.contract import Column, Kind, Table
from models.imports.problems import FILE, ROW, ProblemLog

_READ = "="
"""Prefix of a column that was read, beside the one it was read from."""

_UNREADABLE: Mapping[Kind, str] = {
    "integer": "not_whole",
    "number": "not_a_number",
    "share": "not_a_number",
    "date": "not_a_date",
    "timestamp": "not_a_timestamp",
    "boolean": "not_a_boolean",
    "period": "not_a_period",
    "option": "not_an_option",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table out of one file (or one block of a mapping), not yet read.

    ``frame`` has FILE, ROW, columns of the contract, and in a wide table one column per item.
    ``headings`` gives a column's name in the file where that differs. ``known`` and
    ``not_before`` are what a mapping asks for once the rows are read; ``thousands`` is the sign
    that it says groups thousands.
    """

    table: Table
    frame: pl.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    decimal_comma: bool = False
    known: tuple[str, ...] = ()
    not_before: Mapping[str, str] = field(default_factory=dict)
    thousands: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """Columns that are items of a wide table, in order."""
        if not self.table.wide:
            return ()
        known = {*self.table.names, FILE, ROW}
        return tuple(name for name in self.frame.columns if name not in known)

    def heading(self, name: str) -> str:
        """What the file calls the column."""
        return self.headings.get(name, name)


@dataclass(frozen=True, slots=True)
class _Check:
    """A rule about one cell; ``among`` is asked only of rows that fail, where it is dear."""

    column: str
    rule: str
    failing: pl.Expr
    params: Mapping[str, str] = field(default_factory=dict)
    among: pl.Expr | None = None


def parse(part: Part, files: tuple[str, ...], log: ProblemLog) -> pl.DataFrame:
    """The part in stored form: FILE, ROW, every column of the table, items as Float64.

    A cell that can't be read is null here and a problem in ``log``. A wide part has its items
    instead of `item` and `score`.
    """
    frame = _plain(part, files, log)
    columns = _columns(part)
    present = [column for column in columns if column.name in frame.columns]
    read = frame.select(
        parsing.stored(column, frame.schema[column.name], part.thousands).alias(_READ + column.name)
        for column in present
    )
    both = pl.concat([frame, read], how="horizontal")
    checks = [check for column in present for check in _checks(column, frame.schema, part)]
    _report(both, checks, part, files, log)
    return both.select(
        FILE,
        ROW,
        *(
            pl.col(_READ + column.name).alias(column.name)
            if column.name in frame.columns
            else pl.lit(None, column.stored_type).alias(column.name)
            for column in columns
        ),
    )


def _columns(part: Part) -> list[Column]:
    """The columns that the part must come out with."""
    items = part.items
    kept = [c for c in part.table.columns if not (items and c.name in ("item", "score"))]
    return kept + [Column(item, "number") for item in items]


def _plain(part: Part, files: tuple[str, ...], log: ProblemLog) -> pl.DataFrame:
    """The part's frame without columns that hold lists and the like."""
    nested = [n for n, dtype in part.frame.schema.items() if not parsing.is_plain(dtype)]
    for name in nested:
        for index in part.frame[FILE].unique().sort():
            log.add_rows(
                "unreadable_column",
                part.frame.filter(pl.col(FILE) == index).head(1),
                files,
                column=part.heading(name),
                params={"reason": str(part.frame.schema[name])},
            )
    return part.frame.drop(nested)


def _checks(column: Column, schema: pl.Schema, part: Part) -> Iterator[_Check]:
    """Everything that one cell of the column can fail on its own."""
    name, dtype = column.name, schema[column.name]
    cell, value = pl.col(name), pl.col(_READ + name)
    if column.required:
        yield _Check(name, "empty", cell.is_null())
    if column.kind in _UNREADABLE:
        yield from _unreadable(column, cell.is_not_null() & value.is_null(), dtype, part)
    if dtype == pl.String:
        yield from _text_checks(column, part)
    yield from _range(column, value)


def _text_checks(column: Column, part: Part) -> Iterator[_Check]:
    """What only a cell of text can fail."""
    name, cell = column.name, pl.col(column.name)
    if column.kind in parsing.LENGTHS:
        limit = parsing.LENGTHS[column.kind]
        yield _Check(name, "too_long", cell.str.len_chars() > limit, {"limit": f"{limit:,}"})
        unseen = parsing.CONTROL if column.kind == "text" else parsing.UNSEEN
        yield _Check(name, "bad_character", cell.str.contains(unseen))
        error = parsing.spreadsheet_error(name)
        yield _Check(name, "spreadsheet_error", cell.str.starts_with("#"), {}, error)
    elif column.kind in ("number", "share", "integer") and not part.thousands:
        whole = column.kind == "integer"
        two_ways = parsing.ambiguous(cell, decimal_comma=part.decimal_comma, whole=whole)
        yield _Check(name, "ambiguous_number", _may_be_ambiguous(column, part), {}, two_ways)


def _may_be_ambiguous(column: Column, part: Part) -> pl.Expr:
    """All cells that say anything of it where some may be ambiguous; cheap, for most have none."""
    cell = pl.col(column.name)
    if column.kind == "integer":
        return cell.str.contains("[.,]")
    grouping, decimal, twice = (
        (".", ",", r",\d{3},") if part.decimal_comma else (",", ".", r"\.\d{3}\.")
    )
    grouped = cell.str.contains(grouping, literal=True)
    proven = (grouped | cell.str.contains(twice)).any()
    return grouped | (proven & cell.str.contains(decimal, literal=True))


def _unreadable(
    column: Column, failing: pl.Expr, dtype: pl.DataType, part: Part
) -> Iterator[_Check]:
    """What is wrong with a cell that can't be read, most telling first."""
    name, rule = column.name, _UNREADABLE[column.kind]
    rest = pl.lit(True)
    if dtype == pl.String:
        error = parsing.spreadsheet_error(name)
        yield _Check(name, "spreadsheet_error", failing, {}, error)
        rest = ~error
        if name in parsing.MONEY:
            foreign = pl.col(name).str.contains(parsing.OTHER_CURRENCY)
            yield _Check(name, "other_currency", failing, {}, foreign)
            rest = rest & ~foreign
    if rule == "not_whole" and dtype == pl.String and not part.thousands:
        # 12.500 is told of as a number that can be read in two ways.
        told = parsing.ambiguous(pl.col(name), decimal_comma=part.decimal_comma, whole=True)
        rest = rest & ~told
    yield _Check(name, rule, failing, {"allowed": ", ".join(column.options)}, rest)


def _range(column: Column, value: pl.Expr) -> Iterator[_Check]:
    low, high = column.low, column.high
    if low is None and high is None:
        return
    outside = pl.lit(False)
    if low is not None:
        outside = outside | (value < low)
    if high is not None:
        outside = outside | (value > high)
    params = {"low": _bound(low, "−∞"), "high": _bound(high, "∞")}
    yield _Check(column.name, "out_of_range", outside, params)


def _bound(value: float | None, endless: str) -> str:
    return endless if value is None else f"{value:g}"


def _report(
    both: pl.DataFrame, checks: list[_Check], part: Part, files: tuple[str, ...], log: ProblemLog
) -> None:
    """Count all failing cells in one pass; look up only the columns that have some."""
    if not checks or both.is_empty():
        return
    counts = both.select(
        check.failing.fill_null(value=False).sum().alias(f"{place}")
        for place, check in enumerate(checks)
    ).row(0)
    for check, count in zip(checks, counts, strict=True):
        if count:
            rows = both.filter(check.failing)
            if check.among is not None:
                rows = rows.filter(check.among)
            failing = rows.select(
                FILE, ROW, parsing.text(check.column, both.schema[check.column]).alias("value")
            )
            log.add_rows(
                check.rule,
                failing,
                files,
                column=part.heading(check.column),
                value="value",
                params=check.params,
            )
