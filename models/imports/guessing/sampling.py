"""The first rows of a file: enough to guess by, and never more of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from models import leftovers
from models.imports import parsing
from models.imports.guessing.contents import Look, look
from models.imports.notes import Note
from models.imports.problems import ROW, Cause, ProblemLog
from models.imports.readers import Sheet, read
from models.imports.reading.headings import Layout
from models.imports.reading.workbook_parts import contents
from models.imports.sources import Source, find

ROWS = 1_000
"""Rows that a guess looks at."""

BYTES = 4 * 1024**2
"""Bytes of a text file that are read for them."""

_TEXT = (".csv", ".tsv")
_IMPORT_ID = '"ImportId"'


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a file as text, and what each of its columns looks like.

    ``notes``: what reading it found out, such as the encoding. ``sheets``: of a workbook.
    ``layout``: where its headings stand, as asked or as found.
    """

    name: str
    cells: pl.DataFrame
    decimal_comma: bool = False
    looks: Mapping[str, Look] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    sheets: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file, in order."""
        return tuple(name for name in self.cells.columns if name != ROW)


def sample_of(
    sheet: Sheet, rows: int = ROWS, sheets: tuple[str, ...] = (), layout: Layout | None = None
) -> Sample:
    """The first ``rows`` rows of a sheet."""
    headings = tuple(sheet.headings)
    first = next(sheet.chunks(headings)).head(rows)
    plain = [name for name in headings if parsing.is_plain(first.schema[name])]
    cells = first.select(
        ROW, *(parsing.text(name, first.schema[name]).alias(name) for name in plain)
    )
    looks = {name: look(cells[name].to_list()) for name in plain}
    return Sample(
        sheet.source.name,
        cells,
        sheet.decimal_comma,
        looks,
        sheet.notes,
        sheets,
        layout or Layout(),
    )


def sample_bytes(
    name: str, content: bytes | memoryview, layout: Layout | None = None
) -> tuple[Sample | None, tuple[Cause, ...]]:
    """The sample of a file that is in memory; None with the reasons where it can't be read.

    Of a large text file only the beginning is written down and read.
    """
    folder, held = leftovers.folder()
    try:
        path = folder / Path(name).name
        path.write_bytes(_beginning(bytes(content[: BYTES + 1]), path.suffix.lower(), content))
        return sample_file(path, layout)
    finally:
        leftovers.forget(folder, held)


def sample_file(
    path: Path, layout: Layout | None = None
) -> tuple[Sample | None, tuple[Cause, ...]]:
    """The sample of a file on disk, or of the first file of a zip."""
    log = ProblemLog()
    for source in find((path,), log).sources:
        sheet = read(source, log, layout)
        if sheet is not None:
            sample = sample_of(sheet, sheets=sheets_of(source), layout=layout)
            if layout is None and _three_headings(sample):
                return sample_file(path, Layout(header_rows=3))
            return sample, ()
    return None, log.causes()


def _three_headings(sample: Sample) -> bool:
    """Whether the questions and Qualtrics' own codes stand in the first rows."""
    second = sample.cells.slice(1, 1).drop(ROW)
    cells = [str(cell) for row in second.rows() for cell in row]
    return bool(cells) and all(_IMPORT_ID in cell for cell in cells)


def sheets_of(source: Source) -> tuple[str, ...]:
    """The names of the sheets of a workbook that can be read; none of any other file."""
    if source.format != ".xlsx":
        return ()
    return tuple(sheet.name for sheet in contents(source.unpacked()).sheets)


def _beginning(start: bytes, ending: str, content: bytes | memoryview) -> bytes:
    """The whole of a small file; of a large text the lines that fit, outside quotation marks."""
    if len(start) <= BYTES or ending not in _TEXT:
        return bytes(content)
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    end = start.rfind(b"\n")
    while end > 0 and start.count(b'"', 0, end) % 2:
        end = start.rfind(b"\n", 0, end)
    # In UTF-16 a line ends in two bytes.
    return start[: (end // 2) * 2] if wide else start[: end + 1]
