"""Blocks of records from elsewhere tell sums, and by the year what is told by the year."""

from dataclasses import replace

import polars as pl
import pytest

from release.blocks import VALUES_SCHEMA, Block, of_view
from release.records_inspection import broken
from release.subjects import SITES, SUBJECTS


@pytest.fixture
def pay() -> Block:
    cells = pl.DataFrame({"cell": [0], "people": [12], "job_family": [["care"]]})
    values = pl.DataFrame(
        [(0, "annual_cost", 12, 12 * 40_500.0, None, None, False)],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    return Block("pay", "2024", of_view(SITES, cells, SUBJECTS["pay"].dims), values)


def found(block: Block) -> dict[str, int]:
    return {rule: count for rule, count in broken(block) if count}


def test_mean_pay_of_a_year_keeps_the_rules(pay: Block) -> None:
    assert found(pay) == {}


def test_twelve_months_side_by_side_would_tell_what_a_newcomer_earns(pay: Block) -> None:
    assert found(replace(pay, period="2024-05")) == {"year": 1}
    assert found(replace(pay, period="2024", subject="reliability")) == {}
    assert found(replace(pay, period="2024-Q2", subject="reliability")) == {"year": 1}


def test_how_far_pay_differs_is_not_told(pay: Block) -> None:
    spread = pay.values.with_columns(squares=pl.lit(2e10))
    assert found(replace(pay, values=spread)) == {"only-sums": 1}
    at_risk = pay.values.with_columns(at_risk=pl.lit(3, pl.Int32))
    assert found(replace(pay, subject="workforce", values=at_risk)) == {"only-sums": 1}
    assert found(replace(pay, subject="survey", values=at_risk)) == {}


def test_pay_is_told_in_steps(pay: Block) -> None:
    closer = pay.values.with_columns(total=pl.col("total") + 1)
    assert found(replace(pay, values=closer)) == {"pay": 1}
