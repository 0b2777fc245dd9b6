"""From lives of a known hazard, by way of exposures, cells and noise, to a curve: it is right."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from metrics.definitions import METRICS
from metrics.results import Cells
from release.durations import ENDED, EXPOSED, REASON, Counted, build_durations
from release.exposures import Units, exposures
from release.periods import Period, between
from release.subjects import SUBJECTS
from tests.metrics.by_hand import cells

UNITS = Units((0, 1, 2, 3, 6, 9, 12, 18, 24), "mo")
QUARTERS = between(Period(2023, "quarter", 1), Period(2024, "quarter", 4))
NEW, SETTLED = 0.9, 0.3
"""Hazards a year, in the first three months and after these."""
CHOSEN = 0.6
"""Share that leaves of their own accord, at any time."""
RUNS, LIVES = 40, 900
FINE = {"tenure_exposed": EXPOSED, "tenure_ended": ENDED}
REASONS = ("ended_voluntary", "ended_involuntary", "ended_other")


def truth(months: int) -> float:
    return float(np.exp(-NEW * min(months, 3) / 12 - SETTLED * max(months - 3, 0) / 12))


def company(rng: np.random.Generator) -> pl.DataFrame:
    """People who began in four years; those who left before 2023 are on no record."""
    first = date(2021, 1, 1)
    began = rng.integers(0, 4 * 365, LIVES)
    load = rng.exponential(size=LIVES)
    years = np.where(load < NEW / 4, load / NEW, 0.25 + (load - NEW / 4) / SETTLED)
    last = began + np.floor(years * 365.25).astype(int)
    return pl.DataFrame(
        {
            "id": [str(number) for number in range(LIVES)],
            "begun": [first + timedelta(days=int(day)) for day in began],
            "last": [first + timedelta(days=int(min(day, 20_000))) for day in last],
            "chosen": rng.random(LIVES) < CHOSEN,
        }
    ).filter(pl.col("last") >= QUARTERS[0].first_day)


def released(lives: pl.DataFrame, key: bytes) -> Cells:
    rows = exposures(lives.drop("chosen"), UNITS, QUARTERS).join(lives, on="id")
    rows = rows.rename({"id": "person"}).with_columns(pl.col("ended").cast(pl.Float64))
    fine = rows.rename({"unit": "tenure", "exposed": "tenure_exposed"})
    wide = rows.with_columns(
        tenure=pl.col("unit").replace_strict(UNITS.wider((0, 3, 24)), return_dtype=pl.String),
        ended_voluntary=pl.col("ended") * pl.col("chosen"),
        ended_involuntary=pl.col("ended") * ~pl.col("chosen"),
        ended_other=0.0,
    )
    counted = (
        Counted(fine.with_columns(tenure_ended="ended"), FINE),
        Counted(wide, dict.fromkeys(REASONS, REASON), gate="ended"),
    )
    errors = {**FINE, **dict.fromkeys(REASONS, REASON)}
    told = [
        {
            "measure": code,
            "tenure": tenure,
            "n": int(part["n"].sum()),
            "total": float(part["total"].sum()),
            "total_error": errors[code].error * part.height,
        }
        for (code, tenure), part in pl.concat(
            block.values.join(block.cells, on="cell").with_columns(pl.col("tenure").list.first())
            for block in build_durations(SUBJECTS["employment"], counted, 11, key)
        )
        .partition_by("measure", "tenure", as_dict=True)
        .items()
    ]
    return cells(*told, by=("tenure",))


@pytest.fixture(scope="module")
def runs() -> list[Cells]:
    rng = np.random.default_rng(7)
    return [released(company(rng), rng.bytes(32)) for _ in range(RUNS)]


@pytest.mark.parametrize(("unit", "months"), [("002-003", 3), ("009-012", 12), ("018-024", 24)])
def test_the_interval_of_retention_holds_the_truth(
    runs: list[Cells], unit: str, months: int
) -> None:
    rows = [
        METRICS["turnover.retention"]
        .compute(run)
        .rows.row(by_predicate=pl.col("tenure") == unit, named=True)
        for run in runs
    ]
    held = [row["low"] <= 100 * truth(months) <= row["high"] for row in rows]
    assert np.mean(held) >= 0.85
    values = np.array([row["value"] for row in rows])
    assert values.mean() == pytest.approx(100 * truth(months), abs=4 * values.std() / RUNS**0.5)
    # No wider than needed: the spread of the values themselves.
    width = np.mean([row["high"] - row["low"] for row in rows])
    assert width == pytest.approx(2 * 1.96 * values.std(), rel=0.4)


def test_the_interval_of_a_reason_holds_the_truth(runs: list[Cells]) -> None:
    asked = (pl.col("tenure") == "009-012") & (pl.col("reason") == "voluntary")
    rows = [
        METRICS["turnover.incidence"].compute(run).rows.row(by_predicate=asked, named=True)
        for run in runs
    ]
    true = 100 * CHOSEN * (1 - truth(12))
    assert np.mean([row["low"] <= true <= row["high"] for row in rows]) >= 0.85
    values = np.array([row["value"] for row in rows])
    assert values.mean() == pytest.approx(true, abs=4 * values.std() / RUNS**0.5)


def test_the_interval_of_a_hazard_holds_the_truth(runs: list[Cells]) -> None:
    for unit, true in (("001-002", NEW), ("012-018", SETTLED)):
        rows = [
            METRICS["turnover.hazard"]
            .compute(run)
            .rows.row(by_predicate=pl.col("tenure") == unit, named=True)
            for run in runs
        ]
        assert np.mean([row["low"] <= 100 * true <= row["high"] for row in rows]) >= 0.85
        values = np.array([row["value"] for row in rows])
        assert values.mean() == pytest.approx(100 * true, abs=4 * values.std() / RUNS**0.5)
