"""A metric by its name: the question it needs, put to the cells, and computed.

Pages, terminal and exports ask here, so that the same name gives the same number everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.definitions import METRICS, MetricError
from metrics.metric import Metric
from metrics.pay import STANDARD, Triangle
from metrics.results import Table
from metrics.vocabulary import Measure
from models import pricing
from models.cells import Question, QuestionError, Release, Scope, answer

__all__ = ["MetricError", "QuestionError", "ask", "metric_named"]

Where = Mapping[str, Sequence[str]]


def metric_named(code: str) -> Metric:
    """The metric of this code.

    Raises:
        QuestionError: there is none; the message lists those there are.
    """
    if code not in METRICS:
        raise QuestionError(f"there is no metric '{code}'; there are: {', '.join(METRICS)}")
    return METRICS[code]


def ask(
    metric: Metric,
    scope: Scope,
    release: Release,
    *,
    measure: str | None = None,
    by: Sequence[str] = (),
    where: Where | None = None,
    first: str | None = None,
    last: str | None = None,
    shares: Triangle | None = None,
) -> Table:
    """The metric per group of `by` (and of its own axis, if it has one), in `where` and the window.

    `shares`: what a leaver costs, as a share of a year's pay, for metrics with a price; None takes
    the published ones.

    Raises:
        QuestionError, MetricError: the question can't be put; the message lists what can.
    """
    chosen = _measure(metric, measure, release)
    codes = metric.asks(release.measures(), chosen)
    within = tuple(dim for dim in metric.within if dim not in by)
    question = Question(
        measures=codes,
        by=tuple(dict.fromkeys((*by, *((metric.axis,) if metric.axis else ()), *within))),
        where=tuple((dim, tuple(values)) for dim, values in (where or {}).items()),
        first=first,
        last=last,
    )
    found = answer(question, scope, release).apart(within)
    if metric.priced is None:
        return metric.compute(found, chosen)
    prices = pricing.prices(replace(question, by=tuple(by)), scope, release, shares or STANDARD)
    return metric.at(prices).compute(found, chosen)


def _measure(metric: Metric, code: str | None, release: Release) -> Measure | None:
    if code is None:
        return None
    found = release.measure(code)
    if found is None:
        fit = [name for name in release.measures() if metric.accepts(_sure(release, name))]
        raise QuestionError(
            f"there is no measure '{code}'; of these {metric.code} can be computed: "
            + (", ".join(fit) or "none yet, publish a release first")
        )
    return found


def _sure(release: Release, code: str) -> Measure:
    found = release.measure(code)
    if found is None:
        raise QuestionError(f"the release has cells of '{code}', which nothing defines")
    return found
