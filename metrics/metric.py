"""What a metric is: one definition that computes, explains itself on screen, and fills the docs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from metrics.intervals import Intervals
from metrics.results import Cells, Table
from metrics.sums import columns
from metrics.vocabulary import Better, Measure

if TYPE_CHECKING:
    from metrics.pay import Prices


class MetricError(ValueError):
    """A metric was asked of a measure, or of cells, that it can't be computed from."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A subject file's answer: rows with their dimensions, and the estimates beside them.

    ``rows`` has the dimensions, ``n`` (what ``Metric.counted`` says), ``coverage`` and, where
    values may be lower bounds, ``at_least``; ``estimates`` has one element per row. ``partial``:
    some answers of a row could not be used. ``more``: dimensions of ``rows`` behind those of the
    question (a row per reason).
    """

    rows: pl.DataFrame
    estimates: Intervals
    partial: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A computed result and all that explains it; texts are msgids.

    ``unit``: None takes the measure's. ``better``: None takes the measure's. ``counted`` says
    what ``n`` counts. ``measures``: those it uses; empty: it is computed of one measure that is
    asked for, of which ``refuses`` says why it can't (None: it can). ``optional``: those among
    ``measures`` that it can do without. ``compares_groups``: a large and a small group can be held
    against each other (a rate or a mean can, a number per month can't). ``axis``: a dimension that
    every question of it is grouped by as well (the unit of time of a life table); then no row is
    missing because a value can't be computed. ``within``: dimensions that the question is grouped
    by for the metric's own use (``Cells.within``). ``past``: it needs what happened before the
    window too, in rows before ``Cells.first``. ``common``: it is asked over the periods in which
    all of its measures are known. ``otherwise``: the same from another source, for questions whose
    dimensions the measures don't know. ``priced``: it needs prices (``metrics.pay``), and is
    computed by ``at(prices)``.
    """

    code: str
    label: str
    formula: str
    unit: str | None
    better: Better | None
    interval: str
    counted: str
    source: str
    calculate: Callable[[Cells, Measure | None], Outcome]
    measures: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    refuses: Callable[[Measure], str | None] | None = None
    compares_groups: bool = True
    axis: str | None = None
    within: tuple[str, ...] = ()
    past: bool = False
    common: bool = False
    otherwise: "Metric | None" = None
    priced: "Callable[[Cells, Prices], Outcome] | None" = None

    def at(self, prices: "Prices") -> "Metric":
        """The metric at these prices; one that needs none stays as it is."""
        priced = self.priced
        if priced is None:
            return self
        return replace(self, calculate=lambda cells, _measure: priced(cells, prices))

    @property
    def takes_measure(self) -> bool:
        """Whether it is asked of a measure (``measure.mean``) rather than stands by itself."""
        return not self.measures

    def accepts(self, measure: Measure) -> bool:
        """Whether it can be computed of this measure."""
        return self.takes_measure and (self.refuses is None or self.refuses(measure) is None)

    def asks(self, available: Collection[str], measure: Measure | None = None) -> tuple[str, ...]:
        """The codes to put in the question, of those that the release has.

        Raises:
            MetricError: the release lacks a measure that is needed; or no measure was named.
        """
        self.check(measure)
        used = self.measures if measure is None else (measure.code,)
        missing = [code for code in used if code not in available and code not in self.optional]
        if missing:
            raise MetricError(f"{self.code} needs {', '.join(missing)}: nothing of it is released")
        found = tuple(code for code in used if code in available)
        if not found:
            raise MetricError(f"{self.code} needs one of {', '.join(used)}: none is released")
        return found

    def better_of(self, measure: Measure | None) -> Better:
        """Which direction is good."""
        if self.better is not None:
            return self.better
        return measure.better if measure is not None else "higher"

    def unit_of(self, measure: Measure | None) -> str:
        """The unit of the values."""
        if self.unit is not None:
            return self.unit
        return measure.unit if measure is not None else "score"

    def check(self, measure: Measure | None) -> None:
        """Refuse what can't be computed.

        Raises:
            MetricError: a measure is missing, not wanted, or of the wrong kind.
        """
        if not self.takes_measure:
            if measure is not None:
                raise MetricError(f"{self.code} takes no measure, but {measure.code} was named")
            return
        if measure is None:
            raise MetricError(f"{self.code} needs a measure; the command `metrics` lists them")
        reason = self.refuses(measure) if self.refuses is not None else None
        if reason is not None:
            raise MetricError(f"{self.code} can't be computed of {measure.code}: {reason}")

    def compute(self, cells: Cells, measure: Measure | None = None) -> Table:
        """The metric per group of the question, from released cells.

        A group whose value can't be computed has no row, and then ``withheld`` is true; no data
        gives no rows. ``low`` and ``high`` are null where no interval can be given.

        Raises:
            MetricError: as in ``check``.
        """
        self.check(measure)
        outcome = self.calculate(cells, measure)
        filled = outcome.rows.with_columns(*columns(outcome.estimates), pl.col("n").cast(pl.Int64))
        bounds = ["at_least"] if "at_least" in filled.columns else []
        by = (*cells.by, *outcome.more)
        shown = filled.drop_nulls("value").select(
            *by, "value", "low", "high", "n", "coverage", *bounds
        )
        complete = self.axis is not None or bool(cells.within)
        return Table(
            metric=self.code,
            unit=self.unit_of(measure),
            by=by,
            rows=shown,
            coverage=cells.coverage,
            # Of a course, or from a log, a row may be missing without anything being hidden.
            withheld=cells.withheld
            or outcome.partial
            or (not complete and _groups(shown, cells.by) < _groups(cells.rows, cells.by)),
            first=cells.first,
            last=cells.last,
            release=cells.release,
            measure=None if measure is None else measure.code,
            views=tuple(dict.fromkeys(cells.views[code] for code in cells.measures if cells.views)),
            without=tuple(
                sorted({each for code in cells.measures for each in cells.without.get(code, ())})
            ),
        )


def _groups(rows: pl.DataFrame, by: tuple[str, ...]) -> int:
    return rows.select(by).unique().height if by else min(rows.height, 1)
