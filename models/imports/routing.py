"""Which table a file is, and which of its columns is which, when no mapping says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from models.imports.cells import Part
from models.imports.contract import Table
from models.imports.problems import FILE, ROW, Problem, ProblemLog
from models.imports.readers import Sheet
from models.imports.sources import Source
from models.imports.table_names import table_named
from models.imports.workers import names_worker


def table_of(source: Source) -> Table | None:
    """The table that a file is named after: `absence.csv`, `2024_absence.xlsx`, `Absence Q1.csv`.

    The name may stand among digits and other words; the longest that fits counts.
    """
    return table_named(source.stem)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A sheet as rows of a table; ``taken`` gives per heading the column (or item) that it is."""

    table: Table
    sheet: Sheet
    index: int
    taken: Mapping[str, str]

    def parts(self) -> Iterator[Part]:
        """The rows, a chunk at a time."""
        names = {name: heading for heading, name in self.taken.items()}
        known = {column.name: column.kind for column in self.table.columns}
        dates = [h for h, name in self.taken.items() if known.get(name) in ("date", "timestamp")]
        for chunk in self.sheet.chunks(tuple(self.taken), dates):
            frame = chunk.select(ROW, *self.taken).rename(dict(self.taken))
            numbered = frame.with_columns(pl.lit(self.index, pl.UInt32).alias(FILE))
            yield Part(self.table, numbered, names, self.sheet.decimal_comma)


def fit(
    sheet: Sheet, table: Table, index: int, items: frozenset[str], log: ProblemLog
) -> Fitting | None:
    """How the sheet's columns are those of ``table``; columns that do not fit are problems.

    Headings are compared without regard to case, with a space or a hyphen for an underscore.
    In a table that may be wide, a heading from ``items`` (known item codes) makes it so. None
    when the table can't be read at all.
    """
    headings = {heading: _normal(heading) for heading in sheet.headings}
    known = {heading: name for heading, name in headings.items() if name in table.names}
    if _repeated(known, sheet, log):
        return None
    wide = table.wide and not {"item", "score"} & set(known.values())
    taken = dict(known)
    for heading, name in headings.items():
        if heading in known:
            continue
        item = _item(heading, name, items) if wide else None
        if item is not None:
            taken[heading] = item
        else:
            _refuse(heading, table, sheet, log, wide=wide)
    if wide and not set(taken.values()) - set(known.values()):
        wide = False
    _report_missing(table, set(known.values()), sheet, log, wide=wide)
    return Fitting(table, sheet, index, taken)


def _normal(heading: str) -> str:
    return re.sub(r"[\s-]+", "_", heading.strip().lower())


def _item(heading: str, name: str, items: frozenset[str]) -> str | None:
    return next((item for item in (heading, name) if item in items), None)


def _repeated(known: dict[str, str], sheet: Sheet, log: ProblemLog) -> bool:
    """Report columns that two headings stand for; whether there are any."""
    names = list(known.values())
    repeated = sorted({name for name in names if names.count(name) > 1})
    for name in repeated:
        log.add(Problem("repeated_column", sheet.source.name, column=name))
    return bool(repeated)


def _refuse(heading: str, table: Table, sheet: Sheet, log: ProblemLog, *, wide: bool) -> None:
    file = sheet.source.name
    if table.no_workers and names_worker(heading):
        log.add(Problem("worker_column", file, column=heading, params={"table": table.name}))
    elif wide:
        log.add(Problem("unknown_item", file, row=1, column=heading, value=heading))
    else:
        params = {"table": table.name, "allowed": ", ".join(table.names)}
        log.add(Problem("unknown_column", file, column=heading, params=params))


def _report_missing(
    table: Table, present: set[str], sheet: Sheet, log: ProblemLog, *, wide: bool
) -> None:
    needed = [
        column.name
        for column in table.columns
        if column.required and not (wide and column.name in ("item", "score"))
    ]
    params = {"table": table.name, "allowed": ", ".join(table.names)}
    for name in needed:
        if name not in present:
            log.add(Problem("missing_column", sheet.source.name, column=name, params=params))
