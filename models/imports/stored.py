"""What the database holds, as an import asks for it. Only for the child process."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from models.imports.contract import STORED
from models.raw import current, query
from models.tables import RAW


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows of earlier batches, read through an ADBC connection.

    Attributes:
        without: a batch that is left out, since the files that are checked take its place.
    """

    connection: Any
    without: int | None = None

    def values(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """The distinct filled values of ``columns`` in a stored table."""
        schema = STORED[table].schema()
        filled = [*(f"{name} IS NOT NULL" for name in columns), *self._others]
        return query(
            self.connection,
            f"SELECT DISTINCT {', '.join(columns)} FROM {RAW}{table} WHERE {' AND '.join(filled)}",
            {name: schema[name] for name in columns},
        )

    def current(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """What stands in a stored table, per key the newest row: its key and ``columns``."""
        where = " AND ".join(self._others)
        return current(self.connection, table, where, columns).drop("batch")

    def measures(self) -> pl.DataFrame:
        """The company's own measures as they stand."""
        return self.current("measures", ()).select(STORED["measures"].names)

    @property
    def _others(self) -> list[str]:
        """The condition that a row is of no batch that is left out, where there is one."""
        return [] if self.without is None else [f"batch <> {self.without:d}"]


def standing(connection: Any) -> frozenset[int]:
    """The batches that were not undone."""
    found = query(connection, "SELECT id FROM batch WHERE undone_at IS NULL", {"id": pl.Int64()})
    return frozenset(found["id"])
