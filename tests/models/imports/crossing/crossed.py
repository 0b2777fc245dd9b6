"""Tables in stored form, crossed with each other and with a store, without any file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from models.imports import crossing
from models.imports.contract import STORED, TABLES
from models.imports.known import vocabulary
from models.imports.notes import NoteLog
from models.imports.problems import FILE, ROW, Cause, Problem, ProblemLog
from models.imports.spool import Spool

Rows = Sequence[Mapping[str, Any]]
TODAY = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Held:
    """A store that holds these frames."""

    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def _table(self, table: str) -> pl.DataFrame:
        return self.frames.get(table, pl.DataFrame(schema=STORED[table].schema()))

    def values(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        return self._table(table).select(columns).drop_nulls().unique()

    def current(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        wanted = {*STORED[table].key, *columns}
        return self._table(table).select(n for n in STORED[table].names if n in wanted)

    def measures(self) -> pl.DataFrame:
        return self._table("measures")


def frame(table: str, rows: Rows) -> pl.DataFrame:
    """Rows in stored form; days and moments may be written as text."""
    columns = TABLES[table].columns
    texts = {
        column.name: pl.Series(
            [None if row.get(column.name) is None else str(row[column.name]) for row in rows],
            dtype=pl.String,
        )
        for column in columns
    }
    read = {
        "date": lambda name: pl.col(name).str.to_date(),
        "timestamp": lambda name: pl.col(name).str.to_datetime("%Y-%m-%d %H:%M"),
        "boolean": lambda name: pl.col(name) == "true",
    }
    return pl.DataFrame(texts).select(
        read.get(column.kind, lambda name: pl.col(name))(column.name).cast(column.stored_type)
        for column in columns
    )


def held(**tables: Rows) -> Held:
    """A store with these rows."""
    return Held(
        {name: frame(name, rows).select(STORED[name].names) for name, rows in tables.items()}
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules across tables said."""

    causes: tuple[Cause, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def problems(self) -> list[Problem]:
        return [problem for cause in self.causes for problem in cause.examples]

    @property
    def places(self) -> list[tuple[str, str, int | None, str | None]]:
        """Rule, file, row and column."""
        return [(one.rule, one.file, one.row, one.column) for one in self.problems]


def crossed(store: Held | None = None, *, today: date = TODAY, **tables: Rows) -> Found:
    """Cross tables; each is a file of its name, rows count from 2, in two pieces where it can."""
    spool, log, notes = Spool(), ProblemLog(), NoteLog()
    files = tuple(f"{name}.csv" for name in tables)
    for index, (name, rows) in enumerate(tables.items()):
        whole = (
            frame(name, rows)
            .with_row_index(ROW, offset=2)
            .with_columns(pl.lit(index, pl.UInt32).alias(FILE))
        )
        half = (whole.height + 1) // 2
        for piece in (whole.head(half), whole.slice(half)):
            if piece.height:
                spool.append(name, piece.select(FILE, ROW, *TABLES[name].names))
    store = store or Held()
    crossing.check(spool, files, store, vocabulary(store.measures()), log, notes, today)
    found = notes.notes()
    return Found(
        log.causes(),
        tuple(note.message() for note in found),
        tuple(note.message() for note in found if note.warning),
    )
