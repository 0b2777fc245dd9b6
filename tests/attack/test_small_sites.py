"""Sites of a few people, and values that would say what everybody answered."""

import polars as pl
import pytest

from models.releases.sites import rounded
from release.blocks import VALUES_SCHEMA, Block, cells_schema
from release.brought import Extremes, group_figures
from release.build import build, settle
from release.places import PLACE, PLACE_REGION, places
from release.versions import extend

DIMS = ("region", "location", "touchpoint")
SPLIT = (PLACE_REGION, PLACE, "touchpoint")


def heard(*rows: tuple[str, str, int, int, int], staff: dict[str, int]) -> pl.DataFrame:
    """Leaf counts in the north: location, touchpoint, answers, those with nps, with csat."""
    leaves = pl.DataFrame(
        [("2024-01", "north", *row, 0.0, 0.0, 0.0, 0.0) for row in rows],
        schema=[
            *("period", *DIMS, "people", "nps.n", "csat.n"),
            *("nps.total", "nps.squares", "csat.total", "csat.squares"),
        ],
        orient="row",
    )
    heads = pl.DataFrame(
        {
            "period": ["2024-01"] * len(staff),
            "location": list(staff),
            "people": list(staff.values()),
        }
    )
    known = leaves.select("period", "region", "location").unique()
    return leaves.join(places(known, heads, 11), on=["period", "location"], how="left").join(
        heads.rename({"people": "staff"}), on=["period", "location"]
    )


def test_a_touchpoint_of_its_own_does_not_bring_a_small_shop_out() -> None:
    leaves = heard(
        ("a", "checkout", 30, 30, 0), ("b", "repair", 11, 11, 0), staff={"a": 40, "b": 2}
    )
    (block,) = build("feedback", leaves, DIMS, 11, split_by=SPLIT)
    assert block.cells["location"].to_list() == [["a", "b"]]
    assert block.cells["touchpoint"].to_list() == [["checkout", "repair"]]


def test_nor_does_a_measure_that_only_it_fills_in() -> None:
    leaves = heard(
        ("a", "checkout", 30, 0, 30), ("b", "checkout", 12, 12, 0), staff={"a": 40, "b": 2}
    )
    (block,) = build("feedback", leaves, DIMS, 11, split_by=SPLIT)
    assert block.values["measure"].to_list() == ["csat"]
    assert block.withheld == ("nps",)


def test_nor_do_late_answers_about_it() -> None:
    first = heard(("a", "checkout", 30, 30, 0), ("b", "checkout", 3, 3, 0), staff={"a": 40, "b": 2})
    late = heard(
        ("a", "checkout", 20, 20, 0), ("b", "checkout", 20, 20, 0), staff={"a": 40, "b": 2}
    )
    (block,) = build("feedback", first, DIMS, 11, split_by=SPLIT)
    assert extend(block, late, ("location", "touchpoint"), 11) is not None
    about_b = late.filter(pl.col("location") == "b")
    assert extend(block, about_b, ("location", "touchpoint"), 11) is None


def test_without_enough_staff_in_all_nothing_is_shown() -> None:
    leaves = heard(("a", "checkout", 300, 300, 0), staff={"a": 10})
    (block,) = build("feedback", leaves, DIMS, 11, split_by=SPLIT)
    assert block.cells.is_empty()
    assert block.withheld == ("nps",)


def test_a_figure_that_speaks_of_everybody_is_left_out() -> None:
    rows = pl.DataFrame(
        [
            ("2024", "a", None, "autonomy", 11, 1.0, None),
            ("2024", "b", None, "autonomy", 20, 1.2, None),
            ("2024", "c", None, "autonomy", 20, 1.5, None),
            ("2024", "d", None, "autonomy", 20, 3.0, 0.0),
        ],
        schema={
            "period": pl.String,
            "location": pl.String,
            "desk_type": pl.String,
            "measure": pl.String,
            "n": pl.Int64,
            "value": pl.Float64,
            "sd": pl.Float64,
        },
        orient="row",
    )
    (block,) = group_figures(rows, 11, {"autonomy": Extremes(1, 5, "higher")})
    # Of 20 people, two who are content and 18 who are not have a mean of at most 1.4.
    assert block.cells["location"].to_list() == [["c"]]
    assert block.withheld == ("autonomy",)


def test_one_or_two_spells_of_sick_leave_are_not_told_apart() -> None:
    values = pl.DataFrame(
        [(number, "absence_spells", 20, float(number), None, None, False) for number in range(6)],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    block = rounded(Block("absence", "2024", pl.DataFrame(schema=cells_schema(())), values))
    assert block.values["total"].to_list() == [0, 0, 3, 3, 3, 6]


@pytest.mark.parametrize(("personal", "left"), [(["enps"], []), ([], ["enps"])])
def test_what_all_answered_alike_is_left_out_of_what_people_said_of_themselves(
    personal: list[str], left: list[str]
) -> None:
    everyone = pl.DataFrame(
        [(0, "enps", 11, -1100.0, 110_000.0, None, False)], schema=VALUES_SCHEMA, orient="row"
    )
    assert settle(everyone, 11, personal)["measure"].to_list() == left


def test_late_answers_that_are_all_alike_wait() -> None:
    def pride(people: int, total: float, squares: float) -> pl.DataFrame:
        return pl.DataFrame(
            [("2024-01", "a", people, people, total, squares)],
            schema=["period", "location", "people", "pride.n", "pride.total", "pride.squares"],
            orient="row",
        )

    (block,) = build("survey", pride(20, 60.0, 200.0), ("location",), 11, personal=["pride"])
    alike, mixed = pride(11, 11.0, 11.0), pride(11, 30.0, 90.0)
    assert extend(block, alike, ("location",), 11, ["pride"]) is None
    assert extend(block, mixed, ("location",), 11, ["pride"]) is not None
