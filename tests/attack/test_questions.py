"""Random questions through the one door, solved as a system whose unknowns are people."""

import numpy as np
import polars as pl
import pytest
from sqlalchemy import Engine

from models.cells import Question, Release
from release.blocks import Block
from release.leaves import leaf_counts
from release.versions import extend
from tests.attack.world import (
    DIMS,
    MINIMUM,
    PERIODS,
    World,
    groups_in,
    isolable,
    make,
    publish,
    random_question,
    released,
)

SEED = 20240601


@pytest.fixture(scope="module")
def world() -> World:
    return make(np.random.default_rng(SEED))


def attack(world: World, release: Release, questions: int, seed: int = SEED) -> set[int]:
    rng = np.random.default_rng(seed)
    # The release does not change, so a question that comes up again has its answer already.
    asked = dict.fromkeys(random_question(rng, world) for _ in range(questions))
    found: set[int] = set()
    for question in asked:
        found |= groups_in(question, world, release)
    return found


def test_the_fingerprints_read_true(database: Engine, world: World) -> None:
    release = publish(database, world, released(world))
    (everyone,) = groups_in(Question(measures=world.measures), world, release)
    assert everyone.bit_count() == world.responses.height
    by_site = groups_in(Question(measures=world.measures, by=("location",)), world, release)
    site = world.responses.with_row_index()
    members = site.filter(pl.col("location") == "site-00")["index"].to_list()
    assert sum(1 << member for member in members) in by_site


def test_no_group_under_the_minimum_is_isolable(
    database: Engine, world: World, *, deep: bool
) -> None:
    release = publish(database, world, released(world))
    found = attack(world, release, 50_000 if deep else 2_500)
    assert len(found) > 200
    assert min(group.bit_count() for group in found) >= MINIMUM
    assert isolable(sorted(found), world.responses.height, MINIMUM) == []


def test_a_release_of_small_cells_is_caught(database: Engine, world: World) -> None:
    release = publish(database, world, released(world, minimum=5))
    found = attack(world, release, 500)
    assert isolable(sorted(found), world.responses.height, MINIMUM)


def test_groups_hidden_after_computing_are_caught(world: World) -> None:
    """What others do: compute everything, then hide the small groups, and show the total."""
    january = world.responses.with_row_index().filter(pl.col("period") == PERIODS[0])

    def masks(dim: str) -> list[int]:
        grouped = january.group_by(dim).agg("index").filter(pl.col("index").list.len() >= MINIMUM)
        return [sum(1 << member for member in members) for members in grouped["index"]]

    assert isolable(masks("location") + masks("region"), world.responses.height, MINIMUM)


def _late(world: World, count: int) -> tuple[World, pl.DataFrame]:
    """The world without its last `count` responses of January at one site, and those responses."""
    rows = world.responses.with_row_index("row")
    late = rows.filter((pl.col("period") == PERIODS[0]) & (pl.col("location") == "site-00")).tail(
        count
    )
    before = rows.join(late, on="row", how="anti").drop("row")
    return World(before, world.measures, world.sites), late.drop("row")


def _versions(database: Engine, before: World, first: list[Block], second: list[Block]) -> set[int]:
    found = attack(before, publish(database, before, first, 1), 300)
    return found | attack(before, publish(database, before, second, 2), 300)


def test_a_single_late_response_is_caught_when_a_period_is_simply_rebuilt(
    database: Engine, world: World
) -> None:
    before, _ = _late(world, 1)
    found = _versions(database, before, released(before), released(world))
    assert 1 in isolable(sorted(found), world.responses.height, MINIMUM)


def test_late_responses_that_may_join_isolate_nobody(database: Engine, world: World) -> None:
    before, late = _late(world, 1)
    january = next(block for block in released(before) if block.period == PERIODS[0])
    leaves = leaf_counts(late, ("period", *DIMS), world.measures)
    assert extend(january, leaves, DIMS, MINIMUM) is None
    grown, extra = _grown(world)
    found = _versions(database, grown, released(grown), extra)
    assert len(found) > 50
    assert isolable(sorted(found), world.responses.height, MINIMUM) == []


def _grown(world: World) -> tuple[World, list[Block]]:
    """A first version without some people of one cell, and the version in which they joined."""
    rows = world.responses.with_row_index("row")
    whole = next(block for block in released(world) if block.period == PERIODS[0])
    for cell in whole.cells.sort("people", descending=True).iter_rows(named=True):
        inside = (pl.col("period") == PERIODS[0]) & pl.all_horizontal(
            pl.col(dim).is_in(cell[dim]) for dim in DIMS
        )
        late = rows.filter(inside).head(MINIMUM + 1)
        kept = rows.join(late, on="row", how="anti").drop("row")
        before = World(kept, world.measures, world.sites)
        first, *others = released(before)
        leaves = leaf_counts(late.drop("row"), ("period", *DIMS), world.measures)
        extended = extend(first, leaves, DIMS, MINIMUM)
        if extended is not None:
            return before, [extended, *others]
    pytest.fail("no cell of the world takes late responses")
