"""Numbers of people by threes, and facts of sites."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.blocks import VALUES_SCHEMA, Block, of_view
from release.facts import site_facts
from release.few import broken_rules, by_threes
from release.inspection import Known, faults
from release.subjects import SITES, SUBJECTS

NETWORK = SUBJECTS["network"]


def threes(count: int, of: int) -> float:
    frame = pl.DataFrame({"count": [float(count)], "of": [of]})
    return float(frame.select(by_threes(pl.col("count"), pl.col("of"))).item())


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(0, 11, 0), (1, 11, 0), (2, 11, 3), (4, 11, 3), (5, 11, 6), (10, 11, 9), (11, 11, 9),
     (11, 12, 12), (12, 12, 12), (11, 13, 12), (13, 13, 12), (14, 14, 12)],
)  # fmt: skip
def test_people_are_told_by_threes(count: int, of: int, told: float) -> None:
    assert threes(count, of) == told


@given(of=st.integers(5, 500), share=st.floats(0, 1))
def test_nothing_tells_one_or_all_but_one_apart(of: int, share: float) -> None:
    count = round(share * of)
    told = threes(count, of)
    assert told % 3 == 0
    assert 0 <= told <= of
    assert abs(told - count) <= 2
    assert threes(0, of) == threes(1, of)
    assert threes(of, of) == threes(of - 1, of)


def network(active: float, posts: float | None, subject: str = "network") -> Block:
    """One cell of six sites with 20 people."""
    told = {"network_active": active, "posts": posts}
    rows = [(0, code, 20, total, None, None, False) for code, total in told.items() if total]
    cells = pl.DataFrame(
        {"cell": [0], "people": [20], "region": [["north"]], "location": [list("abcdef")]}
    )
    values = pl.DataFrame(rows, schema=VALUES_SCHEMA, orient="row")
    return Block(subject, "2024-01", of_view(SITES, cells, NETWORK.dims), values)


def test_rules_of_the_staff_network() -> None:
    def broken(block: Block) -> dict[str, int]:
        return {rule: count for rule, count in broken_rules(block) if count}

    assert broken(network(6, 40)) == {}
    assert broken(network(3, None)) == {}
    assert broken(network(7, 40)) == {"spells": 1}
    assert broken(network(21, 40)) == {"spells": 1}
    assert broken(network(3, 40)) == {"few-active": 1}
    few = network(6, None, "network_managers")
    assert broken(few) == {}
    fewer = few.cells.with_columns(location=pl.col("location").list.head(4))
    assert broken(Block(few.subject, few.period, fewer, few.values)) == {"managers": 1}


def test_facts_are_told_of_sites_that_are_large_enough() -> None:
    rows = pl.DataFrame(
        [
            ("2024-02", "b", "app", None, 30),
            ("2024-01", "a", "app", "platform", 11),
            ("2024-01", "c", "app", "platform", 10),
            ("2024-03", "c", "talk", "moments", 10),
        ],
        schema=["period", "location", "rollout", "rollout_kind", "people"],
        orient="row",
    )
    first, second, third = site_facts(SUBJECTS["rollouts"], rows, "rolled_out", 11)
    assert first.cells.rows() == [(0, "sites", 11, ["a"], ["app"], ["platform"])]
    assert first.values.select("cell", "measure", "n", "total").rows() == [
        (0, "rolled_out", 11, 1.0)
    ]
    assert second.cells["rollout_kind"].to_list() == [[]]
    assert [block.withheld for block in (first, second, third)] == [
        ("rolled_out",),
        (),
        ("rolled_out",),
    ]
    assert third.cells.is_empty()
    known = Known(of_subject={"rollouts": ["rolled_out"]})
    assert [faults(block, 11, known) for block in (first, second, third)] == [[], [], []]
