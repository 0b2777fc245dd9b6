"""Whether a block of life tables keeps the rules, judged from its cells alone.

For `release.inspection`, which has checked its form by then.
"""

from collections.abc import Iterator

import polars as pl

from release.blocks import Block
from release.periods import Grain, PeriodError, parse
from release.subjects import SUBJECTS

RULES = {
    "quarter": "is a life table of something else than a quarter",
    "one-value": "has cells that have none, or several, of the values that their view splits by",
    "unit": "has units of time that are none",
    "life-table": "tells something else of a life table than how many and how much",
    "beyond": "tells that more were exposed, or ended, than were at risk, or fewer than none",
}
"""Why a block of life tables is refused, beside the rules of all blocks."""

UNIT = r"^[0-9]{3}-[0-9]{3}$"
"""What stands for a unit of time (`release.exposures.named`)."""

YEAR, OF_A_YEAR = "year", "stayed_a_year"
"""What stands there instead, for the one measure that is told of a whole year."""

ROOM = 20
"""A number told with noise is further from the truth than this less than once in 10^8 numbers."""


def broken(block: Block, minimum: int) -> Iterator[tuple[str, int]]:
    """The rules of life tables that a block breaks, with the number of places; also by 0 places."""
    subject = SUBJECTS[block.subject]
    cells, values = block.cells, block.values
    yield "quarter", int(not of_grain(block.period, "quarter"))
    yield (
        "one-value",
        sum(
            int((cells.filter(pl.col("view") == view.name)[dim].list.len() != 1).sum())
            for view in subject.views
            for dim in view.dims
        ),
    )
    unit = pl.col(subject.first.dims[0]).list.first().alias("unit")
    told = values.join(cells.select("cell", "people", unit), on="cell")
    yield "unit", told.filter(~_has_unit(pl.col("measure"), pl.col("unit"))).height
    yield "people-under-minimum", cells.filter(pl.col("people") < minimum).height
    yield "n-under-minimum", told.filter(pl.col("n") < minimum).height
    yield "n-over-people", told.filter(pl.col("n") > pl.col("people")).height
    yield "overlap", int(cells.select("view", *subject.dims).is_duplicated().sum())
    yield (
        "life-table",
        values.filter(
            pl.col("total").is_null()
            | pl.col("squares").is_not_null()
            | pl.col("at_risk").is_not_null()
            | pl.col("at_least")
        ).height,
    )
    # Nobody adds more than one to any of these numbers, and all of them carry noise.
    outside = (pl.col("total") > pl.col("n") + ROOM) | (pl.col("total") < -ROOM)
    yield "beyond", values.filter(outside.fill_null(value=False)).height


def _has_unit(measure: pl.Expr, unit: pl.Expr) -> pl.Expr:
    # Of equal length, so these texts sort as their numbers do.
    some_time = unit.str.contains(UNIT) & (unit.str.head(3) < unit.str.tail(3))
    # A cell without any breaks another rule.
    found = pl.when(measure == OF_A_YEAR).then(unit == YEAR).otherwise(some_time)
    return found.fill_null(value=True)


def of_grain(period: str, grain: Grain) -> bool:
    """Whether a text is a period of this length."""
    try:
        return parse(period).grain == grain
    except PeriodError:
        return False
