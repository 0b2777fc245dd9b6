"""Ideas by site: how many for the size of the staff, how fast they are decided, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from metrics.definitions import METRICS
from metrics.metric import Metric
from metrics.results import Table
from metrics.standing_out import standing_out
from metrics.vocabulary import Measure
from pages.people.ideas_followed import IN_TIME
from pages.shared.asked import Asked
from pages.shared.windows import Window

PER_100 = METRICS["ideas.per_100_employees"]
MEAN = METRICS["measure.mean"]


@dataclass(frozen=True, slots=True)
class Places:
    """Sites judged against all others of the company, of which those in the selection are shown.

    Attributes:
        per_100, in_time: `standing_out` by location; None where sites can't be told.
        whole: the value of the whole company for each of these two, where it is told.
        waiting: `location`, `waiting` (undecided ideas) and `oldest` (months).
    """

    per_100: Table | None
    in_time: Table | None
    whole: Mapping[str, float]
    waiting: pl.DataFrame


def places(asked: Asked, window: Window, oldest: Table | None) -> Places:
    """The sites of a selection; ``oldest``: its undecided ideas by location."""
    shown = list(asked.shown())
    company = asked.company()
    empty = pl.DataFrame(schema={"location": pl.String, "waiting": pl.UInt32, "oldest": pl.Float64})
    return Places(
        per_100=_judged(company, window, PER_100, None, shown),
        in_time=_judged(company, window, MEAN, IN_TIME, shown),
        whole={
            code: estimate.value
            for code, table in (
                ("per_100", company.table(PER_100, window)),
                ("in_time", company.table(MEAN, window, measure=IN_TIME)),
            )
            if table is not None and (estimate := table.estimate()) is not None
        },
        waiting=empty
        if oldest is None
        else oldest.rows.group_by("location").agg(waiting=pl.len(), oldest=pl.col("value").max()),
    )


def _judged(
    company: Asked, window: Window, metric: Metric, measure: Measure | None, shown: list[str]
) -> Table | None:
    cells = company.cells(metric, window, "location", measure=measure)
    if cells is None or cells.rows.is_empty():
        return None
    found = standing_out(cells, metric, measure)
    rows = found.rows.filter(pl.col("location").is_in(shown))
    return None if rows.is_empty() else replace(found, rows=rows)
