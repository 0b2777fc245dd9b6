"""Delimited text: comma, semicolon, tab or bar, told from the first lines."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from metrics.words import N_
from models.imports.notes import Note
from models.imports.parsing import tidy
from models.imports.problems import ROW, Problem, ProblemLog
from models.imports.reading.headings import (
    HEADINGS_BELOW,
    Layout,
    cleaned,
    headings_row,
    looked_at,
    names,
)
from models.imports.reading.records import Damage, Record, pieces, records
from models.imports.reading.texts import DAMAGED, UTF_8, Text, text_of
from models.imports.unpacking import Scratch

SEPARATORS = (",", ";", "\t", "|")

ENCODING = N_("{file} is written in {encoding}; it was read so.")

_SAMPLE = 4 * 1024**2
_SAMPLE_LINES = 20
_MARKED = f"[{chr(DAMAGED)}-{chr(DAMAGED + 0xFF)}]"


class Delimited:
    """A text of records. A semicolon between cells means that a comma in a number is decimal.

    A first line `sep=;`, which Excel hides, says the separator and is no row.

    Raises:
        NotText, OSError: it can't be read as text.
    """

    def __init__(self, file: str, path: Path, layout: Layout, scratch: Scratch) -> None:
        self._file = file
        self._text = text_of(path, scratch)
        sample = _sample(self._text)
        self._start, self._separator = _separator(self._text.start, sample)
        top = records(sample[self._start - self._text.start :], self._separator)
        top_cells = [
            [] if isinstance(one, Damage) else one for one in islice(top, looked_at(layout))
        ]
        row = headings_row(top_cells, layout)
        self._headings_row = row or 0
        self._first_row = self._headings_row + layout.header_rows
        self.damaged = False
        self.day_zero: date | None = None
        self._reported = 0
        self.headings = [cleaned(cell) for cell in top_cells[row - 1]] if row else []
        self.columns = names(self.headings)
        self.rows = max(self._text.lines - self._headings_row, 1)
        self.decimal_comma = self._separator == ";"
        self.notes = self._notes(layout)

    def _notes(self, layout: Layout) -> tuple[Note, ...]:
        notes = []
        if self._text.encoding != UTF_8:
            notes.append(Note(ENCODING, {"file": self._file, "encoding": self._text.encoding}))
        if layout.header_row is None and self._headings_row > 1 + layout.skip_rows:
            row = f"{self._headings_row:,}"
            notes.append(Note(HEADINGS_BELOW, {"file": self._file, "row": row}))
        return tuple(notes)

    def frames(self, log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and every column as text; rows that are damaged are left out, once with a word."""
        row = 1
        for piece in pieces(self._text.path, self._start, self._separator):
            frame, row = self._frame(piece, row, log)
            frame = frame.filter(pl.col(ROW) >= self._first_row)
            yield self._without_damage(frame, log) if self._text.damaged else frame

    def _frame(
        self, piece: bytes | list[Record], row: int, log: ProblemLog | None
    ) -> tuple[pl.DataFrame, int]:
        """The records of a piece, the first of them at ``row``, and the row after them."""
        if isinstance(piece, bytes):
            try:
                frame = pl.read_csv(
                    piece,
                    separator=self._separator,
                    has_header=False,
                    schema=dict.fromkeys(self.columns, pl.String()),
                )
                tidied = frame if _is_tidy(piece, self._separator) else tidy(frame)
                return tidied.with_row_index(ROW, offset=row), row + frame.height
            except pl.exceptions.PolarsError:
                # Most often a row with too many cells; one by one they are told apart.
                piece = list(records(piece, self._separator))
        return self._one_by_one(piece, row, log), row + len(piece)

    def _one_by_one(self, found: list[Record], row: int, log: ProblemLog | None) -> pl.DataFrame:
        width = len(self.columns)
        rows: list[int] = []
        kept: list[list[str]] = []
        for place, record in enumerate(found, start=row):
            if isinstance(record, Damage):
                self._report(log, record.rule, place)
                continue
            if len(record) > width and any(cell.strip() for cell in record[width:]):
                params = {"found": str(len(record)), "expected": str(width)}
                self._report(log, "too_many_fields", place, params)
            rows.append(place)
            kept.append(record[:width] + [""] * (width - len(record)))
        schema = {name: pl.String() for name in self.columns}
        frame = tidy(pl.DataFrame(kept, schema=schema, orient="row"))
        return frame.insert_column(0, pl.Series(ROW, rows, pl.UInt32))

    def _without_damage(self, frame: pl.DataFrame, log: ProblemLog | None) -> pl.DataFrame:
        """The rows without bytes of another encoding; the others are reported."""
        marked = pl.any_horizontal(pl.col(self.columns).str.contains(_MARKED))
        wrong = frame.filter(marked.fill_null(value=False))
        if wrong.is_empty():
            return frame
        cells = pl.concat_str(self.columns, ignore_nulls=True).str.extract(f"({_MARKED})")
        for place, sign in wrong.select(ROW, cells.alias("sign")).iter_rows():
            byte = f"0x{ord(sign) - DAMAGED:02X}"
            self._report(log, "not_utf8", place, {"found": byte})
        return frame.join(wrong, on=ROW, how="anti", maintain_order="left")

    def _report(
        self, log: ProblemLog | None, rule: str, row: int, params: dict[str, str] | None = None
    ) -> None:
        """Report a row once, though the file may be read several times."""
        if log is not None and row > self._reported and row >= self._first_row:
            self.damaged = True
            self._reported = row
            log.add(Problem(rule, self._file, row, params=params or {}))


