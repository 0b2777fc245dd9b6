"""The staff network: who is there, who is in touch, and whether posts are answered."""

from collections.abc import Callable

import numpy as np
import polars as pl

from metrics import intervals
from metrics.intervals import FloatArray, Intervals
from metrics.metric import Metric, Outcome
from metrics.results import Cells
from metrics.sums import beside, floats
from metrics.vocabulary import Measure
from metrics.words import N_

STAFF = "network_headcount"

_SHARE = N_(
    "95 %, Wilson; the same people are there month after month, so the average number of staff "
    "counts as the number. Numbers of people are told by threes, which hardly moves a share "
    "of many months or people"
)
_RATIO = N_(
    "95 %, of the ratio of two counts: replies among replies and posts by Wilson, turned back. "
    "Who writes often does so often, so it is rather too narrow than too wide"
)
_RATIO_SOURCE = N_("Price & Bonett (2000), ratio of two Poisson rates; Wilson (1927)")
_PEOPLE = N_("average number of staff")
_NETWORK = N_("The company's own staff network; a site without one has no row, never a zero")


def _share(code: str) -> Callable[[Cells, Measure | None], Outcome]:
    def calculate(cells: Cells, _measure: Measure | None = None) -> Outcome:
        """100 x people / staff, in percent, 0 to 100; Wilson's interval of the average staff.

        People and staff are sums over the periods. Where a part of the staff has no number of
        people, it does not count in the staff either. No staff: no row. ``n`` is staff / periods.
        """
        rows = beside(cells, (code, STAFF)).drop_nulls((code, STAFF))
        filled = floats(rows, f"{code} n") / floats(rows, f"{STAFF} n")
        staff = floats(rows, STAFF) * filled
        average = staff / floats(rows, f"{code} periods")
        staff = np.where(staff > 0, staff, np.nan)
        # Rounded to threes, a number of people can pass that of its staff by a hair.
        share = np.minimum(floats(rows, code) / staff, 1)
        found = intervals.wilson(k=share * average, n=average)
        return Outcome(
            rows.with_columns(
                n=pl.Series(average).round(),
                coverage=pl.min_horizontal(f"{code} coverage", f"{STAFF} coverage"),
            ),
            Intervals(share, found.low, found.high).scaled(100),
        )

    return calculate


def ratio(replies: FloatArray, posts: FloatArray) -> Intervals:
    """Replies per post with its 95 % interval; 0 or more.

    Both are counts that could have been otherwise: given their sum, replies are a share p of it,
    and the ratio is p / (1 - p), with the ends of Wilson's interval of p. No posts: NaN; no
    replies: 0 with an upper end above it.

    Source: Price & Bonett (2000), Computational Statistics & Data Analysis 34, 345-356.
    """
    known = np.where(posts > 0, posts, np.nan)
    share = intervals.wilson(k=replies, n=replies + known)
    return Intervals(replies / known, share.low / (1 - share.low), share.high / (1 - share.high))


def _per_post(replies: str, posts: str, per: float) -> Callable[[Cells, Measure | None], Outcome]:
    def calculate(cells: Cells, _measure: Measure | None = None) -> Outcome:
        """``per`` x replies / posts; see `ratio`. ``n`` is the number of posts.

        Both must cover the same staff (a company may not record both): else no row.
        """
        rows = beside(cells, (replies, posts)).drop_nulls((replies, posts))
        rows = rows.filter(pl.col(f"{replies} n") == pl.col(f"{posts} n"))
        found = ratio(floats(rows, replies), floats(rows, posts))
        return Outcome(
            rows.with_columns(n=pl.col(posts), coverage=pl.col(f"{posts} coverage")),
            found.scaled(per),
        )

    return calculate


def _of_staff(code: str, measure: str, label: str, formula: str) -> Metric:
    return Metric(
        code=code,
        label=label,
        formula=formula,
        unit="percent",
        better="higher",
        interval=_SHARE,
        counted=_PEOPLE,
        source=_NETWORK,
        calculate=_share(measure),
        measures=(measure, STAFF),
    )


REACH = _of_staff(
    "interaction.reach",
    "network_active",
    N_("Reach of the staff network"),
    N_("100 x staff who were there in the month / staff"),
)
PEERS = _of_staff(
    "interaction.peer_contact",
    "with_peer_contact",
    N_("In touch with colleagues"),
    N_("100 x staff in touch with a colleague on the staff network in the month / staff"),
)
MANAGERS = _of_staff(
    "interaction.manager_contact",
    "with_manager_contact",
    N_("In touch with a manager"),
    N_("100 x staff in touch with a manager on the staff network in the month / staff"),
)

RECIPROCITY = Metric(
    code="interaction.reciprocity",
    label=N_("Replies per post"),
    formula=N_("replies / posts, where at least five people were active"),
    unit="ratio",
    better="higher",
    interval=_RATIO,
    counted=N_("posts"),
    source=_RATIO_SOURCE,
    calculate=_per_post("replies", "posts", 1),
    measures=("replies", "posts"),
)

MANAGER_REPLIES = Metric(
    code="interaction.manager_reply_rate",
    label=N_("Manager replies per 100 posts"),
    formula=N_(
        "100 x replies by managers / posts, of at least five sites together: a site has a manager "
        "or two, and nobody's replies are counted here"
    ),
    unit="count",
    better="higher",
    interval=_RATIO,
    counted=N_("posts"),
    source=_RATIO_SOURCE,
    calculate=_per_post("manager_replies", "posts_near_managers", 100),
    measures=("manager_replies", "posts_near_managers"),
)
