"""The Imports page: all problems, then all rows, then a release, by its buttons."""

import gc
import json
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.engine import data_dir
from models.imports.contract import STORED
from models.releases.touching import OWN
from pages.shared.subjects import SUBJECTS
from pages.steward import batches_view, freshness_view, import_form, naming, working
from tests.pages.conftest import healthy, texts, visit

pytestmark = pytest.mark.usefixtures("database")

SITES = b"location_id,name,region\nA,Alpha,North\nB,Beta,North\n"
WRONG = b"location_id,name\nA,Alpha\nA,Alfa\nB,\n"


def sheet(people: int) -> bytes:
    rows = [
        f"r{site}{number},2024-06,2024-06-10,{site},non_desk,{number % 11}"
        for site in "AB"
        for number in range(people)
    ]
    head = "response_id,wave,answered_on,location_id,desk_type,enps"
    return "\n".join([head, *rows, ""]).encode()


def opened(**files: bytes) -> AppTest:
    app = visit()
    app.switch_page("pages/steward/imports.py").run()
    for name, content in files.items():
        app.file_uploader(key="import_files").upload(f"{name}.csv", content)
    return healthy(app.run()) if files else app


def after(app: AppTest, button: str) -> AppTest:
    """The page when the job behind a button has ended."""
    app.button(key=button).click().run()
    for _attempt in range(600):
        if working._RUNNING not in app.session_state:
            break
        time.sleep(0.1)
        app.run()
    assert not app.exception
    return app


def done(app: AppTest) -> Any:
    return app.session_state[working._DONE]


def test_without_files_nothing_can_be_started() -> None:
    app = opened()
    assert app.button(key="start_check").disabled
    assert app.button(key="start_import").disabled
    assert not app.button(key="start_build").disabled


def test_every_problem_is_shown_and_nothing_is_stored() -> None:
    app = after(opened(locations=WRONG), "start_import")
    assert "2 problems were found, with 2 causes, in 1 file. Nothing was stored." in (
        app.error[0].value
    )
    assert "Nothing was imported yet." in texts(app)
    assert len(app.expander) == 2


def test_the_report_of_a_check_lasts_until_the_next() -> None:
    app = after(opened(locations=WRONG), "start_check")
    report = done(app).report.path
    assert len(list((report / "annotated").iterdir())) == 1
    app = after(app, "start_check")
    gc.collect()
    assert not report.exists()
    assert done(app).report.path.exists()


def test_a_check_stores_nothing() -> None:
    app = after(opened(locations=SITES), "start_check")
    assert "All 2 rows are good" in app.success[0].value
    assert "Nothing was imported yet." in texts(app)


def test_from_files_to_the_first_figure() -> None:
    app = after(opened(locations=SITES, survey_answers=sheet(30)), "start_import")
    assert "62 rows were stored as batch 1" in app.success[0].value
    app = after(healthy(app), "start_import")
    assert "The same content was imported before, as batch 1." in app.info[0].value

    assert "Nothing is built that waits to be published." in texts(app)
    app = after(app, "start_build")
    assert done(app).kind == "build"
    assert app.button(key="start_publish").disabled
    app.checkbox(key="publish_sure").check().run()
    assert not app.button(key="start_publish").disabled
    app.checkbox(key="publish_sure").uncheck().run()
    assert app.button(key="start_publish").disabled
    app.checkbox(key="publish_sure").check().run()
    app = after(app, "start_publish")
    assert done(app).values["release"] == 1

    app.switch_page("pages/executive/overview.py").run()
    assert "eNPS stands at" in healthy(app).title[0].value


def test_a_name_of_a_file_is_no_path(tmp_path: Any) -> None:
    app = visit()
    app.switch_page("pages/steward/imports.py").run()
    app.file_uploader(key="import_files").upload("../../locations.csv", SITES)
    app = after(app.run(), "start_check")
    assert "All 2 rows are good" in app.success[0].value
    assert not list(tmp_path.rglob("locations.csv"))


def test_a_build_says_in_words_what_it_is_at() -> None:
    assert working.stage_name("survey") == "Building groups (Survey responses)"
    assert working.stage_name("storing") == "Storing rows"
    assert set(OWN) <= set(SUBJECTS)