_BLANKS = (9, 11, 12, *range(28, 33))
_WIDE_BLANKS = re.compile(rb"\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80|\xe2\x81\x9f|\xe3\x80\x80")


def _is_tidy(piece: bytes, separator: str) -> bool:
    """Whether no cell begins or ends with a blank, and none is empty between quotation marks."""
    if b'"' in piece or (not piece.isascii() and _WIDE_BLANKS.search(piece)):
        return False
    edge = np.zeros(256, bool)
    edge[[ord(separator), *b"\r\n"]] = True
    blank = np.zeros(256, bool)
    blank[list(_BLANKS)] = True
    blank &= ~edge
    signs = np.frombuffer(piece, np.uint8)
    at = np.flatnonzero(blank[signs])
    if not len(at):
        return True
    if at[0] == 0 or at[-1] == len(piece) - 1:
        return False
    return not (edge[signs[at - 1]] | edge[signs[at + 1]]).any()


def _sample(text: Text) -> bytes:
    """The first whole lines, up to 4 MiB; a longer first line as far as that."""
    with text.path.open("rb") as file:
        file.seek(text.start)
        sample = file.read(_SAMPLE)
    return sample[: sample.rfind(b"\n") + 1] or sample if len(sample) == _SAMPLE else sample


def _separator(start: int, sample: bytes) -> tuple[int, str]:
    """Where the records begin, and what stands between cells.

    It is the sign that stands equally often, outside quotation marks, in the most of the first
    lines; of several, the one that the first line has most of.
    """
    hint = re.match(rb'"?sep=(.)"?\r?\n', sample)
    if hint:
        return start + hint.end(), hint.group(1).decode("latin-1")
    bare = re.sub(rb'"[^"]*"', b"", sample[: 256 * 1024]).decode("utf-8", "replace")
    lines = [line for line in bare.splitlines()[: _SAMPLE_LINES + 1] if line.strip()]

    def fitness(separator: str) -> tuple[int, int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        often, lines_of_it = max(counts.items(), key=lambda item: item[::-1], default=(0, 0))
        return lines_of_it, lines[0].count(separator), often

    return start, max(SEPARATORS, key=fitness) if lines else ","
