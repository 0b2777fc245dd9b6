"""The demo company's life tables as screens and terminal read them, held against its raw rows."""

import json
from datetime import date

import lifelines
import numpy as np
import polars as pl
import pytest
from sqlalchemy import Engine, select
from typer.testing import CliRunner

from manage import app
from metrics.idea_waits import median
from metrics.life_tables import DECISION, groups_differ
from metrics.results import Table
from models.asking import ask, metric_named
from models.cells import EVERYTHING, Question, QuestionError, Release, Scope, answer, load
from models.releases.gathering import employments
from models.tables import RAW_TABLES
from release.subjects import WHOLE
from seed.ideas import _DESK_WAIT as DESK_WAIT
from seed.truth import LOG_WAIT_FRONT_LINE

MONTH = 365.25 / 12
SOME_SITES = Scope(frozenset({"L01", "L02"}))


@pytest.fixture
def release(demo_database: Engine) -> Release:
    return load(demo_database)


def told(release: Release, code: str, *by: str, **where: str) -> Table:
    limits = {dim: [value] for dim, value in where.items()}
    return ask(metric_named(code), EVERYTHING, release, by=by, where=limits)


@pytest.fixture
def lives(demo_database: Engine, release: Release) -> pl.DataFrame:
    """Every employment as it is seen: months at entry and at the end, and how it ended."""
    table = RAW_TABLES["assignments"]
    with demo_database.connect() as connection:
        rows = connection.execute(select(table)).mappings().all()
    spells = employments(pl.DataFrame([dict(row) for row in rows], infer_schema_length=None))
    first, last = date(2023, 7, 1), date(2026, 6, 30)
    assert release.spans["tenure_ended"][0] == "2023-Q3"
    assert release.spans["tenure_ended"][-1] == "2026-Q2"
    found = spells.group_by("employee_id", "employment").agg(
        begun=pl.col("first_day").first(),
        ended=pl.col("last_day").first(),
        desk_type=pl.col("desk_type").first(),
        moved=pl.col("desk_type").n_unique() > 1,
        reason=pl.col("end_reason").sort_by("until").last(),
    )
    seen = found.filter((pl.col("begun") <= last) & (pl.col("ended") >= first))
    return seen.with_columns(
        entry=(pl.max_horizontal("begun", pl.lit(first)) - pl.col("begun")).dt.total_days(),
        days=(pl.min_horizontal("ended", pl.lit(last)) - pl.col("begun")).dt.total_days() + 1,
        left=pl.col("ended") <= last,
    )


def kaplan_meier(lives: pl.DataFrame, months: int) -> float:
    fitted = lifelines.KaplanMeierFitter().fit(
        lives["days"].to_numpy(), lives["left"].to_numpy(), entry=lives["entry"].to_numpy()
    )
    return 100 * float(fitted.predict(months * MONTH))


def at(found: Table, unit: str, **group: str) -> dict[str, float]:
    rows = found.rows.filter(pl.col("tenure") == unit, **group)
    return rows.row(0, named=True)


UNITS = (("002-003", 3), ("009-012", 12), ("018-024", 24), ("048-060", 60))


@pytest.mark.parametrize(("unit", "months"), UNITS)
def test_retention_is_that_of_the_raw_spells(
    release: Release, lives: pl.DataFrame, unit: str, months: int
) -> None:
    whole = at(told(release, "turnover.retention"), unit)
    assert whole["low"] <= kaplan_meier(lives, months) <= whole["high"]
    assert whole["high"] - whole["low"] < 3
    found = told(release, "turnover.retention", "desk_type")
    for desk in ("desk", "non_desk"):
        own = at(found, unit, desk_type=desk)
        truth = kaplan_meier(lives.filter(~pl.col("moved"), desk_type=desk), months)
        assert own["low"] - 0.5 <= truth <= own["high"] + 0.5


def test_incidence_by_reason_is_that_of_the_raw_spells(
    release: Release, lives: pl.DataFrame
) -> None:
    found = told(release, "turnover.incidence").rows.filter(pl.col("tenure") == "009-012")
    fitter = lifelines.AalenJohansenFitter(calculate_variance=False)
    reason = lives["reason"].replace_strict({"voluntary": 1, "involuntary": 2}, default=3)
    code = np.where(lives["left"], reason, 0)
    # The raw days have ties, which lifelines' estimator parts at random.
    days = lives["days"].to_numpy() + np.linspace(0, 0.1, lives.height)
    for number, name in enumerate(("voluntary", "involuntary", "other"), 1):
        fitted = fitter.fit(days, code, number, entry=lives["entry"].to_numpy())
        truth = 100 * float(fitted.predict(12 * MONTH))
        row = found.row(by_predicate=pl.col("reason") == name, named=True)
        # A reason's share is taken over 3 and 9 months, so the curve may bend a little elsewhere.
        assert row["low"] - 0.5 <= truth <= row["high"] + 0.5
        assert row["high"] - row["low"] < 4


def test_stability_is_that_of_the_raw_spells(release: Release, lives: pl.DataFrame) -> None:
    found = ask(
        metric_named("turnover.stability"), EVERYTHING, release, first="2025-Q4", last="2025-Q4"
    ).estimate()
    there = lives.filter(pl.col("begun") < date(2025, 1, 1), pl.col("ended") >= date(2025, 1, 1))
    stayed = there.filter(pl.col("ended") > date(2025, 12, 31))
    assert found is not None
    assert found.n == pytest.approx(there.height, abs=8)
    assert found.value == pytest.approx(100 * stayed.height / there.height, abs=0.3)


