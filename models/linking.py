"""The link between worker and customer experience, from the published cells of all sites.

What is estimated is the same for everybody: it rests on all released sites, and who may see only
some is shown only these.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from metrics.catalogue import in_screen_order
from metrics.intervals import FloatArray
from metrics.link.drivers import MOST
from metrics.link.evidence import Evidence, Started, gather
from metrics.link.follows import shifted
from metrics.link.panel import lined, panel, placed
from metrics.link.quantity import Quantity, alone, quantity
from metrics.link.verdict import Verdict, verdict
from models.asking import Where, ask
from models.cells import EVERYTHING, Question, QuestionError, Release, answer

STARTED: Final = "rolled_out"
LAG: Final = 1
MOST_LAG: Final = 12


def quantities(release: Release) -> list[Quantity]:
    """Everything that sites and periods are told of, in the order of the screens."""
    measures = [release.measure(code) for code in release.measures()]
    told = [
        found
        for measure in in_screen_order(each for each in measures if each is not None)
        if (found := quantity(measure)) is not None
        and {"location", "period"} <= release.dims(measure.code)
        and release.knows_sites(measure.code)
    ]
    return [*alone(release.measures()), *told]


def of_side(release: Release, *, customers: bool) -> list[Quantity]:
    """Those of worker experience; or those of customer experience and operations."""
    return [each for each in quantities(release) if (each.side != "wx") == customers]


def named(code: str, release: Release, *, customers: bool) -> Quantity:
    """The quantity of this code.

    Raises:
        QuestionError: there is none on that side; the message lists those there are.
    """
    known = {each.code: each for each in of_side(release, customers=customers)}
    if code not in known:
        side = "customer experience or operations" if customers else "worker experience"
        raise QuestionError(
            f"there is no measure '{code}' of {side} by site and period; there are: "
            + (", ".join(known) or "none yet, publish a release first")
        )
    return known[code]


def rows(
    what: Quantity,
    release: Release,
    first: str | None = None,
    last: str | None = None,
    where: Where | None = None,
) -> pl.DataFrame:
    """A quantity by site and period, of all released sites: the columns that a panel needs.

    Raises:
        QuestionError, MetricError: the release can't tell it.
    """
    table = ask(
        what.metric,
        EVERYTHING,
        release,
        measure=None if what.measure is None else what.measure.code,
        by=("location", "period"),
        where=where,
        first=first,
        last=last,
    )
    return table.rows.select("location", "period", "value", "low", "high", "n")


def rollouts(release: Release) -> list[Started]:
    """Everything that started anywhere, whenever."""
    if STARTED not in release.facts:
        return []
    dims = ("period", "location", "rollout")
    found = answer(Question((STARTED,), dims), EVERYTHING, release).rows.select(dims)
    kinds = dict(
        answer(Question((STARTED,), ("rollout", "rollout_kind")), EVERYTHING, release)
        .rows.select("rollout", "rollout_kind")
        .iter_rows()
    )
    # Periods come in the order of time, so the first row of a site is its start.
    first = found.unique(["rollout", "location"], keep="first", maintain_order=True)
    starts: dict[str, dict[str, str]] = {}
    for period, site, code in first.iter_rows():
        starts.setdefault(str(code), {})[str(site)] = str(period)
    return [Started(code, str(kinds.get(code) or ""), each) for code, each in starts.items()]


WEIGHED: Final = (
    "burnout.share_at_risk",
    "peer_interaction",
    "manager_interaction",
    "emotional_dissonance",
    "workload",
    "autonomy",
    "tool_fit",
    "engagement",
)
"""What is weighed against each other where nothing else is asked: experience, not its outcomes."""


def weighed(
    cx: Quantity,
    release: Release,
    *,
    lag: int = LAG,
    codes: Sequence[str] = (),
    first: str | None = None,
    last: str | None = None,
    where: Where | None = None,
) -> tuple[list[Quantity], list[str], FloatArray, FloatArray, list[FloatArray]]:
    """Customer experience and the worker experience to weigh for it, by site and period.

    Measures that are known of too few sites or periods are left out: all have to be known at once.

    Returns:
        Those that can be weighed, the codes of those left out, customer experience, its weights,
        and each measure of ``lag`` periods before, on the same sites and periods.
    """
    known = {each.code: each for each in of_side(release, customers=False)}
    wanted = [code for code in (codes or WEIGHED) if code in known][:MOST]
    outcome = rows(cx, release, first, last, where)
    panels = {code: panel(rows(known[code], release, first, last), outcome) for code in wanted}
    used = {code: each for code, each in panels.items() if not each.missing}
    left_out = [code for code in wanted if code not in used]
    if not used:
        empty = np.full((0, 0), np.nan)
        return [], left_out, empty, empty, []
    base = lined(outcome)
    measures = [
        shifted(placed(each.x.value, each, base.sites, base.periods), lag) for each in used.values()
    ]
    return (
        [known[code] for code in used],
        left_out,
        base.side.value,
        base.side.n,
        measures,
    )


def linked(
    wx: Quantity,
    cx: Quantity,
    release: Release,
    *,
    lag: int = LAG,
    first: str | None = None,
    last: str | None = None,
) -> tuple[Evidence, Verdict]:
    """The evidence on a pair, and how far it reaches.

    Raises:
        QuestionError: the lag is not 0 to 12 periods.
        QuestionError, MetricError: the release can't tell one of the two.
    """
    if not 0 <= lag <= MOST_LAG:
        raise QuestionError(f"a lag is 0 to {MOST_LAG} periods, not {lag}")
    found = gather(
        rows(wx, release, first, last), rows(cx, release, first, last), rollouts(release), lag
    )
    return found, verdict(found, wx, cx)
