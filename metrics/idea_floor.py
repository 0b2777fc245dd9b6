"""Is the floor heard as fast as the office: the wait and the acceptance of both, held together."""

from dataclasses import dataclass, replace

import polars as pl

from metrics.differences import difference, excludes_zero
from metrics.intervals import Intervals
from metrics.life_tables import DECISION, groups_differ
from metrics.results import Cells, Table
from metrics.sums import floats
from metrics.survival import LogRank

OFFICE, FLOOR = "desk", "non_desk"
SURE = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """The floor against the office.

    Attributes:
        test: the log-rank test of the wait for a decision; None: not both are told.
        office, floor: days (months) by which half is decided; None: not told, or not reached.
        acceptance: accepted of decided, floor less office, in points of percent; None: not told.
    """

    test: LogRank | None
    office: float | None
    floor: float | None
    acceptance: Intervals | None

    @property
    def slower(self) -> bool | None:
        """Whether the floor waits longer (True) or shorter (False); None: no clear difference."""
        if self.test is None or self.test.p >= SURE:
            return None
        if self.office is None or self.floor is None or self.office == self.floor:
            return None
        return self.floor > self.office

    @property
    def accepted_differs(self) -> bool:
        """Whether the interval of the difference in acceptance excludes zero."""
        return self.acceptance is not None and bool(excludes_zero(self.acceptance)[0])


def heard(waits: Cells, medians: Table | None, accepted: Table | None) -> Heard:
    """Compare both.

    Args:
        waits: the life table of decisions by `desk_type` and age.
        medians, accepted: `ideas.median_to_decision` and `ideas.acceptance` by `desk_type`.
    """
    both = waits.rows.filter(pl.col("desk_type").is_in([OFFICE, FLOOR]))
    half = dict(medians.rows.select("desk_type", "value").iter_rows()) if medians else {}
    return Heard(
        groups_differ(replace(waits, rows=both), DECISION),
        half.get(OFFICE),
        half.get(FLOOR),
        _apart(accepted),
    )


def _apart(accepted: Table | None) -> Intervals | None:
    if accepted is None:
        return None
    floor, office = (accepted.rows.filter(pl.col("desk_type") == kind) for kind in (FLOOR, OFFICE))
    if floor.height != 1 or office.height != 1:
        return None
    return difference(now=_estimate(floor), before=_estimate(office))


def _estimate(row: pl.DataFrame) -> Intervals:
    return Intervals(*(floats(row, name) for name in ("value", "low", "high")))
