"""Burnout by site over a year: what everybody asked would have answered lies in the intervals.

About half of those asked answer. The truth of a site is the share, and the mean, of all who were
asked there, drawn before it was known who answers.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from metrics import intervals
from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from metrics.differences import difference, excludes_zero
from metrics.hotspots import hotspots
from metrics.intervals import Intervals
from metrics.sums import floats
from models import asking
from models.cells import EVERYTHING, Release
from tests.metrics.by_hand import cells
from tests.planted import released
from tests.planted.company import YEAR, asked, company
from tests.planted.telling import Tell

BAT = CATALOGUE["bat12"]
TRUTH = {
    "measure.share_at_risk": 100 * pl.col("bat12.at_risk").cast(pl.Float64),
    "measure.mean": pl.col("bat12"),
}
WORN_OUT, POINTS = "L11", 0.5
"""A shop of 165 people, and how much is planted there: what lifts a share of 20 to 40 percent."""


@dataclass(frozen=True)
class Runs:
    """A row per seed, metric and site; ``planted`` and ``alike`` of other worlds (see below)."""

    sites: pl.DataFrame
    planted: pl.DataFrame
    alike: pl.DataFrame
    answering: pl.DataFrame


def judged(release: Release, code: str) -> pl.DataFrame:
    metric = METRICS[code]
    found = asking.cells_for(metric, EVERYTHING, release, measure=BAT, by=("location",))
    return hotspots(found, BAT, metric).rows.with_columns(pl.col("location").cast(pl.String))


def of_sites(sheets: pl.DataFrame) -> pl.DataFrame:
    release = released.survey(sheets)
    given = pl.col("answered")
    parts = []
    for code, value in TRUTH.items():
        truth = sheets.group_by("location").agg(
            truth=value.mean(),
            answers=value.filter(given).count() / len(YEAR),
            share=value.filter(given).mean(),
            spread=value.filter(given).std(),
        )
        whole = sheets.select(value.mean()).item()
        parts.append(
            judged(release, code)
            .join(truth, on="location")
            .with_columns(metric=pl.lit(code), whole=pl.lit(whole))
        )
    return pl.concat(parts, how="diagonal_relaxed")


def alike(sheets: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The same answers, each person's whole year given to the place of somebody else."""
    always = sheets.filter(pl.len().over("employee") == len(YEAR)).sort("employee", "period")
    people = always.height // len(YEAR)
    moved = rng.permutation(people)[:, None] * len(YEAR) + np.arange(len(YEAR))
    answers = ["bat12", "bat12.at_risk"]
    return always.with_columns(always[answers][moved.ravel()].get_columns())


def of_those_who_answer(sheets: pl.DataFrame) -> pl.DataFrame:
    """By site the mean of those who answered less that of those who did not, with its interval."""
    told = (
        sheets.drop_nulls("bat12")
        .group_by("location", "answered")
        .agg(n=pl.len(), total=pl.col("bat12").sum(), squares=(pl.col("bat12") ** 2).sum())
        .filter(pl.len().over("location") == 2, pl.col("n") > 11 * len(YEAR))
        .sort("location", "answered")
        .with_columns(pl.lit("bat12").alias("measure"), periods=pl.lit(len(YEAR)))
    )
    rows = cells(*told.drop("answered").to_dicts(), by=("location",))
    found = METRICS["measure.mean"].compute(rows, BAT).rows
    silent, speaking = (
        Intervals(*(floats(found[start::2], end) for end in ("value", "low", "high")))
        for start in (0, 1)
    )
    apart = difference(now=speaking, before=silent)
    return pl.DataFrame({"claimed": excludes_zero(apart), "apart": apart.value})


@pytest.fixture(scope="module")
def runs(seeds: tuple[int, ...]) -> Runs:
    found: dict[str, list[pl.DataFrame]] = {"sites": [], "planted": [], "alike": [], "answer": []}
    for seed in seeds:
        made = company(seed)
        sheets = released.scored(asked(made), ["bat12"])
        found["sites"].append(of_sites(sheets))
        mixed = alike(sheets, made.generator("alike"))
        found["alike"].append(judged(released.survey(mixed), "measure.share_at_risk"))
        found["answer"].append(of_those_who_answer(sheets))
        worn_out = released.scored(asked(company.__wrapped__(seed, WORN_OUT, POINTS)), ["bat12"])
        found["planted"].append(judged(released.survey(worn_out), "measure.share_at_risk"))
    return Runs(*(pl.concat(parts, how="diagonal_relaxed") for parts in found.values()))


@pytest.mark.parametrize("metric", list(TRUTH))
@pytest.mark.parametrize("ends", [("low", "high"), ("shrunken_low", "shrunken_high")])
def test_the_interval_holds_what_all_would_have_answered(
    runs: Runs, metric: str, ends: tuple[str, str], tell: Tell
) -> None:
    rows = runs.sites.filter(pl.col("metric") == metric)
    held = rows.select(pl.col("truth").is_between(*ends).mean()).item()
    tell(f"{metric} {ends}: {held:.3f} of {rows.height}")
    assert held >= 0.9


@pytest.mark.parametrize("metric", list(TRUTH))
def test_the_interval_is_no_wider_than_answers_per_wave_make_it(
    runs: Runs, metric: str, tell: Tell
) -> None:
    """What the release leaves out, and lower bounds, cost little."""
    rows = runs.sites.filter(pl.col("metric") == metric)
    n, value, spread = (floats(rows, name) for name in ("answers", "share", "spread"))
    if metric == "measure.mean":
        design = intervals.mean_t(n=n, total=n * value, squares=(n - 1) * spread**2 + n * value**2)
    else:
        design = intervals.wilson(k=n * value / 100, n=n).scaled(100)
    wider = (floats(rows, "high") - floats(rows, "low")) / (design.high - design.low)
    tell(f"{metric}: {wider.mean():.3f} times, {np.mean(wider <= 1.3):.3f} within 1.3 times")
    assert wider.mean() <= 1.1
    assert np.mean(wider <= 1.3) >= 0.9


@pytest.mark.parametrize("metric", list(TRUTH))
def test_no_site_better_than_the_company_is_a_hotspot(runs: Runs, metric: str, tell: Tell) -> None:
    better = runs.sites.filter(pl.col("metric") == metric, pl.col("truth") <= pl.col("whole"))
    tell(f"{metric}: {better['hot'].sum()} hot of {better.height} better ones")
    assert better["hot"].sum() <= 0.05 * better.height


def test_sites_that_do_not_differ_have_no_hotspot(runs: Runs, tell: Tell) -> None:
    tell(f"{runs.alike['hot'].sum()} hot of {runs.alike.height} alike")
    assert runs.alike["hot"].sum() <= 0.05 * runs.alike.height


def test_a_site_where_people_are_worn_out_is_a_hotspot(runs: Runs, enough: int, tell: Tell) -> None:
    site = runs.planted.filter(pl.col("location") == WORN_OUT)
    tell(f"planted: hot {site['hot'].sum()} of {site.height}")
    assert site["hot"].sum() >= enough


def test_who_answers_is_not_said_to_be_worn_out(runs: Runs, tell: Tell) -> None:
    tell(f"answering: {runs.answering['claimed'].sum()} of {runs.answering.height}")
    assert runs.answering["claimed"].sum() <= 0.05 * runs.answering.height
