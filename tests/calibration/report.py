"""docs/methods/link-calibration.md, from what was counted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.calibration.counting import SEED, Count

PATH: Final = Path(__file__).parents[2] / "docs" / "methods" / "link-calibration.md"

_HEAD: Final = """\
# How often the link's verdict is right

Written by `make calibrate` ({runs} draws per world, seed {seed}); not to be edited. Each draw goes
through the estimators of the page ([method](link.md)).

60 sites (12 where few), 24 months; both sides with persistence .5 and a standard deviation of one,
within sites and between them; means of 15-90 employees and 40-400 customers, of which about three
quarters of what moves is true. Effects are in standard deviations within sites: .3 a month later
(*lag*), .3 from customers to the next month's workers (*reverse*), an unseen cause of persistence
.85 (*slow cause*, with its weight on both sides), levels that go together (*levels*, with their
correlation), half of each side's error shared (*same raters*).

In brackets the Monte-Carlo standard error in percentage points. *Alone*: the lagged effect by
itself is called sure (at 5 %). *Holds*: its 95 % interval holds what can be seen, attenuation by
sampling error included. Then the share of each verdict. *Roll-out sure*: its effect is called sure;
*roll-out holds*: its interval holds the true average over the site-months with it.

"""

_ABOUT: Final = """\

## What it says

- Worlds without an effect within sites should reach *CX follows WX within sites* in at most 5 %. Of
  these here: {wrong}.
- The true lag reaches it in {power}.
- *Slow cause, X first* is what can't be told from an effect: a cause that moves worker experience
  first and customers a month later. It reaches that step in {blind}; only a roll-out could tell.
- With 12 sites nothing is said.
"""


def written(counts: Sequence[Count]) -> Path:
    """Write the report."""
    PATH.write_text(markdown(counts))
    return PATH


def markdown(counts: Sequence[Count]) -> str:
    """The report's text."""
    named = {each.world.name: each for each in counts}
    head = _HEAD.format(runs=f"{counts[0].runs:,}", seed=SEED)
    wrong = ", ".join(
        f"{each.world.name} {_percent(each.reached('within_sites'))}"
        for each in counts
        if not each.world.true_within and not each.world.first and not each.world.rollout
    )
    return (
        head
        + "\n".join(_table(counts))
        + _ABOUT.format(
            wrong=wrong,
            power=_percent(named["lag"].reached("within_sites")),
            blind=_percent(named["slow cause, X first"].reached("within_sites")),
        )
    )


def _table(counts: Sequence[Count]) -> list[str]:
    columns = (
        *("world", "alone", "holds", "no link", "across", "within", "roll-out"),
        *("not enough data", "roll-out sure", "roll-out holds"),
    )
    rows = [
        (
            each.world.name,
            _share(each, each.alone),
            _share(each, each.held),
            *(
                _share(each, each.steps[step] / each.runs)
                for step in (
                    *("no_link", "across_sites", "within_sites", "rollout"),
                    "not_enough_data",
                )
            ),
            _share(each, each.raised),
            _share(each, each.average),
        )
        for each in counts
    ]
    return [f"| {' | '.join(row)} |" for row in (columns, ("---",) * len(columns), *rows)] + [""]


def _share(count: Count, share: float) -> str:
    if share != share:
        return ""
    if share == 0:
        return "0"
    return f"{100 * share:.1f} ({100 * count.error(share):.1f})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
