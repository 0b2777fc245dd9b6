"""Parquet files, by row groups, and XLSX workbooks, whole."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from models.imports.notes import Note
from models.imports.problems import ROW, ProblemLog
from models.imports.reading.headings import Layout, cleaned, names

_FIRST_ROW = 2


class Parquet:
    """A Parquet file; its columns keep their types."""

    decimal_comma = False
    damaged = False
    notes: tuple[Note, ...] = ()

    def __init__(self, path: Path, chunk: int) -> None:
        self._path = path
        self._chunk = chunk
        scan = pl.scan_parquet(path, glob=False)
        self._schema = scan.collect_schema()
        self.headings = [cleaned(name) for name in self._schema.names()]
        self.columns = names(self.headings)
        self.rows = scan.select(pl.len()).collect().item()

    def frames(self, _log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and every column."""
        scan = pl.scan_parquet(self._path, glob=False)
        row = _FIRST_ROW
        for frame in scan.collect_batches(chunk_size=self._chunk, engine="streaming"):
            frame.columns = self.columns
            yield frame.with_row_index(ROW, offset=row)
            row += frame.height


class Workbook:
    """One sheet of an XLSX file; a column keeps the type that its cells have."""

    decimal_comma = False
    damaged = False
    notes: tuple[Note, ...] = ()

    def __init__(self, path: Path, stem: str, _layout: Layout) -> None:
        import fastexcel

        try:
            book = fastexcel.read_excel(path)
            sheet = next((n for n in book.sheet_names if n.lower() == stem), book.sheet_names[0])
            top = book.load_sheet(sheet, header_row=None, n_rows=1, dtypes="string").to_polars()
            frame = book.load_sheet(sheet, schema_sample_rows=None).to_polars()
        except fastexcel.FastExcelError as error:
            raise ValueError(str(error)) from error
        self.headings = [cleaned(value or "") for value in top.row(0)] if frame.width else []
        self.columns = names(self.headings)
        frame.columns = self.columns
        self._frame = frame.with_row_index(ROW, offset=_FIRST_ROW)
        self.rows = frame.height

    def frames(self, _log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and every column."""
        yield self._frame
