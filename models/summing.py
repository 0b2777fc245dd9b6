"""Cells summed to the groups of a question: those of one view that lie wholly inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from metrics.results import COVERAGE_STEP
from models.held import PLACES, Release
from release.leaves import UNKNOWN
from release.subjects import SITES, WORK

Filters = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimension and the values that are wanted, for each filter."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a question that one view answers.

    Attributes:
        view: of `release.subjects`; it knows every dimension of `by` and `where`.
        measures, by, where: as asked.
        periods: those in the window; None for all.
    """

    view: str
    measures: tuple[str, ...]
    by: tuple[str, ...]
    where: Filters
    periods: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """A row per measure and group, and `reach`: per measure how many answers the part touches."""

    rows: pl.DataFrame
    reach: Mapping[str, float]


def _steps(share: pl.Expr) -> pl.Expr:
    return ((share / COVERAGE_STEP).round() * COVERAGE_STEP).round(2)


def summed(part: Part, release: Release) -> Sums:
    """The cells of a view that lie wholly inside each group of a part of a question."""
    filters = _allowed(part, release)
    bases = {_base(dim, part.view) for dim in part.by if dim != "period"} | set(filters)
    every = release.collapsed(part.measures, sorted(bases)).lazy()
    if part.periods is not None:
        every = every.filter(pl.col("period").is_in(part.periods))
    cells = every.filter(pl.col("view") == part.view)
    for base, allowed in filters.items():
        cells = _marked(cells, base, allowed, release)
    grouped = _grouped(cells, part, list(filters), release)
    touched = cells.group_by("measure").agg(pl.col("n").sum().alias("touched"))
    if part.view != WORK:
        reached = touched
        rows = grouped.with_columns(coverage=_steps(pl.col("n") / pl.col("of")))
    else:
        reached = _reached(every, touched)
        period = [dim for dim in part.by if dim == "period"]
        rows = (
            grouped.join(_told_of(every, ["measure", *period]), on=["measure", *period])
            .with_columns(coverage=_steps(pl.col("n") / pl.col("of") * pl.col("told")))
            .sort(*part.by, "measure")
        )
    reached = reached.with_columns(pl.col("measure").cast(pl.String))
    # The engine for streams, which is the default, takes longer to set up than these sums take.
    found, reach = pl.collect_all([rows, reached], engine="in-memory")
    return Sums(found, dict(reach.iter_rows()))


def _told_of(cells: pl.LazyFrame, keys: Sequence[str]) -> pl.LazyFrame:
    """Per measure what share of `all` answers the second view has `told`.

    It may lack a period, a cell, or answers that came late.
    """
    second, first = (pl.col("n").filter(pl.col("view") == view).sum() for view in (WORK, SITES))
    return cells.group_by(keys).agg(
        pl.min_horizontal(second / first, 1.0).alias("told"), first.alias("all")
    )


def _reached(cells: pl.LazyFrame, touched: pl.LazyFrame) -> pl.LazyFrame:
    """How many answers a part of a question touches, with those that the second view lacks.

    Of these nobody knows where they belong, so they count in proportion; where it lacks all, all.
    """
    known = _told_of(cells, ["measure"]).join(touched, on="measure", how="left")
    each = pl.when(pl.col("told") > 0).then(pl.col("touched") / pl.col("told")).otherwise("all")
    return known.select("measure", each.fill_null(0).cast(pl.Float64))


def _marked(cells: pl.LazyFrame, base: str, allowed: set[str], release: Release) -> pl.LazyFrame:
    """The cells that touch a filter, with whether they lie wholly `inside` it."""
    touched, inside = release.judged(base, frozenset(allowed))
    # A cell that does not know the dimension may lie anywhere: it touches, but is not inside.
    return cells.filter(pl.lit(touched).gather(pl.col(base)).fill_null(value=True)).with_columns(
        pl.lit(inside).gather(pl.col(base)).fill_null(value=False).alias(f"inside {base}")
    )


def _grouped(
    cells: pl.LazyFrame, part: Part, filtered: Sequence[str], release: Release
) -> pl.LazyFrame:
    """Sums of the cells inside each group, and `of` how many answers each group touches."""
    inside = (
        cells.filter(pl.all_horizontal(f"inside {base}" for base in filtered))
        if filtered
        else cells
    )
    touched = cells
    for dim in part.by:
        if dim != "period":
            told = _told(inside, dim, release, part.view)
            inside = told.filter(pl.col(f"by {dim}").is_not_null())
            touched = _spread(touched, dim, release, part.view)
    keys = ["measure", *("period" if dim == "period" else f"by {dim}" for dim in part.by)]
    whole = touched.group_by(keys).agg(pl.col("n").sum().alias("of"))
    return (
        inside.group_by(keys)
        .agg(*_SUMS)
        .join(whole, on=keys, how="left")
        .sort(*keys[1:], "measure")
        .rename({f"by {dim}": dim for dim in part.by if dim != "period"})
    )


def _told(cells: pl.LazyFrame, dim: str, release: Release, view: str) -> pl.LazyFrame:
    """The cells with the one value that each has in `dim`; null where it has several."""
    base = _base(dim, view)
    single = pl.lit(release.meaning(dim, base).single)
    return cells.with_columns(single.gather(pl.col(base)).alias(f"by {dim}"))


def _spread(cells: pl.LazyFrame, dim: str, release: Release, view: str) -> pl.LazyFrame:
    """Every cell under each value that it has in `dim`."""
    base = _base(dim, view)
    several = release.meaning(dim, base).several
    told = _told(cells, dim, release, view)
    if several.is_empty():
        return told
    under = (
        told.drop(f"by {dim}")
        .join(several.lazy(), left_on=base, right_on="group")
        .rename({"value": f"by {dim}"})
    )
    return pl.concat([told.filter(pl.col(f"by {dim}").is_not_null()), under], how="diagonal")


_SUMS = (
    pl.col("n", "n_known", "total", "total_error", "risk_error").sum(),
    pl.when(pl.col("squares").filter(pl.col("n_known") > 0).null_count() == 0)
    .then(pl.col("squares").sum())
    .alias("squares"),
    pl.when(pl.col("at_risk").null_count() == 0).then(pl.col("at_risk").sum()).alias("at_risk"),
    pl.col("at_least").any(),
    pl.col("period").n_unique().alias("periods"),
)


def _base(dim: str, view: str) -> str:
    """The dimension of the cells that tells `dim`; other views have regions, but no sites."""
    return "location" if dim in PLACES and view == SITES else dim


def _allowed(part: Part, release: Release) -> dict[str, set[str]]:
    """Per filtered base dimension the values that all filters on it leave."""
    allowed: dict[str, set[str]] = {}
    for dim, values in part.where:
        chosen = set(values)
        base = _base(dim, part.view)
        if base == "location":
            named = pl.col(PLACES[dim]).fill_null(UNKNOWN).is_in(list(chosen))
            chosen = set(release.locations.filter(named)["location_id"])
        allowed[base] = allowed[base] & chosen if base in allowed else chosen
    return allowed
