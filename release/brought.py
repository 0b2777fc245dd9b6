"""Subjects that are released as they were brought: group figures and ideas.

They are checked, never split: a group figure has at least k people behind it, and an idea comes
without whoever sent it in, dated by its month, with the site named only where enough people work.
"""

import polars as pl

from release.blocks import VALUES_SCHEMA, Block, cells_schema


def group_figures(rows: pl.DataFrame, minimum: int) -> list[Block]:
    """Ready-made group figures as blocks: each site and desk type of a period a cell.

    Args:
        rows: `period`, `location`, `desk_type` (null: the whole site), `measure`, `n`, `value`
            (the group's mean) and `sd` (null: not known). One row per measure and group.
        minimum: k; figures with a smaller n are left out.

    Returns:
        One block per period: total = n x value; squares = (n - 1) sd^2 + n value^2 where sd is
        known, else empty; at_risk empty.
    """
    blocks = []
    for (period,), group in rows.group_by("period"):
        kept = group.filter(pl.col("n") >= minimum)
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
        dropped = group.filter(pl.col("n") < minimum)["measure"].unique()
        blocks.append(
            Block(
                "group",
                str(period),
                cells.select("cell", "people", *listed).cast(
                    dict(cells_schema(("location", "desk_type")))  # type: ignore[arg-type]
                ),
                values.cast(VALUES_SCHEMA).sort("cell", "measure"),  # type: ignore[arg-type]
                tuple(sorted(dropped)),
            )
        )
    return sorted(blocks, key=lambda block: block.period)


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
            "cell", pl.lit(0).alias("people"), pl.col("locations").alias("location"), *listed
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
