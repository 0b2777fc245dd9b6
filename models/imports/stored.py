"""What the database holds, as an import asks for it. Only for the child process."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from models.imports.contract import STORED
from models.raw import current, query
from models.tables import RAW


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows of earlier batches, read through an ADBC connection."""

    connection: Any

    def values(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """The distinct filled values of ``columns`` in a stored table."""
        schema = STORED[table].schema()
        filled = " AND ".join(f"{name} IS NOT NULL" for name in columns)
        return query(
            self.connection,
            f"SELECT DISTINCT {', '.join(columns)} FROM {RAW}{table} WHERE {filled}",
            {name: schema[name] for name in columns},
        )

    def current(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """What stands in a stored table, per key the newest row: its key and ``columns``."""
        return current(self.connection, table, columns=columns).drop("batch")

    def measures(self) -> pl.DataFrame:
        """The company's own measures as they stand."""
        return current(self.connection, "measures").select(STORED["measures"].names)
