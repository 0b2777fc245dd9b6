"""Mappings saved by name, on the page's side and at the terminal."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from typer.testing import CliRunner

from models.imports.mapping import MappingError, read, saved
from models.imports.mapping.commands import mapping as commands
from models.imports.mapping.writing import write
from models.imports.starting import Result, start
from models.tables import SavedMapping
from tests.models.imports.company import locations, write_csv
from tests.models.imports.company import write as write_folder

TOML = """
about = "Our sites"
[[file]]
match = ["sites*"]
[[file.table]]
table = "locations"
columns = { location_id = "code", name = "naam" }
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(commands, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_saved_found_and_read(database: Engine) -> None:
    kept = saved.save(database, "  Onze   sites ", TOML, actor="els")
    assert (kept.name, kept.actor, kept.toml) == ("Onze sites", "els", TOML)
    assert saved.find(database, "onze SITES") == kept
    assert kept.mapping.about == "Our sites"
    assert [one.name for one in saved.listed(database)] == ["Onze sites"]
    assert saved.find(database, "other") is None


def test_saving_over_another_has_to_be_asked_for(database: Engine) -> None:
    saved.save(database, "sites", TOML)
    with pytest.raises(saved.NameTaken, match="There is a mapping 'sites' already"):
        saved.save(database, "Sites", TOML.replace("Our", "All"))
    saved.save(database, "Sites", TOML.replace("Our", "All"), over=True)
    assert [(one.name, one.mapping.about) for one in saved.listed(database)] == [
        ("Sites", "All sites")
    ]


@pytest.mark.parametrize(
    "name", ["", "  ", "nhs", "NHS", "a/b", "..", "../x", "x.toml", "-x", "a\\b", "x" * 61, "a:b"]
)
def test_names_that_are_refused(database: Engine, name: str) -> None:
    with pytest.raises(saved.NameRefused):
        saved.save(database, name, TOML)
    assert saved.listed(database) == []


def test_a_text_that_is_no_mapping_is_refused(database: Engine) -> None:
    for toml in ("[[", "about = 1", TOML.replace("naam", "").replace("name", "nom")):
        with pytest.raises(MappingError):
            saved.save(database, "sites", toml)
    assert saved.listed(database) == []


def test_renamed_and_deleted(database: Engine) -> None:
    saved.save(database, "sites", TOML)
    saved.save(database, "other", TOML)
    assert saved.rename(database, "sites", "Our sites").name == "Our sites"
    assert saved.rename(database, "Our sites", "our Sites").name == "our Sites"
    with pytest.raises(saved.NameTaken):
        saved.rename(database, "our sites", "other")
    for act in (
        lambda: saved.rename(database, "gone", "x"),
        lambda: saved.delete(database, "gone"),
    ):
        with pytest.raises(saved.NameRefused, match="There is no saved mapping 'gone'"):
            act()
    saved.delete(database, "OUR SITES")
    assert [one.name for one in saved.listed(database)] == ["other"]


def test_a_name_means_a_bundled_mapping_then_a_saved_one_then_a_path(database: Engine) -> None:
    saved.save(database, "sites", TOML)
    assert saved.resolve(database, "nhs") == ("nhs", None)
    assert saved.resolve(database, "SITES") == ("sites", TOML)
    assert saved.resolve(database, "folder/sites.toml") == ("folder/sites.toml", None)


@pytest.mark.usefixtures("database")
def test_the_terminal_guesses_saves_lists_shows_and_deletes(tmp_path: Path) -> None:
    rows = [{"Filiaalnummer": "A", "Winkelnaam": "Alpha"}, {"Filiaalnummer": "B"}]
    file = write_csv(tmp_path / "filialen 2024.csv", rows)
    code, toml = run("guess", file)
    assert code == 0
    assert "# A guess: locations" in toml
    guessed = read(toml, "guess")
    assert guessed.files[0].tables[0].table == "locations"
    path = tmp_path / "mine.toml"
    path.write_text(toml, encoding="utf-8")
    assert run("save", "Filialen", path) == (0, "Saved Filialen.\n")
    code, said = run("save", "filialen", path)
    assert (code, "--over" in said) == (1, True)
    assert run("save", "filialen", path, "--over")[0] == 0
    assert run("save", "nhs", path)[0] == 1
    assert run("save", "x", tmp_path / "none.toml")[0] == 1
    code, listed = run("list")
    assert code == 0
    assert all(name in listed for name in ("nhs", "limesurvey", "filialen", "by terminal"))
    assert run("show", "filialen") == (0, toml)
    assert run("show", path) == (0, toml)
    assert run("show", "limesurvey")[1].startswith('about = """\nLimeSurvey')
    assert run("show", "nothing")[0] == 1
    assert run("delete", "filialen")[0] == 0
    assert run("delete", "filialen")[0] == 1


def test_the_terminal_says_why_a_file_can_not_be_guessed(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    assert run("guess", tmp_path / "empty.csv")[0] == 1
    assert run("guess", tmp_path / "none.csv")[0] == 1
    code, said = run("guess", tmp_path / "none.csv", "--table", "sites")
    assert (code, "There is no table 'sites'" in said) == (1, True)


@pytest.mark.parametrize("toml", ["[[file]", TOML.replace("naam", "").replace("name", "nom")])
def test_a_saved_mapping_that_is_no_longer_right_is_a_problem_of_the_import(
    database: Engine, tmp_path: Path, toml: str
) -> None:
    saved.save(database, "sites", TOML)
    with Session(database) as session:
        row = session.get_one(SavedMapping, "sites")
        row.toml = toml
        session.add(row)
        session.commit()
    result = Result.of(
        start((write_folder(tmp_path / "in", locations=locations()),), mapping="sites").result()
    )
    (cause,) = result.problems
    assert (cause.rule, cause.file, result.stored) == ("mapping_wrong", "sites", False)
    assert cause.examples[0].message().startswith("The mapping sites is not right: ")


def test_what_is_written_can_be_saved(database: Engine) -> None:
    kept = saved.save(database, "again", write(read(TOML, "x")))
    assert kept.mapping.files == read(TOML, "x").files
