"""Sites lined up by their start, worked out by hand."""

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.adoption import Adoption, adoption, steps_between
from release.periods import parse

MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]
STARTS = {"a": "2024-03", "b": "2024-04", "c": "2024-05"}


def shares(**sites: float) -> pl.DataFrame:
    """10 before the start; from the month of the start 10 and what the site gains."""
    rows = [
        (site, month, 10 + (gain if month >= STARTS.get(site, "9999") else 0))
        for (site, gain), month in product(sites.items(), MONTHS)
    ]
    schema = {"location": pl.String, "period": pl.String, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def lined(frame: pl.DataFrame, **touched: str) -> Adoption | None:
    return adoption(frame, STARTS, {**STARTS, **touched}, frozenset("abc"))


def test_sites_are_lined_up_by_their_start() -> None:
    found = lined(shares(a=20, b=30, c=40, x=0, y=0, z=0))
    assert found is not None
    assert found.sites == 3
    at = {row["since"]: row for row in found.started.iter_rows(named=True)}
    assert (at[-1]["value"], at[-1]["low"], at[-1]["high"], at[-1]["n"]) == (10, 10, 10, 3)
    # 30, 40 and 50: t(0.975; 2) x 10 / sqrt(3) = 24.84.
    assert (at[0]["value"], at[0]["n"]) == (40, 3)
    assert at[0]["high"] - 40 == pytest.approx(24.841, abs=1e-3)
    assert (min(at), max(at)) == (-2, 7)
    # Before their own start they are no comparison for themselves, but for the others.
    others = {row["since"]: row for row in found.others.iter_rows(named=True)}
    assert set(others[0].values()) >= {10.0}
    assert others[7]["n"] == 3


def test_a_site_that_something_else_changed_is_no_comparison() -> None:
    frame = shares(a=20, b=20, c=20, x=0, y=0, z=0)
    found = lined(frame, z="2024-01")
    assert found is not None
    assert 7 not in found.others["since"].to_list()
    assert found.started["since"].max() == 7


def test_of_two_sites_nothing_is_told() -> None:
    assert lined(shares(a=20, b=30, x=0)) is None
    assert lined(shares()) is None
    assert adoption(shares(a=1, b=1, c=1), STARTS, STARTS, frozenset("ab")) is None


def test_a_start_in_a_quarter_is_that_of_its_first_month() -> None:
    starts = dict.fromkeys("abc", "2024-Q2")
    found = adoption(shares(a=20, b=30, c=40), starts, starts, frozenset("abc"))
    assert found is not None
    assert (found.started["since"].min(), found.started["since"].max()) == (-3, 8)


@given(st.sampled_from(["2021-03", "2021-Q2", "2021-P13", "2021"]), st.integers(-40, 40))
def test_steps_are_those_by_which_a_period_is_shifted(text: str, steps: int) -> None:
    assert steps_between(parse(text), parse(text).shifted(steps)) == steps
