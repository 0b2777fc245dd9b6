"""What is released as it was brought: group figures and ideas."""

import polars as pl
import pytest

from release.brought import group_figures, idea_steps


def test_group_figures_become_sums_and_small_ones_are_left_out() -> None:
    rows = pl.DataFrame(
        [
            ("2024", "a", None, "pride", 40, 3.5, 1.0),
            ("2024", "a", None, "stress", 38, 25.0, None),
            ("2024", "b", "desk", "pride", 10, 4.0, None),
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
    (block,) = group_figures(rows, 11)
    assert block.cells.to_dicts() == [
        {"cell": 0, "view": "sites", "people": 40, "location": ["a"], "desk_type": []}
    ]
    pride, stress = block.values.to_dicts()
    assert (pride["n"], pride["total"]) == (40, 140.0)
    assert pride["squares"] == pytest.approx(39 * 1.0 + 40 * 3.5**2)
    assert (stress["total"], stress["squares"]) == (950.0, None)
    assert block.withheld == ("pride",)


def test_an_idea_is_an_entry_in_each_period_in_which_it_took_a_step() -> None:
    steps = pl.DataFrame(
        {
            "period": ["2024-01", "2024-03", "2024-03"],
            "idea": ["i1", "i1", "i2"],
            "locations": [["a"], ["a"], ["a", "b"]],
            "theme": ["planning", "planning", None],
            "customer_related": ["true", "true", None],
            "measure": ["ideas_submitted", "ideas_accepted", "ideas_submitted"],
            "value": [1.0, 1.0, 1.0],
        }
    )
    january, march = idea_steps(steps)
    assert january.values.select("measure", "total").rows() == [("ideas_submitted", 1.0)]
    assert march.cells["location"].to_list() == [["a"], ["a", "b"]]
    assert march.cells["theme"].to_list() == [["planning"], []]
    assert march.smallest is None
