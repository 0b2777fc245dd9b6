"""What a year of work and a leaver cost: mean pay by job family, and shares of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from metrics.intervals import FloatArray
from metrics.results import Cells

PAY: Final = "annual_cost"


class TriangleError(ValueError):
    """The three numbers are no triangle."""


@dataclass(frozen=True, slots=True)
class Triangle:
    """An uncertain number: at least ``low``, most likely ``mode``, at most ``high``.

    Raises:
        TriangleError: not in that order, or below 0.
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mode <= self.high:
            raise TriangleError(
                f"{self.low:g}, {self.mode:g}, {self.high:g}: write the least, the most likely and "
                "the most in that order, 0 or more"
            )

    @property
    def mean(self) -> float:
        """(a + m + b) / 3."""
        return (self.low + self.mode + self.high) / 3

    def quantile(self, share: FloatArray) -> FloatArray:
        """The number below which a share (0 to 1) of the distribution lies."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(share, self.low)
        rising = (self.mode - self.low) / width
        left = self.low + np.sqrt(share * width * (self.mode - self.low))
        right = self.high - np.sqrt((1 - share) * width * (self.high - self.mode))
        return np.where(share < rising, left, right)


STANDARD: Final = Triangle(0.16, 0.21, 0.30)
"""A leaver as a share of a year's pay: median 21 % of 27 case studies (Boushey & Glynn 2012)."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a question needs to be told in euros.

    Attributes:
        families: mean yearly pay per ``job_family``: ``pay``; families that are not told lack.
        whole: the mean yearly pay of all.
        mix: the question's cells, split further by job family; None where that is not told.
        shares: what a leaver costs, as a share of a year's pay.
        year: of the pay.
    """

    families: pl.DataFrame
    whole: float
    mix: Cells | None
    shares: Triangle
    year: str


def per_family(cells: Cells) -> pl.DataFrame:
    """`job_family` and `pay` (EUR a year) of released pay, grouped by job family."""
    return cells.rows.filter((pl.col("measure") == PAY) & (pl.col("n_known") > 0)).select(
        "job_family", pay=pl.col("total") / pl.col("n_known")
    )


def mean_pay(cells: Cells) -> float | None:
    """The mean yearly pay of all, from ungrouped cells; None without any."""
    rows = cells.rows.filter((pl.col("measure") == PAY) & (pl.col("n_known") > 0))
    return float(rows["total"][0] / rows["n_known"][0]) if rows.height else None


def pay_of(rows: pl.DataFrame, code: str, by: Sequence[str], prices: Prices) -> pl.Series:
    """The mean yearly pay of the people that ``code`` counts, per row.

    sum over job families of count x pay of the family, and the company's mean for the rest of the
    group's count, over the count. A group that counts nobody, or whose job families are not told,
    has the company's mean.

    Args:
        rows: a row per group, as `beside` gives them, with ``code``.
        by: the dimensions of the groups.
    """
    if prices.mix is None:
        return pl.Series("pay", [prices.whole] * rows.height, dtype=pl.Float64)
    keys = list(by) or ["group"]
    split = prices.mix.rows if by else prices.mix.rows.with_columns(group=pl.lit(0))
    told = (
        split.filter((pl.col("measure") == code) & (pl.col("total") > 0))
        .join(prices.families, on="job_family")
        .group_by(keys)
        .agg(known=pl.col("total").sum(), paid=(pl.col("total") * pl.col("pay")).sum())
    )
    filled = rows.join(told, on=keys, how="left", nulls_equal=True, maintain_order="left")
    # Noise can make the parts more than the whole.
    every = pl.max_horizontal(code, pl.col("known").fill_null(0))
    rest = every - pl.col("known").fill_null(0)
    mean = (pl.col("paid").fill_null(0) + rest * prices.whole) / every
    return filled.select(pay=pl.when(every > 0).then(mean).otherwise(prices.whole))["pay"]
