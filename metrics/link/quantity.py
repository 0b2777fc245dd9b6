"""What can be linked: measures, and some metrics that stand by themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from metrics.definitions import METRICS
from metrics.metric import Metric
from metrics.vocabulary import Better, Measure, Rater, Side


@dataclass(frozen=True, slots=True)
class Quantity:
    """A metric, of a measure or by itself, on one side of a link; ``label`` is a msgid."""

    code: str
    label: str
    side: Side
    rater: Rater
    unit: str
    better: Better
    metric: Metric
    measure: Measure | None = None

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.better == "higher" else -1


_ALONE: Final[Mapping[str, Rater]] = {
    "burnout.share_at_risk": "employee",
    "turnover.rate": "system",
    "absence.rate": "system",
    "interaction.reach": "system",
}
"""Metrics of worker experience that are of no one measure, and who gives their answers."""

_KINDS: Final = ("mean", "binary", "nps")


def quantity(measure: Measure) -> Quantity | None:
    """The mean of a measure as a side of a link; None of counts and amounts."""
    if measure.transform not in _KINDS or not measure.as_figure:
        return None
    return Quantity(
        measure.code,
        measure.label,
        measure.side,
        measure.rater,
        measure.unit,
        measure.better,
        METRICS["measure.mean"],
        measure,
    )


def alone(released: Collection[str]) -> list[Quantity]:
    """The metrics that stand by themselves, of which all that is needed is released."""
    found = []
    for code, rater in _ALONE.items():
        metric = METRICS[code]
        needed = set(metric.measures) - set(metric.optional)
        if needed <= set(released) and set(metric.measures) & set(released):
            found.append(
                Quantity(
                    code,
                    metric.label,
                    "wx",
                    rater,
                    metric.unit or "score",
                    metric.better or "higher",
                    metric,
                )
            )
    return found
