"""The audit of two views of one period: may they stand side by side?

Each view by itself shows groups of at least k people. Two of them can be subtracted from each
other, so the pair is judged measure by measure, on the people who answered that measure:

1. whatever anyone adds or subtracts speaks of k people at least (`release.network`);
2. nobody is known to be at risk because the numbers leave no other possibility, and without those
   of whom it is known that they are not, arithmetic still speaks of k people at least
   (`release.pinned`).

docs/privacy.md has the proof and an example with numbers.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from release.network import GROUND, Network, Tie, smallest_cut
from release.pinned import pinned

Fault = Literal["arithmetic", "everyone", "leftover"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one view tells of a measure.

    Attributes:
        cells: `cell` and `n`, a row per published cell.
        bounds: `cell`, `least` and `most`: what a reader knows of the number at risk
            (`release.telling.bounds`); None without a cut-off.
    """

    cells: pl.DataFrame
    bounds: pl.DataFrame | None = None


def placed(overlaps: pl.DataFrame, first: pl.Series, second: pl.Series) -> pl.DataFrame:
    """Overlaps with the network's nodes `one` and `other` for their cells.

    Args:
        overlaps: `first` and `second`, the cells of either view (null: in none).
        first, second: the cells that are told. All others are the ground.
    """
    one = pl.when(pl.col("first").is_in(first.implode())).then(2 * pl.col("first").cast(pl.Int64))
    other = pl.when(pl.col("second").is_in(second.implode())).then(
        2 * pl.col("second").cast(pl.Int64) + 1
    )
    return overlaps.with_columns(one=one.fill_null(GROUND), other=other.fill_null(GROUND))


def ties(overlaps: pl.DataFrame) -> list[Tie]:
    """The ties of a network, from `one`, `other` and `n`, in a fixed order."""
    sums = overlaps.group_by("one", "other").agg(pl.col("n").sum()).sort("one", "other")
    return list(sums.iter_rows())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two views of a measure would give away; a `fault` of None: both may stand.

    `smallest`: people in the smallest group that sums and differences of both speak of.
    """

    fault: Fault | None
    smallest: int


def audit(overlaps: pl.DataFrame, first: Side, second: Side, minimum: int) -> Verdict:
    """Judge two views of one measure in one period.

    Args:
        overlaps: a row per pair of cells with people in both: `first`, `second` (null: in no cell),
            `n`, who answered the measure and, with a cut-off, `at_risk`.
        first, second: what the views tell of the measure.
        minimum: k.
    """
    people = placed(overlaps, first.cells["cell"], second.cells["cell"])
    sizes = pl.concat([first.cells["n"], second.cells["n"]])
    least = minimum if sizes.is_empty() else int(sizes.min())  # type: ignore[arg-type]
    cut = smallest_cut(ties(people), least)
    smallest = cut.people if cut else least
    if smallest < minimum:
        return Verdict("arithmetic", smallest)
    return Verdict(_risk(people, first, second, minimum), smallest)


def _risk(people: pl.DataFrame, first: Side, second: Side, minimum: int) -> Fault | None:
    """What the numbers at risk give away beyond arithmetic; nothing without a cut-off.

    Args:
        people: overlaps with their nodes (`placed`).
        first, second, minimum: as for `audit`.
    """
    if first.bounds is None or second.bounds is None:
        return None
    true, n = pl.col("at_risk").sum().cast(pl.Int64), pl.col("n").sum().cast(pl.Int64)
    numbers = (
        people.filter(pl.col("one") != pl.col("other"))
        .group_by("one", "other")
        .agg(true.alias("value"), n.alias("most"))
        .select("one", "other", "value", pl.lit(0, pl.Int64).alias("least"), "most")
    )
    slack = pl.concat([_slack(numbers, first.bounds, 0), _slack(numbers, second.bounds, 1)])
    fixed = pinned(pl.concat([numbers, slack]))
    settled, left = (
        numbers.filter(side) for side in (fixed.head(numbers.height), ~fixed.head(numbers.height))
    )
    if settled.filter(pl.col("value") == pl.col("most")).height:
        return "everyone"
    network = Network(left.select("one", "other", "most").iter_rows())
    # A sum that is told within bounds only, and that nothing else settles, is not known.
    for one, other in slack.filter(~fixed.tail(slack.height)).select("one", "other").iter_rows():
        network.contract(one, other)
    return "leftover" if network.next_cut(minimum) else None


def _slack(numbers: pl.DataFrame, bounds: pl.DataFrame, view: Literal[0, 1]) -> pl.DataFrame:
    """Per cell that is told within bounds, how far the most that it could be lies above the truth.

    With it the numbers of a cell add up to a known sum, as those of other cells do.
    """
    own, far = ("one", "other") if view == 0 else ("other", "one")
    truth = numbers.group_by(own).agg(pl.col("value").sum().alias("true"))
    wide = bounds.filter(pl.col("most") > pl.col("least")).select(
        (2 * pl.col("cell").cast(pl.Int64) + view).alias(own), "least", "most"
    )
    return (
        wide.join(truth, on=own)
        .with_columns(pl.lit(GROUND, pl.Int64).alias(far))
        .select(
            "one",
            "other",
            value=pl.col("most") - pl.col("true"),
            least=pl.lit(0, pl.Int64),
            most=pl.col("most") - pl.col("least"),
        )
    )
