"""Files into frames: delimited text, XLSX and Parquet, with the headings as they stand in the file.

Cells of text files stay text; XLSX and Parquet columns keep the types they come with. Text is
trimmed, and empty cells are null. ROW holds the row as a spreadsheet counts it. Rows that are
wholly empty are left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

import polars as pl

from metrics.words import N_
from models.imports.notes import Note
from models.imports.problems import ROW, Problem, ProblemLog
from models.imports.reading.dating import day_first, from_serial, year_first
from models.imports.reading.delimited import Delimited
from models.imports.reading.headings import COLUMNS_LIMIT, HEADING_LIMIT, Layout
from models.imports.reading.parquet import Parquet
from models.imports.reading.signatures import Protected, other_kind
from models.imports.reading.workbook import ONE_OF_SEVERAL, Worksheet, chosen, fitting
from models.imports.reading.workbook_parts import CELLS_LIMIT, TooManyCells, contents
from models.imports.sources import Source, shown, too_large_problem
from models.imports.unpacking import BROKEN, TooLarge

CHUNK = 100_000
"""Rows that are in memory at once while a large file is checked."""

DAY_FIRST = N_("{file}: the dates in {column} were read with the day first.")

_REASON_LIMIT = 300
_UNREADABLE = (*BROKEN, ValueError, KeyError, pl.exceptions.PolarsError)


class Body(Protocol):
    """What a format gives: the headings, distinct names for their columns, and all rows."""

    headings: list[str]
    columns: list[str]
    rows: int
    decimal_comma: bool
    notes: tuple[Note, ...]
    damaged: bool
    day_zero: date | None

    def frames(self, log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and ``columns``, a part of the rows at a time, tidied; damaged rows go to ``log``.

        Each of them goes there once, however often the rows are read.
        """


@dataclass(frozen=True)
class Sheet:
    """One file, or one sheet of a workbook, as it can be read.

    ``headings`` are those of columns with anything in them, in order.
    """

    source: Source
    headings: tuple[str, ...]
    body: Body
    log: ProblemLog
    said: tuple[Note, ...] = ()
    _day_first: dict[str, bool] = field(default_factory=dict, compare=False)

    @property
    def rows(self) -> int:
        """About how many rows there are, for progress."""
        return self.body.rows

    @property
    def decimal_comma(self) -> bool:
        """Whether a comma in a number can only be decimal."""
        return self.body.decimal_comma

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was found out so far that nobody said: the encoding, the order of dates."""
        dates = (
            Note(DAY_FIRST, {"file": self.source.name, "column": name})
            for name, found in self._day_first.items()
            if found
        )
        return (*self.body.notes, *self.said, *dates)

    def chunks(self, columns: Sequence[str], dates: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """ROW and these columns, at most CHUNK rows at a time, with one schema; at least one.

        Rows are left out that are empty in every column of the file. A row that is damaged is
        left out too and goes to the log, the first time that it is read. When the file breaks off,
        that goes to the log and the chunks end.

        ``dates`` are columns that should hold dates. In a workbook their numbers are days, and
        become dates. A column of text in which every value has its day first, and one has a day
        after the twelfth, is written with the year first.
        """
        given = False
        schema: dict[str, pl.DataType] = dict.fromkeys((ROW, *columns), pl.String())
        try:
            dated = self._dated(dates)
            for frame in self.body.frames(self.log):
                kept = filled(frame).select(ROW, *columns).with_columns(dated)
                schema = dict(kept.schema)
                for chunk in kept.iter_slices(CHUNK) if kept.height else ():
                    given = True
                    yield chunk
        except _UNREADABLE as error:
            _report(error, self.source, self.log)
        if not given:
            yield pl.DataFrame(schema={**schema, ROW: pl.UInt32()})

    def _dated(self, dates: Sequence[str]) -> list[pl.Expr]:
        """The columns whose dates are told by the whole column, as text with the year first."""
        new = [name for name in dates if name not in self._day_first]
        if new:
            found = day_first(self.body.frames(None), new)
            self._day_first.update({name: name in found for name in new})
        expressions = [year_first(name) for name in dates if self._day_first[name]]
        if self.body.day_zero is not None:
            schema = next(self.body.frames(None)).schema
            expressions += [
                from_serial(name, schema[name], self.body.day_zero)
                for name in dates
                if not self._day_first[name]
                and (schema[name].is_numeric() or schema[name] == pl.String)
            ]
        return expressions

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All rows at once: ROW and every column."""
        return pl.concat(self.chunks(self.headings))


def read(source: Source, log: ProblemLog, layout: Layout | None = None) -> Sheet | None:
    """The file as a sheet, or its first one; None with the reason in ``log``."""
    return next(iter(read_all(source, log, (layout,) if layout else ())), None)


