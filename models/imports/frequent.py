"""How often each value occurs, in bounded memory."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

MOST_VALUES = 10_000
"""Different values that are counted; values that come up later are only known to be there."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that failed, how many times, and the known code that was probably meant."""

    text: str
    count: int
    meant: str | None = None


class Frequent:
    """Counts values; the first MOST_VALUES different ones exactly."""

    def __init__(self, show: Callable[[object], str | None]) -> None:
        self._show = show
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        """How many different values were counted."""
        return len(self._counts)

    def add(self, value: str, count: int = 1) -> None:
        """Count one value."""
        if value in self._counts or len(self._counts) < MOST_VALUES:
            self._counts[value] = self._counts.get(value, 0) + count

    def add_all(self, values: pl.Series) -> None:
        """Count every value that is not null; those shown alike count as one."""
        counted = values.drop_nulls().alias("value").value_counts(sort=True, name="times")
        if counted.height > MOST_VALUES:
            known = pl.Series(list(self._counts), dtype=pl.String)
            shown = pl.col("value").cast(pl.String)
            counted = counted.filter(
                shown.is_in(known.implode()) | (pl.int_range(pl.len()) < MOST_VALUES)
            )
        for value, times in counted.iter_rows():
            self.add(self._show(value) or "", times)

    def top(self, most: int) -> list[Value]:
        """The most frequent values; equal ones in the order found."""
        ordered = sorted(self._counts.items(), key=lambda one: -one[1])
        return [Value(text, count) for text, count in ordered[:most]]
