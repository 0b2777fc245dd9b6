"""Metrics of one measure: its mean, its share at risk, its net promoter score."""

import numpy as np
import polars as pl

from metrics import intervals
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import floats, independent, noisy_mean, noisy_share, of_measure
from metrics.vocabulary import Measure
from metrics.words import N_

_ROUNDING = 1e-6
_STEP = 0.05
_VISIBLE = 0.05
_OPEN = 2
_SMALLEST = 5


def _given(measure: Measure | None) -> Measure:
    assert measure is not None, "Metric.check refuses this before"
    return measure


def _known(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with ``n`` and coverage of the answers whose total was released."""
    if "n_known" not in rows.columns:
        return rows
    part = pl.col("n_known") / pl.col("n")
    return rows.with_columns(
        n=pl.col("n_known"),
        coverage=pl.when(part < 1)
        .then((pl.col("coverage") * part / _STEP).round() * _STEP)
        .otherwise(pl.col("coverage")),
    )


def mean(cells: Cells, measure: Measure | None) -> Outcome:
    """total / n: a mean score, a percentage, or an NPS, by the measure's kind.

    A percentage of yes and no (and a ready-made one without its spread) has Wilson's interval, an
    NPS its normal one, all else Student's t; without a sum of squares a mean has no interval.
    Only answers whose total was released count: where nearly everybody in a cell is at risk it is
    not, so such a cell is left out of the mean, of ``n`` and of the coverage.
    """
    known = _given(measure)
    every = of_measure(cells, known)
    rows = _known(every).filter(pl.col("total").is_not_null() & (pl.col("n") > 0))
    partial = int(rows["n"].sum()) < int(every["n"].sum())
    n, total, squares = floats(rows, "n"), _possible(rows, known), floats(rows, "squares")
    free = noisy_mean(rows, independent(rows, known))
    if known.transform == "nps":
        found = intervals.nps(n=n, total=total, squares=squares, independent=free)
        return Outcome(rows.drop("at_least"), found, partial)
    found = intervals.mean_t(n=n, total=total, squares=squares, independent=free)
    if known.unit == "percent":
        share = total / n / 100
        shares = intervals.wilson(k=share * free, n=free).scaled(100)
        # Answers of 0 and 100 have the largest sum of squares that their total allows.
        binary = np.isnan(squares) | (squares >= 100 * total * (1 - _ROUNDING))
        found = Intervals(
            found.value,
            np.where(binary, shares.low, found.low),
            np.where(binary, shares.high, found.high),
        )
    return Outcome(rows.drop("at_least"), found.clipped(known.low, known.high), partial)


def _possible(rows: pl.DataFrame, measure: Measure) -> FloatArray:
    """The totals; where noise carried one off the scale, the end of the scale."""
    n, total = floats(rows, "n"), floats(rows, "total")
    if "total_error" not in rows.columns or measure.low is None or measure.high is None:
        return total
    noisy = np.nan_to_num(floats(rows, "total_error")) > 0
    return np.where(noisy, np.clip(total, n * measure.low, n * measure.high), total)


def share_at_risk(cells: Cells, measure: Measure | None) -> Outcome:
    """100 k/n with Wilson's interval, in percent.

    Cells where nearly all are at risk say only "n-2 or more", so the value is then a lower bound:
    ``low`` comes from it, ``high`` from as many more as those cells leave open (100 for such a
    cell by itself). ``at_least`` is true where that could show in the first decimal.
    """
    known = _given(measure)
    rows = of_measure(cells, known).filter(pl.col("at_risk").is_not_null() & (pl.col("n") > 0))
    n = floats(rows, "n")
    # Noise can carry a small number below nobody.
    k = np.clip(floats(rows, "at_risk"), 0, n)
    free = noisy_share(rows, independent(rows, known))
    more = _left_open(rows)
    least = intervals.wilson(k=k / n * free, n=free)
    most = intervals.wilson(k=(k + more) / n * free, n=free)
    return Outcome(
        rows.with_columns(at_least=pl.Series(100 * more / n >= _VISIBLE)),
        Intervals(least.value, least.low, most.high).scaled(100),
    )


def _left_open(rows: pl.DataFrame) -> FloatArray:
    """How many more than ``at_risk`` may be at risk.

    Each cell of the n - n_known answers without a total leaves two open, and none is smaller than
    five people.
    """
    n, k = floats(rows, "n"), floats(rows, "at_risk")
    bound = rows["at_least"].fill_null(value=False).to_numpy()
    if "n_known" not in rows.columns:
        return np.where(bound, n - k, 0.0)
    vague = n - floats(rows, "n_known")
    return np.where(bound, np.minimum(_OPEN * np.maximum(vague // _SMALLEST, 1), n - k), 0.0)


def _no_mean(measure: Measure) -> str | None:
    if measure.transform == "sum":
        return "it is a count of a whole population, which has no mean per answer"
    return None


def _no_cutoff(measure: Measure) -> str | None:
    return "it has no cut-off" if measure.at_risk_from is None else None


def _no_nps(measure: Measure) -> str | None:
    return "it is not scored 0 to 10" if measure.transform != "nps" else None


MEAN = Metric(
    code="measure.mean",
    label=N_("Mean"),
    formula=N_("sum of the values / number of answers; yes-no questions: yes = 100, no = 0"),
    unit=None,
    better=None,
    interval=N_(
        "95 %: Student's t for scores, Wilson for percentages, normal for NPS; none for ready-made "
        "means without a standard deviation. Over several waves, answers / waves counts as the "
        "number of answers, since the same employees may have answered each time. Where sums are "
        "told with noise, the interval is wider by its variance."
    ),
    counted=N_("answers"),
    source=N_("Student (1908); Wilson (1927)"),
    calculate=mean,
    refuses=_no_mean,
)

SHARE_AT_RISK = Metric(
    code="measure.share_at_risk",
    label=N_("Share at risk"),
    formula=N_("100 x responses at or beyond the measure's cut-off / responses"),
    unit="percent",
    better="lower",
    interval=N_(
        "95 %, Wilson. Of a cell where nearly all are at risk only a lower bound is published; the "
        "upper end allows for what it leaves open. Over several waves, responses / waves counts "
        "as the number of responses. Where numbers are told with noise, the interval is wider by "
        "its variance."
    ),
    counted=N_("responses"),
    source=N_("Cut-offs as named with each measure; a risk, never a diagnosis. Wilson (1927)"),
    calculate=share_at_risk,
    refuses=_no_cutoff,
)

NPS = Metric(
    code="measure.nps",
    label=N_("Net promoter score"),
    formula=N_("100 x (share of 9-10 - share of 0-6)"),
    unit="nps",
    better="higher",
    interval=N_("95 %, normal: SE = 100 sqrt((p + d - (p - d)^2) / n)"),
    counted=N_("answers"),
    source=N_("Variance of a difference of two multinomial shares"),
    calculate=mean,
    refuses=_no_nps,
)
