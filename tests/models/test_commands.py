"""The terminal: metrics as text and JSON, and what it says when a question can't be put."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from manage import app

Run = Callable[..., str]


@pytest.fixture
def run(demo_database: Engine) -> Run:
    def run(*words: str, exit_code: int = 0) -> str:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == exit_code, result.output
        return result.output

    assert demo_database.url.database
    return run


def test_the_json_of_a_metric_has_the_agreed_form(run: Run) -> None:
    words = ("--by", "period", "kind", "--where", "kind=shop", "kind=office", "--from", "2026-05")
    told = json.loads(
        run("metric", "measure.share_at_risk", "--measure", "bat12", *words, "--json")
    )
    assert told.keys() == {
        *("metric", "unit", "period", "release", "views", "without"),
        *("coverage", "withheld", "rows"),
    }
    assert (told["views"], told["without"]) == (["sites"], [])
    assert (told["metric"], told["unit"]) == ("measure.share_at_risk", "percent")
    assert told["period"] == {"from": "2026-05", "to": "2026-06"}
    assert [(row["period"], row["kind"]) for row in told["rows"]] == [
        ("2026-05", "office"),
        ("2026-05", "shop"),
        ("2026-06", "office"),
        ("2026-06", "shop"),
    ]
    assert told["rows"][0].keys() >= {"period", "kind", "value", "low", "high", "n"}
    assert all(row["low"] < row["value"] < row["high"] for row in told["rows"])


@pytest.mark.parametrize(
    "words",
    [
        ("measure.mean", "--measure", "engagement"),
        ("measure.share_at_risk", "--measure", "bat12"),
        ("measure.nps", "--measure", "nps"),
        ("turnover.rate",),
        ("absence.rate",),
        ("ideas.throughput",),
    ],
)
def test_every_first_metric_has_a_value_and_an_interval(run: Run, words: tuple[str, ...]) -> None:
    (row,) = json.loads(run("metric", *words, "--json"))["rows"]
    assert row["low"] < row["value"] < row["high"]
    assert row["n"] > 0
    assert "coverage 100%" in run("metric", *words)


def test_a_site_of_a_few_people_is_absent_and_withheld_says_so(run: Run) -> None:
    told = json.loads(
        run("metric", "measure.mean", "--measure", "engagement", "--by", "location", "--json")
    )
    sites = {row["location"] for row in told["rows"]}
    assert "L01" in sites
    assert "L19" not in sites
    assert told["withheld"] is True


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("metric", "joy.rate"), "there is no metric 'joy.rate'; there are: measure.mean"),
        (("metric", "measure.mean"), "needs a measure"),
        (("metric", "measure.mean", "--measure", "joy"), "no measure 'joy'"),
        (("metric", "turnover.rate", "--by", "team"), "cannot be split by 'team'"),
        (("metric", "turnover.rate", "--where", "kind"), "write DIMENSION=VALUE"),
        (("metric", "turnover.rate", "--where", "kind=zoo"), "it has: airport_shop"),
        (("metric", "turnover.rate", "--from", "soon"), "is not a period"),
        (("release", "withdraw"), "--subject and --period"),
        (("release", "forget"), "none of: build, publish, withdraw"),
        (("release", "--minimum", "4"), "at least 5"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    result = CliRunner().invoke(app, words)
    assert result.exit_code != 0
    assert message in " ".join(result.output.replace("│", " ").split())
    assert run("upgrade") == "The database is up to date.\n"


def test_metrics_and_measures_are_listed(run: Run) -> None:
    told = json.loads(run("metrics", "--json"))
    assert "turnover.rate" in [metric["metric"] for metric in told["metrics"]]
    bat12 = next(measure for measure in told["measures"] if measure["measure"] == "bat12")
    assert len(bat12["periods"]) == 36
    assert {"location", "kind", "job_family", "period"} <= set(bat12["dimensions"])
    assert "Burnout (BAT-12)" in run("metrics")


@pytest.mark.usefixtures("database")
def test_an_empty_database_says_what_comes_first() -> None:
    result = CliRunner().invoke(app, ["metrics"])
    assert "import files, then publish a release" in result.output
    asked = CliRunner().invoke(app, ["metric", "turnover.rate"])
    assert asked.exit_code == 1
    assert "nothing of it is released" in asked.output
