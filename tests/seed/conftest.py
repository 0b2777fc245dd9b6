"""The demo company, generated once for all tests of it."""

import numpy as np
import polars as pl
import pytest

from seed import DEFAULT_SEED, generate, latent_world
from seed.answers import BAT_ITEMS
from seed.world import World
from tests.seed.estimates import grid, nps


@pytest.fixture(scope="session")
def demo() -> dict[str, pl.DataFrame]:
    return generate(np.random.default_rng(DEFAULT_SEED))


@pytest.fixture(scope="session")
def world() -> World:
    """The latent quantities behind `demo`."""
    return latent_world(np.random.default_rng(DEFAULT_SEED))


@pytest.fixture(scope="session")
def survey(demo) -> dict[str, np.ndarray]:
    """Site means of some items, of BAT-12, and the number of responses."""
    rows = demo["survey_answers"].with_columns(bat12=pl.mean_horizontal(*BAT_ITEMS))
    wanted = ("bat12", "peer_interaction", "emotional_dissonance", "workload", "tool_fit")
    means = {name: grid(rows, "wave", pl.col(name).mean()) for name in wanted}
    return means | {"n": grid(rows, "wave", pl.len())}


@pytest.fixture(scope="session")
def customers(demo) -> dict[str, np.ndarray]:
    """Site means of customer feedback, and the number of answers."""
    rows = demo["customer_feedback"].with_columns(month=pl.col("at").dt.strftime("%Y-%m"))
    return {
        "nps": grid(rows, "month", nps()),
        "empathy": grid(rows, "month", pl.col("empathy").mean()),
        "ces": grid(rows, "month", pl.col("ces").mean()),
        "first_contact": grid(rows, "month", 100 * pl.col("first_contact").mean()),
        "n": grid(rows, "month", pl.len()),
    }


@pytest.fixture(scope="session")
def absence(demo) -> tuple[np.ndarray, np.ndarray]:
    """Percent of contract hours lost, and the hours."""
    rows = demo["absence"]
    lost = 100 * pl.col("hours_lost").sum() / pl.col("contract_hours").sum()
    return grid(rows, "period", lost), grid(rows, "period", pl.col("contract_hours").sum())
