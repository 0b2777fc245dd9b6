"""How far the evidence reaches: a fixed ladder, with what caps it and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from metrics.differences import excludes_zero
from metrics.link.evidence import Evidence
from metrics.link.follows import Follows
from metrics.link.quantity import Quantity

Step = Literal["not_enough_data", "no_link", "across_sites", "within_sites", "rollout"]

LADDER: Final[tuple[Step, ...]] = (
    "not_enough_data",
    "no_link",
    "across_sites",
    "within_sites",
    "rollout",
)
"""The steps, in rising order of belief."""

Warning = Literal[
    "same_rater",
    "service_level",
    "one_site",
    "one_period",
    "leads",
    "reverse",
    "no_direction",
    "path_before",
    "not_through_wx",
    "contrary",
    "noise",
    "chance",
]

ALPHA: Final = 0.05
_NOISY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """The highest step that the evidence reaches.

    Attributes:
        step: of the ladder.
        missing: what there is too little of, and how many there are.
        rollout: the one that carries the top step.
        warnings: what limits the step, or what to keep in mind with it.
        sign: +1 where customer experience was better after better worker experience, -1 where it
            was worse, 0 where no direction was seen.
    """

    step: Step
    missing: Mapping[str, int]
    rollout: str | None
    warnings: tuple[Warning, ...]
    sign: int


def verdict(evidence: Evidence, wx: Quantity, cx: Quantity) -> Verdict:
    """Climb the ladder.

    - *not enough data*: under 20 sites or 4 periods with both.
    - *go together across sites*: the interval of Pearson's r over sites excludes zero, and that of
      the ranks does not lie on the other side.
    - *CX follows WX within sites*: ``alone`` and ``direction`` both exclude zero, on the same side;
      no lead does (``leads_p``); shuffled sites show as much in at most 5 %.
    - *a roll-out raised CX*: of all roll-outs together (Holm) one has raised it, before its start
      the paths were alike, and it made this worker experience better too: what lifts customers past
      the workers says nothing of a link.

    Anything else is *no link seen*.
    """
    missing = evidence.panel.missing
    better = wx.direction * cx.direction
    warnings = list(_of_measures(wx, cx))
    if missing:
        return Verdict("not_enough_data", missing, None, tuple(warnings), 0)
    warnings += _of_noise(evidence)
    within, sign, capped = _within(evidence, better)
    across, across_sign = _across(evidence, better)
    raised, before = _raised(evidence, wx, cx)
    warnings += capped + before
    if raised is not None:
        step: Step = "rollout"
        sign = 1
    elif within:
        step = "within_sites"
    elif across:
        step, sign = "across_sites", across_sign
    else:
        step, sign = "no_link", 0
    if sign < 0:
        warnings.append("contrary")
    return Verdict(step, {}, raised, tuple(dict.fromkeys(warnings)), sign)


def _of_measures(wx: Quantity, cx: Quantity) -> list[Warning]:
    found: list[Warning] = []
    if wx.rater == cx.rater and wx.rater != "system":
        found.append("same_rater")
    if cx.side == "operations" or cx.rater == "system":
        found.append("service_level")
    return found


def _of_noise(evidence: Evidence) -> list[Warning]:
    across = evidence.across
    told = () if across is None else across.reliability
    return ["noise"] if any(each is not None and each < _NOISY for each in told) else []


def _across(evidence: Evidence, better: int) -> tuple[bool, int]:
    found = evidence.across
    if found is None:
        return False, 0
    r, ranks = found.pearson.interval, found.spearman.interval
    sign = 1 if r.value[0] > 0 else -1
    against = bool(excludes_zero(ranks)[0]) and ranks.value[0] * sign < 0
    return bool(excludes_zero(r)[0]) and not against, sign * better


def _within(evidence: Evidence, better: int) -> tuple[bool, int, list[Warning]]:
    found = evidence.follows
    if found is None:
        return False, 0, []
    value = float(found.alone.plain.value[0])
    sign = (1 if value > 0 else -1) * better
    if found.alone.p >= ALPHA:
        return False, 0, _against(found)
    capped = _against(found)
    sure = evidence.sureness
    if sure is not None:
        if sure.without_site.carried:
            capped.append("one_site")
        if sure.without_period is not None and sure.without_period.carried:
            capped.append("one_period")
        if sure.shuffled_p > ALPHA:
            capped.append("chance")
    direct = found.direction
    forward = direct is not None and direct.p < ALPHA and direct.standard.value[0] * value > 0
    if not forward and "reverse" not in capped:
        capped.append("no_direction")
    return not {"leads", "reverse", "no_direction", "chance"} & set(capped), sign, capped


def _against(found: Follows) -> list[Warning]:
    """Later worker experience going with today's customer experience, more than earlier does."""
    told: list[Warning] = []
    if found.leads_p is not None and found.leads_p < ALPHA:
        told.append("leads")
    back, direct = found.reverse, found.direction
    if (
        back is not None
        and direct is not None
        and max(back.p, direct.p) < ALPHA
        and direct.standard.value[0] * back.standard.value[0] < 0
    ):
        told.append("reverse")
    return told


def _raised(evidence: Evidence, wx: Quantity, cx: Quantity) -> tuple[str | None, list[Warning]]:
    """The roll-out that raised customer experience most surely, if any did."""
    ordered = sorted(evidence.raised.items(), key=lambda item: item[1].p)
    told: list[Warning] = []
    for place, (code, found) in enumerate(ordered):
        if found.p >= ALPHA / (len(ordered) - place):
            break
        if found.average.value[0] * cx.direction < 0:
            continue
        if found.before_p is not None and found.before_p < ALPHA:
            told.append("path_before")
            continue
        moved = evidence.moved.get(code)
        if moved is None or moved.p >= ALPHA or moved.average.value[0] * wx.direction < 0:
            told.append("not_through_wx")
            continue
        return code, told
    return None, told
