"""The contract itself, its document and its templates."""

import zipfile
from pathlib import Path

import polars as pl
import pytest

from models.imports import templates
from models.imports.contract import STORED, STORED_TYPES, TABLES
from models.imports.documentation import contract_markdown
from models.imports.rulebook import RULES
from models.imports.service import check

ROOT = Path(__file__).parents[3]


def test_the_tables_are_those_of_the_design_in_its_order() -> None:
    assert list(TABLES) == [
        "locations", "teams", "assignments", "absence", "survey_answers", "survey_invitations",
        "ideas", "idea_events", "customer_feedback", "cases", "case_events", "social_activity",
        "tool_use", "key_results", "rollouts", "financials", "group_measurements", "measures",
    ]  # fmt: skip


@pytest.mark.parametrize("table", STORED.values(), ids=lambda table: table.name)
def test_keys_and_rules_name_columns_that_exist(table) -> None:
    named = {*table.key, *table.grain_by, *(name for pair in table.not_before for name in pair)}
    kept = {column.name for column in TABLES.get(table.name, table).columns}
    assert named <= kept
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.stored_type == STORED_TYPES[column.kind]
        assert (column.kind == "option") == bool(column.options)
        assert column.about
        assert column.example or not column.required
        if column.refers:
            assert column.name in STORED[column.refers].names


def test_the_store_never_holds_who_sent_in_an_idea() -> None:
    assert "submitter" in TABLES["ideas"].names
    assert "submitter" not in STORED["ideas"].names
    assert STORED["idea_submitters"].schema() == {
        "period": pl.String(), "location_id": pl.String(), "submitters": pl.Int64(),
    }  # fmt: skip


def test_templates_are_a_valid_import(tmp_path: Path) -> None:
    written = templates.write(tmp_path / "new")
    assert [path.stem for path in written] == [*TABLES, "README"]
    report = check((tmp_path / "new",))
    assert report.problems == ()
    assert report.rows == dict.fromkeys(TABLES, 1)
    with pytest.raises(FileExistsError, match=r"locations\.csv"):
        templates.write(tmp_path / "new")


def test_a_workbook_to_fill_in_is_a_valid_import(tmp_path: Path) -> None:
    path, readme = templates.write_workbook(tmp_path / "new")
    report = check((tmp_path / "new",))
    assert report.problems == ()
    assert report.rows == dict.fromkeys(TABLES, 1)
    with pytest.raises(FileExistsError, match=path.name):
        templates.write_workbook(tmp_path / "new")
    for table in TABLES:
        assert f"| {table} |" in readme.read_text(encoding="utf-8")


def test_a_workbook_explains_its_headings_and_offers_its_words(tmp_path: Path) -> None:
    path, _ = templates.write_workbook(tmp_path)
    with zipfile.ZipFile(path) as book:
        # A sheet has the number of its table in the contract's order.
        number = [*TABLES].index("assignments") + 1
        sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
        comments = book.read(f"xl/comments{number}.xml").decode()
    assert '"desk,non_desk,hybrid"' in sheet
    assert '"permanent,temporary,on_call,agency,student"' in sheet
    columns = TABLES["assignments"].columns
    assert comments.count("must be filled in every row") == sum(c.required for c in columns)
    assert comments.count("may be left empty") == sum(not c.required for c in columns)
    assert "becomes a keyed hash on the way in" in comments


def test_the_document_is_up_to_date() -> None:
    text = (ROOT / "docs" / "data-contract.md").read_text(encoding="utf-8")
    assert text == contract_markdown(), "run: python -m models.imports.documentation"


def test_every_rule_names_only_fields_that_are_given() -> None:
    known = dict.fromkeys(
        ("file", "row", "column", "value", "allowed", "table", "reason", "limit", "mapping",
         "found", "expected", "low", "high", "target", "earlier", "earlier_value", "item",
         "other", "other_row", "whole", "whole_value", "fte", "most", "of", "first", "stage",
         "closed_on", "opened_on", "day", "stored", "brought"), "x"
    )  # fmt: skip
    for rule in RULES.values():
        assert rule.message.format(**known)
        assert rule.remedy.format(**known)
