"""What comes in (released cells) and what goes out (a table of estimates)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

CELL_COLUMNS: Final[Mapping[str, pl.DataType]] = {
    "measure": pl.String(),
    "n": pl.Int64(),
    "n_known": pl.Int64(),
    "total": pl.Float64(),
    "squares": pl.Float64(),
    "at_risk": pl.Int64(),
    "at_least": pl.Boolean(),
    "periods": pl.Int64(),
    "coverage": pl.Float64(),
    "total_error": pl.Float64(),
    "risk_error": pl.Float64(),
}
"""Columns of ``Cells.rows`` behind its dimensions."""

RESULT_COLUMNS: Final[tuple[str, ...]] = ("value", "low", "high", "n", "coverage")
"""Columns of ``Table.rows`` behind its dimensions; some tables add ``at_least``."""


COVERAGE_STEP: Final = 0.05
"""Coverage is told in steps: never a count of hidden people."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many answers to a measure lie inside a question, and how many it touches.

    ``hidden``: something of the measure was too small to publish in one of the periods.
    """

    inside: int
    touched: float
    hidden: bool


def covered(reaches: Collection[Reach]) -> tuple[float | None, bool]:
    """The coverage of some measures together, and whether some of what was asked is not told.

    Nothing inside gives None and true, whether or not anybody answered.
    """
    inside, touched = sum(each.inside for each in reaches), sum(each.touched for each in reaches)
    if not inside:
        return None, True
    share = round(round(inside / touched / COVERAGE_STEP) * COVERAGE_STEP, 2)
    return share, inside < touched or any(each.hidden for each in reaches)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Released cells summed to the groups of one question (made by ``models.cells.answer``).

    ``rows``: the dimensions of ``by``, then ``measure``; ``n`` answers; ``n_known``, how many of
    them lie in cells whose total was released (cells where nearly all are at risk say no more than
    that; the column may be absent when it equals n everywhere); ``total`` and ``squares``, the sums
    over those of the values and squared values (null: not released); ``at_risk``, how many of all
    n are at risk (null: the measure has no cut-off); ``at_least``: that is only a lower bound;
    ``periods``, how many distinct periods were summed; ``coverage`` 0-1 in steps of 0.05;
    ``total_error`` and ``risk_error``: the variance of the noise in ``total`` and in ``at_risk``;
    null or 0: none.
    ``withheld``: something that was asked for may not be shown. A group without cells has no row.
    ``views``: per measure the one view whose cells were summed (``release.subjects``; cells that
    were written by hand do not say);
    ``without``: per measure the periods of the window in which that view does not tell it;
    ``reaches``: what coverage comes from, per measure; ``within``: further dimensions of ``rows``,
    behind those of ``by``, over which a metric itself adds up (``Metric.within``).
    Shared by all who ask alike; each is equal to itself only.
    """

    rows: pl.DataFrame
    by: tuple[str, ...]
    measures: tuple[str, ...]
    coverage: float | None
    withheld: bool
    first: str | None
    last: str | None
    release: int
    views: Mapping[str, str] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    within: tuple[str, ...] = ()

    def apart(self, dims: Collection[str]) -> "Cells":
        """The same cells, some of whose dimensions are for the metric to add up."""
        return replace(
            self,
            by=tuple(dim for dim in self.by if dim not in dims),
            within=tuple(dim for dim in self.by if dim in dims),
        )

    def only(self, codes: tuple[str, ...]) -> "Cells":
        """The cells of some of the measures, with their own coverage."""
        told = {code: reach for code, reach in self.reaches.items() if code in codes}
        coverage, withheld = covered(told.values())
        return replace(
            self,
            rows=self.rows.filter(pl.col("measure").is_in(codes)),
            measures=codes,
            coverage=coverage,
            withheld=withheld,
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with its interval, n, unit, coverage, window and release.

    ``low`` and ``high`` are the ends of the 95 % interval; both None when none can be given.
    ``at_least``: the value is a lower bound.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    unit: str
    coverage: float | None
    first: str | None
    last: str | None
    release: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What a metric gives back: a row per group that may be shown.

    ``rows``: the dimensions of ``by``, then ``value``, ``low``, ``high`` (95 %; null: no interval
    can be given), ``n`` and ``coverage``; ``at_least`` too where values may be lower bounds. No
    data gives no row, never a zero. ``views``: those whose cells it rests on, one per subject;
    ``without``: the periods of the window in which these do not tell all that is needed.
    """

    metric: str
    unit: str
    by: tuple[str, ...]
    rows: pl.DataFrame
    coverage: float | None
    withheld: bool
    first: str | None
    last: str | None
    release: int
    measure: str | None = None
    views: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def estimate(self) -> Estimate | None:
        """The one estimate of a table with exactly one row, else None."""
        if self.rows.height != 1:
            return None
        row = self.rows.row(0, named=True)
        return Estimate(
            value=row["value"],
            low=row["low"],
            high=row["high"],
            n=row["n"],
            unit=self.unit,
            coverage=row["coverage"],
            first=self.first,
            last=self.last,
            release=self.release,
            at_least=bool(row.get("at_least")),
        )

    def to_json(self) -> dict[str, object]:
        """The form that the terminal prints: plain values, ready for ``json.dumps``.

        A row whose value is only a lower bound has ``"at_least": true``; other rows do not have
        the key.
        """
        columns = [*self.by, "value", "low", "high", "n"]
        bounds = self.rows["at_least"] if "at_least" in self.rows.columns else None
        rows = self.rows.select(columns).to_dicts()
        if bounds is not None:
            rows = [
                {**row, "at_least": True} if bound else row
                for row, bound in zip(rows, bounds, strict=True)
            ]
        return {
            "metric": self.metric,
            "unit": self.unit,
            "period": {"from": self.first, "to": self.last},
            "release": self.release,
            "views": list(self.views),
            "without": list(self.without),
            "coverage": self.coverage,
            "withheld": self.withheld,
            "rows": rows,
        }
