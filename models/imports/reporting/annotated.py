"""A copy of a file as a workbook, in which every wrong cell is coloured and says what is wrong.

Rows and columns stand where they stood, so that the copy can be mended and brought again. Of a
large file only the rows with problems are copied, each with the row before and after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from metrics.words import N_
from models.imports.problems import ROW, Cause, Translate
from models.imports.readers import Sheet
from models.imports.reporting import places
from models.imports.reporting.cells import Styles, cut, put, sheet_name

MOST_ROWS = 100_000
"""Rows of a file that is copied whole, and rows copied of a larger one."""

MOST_CELLS = 2_000_000
"""Cells of a file that is copied whole."""

MOST_COMMENTS = 5_000
"""Comments in one copy: many more and a spreadsheet takes minutes to open it."""

PROBLEMS = N_("Problems")
_PARTLY = N_(
    "{file} is large: only its rows with problems are here, each with the row before and after it. "
    "The first column is the row in the file."
)
_SOME = N_(
    "Problems in all: {count}. The first of each kind are listed, and coloured cells are wrong."
)
_ROW = N_("Row")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is wrong where: by row and column of the sheet, and in words where it is known."""

    places: pl.DataFrame
    words: dict[tuple[int, int], list[str]]

    def of(self, first: int, last: int) -> dict[int, set[int]]:
        """Wrong columns by row, for some rows."""
        found: dict[int, set[int]] = {}
        here = self.places.filter(pl.col(ROW).is_between(first, last))
        for row, column in here.iter_rows():
            found.setdefault(row, set()).add(column)
        return found


def write(path: Path, sheet: Sheet, causes: Sequence[Cause], translate: Translate) -> None:
    """Write the copy of ``sheet``, of which ``causes`` are all problems."""
    import xlsxwriter

    headings = sheet.headings
    marks = _marks(headings, causes, translate)
    partly = sheet.rows > MOST_ROWS or sheet.rows * max(len(headings), 1) > MOST_CELLS
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        styles, taken = Styles(book), set[str]()
        listed = sheet_name(translate(PROBLEMS), taken)
        data = book.add_worksheet(sheet_name(sheet.source.stem, taken))
        _data(data, sheet, marks, styles, partly=partly, row_word=translate(_ROW))
        problems = book.add_worksheet(listed)
        _list(problems, sheet, causes, translate, styles, partly=partly)


def _marks(headings: Sequence[str], causes: Sequence[Cause], translate: Translate) -> _Marks:
    frames = [pl.DataFrame(schema={ROW: pl.UInt32(), "column": pl.UInt32()})]
    words: dict[tuple[int, int], list[str]] = {}
    for cause in causes:
        columns = _columns(headings, cause.column)
        for column in columns:
            if cause.rows is not None:
                rows = cause.rows.alias(ROW).to_frame()
                frames.append(rows.with_columns(pl.lit(column, pl.UInt32).alias("column")))
            elif not any(problem.row for problem in cause.examples) and cause.column:
                frames.append(pl.DataFrame({ROW: [1], "column": [column]}, schema=frames[0].schema))
        for problem in cause.examples:
            text = f"{problem.message(translate)}\n→ {problem.remedy(translate)}"
            words.setdefault((problem.row or 1, columns[0]), []).append(text)
    return _Marks(pl.concat(frames).unique().sort(ROW, "column"), words)


def _columns(headings: Sequence[str], column: str | None) -> list[int]:
    """Where a column of a problem stands in the file; the first cell when it is not there.

    A rule over rows names columns as the contract does, and a key names several.
    """
    if column is None:
        return [0]
    exact = {heading: place for place, heading in enumerate(headings)}
    if column in exact:
        return [exact[column]]
    alike = {_plain(heading): place for place, heading in enumerate(headings)}
    found = [alike[_plain(name)] for name in column.split(", ") if _plain(name) in alike]
    return found or [0]


def _plain(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_").replace("-", "_")


def _data(
    data: Any, sheet: Sheet, marks: _Marks, styles: Styles, *, partly: bool, row_word: str
) -> None:
    """Write headings and rows; comments as far as there is room."""
    shift = 1 if partly else 0
    head = marks.of(1, 1).get(1, set())
    data.freeze_panes(1, shift)
    if partly:
        data.write_string(0, 0, row_word, styles.head)
    for column, heading in enumerate(sheet.headings):
        style = styles.cell(wrong=True) if column in head else styles.head
        data.write_string(0, column + shift, cut(heading), style)
        _comment(data, 0, column + shift, marks.words.get((1, column)) if column in head else None)
    written = commented = 0
    for chunk in _rows(sheet, marks, partly=partly):
        wrong = marks.of(int(chunk[ROW][0]), int(chunk[ROW][-1]))
        for number, *cells in chunk.iter_rows():
            written += 1
            row = written if partly else number - 1
            here = wrong.get(number, set())
            if partly:
                data.write_number(row, 0, number)
            for column, value in enumerate(cells):
                put(data, row, column + shift, value, styles, wrong=column in here)
            for column in here:
                if commented < MOST_COMMENTS:
                    commented += _comment(
                        data, row, column + shift, marks.words.get((number, column))
                    )


def _rows(sheet: Sheet, marks: _Marks, *, partly: bool) -> Iterator[pl.DataFrame]:
    """The rows to copy, a chunk at a time; never an empty one."""
    near = pl.concat([marks.places[ROW].cast(pl.Int64) + step for step in (-1, 0, 1)]).unique()
    left = MOST_ROWS
    for chunk in sheet.chunks(sheet.headings):
        rows = chunk.filter(pl.col(ROW).cast(pl.Int64).is_in(near.implode())) if partly else chunk
        rows = rows.head(left)
        left -= rows.height
        if rows.height:
            yield rows.select(ROW, *sheet.headings)
        if not left:
            return


def _comment(data: Any, row: int, column: int, texts: list[str] | None) -> int:
    """Write a comment where there is something to say; how many were written."""
    if not texts:
        return 0
    options = {"author": "Werkvloer", "x_scale": 2.5, "y_scale": 1 + 0.4 * len(texts)}
    data.write_comment(row, column, cut("\n\n".join(dict.fromkeys(texts))), options)
    return 1


def _list(
    problems: Any,
    sheet: Sheet,
    causes: Sequence[Cause],
    translate: Translate,
    styles: Styles,
    *,
    partly: bool,
) -> None:
    """Write the second sheet: every kept place in words."""
    count = sum(cause.count for cause in causes)
    problems.write_string(0, 0, translate(_SOME).format(count=f"{count:,}"), styles.title)
    if partly:
        problems.write_string(1, 0, translate(_PARTLY).format(file=sheet.source.name))
    for column, (heading, width) in enumerate(zip(places.HEADINGS, places.WIDTHS, strict=True)):
        problems.set_column(column, column, width)
        problems.write_string(3, column, translate(heading), styles.head)
    for row, line in enumerate(places.rows(causes, translate), start=4):
        for column, value in enumerate(line):
            if isinstance(value, int):
                problems.write_number(row, column, value)
            elif value:
                problems.write_string(row, column, cut(value), styles.wrap)
    problems.freeze_panes(4, 0)
