"""Life tables: how many were at risk, and for how many the end came, per cell and unit of time.

Each view splits the same rows (`release.exposures`) by its own dimensions and the unit of time. A
cell of fewer than k people is left out; nothing is pooled, and nothing adds up to a total. There
are more than two views, for which the proof of `docs/privacy.md` does not hold, so none is relied
on: every number of every cell is told with noise as large as what one person adds to it
(`release.telling`), so that whatever else is told, each number could come from every truth. Which
cells there are follows from how many were at risk and how many ended, never from why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from release.blocks import VALUES_SCHEMA, Block, Report, of_view
from release.leaves import UNKNOWN
from release.subjects import Subject, View
from release.telling import COLLEAGUE, DECIMALS, PERSON, Noise, Range

EXPOSED = Range(0, 1, part=COLLEAGUE.part)
"""What one person adds to the exposed of a cell: any part of a unit. Noise of variance 0.5."""

ENDED = COLLEAGUE
"""Whether somebody left is known to colleagues; it is told with noise all the same."""

REASON = PERSON
"""Why somebody left is not: noise as large as one person's reason."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows and what is told of them.

    Attributes:
        rows: `period`, `person`, the dimensions of the views, and a number per measure. Of several
            rows of one person in a cell the largest number counts, so that nobody adds more than
            one person can.
        measures: what one person can add to each; they are told of the same cells.
        gate: a column of which the sum must reach k as well: reasons are told where k ended.
    """

    rows: pl.DataFrame
    measures: Mapping[str, Range]
    gate: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """The cells of one view and period, with their values; and the measures of which some is not
    told."""

    cells: pl.DataFrame
    values: pl.DataFrame
    left_out: int = 0
    hidden: frozenset[str] = field(default_factory=frozenset)


def build_durations(
    subject: Subject,
    counted: Sequence[Counted],
    minimum: int,
    key: bytes,
    allowed: Mapping[str, pl.DataFrame] | None = None,
) -> list[Block]:
    """The blocks of a subject's life tables, one per period that has rows.

    The same rows give the same numbers: noise is drawn with the key, by period, view and cell.

    Args:
        subject: one of durations.
        counted: rows and measures; a measure belongs to one of them.
        minimum: k.
        key: the secret that the noise is drawn with.
        allowed: per view the `period` and values of dimensions of which anything may be told, for
            groups that must be large in another way too; a view that is not named has no limit.
    """
    tables = [
        Counted(
            each.rows.with_columns(
                pl.col(dim).fill_null(UNKNOWN) for dim in subject.dims if dim in each.rows.columns
            ),
            each.measures,
            each.gate,
        )
        for each in counted
    ]
    periods = pl.concat([each.rows["period"] for each in tables]).unique().sort()
    return [
        _block(
            subject, period, [_of_period(each, period) for each in tables], minimum, key, allowed
        )
        for period in periods
    ]


def _of_period(counted: Counted, period: str) -> Counted:
    rows = counted.rows.filter(pl.col("period") == period)
    return Counted(rows, counted.measures, counted.gate)


def _block(
    subject: Subject,
    period: str,
    counted: Sequence[Counted],
    minimum: int,
    key: bytes,
    allowed: Mapping[str, pl.DataFrame] | None,
) -> Block:
    noise = Noise(key, f"{subject.name}\x1f{period}")
    told = [
        _told(view, each, minimum, noise, (allowed or {}).get(view.name))
        for view in subject.views
        for each in counted
        if set(view.dims) <= set(each.rows.columns) and each.rows.height
    ]
    labels = ["view", *subject.dims]
    cells = (
        pl.concat([each.cells for each in told], how="diagonal_relaxed")
        .with_columns(pl.lit(None, pl.String).alias(dim) for dim in _absent(subject, told))
        .group_by(labels, maintain_order=True)
        .agg(pl.col("people").max())
        .with_columns(place=pl.col("view").replace_strict(_order(subject), return_dtype=pl.Int64))
        .sort("place", *subject.dims)
        .with_row_index("cell")
    )
    values = pl.concat([each.values for each in told], how="diagonal_relaxed")
    values = (
        values.with_columns(pl.lit(None, pl.String).alias(dim) for dim in _absent(subject, told))
        .join(cells.select("cell", *labels), on=labels, nulls_equal=True)
        .select(
            "cell",
            "measure",
            "n",
            "total",
            squares=pl.lit(None),
            at_risk=pl.lit(None),
            at_least=pl.lit(value=False),
        )
        .cast(VALUES_SCHEMA)  # type: ignore[arg-type]
        .sort("cell", "measure")
    )
    ranges = {code: range_ for each in counted for code, range_ in each.measures.items()}
    codes = values["measure"].unique().sort().to_list()
    return Block(
        subject=subject.name,
        period=period,
        cells=_described(cells, subject),
        values=values,
        withheld=tuple(sorted(frozenset().union(*(each.hidden for each in told)))),
        report=Report(
            measures=len(codes),
            overlaps=0,
            merges=0,
            cells=cells.height,
            left_out=sum(each.left_out for each in told),
            smallest=minimum,
            without={},
            errors={code: (ranges[code].error, 0.0) for code in codes},
        ),
    )


def _absent(subject: Subject, told: Sequence[_Told]) -> list[str]:
    known = {name for each in told for name in each.cells.columns}
    return [dim for dim in subject.dims if dim not in known]


def _order(subject: Subject) -> dict[str, int]:
    return {view.name: place for place, view in enumerate(subject.views)}


def _described(cells: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """Cells as a block has them: the list of one value in each dimension of their view."""
    listed = [pl.concat_list(dim).list.drop_nulls().alias(dim) for dim in subject.dims]
    parts = [
        of_view(view.name, part.select("cell", "people", *listed), subject.dims)
        for view in subject.views
        if (part := cells.filter(pl.col("view") == view.name)).height
    ]
    empty = of_view(
        subject.first.name, cells.clear().select("cell", "people", *listed), subject.dims
    )
    return pl.concat([empty, *parts])


def _told(
    view: View, counted: Counted, minimum: int, noise: Noise, allowed: pl.DataFrame | None
) -> _Told:
    """The cells of a view in which enough people are, told with noise."""
    dims, codes = list(view.dims), list(counted.measures)
    gate = pl.col(counted.gate) if counted.gate else pl.lit(1)
    every = (
        counted.rows.with_columns(gate=gate.cast(pl.Float64))
        .group_by("period", "person", *dims)
        .agg(pl.col(*codes, "gate").max())
        .group_by("period", *dims)
        .agg(pl.len().alias("people"), pl.col(*codes, "gate").sum())
        .sort(dims)
    )
    large = every.filter((pl.col("people") >= minimum) & (pl.col("gate") >= minimum))
    if allowed is not None:
        large = large.join(
            allowed, on=allowed.columns, how="semi", nulls_equal=True, maintain_order="left"
        )
    about = [view.name + "\x1f" + "\x1f".join(row) for row in large.select(dims).iter_rows()]
    people = [
        max(count + int(noise.of(f"people\x1f{codes[0]}\x1f{cell}", COLLEAGUE)), minimum)
        for count, cell in zip(large["people"], about, strict=True)
    ]
    cells = large.select(
        pl.lit(view.name).alias("view"), *dims, people=pl.Series(people, dtype=pl.Int64)
    )
    values = [
        cells.select(
            "view",
            *dims,
            pl.lit(code).alias("measure"),
            pl.col("people").alias("n"),
            total=pl.Series(
                [
                    round(
                        round(float(total), 9) + noise.of(f"sum\x1f{code}\x1f{cell}", range_),
                        DECIMALS,
                    )
                    for total, cell in zip(large[code], about, strict=True)
                ],
                dtype=pl.Float64,
            ),
        )
        for code, range_ in counted.measures.items()
    ]
    out = every.height - large.height
    return _Told(cells, pl.concat(values), out * len(codes), frozenset(codes if out else ()))
