"""A real funnel of ideas, Python's enhancement proposals, counted from the files themselves."""

from datetime import date
from pathlib import Path

import lifelines
import polars as pl
import pytest
from sqlalchemy import Engine

from metrics.idea_medians import MONTHS_TO_DECISION
from metrics.idea_months import life_tables
from metrics.survival import retention
from models.asking import ask, cells_for, metric_named
from models.cells import EVERYTHING, Release
from tests.models.test_real_release import published

pytestmark = pytest.mark.real_data

END = date(2026, 7, 31)
"""The export ends in August 2026, so July is the last month that is over."""

STAGES = {
    "accepted": (
        *("Accepted", "Acepted", "Approved", "Provisional"),
        *("Active", "Final", "Finished", "Complete"),
    ),
    "rejected": ("Rejected",),
    "withdrawn": ("Withdrawn", "Withdrawal"),
    "implemented": ("Final", "Finished", "Complete"),
    "triaged": ("Deferred", "Postponed"),
}
TEMPLATES = 9000


def proposals(folder: Path) -> pl.DataFrame:
    """Per proposal the day of creation, and the first day of each stage up to the end."""
    ideas = pl.read_csv(folder / "ideas" / "pep_ideas.csv").select(
        "PEP", created=pl.col("created").str.to_date()
    )
    events = pl.read_csv(folder / "ideas" / "pep_status_events.csv").with_columns(
        on=pl.col("changed_at").str.head(10).str.to_date()
    )
    found = ideas.filter((pl.col("PEP") < TEMPLATES) & (pl.col("created") <= END))
    for stage, words in STAGES.items():
        first = (
            events.filter(pl.col("status").is_in(words) & (pl.col("on") <= END))
            .group_by("PEP")
            .agg(pl.col("on").min().alias(stage))
        )
        found = found.join(first, on="PEP", how="left")
    # Three have a status from before their creation: it counts as one of that day.
    return found.with_columns(
        pl.when(pl.col(stage).is_not_null()).then(pl.max_horizontal(stage, "created")).alias(stage)
        for stage in STAGES
    )


def months(day: str) -> pl.Expr:
    return pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month()


@pytest.fixture
def release(database: Engine, real_data: Path) -> Release:
    return published(database, real_data / "ideas", "pep")


def test_the_funnel_and_the_median_wait_are_those_of_the_file(
    release: Release, real_data: Path
) -> None:
    file = proposals(real_data)
    table = ask(metric_named("ideas.funnel"), EVERYTHING, release)
    reached = dict(table.rows.filter(reading="reached").select("stage", "n").iter_rows())
    decided = pl.min_horizontal("accepted", "rejected", "withdrawn")
    expected = {stage: int(file[stage].count()) for stage in STAGES}
    assert reached == {
        **expected,
        "submitted": file.height,
        "decided": file.select(decided).to_series().count(),
    }
    assert (file.height, expected["accepted"], expected["rejected"]) == (734, 464, 142)
    standing = table.rows.filter(reading="standing")
    assert standing["n"].sum() == file.height

    # A release tells months, so the waits of the file are taken in months too.
    waits = file.with_columns(decided=decided).select(
        seen=pl.when(pl.col("decided").is_null())
        .then(END.year * 12 + END.month - months("created"))
        .otherwise(months("decided") - months("created")),
        ended=pl.col("decided").is_not_null(),
    )
    theirs = lifelines.KaplanMeierFitter().fit(waits["seen"].to_list(), waits["ended"].to_list())
    mine = ask(MONTHS_TO_DECISION, EVERYTHING, release).estimate()
    assert mine is not None
    assert (mine.value, mine.n) == (theirs.median_survival_time_, 734)
    curve = life_tables(cells_for(MONTHS_TO_DECISION, EVERYTHING, release), "decision")[()].table
    at = theirs.survival_function_.reindex(curve.time, method="ffill").to_numpy()[:, 0]
    known = curve.at_risk > 0
    assert retention(curve).value[known] == pytest.approx(at[known])
