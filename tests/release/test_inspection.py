"""Blocks of others are counted again: each rule has a block that breaks it, and whole ones pass."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.blocks import Block
from release.brought import Extremes, group_figures, idea_steps
from release.build import build
from release.inspection import Fault, Known, faults
from release.leaves import leaf_counts
from release.places import PLACE, PLACE_REGION, places
from release.subjects import SUBJECTS

SURVEY = SUBJECTS["survey"]
DIMS = SURVEY.first.dims
KNOWN = Known(
    of_subject={
        "survey": ["strain", "pride"],
        "group": ["pride"],
        "feedback": ["nps"],
        "ideas": ["ideas_accepted"],
        "absence": ["absence_spells"],
    },
    personal=["strain", "pride"],
    ends={"pride": Extremes(1.0, 5.0, "higher"), "strain": Extremes(1.0, 5.0, "lower")},
    cut_off=["strain"],
)
SCORES = [1.0, 2.0, 4.0]


def sheets(*groups: tuple[str, str, int]) -> pl.DataFrame:
    """People by site and desk type, who answered 1, 2 or 4 in turn."""
    rows = [
        (
            "2024-01",
            "north",
            site,
            desk,
            "sales",
            f"{site} team",
            SCORES[person % 3],
            3.0 + person % 2,
        )
        for site, desk, people in groups
        for person in range(people)
    ]
    names = ["period", *DIMS, "strain", "pride"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns((pl.col("strain") >= 3).alias("strain.at_risk"))


def survey(*groups: tuple[str, str, int]) -> Block:
    leaves = leaf_counts(sheets(*groups), ("period", *DIMS), ["strain", "pride"])
    return build("survey", leaves, DIMS, 11, personal=["strain", "pride"], every=SURVEY.dims)[0]


@pytest.fixture
def block() -> Block:
    """Site a with 12 at a desk and 14 without, site b with 20: three cells."""
    return survey(("a", "desk", 12), ("a", "non_desk", 14), ("b", "desk", 20))


def broken(block: Block, minimum: int = 11) -> dict[str, int]:
    return {fault.rule: fault.count for fault in faults(block, minimum, KNOWN)}


def test_a_block_of_the_release_keeps_every_rule(block: Block) -> None:
    assert broken(block) == {}


def test_another_minimum_counts_the_cells_under_it(block: Block) -> None:
    assert broken(block, 13) == {"people-under-minimum": 1, "n-under-minimum": 2}
    assert faults(block, 21, KNOWN)[0] == Fault("people-under-minimum", 3)


def test_of_a_yes_or_no_only_how_many_said_yes(block: Block) -> None:
    """Else the severe cut-off of a scale would tell the scale's own sum."""
    known = replace(KNOWN, yes_no=["strain"])
    assert faults(block, 11, known) == [Fault("yes-no", 3)]
    yes = 100.0 * pl.col("at_risk")
    told = pl.col("measure") == "strain"
    values = block.values.with_columns(
        pl.when(told).then(yes).otherwise("total").alias("total"),
        pl.when(told).then(100 * yes).otherwise("squares").alias("squares"),
    )
    known = replace(known, ends={})
    assert faults(replace(block, values=values), 11, known) == []


Change = Callable[[pl.DataFrame], pl.DataFrame]


