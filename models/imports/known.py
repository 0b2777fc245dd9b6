"""What the files may refer to: the catalogue's measures and what is stored already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models.imports.contract import STORED


class Stored(Protocol):
    """What an import asks the database about rows of earlier batches."""

    def values(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """The distinct filled values of ``columns`` in a stored table."""
        ...

    def current(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """What stands in a stored table, per key the newest row: its key and ``columns``."""
        ...

    def measures(self) -> pl.DataFrame:
        """The company's own measures as stored."""
        ...


@dataclass(frozen=True, slots=True)
class NothingStored:
    """An empty database."""

    def values(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """No rows, of the right types."""
        schema = STORED[table].schema()
        return pl.DataFrame(schema={name: schema[name] for name in columns})

    def current(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """No rows, of the right types."""
        types = STORED[table].schema()
        wanted = {*STORED[table].key, *columns}
        return pl.DataFrame(schema={name: kind for name, kind in types.items() if name in wanted})

    def measures(self) -> pl.DataFrame:
        """No rows."""
        return pl.DataFrame(schema=STORED["measures"].schema())


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest score of an item; None where there is no end."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Codes that may be used: of ready-made figures, and of survey items with their scales."""

    measures: frozenset[str]
    items: Mapping[str, Scale] = field(default_factory=dict)


def vocabulary(own: pl.DataFrame) -> Vocabulary:
    """Built-in measures and items together with the company's own."""
    usable = own.filter(
        pl.all_horizontal(
            pl.col(c.name).is_not_null() for c in STORED["measures"].columns if c.required
        )
    )
    mine = from_rows(usable).values()
    surveyed = [m for m in CATALOGUE.values() if m.subject == "survey"]
    # A headcount is never told as a figure, but sizes a site that has no assignments.
    told = {code for code, measure in CATALOGUE.items() if measure.as_figure} | {"headcount"}
    return Vocabulary(
        frozenset(told) | frozenset(own["measure"].drop_nulls()),
        {**_items(surveyed), **dict.fromkeys(own["measure"].drop_nulls(), Scale()), **_items(mine)},
    )


def _items(measures: Iterable[Measure]) -> dict[str, Scale]:
    """The scale of each item: that of the first measure that asks it, before its severe cut-off."""
    return {item: _scale(measure) for measure in [*measures][::-1] for item in measure.items}


def _scale(measure: Measure) -> Scale:
    """The scale of a measure's items, which for some is not that of the measure.

    Net promoter items run 0-10. Yes-no items of the catalogue are 0 or 1; a company's own may
    also be 0 to 100.
    """
    if measure.transform == "nps":
        return Scale(0, 10)
    if measure.transform == "binary" and measure.subject == "survey":
        return Scale(0, 1)
    return Scale(measure.low, measure.high)
