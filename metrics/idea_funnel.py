"""The funnel of ideas: how far they got, where they stand, and what came of decisions."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from metrics import idea_log, intervals
from metrics.idea_log import MEASURES, REACHED, STANDING, STEPS, WITHIN
from metrics.intervals import Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_

OUTCOMES = ("decided_accepted", "decided_rejected", "decided_withdrawn")
"""First decisions by what they were, of all ages: known by desk type."""

READINGS: Mapping[str, Sequence[str]] = {"reached": tuple(REACHED), "standing": tuple(STANDING)}
"""Of the ideas of the window: how many ever reached a stage; where each stands at its end."""


def funnel(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """The ideas submitted in the window by stage, in percent of them; Wilson's interval.

    Two readings of one log. ``reached``: how many ever came to a stage up to the end of the window
    (an idea counts in each). ``standing``: where each is at the end of the window, so these add up
    to the ideas submitted. ``n`` is the number of ideas. A stage that no idea reached is 0; no
    idea in the window gives no rows.
    """
    log = idea_log.read(cells)
    sent = log.within("submitted")
    told = [
        (_came(stage) if reading == "reached" else pl.col("standing") == stage)
        .sum()
        .alias(f"{reading} {stage}")
        for reading, stages in READINGS.items()
        for stage in stages
        if reading == "standing" or _known(stage, cells)
    ]
    wide = idea_log.per_group(sent, cells, pl.len().alias("of"), *told)
    names = pl.col("both").str.split_exact(" ", 1)
    rows = (
        wide.unpivot(index=[*cells.by, "of"], variable_name="both", value_name="n")
        .with_columns(
            reading=names.struct.field("field_0"),
            stage=names.struct.field("field_1"),
            coverage=pl.lit(cells.coverage, dtype=pl.Float64),
        )
        .sort(cells.by, maintain_order=True)
    )
    # All of the ideas submitted were submitted: nothing is estimated, so there is no interval.
    of = pl.when(pl.col("stage") != "submitted").then("of")
    sure = np.where(rows["stage"] == "submitted", 100.0, np.nan)
    found = intervals.wilson(k=floats(rows, "n"), n=floats(rows.with_columns(of), "of")).scaled(100)
    value = np.where(np.isnan(sure), found.value, sure)
    return Outcome(rows, Intervals(value, found.low, found.high), log.partial, ("reading", "stage"))


def _came(stage: str) -> pl.Expr:
    return pl.col(stage).is_not_null()


def _known(stage: str, cells: Cells) -> bool:
    """Whether the release has the stage at all."""
    return stage == "decided" or f"ideas_{stage}" in cells.measures


def share(cells: Cells, *, of: str, reaching: str) -> Outcome:
    """100 x ideas that came to ``reaching`` / ideas that came to ``of`` in the window; Wilson.

    What came of them counts up to the end of the window. ``n`` is the number that came to ``of``.
    None of these gives no row.
    """
    log = idea_log.read(cells)
    rows = idea_log.per_group(
        log.within(of),
        cells,
        pl.len().alias("n"),
        _came(reaching).sum().alias("k"),
        pl.lit(cells.coverage, dtype=pl.Float64).alias("coverage"),
    )
    found = intervals.wilson(k=floats(rows, "k"), n=floats(rows, "n"))
    return Outcome(rows, found.scaled(100), log.partial)


def _acceptance(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return share(cells, of="decided", reaching="accepted")


def _realised(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return share(cells, of="decided", reaching="implemented")


def _realised_of_submitted(cells: Cells, _measure: Measure | None = None) -> Outcome:
    return share(cells, of="submitted", reaching="implemented")


def _of_life_tables(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """Accepted / (accepted + rejected + withdrawn), of numbers that are told with noise.

    Wilson's interval at the size at which its error equals that of the share with noise of variance
    e in each of the three numbers: 1/m = 1/n + e ((1-p)^2 + 2 p^2) / (n^2 p(1-p)).
    """
    rows = beside(cells, OUTCOMES).drop_nulls(list(OUTCOMES))
    accepted, *others = (np.clip(floats(rows, code), 0, None) for code in OUTCOMES)
    n = accepted + others[0] + others[1]
    error = np.nan_to_num(floats(rows, f"{OUTCOMES[0]} total_error"))
    p = (accepted + 2) / (n + 4)
    with np.errstate(invalid="ignore", divide="ignore"):
        free = n / (1 + error * ((1 - p) ** 2 + 2 * p**2) / (n * p * (1 - p)))
        found = intervals.wilson(k=accepted / n * free, n=free)
    told = rows.with_columns(
        n=pl.Series(np.round(n), dtype=pl.Int64),
        coverage=pl.min_horizontal(f"{code} coverage" for code in OUTCOMES),
    )
    return Outcome(told, found.scaled(100))


def _but(needed: str) -> tuple[str, ...]:
    return tuple(step for step in STEPS if step != needed)


_WILSON = N_("95 %, Wilson (1927)")

FUNNEL = Metric(
    code="ideas.funnel",
    label=N_("What became of the ideas"),
    formula=N_(
        "100 x ideas / ideas submitted in the window, counted from one log of the month in which "
        "each idea first reached each stage. Reached: ever came to the stage. Standing: where it "
        "is at the end of the window; these add up to the ideas submitted. Who was started or "
        "implemented counts as accepted"
    ),
    unit="percent",
    better="higher",
    interval=_WILSON,
    counted=N_("ideas in that stage"),
    source=N_("A count of the company's own records"),
    calculate=funnel,
    measures=MEASURES,
    optional=STEPS,
    within=WITHIN,
    past=True,
)

_ACCEPTANCE_BY_WORK = Metric(
    code="ideas.acceptance",
    label=N_("Ideas accepted"),
    formula=N_(
        "100 x ideas accepted / ideas of which the first decision (accepted, rejected or "
        "withdrawn) fell in the window; told with noise"
    ),
    unit="percent",
    better="higher",
    interval=N_("95 %, Wilson (1927), wider by the variance of the noise"),
    counted=N_("ideas decided"),
    source=N_("A count of the company's own records"),
    calculate=_of_life_tables,
    measures=OUTCOMES,
)

ACCEPTANCE = Metric(
    code="ideas.acceptance",
    label=N_("Ideas accepted"),
    formula=N_(
        "100 x ideas accepted / ideas of which the first decision (accepted, rejected or "
        "withdrawn) fell in the window"
    ),
    unit="percent",
    better="higher",
    interval=_WILSON,
    counted=N_("ideas decided"),
    source=N_("A count of the company's own records"),
    calculate=_acceptance,
    measures=MEASURES,
    optional=_but("ideas_accepted"),
    within=WITHIN,
    past=True,
    otherwise=_ACCEPTANCE_BY_WORK,
)

REALISED = Metric(
    code="ideas.realised",
    label=N_("Ideas implemented, of those decided"),
    formula=N_(
        "100 x ideas implemented by the end of the window / ideas of which the first decision fell "
        "in the window; what was accepted lately may still come"
    ),
    unit="percent",
    better="higher",
    interval=_WILSON,
    counted=N_("ideas decided"),
    source=N_("A count of the company's own records"),
    calculate=_realised,
    measures=MEASURES,
    optional=_but("ideas_implemented"),
    within=WITHIN,
    past=True,
)

REALISED_OF_SUBMITTED = Metric(
    code="ideas.realised_of_submitted",
    label=N_("Ideas implemented, of those submitted"),
    formula=N_(
        "100 x ideas implemented by the end of the window / ideas submitted in the window; what "
        "was submitted lately may still come"
    ),
    unit="percent",
    better="higher",
    interval=_WILSON,
    counted=N_("ideas submitted"),
    source=N_("A count of the company's own records"),
    calculate=_realised_of_submitted,
    measures=MEASURES,
    optional=_but("ideas_implemented"),
    within=WITHIN,
    past=True,
)
