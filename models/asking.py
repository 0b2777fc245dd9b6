"""A metric by its name: the question it needs, put to the cells, and computed.

Pages, terminal and exports ask here, so that the same name gives the same number everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.definitions import METRICS, MetricError
from metrics.metric import Metric
from metrics.pay import (
    STANDARD,
    Triangle,
)
from metrics.results import (
    Cells,
    Table,
)
from metrics.vocabulary import Measure
from models import pricing
from models.cells import Question, QuestionError, Release, Scope, answer
from release.periods import PeriodError, parse

__all__ = ["MetricError", "QuestionError", "ask", "cells_for", "metric_named"]

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
    metric = fitting(metric, scope, release, by=by, where=where)
    found = cells_for(
        metric, scope, release, measure=chosen, by=by, where=where, first=first, last=last
    )
    if metric.priced is None:
        return metric.compute(found, chosen)
    question = Question(found.measures, tuple(by), _filters(where), first, last)
    prices = pricing.prices(question, scope, release, shares or STANDARD)
    return metric.at(prices).compute(found, chosen)


def _filters(where: Where | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((dim, tuple(values)) for dim, values in (where or {}).items())


def fitting(
    metric: Metric,
    scope: Scope,
    release: Release,
    *,
    by: Sequence[str] = (),
    where: Where | None = None,
) -> Metric:
    """The metric, or the same from another source where its own knows not all that is asked."""
    granted = () if scope.locations is None else ("location",)
    asked = {*by, *(where or {}), *granted}
    other = metric.otherwise
    if other is None or _knows(metric, asked, release):
        return metric
    return other if _knows(other, asked, release) else metric


def _knows(metric: Metric, asked: set[str], release: Release) -> bool:
    """Whether the release has the measures of a metric, each by all of these dimensions."""
    needed = [code for code in metric.measures if code not in metric.optional]
    return all(
        asked <= release.dims(code) and release.together(code, asked)
        for code in needed
        if release.facts.get(code) is not None
    ) and set(needed) <= set(release.facts)


def cells_for(
    metric: Metric,
    scope: Scope,
    release: Release,
    *,
    measure: Measure | None = None,
    by: Sequence[str] = (),
    where: Where | None = None,
    first: str | None = None,
    last: str | None = None,
) -> Cells:
    """The cells from which a metric is computed; as in `ask`, and shared by metrics that ask alike.

    Raises:
        QuestionError, MetricError: as in `ask`.
    """
    codes = metric.asks(release.measures(), measure)
    _check_periods(first, last)
    refused = [dim for dim in by if metric.past and dim in metric.within]
    if refused:
        raise QuestionError(f"{metric.code} can't be grouped by {', '.join(refused)}")
    axis = () if metric.axis is None or metric.axis in by else (metric.axis,)
    inner = tuple(dim for dim in metric.within if dim not in by)
    if metric.common:
        first, last = _narrowed(codes, release, first, last)
    question = Question(
        measures=codes,
        by=(*by, *axis, *inner),
        where=_filters(where),
        first=None if metric.past else first,
        last=last,
    )

    def answered() -> Cells:
        found = answer(question, scope, release).apart(inner)
        if metric.past and first:
            within = _from(codes, release, first)
            return replace(found, first=within[0] if within else None)
        return found

    return release.kept.of((question, scope, inner, metric.past and first), answered)


def _check_periods(*texts: str | None) -> None:
    try:
        for text in texts:
            if text is not None:
                parse(text)
    except PeriodError as error:
        raise QuestionError(str(error)) from error


def _from(codes: Sequence[str], release: Release, first: str) -> list[str]:
    """The periods of any of the measures from `first` on, in order."""
    start = parse(first).first_day
    every = {text for code in codes for text in release.periods(code)}
    return sorted((text for text in every if parse(text).first_day >= start), key=parse)


def _narrowed(
    codes: Sequence[str], release: Release, first: str | None, last: str | None
) -> tuple[str | None, str | None]:
    """The window, no wider than the periods in which every measure is known."""
    spans = [[parse(text) for text in release.periods(code)] for code in codes]
    opening = max((span[0] for span in spans), key=lambda period: period.first_day)
    closing = min((span[-1] for span in spans), key=lambda period: period.last_day)
    if first is None or parse(first).first_day < opening.first_day:
        first = opening.text
    if last is None or parse(last).last_day > closing.last_day:
        last = closing.text
    return first, last


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
