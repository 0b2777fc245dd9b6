"""The form that results take outside."""

import json

from metrics.catalogue import CATALOGUE
from metrics.definitions import METRICS
from tests.metrics.by_hand import answered, cells


def test_json_is_as_agreed() -> None:
    rows = [
        answered("csat", [100] * 10, location="a"),
        answered("csat", [100] * 5 + [0] * 5, location="b"),
    ]
    found = METRICS["measure.mean"].compute(
        cells(*rows, by=["location"], withheld=True), CATALOGUE["csat"]
    )
    shown = json.loads(json.dumps(found.to_json()))
    assert list(shown) == [
        *("metric", "unit", "period", "release", "views", "without"),
        *("coverage", "withheld", "rows"),
    ]
    assert shown["metric"] == "measure.mean"
    assert shown["unit"] == "percent"
    assert shown["period"] == {"from": "2024-01", "to": "2024-12"}
    assert (shown["release"], shown["coverage"], shown["withheld"]) == (7, 1.0, True)
    assert [list(row) for row in shown["rows"]] == [["location", "value", "low", "high", "n"]] * 2
    assert shown["rows"][1]["value"] == 50
    assert shown["rows"][1]["n"] == 10


def test_several_rows_are_no_single_estimate() -> None:
    rows = [answered("csat", [100] * 10, location=name) for name in "ab"]
    found = METRICS["measure.mean"].compute(cells(*rows, by=["location"]), CATALOGUE["csat"])
    assert found.estimate() is None


def test_an_empty_table_is_valid_json() -> None:
    found = METRICS["measure.mean"].compute(cells(measures=["csat"]), CATALOGUE["csat"])
    assert json.loads(json.dumps(found.to_json()))["rows"] == []
