"""What an import would change, table by table and period by period."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.imports.difference import Difference, TableDifference
from tests.models.imports.company import Rows, locations, write

pytestmark = pytest.mark.usefixtures("database")

ROOT = Path(__file__).parents[3]

_CHILD = """
import json, sys, tempfile
from datetime import date
from pathlib import Path
from models.engine import adbc
from models.imports import child, service
from models.imports.comparing import compare
from models.imports.employee_key import employee_key
from models.imports.known import NothingStored
from models.imports.store import Finished
from models.imports.stored import StoredRows
from models.releases import child as releasing

steps = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as scratch:
    for step in steps["before"]:
        if step == "publish":
            releasing.run({"action": "publish", "actor": "", "minimum": 5, "grain": "month",
                           "as_of": "2024-12-31"})
        elif step == "build":
            releasing.run({"action": "build", "actor": "", "minimum": 5, "grain": "month",
                           "as_of": "2024-12-31"})
        else:
            assert child.run({"paths": [step]}, Path(scratch))["stored"], step
    with adbc() as connection:
        report = service.check(
            (Path(steps["compare"]),), None, StoredRows(connection), lambda *_: None, Path(scratch)
        )
        assert report.good, report
        brought = Finished(report.spool, employee_key())
        told = compare(
            connection, brought, replace=steps["replace"], as_of=date(2024, 12, 31)
        )
print(json.dumps(told))
"""

Compare = Callable[..., Difference]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Import tables one after the other (and "build" or "publish"), then compare the last ones."""

    def compare(*steps: dict[str, Rows] | str, replace: int | None = None) -> Difference:
        named = [
            step if isinstance(step, str) else str(write(tmp_path / str(number), **step))
            for number, step in enumerate(steps)
        ]
        done = subprocess.run(
            [sys.executable, "-c", _CHILD],
            cwd=ROOT,
            input=json.dumps({"before": named[:-1], "compare": named[-1], "replace": replace}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return Difference.from_json(json.loads(done.stdout.splitlines()[-1]))

    return compare


def answers(people: range, wave: str = "2024-01", score: str = "3", **more: str) -> Rows:
    return [
        {
            "response_id": f"r{number}",
            "wave": wave,
            "answered_on": f"{wave}-10",
            "location_id": "A",
            "item": "bat01",
            "score": score,
            **more,
        }
        for number in people
    ]


def feedback(numbers: range, at: str, nps: str = "9") -> Rows:
    return [
        {"feedback_id": f"f{number}", "at": at, "location_id": "A", "nps": nps}
        for number in numbers
    ]


def told(added: int, changed: int, unchanged: int, **more: Any) -> TableDifference:
    rest = {"columns": {}, "absent": 0, "older": 0, "gone": 0, **more}
    return TableDifference(added, changed, unchanged, **rest)


def test_against_an_empty_database_everything_is_new(compare: Compare) -> None:
    difference = compare({"survey_answers": answers(range(3))})
    assert difference == Difference(
        {"locations": told(2, 0, 0), "survey_answers": told(3, 0, 0)},
        (("survey", "new", ("2024-01",)),),
    )


def test_rows_are_added_changed_unchanged_or_absent(compare: Compare) -> None:
    difference = compare(
        {"survey_answers": [*answers(range(10)), *answers(range(4), "2024-02")]},
        {"survey_answers": answers(range(8, 10), score="1", desk_type="desk")},
        {
            "locations": [{"location_id": "A", "name": "Alpha"}],
            "survey_answers": [
                *answers(range(2)),
                *answers(range(5, 7), score="4"),
                *answers(range(8, 9), desk_type="desk"),
                *answers(range(20, 25)),
            ],
        },
    )
    assert difference.tables == {
        # A of the two sites has another name; B is not in the files.
        "locations": told(0, 1, 0, columns={"name": 1}, absent=1),
        # Of January's ten: two unchanged, three changed, five not brought. February is not meant.
        "survey_answers": told(5, 3, 2, columns={"score": 3}, absent=5),
    }


def test_employees_are_compared_by_their_hash(compare: Compare) -> None:
    people = [
        {"employee_id": f"{n}", "start_on": "2023-01-01", "location_id": "A", "desk_type": "desk"}
        for n in range(4)
    ]
    difference = compare(
        {"assignments": people},
        {"assignments": [*people[:2], {**people[2], "end_on": "2024-02-01"}]},
    )
    assert difference.tables["assignments"] == told(0, 1, 2, columns={"end_on": 1}, absent=1)


def test_the_periods_that_the_next_release_would_touch(compare: Compare) -> None:
    january, march, december = ("2024-01-05 10:00", "2024-03-05 10:00", "2024-12-05 10:00")
    difference = compare(
        {
            "survey_answers": answers(range(20)),
            "customer_feedback": feedback(range(20), january),
        },
        "publish",
        {
            "survey_answers": answers(range(20), "2024-02", score="2"),
            "customer_feedback": feedback(range(20, 40), march),
        },
        "build",
        {
            "survey_answers": [
                *answers(range(20, 30)),
                *answers(range(1), "2024-02", score="1"),
                *answers(range(9), "2024-03"),
            ],
            "customer_feedback": [
                *feedback(range(1), january, nps="1"),
                *feedback(range(20, 40), march),
                *feedback(range(50, 51), december),
            ],
            "locations": [*locations(), {"location_id": "C", "name": "Site C"}],
        },
    )
    assert difference.periods == (
        ("survey", "late", ("2024-01",)),
        ("survey", "draft", ("2024-02",)),
        ("survey", "new", ("2024-03",)),
        ("feedback", "waits", ("2024-01",)),
        # A new site may change how the sites are pooled, so every draft is built anew.
        ("feedback", "draft", ("2024-03",)),
        ("feedback", "open", ("2024-12",)),
    )


def test_replacing_a_batch_says_what_would_vanish(compare: Compare) -> None:
    first = {"survey_answers": answers(range(10))}
    second = {"survey_answers": [*answers(range(5, 10), score="1"), *answers(range(30, 40))]}
    again = {"survey_answers": answers(range(30, 36))}
    difference = compare(first, second, again, replace=2)
    assert difference.replaces == 2
    # Ten rows of batch 2 are not brought again: five fall back to batch 1, four are gone. Of batch
    # 1, five rows stay as they are.
    assert difference.tables["survey_answers"] == told(0, 0, 6, absent=5, older=5, gone=4)
    assert difference.tables["locations"] == told(0, 0, 2)
    assert difference.periods == (("survey", "new", ("2024-01",)),)
