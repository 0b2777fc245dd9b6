"""Released life tables as durations are computed from them.

A row of the release is one unit of time: ``n`` people were at risk at the first day of a piece of
it (the part that lies in one quarter), ``exposed`` adds up those pieces as parts of the unit, and
``ended`` counts for whom the end came in such a piece. So d/n is the chance of an end in a piece,
f = exposed/n the average length of a piece, and with an even hazard inside the unit

    S = (1 - d/n)^(1/f)

is the share that is still there after all of it; 1 - d/n where the pieces are whole units.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl

from metrics.intervals import FloatArray
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.survival import LifeTable, LogRank, log_rank

ALL = "ended"
"""The name of an end of whatever reason."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Two measures that tell how long something lasts, and the dimension of the units of time."""

    exposed: str
    ended: str
    axis: str

    @property
    def measures(self) -> tuple[str, str]:
        return (self.exposed, self.ended)


TENURE = Duration("tenure_exposed", "tenure_ended", "tenure")
DECISION = Duration("decision_exposed", "decision_ended", "age")
IMPLEMENTATION = Duration("implementation_exposed", "implementation_ended", "age")


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The life table of one group of a question.

    Attributes:
        rows: the dimensions of the question, a row per unit in the order of time, with ``n`` (how
            many were at risk in the unit, somebody who was there for a part of it counting for that
            part) and ``coverage``.
        table: at risk and ended such that 1 - d/n is S above, and Greenwood's variance its own.
        force: the hazard of each unit, per month or day: -log(1 - d/n) / f / width.
        ended, error: how many ended in each unit, none at least, and the variance of the noise.
        short: the group has units after the last of these, behind one that is not told.
    """

    rows: pl.DataFrame
    table: LifeTable
    force: FloatArray
    ended: FloatArray
    error: FloatArray
    short: bool


def ends_of(unit: str) -> tuple[int, int]:
    """The first and last month, or day, of a unit: 000-001 is 0 to 1."""
    start, _, end = unit.partition("-")
    return int(start), int(end)


def life_tables(cells: Cells, duration: Duration) -> Iterator[GroupTable]:
    """The life table of each group of a question that has the unit of time among its dimensions.

    It goes from the beginning to the first unit that is not told; a group of which the first unit
    is not told has none.
    """
    rows = beside(cells, duration.measures).drop_nulls(list(duration.measures))
    keys = [dim for dim in cells.by if dim != duration.axis]
    if rows.is_empty():
        return
    groups = rows.partition_by(keys, maintain_order=True) if keys else [rows]
    for group in groups:
        told = _from_the_beginning(group.sort(duration.axis), duration.axis)
        if told.height:
            yield _table(told, cells, duration, short=told.height < group.height)


def _from_the_beginning(rows: pl.DataFrame, axis: str) -> pl.DataFrame:
    units = [ends_of(unit) for unit in rows[axis]]
    if units[0][0] != 0:
        return rows.clear()
    gaps = (place for place, (one, two) in enumerate(pairwise(units), 1) if one[1] != two[0])
    return rows.head(next(gaps, len(units)))


def _table(rows: pl.DataFrame, cells: Cells, duration: Duration, *, short: bool) -> GroupTable:
    n = floats(rows, f"{duration.ended} n")
    # Noise can carry a small number below none, and an exposed below what nobody can have.
    ended = np.clip(floats(rows, duration.ended), 0, n)
    exposed = np.clip(floats(rows, duration.exposed), 1e-9, n)
    error = np.nan_to_num(floats(rows, f"{duration.ended} total_error"))
    error_exposed = np.nan_to_num(floats(rows, f"{duration.exposed} total_error"))
    starts, ends = (
        np.array(bound, dtype=np.float64)
        for bound in zip(*(ends_of(unit) for unit in rows[duration.axis]), strict=True)
    )
    chance, piece = ended / n, exposed / n
    with np.errstate(invalid="ignore", divide="ignore"):
        log = np.log1p(-chance)
        greenwood = chance / (n * (1 - chance) * piece**2)
        left = np.exp(log / piece)
        at_risk = np.where(ended > 0, (1 - left) / (left * greenwood), exposed)
        # Of how many were at risk the noise is that of how many ended.
        noise = (
            error / (1 - chance) ** 2 + error * (log + chance / (1 - chance)) ** 2
        ) / exposed**2 + error_exposed * (log / piece / exposed) ** 2
    gone = chance >= 1
    at_risk = np.where(gone, exposed, at_risk)
    coverage = pl.min_horizontal(f"{code} coverage" for code in duration.measures)
    return GroupTable(
        rows.select(
            *cells.by,
            n=pl.Series(np.round(exposed), dtype=pl.Int64),
            coverage=coverage,
        ),
        LifeTable(
            ends,
            at_risk,
            {ALL: np.where(gone, at_risk, (1 - np.where(gone, 0, left)) * at_risk)},
            np.where(gone, 0, noise),
        ),
        np.where(gone, np.inf, -log / piece) / (ends - starts),
        ended,
        error,
        short,
    )


def groups_differ(cells: Cells, duration: Duration) -> LogRank | None:
    """Whether the groups of a question end at the same pace; None when fewer than two are told.

    Log-rank over the units that all groups have, from the beginning.
    """
    tables = [each.table for each in life_tables(cells, duration)]
    if len(tables) < 2:
        return None
    shared = min(table.time.size for table in tables)
    return log_rank([_first(table, shared) for table in tables])


def _first(table: LifeTable, units: int) -> LifeTable:
    return replace(
        table,
        time=table.time[:units],
        at_risk=table.at_risk[:units],
        ended={reason: values[:units] for reason, values in table.ended.items()},
        noise=table.added[:units],
    )
