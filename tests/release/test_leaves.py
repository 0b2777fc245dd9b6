"""The one step that sees answers runs on any frame that Narwhals knows, with equal results."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from release.leaves import leaf_counts

KEYS = ("period", "location")
ROWS = pl.DataFrame(
    {
        "period": ["2024-01"] * 5,
        "location": ["a", "a", "a", None, None],
        "strain": [1.0, 4.0, None, 2.0, 5.0],
        "strain.at_risk": [False, True, None, False, True],
        "pride": [5.0, None, 3.0, None, None],
    }
)
COUNTED = pl.DataFrame(
    {
        "period": ["2024-01", "2024-01"],
        "location": ["a", "unknown"],
        "people": [3, 2],
        "strain.n": [2, 2],
        "strain.total": [5.0, 7.0],
        "strain.squares": [17.0, 29.0],
        "strain.at_risk": [1, 1],
        "pride.n": [2, 0],
        "pride.total": [8.0, 0.0],
        "pride.squares": [34.0, 0.0],
    }
)


@pytest.mark.parametrize("kind", ["eager", "lazy", "arrow"])
def test_leaf_counts_by_hand(kind: str) -> None:
    frame = {"eager": ROWS, "lazy": ROWS.lazy(), "arrow": ROWS.to_arrow()}[kind]
    counted = leaf_counts(frame, KEYS, ["strain", "pride"])
    if isinstance(counted, pl.LazyFrame):
        counted = counted.collect()
    assert_frame_equal(
        pl.DataFrame(counted).sort("location"),
        COUNTED,
        check_dtypes=False,
        check_column_order=False,
    )
