"""Made-up companies with a known truth, to try the estimators on."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from metrics.intervals import FloatArray
from metrics.link.panel import Panel, Side

Rng = np.random.Generator


def months(count: int) -> tuple[str, ...]:
    return tuple(f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(count))


def names(count: int) -> tuple[str, ...]:
    return tuple(f"S{at:03}" for at in range(count))


def persistent(rng: Rng, sites: int, periods: int, by: float = 0.5) -> FloatArray:
    """A first-order autoregression per site, of variance one."""
    values = rng.normal(size=(sites, periods))
    for at in range(1, periods):
        values[:, at] = by * values[:, at - 1] + np.sqrt(1 - by**2) * values[:, at]
    return values


def side(values: FloatArray, n: FloatArray | float = 100.0, spread: float = 0.0) -> Side:
    count = np.broadcast_to(np.asarray(n, dtype=np.float64), values.shape).copy()
    return Side(values, np.where(np.isnan(values), np.nan, count), spread**2 / count)


def panel_of(x: FloatArray, y: FloatArray, n: FloatArray | float = 100.0) -> Panel:
    sites, periods = x.shape
    return Panel(names(sites), months(periods), side(x, n), side(y, n), {})


def rows_of(values: FloatArray, periods: Sequence[str], n: float = 100.0) -> pl.DataFrame:
    """The rows of a table by location and period, with intervals one wide on each side."""
    table = [
        (site, period, value, value - 1, value + 1, n)
        for site, line in zip(names(values.shape[0]), values, strict=True)
        for period, value in zip(periods, line, strict=True)
        if np.isfinite(value)
    ]
    return pl.DataFrame(
        table, schema=["location", "period", "value", "low", "high", "n"], orient="row"
    )
