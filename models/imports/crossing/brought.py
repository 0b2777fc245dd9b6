"""What an import brings, as the rules across tables ask for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from models.imports.known import Stored, Vocabulary
from models.imports.notes import NoteLog
from models.imports.problems import ProblemLog
from models.imports.spool import Spool

RowRule = Callable[[pl.DataFrame], None]
"""Looks at some rows of one table and reports what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The checked rows with what they are held against, and where findings go.

    ``today`` is the day of the import: what happened can't lie after it. ``sites`` are the
    location, first and last day of every site that has one.
    """

    spool: Spool
    files: tuple[str, ...]
    stored: Stored
    words: Vocabulary
    log: ProblemLog
    notes: NoteLog
    today: date
    sites: pl.DataFrame

    def report(
        self,
        rule: str,
        failing: pl.DataFrame,
        column: str,
        value: str,
        params: Sequence[str] = (),
        **fixed: str,
    ) -> None:
        """Add a problem for each failing row; ``params`` name columns that fill the texts."""
        if failing.height:
            self.log.add_rows(
                rule,
                failing,
                self.files,
                column=column,
                value=value,
                params=fixed,
                param_columns=params,
            )


def distinct(rows: pl.LazyFrame, column: str) -> pl.Series:
    """The different filled values of a column, in memory that grows with them alone."""
    unique = rows.select(pl.col(column).drop_nulls().unique())
    return unique.collect(engine="streaming")[column]
