"""What a table of the data contract is made of: kinds, columns, tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

Kind = Literal[
    "text",
    "code",
    "integer",
    "number",
    "share",
    "date",
    "timestamp",
    "boolean",
    "period",
    "option",
]
Keeping = Literal["as brought", "keyed hash", "counted, then dropped"]

STORED_TYPES: Mapping[Kind, pl.DataType] = MappingProxyType(
    {
        "text": pl.String(),
        "code": pl.String(),
        "option": pl.String(),
        "period": pl.String(),
        "integer": pl.Int64(),
        "number": pl.Float64(),
        "share": pl.Float64(),
        "boolean": pl.Boolean(),
        "date": pl.Date(),
        "timestamp": pl.Datetime("us"),
    }
)
"""The stored form of each kind. A timestamp carries no time zone."""

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "free text, at most 2,000 characters",
        "code": "a short name or number that identifies something, at most 200 characters",
        "integer": "a whole number",
        "number": "a number, with a decimal point or a decimal comma",
        "share": "a number from 0 to 1",
        "date": "a day, `2024-06-30`; of a moment with an offset the day there",
        "timestamp": "a moment, `2024-06-30 14:05`; one with an offset is stored in UTC",
        "boolean": "`true` or `false` (also yes/no, ja/nee, 1/0)",
        "period": "a year, quarter, month or four weeks: `2024`, `2024-Q2`, `2024-06`, `2024-P07`",
        "option": "one of the listed words",
    }
)
"""How each kind is written, for people."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``required`` means filled in every row; any other column may be left out altogether.
    ``low`` and ``high`` are inclusive. ``refers`` names the table in whose key column of the
    same name the value must exist (for ``measure`` the built-in catalogue counts as well).
    """

    name: str
    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    example: str = ""
    about: str = ""
    refers: str = ""
    keeping: Keeping = "as brought"

    @property
    def stored_type(self) -> pl.DataType:
        """The Polars type of the stored form."""
        return STORED_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``key`` columns together occur once among the rows of one import.

    ``wide`` tables may come with one column per ``item`` instead of an item and a score.
    ``no_workers`` tables refuse every column that names a worker. ``not_before`` holds pairs
    (later, earlier) of columns where the first may not lie before the second. ``grain_by``
    are the columns within which all periods must have one grain.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    wide: bool = False
    no_workers: bool = False
    not_before: tuple[tuple[str, str], ...] = ()
    grain_by: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that reach the database."""
        return tuple(c for c in self.columns if c.keeping != "counted, then dropped")

    @property
    def period(self) -> Column | None:
        """The column that holds the row's period, where the table has one."""
        return next((c for c in self.columns if c.kind == "period"), None)

    def column(self, name: str) -> Column:
        """The column called ``name``. Raises ``KeyError`` for a name the table has not."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def schema(self) -> dict[str, pl.DataType]:
        """Name and Polars type of each stored column, in order."""
        return {column.name: column.stored_type for column in self.stored}
