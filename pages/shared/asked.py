"""The questions of one selection: any metric, where the release can tell it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.definitions import METRICS
from metrics.metric import Metric, MetricError
from metrics.pay import STANDARD, Triangle
from metrics.results import Cells, Table
from metrics.vocabulary import Measure
from models import asking, cells
from models.cells import EVERYTHING, Question, QuestionError, Release, Scope
from pages.shared import places
from pages.shared.filters import Filters
from pages.shared.windows import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be asked of a release in a selection.

    Metrics are named by their code, or given themselves. What the release can't tell in the
    selection is None: a missing measure, dimensions that no view knows together, no prices.

    Attributes:
        release, scope, filters: the selection; windows are given with each question.
        shares: what a leaver costs, as a share of a year's pay.
    """

    release: Release
    scope: Scope
    filters: Filters
    shares: Triangle = STANDARD

    def everywhere(self) -> "Asked":
        """All released sites within the filters on work: what sites are judged by."""
        return replace(self, scope=EVERYTHING, filters=Filters(chosen=places.of_work(self.filters)))

    def company(self) -> "Asked":
        """The whole company, whatever the filters: totals that all may see."""
        return replace(self, scope=EVERYTHING, filters=Filters())

    def shown(self) -> frozenset[str]:
        """The sites that the filters on place, and what was granted, leave."""
        return places.shown(self.release, self.filters, self.scope)

    def fits(self, metric: Metric | str, *by: str, measure: Measure | None = None) -> bool:
        """Whether one view tells of all measures of a metric by these dimensions and filters."""
        known = _named(metric)
        try:
            codes = known.asks(self.release.measures(), measure)
        except MetricError:
            return False
        dims = {*by, *known.within, *((known.axis,) if known.axis else ())}
        dims |= {dim for dim, _values in self.filters.chosen}
        return all(self._told(code, dims) for code in codes)

    def _told(self, code: str, dims: set[str]) -> bool:
        limited = self.scope.locations is not None and self.release.knows_sites(code)
        asked = dims | {"location"} if limited else dims
        return (
            asked <= self.release.dims(code)
            and self.release.together(code, asked)
            and all(cells.granted(code, dim, self.scope, self.release) for dim in asked)
        )

    def cells(
        self, metric: Metric | str, window: Window, *by: str, measure: Measure | None = None
    ) -> Cells | None:
        """The cells that a metric is computed from."""
        try:
            return asking.cells_for(
                _named(metric),
                self.scope,
                self.release,
                measure=measure,
                by=by,
                where=dict(self.filters.chosen),
                first=window.first,
                last=window.last,
            )
        except (QuestionError, MetricError):
            return None

    def table(
        self, metric: Metric | str, window: Window, *by: str, measure: Measure | None = None
    ) -> Table | None:
        """The metric of the selection by some dimensions."""
        try:
            return asking.ask(
                _named(metric),
                self.scope,
                self.release,
                measure=None if measure is None else measure.code,
                by=by,
                where=dict(self.filters.chosen),
                first=window.first,
                last=window.last,
                shares=self.shares,
            )
        except (QuestionError, MetricError):
            return None

    def raw(self, codes: Sequence[str], window: Window | None, *by: str) -> Cells:
        """The cells of measures themselves; without a window of all periods.

        Raises:
            QuestionError: as `models.cells.answer`.
        """
        first, last = (None, None) if window is None else (window.first, window.last)
        question = Question(tuple(codes), by, self.filters.chosen, first, last)
        return cells.answer(question, self.scope, self.release)


def _named(metric: Metric | str) -> Metric:
    return METRICS[metric] if isinstance(metric, str) else metric