def first(**values: object) -> Change:
    """Other values in the first row."""
    return lambda frame: frame.with_columns(
        pl.when(pl.int_range(pl.len()) == 0)
        .then(pl.lit(value, frame.schema[name]))
        .otherwise(pl.col(name))
        .alias(name)
        for name, value in values.items()
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(
            "columns", lambda cells: cells.with_columns(name=pl.lit("J. Jansen")), id="a name"
        ),
        pytest.param("columns", lambda cells: cells.drop("team"), id="a column less"),
        pytest.param(
            "columns",
            lambda cells: cells.with_columns(pl.col("people").cast(pl.Int64)),
            id="a wider type",
        ),
        pytest.param(
            "columns", lambda cells: cells.select(reversed(cells.columns)), id="another order"
        ),
        pytest.param("numbering", lambda cells: cells.reverse(), id="reversed"),
        pytest.param("numbering", lambda cells: cells.head(2), id="a cell less"),
        pytest.param("empty", first(people=None), id="no number of people"),
        pytest.param("empty", first(team=None), id="no team"),
        pytest.param("empty", first(location=[]), id="no site"),
        pytest.param("value-text", first(team=["a" * 201]), id="a long team"),
        pytest.param("value-text", first(team=["one\x1ftwo"]), id="a separator"),
        pytest.param("value-text", first(team=[""]), id="an empty team"),
        pytest.param("value-text", first(team=["x", "x"]), id="a team twice"),
        pytest.param("value-text", first(team=[None]), id="no name in a list"),
        pytest.param("people-under-minimum", first(people=10), id="ten people"),
        pytest.param("n-over-people", first(people=11), id="fewer people than answers"),
        pytest.param("overlap", first(desk_type=["desk", "non_desk"]), id="two desk types"),
        pytest.param("overlap", first(desk_type=[], location=["a", "b"], team=[]), id="anything"),
    ],
)
def test_cells_that_break_a_rule(block: Block, rule: str, change: Change) -> None:
    cells = change(block.cells)
    assert rule in broken(Block("survey", "2024-01", cells, block.values))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(
            "columns", lambda values: values.with_columns(employee=pl.lit(1)), id="an employee"
        ),
        pytest.param("numbering", first(cell=3), id="a cell that is not there"),
        pytest.param(
            "twice", lambda values: pl.concat([values, values.head(1)]), id="a measure twice"
        ),
        pytest.param("empty", first(n=None), id="no n"),
        pytest.param("empty", first(at_least=None), id="not known whether at least"),
        pytest.param("not-a-number", first(total=float("nan")), id="no number"),
        pytest.param("not-a-number", first(squares=float("inf")), id="endless"),
        pytest.param("measure", first(measure="nps"), id="another subject's measure"),
        pytest.param("measure", first(measure="J. Jansen"), id="a name as a measure"),
        pytest.param("n-under-minimum", first(n=10), id="n of ten"),
        pytest.param("n-over-people", first(n=13), id="n over people"),
        pytest.param(
            "at-risk",
            lambda values: values.with_columns(pl.col("n").cast(pl.Int32).alias("at_risk")),
            id="all at risk",
        ),
        pytest.param(
            "at-risk",
            lambda values: values.with_columns((pl.col("n") - 2).cast(pl.Int32).alias("at_risk")),
            id="two not at risk",
        ),
        pytest.param("at-least", first(at_least=True, at_risk=10), id="at least and more"),
        pytest.param(
            "at-least",
            first(at_least=True, at_risk=9, total=None, squares=None),
            id="at least of too few",
        ),
        pytest.param("alike", first(total=12 * 3.0, squares=12 * 9.0), id="all alike"),
        pytest.param(
            "alike",
            first(total=12 * 3.0, squares=12 * 9.0, at_risk=0),
            id="all alike, none at risk",
        ),
        pytest.param("parts", first(squares=None), id="a total alone"),
        pytest.param("parts", first(total=None), id="squares alone"),
        pytest.param(
            "parts",
            lambda values: values.with_columns(at_risk=pl.lit(None, pl.Int32)),
            id="a cut-off, and nobody counted",
        ),
        pytest.param("scale", first(total=12 * 5.1, squares=12 * 27.0), id="over the scale"),
        pytest.param("scale", first(total=12 * 0.9, squares=12 * 1.0), id="under the scale"),
        pytest.param("spread", first(squares=12 * 3.5**2 - 1), id="squares under the mean's"),
        # All answered 5, and the squares would hide it.
        pytest.param("spread", first(total=12 * 5.0, squares=1000.0), id="squares over the ends"),
    ],
)
def test_values_that_break_a_rule(block: Block, rule: str, change: Change) -> None:
    values = change(block.values.sort("cell", "measure"))
    assert rule in broken(Block("survey", "2024-01", block.cells, values))


def test_what_was_kept_back_is_named_by_its_measure_only(block: Block) -> None:
    told = Block("survey", "2024-01", block.cells, block.values, withheld=("Jansen is ill",))
    assert broken(told) == {"measure": 1}
    assert broken(Block("weather", "2024-01", block.cells, block.values)) == {"subject": 1}


def test_spells_of_sick_leave_stand_by_threes() -> None:
    leaves = pl.DataFrame(
        {
            "period": ["2024-01"],
            "region": ["north"],
            "location": ["a"],
            "desk_type": ["desk"],
            "people": [30],
            "absence_spells.n": [30],
            "absence_spells.total": [7.0],
        }
    )
    (block,) = build("absence", leaves, SUBJECTS["absence"].dims, 11, counts=True)
    assert broken(block) == {"spells": 1}
    rounded = block.values.with_columns(total=pl.lit(6.0))
    assert broken(Block("absence", "2024-01", block.cells, rounded)) == {}


