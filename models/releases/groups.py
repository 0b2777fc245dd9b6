"""Ready-made group figures, without those that serve another purpose."""

import polars as pl

from models import raw
from models.releases.gathering import Gathering
from models.tables import RAW
from release.blocks import Block
from release.brought import group_figures

NOT_SHOWN = ("headcount",)
"""A headcount sizes places; the workforce has its own cells."""


def blocks(gathering: Gathering) -> list[Block]:
    """The group figures of the periods, one block each."""
    return group_figures(figures(gathering), gathering.minimum)


def figures(gathering: Gathering) -> pl.DataFrame:
    """`period`, `location`, `desk_type`, `measure`, `n`, `value`, `sd` of every figure.

    A measure has one source: where a period's answers hold any of its items, these count and the
    ready-made figures are left out.
    """
    rows = gathering.in_periods("group_measurements", "period").filter(
        ~pl.col("measure").is_in(NOT_SHOWN)
    )
    asked = raw.query(
        gathering.connection,
        f"SELECT DISTINCT wave AS period, item FROM {RAW}survey_answers "
        f"WHERE {raw.among('wave', gathering.periods)}",
        {"period": pl.String(), "item": pl.String()},
    )
    items = pl.DataFrame(
        [(item, code) for code, each in gathering.measures.items() for item in each.items],
        schema={"item": pl.String, "measure": pl.String},
        orient="row",
    )
    answered = asked.join(items, on="item").select("period", "measure").unique()
    return rows.join(answered, on=["period", "measure"], how="anti").select(
        "period",
        pl.col("location_id").alias("location"),
        *("desk_type", "measure", "n", "value", "sd"),
    )
