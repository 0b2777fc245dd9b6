"""Burnout: the share at risk and the mean, by the longest scale that the data has."""

from collections.abc import Collection, Mapping
from typing import Final

from metrics.catalogue import CATALOGUE
from metrics.measure import MEAN, SHARE_AT_RISK, mean, share_at_risk
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.vocabulary import Measure
from metrics.words import N_

SCALES: Final = ("bat23", "bat12", "ubos5")
"""With a published cut-off, the longest first. UBOS-5 measures exhaustion only."""

MEANS: Final = (*SCALES, "bat4")


def scale(cells: Cells, scales: tuple[str, ...] = SCALES) -> Measure:
    """The scale that speaks in these cells: the first that has rows, else the first asked for."""
    told = set(cells.rows["measure"])
    asked = [code for code in scales if code in cells.measures]
    return CATALOGUE[next((code for code in asked if code in told), asked[0])]


SUBSCALES: Final = ("bat23_exhaustion", "bat23_distance", "bat23_cognitive", "bat23_emotional")
"""With a published norm; mental distance alone discriminates poorly."""

THEME: Final = "burnout"


def scales(available: Collection[str], own: Mapping[str, Measure]) -> list[Measure]:
    """The scales that can speak: those with a cut-off, the company's own, BAT-4 if it is alone.

    Of the company's own measures those of the theme burnout that have a cut-off or are a share.
    """
    known = [CATALOGUE[code] for code in SCALES if code in available]
    known += [
        measure
        for measure in own.values()
        if measure.code in available and measure.theme == THEME and _tells_a_share(measure)
    ]
    return known or [CATALOGUE[code] for code in ("bat4",) if code in available]


def _tells_a_share(measure: Measure) -> bool:
    return measure.at_risk_from is not None or measure.unit == "percent"


def main_metric(measure: Measure) -> Metric:
    """The share at risk; of a scale without cut-off the mean, which is a share where it is one."""
    return SHARE_AT_RISK if measure.at_risk_from is not None else MEAN


def _share(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """`measure.share_at_risk` of the scale that speaks."""
    return share_at_risk(cells, scale(cells))


def _mean(cells: Cells, _measure: Measure | None = None) -> Outcome:
    """`measure.mean` of the scale that speaks; scales are never mixed."""
    return mean(cells, scale(cells, MEANS))


SHARE = Metric(
    code="burnout.share_at_risk",
    label=N_("Burnout risk"),
    formula=N_(
        "100 x responses at or beyond the cut-off / responses, by the longest scale that is there: "
        "BAT-23, BAT-12 or UBOS-5"
    ),
    unit="percent",
    better="lower",
    interval=SHARE_AT_RISK.interval,
    counted=SHARE_AT_RISK.counted,
    source=SHARE_AT_RISK.source,
    calculate=_share,
    measures=SCALES,
    optional=SCALES,
)

MEAN_SCORE = Metric(
    code="burnout.mean",
    label=N_("Burnout score"),
    formula=N_(
        "sum of the scores / responses, by the longest scale that is there: BAT-23, BAT-12, UBOS-5 "
        "or BAT-4"
    ),
    unit="score",
    better="lower",
    interval=MEAN.interval,
    counted=MEAN.counted,
    source=N_("Each scale's own; scores of two scales do not compare. Student (1908)"),
    calculate=_mean,
    measures=MEANS,
    optional=MEANS,
)
