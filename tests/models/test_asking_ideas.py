"""Questions about ideas on the demo company: sources that stand in, and what is refused."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from metrics.definitions import METRICS
from metrics.results import Table
from models.asking import QuestionError, ask
from models.cells import EVERYTHING, Question, Release, Scope, answer, load


@pytest.fixture
def release(demo_database: Engine) -> Release:
    return load(demo_database)


def told(
    release: Release,
    code: str,
    *by: str,
    where: dict[str, Sequence[str]] | None = None,
    scope: Scope = EVERYTHING,
    first: str | None = "2025-07",
    last: str | None = None,
) -> Table:
    return ask(METRICS[code], scope, release, by=by, where=where, first=first, last=last)


def test_the_finest_source_that_knows_what_is_asked(release: Release) -> None:
    for code, unit in (("ideas.median_to_decision", "days"), ("ideas.time_to_decision", "percent")):
        assert told(release, code).unit == unit
        assert told(release, code, "desk_type").unit == unit
    assert told(release, "ideas.median_to_decision", "location").unit == "months"
    assert told(release, "ideas.median_to_decision", where={"region": ["Noord"]}).unit == "months"
    granted = Scope(frozenset(release.locations["location_id"].head(20)))
    assert told(release, "ideas.median_to_decision", scope=granted).unit == "months"
    assert told(release, "ideas.time_to_decision", "location").by == ("location", "months")
    with pytest.raises(QuestionError, match="cannot be split by 'job_family'"):
        told(release, "ideas.median_to_decision", "job_family")


def test_what_happened_before_the_window_is_known_in_it(release: Release) -> None:
    table = told(release, "ideas.oldest", first="2026-06")
    assert (table.first, table.last) == ("2026-06", "2026-06")
    assert table.rows["value"].max() > 12  # type: ignore[operator]


def test_the_funnel_adds_up_to_the_released_counts(release: Release) -> None:
    table = told(release, "ideas.funnel", first=None)
    reached = dict(table.rows.filter(reading="reached").select("stage", "n").iter_rows())
    codes = tuple(f"ideas_{stage}" for stage in reached)
    counted = answer(Question(codes), EVERYTHING, release).rows
    assert {f"ideas_{stage}": n for stage, n in reached.items()} == dict(
        counted.select("measure", "total").iter_rows()
    )


@pytest.mark.parametrize("dim", ["period", "idea"])
def test_a_log_can_not_be_grouped_by_its_own_dimensions(release: Release, dim: str) -> None:
    with pytest.raises(QuestionError, match=f"can't be grouped by {dim}"):
        told(release, "ideas.funnel", dim)


def test_a_period_that_is_none_is_refused(release: Release) -> None:
    with pytest.raises(QuestionError, match="is not a period"):
        told(release, "ideas.funnel", first="last year")
    assert told(release, "ideas.funnel", first="2030-01").rows.is_empty()


def test_a_rate_is_asked_where_both_of_its_parts_are_known(release: Release) -> None:
    table = told(release, "ideas.per_100_employees", first="2020-01")
    assert table.first == max(
        release.periods(code)[0] for code in ("ideas_submitted", "person_years")
    )