def figures(*rows: tuple[str, str | None, int, float, float | None]) -> Block:
    frame = pl.DataFrame(
        [("2024", site, desk, "pride", n, value, sd) for site, desk, n, value, sd in rows],
        schema=["period", "location", "desk_type", "measure", "n", "value", "sd"],
        orient="row",
    )
    return group_figures(frame.cast({"desk_type": pl.String, "sd": pl.Float64}), 5)[0]


def test_ready_made_figures_are_held_to_their_own_rules() -> None:
    assert broken(figures(("a", None, 40, 3.0, 0.8), ("b", "desk", 11, 3.5, None))) == {}
    assert broken(figures(("a", None, 9, 3.0, 0.8))) == {
        "people-under-minimum": 1,
        "n-under-minimum": 1,
    }
    told = figures(("a", None, 40, 3.0, 0.8))
    no_spread = told.values.with_columns(squares=pl.col("total") ** 2 / pl.col("n"))
    assert broken(Block("group", "2024", told.cells, no_spread)) == {"alike": 1}
    assert broken(figures(("a", None, 40, 1.1, None))) == {"alike": 1}
    # A total beside one of its parts gives the other part away.
    assert broken(figures(("a", None, 40, 3.0, 0.8), ("a", "desk", 30, 3.1, 0.8))) == {"overlap": 1}


def ideas() -> Block:
    steps = pl.DataFrame(
        {
            "period": ["2024-01"] * 2,
            "idea": ["i-1", "i-2"],
            "locations": [["a"], ["a", "b"]],
            "theme": ["rota", None],
            "customer_related": ["true", None],
            "measure": ["ideas_accepted"] * 2,
            "value": [1.0, 1.0],
        }
    )
    return idea_steps(steps)[0]


def test_an_idea_stands_alone_and_says_nothing_of_people() -> None:
    block = ideas()
    assert broken(block) == {}
    many = first(people=3)(block.cells)
    assert broken(Block("ideas", "2024-01", many, block.values)) == {"idea": 1}
    told = first(total=37.5)(block.values)
    assert broken(Block("ideas", "2024-01", block.cells, told)) == {"idea": 1}
    same = block.cells.with_columns(idea=pl.lit(["i-1"]))
    assert broken(Block("ideas", "2024-01", same, block.values)) == {"overlap": 1}


worlds = st.lists(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from(["desk", "non_desk"]), st.integers(1, 25)),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[:2],
)


@given(worlds)
def test_whatever_the_release_builds_keeps_every_rule(rows: list[tuple[str, str, int]]) -> None:
    leaves = leaf_counts(sheets(*rows), ("period", *DIMS), ["strain", "pride"])
    for block in build("survey", leaves, DIMS, 11, personal=["strain", "pride"], every=SURVEY.dims):
        assert broken(block) == {}


customers = st.lists(
    st.tuples(
        st.sampled_from("uvwxyz"),
        st.sampled_from(["checkout", "returns"]),
        st.sampled_from(["shop", "web"]),
        st.integers(1, 25),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row[:3],
)


@given(customers, st.lists(st.integers(1, 30), min_size=6, max_size=6))
def test_so_does_whatever_it_builds_of_customers(
    rows: list[tuple[str, str, str, int]], staff: list[int]
) -> None:
    heads = pl.DataFrame({"location": list("uvwxyz"), "people": staff}).with_columns(
        period=pl.lit("2024-01")
    )
    leaves = pl.DataFrame(
        [("2024-01", "north", *row, row[3], 90.0 * row[3], 9000.0 * row[3]) for row in rows],
        schema=[
            *("period", "region", "location", "touchpoint", "channel", "people"),
            *("nps.n", "nps.total", "nps.squares"),
        ],
        orient="row",
    ).join(heads.rename({"people": "staff"}), on=["period", "location"])
    sites = leaves.select("period", "region", "location").unique()
    placed = leaves.join(places(sites, heads, 11), on=["period", "location"], how="left")
    dims = SUBJECTS["feedback"].dims
    split = (PLACE_REGION, PLACE, "touchpoint", "channel")
    for block in build("feedback", placed, dims, 11, split_by=split):
        assert broken(block) == {}
