"""What a year of work costs on average, by job family: of the whole company, once a year."""

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from models.releases.gathering import DAYS_PER_YEAR, Gathering, person_periods
from release.blocks import Block
from release.build import build
from release.leaves import UNKNOWN, part
from release.partition import partition
from release.periods import Period, parse
from release.records_inspection import PAY_STEP
from release.subjects import SUBJECTS

PAY: Final = "annual_cost"
_FAMILY = ("period", "job_family")
_NO_END = date(9999, 1, 1)


MOST: Final = 2
"""Nobody counts for more than so many times the median of those who are told of together."""


def blocks(gathering: Gathering) -> list[Block]:
    """A block per year: mean pay of each job family with k person-years, smaller ones pooled.

    The people of a family are its person-years, rounded down. Nobody has more than one a year, nor
    more than twice the median pay, so no mean is much of one person's.
    """
    spells = gathering.current("assignments")
    found = leaves(spells, gathering.periods, gathering.minimum)
    made = build("pay", found, SUBJECTS["pay"].dims, gathering.minimum)
    return [rounded(block) for block in made]


def leaves(spells: pl.DataFrame, periods: tuple[str, ...], minimum: int) -> pl.DataFrame:
    """Leaf counts of pay: `period`, `job_family`, `people`, and n and total of `annual_cost`.

    total / n is what the spells of the family's people cost in the year, annual_cost x part of the
    year, over their person-years; what somebody costs a year counts up to `MOST` times the median
    of the people of their cell. A person's family is that of the spell that started last; spells
    without annual_cost are left out, time and all.
    """
    told = spells.drop_nulls("annual_cost")
    paid = pl.concat([_paid(told, parse(text)) for text in periods])
    people = (
        person_periods(told, periods)
        .join(paid, on=["period", "employee_id"])
        .filter(pl.col("person_years") > 0)
        .with_columns(pl.col("job_family").fill_null(UNKNOWN))
    )
    years = pl.col("person_years").sum()
    families = people.group_by(_FAMILY).agg(people=years.floor().cast(pl.Int64)).sort(_FAMILY)
    families = families.with_columns(cell=partition(families, ("job_family",), minimum))
    most = MOST * (pl.col("paid") / pl.col("person_years")).median().over("cell")
    return (
        people.join(families, on=_FAMILY)
        .with_columns(paid=pl.min_horizontal("paid", most * pl.col("person_years")))
        .group_by(_FAMILY)
        .agg(pl.col("people").first(), (pl.col("paid").sum() / years).alias("mean"))
        .select(
            *(*_FAMILY, "people"),
            pl.col("people").alias(part(PAY, "n")),
            (pl.col("people") * pl.col("mean")).alias(part(PAY, "total")),
        )
        .sort(_FAMILY)
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
