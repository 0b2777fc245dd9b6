"""Two quantities lined up by site and period."""

import numpy as np
import polars as pl
import pytest
from numpy.testing import assert_array_equal

from metrics.intervals import Z
from metrics.link.panel import Panel, column, lined, panel
from tests.metrics.link.worlds import months, rows_of

COLUMNS = ["location", "period", "value", "low", "high", "n"]


def rows(*table: tuple[str, str, float | None, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (site, period, value, None if value is None else value - Z, value and value + Z, n)
            for site, period, value, n in table
        ],
        schema=dict(zip(COLUMNS, (pl.String, pl.String, *[pl.Float64] * 4), strict=True)),
        orient="row",
    )


def test_values_stand_at_their_site_and_period() -> None:
    found = panel(
        rows(("A", "2024-01", 1.0, 20), ("B", "2024-03", 2.0, 30), ("B", "2024-01", 4.0, 5)),
        rows(("A", "2024-01", 10.0, 200), ("B", "2024-01", None, 9), ("B", "2024-03", 30.0, 7)),
    )
    assert found.sites == ("A", "B")
    # February, of which nobody knows anything, is a period too.
    assert found.periods == ("2024-01", "2024-02", "2024-03")
    assert_array_equal(found.x.value, [[1, np.nan, np.nan], [4, np.nan, 2]])
    assert_array_equal(found.y.n[1], [np.nan, np.nan, 7])
    assert found.x.error[0, 0] == pytest.approx(1)
    assert found.both.tolist() == [[True, False, False], [False, False, True]]
    assert found.lone == (1, 0)


def test_sites_that_lack_a_side_are_named() -> None:
    found = panel(
        rows(("A", "2024-01", 1.0, 20), ("B", "2024-01", 1.0, 20), ("C", "2024-02", 1.0, 20)),
        rows(("A", "2024-01", 1.0, 20), ("C", "2024-01", 1.0, 20), ("D", "2024-01", 1.0, 20)),
    )
    assert found.sites == ("A",)
    assert found.left_out == {"B": "no_cx", "C": "never_together", "D": "no_wx"}


def test_the_finer_side_is_brought_to_the_coarser() -> None:
    found = panel(
        rows(("A", "2024-Q1", 3.0, 20), ("A", "2024-Q2", 4.0, 20)),
        rows(("A", "2024-01", 10.0, 10), ("A", "2024-03", 40.0, 20), ("A", "2024-05", 7.0, 20)),
    )
    assert found.periods == ("2024-Q1", "2024-Q2")
    assert found.y.value.tolist() == [[30.0, 7.0]]
    assert found.y.n.tolist() == [[30.0, 20.0]]
    assert found.y.error[0, 0] == pytest.approx((10**2 + 20**2) / 30**2)


def test_gaps_are_counted_within_the_span_of_a_site() -> None:
    values = np.ones((2, 6))
    values[0, [0, 3]] = np.nan
    values[1, [1, 2]] = np.nan
    found = panel(rows_of(values, months(6)), rows_of(np.ones((2, 6)), months(6)))
    assert found.gaps == 3


def test_too_little_says_of_what() -> None:
    def of(sites: int, periods: int) -> Panel:
        table = rows_of(np.ones((sites, periods)), months(periods))
        return panel(table, table)

    assert of(20, 4).missing == {}
    assert of(19, 4).missing == {"sites": 19}
    assert of(20, 3).missing == {"periods": 3}
    nothing = panel(rows(), rows())
    assert nothing.missing == {"sites": 0, "periods": 0}
    assert (nothing.sites, nothing.periods, nothing.lone, nothing.gaps) == ((), (), (0, 0), 0)


def test_a_start_is_placed_among_periods_of_another_grain() -> None:
    quarters = ("2024-Q1", "2024-Q2", "2024-Q3")
    places = [column(text, quarters) for text in ("2024-05", "2023-12", "2025-01", "2024")]
    assert places == [1, -1, 4, 0]


def test_one_side_alone() -> None:
    found = lined(rows(("B", "2024-01", 1.0, 20), ("A", "2024-03", 2.0, 30)))
    assert (found.sites, found.periods) == (("A", "B"), months_of(3))
    assert found.side.value[1, 0] == 1.0


def months_of(count: int) -> tuple[str, ...]:
    return tuple(f"2024-{at:02}" for at in range(1, count + 1))