def read_all(source: Source, log: ProblemLog, layouts: Sequence[Layout] = ()) -> list[Sheet]:
    """The sheets of a file, most often one; what can't be read goes to ``log``.

    ``layouts`` are what a mapping says about the file. Only a workbook can have several; of any
    other file the first counts.
    """
    try:
        path = source.unpacked()
        if kind := other_kind(path, source.format):
            params = {"expected": source.format, "found": kind}
            log.add(Problem("other_kind", source.name, params=params))
            return []
        if source.format == ".xlsx":
            return list(_workbook(source, path, log, layouts))
        layout = next(iter(layouts), Layout())
        body = (
            Parquet(path)
            if source.format == ".parquet"
            else Delimited(source.name, path, layout, source.scratch)
        )
        sheet = _sheet(source, body, log)
    except _UNREADABLE as error:
        _report(error, source, log)
        return []
    return [sheet] if sheet else []


def _workbook(
    source: Source, path: Path, log: ProblemLog, layouts: Sequence[Layout]
) -> Iterator[Sheet]:
    book = contents(path)
    wanted = {part: layout for layout in layouts for part in fitting(book, layout.sheet)}
    for layout in layouts:
        if layout.sheet and not fitting(book, layout.sheet):
            allowed = ", ".join(part.name for part in book.sheets)
            params = {"allowed": allowed}
            log.add(Problem("missing_sheet", source.name, value=layout.sheet, params=params))
    plain = next((layout for layout in layouts if not layout.sheet), None)
    own = chosen(book, path, source.stem) if plain or not layouts else ()
    named = {part: layout for part, layout in wanted.items() if layout.sheet}
    several = len(named) + len(own) > 1 or bool(named)
    for part, layout in {**dict.fromkeys(own, plain or Layout()), **named}.items():
        one = source
        if several:
            one = replace(source, name=f"{source.name} [{shown(part.name)}]", sheet=part.name)
        body = Worksheet(one.name, path, part, layout, book.day_zero)
        sheet = _sheet(one, body, log)
        if sheet is not None:
            told = Note(ONE_OF_SEVERAL, {"file": source.name, "sheet": part.name})
            silent = several or len(book.sheets) == 1
            yield sheet if silent else replace(sheet, said=(told,))


def _sheet(source: Source, body: Body, log: ProblemLog) -> Sheet | None:
    if _wrong_headings(source, body, log):
        return None
    unnamed = [n for n, h in zip(body.columns, body.headings, strict=True) if not h]
    used: set[str] = set()
    any_rows = False
    for frame in body.frames(None):
        rows = filled(frame)
        any_rows = any_rows or rows.height > 0
        used.update(name for name in unnamed if rows[name].null_count() < rows.height)
        if any_rows and len(used) == len(unnamed):
            break
    if not any_rows:
        # Reading them all says which rows are damaged; none at all is another thing.
        for _ in body.frames(log):
            pass
        if not body.damaged:
            log.add(Problem("empty_file", source.name))
        return None
    headings = tuple(name for name in body.columns if name not in unnamed or name in used)
    return Sheet(source, headings, body, log)


def _wrong_headings(source: Source, body: Body, log: ProblemLog) -> bool:
    """Report headings that can't be told apart, or are too many or too long."""
    if len(body.headings) > COLUMNS_LIMIT:
        params = {"found": f"{len(body.headings):,}", "limit": f"{COLUMNS_LIMIT:,}"}
        log.add(Problem("too_many_columns", source.name, params=params))
        return True
    counts = Counter(heading for heading in body.headings if heading)
    repeated = sorted(heading for heading, count in counts.items() if count > 1)
    long = [heading for heading in counts if len(heading) > HEADING_LIMIT]
    for heading in repeated:
        log.add(Problem("repeated_column", source.name, column=heading[:HEADING_LIMIT]))
    for heading in long:
        params = {"limit": f"{HEADING_LIMIT:,}"}
        log.add(Problem("long_heading", source.name, value=f"{heading[:60]}…", params=params))
    return bool(repeated or long)


def filled(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with anything in them."""
    if frame.width < 2:
        return frame.clear()
    return frame.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))


def _report(error: BaseException, source: Source, log: ProblemLog) -> None:
    """Why a file can't be read, or breaks off."""
    if isinstance(error, TooLarge):
        log.add(too_large_problem(source.name))
        return
    if isinstance(error, TooManyCells):
        params = {"limit": f"{CELLS_LIMIT:,}"}
        log.add(Problem("too_many_cells", source.name, value=str(error), params=params))
        return
    if isinstance(error, Protected):
        log.add(Problem("encrypted", source.name))
        return
    lines = str(error).strip().splitlines()
    reason = lines[0][:_REASON_LIMIT] if lines else type(error).__name__
    log.add(Problem("unreadable", source.name, params={"reason": reason.rstrip(".")}))
