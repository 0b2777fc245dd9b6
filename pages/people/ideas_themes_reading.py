"""What ideas are about, and how that changed."""

from dataclasses import dataclass

import polars as pl

from metrics.definitions import METRICS
from metrics.idea_volume import clear
from metrics.results import Table
from pages.shared.asked import Asked
from pages.shared.windows import Window


@dataclass(frozen=True, slots=True)
class Themes:
    """Ideas submitted in the window by theme, the most first, and about customers or not.

    ``by_theme`` and ``by_customer``: the value, ``n``, and where a year ago is known ``growth``
    with ``low`` and ``high`` in percent and whether it is ``clear`` (more than chance).
    """

    by_theme: pl.DataFrame
    by_customer: pl.DataFrame


def themes(asked: Asked, window: Window) -> Themes:
    """The themes of a selection; empty where ideas have none."""
    return Themes(
        _counted(asked, window, "theme"),
        _counted(asked, window, "customer_related"),
    )


def _counted(asked: Asked, window: Window, dim: str) -> pl.DataFrame:
    cells = asked.cells("ideas.funnel", window, dim)
    schema = {"growth": pl.Float64, "low": pl.Float64, "high": pl.Float64, "clear": pl.Boolean}
    if cells is None:
        return pl.DataFrame(schema={dim: pl.String, "n": pl.Int64, **schema})
    sent = (
        METRICS["ideas.funnel"]
        .compute(cells)
        .rows.filter((pl.col("reading") == "reached") & (pl.col("stage") == "submitted"))
        .select(dim, "n")
        .sort("n", dim, descending=[True, False])
    )
    growth = asked.table("ideas.growth", window, dim)
    if growth is None or growth.rows.is_empty():
        return sent.with_columns(
            pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items()
        )
    return sent.join(_grown(growth, dim), on=dim, how="left", maintain_order="left")


def _grown(growth: Table, dim: str) -> pl.DataFrame:
    return growth.rows.select(dim, "low", "high", growth="value").with_columns(
        clear=pl.Series(clear(growth), dtype=pl.Boolean)
    )
