"""Batches, undo and freshness at the terminal."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from manage import app
from models.imports.batches import count, recent, standing
from tests.models.imports.company import answer, locations, write

SEVERAL = 2


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments], input=typed)


@pytest.fixture
def two(database: Engine, tmp_path: Path) -> Engine:
    """Two imports: sites with an answer, and the sites once more with another answer."""
    for number in range(SEVERAL):
        folder = write(
            tmp_path / f"in-{number}",
            locations=locations("A", "B", *"CD"[:number]),
            survey_answers=[answer(f"r{number}")],
        )
        assert run("import", str(folder)).exit_code == 0
    return database


def test_batches_tell_who_when_and_what(two: Engine) -> None:
    listed = json.loads(run("batches", "--json").stdout)
    assert [one["batch"] for one in listed] == [2, 1]
    assert listed[1]["rows"] == {"locations": 2, "survey_answers": 1}
    assert listed[1]["actor"] == "terminal"
    assert [file["name"] for file in listed[1]["files"]] == ["locations.csv", "survey_answers.csv"]
    assert {len(file["sha256"]) for file in listed[1]["files"]} == {64}
    assert len(run("batches").stdout.splitlines()) == count(two) == SEVERAL


def test_an_undo_asks_first_and_is_done_once(two: Engine) -> None:
    told = run("undo", "2", "--dry-run").stdout
    assert (
        "locations: rows that go: 3; there no longer: 1, an older batch holds again: 2, replaced"
        in told
    )
    assert run("undo", "2", typed="n\n").exit_code == 1
    assert [batch.id for batch in standing(two)] == [2, 1]
    done = run("undo", "2", typed="y\n")
    assert "Batch 2 is undone; rows that are gone: 4." in done.stdout
    with two.connect() as connection:
        rows = connection.execute(text("SELECT response_id, batch FROM raw_survey_answers")).all()
    assert rows == [("r0", 1)]
    assert [batch.id for batch in standing(two)] == [1]
    assert [batch.undone_by for batch in recent(two)] == ["terminal", None]
    again = run("undo", "2", "--yes")
    assert again.exit_code == 1
    assert "Batch 2 was undone already; nothing was changed." in again.stderr
    assert "There is no batch 9" in run("undo", "9", "--yes").stderr
    refused = run("undo", "1", "--json")
    assert (refused.exit_code, "add --yes or --dry-run" in refused.stderr) == (1, True)
    meaning = json.loads(run("undo", "1", "--yes", "--json").stdout)
    assert meaning["tables"]["locations"] == {"rows": 2, "gone": 2, "older": 0, "replaced": 0}


def test_what_was_undone_can_be_imported_again(two: Engine, tmp_path: Path) -> None:
    assert run("undo", "2", "--yes").exit_code == 0
    assert "Stored 4 rows as batch 3" in run("import", str(tmp_path / "in-1")).stdout
    assert "as batch 3. Nothing changed." in run("import", str(tmp_path / "in-1")).stdout
    assert [batch.id for batch in standing(two)] == [3, 1]


def test_an_import_may_take_the_place_of_a_batch(two: Engine, tmp_path: Path) -> None:
    folder = write(tmp_path / "again", locations=locations("A", "C"))
    told = run("import", str(folder), "--replace", "2", "--dry-run").stdout
    assert "locations: 0 added, 0 changed, 2 unchanged, for 1 an older row would hold again" in told
    assert "survey_answers: 0 added, 0 changed, 0 unchanged, 1 would vanish" in told
    assert [batch.id for batch in standing(two)] == [2, 1]
    assert run("import", str(folder), "--replace", "2").exit_code == 0
    assert [batch.id for batch in standing(two)] == [3, 1]
    with two.connect() as connection:
        rows = connection.execute(text("SELECT response_id, batch FROM raw_survey_answers")).all()
    assert rows == [("r0", 1)]
    gone = run("import", str(write(tmp_path / "in-2", locations=locations("A"))), "--replace", "2")
    assert (gone.exit_code, "batch 2 was undone already" in gone.stderr) == (1, True)
    assert [batch.id for batch in standing(two)] == [3, 1]


@pytest.mark.usefixtures("two")
def test_freshness_names_the_late() -> None:
    listed = {one["table"]: one for one in json.loads(run("freshness", "--json").stdout)}
    assert listed["survey_answers"]["newest"] == "2024-Q1"
    assert listed["survey_answers"]["late_sites"] == []
    assert "survey_answers       2024-Q1" in run("freshness").stdout


def test_nothing_to_list_before_the_first_import(database: Engine) -> None:
    assert run("batches").stdout == run("freshness").stdout == "Nothing was imported yet.\n"
    assert count(database) == 0
