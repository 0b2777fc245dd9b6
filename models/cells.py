"""The only door to the cells, for pages, terminal and exports alike.

A question is answered by the cells that lie wholly inside it, so whatever anyone adds or
subtracts, only whole cells come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from metrics.results import CELL_COLUMNS, Cells
from models.held import PLACES, Release, current, load
from release.leaves import UNKNOWN
from release.periods import Period, PeriodError, parse

__all__ = [
    "EVERYTHING",
    "UNKNOWN",
    "Question",
    "QuestionError",
    "Release",
    "Scope",
    "answer",
    "current",
    "load",
]

COVERAGE_STEP = 0.05


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
    """Sum the cells that lie wholly inside the question.

    Coverage is those cells against the smallest union of cells that contains the selection, in
    steps of 5 %: it counts published answers only, never hidden people. A group without a whole
    cell has no row; without any, coverage is None and `withheld` true, whether or not somebody
    answered.

    Raises:
        QuestionError: an unknown measure, dimension, value or period; the message lists what is
            allowed.
    """
    window = _check(question, release)
    periods = {
        code: [text for text in release.periods(code) if _in_window(parse(text), window)]
        for code in question.measures
    }
    asked = sorted({text for texts in periods.values() for text in texts}, key=parse)
    filters = _allowed(question, scope, release)
    bases = {_base(dim) for dim in question.by if dim != "period"} | set(filters)
    cells = release.collapsed(question.measures, sorted(bases)).lazy()
    if question.first or question.last:
        cells = cells.filter(pl.col("period").is_in(asked))
    for base, allowed in filters.items():
        cells = _marked(cells, base, allowed, release)
    rows, inside, touched = _grouped(cells, question.by, list(filters), release)
    schema = {**dict.fromkeys(question.by, pl.String()), **CELL_COLUMNS}
    return Cells(
        rows=rows.select(list(schema)).cast(schema),  # type: ignore[arg-type]
        by=question.by,
        measures=question.measures,
        # Nothing inside says the same whether or not anybody answered.
        coverage=_step(inside / touched) if inside else None,
        withheld=inside < touched
        or not inside
        or any(_hidden(code, texts, release) for code, texts in periods.items()),
        first=asked[0] if asked else None,
        last=asked[-1] if asked else None,
        release=release.number,
    )


def _marked(cells: pl.LazyFrame, base: str, allowed: set[str], release: Release) -> pl.LazyFrame:
    """The cells that touch a filter, with whether they lie wholly `inside` it."""
    groups = release.groups[base]
    judged = groups.members.group_by("group").agg(
        pl.col("value").is_in(list(allowed)).all().alias("inside"),
        pl.col("value").is_in(list(allowed)).any().alias("touched"),
    )
    # A cell that does not know the dimension may lie anywhere: it touches, but is not inside.
    touched = groups.spread(judged["group"], judged["touched"])
    inside = groups.spread(judged["group"], judged["inside"])
    return cells.filter(pl.lit(touched).gather(pl.col(base)).fill_null(value=True)).with_columns(
        pl.lit(inside).gather(pl.col(base)).fill_null(value=False).alias(f"inside {base}")
    )


def _grouped(
    cells: pl.LazyFrame, by: Sequence[str], filtered: Sequence[str], release: Release
) -> tuple[pl.DataFrame, int, int]:
    """Sums of the cells inside each group; how many answers these are; how many it touches."""
    inside = (
        cells.filter(pl.all_horizontal(f"inside {base}" for base in filtered))
        if filtered
        else cells
    )
    touched = cells
    for dim in by:
        if dim != "period":
            inside = _told(inside, dim, release).filter(pl.col(f"by {dim}").is_not_null())
            touched = _spread(touched, dim, release)
    keys = ["measure", *("period" if dim == "period" else f"by {dim}" for dim in by)]
    whole = touched.group_by(keys).agg(pl.col("n").sum().alias("of"))
    rows = (
        inside.group_by(keys)
        .agg(*_SUMS)
        .join(whole, on=keys, how="left")
        .with_columns(
            coverage=(((pl.col("n") / pl.col("of")) / COVERAGE_STEP).round() * COVERAGE_STEP).round(
                2
            )
        )
        .sort(*keys[1:], "measure")
        .rename({f"by {dim}": dim for dim in by if dim != "period"})
    )
    found, every = pl.collect_all([rows, cells.select(pl.col("n").sum())])
    return found, int(found["n"].sum()), int(every.item())


def _told(cells: pl.LazyFrame, dim: str, release: Release) -> pl.LazyFrame:
    """The cells with the one value that each has in `dim`; null where it has several."""
    single = pl.lit(release.meaning(dim).single)
    return cells.with_columns(single.gather(pl.col(_base(dim))).alias(f"by {dim}"))


def _spread(cells: pl.LazyFrame, dim: str, release: Release) -> pl.LazyFrame:
    """Every cell under each value that it has in `dim`."""
    base, several = _base(dim), release.meaning(dim).several
    told = _told(cells, dim, release)
    if several.is_empty():
        return told
    under = (
        told.drop(f"by {dim}")
        .join(several.lazy(), left_on=base, right_on="group")
        .rename({"value": f"by {dim}"})
    )
    return pl.concat([told.filter(pl.col(f"by {dim}").is_not_null()), under], how="diagonal")


_SUMS = (
    pl.col("n", "n_known", "total").sum(),
    pl.when(pl.col("squares").filter(pl.col("n_known") > 0).null_count() == 0)
    .then(pl.col("squares").sum())
    .alias("squares"),
    pl.when(pl.col("at_risk").null_count() == 0).then(pl.col("at_risk").sum()).alias("at_risk"),
    pl.col("at_least").any(),
    pl.col("period").n_unique().alias("periods"),
)


def _hidden(code: str, periods: Sequence[str], release: Release) -> bool:
    """Whether something of this measure was too small to publish in one of these periods."""
    return any(code in release.withheld.get(period, ()) for period in periods)


def _base(dim: str) -> str:
    return "location" if dim in PLACES else dim


def _allowed(question: Question, scope: Scope, release: Release) -> dict[str, set[str]]:
    """Per filtered base dimension the values that all filters on it leave."""
    allowed: dict[str, set[str]] = {}
    filters = list(question.where)
    if scope.locations is not None:
        filters.append(("location", tuple(sorted(scope.locations))))
    for dim, values in filters:
        chosen = set(values)
        if dim in PLACES:
            named = pl.col(PLACES[dim]).fill_null(UNKNOWN).is_in(list(chosen))
            chosen = set(release.locations.filter(named)["location_id"])
        base = _base(dim)
        allowed[base] = allowed[base] & chosen if base in allowed else chosen
    return allowed


def _in_window(period: Period, window: tuple[Period | None, Period | None]) -> bool:
    first, last = window
    return (first is None or period.first_day >= first.first_day) and (
        last is None or period.last_day <= last.last_day
    )


def _check(question: Question, release: Release) -> tuple[Period | None, Period | None]:
    for code in question.measures:
        _check_measure(code, question, release)
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


def _step(share: float) -> float:
    return round(round(share / COVERAGE_STEP) * COVERAGE_STEP, 2)
