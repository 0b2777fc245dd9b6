"""Whether a block of sums, or of figures of a year, tells no more than that, from its values alone.

For `release.inspection`, which has checked its form by then.
"""

from collections.abc import Iterator

import polars as pl

from release.blocks import Block
from release.durations_inspection import of_grain
from release.subjects import SUBJECTS

PAY_STEP = 500
"""Mean pay is told in steps of so many euros."""

BY_YEAR = ("pay", "reliability")
"""Subjects of which a period is a year, whatever the installation's grain."""

RULES = {
    "year": "tells of another period than a year what is told by the year",
    "only-sums": "tells more of records than sums",
    "pay": "tells mean pay more closely than by steps of 500",
}
"""Why such a block is refused, beside the rules of all blocks."""

_TOLERANCE = 1e-9


def broken(block: Block) -> Iterator[tuple[str, int]]:
    """The rules of records that a block breaks, with the number of places; also by 0 places."""
    of_year = block.subject in BY_YEAR
    yield "year", int(of_year and not of_grain(block.period, "year"))
    summed = of_year or SUBJECTS[block.subject].counts
    more = pl.any_horizontal(pl.col("squares", "at_risk").is_not_null())
    yield "only-sums", block.values.filter(more).height if summed else 0
    pay = block.values.filter(pl.col("measure") == "annual_cost")
    mean = pl.col("total") / pl.col("n") / PAY_STEP
    yield "pay", pay.filter((mean - mean.round()).abs() > _TOLERANCE).height
