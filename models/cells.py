"""The only door to the cells, for pages, terminal and exports alike.

A question is answered by the cells that lie wholly inside it, so whatever anyone adds or
subtracts, only whole cells come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from metrics.results import CELL_COLUMNS, Cells, Reach, covered
from models.choosing import choose
from models.held import PLACES, Release, current, load
from models.summing import Filters, Part, summed
from release.leaves import UNKNOWN
from release.periods import Period, PeriodError, parse
from release.subjects import SITES, WORK

__all__ = [
    "EVERYTHING",
    "UNKNOWN",
    "WORK",
    "Question",
    "QuestionError",
    "Release",
    "Scope",
    "answer",
    "current",
    "granted",
    "load",
]


class QuestionError(ValueError):
    """The question names something that the release does not know."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asker may see: the sites granted; None grants all."""

    locations: frozenset[str] | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        measures: codes of measures.
        by: dimensions to group by, `period` included.
        where: dimension and the values that are wanted, for each filter.
        first, last: the window, both included; None is open. A period lies in the window when all
            of its days do.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: str | None = None
    last: str | None = None


def answer(question: Question, scope: Scope, release: Release) -> Cells:
    """Sum the cells that lie wholly inside the question, of the view that covers most of it.

    Each measure is answered by one view, the same in every window; measures that count a whole
    population are divided by one another, so all of them in a question share one view
    (`models.choosing`).

    Coverage is those cells against the smallest union of cells that contains the selection, in
    steps of 5 %: it counts published answers only, never hidden people. A group without a whole
    cell has no row; without any, coverage is None and `withheld` true, whether or not somebody
    answered.

    Raises:
        QuestionError: an unknown measure, dimension, value or period, or dimensions of which no
            view knows all; the message lists what is allowed.
    """
    window = _check(question, scope, release)
    periods = {
        code: [text for text in release.periods(code) if _in_window(text, window)]
        for code in question.measures
    }
    asked = sorted({text for texts in periods.values() for text in texts}, key=parse)
    limited = asked if question.first or question.last else None
    views = {
        code: view
        for codes, filters in _alike(question, scope, release)
        for code, view in choose(codes, question.by, filters, release).items()
    }
    found = [
        summed(Part(view, asked_of, question.by, filters, limited), release)
        for codes, filters in _alike(question, scope, release)
        for view in dict.fromkeys(views[code] for code in codes)
        if (asked_of := tuple(code for code in codes if views[code] == view))
    ]
    rows = _rows([each.rows for each in found], question.by)
    reach = {code: touched for each in found for code, touched in each.reach.items()}
    inside = dict(rows.group_by("measure").agg(pl.col("n").sum()).iter_rows())
    reaches = {
        code: Reach(inside.get(code, 0), reach.get(code, 0), _hidden(code, periods[code], release))
        for code in question.measures
    }
    coverage, withheld = covered(reaches.values())
    return Cells(
        rows=rows,
        by=question.by,
        measures=question.measures,
        coverage=coverage,
        withheld=withheld,
        first=asked[0] if asked else None,
        last=asked[-1] if asked else None,
        release=release.number,
        views=views,
        without={
            code: release.lacks(code, views[code], texts)
            for code, texts in periods.items()
            if views[code] != SITES
        },
        reaches=reaches,
    )


def _rows(parts: Sequence[pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """The rows of all parts, periods in the order of time."""
    schema = {**dict.fromkeys(by, pl.String()), **CELL_COLUMNS}
    alike = [
        part.lazy().select(
            # Sorted by time first.
            pl.col(name) if name == "period" else pl.col(name).cast(kind)
            for name, kind in schema.items()
        )
        for part in parts
    ]
    joined = pl.concat(alike)
    if len(parts) > 1 and by:
        joined = joined.sort(by, maintain_order=True)
    ordered = joined.cast({"period": pl.String()}) if "period" in by else joined
    return ordered.collect(engine="in-memory")


def _alike(
    question: Question, scope: Scope, release: Release
) -> Sequence[tuple[tuple[str, ...], Filters]]:
    """The measures of a question with their filters: those that know sites, and those that do not.

    Life tables know no sites: whoever sees some sites only gets those of the company.
    """
    by_site = tuple(code for code in question.measures if release.knows_sites(code))
    others = tuple(code for code in question.measures if code not in by_site)
    parts = ((by_site, _filters(question, scope)), (others, question.where))
    return [part for part in parts if part[0]]


def _filters(question: Question, scope: Scope) -> Filters:
    """The filters of a question, with the sites granted as one more."""
    if scope.locations is None:
        return question.where
    return (*question.where, ("location", tuple(sorted(scope.locations))))


def _hidden(code: str, periods: Sequence[str], release: Release) -> bool:
    """Whether something of this measure was too small to publish in one of these periods."""
    return any(code in release.withheld.get(period, ()) for period in periods)


def _in_window(text: str, window: tuple[Period | None, Period | None]) -> bool:
    first, last = window
    opening, closing = _days(text)
    return (first is None or opening >= first.first_day) and (
        last is None or closing <= last.last_day
    )


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[date, date]:
    period = parse(text)
    return period.first_day, period.last_day


def _check(
    question: Question, scope: Scope, release: Release
) -> tuple[Period | None, Period | None]:
    for code in question.measures:
        _check_measure(code, question, release)
        _check_scope(code, question, scope, release)
        _check_together(code, question, scope, release)
    if len(set(question.by)) != len(question.by):
        raise QuestionError("a dimension is named twice in the grouping")
    for dim, values in question.where:
        if dim == "period":
            raise QuestionError("a window of periods is given by its first and last period")
        known = release.values(dim)
        for value in values:
            if value not in known:
                raise QuestionError(
                    f"'{dim}' has no value '{value}'; it has: {', '.join(known[:50])}"
                )
    try:
        first = parse(question.first) if question.first else None
        last = parse(question.last) if question.last else None
    except PeriodError as error:
        raise QuestionError(str(error)) from error
    return first, last


def _check_measure(code: str, question: Question, release: Release) -> None:
    if code not in release.facts:
        raise QuestionError(
            f"no published cells of measure '{code}'; there are: "
            + (", ".join(release.measures()) or "none yet, publish a release first")
        )
    dims = release.dims(code)
    for dim in (*question.by, *(dim for dim, _ in question.where)):
        if dim not in dims:
            raise QuestionError(
                f"'{code}' cannot be split by '{dim}'; it can by: {', '.join(sorted(dims))}"
            )


def _check_scope(code: str, question: Question, scope: Scope, release: Release) -> None:
    """Refuse the places of a measure whose cells do not say which sites were granted.

    Raises:
        QuestionError: it names a place; the company as a whole may be asked for.
    """
    for dim in (*question.by, *(dim for dim, _ in question.where)):
        if not granted(code, dim, scope, release):
            raise QuestionError(
                f"'{code}' is not told by site, so you may not see it by '{dim}'; "
                "of the company as a whole you may"
            )


def granted(code: str, dim: str, scope: Scope, release: Release) -> bool:
    """Whether a measure may be seen by a dimension: by a place only where it is told by site."""
    return scope.locations is None or release.knows_sites(code) or dim not in PLACES


def _check_together(code: str, question: Question, scope: Scope, release: Release) -> None:
    dims = [*question.by, *(dim for dim, _ in _filters(question, scope))]
    if not release.together(code, dims):
        asked = ", ".join(dict.fromkeys(dim for dim in dims if dim != "period"))
        raise QuestionError(
            f"'{code}' is told by each of {asked}, but not by all at once: "
            "they belong to different views"
        )
