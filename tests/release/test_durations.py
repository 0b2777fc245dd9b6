"""Cells of life tables: what is told, with which noise, and what nobody can conclude from it."""

from collections.abc import Iterator
from dataclasses import replace
from math import exp

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.blocks import Block
from release.durations import ENDED, EXPOSED, REASON, Counted, build_durations
from release.inspection import Known, faults
from release.subjects import SUBJECTS
from release.telling import Noise, Range

EMPLOYMENT = SUBJECTS["employment"]
KEY = bytes(range(32))
K = 5
FINE = {"tenure_exposed": EXPOSED, "tenure_ended": ENDED}
REASONS = ("ended_voluntary", "ended_involuntary", "ended_other")
KNOWN = Known(of_subject={"employment": [*FINE, *REASONS, "stayed_a_year"]})
DIMS = ("desk_type", "contract_type", "region", "entry")


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Noise, "of", lambda *_: 0)


Person = tuple[str, str, str, str, str]
"""Tenure, desk type, contract, region; and why the person left, or nothing."""


def table(people: list[Person]) -> pl.DataFrame:
    """A row per person: half a unit each, all of them in one quarter and of one entry year."""
    return pl.DataFrame(
        [
            ("2024-Q1", f"p{place}", tenure, desk, contract, region, "2023", reason)
            for place, (tenure, desk, contract, region, reason) in enumerate(people)
        ],
        schema=["period", "person", "tenure", *DIMS, "reason"],
        orient="row",
    )


def counted(rows: pl.DataFrame) -> list[Counted]:
    ended = (pl.col("reason") != "").cast(pl.Float64)
    fine = rows.with_columns(tenure_exposed=pl.lit(0.5), tenure_ended=ended)
    reasons = rows.with_columns(
        *(
            (pl.col("reason") == code.removeprefix("ended_")).cast(pl.Float64).alias(code)
            for code in REASONS
        ),
        ended=ended,
        tenure=pl.lit("000-012"),
    )
    return [
        Counted(fine, FINE),
        Counted(reasons, dict.fromkeys(REASONS, REASON), gate="ended"),
    ]


def built(people: list[Person], minimum: int = K) -> Block:
    (block,) = build_durations(EMPLOYMENT, counted(table(people)), minimum, KEY)
    return block


def told(block: Block, view: str) -> dict[tuple[str, ...], dict[str, tuple[int, float]]]:
    """Per cell of a view, by its values, n and total of each measure."""
    dims = next(each.dims for each in EMPLOYMENT.views if each.name == view)
    rows = block.values.join(block.cells.filter(pl.col("view") == view), on="cell")
    found: dict[tuple[str, ...], dict[str, tuple[int, float]]] = {}
    for row in rows.iter_rows(named=True):
        cell = tuple(row[dim][0] for dim in dims)
        found.setdefault(cell, {})[row["measure"]] = (row["n"], row["total"])
    return found


def staff(*groups: tuple[int, str, str, str]) -> list[Person]:
    """So many people of a tenure, a desk type and a reason."""
    return [
        (tenure, desk, "permanent", "north", reason)
        for count, tenure, desk, reason in groups
        for _ in range(count)
    ]


@pytest.mark.usefixtures("exact")
def test_cells_of_k_people_are_told_and_reasons_where_k_left() -> None:
    block = built(
        staff(
            (6, "000-001", "desk", ""),
            (3, "000-001", "desk", "voluntary"),
            (1, "000-001", "non_desk", "involuntary"),
            (4, "001-002", "non_desk", "voluntary"),
            (1, "001-002", "desk", "other"),
        )
    )
    assert told(block, "whole") == {
        ("000-001",): {"tenure_exposed": (10, 5.0), "tenure_ended": (10, 4.0)},
        ("001-002",): {"tenure_exposed": (5, 2.5), "tenure_ended": (5, 5.0)},
        ("000-012",): {
            "ended_voluntary": (15, 7.0),
            "ended_involuntary": (15, 1.0),
            "ended_other": (15, 1.0),
        },
    }
    # Four left of a desk, one of them for another reason; five left elsewhere.
    assert told(block, "desk_type") == {
        ("desk", "000-001"): {"tenure_exposed": (9, 4.5), "tenure_ended": (9, 3.0)},
        ("non_desk", "000-012"): {
            "ended_voluntary": (5, 4.0),
            "ended_involuntary": (5, 1.0),
            "ended_other": (5, 0.0),
        },
    }
    assert block.withheld == tuple(sorted([*REASONS, *FINE]))
    assert block.cells["view"].unique(maintain_order=True).to_list() == [
        view.name for view in EMPLOYMENT.views
    ]
    assert faults(block, K, KNOWN) == []


