"""Facts of a site that are no figures of people: what started there, and when."""

import polars as pl

from release.blocks import VALUES_SCHEMA, Block, of_view
from release.subjects import SITES, Subject


def site_facts(subject: Subject, rows: pl.DataFrame, measure: str, minimum: int) -> list[Block]:
    """Facts as blocks: each is a cell of one site, with the people who work there.

    Of a small site nothing is told, no fact either: what changes there changes for those few.

    Args:
        subject: its dimensions are columns of `rows`; one that is empty is not known.
        rows: `period`, `location`, `people` (of the site in that period) and the dimensions.
        measure: counts the facts: 1 in each cell, with the people as its n.
        minimum: k; facts of sites with fewer people are left out.

    Returns:
        One block per period, in the order of time's text, also where all of it is left out.
    """
    blocks = []
    for (period,), group in rows.sort("period", *subject.dims).group_by(
        "period", maintain_order=True
    ):
        kept = group.filter(pl.col("people") >= minimum).with_row_index("cell")
        cells = kept.select(
            "cell",
            "people",
            *(pl.concat_list(dim).list.drop_nulls().alias(dim) for dim in subject.dims),
        )
        values = kept.select(
            "cell",
            measure=pl.lit(measure),
            n=pl.col("people"),
            total=pl.lit(1.0),
            squares=None,
            at_risk=None,
            at_least=pl.lit(value=False),
        )
        blocks.append(
            Block(
                subject.name,
                str(period),
                of_view(SITES, cells, subject.dims),
                values.cast(VALUES_SCHEMA),  # type: ignore[arg-type]
                (measure,) if kept.height < group.height else (),
            )
        )
    return blocks
