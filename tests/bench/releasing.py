"""How long it takes to release half a million responses, and to audit two views of a month."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from release.blocks import pack
from release.build import build
from release.leaves import leaf_counts, risk_flag
from release.pairs import build_pair
from release.subjects import SUBJECTS
from release.telling import Range
from tests.bench.measuring import Line, median_seconds

RESPONSES = 500_000
SITES = 2_000
REGIONS = 20
AUDITS = ((300, 8_000, 1.0), (2_000, 90_000, 20.0))
"""Sites, responses of a month, and the most seconds that the second view of it may take."""
SURVEY = SUBJECTS["survey"]
MONTHS = tuple(f"2024-{month:02d}" for month in range(1, 7))
SCALES = ("bat12", "engagement", "enps", "autonomy", "peer_interaction", "tool_fit", "workload")
WITH_CUT_OFF = frozenset({"bat12", "enps", "autonomy"})
SHARE_EMPTY = 0.03
MINIMUM = 11
MOST_SECONDS = 3.0


def responses(
    generator: np.random.Generator, sites: int, size: int, months: Sequence[str]
) -> pl.DataFrame:
    """Scored responses, a row each: period, the survey's dimensions, measures and risk flags."""
    keys = pl.DataFrame(
        {
            "period": np.array(months)[generator.integers(len(months), size=size)],
            "site": generator.integers(sites, size=size),
            "team": generator.integers(8, size=size),
            "desk_type": np.array(["desk", "hybrid", "non_desk"])[
                generator.choice(3, p=[0.12, 0.08, 0.8], size=size)
            ],
            "job_family": np.array([f"family {i}" for i in range(8)])[
                generator.integers(8, size=size)
            ],
            "remote_band": np.array(["0 days", "1-2 days", "3-4 days", "5 days"])[
                generator.choice(4, p=[0.7, 0.15, 0.1, 0.05], size=size)
            ],
            "tenure_band": np.array(["under 1 year", "1-3 years", "3-10 years", "over 10 years"])[
                generator.integers(4, size=size)
            ],
        }
    ).select(
        "period",
        pl.format("region {}", pl.col("site") % REGIONS).alias("region"),
        pl.format("site {}", "site").alias("location"),
        "desk_type",
        "job_family",
        pl.format("team {}-{}", "site", "team").alias("team"),
        "remote_band",
        "tenure_band",
    )
    answered = [_scale(generator, size).alias(code) for code in SCALES]
    flags = [(pl.col(code) >= 4).alias(risk_flag(code)) for code in SCALES if code in WITH_CUT_OFF]
    return keys.with_columns(answered).with_columns(flags)


def _scale(generator: np.random.Generator, size: int) -> pl.Series:
    values = pl.Series(generator.integers(1, 6, size=size).astype(np.float64))
    empty = pl.Series(generator.random(size) < SHARE_EMPTY)
    return values.set(empty, None)


def release(sheets: pl.DataFrame) -> list[bytes]:
    """From scored responses to the bytes that are published, of the first view."""
    leaves = leaf_counts(sheets, ("period", *SURVEY.first.dims), SCALES)
    blocks = build("survey", leaves, SURVEY.first.dims, MINIMUM)
    return [pack(frame) for block in blocks for frame in (block.cells, block.values)]


def _group(sheets: pl.DataFrame) -> pl.DataFrame:
    """The least that any such dashboard computes: a mean per site and month of each measure."""
    return sheets.group_by("period", "location").agg(pl.col(SCALES).mean())


def measure(repeats: int) -> list[Line]:
    sheets = responses(np.random.default_rng(1), SITES, RESPONSES, MONTHS)
    return [
        Line(
            what=f"release of {RESPONSES:,} responses, {SITES:,} sites x {len(MONTHS)} months",
            value=median_seconds(lambda: release(sheets), repeats),
            against="Polars: means by site and month",
            floor=median_seconds(lambda: _group(sheets), repeats),
            most=MOST_SECONDS,
        ),
        *(_audit(*size, repeats) for size in AUDITS),
    ]


def _audit(sites: int, size: int, most: float, repeats: int) -> Line:
    """A month of both views, beside a month of the first alone."""
    sheets = responses(np.random.default_rng(2), sites, size, MONTHS[:1])
    leaves = leaf_counts(sheets, ("period", *SURVEY.dims), SCALES)
    ranges = dict.fromkeys(SCALES, Range(1, 5))

    def both() -> object:
        return build_pair(SURVEY, leaves, MINIMUM, ranges=ranges, key=bytes(32))

    return Line(
        what=f"both views of {size:,} responses at {sites:,} sites, with their audit",
        value=median_seconds(both, repeats),
        against="the first view alone",
        floor=median_seconds(lambda: build("survey", leaves, SURVEY.first.dims, MINIMUM), repeats),
        most=most,
    )
