"""The audit of two views, against an auditor who tries everything and against crafted leaks."""

import re
from collections import Counter
from math import prod
from pathlib import Path

import numpy as np
import polars as pl

from release.audit import Side, audit
from release.network import smallest_cut
from release.telling import bounds
from tests.attack.auditor import Table, known_of, smallest_by_arithmetic
from tests.attack.programs import surely_everyone

SEED = 2
MOST_FILLINGS = 4_000
VERDICTS = ("arithmetic", "everyone", "leftover", None)


def around(values: pl.DataFrame) -> pl.DataFrame:
    """The bounds of a number that is told to the nearest multiple of three, and at most n-3."""
    n, at_risk = pl.col("n"), pl.col("at_risk")
    told = (at_risk + 1) // 3 * 3
    return values.select(
        "cell",
        least=pl.when(at_risk + 2 >= n).then(n - 2).otherwise((told - 1).clip(lower_bound=0)),
        most=pl.when(at_risk + 2 >= n).then(n).otherwise(pl.min_horizontal(told + 1, n - 3)),
    )


def random_table(rng: np.random.Generator) -> tuple[Table, pl.DataFrame, list[Side]]:
    """Two views of a few people; some cells are not told, the numbers at risk may be rounded."""
    rows, columns = rng.integers(1, 4, 2)
    people = {
        (one, other): int(count)
        for one in range(rows)
        for other in range(columns)
        if (count := rng.choice([0, 0, 1, 2, 3, 4, 5, 6]))
    }
    at_risk = {
        pair: int(rng.binomial(count, rng.choice([0, 0, 0, 0.3, 0.85, 1])))
        for pair, count in people.items()
    }
    overlaps = pl.DataFrame(
        [(*pair, count, at_risk[pair]) for pair, count in people.items()],
        schema={"first": pl.UInt32, "second": pl.UInt32, "n": pl.Int64, "at_risk": pl.Int64},
        orient="row",
    )
    told, sides = [], []
    for view, name in enumerate(("first", "second")):
        sums = overlaps.group_by(pl.col(name).alias("cell")).agg(pl.col("n", "at_risk").sum())
        sums = sums.sort("cell").filter(pl.Series(rng.random(sums.height) > 0.2))
        kind = rng.random() if view else 0
        known = around(sums) if kind > 0.6 else bounds(sums, exact=kind < 0.55)
        sides.append(Side(sums.select("cell", "n"), known))
        told.append(
            {cell: frozenset(range(least, most + 1)) for cell, least, most in known.iter_rows()}
        )
    return Table(people, at_risk, *told), overlaps, sides


def test_the_audit_agrees_with_an_auditor_who_tries_everything(*, deep: bool) -> None:
    rng = np.random.default_rng(SEED)
    verdicts: Counter[str | None] = Counter()
    while verdicts.total() < (10_000 if deep else 1_200):
        table, overlaps, sides = random_table(rng)
        if not table.people or prod(n + 1 for n in table.people.values()) > MOST_FILLINGS:
            continue
        minimum = int(rng.integers(1, 6))
        found = audit(overlaps, sides[0], sides[1], minimum).fault
        assert found == expected(table, minimum), (table, minimum)
        verdicts[found] += 1
    assert min(verdicts[each] for each in VERDICTS) > 0, verdicts


def expected(table: Table, minimum: int) -> str | None:
    smallest = smallest_by_arithmetic(table)
    if smallest is not None and smallest < minimum:
        return "arithmetic"
    known = known_of(table)
    if known.everyone:
        return "everyone"
    return "leftover" if known.smallest is not None and known.smallest < minimum else None


Overlaps = dict[tuple[int, int], tuple[int, int]]
"""Per pair of a first and a second cell: people in both, and how many of them are at risk."""


def overlaps_of(told: Overlaps) -> pl.DataFrame:
    return pl.DataFrame(
        [(*pair, *counts) for pair, counts in told.items()],
        schema={"first": pl.UInt32, "second": pl.UInt32, "n": pl.Int64, "at_risk": pl.Int64},
        orient="row",
    )


def crafted(told: Overlaps, *, hidden: int | None = None, rounded: bool = True) -> str | None:
    """The verdict at a minimum of 11; the first cell `hidden` is not told."""
    frame = overlaps_of(told)
    sides = []
    for name in ("first", "second"):
        sums = frame.group_by(pl.col(name).alias("cell")).agg(pl.col("n", "at_risk").sum())
        if name == "first":
            sums = sums.filter(pl.col("cell") != (-1 if hidden is None else hidden))
        known = around(sums) if rounded and name == "second" else bounds(sums, exact=True)
        sides.append(Side(sums.select("cell", "n"), known))
    return audit(frame, sides[0], sides[1], 11).fault


def test_a_cell_inside_another_leaves_the_few_that_are_not_in_it() -> None:
    assert crafted({(0, 0): (20, 6), (0, 1): (4, 1), (1, 1): (19, 6)}) == "arithmetic"


def test_two_cells_that_nearly_nest_in_two_others_leave_the_few_on_both_sides() -> None:
    """Neither cell lies in one of the other view, but the two of them all but lie in two."""
    nearly = {(0, 0): (20, 6), (0, 1): (15, 5), (1, 0): (12, 4), (1, 1): (30, 9)}
    assert crafted({**nearly, (1, 2): (5, 1), (2, 1): (5, 2), (2, 2): (40, 9)}) == "arithmetic"
    assert crafted({**nearly, (1, 2): (5, 1), (2, 1): (6, 2), (2, 2): (40, 9)}) is None


