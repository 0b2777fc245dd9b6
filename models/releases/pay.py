"""What a year of work costs on average, by job family: of the whole company, once a year."""

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from models.releases.gathering import DAYS_PER_YEAR, Gathering, person_periods
from release.blocks import Block
from release.build import build
from release.leaves import UNKNOWN, part
from release.periods import Period, parse
from release.records_inspection import PAY_STEP
from release.subjects import SUBJECTS

PAY: Final = "annual_cost"
_NO_END = date(9999, 1, 1)


def blocks(gathering: Gathering) -> list[Block]:
    """A block per year: mean pay of each job family with k person-years, smaller ones pooled.

    The people of a family are its person-years, rounded down. Nobody has more than one a year, so
    nobody's pay is more than one k-th of a mean.
    """
    found = leaves(gathering.current("assignments"), gathering.periods)
    made = build("pay", found, SUBJECTS["pay"].dims, gathering.minimum)
    return [rounded(block) for block in made]


def leaves(spells: pl.DataFrame, periods: tuple[str, ...]) -> pl.DataFrame:
    """Leaf counts of pay: `period`, `job_family`, `people`, and n and total of `annual_cost`.

    total / n is what all spells of the family's people cost in the year, annual_cost x part of the
    year, over their person-years. A person's family is that of the spell that started last; spells
    without annual_cost are left out, time and all.
    """
    told = spells.drop_nulls("annual_cost")
    paid = pl.concat([_paid(told, parse(text)) for text in periods])
    people = person_periods(told, periods).join(paid, on=["period", "employee_id"])
    return (
        people.with_columns(pl.col("job_family").fill_null(UNKNOWN))
        .group_by("period", "job_family")
        .agg(pl.col("person_years").sum(), pl.col("paid").sum())
        .filter(pl.col("person_years") > 0)
        .with_columns(people=pl.col("person_years").floor().cast(pl.Int64))
        .select(
            *("period", "job_family", "people"),
            pl.col("people").alias(part(PAY, "n")),
            (pl.col("people") * pl.col("paid") / pl.col("person_years")).alias(part(PAY, "total")),
        )
        .sort("period", "job_family")
    )


def _paid(spells: pl.DataFrame, period: Period) -> pl.DataFrame:
    """What each employee cost in a period: annual_cost x the part of a year of each spell."""
    first, last = pl.lit(period.first_day), pl.lit(period.last_day)
    until = pl.min_horizontal(pl.col("end_on").fill_null(_NO_END), last)
    days = (until - pl.max_horizontal("start_on", first)).dt.total_days() + 1
    return (
        spells.with_columns(days=days.clip(lower_bound=0))
        .group_by("employee_id")
        .agg(paid=(pl.col("annual_cost") * pl.col("days")).sum() / DAYS_PER_YEAR)
        .select(pl.lit(period.text).alias("period"), "employee_id", "paid")
    )


def rounded(block: Block) -> Block:
    """The block with every mean in steps: a newcomer's pay does not follow from two years."""
    mean = (pl.col("total") / pl.col("n") / PAY_STEP).round() * PAY_STEP
    return replace(block, values=block.values.with_columns(total=mean * pl.col("n")))