@pytest.mark.usefixtures("exact")
def test_one_person_counts_once_in_a_cell() -> None:
    rows = table(staff((5, "000-001", "desk", "voluntary")))
    again = pl.concat([rows, rows.head(1)])
    (block,) = build_durations(EMPLOYMENT, counted(again), K, KEY)
    assert told(block, "whole")["000-001",] == {"tenure_exposed": (5, 2.5), "tenure_ended": (5, 5)}


@pytest.mark.usefixtures("exact")
def test_a_group_that_is_too_small_in_another_way_is_not_told() -> None:
    rows = counted(table(staff((6, "000-001", "desk", ""), (6, "000-001", "non_desk", ""))))
    allowed = {"desk_type": pl.DataFrame({"period": ["2024-Q1"], "desk_type": ["desk"]})}
    (block,) = build_durations(EMPLOYMENT, rows, K, KEY, allowed)
    assert set(told(block, "desk_type")) == {("desk", "000-001")}
    assert set(told(block, "contract_type")) == {("permanent", "000-001")}


def test_nobody_gives_no_block() -> None:
    assert build_durations(EMPLOYMENT, counted(table([])), K, KEY) == []


TENURES = ("000-001", "001-002")
people = st.lists(
    st.tuples(
        st.sampled_from(TENURES),
        st.sampled_from(("desk", "non_desk")),
        st.sampled_from(("permanent", "student")),
        st.sampled_from(("north", "south")),
        st.sampled_from(("", "voluntary", "involuntary", "other")),
    ),
    min_size=1,
    max_size=40,
)


def _cells(rows: pl.DataFrame) -> Iterator[tuple[str, tuple[str, ...], pl.DataFrame]]:
    for view in EMPLOYMENT.views:
        for values, part in rows.partition_by(view.dims, as_dict=True).items():
            yield view.name, tuple(map(str, values)), part


@given(people)
def test_what_is_told_and_how_far_it_is_from_the_truth(drawn: list[Person]) -> None:
    """A cell is told when k are in it, its reasons when k left; and noise hides no more."""
    rows, block = table(drawn), built(drawn)
    reasons = rows.with_columns(tenure=pl.lit("000-012"))
    found = {view.name: told(block, view.name) for view in EMPLOYMENT.views}
    expected = {(view, cell) for view, cell, part in _cells(rows) if part.height >= K} | {
        (view, cell)
        for view, cell, part in _cells(reasons)
        if part.filter(pl.col("reason") != "").height >= K
    }
    assert {(view, cell) for view, cells in found.items() for cell in cells} == expected
    for view, cell, part in _cells(rows):
        if part.height >= K:
            n, ended = found[view][cell]["tenure_ended"]
            assert n >= K
            assert abs(n - part.height) < 20
            assert abs(ended - part.filter(pl.col("reason") != "").height) < 20
            assert abs(found[view][cell]["tenure_exposed"][1] - part.height / 2) < 20
    assert faults(block, K, KNOWN) == []


@given(people, st.randoms(use_true_random=False))
def test_built_again_it_is_the_same_block(drawn: list[Person], random) -> None:
    rows = table(drawn)
    order = list(range(rows.height))
    random.shuffle(order)
    (again,) = build_durations(EMPLOYMENT, counted(rows[order]), K, KEY)
    block = built(drawn)
    assert block.cells.equals(again.cells)
    assert block.values.equals(again.values)
    assert block.report == again.report


@given(people, st.data())
def test_every_reason_of_everybody_stays_possible(drawn: list[Person], data: st.DataObject) -> None:
    """Let one leaver have left for another reason: nothing but told reasons differs, by one each.

    So the noise that gave the one number gives the other as well, at most e times less often
    (the next test): of each number alone, whatever else somebody knows.
    """
    left = [place for place, person in enumerate(drawn) if person[4]]
    if not left:
        return
    place = data.draw(st.sampled_from(left))
    other = data.draw(st.sampled_from(("voluntary", "involuntary", "other")))
    one, two = (
        built(drawn),
        built([*drawn[:place], (*drawn[place][:4], other), *drawn[place + 1 :]]),
    )
    assert one.cells.equals(two.cells)
    keys = ["cell", "measure"]
    assert one.values.select(*keys, "n").equals(two.values.select(*keys, "n"))
    away = one.values.with_columns(away=one.values["total"] - two.values["total"])
    assert away.filter(~pl.col("measure").is_in(REASONS), pl.col("away") != 0).is_empty()
    assert away.filter(pl.col("away").abs() > REASON.high).is_empty()
    assert one.withheld == two.withheld


