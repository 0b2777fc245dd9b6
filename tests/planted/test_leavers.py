"""Turnover by site, and how long people stay: what each person's chance makes of it is in there.

The truth is the number of leavers that chance would give on average: the chance that each person
had of leaving in each month, added up, and those whose end was planned when they came. Divided by
the person-years, or by those at risk in each unit of tenure, it is the rate, or the hazard, from
which this year's leavers were drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from metrics.definitions import METRICS
from metrics.rate_hotspots import rate_hotspots
from metrics.sums import floats
from models import asking
from models.cells import EVERYTHING
from models.releases.employment import TENURE
from models.releases.gathering import employments
from release.exposures import exposures
from release.periods import parse
from seed.company import IDS
from tests.planted import released
from tests.planted.company import Company, company
from tests.planted.telling import Tell

WORN_OUT, POINTS = "L07", 0.75
"""A shop of 250 people; by what is planted three times as many leave of their own accord."""
TOLD = {"002-003": 3, "009-012": 12, "018-024": 24}
"""Months, by the unit of tenure that ends with them."""


@dataclass(frozen=True)
class Runs:
    """A row per seed and site; of a world with a site worn out; and per seed and tenure."""

    sites: pl.DataFrame
    planted: pl.DataFrame
    stays: pl.DataFrame


def rates(made: Company) -> pl.DataFrame:
    found = asking.cells_for(
        METRICS["turnover.rate"], EVERYTHING, released.staff(made), by=("location",)
    )
    leave = np.bincount(made.chances["site"], made.chances["chance"], len(IDS))
    leave += np.bincount(made.planned["site"], minlength=len(IDS))
    return (
        rate_hotspots(found)
        .rows.with_columns(pl.col("location").cast(pl.String))
        .join(pl.DataFrame({"location": IDS, "leave": leave}), on="location")
        .with_columns(
            truth=100 * pl.col("leave") / pl.col("size"),
            whole=100 * pl.col("leave").sum() / pl.col("size").sum(),
        )
    )


def expected(made: Company) -> Iterator[tuple[str, float]]:
    """How many would leave in each unit of tenure, by name."""
    for unit, (start, end) in zip(TENURE.names, pairwise(TENURE.bounds), strict=True):
        since = pl.col("hired").dt.offset_by(f"{start}mo")
        until = pl.col("hired").dt.offset_by(f"{end}mo") - pl.duration(days=1)
        at_end = pl.col("last").is_between(since, until)
        days = (
            pl.min_horizontal("last", until) - pl.max_horizontal("first", since)
        ).dt.total_days() + 1
        length = (pl.col("last") - pl.col("first")).dt.total_days() + 1
        spread = (pl.col("chance") - pl.col("at_end")) * days.clip(lower_bound=0) / length
        chance = made.chances.select(
            (spread + pl.when(at_end).then("at_end").otherwise(0.0)).sum()
        ).item()
        planned = made.planned.select(pl.col("end").is_between(since, until).sum()).item()
        yield unit, chance + planned


def curve(made: Company) -> pl.DataFrame:
    """Retention as released, beside the truth of the same lives: a row per unit of tenure."""
    spells = employments(made.assignments())
    lives = spells.group_by("employee_id", "employment").agg(
        begun=pl.col("first_day").first(), last=pl.col("last_day").first()
    )
    lives = lives.with_columns(id=pl.format("{} {}", "employee_id", "employment"))
    risk = exposures(
        lives.select("id", "begun", "last"), TENURE, [parse(text) for text in released.QUARTERS]
    )
    told = risk.group_by("unit").agg(n=pl.len(), exposed=pl.col("exposed").sum())
    leave = pl.DataFrame(list(expected(made)), schema=["unit", "leave"], orient="row")
    true = (
        told.join(leave, on="unit")
        .sort("unit")
        .select(
            tenure="unit",
            truth=100
            * ((1 - pl.col("leave") / pl.col("n")) ** (pl.col("n") / pl.col("exposed"))).cum_prod(),
        )
    )
    table = asking.ask(METRICS["turnover.retention"], EVERYTHING, released.stays(made))
    return table.rows.with_columns(pl.col("tenure").cast(pl.String)).join(true, on="tenure")


@pytest.fixture(scope="module")
def runs(seeds: tuple[int, ...]) -> Runs:
    found: dict[str, list[pl.DataFrame]] = {"sites": [], "planted": [], "stays": []}
    for seed in seeds:
        made = company(seed)
        found["sites"].append(rates(made))
        found["stays"].append(curve(made))
        worn_out = company.__wrapped__(seed, WORN_OUT, POINTS)
        found["planted"].append(rates(worn_out))
    return Runs(*(pl.concat(parts) for parts in found.values()))


@pytest.mark.parametrize("ends", [("low", "high"), ("shrunken_low", "shrunken_high")])
def test_the_interval_holds_the_rate_that_leavers_were_drawn_from(
    runs: Runs, ends: tuple[str, str], tell: Tell
) -> None:
    held = runs.sites.select(pl.col("truth").is_between(*ends).mean()).item()
    tell(f"rate {ends}: {held:.3f} of {runs.sites.height}")
    assert held >= 0.9


def test_the_interval_of_a_rate_is_no_wider_than_its_leavers_make_it(
    runs: Runs, tell: Tell
) -> None:
    """By site nothing is told with noise: as wide as the root of a Poisson count, and no more."""
    rows = runs.sites.with_columns(
        design=2 * 1.96 * 100 * pl.col("leave").sqrt() / pl.col("size"),
        width=pl.col("high") - pl.col("low"),
    )
    wider = rows.select((pl.col("width") / pl.col("design")).mean()).item()
    needed = rows.select(
        pl.col("width").mean() / (2 * 1.96 * (pl.col("value") - pl.col("truth")).std())
    ).item()
    tell(f"rate: {wider:.3f} times the design, {needed:.3f} times what is needed")
    assert wider <= 1.3
    shrunken = rows.select(
        ((pl.col("shrunken_high") - pl.col("shrunken_low")) / pl.col("design")).mean()
    ).item()
    tell(f"rate, shrunken: {shrunken:.3f} times the design")
    assert shrunken <= 1.1


def test_no_site_better_than_the_company_is_a_hotspot(runs: Runs, tell: Tell) -> None:
    better = runs.sites.filter(pl.col("truth") <= pl.col("whole"))
    tell(f"{better['hot'].sum()} hot of {better.height} better ones")
    assert better["hot"].sum() <= 0.05 * better.height


def test_a_site_that_people_leave_is_a_hotspot(runs: Runs, enough: int, tell: Tell) -> None:
    site = runs.planted.filter(pl.col("location") == WORN_OUT)
    rate = float(np.mean(floats(site, "truth")))
    flagged = (site["flagged"] & site["worse"]).sum()
    tell(f"hot {site['hot'].sum()}, flagged {flagged} of {site.height}, rate {rate:.1f}")
    assert site["hot"].sum() >= enough


def test_the_interval_of_retention_holds_the_truth(runs: Runs, tell: Tell) -> None:
    """Through life tables that are told with noise (`tests/release` does so with known hazards)."""
    rows = runs.stays.filter(pl.col("tenure").is_in(list(TOLD)))
    by = rows.group_by("tenure", maintain_order=True).agg(
        held=pl.col("truth").is_between("low", "high").mean(),
        truth=pl.col("truth").mean(),
        away=(pl.col("value") - pl.col("truth")).mean(),
        wider=(pl.col("high") - pl.col("low")).mean()
        / (2 * 1.96 * (pl.col("value") - pl.col("truth")).std()),
    )
    tell(str(by.rows()))
    assert rows["tenure"].n_unique() == len(TOLD)
    assert rows.select(pl.col("truth").is_between("low", "high").mean()).item() >= 0.9