def test_one_cell_that_is_not_told_between_told_sisters() -> None:
    """All second cells are told, and all first ones but that of eight people."""
    told = {(0, 0): (16, 5), (0, 1): (16, 5), (1, 0): (5, 2), (1, 1): (3, 1)}
    assert crafted(told, hidden=1) == "arithmetic"


def test_people_who_skipped_the_question_are_not_in_its_sums() -> None:
    """Of 13 who are in both cells 4 skipped it: what is left is judged, not who is there."""
    assert crafted({(0, 0): (20, 6), (0, 1): (13, 4), (1, 1): (19, 6)}) is None
    assert crafted({(0, 0): (20, 6), (0, 1): (9, 3), (1, 1): (19, 6)}) == "arithmetic"


def test_equal_numbers_at_risk_in_nested_cells_say_that_the_others_are_not() -> None:
    """That nobody of a group is at risk may be known, however small it is within its cell."""
    nested = {(0, 0): (20, 6), (0, 1): (12, 0), (1, 1): (18, 6)}
    assert crafted(nested, rounded=False) is None


def test_but_never_that_all_of_them_are() -> None:
    """The outer cell has twelve more at risk than the inner one, and twelve more people."""
    nested = {(0, 0): (20, 6), (0, 1): (12, 12), (1, 1): (18, 4)}
    assert crafted(nested, rounded=False) == "everyone"
    assert crafted(nested) is None


EVERYONE: Overlaps = {
    # Of the 26 of the second cell 1 at least 24 are at risk, and of its 20 in the first cell 1 at
    # most the 18 of that cell: so the six in the first cell 0 all are.
    (0, 0): (12, 3),
    (0, 1): (6, 6),
    (0, 2): (8, 4),
    (1, 1): (20, 18),
    (1, 2): (7, 0),
    (1, 3): (15, 0),
}
LEFTOVER: Overlaps = {
    # Two are at risk in all. The second cell 0 says 3, so 2 at least: then nobody else is, and one
    # of the five in the first cell 0 is.
    (0, 0): (5, 1),
    (0, 1): (20, 0),
    (1, 0): (30, 1),
    (1, 1): (25, 0),
}


def test_numbers_with_noise_settle_nothing() -> None:
    """What is told excludes no number, so the answers decide nothing: only sizes do."""
    for told in (EVERYONE, LEFTOVER):
        people = {pair: count for pair, (count, _) in told.items()}
        first = ranges(told, 0, rounded=False)
        second = dict.fromkeys(ranges(told, 1, rounded=False), (0, 1000))
        assert surely_everyone(people, first, second) == []
        frame = overlaps_of(told)
        rows, columns = (
            frame.group_by(pl.col(name).alias("cell")).agg(pl.col("n", "at_risk").sum())
            for name in ("first", "second")
        )
        sides = (
            Side(rows.select("cell", "n"), bounds(rows, exact=True)),
            Side(columns.select("cell", "n"), bounds(columns, exact=False)),
        )
        assert audit(frame, *sides, 11).fault is None


def test_bounds_that_leave_no_other_way() -> None:
    assert crafted(EVERYONE) == "everyone"
    assert crafted({**EVERYONE, (1, 3): (15, 1)}) is None


def test_without_those_who_are_surely_not_at_risk_few_are_left() -> None:
    assert crafted(LEFTOVER) == "leftover"
    assert crafted({**LEFTOVER, (1, 1): (25, 3)}) is None


def ranges(told: Overlaps, side: int, *, rounded: bool) -> dict[int, tuple[int, int]]:
    frame = pl.DataFrame(
        [(pair[side], *counts) for pair, counts in told.items()],
        schema={"cell": pl.UInt32, "n": pl.Int64, "at_risk": pl.Int64},
        orient="row",
    )
    sums = frame.group_by("cell").agg(pl.all().sum())
    known = around(sums) if rounded else bounds(sums, exact=True)
    return {cell: (low, high) for cell, low, high in known.iter_rows()}


def test_an_attacker_with_a_solver_finds_the_same() -> None:
    people = {pair: count for pair, (count, _) in EVERYONE.items()}
    first, second = (ranges(EVERYONE, side, rounded=bool(side)) for side in (0, 1))
    assert surely_everyone(people, first, second) == [(0, 1)]


def tables(text: str) -> list[Overlaps]:
    """The tables of a text in which a corner says `20 (6)`: people, and how many are at risk."""
    found: list[Overlaps] = []
    for part in text.split("\n\n"):
        rows = [line.strip("|").split("|")[1:-1] for line in part.splitlines() if "(" in line]
        if not part.startswith("|"):
            continue
        corners = {}
        for place, row in enumerate(row for row in rows if "**" not in row[0]):
            for other, corner in enumerate(row):
                count, risk = re.fullmatch(r"\s*(\d+)(?: \((\d+)\))?\s*", corner).groups()  # type: ignore[union-attr]
                if int(count):
                    corners[place, other] = (int(count), int(risk))
        found.append(corners)
    return found


def test_the_examples_of_the_documentation_are_judged_as_it_says() -> None:
    document = Path(__file__).parents[2] / "docs" / "privacy.md"
    nested, crossing, risky = tables(document.read_text(encoding="utf-8"))
    assert crafted(nested) == "arithmetic"
    assert crafted(crossing) is None
    ties = [(2 * one, 2 * other + 1, n) for (one, other), (n, _) in crossing.items()]
    cut = smallest_cut(ties, 100)
    assert cut is not None
    assert cut.people == 18
    assert risky == EVERYONE