def test_the_planted_hazard_of_those_who_are_new_is_found(release: Release) -> None:
    """Voluntary leaving has a factor 2.4 in the first three months and 1.05 after a year."""
    rows = told(release, "turnover.hazard", contract_type="on_call").rows
    hazard = {row["tenure"]: row for row in rows.to_dicts()}
    assert hazard["000-001"]["low"] > hazard["012-018"]["value"]
    new = np.mean([hazard[unit]["value"] for unit in ("000-001", "001-002", "002-003")])
    settled = np.mean([hazard[unit]["value"] for unit in ("012-018", "018-024", "024-036")])
    # With the other reasons, which have no such factor, some 0.71 a year against 0.38.
    assert 1.4 < new / settled < 2.9


def test_the_floor_waits_longer_for_a_decision_as_planted(release: Release) -> None:
    found = told(release, "ideas.time_to_decision", "desk_type")
    waits = {
        desk: median(found.rows.filter(pl.col("desk_type") == desk))
        for desk in ("desk", "non_desk")
    }
    for desk, days in (("desk", DESK_WAIT), ("non_desk", DESK_WAIT * np.exp(LOG_WAIT_FRONT_LINE))):
        low, high = waits[desk].low, waits[desk].high
        assert low is not None
        assert high is not None
        # The ends of units of a week, or of four.
        assert low - 28 <= days <= high + 7
    cells = answer(Question(DECISION.measures, ("desk_type", "age")), EVERYTHING, release)
    differ = groups_differ(cells, DECISION)
    assert differ is not None
    assert differ.p < 1e-6
    both = answer(Question(DECISION.measures, ("customer_related", "age")), EVERYTHING, release)
    alike = groups_differ(both, DECISION)
    assert alike is not None
    assert alike.p > 1e-4


def test_a_question_is_answered_by_the_first_view_that_knows_what_is_asked(
    release: Release,
) -> None:
    def view(*by: str, **where: str) -> str:
        limits = tuple((dim, (value,)) for dim, value in where.items())
        question = Question(("tenure_ended",), by, limits)
        return answer(question, EVERYTHING, release).views["tenure_ended"]

    assert view() == view("tenure") == view("period", "tenure") == WHOLE
    assert view("tenure", desk_type="desk") == view("desk_type") == "desk_type"
    assert view("tenure", "entry") == "cohort"
    assert release.together("tenure_ended", ["tenure", "region"])
    assert not release.together("tenure_ended", ["desk_type", "region"])
    with pytest.raises(QuestionError, match="desk_type, region, but not by all at once"):
        view("desk_type", region="Midden")
    with pytest.raises(QuestionError, match="cannot be split by 'location'"):
        view("location")


def test_other_measures_are_not_split_by_units_of_time(release: Release) -> None:
    for code in ("headcount", "bat12", "ideas_decided"):
        assert not {"tenure", "age", "entry"} & release.dims(code)
    assert release.dims("tenure_ended") == {
        *("period", "tenure", "desk_type", "contract_type", "region", "entry")
    }
    assert "location" in release.dims("headcount")


def test_whoever_sees_some_sites_gets_the_company_and_no_region(release: Release) -> None:
    question = Question(("tenure_ended",), ("tenure", "desk_type"))
    assert answer(question, SOME_SITES, release).rows.equals(
        answer(question, EVERYTHING, release).rows
    )
    for by, where in (
        (("region", "tenure"), ()),
        (("tenure",), (("region", ("Midden",)),)),
    ):
        with pytest.raises(QuestionError, match="not told by site"):
            answer(Question(("tenure_ended",), by, where), SOME_SITES, release)
        answer(Question(("tenure_ended",), by, where), EVERYTHING, release)
    beside = Question(("headcount", "tenure_ended"), ("desk_type",))
    found = answer(beside, SOME_SITES, release)
    own = answer(Question(("headcount",), ("desk_type",)), SOME_SITES, release)
    assert found.only(("headcount",)).rows.equals(own.rows)
    assert (found.views["headcount"], found.views["tenure_ended"]) == ("sites", "desk_type")


@pytest.mark.usefixtures("demo_database")
@pytest.mark.parametrize(
    ("code", "by", "columns"),
    [
        ("turnover.retention", ("--by", "desk_type"), ["desk_type", "tenure"]),
        ("turnover.incidence", (), ["tenure", "reason"]),
        ("turnover.hazard", ("--by", "contract_type"), ["contract_type", "tenure"]),
        ("turnover.early", (), ["tenure"]),
        ("turnover.stability", ("--by", "region"), ["region"]),
        ("ideas.time_to_decision", ("--by", "customer_related"), ["customer_related", "age"]),
        ("ideas.time_to_implementation", ("--by", "age"), ["age"]),
    ],
)
def test_the_terminal_tells_them_in_the_order_of_time(
    code: str, by: tuple[str, ...], columns: list[str]
) -> None:
    result = CliRunner().invoke(app, ["metric", code, *by, "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.output)["rows"]
    assert len(rows) > 1
    assert list(rows[0]) == [*columns, "value", "low", "high", "n"]
    if "reason" not in columns:
        assert rows == sorted(rows, key=lambda row: [row[name] for name in columns])
    assert all(row["low"] is None or row["low"] <= row["value"] <= row["high"] for row in rows)
