"""How long it takes to release half a million responses at 2,000 sites over six months."""

import numpy as np
import polars as pl

from release.blocks import pack
from release.build import build
from release.leaves import leaf_counts, risk_flag
from release.subjects import SUBJECTS
from tests.bench.measuring import Line, median_seconds

RESPONSES = 500_000
SITES = 2_000
REGIONS = 20
MONTHS = tuple(f"2024-{month:02d}" for month in range(1, 7))
SCALES = ("bat12", "engagement", "enps", "autonomy", "peer_interaction", "tool_fit", "workload")
WITH_CUT_OFF = frozenset({"bat12", "enps", "autonomy"})
SHARE_EMPTY = 0.03
MINIMUM = 11
MOST_SECONDS = 3.0


def responses(generator: np.random.Generator) -> pl.DataFrame:
    """Scored responses, a row each: period, the survey's dimensions, measures and risk flags."""
    site = generator.integers(SITES, size=RESPONSES)
    keys = pl.DataFrame(
        {
            "period": np.array(MONTHS)[generator.integers(len(MONTHS), size=RESPONSES)],
            "site": site,
            "team": generator.integers(8, size=RESPONSES),
            "desk_type": np.array(["desk", "hybrid", "non_desk"])[
                generator.choice(3, p=[0.12, 0.08, 0.8], size=RESPONSES)
            ],
            "job_family": np.array([f"family {i}" for i in range(8)])[
                generator.integers(8, size=RESPONSES)
            ],
        }
    ).select(
        "period",
        pl.format("region {}", pl.col("site") % REGIONS).alias("region"),
        pl.format("site {}", "site").alias("location"),
        "desk_type",
        "job_family",
        pl.format("team {}-{}", "site", "team").alias("team"),
    )
    answered = [_scale(generator).alias(code) for code in SCALES]
    flags = [(pl.col(code) >= 4).alias(risk_flag(code)) for code in SCALES if code in WITH_CUT_OFF]
    return keys.with_columns(answered).with_columns(flags)


def _scale(generator: np.random.Generator) -> pl.Series:
    values = pl.Series(generator.integers(1, 6, size=RESPONSES).astype(np.float64))
    empty = pl.Series(generator.random(RESPONSES) < SHARE_EMPTY)
    return values.set(empty, None)


def release(sheets: pl.DataFrame) -> list[bytes]:
    """From scored responses to the bytes that are published."""
    dims = SUBJECTS["survey"].dims
    leaves = leaf_counts(sheets, ("period", *dims), SCALES)
    blocks = build("survey", leaves, dims, MINIMUM)
    return [pack(frame) for block in blocks for frame in (block.cells, block.values)]


def _group(sheets: pl.DataFrame) -> pl.DataFrame:
    """The least that any such dashboard computes: a mean per site and month of each measure."""
    return sheets.group_by("period", "location").agg(pl.col(SCALES).mean())


def measure(repeats: int) -> list[Line]:
    sheets = responses(np.random.default_rng(1))
    return [
        Line(
            what=f"release of {RESPONSES:,} responses, {SITES:,} sites x {len(MONTHS)} months",
            value=median_seconds(lambda: release(sheets), repeats),
            against="Polars: means by site and month",
            floor=median_seconds(lambda: _group(sheets), repeats),
            most=MOST_SECONDS,
        )
    ]
