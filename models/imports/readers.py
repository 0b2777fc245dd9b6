"""Files into frames: delimited text, XLSX and Parquet, with the headings as they stand in the file.

Cells of text files stay text; XLSX and Parquet columns keep the types they come with. Text is
trimmed, and empty cells are null. ROW holds the row as a spreadsheet counts it. Rows that are
wholly empty are left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import polars as pl

from models.imports.notes import Note
from models.imports.parsing import tidy
from models.imports.problems import ROW, Problem, ProblemLog
from models.imports.reading.delimited import Delimited
from models.imports.reading.headings import COLUMNS_LIMIT, HEADING_LIMIT, Layout
from models.imports.reading.tables import Parquet, Workbook
from models.imports.sources import Source, too_large_problem
from models.imports.unpacking import BROKEN, TooLarge

CHUNK = 100_000
"""Rows that are in memory at once while a large file is checked."""

_REASON_LIMIT = 300
_UNREADABLE = (*BROKEN, ValueError, pl.exceptions.PolarsError)


class Body(Protocol):
    """What a format gives: the headings, distinct names for their columns, and all rows."""

    headings: list[str]
    columns: list[str]
    rows: int
    decimal_comma: bool
    notes: tuple[Note, ...]
    damaged: bool

    def frames(self, log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and ``columns``, a part of the rows at a time, untidied; damaged rows go to ``log``.

        Each of them goes there once, however often the rows are read.
        """


@dataclass(frozen=True)
class Sheet:
    """One file, or one sheet of a workbook, as it can be read.

    ``headings`` are those of columns with anything in them, in order. ``rows`` is about how many
    there are. ``decimal_comma``: a comma in a number can only be decimal. ``notes``: what was
    found out that nobody said, such as the encoding.
    """

    source: Source
    headings: tuple[str, ...]
    body: Body
    log: ProblemLog

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
        """What was found out about the file."""
        return self.body.notes

    def chunks(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """ROW and these columns, at most CHUNK rows at a time, with one schema; at least one.

        Rows are left out that are empty in every column of the file. A row that is damaged is
        left out too and goes to the log, the first time that it is read. When the file breaks off,
        that goes to the log and the chunks end.
        """
        given = False
        schema: dict[str, pl.DataType] = dict.fromkeys((ROW, *columns), pl.String())
        try:
            for frame in self.body.frames(self.log):
                kept = filled(frame).select(ROW, *columns)
                schema = dict(kept.schema)
                for chunk in kept.iter_slices(CHUNK) if kept.height else ():
                    given = True
                    yield chunk
        except _UNREADABLE as error:
            _report(error, self.source, self.log)
        if not given:
            yield pl.DataFrame(schema={**schema, ROW: pl.UInt32()})

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All rows at once: ROW and every column."""
        return pl.concat(self.chunks(self.headings))


def read(source: Source, log: ProblemLog, layout: Layout | None = None) -> Sheet | None:
    """The file as a sheet, or None with the reason in ``log``."""
    try:
        body = _body(source, layout or Layout())
        return _sheet(source, body, log)
    except _UNREADABLE as error:
        _report(error, source, log)
        return None


def _body(source: Source, layout: Layout) -> Body:
    path = source.unpacked()
    if source.format == ".xlsx":
        return Workbook(path, source.stem, layout)
    if source.format == ".parquet":
        return Parquet(path, CHUNK)
    return Delimited(source.name, path, layout, source.scratch)


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
    """The rows with anything in them, tidied."""
    if frame.width < 2:
        return frame.clear()
    return tidy(frame).filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))


def _report(error: BaseException, source: Source, log: ProblemLog) -> None:
    """Why a file can't be read, or breaks off."""
    if isinstance(error, TooLarge):
        log.add(too_large_problem(source.name))
        return
    lines = str(error).strip().splitlines()
    reason = lines[0][:_REASON_LIMIT] if lines else type(error).__name__
    log.add(Problem("unreadable", source.name, params={"reason": reason.rstrip(".")}))
