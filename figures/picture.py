"""What every builder gives back, and what it needs to speak the reader's language."""

from dataclasses import dataclass
from typing import Protocol

import plotly.graph_objects as go
import polars as pl


class Words(Protocol):
    """The reader's language (`translations.words.Words` is one)."""

    def __call__(self, text: str) -> str: ...

    def value(self, value: float | None, unit: str) -> str: ...

    def interval(self, low: float | None, high: float | None, unit: str) -> str: ...

    def number(self, value: float | None, decimals: int = 0) -> str: ...

    def period(self, period: str | None, *, short: bool = False) -> str: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with a text that says what it shows and a table that holds the same numbers.

    ``alt``: one or two sentences for who cannot see the figure.
    ``table``: column names are visible words in the reader's language; numbers stay numbers.
    """

    figure: go.Figure
    alt: str
    table: pl.DataFrame
