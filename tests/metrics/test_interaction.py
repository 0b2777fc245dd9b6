"""The staff network by hand: reach, contact, replies per post."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definitions import METRICS
from metrics.interaction import ratio
from metrics.results import Table
from tests.metrics.by_hand import cells

REACH, REPLIES = METRICS["interaction.reach"], METRICS["interaction.reciprocity"]


def totals(n: int, numbers: Mapping[str, float | None], **more: object) -> list[dict[str, object]]:
    return [{"measure": code, "n": n, "total": total, **more} for code, total in numbers.items()]


def one(table: Table) -> tuple[float | None, ...]:
    (row,) = table.rows.select("value", "low", "high", "n").rows()
    return row


def test_reach_is_a_share_of_staff_as_sure_as_the_average_staff() -> None:
    # 12 months, 1,200 staff-months, 360 there: 30 %, Wilson of 30 of 100.
    rows = totals(1_200, {"network_headcount": 1_200, "network_active": 360}, periods=12)
    assert one(REACH.compute(cells(*rows))) == pytest.approx((30, 21.895, 39.585, 100), abs=1e-3)


@pytest.mark.parametrize(
    ("code", "measure"),
    [
        ("interaction.peer_contact", "with_peer_contact"),
        ("interaction.manager_contact", "with_manager_contact"),
    ],
)
def test_contact_counts_the_staff_for_whom_it_is_known(code: str, measure: str) -> None:
    rows = [
        {"measure": "network_headcount", "n": 100, "total": 110.0},
        {"measure": measure, "n": 50, "total": 33.0},
    ]
    # Half of the 110 has a number: 33 of 55.
    found = one(METRICS[code].compute(cells(*rows)))
    assert found == pytest.approx((60, 46.81, 71.88, 55), abs=0.01)


def test_a_site_without_a_network_has_no_row() -> None:
    rows = [
        *totals(20, {"network_headcount": 20, "network_active": 0}, location="a"),
        *totals(20, {"network_headcount": 20}, location="b"),
    ]
    found = REACH.compute(cells(*rows, by=["location"]))
    assert found.rows["location"].to_list() == ["a"]
    assert found.rows["value"].to_list() == [0]
    assert found.rows["high"][0] > 10
    assert found.withheld


def test_replies_per_post_and_its_interval() -> None:
    # 60 replies to 40 posts: p = 0.6, Wilson of 60 of 100 is 0.50200 to 0.69060.
    found = REPLIES.compute(cells(*totals(50, {"replies": 60, "posts": 40})))
    assert one(found) == pytest.approx((1.5, 1.00804, 2.23206, 40), abs=1e-4)
    managers = METRICS["interaction.manager_reply_rate"]
    rows = totals(50, {"manager_replies": 60, "posts_near_managers": 40})
    assert one(managers.compute(cells(*rows))) == pytest.approx(
        (150, 100.804, 223.206, 40), abs=0.01
    )


def test_without_posts_or_of_other_staff_nothing_is_told() -> None:
    assert REPLIES.compute(cells(*totals(50, {"replies": 0, "posts": 0}))).rows.is_empty()
    rows = [{"measure": "replies", "n": 30, "total": 5}, {"measure": "posts", "n": 50, "total": 9}]
    assert REPLIES.compute(cells(*rows)).rows.is_empty()
    value, low, high, _n = one(REPLIES.compute(cells(*totals(50, {"replies": 0, "posts": 9}))))
    assert value == low == 0
    assert high is not None
    assert high > 0


@given(replies=st.integers(0, 10_000), posts=st.integers(1, 10_000))
def test_the_ratio_turned_round_is_the_other_ratio(replies: int, posts: int) -> None:
    found = ratio(np.array([float(replies)]), np.array([float(posts)]))
    assert found.low[0] <= found.value[0] <= found.high[0]
    if replies:
        other = ratio(np.array([float(posts)]), np.array([float(replies)]))
        assert found.low[0] == pytest.approx(1 / other.high[0])
        assert found.high[0] == pytest.approx(1 / other.low[0])


def test_the_interval_of_a_ratio_of_counts_holds_the_truth() -> None:
    rng = np.random.default_rng(4)
    posts = rng.poisson(40, 4_000).astype(float)
    replies = rng.poisson(40 * 1.4, 4_000).astype(float)
    found = ratio(replies, posts)
    held = np.mean((found.low <= 1.4) & (found.high >= 1.4))
    assert 0.935 < held < 0.965
