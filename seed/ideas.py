"""Ideas of the staff and what became of them: `ideas` and `idea_events`.

Front-line ideas wait longer for a decision and are accepted as often as desk ideas. What is not
decided on the last day stays open: no mean of closed ideas tells how long an idea waits.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from seed import truth
from seed.calendar import FIRST_DAYS, LAST_DAYS, WINDOW_END
from seed.company import IDS
from seed.jobs import NON_DESK
from seed.kinds import DESK_TYPES
from seed.rollouts import shift
from seed.spells import active
from seed.world import in_window

Ints = npt.NDArray[np.int64]

THEMES = {
    "rota": (0.20, 0.10),
    "customer_service": (0.20, 0.95),
    "tools": (0.18, 0.35),
    "assortment": (0.13, 0.90),
    "safety": (0.10, 0.05),
    "communication": (0.11, 0.10),
    "sustainability": (0.08, 0.40),
}
"""Share of the ideas, and chance that an idea touches customers."""
_PER_YEAR = 0.16
"""Ideas per employee and year, before the platform."""
_DESK_WAIT = 34.0
"""Median days from sending in to the decision for desk staff."""
_WAIT_SPREAD = 0.95
_TRIAGED, _WITHDRAWN, _STARTED, _DONE = 0.94, 0.07, 0.86, 0.84


def _submitted(rng: np.random.Generator, spells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The spells of those who send in an idea, one row an idea, and the day."""
    more = np.exp(in_window(shift("log ideas")))
    eager = rng.gamma(0.35, 1 / 0.35, int(spells["employee"].max()) + 1)
    rows, days = [], []
    for month, last in enumerate(LAST_DAYS):
        there = active(spells, last)
        who = spells[there]
        rate = _PER_YEAR / 12 * eager[who["employee"]] * more[who["site"], month]
        sent = np.repeat(there, rng.poisson(rate))
        length = int((last - FIRST_DAYS[month]).astype(int)) + 1
        day = FIRST_DAYS[month] + rng.integers(0, length, len(sent))
        rows.append(sent)
        days.append(np.maximum(day, spells["start"][sent]))
    return spells[np.concatenate(rows)], np.concatenate(days)


def _events(rng: np.random.Generator, day: np.ndarray, front_line: np.ndarray) -> pl.DataFrame:
    """Steps of each idea (by row number) up to the end of the window."""
    count = len(day)
    sent = day.astype("datetime64[us]") + rng.integers(8 * 3600, 18 * 3600, count).astype("m8[s]")

    def after(start: np.ndarray, median: npt.ArrayLike, spread: float) -> np.ndarray:
        days = np.asarray(median) * np.exp(spread * rng.standard_normal(count))
        return start + np.maximum(days * 86_400, 600).astype("m8[s]")

    wait = _DESK_WAIT * np.exp(truth.LOG_WAIT_FRONT_LINE * front_line)
    triaged = after(sent, 0.16 * wait, 0.7)
    decided = np.maximum(after(sent, wait, _WAIT_SPREAD), triaged + np.timedelta64(3600, "s"))
    started = after(decided, 21.0, 0.8)
    done = after(started, 55.0, 0.7)
    fate = rng.random(count)
    withdrawn = fate < _WITHDRAWN
    accepted = ~withdrawn & (rng.random(count) < truth.ACCEPTANCE)
    begun = accepted & (rng.random(count) < _STARTED)
    finished = begun & (rng.random(count) < _DONE)
    seen = rng.random(count) < _TRIAGED
    steps = {
        "submitted": (sent, np.ones(count, dtype=bool)),
        "triaged": (triaged, seen),
        "accepted": (decided, accepted),
        "rejected": (decided, ~accepted & ~withdrawn),
        "withdrawn": (decided, withdrawn),
        "started": (started, begun),
        "implemented": (done, finished),
    }
    now = WINDOW_END.astype("datetime64[us]") + np.timedelta64(24 * 3600 - 1, "s")
    return pl.concat(
        pl.DataFrame(
            {"row": np.flatnonzero(there & (at <= now)), "at": at[there & (at <= now)]}
        ).with_columns(pl.lit(stage).alias("stage"))
        for stage, (at, there) in steps.items()
    )


def ideas(rng: np.random.Generator, spells: np.ndarray) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables `ideas`, in the order of sending in, and `idea_events`."""
    who, day = _submitted(rng, spells)
    order = np.argsort(day, kind="stable")
    who, day = who[order], day[order]
    names = np.array(list(THEMES))
    shares, customer = np.array(list(THEMES.values())).T
    theme = rng.choice(len(names), len(who), p=shares / shares.sum())
    codes = pl.Series("idea_id", [f"i-{number:05}" for number in range(1, len(who) + 1)])
    events = _events(rng, day, who["desk"] == NON_DESK)
    frame = pl.DataFrame(
        {
            "idea_id": codes,
            "submitted_on": day,
            "location_id": IDS[who["site"]],
            "submitter": [f"E{number:05}" for number in who["employee"] + 1],
            "desk_type": np.array(DESK_TYPES)[who["desk"]],
            "theme": names[theme],
            "customer_related": rng.random(len(who)) < customer[theme],
        }
    )
    steps = events.sort("row", "at", maintain_order=True).select(
        codes.gather(events.sort("row", "at", maintain_order=True)["row"]).alias("idea_id"),
        "stage",
        "at",
    )
    return frame, steps
