"""Parquet files, a batch of rows at a time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from models.imports.notes import Note
from models.imports.parsing import tidy
from models.imports.problems import ROW, ProblemLog
from models.imports.reading.headings import cleaned, names
from models.imports.unpacking import TooLarge, too_large

_FIRST_ROW = 2
_CHUNK = 100_000
_TEXT_LIMIT = 1024**3


class Parquet:
    """A Parquet file; its columns keep their types.

    Raises:
        TooLarge: it has more cells than its size allows for, so that it must be a bomb.
        PolarsError, OSError: it can't be read.
    """

    decimal_comma = False
    damaged = False
    day_zero: date | None = None
    notes: tuple[Note, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        scan = pl.scan_parquet(path, glob=False)
        self.headings = [cleaned(name) for name in scan.collect_schema().names()]
        self.columns = names(self.headings)
        self.rows: int = scan.select(pl.len()).collect().item()
        if too_large(self.rows * len(self.columns), path.stat().st_size):
            raise TooLarge(path.name)

    def frames(self, _log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """ROW and every column."""
        scan = pl.scan_parquet(self._path, glob=False)
        row = _FIRST_ROW
        for frame in scan.collect_batches(chunk_size=_CHUNK, engine="streaming"):
            frame.columns = self.columns
            # One text that stands in a million rows is stored once: it would unfold from here on.
            if _bytes_of_text(frame) > _TEXT_LIMIT:
                raise TooLarge(self._path.name)
            yield tidy(frame).with_row_index(ROW, offset=row)
            row += frame.height


def _bytes_of_text(frame: pl.DataFrame) -> int:
    """What the text of a frame would take if every cell had its own."""
    lengths = [
        (pl.col(name).str if dtype == pl.String else pl.col(name).cat).len_bytes().sum()
        for name, dtype in frame.schema.items()
        if dtype in (pl.String, pl.Categorical, pl.Enum)
    ]
    return sum(frame.select(lengths).row(0)) if lengths else 0
