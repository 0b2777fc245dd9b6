"""Puts the questions of the Ideas page to the door, with the filters that a figure can follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from metrics.definitions import METRICS
from metrics.idea_log import SUBMITTED
from metrics.metric import Metric, MetricError
from metrics.results import Cells, Table
from metrics.vocabulary import Measure
from models import asking
from models.cells import EVERYTHING, QuestionError, Release, Scope
from pages.shared import places
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.windows import Window

IN_TIME: Final = "decided_in_30_days"


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one selection.

    ``followed``: the filters that ideas one by one know; ``lost``: the others, which they can't
    follow since nothing is told of who sent an idea in.
    """

    release: Release
    scope: Scope
    followed: tuple[tuple[str, tuple[str, ...]], ...]
    lost: tuple[str, ...]

    @classmethod
    def of(cls, release: Release, scope: Scope, filters: Filters) -> "Asked":
        """What can be asked in this selection."""
        known = release.dims(SUBMITTED)
        return cls(
            release,
            scope,
            tuple((dim, each) for dim, each in filters.chosen if dim in known),
            tuple(dim for dim in DIMENSIONS if dim not in known and filters.values(dim)),
        )

    def cells(self, metric: Metric, window: Window, *by: str) -> Cells | None:
        """The cells of a metric; None where the release can't tell it in this selection."""
        try:
            return asking.cells_for(
                metric,
                self.scope,
                self.release,
                by=by,
                where=dict(self.followed),
                first=window.first,
                last=window.last,
            )
        except (QuestionError, MetricError):
            return None

    def table(
        self, code: str, window: Window, *by: str, measure: str | None = None
    ) -> Table | None:
        """A metric over a window; None where the release can't tell it in this selection."""
        return self._ask(METRICS[code], window, by, measure, self.scope, dict(self.followed))

    def everywhere(
        self, code: str, window: Window, *by: str, measure: str | None = None
    ) -> Table | None:
        """The same of the whole company, whatever the filters: a total that all may see."""
        return self._ask(METRICS[code], window, by, measure, EVERYTHING, {})

    def _ask(
        self,
        metric: Metric,
        window: Window,
        by: Sequence[str],
        measure: str | None,
        scope: Scope,
        where: dict[str, tuple[str, ...]],
    ) -> Table | None:
        try:
            found = asking.ask(
                metric,
                scope,
                self.release,
                measure=measure,
                by=by,
                where=where,
                first=window.first,
                last=window.last,
            )
        except (QuestionError, MetricError):
            return None
        return found

    def all_cells(
        self, metric: Metric, window: Window, *by: str, of: Measure | None = None
    ) -> Cells | None:
        """The cells of a metric of all sites, on which what is shown is judged; None: not told."""
        try:
            return asking.cells_for(
                metric,
                EVERYTHING,
                self.release,
                measure=of,
                by=by,
                first=window.first,
                last=window.last,
            )
        except (QuestionError, MetricError):
            return None

    def shown(self) -> frozenset[str]:
        """The sites that the filters on place, and what was granted, leave."""
        return places.shown(self.release, Filters(chosen=self.followed), self.scope)
