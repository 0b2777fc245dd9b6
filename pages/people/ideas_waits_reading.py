"""How long ideas wait: in days where the release tells it, else in months."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from metrics.definitions import METRICS
from metrics.idea_floor import Heard, heard
from metrics.idea_months import DECIDED, life_tables
from metrics.life_tables import DECISION, groups_differ
from metrics.results import Cells, Table
from metrics.survival import LogRank, log_rank
from pages.shared.asked import Asked
from pages.shared.windows import Window

WHOLE: Final = ""
GROUPS: Final = ("desk_type", "theme", "customer_related", "region", "kind")
"""What waits are compared by, in the order of the page; all together first."""

CURVE: Final = "ideas.time_to_decision"
HALF: Final = "ideas.median_to_decision"
MOST: Final = 8
"""More groups than this are not told apart in one picture."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long ideas wait for a decision.

    Attributes:
        half, built: when half are decided, in all; when half of the accepted ideas are implemented.
        curves: the share decided by age, in all (`WHOLE`) and by group.
        differ: whether the groups wait alike.
        heard: the floor against the office, of the whole company; None where that is not told.
    """

    half: Table | None
    built: Table | None
    curves: Mapping[str, Table]
    differ: Mapping[str, LogRank]
    heard: Heard | None


def waits(asked: Asked, window: Window) -> Waits:
    """The waits of a selection."""
    curves, differ = {}, {}
    for group in (WHOLE, *GROUPS):
        by = (group,) if group else ()
        table = _curve(asked, window, by)
        if table is None or table.rows.is_empty():
            continue
        if group and not 1 < table.rows[group].n_unique() <= MOST:
            continue
        curves[group] = table
        test = _test(asked, window, group, in_days="age" in table.by) if group else None
        if test is not None:
            differ[group] = test
    return Waits(
        half=_half(asked, window),
        built=asked.table("ideas.median_to_implementation", window),
        curves=curves,
        differ=differ,
        heard=_heard(asked, window),
    )


def _curve(asked: Asked, window: Window, by: tuple[str, ...]) -> Table | None:
    """In days if the window holds a quarter that is told, else in months."""
    table = (
        asked.company().table(CURVE, window, *by)
        if by == ("desk_type",)
        else asked.table(CURVE, window, *by)
    )
    if table is not None and not table.rows.is_empty():
        return table
    cells = asked.cells(DECIDED, window, *by)
    return None if cells is None else DECIDED.compute(cells)


def _half(asked: Asked, window: Window) -> Table | None:
    table = asked.table(HALF, window)
    if table is not None and not table.rows.is_empty():
        return table
    months = METRICS[HALF].otherwise
    cells = asked.cells(months, window) if months is not None else None
    return None if cells is None or months is None else months.compute(cells)


def _test(asked: Asked, window: Window, group: str, *, in_days: bool) -> LogRank | None:
    if in_days:
        cells = _by_age(asked, window, group)
        return None if cells is None else groups_differ(cells, DECISION)
    cells = asked.cells(DECIDED, window, group)
    if cells is None:
        return None
    return log_rank([each.table for each in life_tables(cells, "decision").values()])


def _by_age(asked: Asked, window: Window, group: str) -> Cells | None:
    """The life tables of a group, which know no places: of the whole company."""
    return asked.company().cells(CURVE, window, group)


def _heard(asked: Asked, window: Window) -> Heard | None:
    company = asked.company()
    medians = company.table(HALF, window, "desk_type")
    if medians is None or medians.rows.is_empty():
        return None
    cells = company.cells(CURVE, window, "desk_type")
    accepted = company.table("ideas.acceptance", window, "desk_type")
    return None if cells is None else heard(cells, medians, accepted)