def chance(size: int, range_: Range) -> float:
    """P(noise = size) of two-sided geometric noise: (1 - a)/(1 + a) a^|size|."""
    ratio = exp(-1 / range_.scale)
    return (1 - ratio) / (1 + ratio) * ratio ** abs(size)


def test_noise_of_a_reason_makes_no_truth_more_than_e_times_likelier() -> None:
    """For whatever is told, any two truths that one person's reason tells apart."""
    for told_number in range(-5, 20):
        one, two = (chance(told_number - truth, REASON) for truth in (7, 8))
        assert min(one, two) > 0
        assert max(one, two) / min(one, two) <= exp(1 / REASON.part) + 1e-9
    drawn = [Noise(KEY, "a").of(str(place), REASON) for place in range(20_000)]
    for size in (-2, -1, 0, 1, 2):
        share = sum(each == size for each in drawn) / len(drawn)
        assert share == pytest.approx(chance(size, REASON), abs=0.015)


@pytest.fixture
def block() -> Block:
    return built(staff((8, "000-001", "desk", ""), (7, "000-001", "desk", "voluntary")))


def broken(block: Block, minimum: int = K) -> dict[str, int]:
    return {fault.rule: fault.count for fault in faults(block, minimum, KNOWN)}


def test_a_block_of_somebody_else_is_counted_again(block: Block) -> None:
    assert broken(block) == {}
    assert set(broken(replace(block, period="2024-01"))) == {"quarter"}
    assert broken(replace(block, period="2024"), 300).keys() == {
        "quarter",
        "people-under-minimum",
        "n-under-minimum",
    }
    assert "measure" in broken(replace(block, withheld=("exits",)))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"total": None}, "life-table"),
        ({"squares": 3.0}, "life-table"),
        ({"at_risk": 1}, "life-table"),
        ({"at_least": True}, "life-table"),
        ({"total": 400.0}, "beyond"),
        ({"total": -40.0}, "beyond"),
        ({"n": 2}, "n-under-minimum"),
        ({"n": 400}, "n-over-people"),
    ],
)
def test_values_that_a_life_table_has_not(
    block: Block, change: dict[str, object], rule: str
) -> None:
    row = pl.int_range(pl.len()) == 0
    changed = block.values.with_columns(
        pl.when(row)
        .then(pl.lit(value))
        .otherwise(pl.col(name))
        .cast(block.values.schema[name])
        .alias(name)
        for name, value in change.items()
    )
    assert rule in broken(replace(block, values=changed))


@pytest.mark.parametrize("unit", ["soon", "year", "007-000", "000-000", "0-1"])
def test_units_of_time_that_are_none(block: Block, unit: str) -> None:
    cells = block.cells.with_columns(
        tenure=pl.when(pl.col("cell") == 0).then(pl.lit([unit])).otherwise("tenure")
    )
    assert broken(replace(block, cells=cells)) == {"unit": 2}


def test_cells_that_a_view_has_not(block: Block) -> None:
    both = pl.lit(["000-001", "001-002"])
    several = block.cells.with_columns(
        tenure=pl.when(pl.col("cell") == 0).then(both).otherwise("tenure")
    )
    assert broken(replace(block, cells=several)) == {"one-value": 1}
    again = pl.concat([block.cells, block.cells.head(1)]).with_columns(
        cell=pl.int_range(pl.len(), dtype=pl.UInt32)
    )
    assert broken(replace(block, cells=again)) == {"overlap": 2}
    beyond = block.cells.with_columns(
        region=pl.when(pl.col("cell") == 0).then(pl.lit(["north"])).otherwise("region")
    )
    assert broken(replace(block, cells=beyond)) == {"empty": 1}
    strange = block.cells.with_columns(view=pl.lit("sites"))
    assert "view" in broken(replace(block, cells=strange))