def test_two_files_of_one_name_are_both_read(tmp_path: Path) -> None:
    names = ["absence.csv", "../absence.csv", "teams.csv", "Absence.csv"]
    found = import_form.places(tmp_path, names)
    expected = ["absence.csv", "2/absence.csv", "teams.csv", "3/Absence.csv"]
    assert [path.relative_to(tmp_path).as_posix() for path in found] == expected


def test_a_check_says_what_an_import_would_change() -> None:
    app = after(opened(locations=SITES), "start_check")
    (table,) = app.table
    assert table.value.iloc[0].to_list() == ["Sites · `locations`", "2", "0", "0", "0"]
    app = after(app, "start_import")
    app.file_uploader(key="import_files").set_value(
        [("locations.csv", SITES.replace(b"Beta", b"Bravo"), "text/csv")]
    )
    app = after(app.run(), "start_check")
    (table,) = app.table
    assert table.value.iloc[0].to_list() == ["Sites · `locations`", "0", "1", "1", "0"]
    assert "Changed in `locations`: `name` 1." in texts(app)


def test_an_undo_says_what_it_means_and_waits_for_a_tick() -> None:
    app = after(opened(locations=SITES, survey_answers=sheet(30)), "start_import")
    (fold,) = [one for one in app.expander if one.label.startswith("Batch 1")]
    assert "undone" not in fold.label
    app.session_state["batch_1_en"] = True
    app = after(app.run(), "plan_undo_1")
    assert "Undo batch 1?" in [one.value for one in app.subheader]
    (table,) = [one.value for one in app.table if "There no longer" in one.value]
    assert table.to_dict("list") == {
        "Table": ["Sites · `locations`", "Survey answers · `survey_answers`"],
        "Rows": ["2", "60"],
        "There no longer": ["2", "60"],
    }
    assert app.button(key="start_undo").disabled
    app.checkbox(key="undo_sure").check().run()
    assert not app.button(key="start_undo").disabled
    app.checkbox(key="undo_sure").uncheck().run()
    assert app.button(key="start_undo").disabled
    app.checkbox(key="undo_sure").check().run()
    app = after(app, "start_undo")
    assert "Rows that are gone: 62." in app.success[0].value
    assert next(one.label for one in app.expander if one.label.startswith("Batch 1")).endswith(
        "undone"
    )
    assert not [one for one in app.button if one.key == "plan_undo_1"]


def test_a_plan_can_be_put_away() -> None:
    app = after(opened(locations=SITES), "start_import")
    app.session_state["batch_1_en"] = True
    app = after(app.run(), "plan_undo_1")
    app.button(key="undo_keep").click().run()
    assert not app.subheader
    assert "Nothing was imported yet." not in texts(app)


def test_an_import_takes_the_place_of_an_earlier_one() -> None:
    app = after(opened(locations=SITES), "start_import")
    app.file_uploader(key="import_files").set_value(
        [("locations.csv", SITES.split(b"B,")[0], "text/csv")]
    )
    app.run()
    app.selectbox(key="import_replace_en").select_index(1).run()
    app = after(app, "start_check")
    (table,) = app.table
    assert table.value.iloc[0].to_list() == ["Sites · `locations`", "0", "0", "1", "0", "1", "0"]
    app = after(app, "start_import")
    assert "stored as batch 2" in app.success[0].value
    assert [one.label.endswith("undone") for one in app.expander if "Batch" in one.label] == [
        False,
        True,
    ]
    # What was chosen is undone now, so it is no choice any more.
    assert app.selectbox(key="import_replace_en").value == batches_view.NONE


def test_what_is_late_is_said_at_the_top() -> None:
    rows = "".join(
        f"2020-{month:02d},{site},9,99\n" for month in (1, 2, 3) for site in "AB"[: 4 - month]
    )
    app = after(
        opened(
            locations=SITES,
            absence=f"period,location_id,hours_lost,contract_hours\n{rows}".encode(),
        ),
        "start_import",
    )
    (fold,) = [one for one in app.expander if one.label.startswith("How fresh")]
    assert fold.label == "How fresh it is: 1 table is late and 1 site is behind"
    app.session_state["freshness_en"] = True
    app.run()
    assert "behind the others, which have March 2020: Beta (last February 2020)." in texts(app)


