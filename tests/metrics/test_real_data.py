"""Shares of a real staff survey, against the figures computed from its own file."""

from pathlib import Path

import polars as pl
import pytest

from metrics.definitions import METRICS
from tests.metrics.by_hand import cells
from tests.metrics.test_measure import BURNT_OUT

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def survey(real_data: Path) -> pl.DataFrame:
    """One row per trust and year: kind, base and percentage of those burnt out."""
    return (
        pl.read_csv(
            real_data / "nhs" / "staff_survey_by_trust_2021_2024.csv",
            null_values=["-", "NA"],
            infer_schema=False,
        )
        .select(
            pl.col("Year").alias("period"),
            pl.col("Benchmarking group").alias("kind"),
            pl.col("Burned_out_base").cast(pl.Float64).alias("n"),
            pl.col("Burned_out_rate").cast(pl.Float64).alias("value"),
        )
        .drop_nulls()
    )


def test_the_base_weighted_share_of_acute_trusts(survey: pl.DataFrame) -> None:
    acute = survey.filter(
        (pl.col("kind") == "Acute and Acute & Community Trusts") & (pl.col("period") == "2024")
    )
    assert acute.height == 122
    row = {
        "measure": "burnt_out",
        "n": int(acute["n"].sum()),
        "total": float((acute["n"] * acute["value"]).sum()),
    }
    found = METRICS["measure.mean"].compute(cells(row, first="2024", last="2024"), BURNT_OUT)
    level = found.estimate()
    assert level is not None
    assert level.n == 529_409
    assert level.value == pytest.approx(31.06, abs=5e-3)
    assert level.low is not None
    assert level.high is not None
    assert level.low < level.value < level.high < level.low + 0.3
