"""The link on the terminal: `metric link.verdict --wx burnout.share_at_risk --cx nps --json`."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from metrics.intervals import Intervals
from metrics.link.drivers import COLLINEAR, drivers
from metrics.link.evidence import Evidence
from metrics.link.panel import Panel
from metrics.link.rollout import Rolled
from metrics.link.verdict import Verdict
from models.cells import QuestionError, Release
from models.linking import LAG, linked, named, weighed

Told = dict[str, Any]

NAMES: Final[Mapping[str, str]] = {
    "link.verdict": "How far the evidence reaches that customer experience follows worker "
    "experience: --wx, --cx, --lag",
    "link.profile": "Leads and lags within sites, in one equation: --wx, --cx, --lag",
    "link.rollout": "What a roll-out did to both: --rollout, --wx, --cx",
    "link.drivers": "Which worker experience matters most for customer experience: --cx, --lag",
}
"""The metrics of a link, and what they ask for."""


def told(
    name: str,
    release: Release,
    *,
    wx: str | None,
    cx: str | None,
    rollout: str | None,
    lag: int | None,
    first: str | None,
    last: str | None,
) -> Told:
    """The answer to one of `NAMES`.

    Raises:
        QuestionError, MetricError: something is missing or unknown; the message lists what is.
    """
    if name not in NAMES:
        raise QuestionError(f"there is no metric '{name}'; there are: {', '.join(NAMES)}")
    if cx is None:
        raise QuestionError(f"{name} needs --cx; the command `metrics` lists measures")
    about: Told = {
        "metric": name,
        "cx": cx,
        "lag": LAG if lag is None else lag,
        "release": release.number,
    }
    if name == "link.drivers":
        return about | _drivers(release, cx, about["lag"], first, last)
    if wx is None:
        raise QuestionError(f"{name} needs --wx; the command `metrics` lists measures")
    both = named(wx, release, customers=False), named(cx, release, customers=True)
    evidence, verdict = linked(*both, release, lag=about["lag"], first=first, last=last)
    about |= {"wx": wx, "wx_unit": both[0].unit, "cx_unit": both[1].unit}
    about |= _of_panel(evidence.panel)
    if name == "link.rollout":
        return about | _rollout(evidence, rollout)
    told: Callable[[Evidence, Verdict], Told] = _profile if name == "link.profile" else _verdict
    return about | told(evidence, verdict)


def _of_panel(panel: Panel) -> Told:
    return {
        "sites": len(panel.sites),
        "periods": len(panel.periods),
        "first": panel.periods[0] if panel.periods else None,
        "last": panel.periods[-1] if panel.periods else None,
        "left_out": dict(panel.left_out),
        "gaps": panel.gaps,
    }


def _verdict(evidence: Evidence, verdict: Verdict) -> Told:
    return {
        "verdict": verdict.step,
        "missing": dict(verdict.missing),
        "rollout": verdict.rollout,
        "sign": verdict.sign,
        "estimates": [*_across(evidence), *_within(evidence), *_rolled(evidence)],
        "warnings": list(verdict.warnings),
    }


def _across(evidence: Evidence) -> Iterator[Told]:
    found = evidence.across
    if found is None:
        return
    for name, each in (
        ("across.pearson", found.pearson),
        ("across.spearman", found.spearman),
        ("across.pooled", found.pooled),
        ("within.same_period", found.same_period),
    ):
        if each is not None:
            yield _estimate(name, each.interval, each.n, p=each.p)


def _within(evidence: Evidence) -> Iterator[Told]:
    found, sure = evidence.follows, evidence.sureness
    if found is None:
        return
    for name, each in (
        ("within.lagged", found.alone),
        ("within.direction", found.direction),
        ("within.reverse", found.reverse),
    ):
        if each is not None:
            yield _estimate(name, each.standard, found.rows, p=each.p)
    yield _estimate("within.lagged_plain", found.alone.plain, found.rows, p=found.alone.p)
    if sure is not None:
        for name, number in (
            ("within.smallest_seen", sure.smallest),
            ("within.shuffled_p", sure.shuffled_p),
            ("within.unseen_cause", sure.unseen),
            ("within.unseen_cause_clear", sure.unseen_clear),
        ):
            yield {"name": name, "value": number, "low": None, "high": None, "n": found.rows}
        yield {
            "name": "within.without_one_site",
            "value": float(found.alone.standard.value[0]),
            "low": sure.without_site.low,
            "high": sure.without_site.high,
            "n": found.sites,
        }


def _rolled(evidence: Evidence) -> Iterator[Told]:
    for side, every in (("cx", evidence.raised), ("wx", evidence.moved)):
        for code, found in every.items():
            yield _average(f"rollout.{code}.{side}", found)


def _average(name: str, found: Rolled) -> Told:
    return _estimate(name, found.average, found.rows, p=found.p) | {
        "sites": found.sites,
        "others": found.others,
        "before_p": found.before_p,
        "clashing": found.clashing,
    }


def _estimate(name: str, interval: Intervals, n: int, *, p: float, at: int = 0) -> Told:
    return {
        "name": name,
        "value": float(interval.value[at]),
        "low": float(interval.low[at]),
        "high": float(interval.high[at]),
        "n": n,
        "p": p,
    }


def _profile(evidence: Evidence, verdict: Verdict) -> Told:
    found = evidence.follows
    steps = () if found is None else found.profile
    return {
        "verdict": verdict.step,
        "estimates": [
            _estimate(
                f"lag {step.lag:+d}", step.standard, 0 if found is None else found.rows, p=step.p
            )
            for step in steps
        ],
        "leads_p": None if found is None else found.leads_p,
        "warnings": list(verdict.warnings),
    }


def _rollout(evidence: Evidence, rollout: str | None) -> Told:
    if rollout is None or rollout not in evidence.raised:
        known = ", ".join(evidence.raised) or "none: a roll-out needs five sites, and five without"
        raise QuestionError(
            f"link.rollout needs --rollout, one that can be judged; there are: {known}"
        )
    sides = {"cx": evidence.raised[rollout], "wx": evidence.moved.get(rollout)}
    return {
        "rollout": rollout,
        "estimates": [
            each
            for side, found in sides.items()
            if found is not None
            for each in (
                _average(side, found),
                *(
                    _estimate(f"{side} {step.periods:+d}", step.effect, step.sites, p=float("nan"))
                    for step in found.course
                ),
            )
        ],
    }


def _drivers(release: Release, cx: str, lag: int, first: str | None, last: str | None) -> Told:
    about = named(cx, release, customers=True)
    measures, left_out, y, weight, lagged = weighed(about, release, lag=lag, first=first, last=last)
    found = drivers(y, weight, lagged)
    if found is None:
        return {"estimates": [], "left_out": left_out, "warnings": ["not_enough_data"]}
    return {
        "explained": found.explained,
        "estimates": [
            _estimate(measure.code, found.share, found.rows, p=float(found.p[at]), at=at)
            | {
                "clear": bool(found.clear[at]),
                "standard": float(found.standard.value[at]),
                "standard_low": float(found.standard.low[at]),
                "standard_high": float(found.standard.high[at]),
                "inflation": float(found.inflation[at]),
            }
            for at, measure in enumerate(measures)
        ],
        "sites": found.sites,
        "left_out": left_out,
        "warnings": ["collinear"] if (found.inflation >= COLLINEAR).any() else [],
    }


def lines(answer: Told) -> list[str]:
    """The same for reading."""
    head = ", ".join(
        f"{name} {answer[name]}" for name in ("wx", "cx", "rollout", "lag") if answer.get(name)
    )
    text = [f"{answer['metric']}: {head}, release {answer['release']}"]
    if "verdict" in answer:
        text.append(f"verdict: {answer['verdict']}")
    if answer.get("missing"):
        text.append(
            "too few: " + ", ".join(f"{count} {name}" for name, count in answer["missing"].items())
        )
    rows = [("", "value", "low", "high", "n")]
    rows += [
        (
            each["name"],
            *("-" if each[key] is None else f"{each[key]:.3f}" for key in ("value", "low", "high")),
            str(each["n"]),
        )
        for each in answer["estimates"]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    text += [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if answer.get("warnings"):
        text.append("mind: " + ", ".join(answer["warnings"]))
    return text


def as_json(answer: Told) -> str:
    """JSON without NaN, which is none."""
    return json.dumps(_plain(answer))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and value != value else value
