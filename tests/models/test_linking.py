"""The link of the demo company: what was planted is found, and what was not is not claimed."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from manage import app
from metrics.link.evidence import Evidence
from metrics.link.verdict import LADDER, Verdict
from models.cells import QuestionError, Release, load
from models.linking import linked, named, of_side, quantities, rollouts, weighed
from seed import truth
from seed.calendar import PERIODS
from seed.company import IDS
from seed.generation import DEFAULT_SEED
from seed.rollouts import CUSTOMER_PLATFORM, PLACEBO, PLATFORM, started
from seed.world import build

Run = Callable[..., str]


@pytest.fixture
def release(demo_database: Engine) -> Release:
    return load(demo_database)


@pytest.fixture
def run(demo_database: Engine) -> Run:
    def run(*words: str, exit_code: int = 0) -> str:
        result = CliRunner().invoke(app, ["metric", *words])
        assert result.exit_code == exit_code, result.output
        return result.output

    assert demo_database.url.database
    return run


def of(release: Release, wx: str, cx: str, lag: int = 1) -> tuple[Evidence, Verdict]:
    both = named(wx, release, customers=False), named(cx, release, customers=True)
    return linked(*both, release, lag=lag)


def platform_effect(target: str) -> float:
    """What the platform did to a latent quantity, on average over its site-months."""
    there, without = (
        getattr(build(np.random.default_rng([DEFAULT_SEED, 0]), name), target)[:, -len(PERIODS) :]
        for name in ("", PLATFORM.rollout)
    )
    begun = started(PLATFORM)
    since = np.array(
        [[site in begun and period >= begun[site] for period in PERIODS] for site in IDS]
    )
    return float((there - without)[since].mean())


def test_customers_follow_burnout_a_month_later(release: Release) -> None:
    evidence, verdict = of(release, "bat12", "nps")
    found = evidence.follows
    assert found is not None
    told = found.alone.plain
    # What is seen is a little less than what is true, since a mean of a sample has noise.
    assert told.low[0] < truth.BURNOUT_TO_EXPERIENCE.size < told.high[0] + 3
    assert told.high[0] < 0.7 * truth.BURNOUT_TO_EXPERIENCE.size
    assert [step.lag for step in found.profile if step.p < 0.001] == [1]
    assert found.leads_p is not None
    assert found.leads_p > 0.05
    assert (verdict.step, verdict.sign, verdict.rollout) == ("rollout", 1, "floor-app")
    assert verdict.warnings == ()


def test_the_platform_raised_what_it_raised(release: Release) -> None:
    evidence, _verdict = of(release, "bat12", "nps")
    nps, burnout = (each[PLATFORM.rollout].average for each in (evidence.raised, evidence.moved))
    assert nps.low[0] < platform_effect("experience") < nps.high[0]
    assert burnout.low[0] < platform_effect("burnout") < burnout.high[0]
    assert platform_effect("experience") > 3


def test_what_did_nothing_is_not_said_to(release: Release) -> None:
    evidence, _verdict = of(release, "bat12", "nps")
    assert set(evidence.raised) == {each.rollout for each in (PLATFORM, CUSTOMER_PLATFORM, PLACEBO)}
    placebo = evidence.raised[PLACEBO.rollout].average
    assert placebo.low[0] < 0 < placebo.high[0]
    customers = evidence.raised[CUSTOMER_PLATFORM.rollout].average
    assert customers.low[0] < 0.5 < customers.high[0]
    assert evidence.moved[CUSTOMER_PLATFORM.rollout].p > 0.05


def test_acting_friendly_is_found_and_absence_has_no_direction(release: Release) -> None:
    evidence, verdict = of(release, "emotional_dissonance", "nps")
    assert (verdict.step, verdict.sign) == ("within_sites", 1)
    assert evidence.follows is not None
    assert evidence.follows.alone.plain.high[0] < truth.DISSONANCE_TO_EXPERIENCE.size + 3
    # Absence and customers both follow burnout of the month before.
    assert "no_direction" in of(release, "absence.rate", "nps")[1].warnings


def test_of_few_sites_nothing_is_said(release: Release) -> None:
    evidence, verdict = of(release, "struggle_wx", "nps")
    assert verdict.step == "not_enough_data"
    assert verdict.missing["sites"] < 20
    assert evidence.follows is None


def test_everything_by_site_and_period_can_be_asked(release: Release) -> None:
    sides = [[each.code for each in of_side(release, customers=side)] for side in (False, True)]
    assert {"burnout.share_at_risk", "bat12", "turnover.rate", "peer_interaction"} <= set(sides[0])
    assert {"nps", "csat", "ces", "sla_met"} <= set(sides[1])
    assert "exits" not in sides[0]
    assert len(quantities(release)) == len(sides[0]) + len(sides[1])
    with pytest.raises(QuestionError, match="no measure 'nps' of worker experience"):
        named("nps", release, customers=False)
    with pytest.raises(QuestionError, match="0 to 12 periods, not 13"):
        of(release, "bat12", "nps", lag=13)


def test_starts_are_those_that_were_planted(release: Release) -> None:
    told = {each.code: each for each in rollouts(release)}
    assert told[PLATFORM.rollout].kind == PLATFORM.kind
    begun = started(PLATFORM)
    assert told[PLATFORM.rollout].starts.items() <= begun.items()
    assert len(told[PLATFORM.rollout].starts) >= len(begun) - 1


def test_a_measure_that_few_sites_know_is_not_weighed(release: Release) -> None:
    nps = named("nps", release, customers=True)
    told = weighed(nps, release, codes=("bat12", "struggle_wx"))
    assert [each.code for each in told[0]] == ["bat12"]
    assert told[1] == ["struggle_wx"]
    assert weighed(nps, release, codes=("struggle_wx",))[0] == []


def test_the_verdict_on_the_terminal(run: Run) -> None:
    told = json.loads(run("link.verdict", "--wx", "bat12", "--cx", "nps", "--json"))
    assert told["verdict"] in LADDER
    assert told["warnings"] == []
    names = [each["name"] for each in told["estimates"]]
    assert names[:5] == [
        *("across.pearson", "across.spearman", "across.pooled"),
        *("within.same_period", "within.lagged"),
    ]
    for each in told["estimates"]:
        assert {"name", "value", "low", "high", "n"} <= each.keys()
        assert each["low"] is None or each["low"] <= each["value"] <= each["high"]
    text = run("link.verdict", "--wx", "bat12", "--cx", "nps")
    assert "verdict: rollout" in text
    assert "rollout.floor-app.cx" in text


def test_profile_roll_out_and_drivers_on_the_terminal(run: Run) -> None:
    profile = json.loads(run("link.profile", "--wx", "bat12", "--cx", "nps", "--json"))
    assert [each["name"] for each in profile["estimates"]] == [
        *("lag +3", "lag +2", "lag +1", "lag +0", "lag -1", "lag -2", "lag -3"),
    ]
    words = ("--wx", "bat12", "--cx", "nps", "--rollout", "floor-app")
    rollout = json.loads(run("link.rollout", *words, "--json"))
    assert [each["name"] for each in rollout["estimates"]][:4] == ["cx", "cx -3", "cx -2", "cx -1"]
    drivers = json.loads(run("link.drivers", "--cx", "nps", "--json"))
    shares = {each["name"]: each for each in drivers["estimates"]}
    assert sum(each["value"] for each in shares.values()) == pytest.approx(1)
    assert shares["burnout.share_at_risk"]["clear"]
    assert shares["emotional_dissonance"]["clear"]
    assert not shares["tool_fit"]["clear"]
    assert "link.drivers: cx nps" in run("link.drivers", "--cx", "nps")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("link.verdict", "--wx", "bat12"), "link.verdict needs --cx"),
        (("link.profile", "--cx", "nps"), "link.profile needs --wx"),
        (("link.verdict", "--wx", "bat13", "--cx", "nps"), "no measure 'bat13'"),
        (("link.verdict", "--wx", "bat12", "--cx", "bat12"), "no measure 'bat12' of customer"),
        (("link.rollout", "--wx", "bat12", "--cx", "nps"), "there are: floor-app"),
        (("link.nothing", "--cx", "nps"), "there are: link.verdict"),
        (("link.verdict", "--wx", "bat12", "--cx", "nps", "--lag", "40"), "0 to 12 periods"),
    ],
)
def test_what_can_not_be_asked_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run(*words, exit_code=1)


def test_the_metrics_of_the_link_are_listed(demo_database: Engine) -> None:
    assert demo_database.url.database
    listed = CliRunner().invoke(app, ["metrics"]).output
    assert "link.verdict" in listed
    told = json.loads(CliRunner().invoke(app, ["metrics", "--json"]).output)
    assert "link.drivers" in [each["metric"] for each in told["metrics"]]
