"""The questions of one selection on a page of people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from metrics.catalogue import CATALOGUE
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.metric import Metric
from metrics.results import Cells, Table
from metrics.vocabulary import Measure
from models import cells
from models.cells import EVERYTHING, Question, Release, Scope
from pages.shared import places, showing
from pages.shared.filters import Filters
from pages.shared.windows import Window, chosen, latest_year
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


def _mean(code: str) -> Figure:
    return Figure(METRICS["measure.mean"], CATALOGUE[code])


CONTACT: Final = (_mean("peer_interaction"), _mean("manager_interaction"))
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


@dataclass(frozen=True, slots=True)
class Read:
    """A figure in the selection: over ``window``, a year before (None: not known), by period."""

    figure: Figure
    window: Window
    now: Table
    before: Table | None
    course: Table

    @property
    def moved(self) -> Table | None:
        return None if self.before is None else change(self.now, self.before)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a release."""

    release: Release
    scope: Scope
    filters: Filters

    def released(self, figure: Figure) -> bool:
        return all(code in self.release.facts for code in figure.codes)

    def known(self, figure: Figure, *dims: str) -> bool:
        """Whether one view of each measure knows these dimensions and all that is filtered."""
        granted = () if self.scope.locations is None else ("location",)
        asked = {*dims, *(dim for dim, _values in self.filters.chosen), *granted}
        return all(
            asked <= self.release.dims(code) and self.release.together(code, asked)
            for code in figure.codes
        )

    def window(self, figure: Figure) -> Window | None:
        return latest_year(chosen(self.release.periods(figure.codes[0]), self.filters))

    def read(self, figure: Figure) -> Read | None:
        """The figure in the selection; None where it is not released, or the filters do not fit."""
        if not self.released(figure) or not self.known(figure):
            return None
        every = self.release.periods(figure.codes[0])
        periods = chosen(every, self.filters)
        window = latest_year(periods)
        if window is None:
            return None
        earlier = window.year_before()
        return Read(
            figure,
            window,
            figure.of(self._selected(figure, window)),
            figure.of(self._selected(figure, earlier)) if earlier.first in every else None,
            figure.of(self._selected(figure, Window(periods[0], periods[-1]), "period")),
        )

    def grouped(self, figure: Figure, window: Window, dim: str) -> Table | None:
        """The figure of the selection by one dimension; None where no view tells it."""
        if not self.released(figure) or not self.known(figure, dim):
            return None
        return figure.of(self._selected(figure, window, dim))

    def sites(self, figure: Figure, window: Window) -> Cells | None:
        """All released sites within the filters on work; places limit what is shown, not this."""
        if not self.released(figure):
            return None
        work = Filters(chosen=places.of_work(self.filters))
        everywhere = replace(self, filters=work, scope=EVERYTHING)
        if not everywhere.known(figure, "location"):
            return None
        found = everywhere._selected(figure, window, "location")
        return found if found.rows.height else None

    def everywhere(self, codes: Sequence[str], window: Window | None, *by: str) -> Cells:
        """Of the whole company, whatever the filters."""
        first, last = (None, None) if window is None else (window.first, window.last)
        question = Question(tuple(codes), by, (), first, last)
        return cells.answer(question, EVERYTHING, self.release)

    def shown(self) -> frozenset[str]:
        """The sites that the filters on place, and what was granted, leave."""
        return places.shown(self.release, self.filters, self.scope)

    def _selected(self, figure: Figure, window: Window, *by: str) -> Cells:
        question = Question(figure.codes, by, self.filters.chosen, window.first, window.last)
        return cells.answer(question, self.scope, self.release)
