"""Response: who answered of those who were asked."""

import polars as pl

from metrics import intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_

NEEDED = ("responses", "invited")
_SAME = 0.025


def response(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """100 x responses / invited, in percent; Wilson's interval.

    Responses and invitations lie in different cells. Where the cells cover a different part of
    the group (coverages differ by a step or more) their ratio would mislead: no row. More
    responses than invitations give a value above 100 without interval. ``n`` is the number
    invited; over several waves the interval uses invited / waves.
    """
    rows = beside(cells, NEEDED).drop_nulls(NEEDED)
    apart = (pl.col("responses coverage") - pl.col("invited coverage")).abs()
    rows = rows.filter((apart < _SAME) & (pl.col("invited") > 0))
    share = floats(rows, "responses") / floats(rows, "invited")
    asked = floats(rows, "invited") / floats(rows, "invited periods")
    found = intervals.wilson(k=share * asked, n=asked)
    return Outcome(
        rows.with_columns(n=pl.col("invited"), coverage=pl.col("invited coverage")),
        intervals.Intervals(share, found.low, found.high).scaled(100),
    )


RATE = Metric(
    code="response.rate",
    label=N_("Response"),
    formula=N_("100 x responses / invitations"),
    unit="percent",
    better="higher",
    interval=N_("95 %, Wilson; over several waves, invitations / waves counts as the number"),
    counted=N_("invited"),
    source=N_("Wilson (1927)"),
    calculate=response,
    measures=NEEDED,
)
