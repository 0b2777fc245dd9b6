"""The first rows of a file as they would be stored, and what is wrong with them.

Looks at a sample only, and at nothing that is stored: what other tables and earlier imports say is
for the check of the whole file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from models.imports.answers import check_wide
from models.imports.cells import parse
from models.imports.contract import TABLES
from models.imports.guessing.sampling import Sample
from models.imports.known import NothingStored, vocabulary
from models.imports.mapping import Mapping, Matched, apply
from models.imports.mapping.language import TableMap
from models.imports.notes import Note, NoteLog
from models.imports.problems import FILE, ROW, Cause, ProblemLog
from models.imports.readers import Sheet
from models.imports.rows import RowRules
from models.imports.sources import Source
from models.imports.spool import Spool

ROWS = 20
"""Rows of a table that a preview shows."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mapping makes of a sample.

    ``tables``: per table its first rows in stored form, wide answers a column per item. Columns
    that are hashed or counted on the way in are null: no code of a person is shown again.
    ``rows`` counts the rows of the sample. ``problems`` are those of all of the sample.
    """

    tables: dict[str, pl.DataFrame]
    rows: int
    problems: tuple[Cause, ...]
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Held:
    """A sample as the body of a sheet."""

    headings: list[str]
    columns: list[str]
    rows: int
    decimal_comma: bool
    notes: tuple[Note, ...]
    damaged: bool
    frame: pl.DataFrame
    day_zero: date | None = None

    def frames(self, _log: ProblemLog | None) -> Iterator[pl.DataFrame]:
        """All of it at once."""
        yield self.frame


def preview(mapping: Mapping, sample: Sample, file: int = 0, rows: int = ROWS) -> Preview:
    """What the ``file``-th [[file]] of a mapping makes of a sample, whatever it is called."""
    log, notes = ProblemLog(), NoteLog()
    matched = Matched(mapping.files[file], ((0, _sheet(sample, log)),))
    tables: dict[str, pl.DataFrame] = {}
    for rule in sorted(matched.rule.tables, key=lambda one: list(TABLES).index(one.table)):
        for frame in _read(mapping, matched, rule, log, notes):
            before = [tables[rule.table]] if rule.table in tables else []
            tables[rule.table] = pl.concat([*before, frame], how="diagonal").head(rows)
    shown = {name: _without_people(name, frame) for name, frame in tables.items()}
    return Preview(shown, sample.cells.height, log.causes(), notes.notes())


def _sheet(sample: Sample, log: ProblemLog) -> Sheet:
    names = list(sample.headings)
    body = _Held(
        names,
        names,
        sample.cells.height,
        sample.decimal_comma,
        notes=(),
        damaged=False,
        frame=sample.cells,
    )
    return Sheet(Source(sample.name, Path()), tuple(names), body, log)


def _read(
    mapping: Mapping, matched: Matched, rule: TableMap, log: ProblemLog, notes: NoteLog
) -> Iterator[pl.DataFrame]:
    table, files = TABLES[rule.table], (matched.names,)
    words = vocabulary(NothingStored().measures())
    alone = replace(table, columns=tuple(replace(column, refers="") for column in table.columns))
    rules = RowRules(alone, Spool(), NothingStored(), words, log)
    for part in apply(mapping, matched, rule, files, log, notes):
        frame = parse(part, files, log)
        rules.check(frame, files)
        if part.items:
            check_wide(frame, part.items, files, words, log)
        made = set(part.frame.columns)
        yield frame.select(name for name in frame.columns if name in made and name != FILE)


def _without_people(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    hidden = [column.name for column in TABLES[name].columns if column.keeping != "as brought"]
    return frame.drop(ROW).with_columns(
        pl.lit(None, pl.String).alias(name) for name in hidden if name in frame.columns
    )
