"""XLSX workbooks: which sheets are read, and their rows.

With no word from a mapping: when the file is named after a table, the sheet named after that
table or after the file, else the first with anything on it; any other file gives every sheet that
is named after a table. A cell with an error keeps it as text, and a formula that was saved without
its value is an error too.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import fastexcel
import polars as pl

from metrics.words import N_
from models.imports import parsing
from models.imports.notes import Note
from models.imports.problems import ROW, ProblemLog
from models.imports.reading.headings import (
    COLUMNS_LIMIT,
    HEADINGS_BELOW,
    Layout,
    cleaned,
    headings_row,
    looked_at,
    names,
)
from models.imports.reading.workbook_parts import Contents, SheetCells, SheetPart, has_cells
from models.imports.table_names import table_named

ONE_OF_SEVERAL = N_("{file} has several sheets; {sheet} was read.")

# It warns of columns that are wholly errors; those are told of here.
logging.getLogger("fastexcel").addHandler(logging.NullHandler())


def chosen(book: Contents, path: Path, stem: str) -> tuple[SheetPart, ...]:
    """The sheets that are read when nobody says which."""
    table = table_named(stem)
    named = [sheet for sheet in book.sheets if table_named(sheet.name.lower())]
    if table is None and named:
        return tuple(named)
    own = [sheet for sheet in named if table_named(sheet.name.lower()) == table]
    own += [sheet for sheet in book.sheets if sheet.name.lower() == stem]
    filled = (s for s in book.sheets if not s.hidden and has_cells(path, s.part))
    return (next(iter(own), None) or next(filled, book.sheets[0]),)


def fitting(book: Contents, pattern: str) -> tuple[SheetPart, ...]:
    """The sheets whose names fit a pattern with `*`, whatever their case."""
    return tuple(s for s in book.sheets if fnmatchcase(s.name.lower(), pattern.lower()))


class Worksheet:
    """One sheet; a column keeps the type that its cells have, mixed ones are text.

    ``day_zero`` is the day that has the number 0, for dates that come as numbers.

    Raises:
        TooManyCells: a cell lies so far off that all up to there are too many.
        ValueError: it can't be read.
    """

    decimal_comma = False
    damaged = False

    def __init__(
        self, file: str, path: Path, sheet: SheetPart, layout: Layout, day_zero: date
    ) -> None:
        self.day_zero: date | None = day_zero
        # Before anything else: what reads the values unfolds all up to the last cell in memory.
        cells = SheetCells(path, sheet.part, looked_at(layout))
        cells.check()
        try:
            book = fastexcel.read_excel(path)
            top = self._top(book, sheet, layout)
            row = headings_row(top, layout)
            self.headings = [cleaned(cell) for cell in top[row - 1]] if row else []
            self.columns = names(self.headings)
            self._frame = self._rows(book, sheet, layout, row)
        except fastexcel.FastExcelError as error:
            raise ValueError(str(error)) from error
        if row and not self._frame.is_empty():
            self._frame = _with_errors(self._frame, top[row - 1], row, cells)
        self._frame = parsing.tidy(self._frame)
        self.rows = self._frame.height
        below = layout.header_row is None and row and row > 1 + layout.skip_rows
        self.notes: tuple[Note, ...] = (
            (Note(HEADINGS_BELOW, {"file": file, "row": f"{row:,}"}),) if below else ()
        )

    def _top(
        self, book: fastexcel.ExcelReader, sheet: SheetPart, layout: Layout
    ) -> list[list[str]]:
        top = book.load_sheet(
            sheet.name, header_row=None, skip_rows=0, n_rows=looked_at(layout), dtypes="string"
        ).to_polars()
        return [[cell or "" for cell in row] for row in top.iter_rows()]

    def _rows(
        self, book: fastexcel.ExcelReader, sheet: SheetPart, layout: Layout, row: int | None
    ) -> pl.DataFrame:
        if row is None or len(self.columns) > COLUMNS_LIMIT:
            return pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(self.columns, pl.String)})
        frame = book.load_sheet(
            sheet.name,
            header_row=row - 1,
            skip_rows=layout.header_rows - 1,
            schema_sample_rows=None,
        ).to_polars()
        frame.columns = self.columns
        return frame.with_row_index(ROW, offset=row + layout.header_rows)

    def frames(self, _log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and every column, all at once."""
        yield self._frame


def _with_errors(
    frame: pl.DataFrame, headings: Sequence[str], row: int, cells: SheetCells
) -> pl.DataFrame:
    """The frame with the errors of the sheet as text in their cells, where it has them empty."""
    margin = cells.first_columns.get(row, 0) - next(p for p, text in enumerate(headings) if text)
    columns = frame.columns[1:]
    for column, texts in cells.bad.items():
        below = {at: text for at, text in texts.items() if at >= frame[ROW][0]}
        if below and column - margin in range(len(columns)):
            name = columns[column - margin]
            said = pl.col(ROW).replace_strict(below, default=None, return_dtype=pl.String)
            read = parsing.text(name, frame.schema[name])
            frame = frame.with_columns(pl.coalesce(said, read).alias(name))
    return frame