def test_a_job_that_was_stopped_is_told_once_and_put_away() -> None:
    left = data_dir() / "jobs" / "0"
    left.parent.mkdir(parents=True, exist_ok=True)
    noted = {
        "kind": "undo",
        "about": "batch 7",
        "actor": "Jan",
        "began": "2026-11-22T10:00:00+00:00",
    }
    left.write_text(json.dumps(noted), encoding="utf-8")
    app = opened()
    assert "The undoing of batch 7 by Jan that began at" in app.warning[0].value.replace("\\", "")
    app.run()
    assert len(app.warning) == 1
    app.button(key="journal_read").click().run()
    assert not app.warning
    assert not opened().warning


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (working.Done("undo", {"refused": "undone", "undoing": None}), "was undone already"),
        (working.Done("plan", {"refused": "unknown", "undoing": None}), "no such import"),
        (working.Done("undo", error="the disk is full"), "nothing was changed"),
    ],
)
def test_an_undo_that_was_not_done_says_so(done: working.Done, said: str) -> None:
    app = opened()
    app.session_state[working._DONE] = done
    app.run()
    assert not app.exception
    assert said in "".join(element.value for kind in (app.warning, app.error) for element in kind)


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2024-01"], "January 2024"),
        (["2024-01", "2024-03"], "January 2024 and March 2024"),
        ([f"2024-{n:02d}" for n in range(1, 10)], "9 periods, January 2024 to September 2024"),
    ],
)
def test_a_few_periods_are_named_and_many_counted(periods: list[str], said: str) -> None:
    assert naming.listed_periods(periods) == said
    assert naming.spanned_periods(1, periods[0], periods[0]) == "January 2024"


def test_every_stored_table_has_a_name() -> None:
    assert all(code in naming.table_named(code) for code in STORED)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "–"),
        (1.0, "every day"),
        (7.0, "every week"),
        (30.5, "every month"),
        (91.0, "every quarter"),
        (45.0, "every 45 days"),
    ],
)
def test_a_rhythm_is_called_as_people_do(days: float | None, said: str) -> None:
    assert freshness_view._rhythm(days) == said


PUBLISHED = {
    "batch": 3,
    "tables": {"absence": {"rows": 3, "gone": 1, "older": 0, "replaced": 2}},
    "orphans": [{"table": "absence", "column": "location_id", "rows": 1}],
    "drafts": {"absence": 1},
    "severed": [["absence", "2024-01"], ["absence", "2024-02"], ["survey", "2024-01"]],
}


def test_an_undo_says_once_what_becomes_of_what_is_published() -> None:
    app = opened()
    app.session_state[working._DONE] = working.Done("plan", {"refused": None, "undoing": PUBLISHED})
    app.run()
    assert not app.exception
    (table,) = app.table
    assert list(table.value.columns) == ["Table", "Rows", "There no longer", "Replaced already"]
    (told,) = [one.value for one in app.markdown if "Published with these rows." in one.value]
    assert told.count("can't grow any more") == 1
    assert "    - Absence: January 2024 and February 2024\n    - Survey responses: January" in told
    assert "to what only this import brought: 1." in told


def test_a_difference_says_once_per_state_what_becomes_of_periods() -> None:
    difference = {
        "tables": {"absence": {
            "added": 0, "changed": 1, "unchanged": 2, "columns": {"spells": 1}, "absent": 0,
            "older": 0, "gone": 0,
        }},
        "periods": [
            ["absence", "waits", ["2024-01"]],
            ["survey", "waits", ["2024-01", "2024-02"]],
            ["absence", "new", ["2024-03"]],
        ],
        "replaces": None,
    }  # fmt: skip
    values: dict[str, Any] = {
        "stored": False, "batch": None, "already": False, "files": [], "rows": {"absence": 1},
        "problems": [], "notes": [], "difference": difference,
    }  # fmt: skip
    app = opened()
    app.session_state[working._DONE] = working.Done("check", values)
    app.run()
    assert not app.exception
    assert "1 row is good." in app.success[0].value
    (told,) = [one.value for one in app.markdown if "Changed in" in one.value]
    assert told.count("rows would change") == 1
    assert "    - Absence: January 2024\n    - Survey responses: January 2024 and Feb" in told
    assert "- Built for the first time:\n    - Absence: March 2024" in told
