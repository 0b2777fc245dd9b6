"""Subjects that are released as they were brought: group figures and ideas.

They are checked, never split: a group figure has at least k people behind it, and an idea comes
without whoever sent it in, dated by its month, with the site named only where enough people work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from release.blocks import VALUES_SCHEMA, Block, cells_schema
from release.subjects import SITES
from release.telling import NEARLY_ALL


@dataclass(frozen=True, slots=True)
class Extremes:
    """The ends of a measure's scale (None where it has none) and which end is good."""

    low: float | None
    high: float | None
    better: Literal["higher", "lower"]

    @property
    def bad(self) -> float | None:
        return self.low if self.better == "higher" else self.high


def group_figures(
    rows: pl.DataFrame, minimum: int, ends: Mapping[str, Extremes] | None = None
) -> list[Block]:
    """Ready-made group figures as blocks: each site and desk type of a period a cell.

    Args:
        rows: `period`, `location`, `desk_type` (null: the whole site), `measure`, `n`, `value`
            (the group's mean) and `sd` (null: not known). One row per measure and group.
        minimum: k; figures with a smaller n are left out.
        ends: of the measures' scales. A figure that says that everyone answered alike, or that all
            but two stand at the bad end, is left out as well.

    Returns:
        One block per period: total = n x value; squares = (n - 1) sd^2 + n value^2 where sd is
        known, else empty; at_risk empty.
    """
    blocks = []
    for (period,), group in rows.group_by("period"):
        kept = group.filter((pl.col("n") >= minimum) & ~tells_of_everyone(ends or {}))
        cells = (
            kept.group_by("location", "desk_type")
            .agg(pl.col("n").max().alias("people"))
            .sort("location", "desk_type")
            .with_row_index("cell")
        )
        values = kept.join(cells, on=["location", "desk_type"], nulls_equal=True).select(
            "cell",
            "measure",
            "n",
            total=pl.col("n") * pl.col("value"),
            squares=(pl.col("n") - 1) * pl.col("sd") ** 2 + pl.col("n") * pl.col("value") ** 2,
            at_risk=pl.lit(None),
            at_least=pl.lit(value=False),
        )
        listed = [
            pl.when(pl.col(dim).is_null())
            .then(pl.lit([], dtype=pl.List(pl.String)))
            .otherwise(pl.concat_list(dim))
            .alias(dim)
            for dim in ("location", "desk_type")
        ]
        dropped = group.join(kept, on=group.columns, how="anti", nulls_equal=True)[
            "measure"
        ].unique()
        blocks.append(
            Block(
                "group",
                str(period),
                cells.select("cell", pl.lit(SITES).alias("view"), "people", *listed).cast(
                    dict(cells_schema(("location", "desk_type")))  # type: ignore[arg-type]
                ),
                values.cast(VALUES_SCHEMA).sort("cell", "measure"),  # type: ignore[arg-type]
                tuple(sorted(dropped)),
            )
        )
    return sorted(blocks, key=lambda block: block.period)


def tells_of_everyone(ends: Mapping[str, Extremes]) -> pl.Expr:
    """Whether a figure tells that (nearly) everybody answered the same, or the worst."""
    reach = {code: _reach(each) for code, each in ends.items()}
    bad = {code: each.bad for code, each in ends.items()}
    code = pl.col("measure")
    # Two people of n can move the mean away from the end by no more than 2/n of the scale.
    away = (
        pl.col("value") - code.replace_strict(bad, default=None, return_dtype=pl.Float64)
    ).abs() * pl.col("n")
    near = away <= NEARLY_ALL * code.replace_strict(reach, default=None, return_dtype=pl.Float64)
    return (pl.col("sd") == 0).fill_null(value=False) | near.fill_null(value=False)


def _reach(ends: Extremes) -> float | None:
    return None if ends.low is None or ends.high is None else ends.high - ends.low


def idea_steps(steps: pl.DataFrame) -> list[Block]:
    """Ideas as blocks: each idea that took a step in a period is an entry of it.

    Args:
        steps: `period`, `idea`, `locations` (list: the site, or all sites among which it is not
            told apart), `theme`, `customer_related` (both null when not known), `measure` and
            `value` (1, or 0/100 for a share).

    Returns:
        One block per period. Its entries say nothing of people: `people` is 0.
    """
    blocks = []
    for (period,), group in steps.group_by("period"):
        entries = (
            group.select("idea", "locations", "theme", "customer_related")
            .unique("idea")
            .sort("idea")
            .with_row_index("cell")
        )
        listed = [
            pl.concat_list(dim).list.drop_nulls().alias(dim)
            for dim in ("theme", "customer_related", "idea")
        ]
        cells = entries.select(
            "cell",
            pl.lit(SITES).alias("view"),
            pl.lit(0).alias("people"),
            pl.col("locations").alias("location"),
            *listed,
        ).cast(dict(cells_schema(("location", "theme", "customer_related", "idea"))))  # type: ignore[arg-type]
        values = group.join(entries.select("cell", "idea"), on="idea").select(
            "cell",
            "measure",
            n=pl.lit(1),
            total=pl.col("value"),
            squares=pl.col("value") ** 2,
            at_risk=pl.lit(None),
            at_least=pl.lit(value=False),
        )
        blocks.append(
            Block(
                "ideas",
                str(period),
                cells,
                values.cast(VALUES_SCHEMA).sort("cell", "measure"),  # type: ignore[arg-type]
            )
        )
    return sorted(blocks, key=lambda block: block.period)
