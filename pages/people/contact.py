"""The figures of contact between people, and what can be put beside them."""

from dataclasses import dataclass
from typing import Final

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.metric import Metric
from metrics.results import Cells, Table
from metrics.vocabulary import Measure
from pages.shared import showing
from pages.shared.words import _


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric, of a measure or by itself, that a page shows."""

    metric: Metric
    measure: Measure | None = None

    @property
    def code(self) -> str:
        return self.metric.code if self.measure is None else self.measure.code

    @property
    def codes(self) -> tuple[str, ...]:
        return self.metric.measures or ((self.measure.code,) if self.measure is not None else ())

    @property
    def unit(self) -> str:
        return self.metric.unit_of(self.measure)

    def of(self, found: Cells) -> Table:
        return self.metric.compute(found.only(self.codes), self.measure)


def name(figure: Figure) -> str:
    """The figure in the reader's words."""
    if figure.measure is not None:
        return showing.measure_name(figure.measure)
    return _(figure.metric.label)


def mean(code: str) -> Figure:
    """The mean of a built-in measure."""
    return Figure(METRICS["measure.mean"], CATALOGUE[code])


CONTACT: Final = (mean("peer_interaction"), mean("manager_interaction"))
"""Contact as people say it is."""

REACH: Final = Figure(METRICS["interaction.reach"])
NETWORK: Final = (
    REACH,
    Figure(METRICS["interaction.reciprocity"]),
    Figure(METRICS["interaction.manager_reply_rate"]),
    Figure(METRICS["interaction.peer_contact"]),
    Figure(METRICS["interaction.manager_contact"]),
)
FIGURES: Final = (*CONTACT, *NETWORK)
