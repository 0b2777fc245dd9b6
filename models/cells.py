"""The only door to the cells, for pages, terminal and exports alike.

A question is answered by the cells that lie wholly inside it, so whatever anyone adds or
subtracts, only whole cells come out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from metrics.results import CELL_COLUMNS, Cells
from models.held import PLACES, Release, current, load
from release.periods import Period, PeriodError, parse

__all__ = [
    "EVERYTHING",
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
    cell has no row.

    Raises:
        QuestionError: an unknown measure, dimension, value or period; the message lists what is
            allowed.
    """
    window = _check(question, release)
    wanted = _wanted(question, scope, release)
    parts = [_measure(code, question, window, wanted, release) for code in question.measures]
    rows = [part.rows for part in parts if part.rows.height]
    inside, touched = sum(part.inside for part in parts), sum(part.touched for part in parts)
    periods = sorted({period for part in parts for period in part.periods}, key=parse)
    order = [*question.by, "measure"]
    schema = {**dict.fromkeys(question.by, pl.String()), **CELL_COLUMNS}
    return Cells(
        rows=(pl.concat(rows) if rows else pl.DataFrame(schema=schema))
        .select(list(schema))
        .cast(schema)  # type: ignore[arg-type]
        .sort(order),
        by=question.by,
        measures=question.measures,
        coverage=_step(inside / touched) if touched else None,
        withheld=inside < touched or any(part.withheld for part in parts),
        first=periods[0] if periods else None,
        last=periods[-1] if periods else None,
        release=release.number,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    rows: pl.DataFrame
    inside: int
    touched: int
    periods: tuple[str, ...]
    withheld: bool


def _measure(
    code: str,
    question: Question,
    window: tuple[Period | None, Period | None],
    wanted: Mapping[str, pl.DataFrame],
    release: Release,
) -> _Part:
    bases = sorted({_base(dim) for dim in (*question.by, *wanted) if dim != "period"})
    cells = release.collapsed(code, bases)
    periods = [text for text in release.periods(code) if _in_window(parse(text), window)]
    cells = cells.filter(pl.col("period").is_in(periods))
    for base, allowed in wanted.items():
        cells = cells.join(
            allowed, left_on=base, right_on="group", how="left", maintain_order="left"
        )
        cells = cells.rename({"inside": f"inside {base}", "touched": f"touched {base}"})
    touched = cells.filter(
        pl.all_horizontal(pl.col(f"touched {base}").fill_null(value=True) for base in wanted)
        if wanted
        else pl.lit(value=True)
    )
    inside = touched.filter(
        pl.all_horizontal(pl.col(f"inside {base}").fill_null(value=False) for base in wanted)
        if wanted
        else pl.lit(value=True)
    )
    split = [dim for dim in question.by if dim != "period"]
    denominators = touched
    for dim in split:
        single, members = _by(dim, release)
        base = _base(dim)
        inside = inside.join(single, left_on=base, right_on="group").rename({"value": f"by {dim}"})
        denominators = denominators.join(members, left_on=base, right_on="group").rename(
            {"value": f"by {dim}"}
        )
    keys = ["period" if dim == "period" else f"by {dim}" for dim in question.by]
    sums = _summed(inside, keys)
    if keys:
        whole = denominators.group_by(keys).agg(pl.col("n").sum().alias("of"))
        sums = sums.join(whole, on=keys, how="left")
    else:
        sums = sums.with_columns(of=pl.lit(touched["n"].sum()))
    rows = sums.filter(pl.col("n") > 0).with_columns(
        coverage=((pl.col("n") / pl.col("of")) / COVERAGE_STEP).round() * COVERAGE_STEP,
        measure=pl.lit(code),
    )
    names = {f"by {dim}": dim for dim in split}
    return _Part(
        rows=rows.rename(names).select(*question.by, *CELL_COLUMNS),
        inside=int(inside["n"].sum()),
        touched=int(touched["n"].sum()),
        periods=tuple(periods),
        withheld=_hidden(code, periods, release),
    )


def _summed(inside: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    aggregates = (
        pl.col("n", "n_known", "total").sum(),
        pl.when(pl.col("squares").filter(pl.col("n_known") > 0).null_count() == 0)
        .then(pl.col("squares").sum())
        .alias("squares"),
        pl.when(pl.col("at_risk").null_count() == 0).then(pl.col("at_risk").sum()).alias("at_risk"),
        pl.col("at_least").any(),
        pl.col("period").n_unique().alias("periods"),
    )
    return inside.group_by(keys).agg(aggregates) if keys else inside.select(aggregates)


def _hidden(code: str, periods: Sequence[str], release: Release) -> bool:
    """Whether something of this measure was too small to publish in one of these periods."""
    return any(code in release.withheld.get(period, ()) for period in periods)


def _base(dim: str) -> str:
    return "location" if dim in PLACES else dim


def _by(dim: str, release: Release) -> tuple[pl.DataFrame, pl.DataFrame]:
    """For each group of values: the one value that it stands for, if it is one; and all of them."""
    members = release.groups[_base(dim)].map(release.place_mapping(dim))
    single = members.filter(pl.len().over("group") == 1).drop_nulls()
    return single, members.drop_nulls()


def _wanted(question: Question, scope: Scope, release: Release) -> dict[str, pl.DataFrame]:
    """Per filtered base dimension: which groups lie wholly inside the filter, which touch it."""
    allowed: dict[str, set[str]] = {}
    filters = list(question.where)
    if scope.locations is not None:
        filters.append(("location", tuple(sorted(scope.locations))))
    for dim, values in filters:
        chosen = set(values)
        if dim in PLACES:
            rows = release.locations.filter(pl.col(PLACES[dim]).is_in(list(chosen)))
            chosen = set(rows["location_id"])
        base = _base(dim)
        allowed[base] = allowed[base] & chosen if base in allowed else chosen
    return {
        base: release.groups[base]
        .members.group_by("group")
        .agg(
            pl.col("value").is_in(list(chosen)).all().alias("inside"),
            pl.col("value").is_in(list(chosen)).any().alias("touched"),
        )
        for base, chosen in allowed.items()
        if base in release.groups
    }


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
    return round(share / COVERAGE_STEP) * COVERAGE_STEP
