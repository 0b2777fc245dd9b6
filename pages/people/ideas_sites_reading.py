"""Ideas by site: how many for the size of the staff, how fast they are decided, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.results import Table
from metrics.standing_out import standing_out
from pages.people.ideas_asking import IN_TIME, Asked
from pages.shared.windows import Window


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


def places(asked: Asked, window: Window) -> Places:
    """The sites of a selection."""
    shown = list(asked.shown())
    oldest = asked.table("ideas.oldest", window, "location")
    empty = pl.DataFrame(schema={"location": pl.String, "waiting": pl.UInt32, "oldest": pl.Float64})
    return Places(
        per_100=_judged(asked, window, "ideas.per_100_employees", None, shown),
        in_time=_judged(asked, window, "measure.mean", IN_TIME, shown),
        whole={
            code: estimate.value
            for code, table in (
                ("per_100", asked.everywhere("ideas.per_100_employees", window)),
                ("in_time", asked.everywhere("measure.mean", window, measure=IN_TIME)),
            )
            if table is not None and (estimate := table.estimate()) is not None
        },
        waiting=empty
        if oldest is None
        else oldest.rows.group_by("location").agg(waiting=pl.len(), oldest=pl.col("value").max()),
    )


def _judged(
    asked: Asked, window: Window, code: str, measure: str | None, shown: list[str]
) -> Table | None:
    metric = METRICS[code]
    of = None if measure is None else CATALOGUE[measure]
    cells = asked.all_cells(metric, window, "location", of=of)
    if cells is None or cells.rows.is_empty():
        return None
    found = standing_out(cells, metric, of)
    rows = found.rows.filter(pl.col("location").is_in(shown))
    return None if rows.is_empty() else replace(found, rows=rows)
