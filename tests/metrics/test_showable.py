"""The share of responses that a dimension can show, by hand."""

import polars as pl
import pytest

from metrics.showable import Showable, showable

CELLS = pl.DataFrame(
    {
        "people": [50, 30, 20],
        "location": [["a"], ["a"], ["b", "c"]],
        "desk_type": [["desk"], ["desk", "non_desk"], ["unknown"]],
        "team": [[], ["t1"], ["t2"]],
    },
    schema_overrides={"team": pl.List(pl.String)},
)


@pytest.mark.parametrize(
    ("dims", "people"),
    [
        # The group of 20 is of two sites.
        (("location",), 80),
        # 30 are of both desk types, and of 20 it is not known.
        (("desk_type",), 50),
        # The source of the 50 does not know teams.
        (("team",), 50),
        (("location", "desk_type"), 50),
        (("location", "team"), 30),
        (("desk_type", "team"), 0),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
def test_only_groups_of_one_known_value_count(dims: tuple[str, ...], people: int) -> None:
    assert showable(CELLS, dims, "unknown") == Showable(dims, float(people), people, 100)


def test_nothing_has_no_share() -> None:
    assert showable(CELLS.clear(), ["team"], "unknown") == Showable(("team",), None, 0, 0)
