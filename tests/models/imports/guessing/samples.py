"""Samples of files that are small enough to read."""

import csv
import io
from pathlib import Path

import polars as pl

from models.imports.guessing import Sample
from models.imports.guessing.contents import look
from models.imports.guessing.sampling import sample_file
from models.imports.problems import ROW


def sample(text: str, name: str = "export.csv") -> Sample:
    """A sample of comma-separated lines, without a file."""
    headings, *rows = csv.reader(io.StringIO(text.strip()))
    columns = {
        heading: [row[place] or None if place < len(row) else None for row in rows]
        for place, heading in enumerate(headings)
    }
    cells = pl.DataFrame(columns, schema=dict.fromkeys(headings, pl.String))
    looks = {heading: look(cells) for heading, cells in columns.items()}
    return Sample(name, cells.with_row_index(ROW, offset=2), looks=looks)


def of_file(path: Path) -> Sample:
    """The sample of a file that can be read."""
    found, causes = sample_file(path)
    assert found is not None, causes
    return found
