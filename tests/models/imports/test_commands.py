"""`import` and `template` as a person at a terminal meets them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from models.imports import commands, reporting
from tests.models.imports.company import answer, locations, write

app = typer.Typer(pretty_exceptions_enable=False)
app.command("import")(commands.import_)
app.command("template")(commands.template)


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.usefixtures("database")
def test_an_import_says_what_it_stored(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey_answers=[answer()])
    dry = run("import", folder, "--dry-run")
    assert (dry.exit_code, "All 3 rows are good. Nothing was stored" in dry.output) == (0, True)
    done = run("import", folder)
    assert done.exit_code == 0
    assert "survey_answers             1" in done.output
    assert "Stored 3 rows as batch 1" in done.output
    again = run("import", folder)
    assert (again.exit_code, "imported before, as batch 1" in again.output) == (0, True)


@pytest.mark.usefixtures("database")
def test_problems_are_grouped_with_three_examples_and_a_remedy(tmp_path: Path) -> None:
    rows = [answer(f"r{number}", score="9") for number in range(5)]
    folder = write(tmp_path / "in", survey_answers=rows)
    done = run("import", folder)
    assert done.exit_code == 1
    assert "5 × outside_scale, column score, in survey_answers.csv" in done.output
    assert "row 2: Score 9 of item bat01 lies outside its scale, 1 to 5." in done.output
    assert "… and 2 more" in done.output
    assert "values: '9' 5 times" in done.output
    assert "→ Check the coding of the item." in done.output
    assert "5 problems. Nothing was stored." in done.output


@pytest.mark.usefixtures("database")
def test_json_is_whole(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", survey_answers=[answer(score="9")])
    done = run("import", folder, "--json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert (told["stored"], told["dry_run"], told["rows"]["locations"]) == (False, False, 2)
    assert told["problems"][0]["examples"][0]["row"] == 2


@pytest.mark.usefixtures("database")
def test_templates_can_be_imported(tmp_path: Path) -> None:
    assert run("template", tmp_path / "new").exit_code == 0
    assert run("import", tmp_path / "new", "--dry-run").exit_code == 0
    assert "Wrote 2 files" in run("template", tmp_path / "one", "--xlsx").output
    assert run("import", tmp_path / "one", "--dry-run").exit_code == 0
    again = run("template", tmp_path / "new")
    assert again.exit_code == 1
    assert "choose an empty folder" in again.output


@pytest.mark.usefixtures("database")
def test_a_near_code_is_offered_and_a_report_written(tmp_path: Path) -> None:
    rows = [answer(f"r{number}", location_id="a ") for number in range(2)]
    folder = write(
        tmp_path / "in", survey_answers=rows, locations=[{"location_id": "A", "name": "A"}]
    )
    done = run("import", folder, "--report", tmp_path / "report", "--dry-run")
    assert "values: 'a' 2 times (did you mean A?)" in done.output
    assert f"is in {tmp_path / 'report'}." in done.output
    assert (tmp_path / "report" / reporting.WHOLE).exists()
    good = run("import", write(tmp_path / "good"), "--report", tmp_path / "none")
    assert good.exit_code == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("database")
def test_warnings_come_first(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", locations=locations("A1", "a-1"))
    done = run("import", folder, "--dry-run")
    assert "Warning: locations: values of location_id that differ only" in done.output
