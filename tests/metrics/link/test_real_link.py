"""Burnout and waits in English hospitals, against the figures computed from their own files."""

from pathlib import Path

import polars as pl
import pytest

from metrics.definitions import METRICS
from metrics.intervals import Intervals
from metrics.link.evidence import Evidence, gather
from metrics.link.quantity import Quantity
from metrics.link.verdict import verdict

pytestmark = pytest.mark.real_data

ACUTE = ("Acute and Acute & Community Trusts", "Acute Specialist Trusts")
MEASURES = {
    "Burned_out": ("Burned_out_rate", "Burned_out_base"),
    "Frustration": ("Frustration_rate", "Frustration_base"),
    "Enough_staff": ("Enough_staff_rate", "Enough_staff_base"),
    "Autonomy": ("Autonomy_rate", "Autonomy_base"),
    "Meaning": ("Mastery_meaning_rate", "Mastery_base"),
}
MEAN = METRICS["measure.mean"]
BURNT_OUT = Quantity("burnt_out", "Burnt out", "wx", "employee", "percent", "lower", MEAN)
WAITS = Quantity("waits", "Waits", "operations", "system", "percent", "lower", MEAN)


@pytest.fixture(scope="module")
def found(real_data: Path) -> dict[str, Evidence]:
    """Trusts by year: each measure with the share that waited over four hours in the autumn."""
    survey = pl.read_csv(
        real_data / "nhs" / "staff_survey_by_trust_2021_2024.csv",
        null_values=["-", "NA"],
        infer_schema=False,
    ).filter(pl.col("Benchmarking group").is_in(ACUTE))
    over, seen = pl.col("pct_attendance_over_4hours"), pl.col("total_attendances")
    waits = (
        pl.read_csv(real_data / "nhs" / "ae_waits_monthly.csv", infer_schema=False)
        .with_columns(date=("1 " + pl.col("date")).str.to_date("%d %B %Y"))
        .filter(pl.col("date").dt.month().is_between(9, 12))
        .with_columns(over.cast(pl.Float64), seen.cast(pl.Float64))
        .filter(over.is_not_null(), seen.is_not_null())
        .filter(seen > 0)
        .group_by(location="nhs_trust22_code", period=pl.col("date").dt.year().cast(pl.String))
        .agg(value=100 * (over * seen).sum() / seen.sum(), n=seen.sum())
    )
    unknown = {"low": pl.lit(None, pl.Float64), "high": pl.lit(None, pl.Float64)}
    return {
        name: gather(
            survey.select(
                location="ODS code",
                period="Year",
                value=pl.col(value).cast(pl.Float64),
                n=pl.col(base).cast(pl.Float64),
                **unknown,
            ),
            waits.with_columns(**unknown),
        )
        for name, (value, base) in MEASURES.items()
    }


def ends(interval: Intervals) -> tuple[float, float, float]:
    return float(interval.value[0]), float(interval.low[0]), float(interval.high[0])


def test_there_are_as_many_trusts_and_years(found: dict[str, Evidence]) -> None:
    panel = found["Burned_out"].panel
    assert (len(panel.sites), int(panel.both.sum())) == (128, 473)


@pytest.mark.parametrize(
    ("name", "pooled"),
    [
        ("Burned_out", (0.215, 0.05, 0.36)),
        ("Frustration", (0.312, 0.19, 0.43)),
        ("Enough_staff", (-0.292, -0.41, -0.17)),
        ("Autonomy", (-0.170, None, None)),
        ("Meaning", (-0.281, -0.38, -0.15)),
    ],
)
def test_the_association_of_trusts_and_years(
    found: dict[str, Evidence], name: str, pooled: tuple[float, float | None, float | None]
) -> None:
    across = found[name].across
    assert across is not None
    assert across.pooled is not None
    told = ends(across.pooled.interval)
    assert told[0] == pytest.approx(pooled[0], abs=5e-4)
    # The outside intervals come from a bootstrap.
    if pooled[1] is not None:
        assert told[1:] == pytest.approx(pooled[1:], abs=0.025)


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Burned_out", (0.036, -0.06, 0.14)),
        ("Frustration", (0.099, -0.02, 0.22)),
        ("Enough_staff", (0.011, -0.08, 0.11)),
        ("Autonomy", (-0.085, None, None)),
        ("Meaning", (-0.150, -0.26, -0.04)),
    ],
)
def test_the_association_within_trusts_and_years(
    found: dict[str, Evidence], name: str, within: tuple[float, float | None, float | None]
) -> None:
    """The outside figures took both levels off once; here it goes on until both are gone."""
    across = found[name].across
    assert across is not None
    assert across.same_period is not None
    told = ends(across.same_period.interval)
    assert told[0] == pytest.approx(within[0], abs=0.01)
    if within[1] is not None:
        assert told[1:] == pytest.approx(within[1:], abs=0.03)


def test_burnt_out_trusts_have_longer_waits_and_no_more_is_said(
    found: dict[str, Evidence],
) -> None:
    told = verdict(found["Burned_out"], BURNT_OUT, WAITS)
    assert (told.step, told.sign) == ("across_sites", 1)
    assert "service_level" in told.warnings


def test_meaning_comes_with_its_estimate_within_trusts(found: dict[str, Evidence]) -> None:
    lagged = found["Meaning"].follows
    assert lagged is not None
    assert lagged.alone.standard.low[0] < 0 < lagged.alone.standard.high[0]
