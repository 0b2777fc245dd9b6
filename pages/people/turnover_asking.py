"""Puts questions of the Turnover page to the door: any metric, where the selection is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.definitions import METRICS
from metrics.metric import MetricError
from metrics.pay import STANDARD, Triangle
from metrics.results import Cells, Table
from models import cells, pricing
from models.cells import EVERYTHING, Question, Release, Scope
from pages.shared.filters import Filters
from pages.shared.places import of_work
from pages.shared.windows import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one selection."""

    release: Release
    scope: Scope
    filters: Filters
    shares: Triangle = STANDARD

    def everywhere(self) -> "Asked":
        """All released sites within the filters on work: what models are fitted on."""
        work = replace(self.filters, chosen=of_work(self.filters))
        return replace(self, scope=EVERYTHING, filters=work)

    def codes(self, metric: str) -> tuple[str, ...]:
        """The measures that a metric asks for; none where one that it needs is not released."""
        try:
            return METRICS[metric].asks(self.release.measures())
        except MetricError:
            return ()

    def fits(self, metric: str, *by: str) -> bool:
        """Whether one view tells of all measures of a metric by these dimensions and filters."""
        known = METRICS[metric]
        dims = [*by, *known.within, *((known.axis,) if known.axis else ())]
        dims += [dim for dim, _values in self.filters.chosen]
        codes = self.codes(metric)
        return bool(codes) and all(self._told(code, dims) for code in codes)

    def _told(self, code: str, dims: Sequence[str]) -> bool:
        limited = self.scope.locations is not None and self.release.knows_sites(code)
        asked = {*dims, "location"} if limited else set(dims)
        if not all(cells.granted(code, dim, self.scope, self.release) for dim in asked):
            return False
        return asked <= self.release.dims(code) and self.release.together(code, asked)

    def cells(self, metric: str, window: Window, *by: str) -> Cells:
        """The cells that a metric needs, of a selection that `fits`."""
        question = self._question(metric, window, by)
        return cells.answer(question, self.scope, self.release).apart(
            [dim for dim in METRICS[metric].within if dim not in by]
        )

    def table(self, metric: str, window: Window, *by: str) -> Table | None:
        """The metric in the selection; None where that is not known, or its price is not."""
        if not self.fits(metric, *by):
            return None
        known = METRICS[metric]
        if known.priced is not None:
            question = replace(self._question(metric, window, by), by=by)
            try:
                known = known.at(pricing.prices(question, self.scope, self.release, self.shares))
            except MetricError:
                return None
        return known.compute(self.cells(metric, window, *by))

    def _question(self, metric: str, window: Window, by: Sequence[str]) -> Question:
        known = METRICS[metric]
        axis = (known.axis,) if known.axis else ()
        dims = tuple(dict.fromkeys((*by, *axis, *known.within)))
        return Question(self.codes(metric), dims, self.filters.chosen, window.first, window.last)
