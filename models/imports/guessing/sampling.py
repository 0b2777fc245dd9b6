"""The first rows of a file: enough to guess by, and never more of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from models.imports import parsing
from models.imports.guessing.contents import Look, look
from models.imports.problems import ROW
from models.imports.readers import Sheet

ROWS = 1_000
"""Rows that a guess looks at."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a file as text, and what each of its columns looks like."""

    name: str
    cells: pl.DataFrame
    decimal_comma: bool = False
    looks: Mapping[str, Look] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file, in order."""
        return tuple(name for name in self.cells.columns if name != ROW)


def sample_of(sheet: Sheet, rows: int = ROWS) -> Sample:
    """The first ``rows`` rows of a sheet."""
    headings = tuple(sheet.headings)
    first = next(sheet.chunks(headings)).head(rows)
    plain = [name for name in headings if parsing.is_plain(first.schema[name])]
    cells = first.select(
        ROW, *(parsing.text(name, first.schema[name]).alias(name) for name in plain)
    )
    looks = {name: look(cells[name].to_list()) for name in plain}
    return Sample(sheet.source.name, cells, sheet.decimal_comma, looks)
