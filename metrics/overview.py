"""The key figures of the executive's page: which ones, from what the data has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from metrics.catalogue import CATALOGUE, in_screen_order
from metrics.definitions import METRICS, Metric
from metrics.vocabulary import Better, Measure, Side
from metrics.words import N_

MOST: Final = 12
"""More key figures than this are no longer key."""

_NONE: Final[Mapping[str, Measure]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure: what to ask, how to name it and how to show it.

    ``low`` and ``high`` are the fixed ends of its colour scale (not the bounds of what is
    possible), so that a colour means the same at every site and in every year.
    """

    code: str
    metric: Metric
    measure: Measure | None
    label: str
    label_nl: str | None
    side: Side
    unit: str
    better: Better
    low: float
    high: float
    decimals: int = 1

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures that its metric uses."""
        return self.metric.measures or ((self.measure.code,) if self.measure is not None else ())


_BURNOUT: Final = ("bat23", "bat12", "ubos5")
_MEANS: Final[Sequence[tuple[str, float, float]]] = (
    ("enps", -60, 60),
    ("engagement", 2, 6),
    ("decided_in_30_days", 0, 100),
    ("nps", -60, 60),
    ("csat", 50, 100),
    ("first_contact", 40, 100),
    ("sla_met", 50, 100),
)
_RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"percent": (0, 100), "nps": (-60, 60), "score": (1, 5)}
)


def choose(
    available: Collection[str], own: Mapping[str, Measure] = _NONE, most: int = MOST
) -> tuple[KeyFigure, ...]:
    """The key figures that these measures allow, in the order of the page, ``most`` at most.

    Burnout risk comes from the longest scale that is there (BAT-23, BAT-12, UBOS-5); then
    turnover, absence and the built-in means; the company's own measures last, in the order of the
    themes. Nothing available: an empty tuple.

    Args:
        available: codes of measures that have cells.
        own: the company's own measures by code.
    """
    figures = [
        *_burnout(available),
        *_rates(available),
        *(_mean(CATALOGUE[code], low, high) for code, low, high in _MEANS if code in available),
        *(
            _mean(measure, *_range(measure))
            for measure in in_screen_order(own.values())
            if measure.code in available and METRICS["measure.mean"].accepts(measure)
        ),
    ]
    return tuple(figures[:most])


def key_figure(metric: Metric, measure: Measure, label: str, label_nl: str | None) -> KeyFigure:
    """One figure by itself: a metric of a measure, under a label (msgid)."""
    low, high = _range(measure)
    return KeyFigure(
        code=measure.code,
        metric=metric,
        measure=measure,
        label=label,
        label_nl=label_nl,
        side=measure.side,
        unit=metric.unit_of(measure),
        better=metric.better_of(measure),
        low=low,
        high=high,
    )


def leading(figures: Sequence[KeyFigure]) -> KeyFigure | None:
    """The figure of the headline: burnout risk, or else the first of worker experience, or any."""
    return next(
        (figure for figure in figures if figure.side == "wx"), figures[0] if figures else None
    )


def _burnout(available: Collection[str]) -> list[KeyFigure]:
    scale = next((code for code in _BURNOUT if code in available), None)
    if scale is None:
        return []
    measure = CATALOGUE[scale]
    return [
        KeyFigure(
            code="burnout_risk",
            metric=METRICS["measure.share_at_risk"],
            measure=measure,
            label=measure.label if scale == "ubos5" else N_("Burnout risk"),
            label_nl=None,
            side="wx",
            unit="percent",
            better="lower",
            low=0,
            high=60,
        )
    ]


def _rates(available: Collection[str]) -> list[KeyFigure]:
    ends = {"turnover.rate": (0, 60), "absence.rate": (0, 15)}
    return [
        KeyFigure(
            code=code,
            metric=METRICS[code],
            measure=None,
            label=METRICS[code].label,
            label_nl=None,
            side="wx",
            unit="percent",
            better="lower",
            low=low,
            high=high,
        )
        for code, (low, high) in ends.items()
        if all(
            needed in available
            for needed in METRICS[code].measures
            if needed not in METRICS[code].optional
        )
    ]


def _mean(measure: Measure, low: float, high: float) -> KeyFigure:
    return KeyFigure(
        code=measure.code,
        metric=METRICS["measure.mean"],
        measure=measure,
        label=measure.label,
        label_nl=measure.label_nl,
        side=measure.side,
        unit=measure.unit,
        better=measure.better,
        low=low,
        high=high,
        decimals=2 if measure.unit == "score" else 1,
    )


def _range(measure: Measure) -> tuple[float, float]:
    low, high = _RANGES.get(measure.unit, (0, 100))
    return (
        low if measure.low is None else max(low, measure.low),
        high if measure.high is None else min(high, measure.high),
    )
