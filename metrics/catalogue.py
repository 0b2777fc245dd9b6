"""The catalogue of measures: the built-in ones, and the company's own from the measures table."""

from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from metrics.entries import customer, records, survey
from metrics.vocabulary import THEMES, UNITS, Measure, Transform
from metrics.words import N_

__all__ = ["CATALOGUE", "THEMES", "UNITS", "Measure", "from_rows", "in_screen_order"]

_OWN_RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"percent": (0, 100), "nps": (-100, 100)}
)
_OWN_TRANSFORMS: Final[Mapping[str, Transform]] = MappingProxyType(
    {"percent": "binary", "nps": "nps"}
)
_OWN = N_("A measure of the company's own")


def in_screen_order(measures: Iterable[Measure]) -> list[Measure]:
    """The measures by theme in the order of the screens, otherwise in the order given."""
    themes = list(THEMES)
    return sorted(measures, key=lambda measure: themes.index(measure.theme))


CATALOGUE: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        measure.code: measure
        for measure in in_screen_order(
            chain(
                survey.burnout(),
                survey.items(),
                survey.happiness(),
                customer.feedback(),
                customer.cases(),
                records.people(),
                records.durations(),
                records.ideas(),
            )
        )
    }
)
"""Every built-in measure by its code, in the order of the screens."""


def from_rows(rows: pl.DataFrame) -> Mapping[str, Measure]:
    """The company's own measures by code, from the rows of the ``measures`` table.

    Columns as in the data contract: measure, label_en, label_nl, side, rater, unit, better,
    theme, at_risk_from; their options were checked on import. An unknown or empty theme becomes
    ``other``. A row with a built-in code is left out: the built-in definition holds. Survey
    answers to an item of the same code are scored by unit: ``percent`` 1 (or 100) is yes,
    ``nps`` 0-10, else the mean. No rows give an empty mapping.
    """
    return MappingProxyType(
        {
            row["measure"]: _own(row)
            for row in rows.iter_rows(named=True)
            if row["measure"] not in CATALOGUE
        }
    )


def _own(row: Mapping[str, Any]) -> Measure:
    low, high = _OWN_RANGES.get(row["unit"], (None, None))
    return Measure(
        code=row["measure"],
        label=row["label_en"],
        side=row["side"],
        rater=row["rater"],
        unit=row["unit"],
        better=row["better"],
        theme=row["theme"] if row["theme"] in THEMES else "other",
        items=(row["measure"],),
        low=low,
        high=high,
        at_risk_from=row["at_risk_from"],
        transform=_OWN_TRANSFORMS.get(row["unit"], "mean"),
        source=_OWN,
        label_nl=row["label_nl"],
        subject="own",
    )
