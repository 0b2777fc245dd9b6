"""The terms of the catalogue: what a measure is, its units, and the themes of the screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from metrics.words import N_

Side = Literal["wx", "cx", "operations"]
Rater = Literal["employee", "customer", "system"]
Better = Literal["higher", "lower"]
Unit = Literal["percent", "score", "nps", "minutes", "count", "hours", "years", "eur"]
Transform = Literal["mean", "nps", "binary", "sum"]

UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "percent": N_("percent"),
        "score": N_("score"),
        "nps": N_("points from -100 to 100"),
        "minutes": N_("minutes"),
        "count": N_("count"),
        "hours": N_("hours"),
        "years": N_("years"),
        "eur": N_("euros"),
    }
)
"""Units a measure can have, with their names (msgids)."""

FURTHER_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "days": N_("days"),
        "months": N_("months"),
        "per_100": N_("per 100 employees per year"),
        "ratio": N_("so many per one"),
    }
)
"""Units that only metrics have."""

THEMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "burnout": N_("Burnout"),
        "turnover": N_("Turnover"),
        "interaction": N_("Interaction"),
        "ideas": N_("Ideas"),
        "remote": N_("Remote work"),
        "empowerment": N_("Empowerment"),
        "health": N_("Health and happiness"),
        "barriers": N_("Barriers"),
        "customer": N_("Customer experience"),
        "service": N_("Service"),
        "other": N_("Other measures"),
    }
)
"""Themes in the order of the screens, with their labels (msgids)."""


_OF_A_YEAR = ("pay", "reliability")


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that is measured, with all that is needed to score and show it.

    ``items``: survey items (or columns of the feedback and case tables); the score is their mean.
    ``low``, ``high``: absolute range, None where there is no natural end.
    ``at_risk_from``: at risk when the score is >= it (better lower) or <= it (better higher), or
    strictly beyond it when ``at_risk_strict``; None: no cut-off, so no share at risk.
    ``transform``: ``mean`` is the score itself; ``nps`` 9-10 -> 100, 7-8 -> 0, 0-6 -> -100;
    ``binary`` 100 when the score is >= ``yes_from``, else 0; ``sum`` a count or an amount of a
    whole population, which has a total but no mean per person.
    ``subject``: the subject of the release that holds it; ``own`` for a company's own measures,
    whose values may be survey items or ready-made group figures.
    """

    code: str
    label: str
    side: Side
    rater: Rater
    unit: str
    better: Better
    theme: str
    items: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    at_risk_from: float | None = None
    severe_from: float | None = None
    transform: Transform = "mean"
    source: str = ""
    label_nl: str | None = None
    subject: str = "survey"
    yes_from: float = 1.0
    at_risk_strict: bool = False

    @property
    def as_figure(self) -> bool:
        """Whether a ready-made group figure may tell it.

        Counts of a population, pay and reliability are told by rules of their own (by threes, with
        noise, of the whole company), which a figure of one site would go round. Of a yes or no
        without ends (a severe cut-off) nothing would say that nearly all say yes.
        """
        endless = self.transform == "binary" and self.high is None
        return self.transform != "sum" and not endless and self.subject not in _OF_A_YEAR
