"""Checked rows on their way to the database, on disk, so that memory stays bounded."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from models import leftovers
from models.imports.contract import TABLES


class Spool(Mapping[str, pl.LazyFrame]):
    """Per table of the contract the rows read so far, in stored form, with FILE and ROW.

    A mapping from table name to a lazy frame over all its rows in the order in which they came.
    Rows that only the check needs may lie beside them under other names; they are not listed.
    Employee ids and submitters are as brought, so the folder is the owner's only, and goes when
    the spool is forgotten.
    """

    def __init__(self, parent: Path | None = None) -> None:
        self._folder = leftovers.folder_of(self, "spool-", parent)
        self._pieces: dict[str, list[Path]] = {}
        self._heights: dict[str, int] = {}

    def append(self, table: str, rows: pl.DataFrame) -> None:
        """Add rows of a table; they have FILE, ROW and every column of the contract."""
        pieces = self._pieces.setdefault(table, [])
        path = self._folder / f"{table}-{len(pieces):06d}.arrow"
        rows.write_ipc(path, compression="uncompressed")
        pieces.append(path)
        self._heights[table] = self._heights.get(table, 0) + rows.height

    def height(self, table: str) -> int:
        """How many rows of a table there are."""
        return self._heights.get(table, 0)

    def chunks(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows of a table, a piece at a time."""
        for path in self._pieces.get(table, []):
            yield pl.read_ipc(path)

    def __getitem__(self, table: str) -> pl.LazyFrame:
        return pl.scan_ipc(self._pieces[table])

    def __iter__(self) -> Iterator[str]:
        """The tables that have rows, in the order of the contract."""
        return (name for name in TABLES if name in self._pieces)

    def __len__(self) -> int:
        return sum(1 for _ in self)
