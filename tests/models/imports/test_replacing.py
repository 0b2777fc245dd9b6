"""Imports that take the place of a batch, or during which a batch is undone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.imports.starting import Result, start
from models.jobs import _last_words
from tests.models.imports.company import Rows, answer, locations, write

ROOT = Path(__file__).parents[3]


def imported(folder: Path, *, replace: int | None = None, dry_run: bool = False) -> Result:
    return Result.of(start((folder,), replace=replace, dry_run=dry_run).result())


def spells(day: str, employee: str = "e") -> Rows:
    return [
        {
            "employee_id": f"{employee}{number}",
            "start_on": f"2024-{day}",
            "location_id": "A",
            "desk_type": "desk",
        }
        for number in range(3)
    ]


def absence(period: str) -> Rows:
    return [{"period": period, "location_id": "A", "hours_lost": "1", "contract_hours": "9"}]


def rules(result: Result) -> list[str]:
    return sorted({cause.rule for cause in result.problems})


def count(database: Engine, table: str) -> int:
    with database.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM raw_{table}")).scalar_one())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"assignments": spells("03-01")}, {"assignments": spells("02-01")}),
        ({"absence": absence("2024-Q1")}, {"absence": absence("2024-02")}),
        (
            {"survey_answers": [answer(item="bat01"), answer(item="bat02")]},
            {"survey_answers": [answer(item="bat01", location_id="B")]},
        ),
    ],
    ids=["another start", "another length of period", "another site"],
)
def test_a_correction_is_not_held_against_the_batch_that_it_replaces(
    database: Engine, tmp_path: Path, before: dict[str, Rows], after: dict[str, Rows]
) -> None:
    (table,) = after
    imported(write(tmp_path / "one", **before))
    corrected = write(tmp_path / "two", **after)
    # Beside the first batch it would not be good.
    assert imported(corrected, dry_run=True).problems
    assert rules(imported(corrected, replace=1, dry_run=True)) == []
    assert imported(corrected, replace=1).batch == 2
    assert count(database, table) == len(after[table])


def test_files_may_not_refer_to_what_goes_with_the_batch_that_they_replace(
    database: Engine, tmp_path: Path
) -> None:
    imported(write(tmp_path / "one", assignments=spells("03-01")))
    lost = write(tmp_path / "two", locations=[], assignments=spells("02-01", "f"))
    assert rules(imported(lost, replace=1, dry_run=True)) == ["unknown_location"]
    assert rules(imported(lost, replace=1)) == ["unknown_location"]
    assert count(database, "locations") == 2
    # What another batch brought stays.
    imported(write(tmp_path / "three", locations=locations("A")))
    assert imported(lost, replace=1).batch == 3
    assert count(database, "locations") == 1


_MEANWHILE = """
import json, sys
from pathlib import Path
from models.imports import child
from models.imports.undoing import child as undoing

steps = json.load(sys.stdin)
assert child.run({"paths": [steps["first"]]}, Path(steps["scratch"]) / "1")["batch"] == 1
checked = child.store

def store(*arguments):
    assert undoing.run({"action": "undo", "batch": 1, "actor": ""})["refused"] is None
    return checked(*arguments)

child.store = store
child.run({"paths": [steps["second"]]}, Path(steps["scratch"]) / "2")
"""


def test_an_import_is_not_stored_when_what_it_was_checked_against_is_undone(
    database: Engine, tmp_path: Path
) -> None:
    """Its rows would refer to sites that are gone."""
    for number in ("1", "2"):
        (tmp_path / "scratch" / number).mkdir(parents=True)
    steps = {
        "first": str(write(tmp_path / "one")),
        "second": str(write(tmp_path / "two", locations=[], assignments=spells("02-01"))),
        "scratch": str(tmp_path / "scratch"),
    }
    done = subprocess.run(
        [sys.executable, "-c", _MEANWHILE],
        cwd=ROOT,
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        check=False,
    )
    # What the terminal and the page show.
    assert _last_words(done.stderr) == (
        "batch 1 was undone while these files were being checked; nothing was stored, run it again"
    )
    assert (count(database, "locations"), count(database, "assignments")) == (0, 0)
    # A new check says what is missing.
    assert rules(imported(tmp_path / "two")) == ["unknown_location"]
