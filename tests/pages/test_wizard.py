"""The mapping wizard: every widget changes what would be stored, and back."""

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from models.imports.contract import TABLES
from models.imports.mapping import saved
from models.imports.mapping.language import ColumnMap
from pages.steward import mapping_choice, mapping_names, mapping_state
from pages.steward.mapping_state import Work
from tests.pages.conftest import healthy, texts, visit
from tests.pages.test_imports import after

pytestmark = pytest.mark.usefixtures("database")

STAFF = """Pers.nr.;Volledige naam;In dienst per;Filiaal;Plek;Soort contract;Parttime %;Waarom weg
1001;Jan Voorbeeld;01-03-2019;AMS;Winkel;Vast;80;
1002;Piet Voorbeeld;15-04-2020;UTR;Winkel;Tijdelijk;100;Eigen verzoek
1003;Marie Voorbeeld;01-09-2021;AMS;Kantoor;Nul-uren-ding;50;
"""
TICKETS = """Ticket,Created at,Group,Assignee,Channel,In SLA
1,03-06-2024 09:05,Systems,Agent 4,Phone,Yes
2,23-06-2024 09:05,Systems,Agent 5,E-mail,No
"""
EXPORTS = Path(__file__).parents[1] / "models" / "imports" / "exports"


def dropped(content: str | bytes = STAFF, name: str = "Personeel juni.csv") -> AppTest:
    app = visit()
    app.switch_page("pages/steward/imports.py").run()
    raw = content.encode() if isinstance(content, str) else content
    app.file_uploader(key="import_files").upload(name, raw)
    return drawn(app.run())


def drawn(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def work(app: AppTest) -> Work:
    found: Work = app.session_state[mapping_state._WORK]
    return found


def columns(app: AppTest) -> dict[str, ColumnMap]:
    now = work(app)
    return {column.name: column for column in now.mapping.files[0].tables[now.at].columns}


def stored(app: AppTest, table: str = "assignments") -> list[dict[str, Any]]:
    return work(app).preview().tables[table].to_dicts()


def choose(app: AppTest, place: int, name: str) -> AppTest:
    return drawn(app.selectbox(key=f"mapping_column_{place}").set_value(name).run())


def test_a_file_of_any_name_opens_the_wizard_with_a_guess() -> None:
    app = dropped()
    assert app.session_state[mapping_choice._CHOSEN] == mapping_choice.NEW
    assert work(app).guess.table == "assignments"
    assert app.selectbox(key="mapping_table").value == "assignments"
    assert [app.selectbox(key=f"mapping_column_{n}").value for n in range(7)] == [
        "employee_id",
        "",
        "start_on",
        "location_id",
        "desk_type",
        "contract_type",
        "fte",
    ]
    assert not app.button(key="start_check").disabled


def test_people_are_not_shown_again() -> None:
    app = dropped()
    everything = texts(app) + str([frame.value.to_dict() for frame in app.dataframe])
    assert "1001" not in everything
    assert "Voorbeeld" not in everything
    assert "becomes a code" in everything
    assert "Becomes a keyed code; the number itself is never stored." in texts(app)


def test_a_column_is_corrected_and_left_out_again() -> None:
    app = choose(dropped(), 7, "end_reason")
    assert columns(app)["end_reason"].values == {"Eigen verzoek": "voluntary"}
    assert [row["end_reason"] for row in stored(app)] == [None, "voluntary", None]
    app = choose(app, 7, "")
    assert "end_reason" not in columns(app)


def test_a_column_that_is_given_away_leaves_its_heading() -> None:
    app = choose(dropped(), 7, "desk_type")
    assert columns(app)["desk_type"].source == "Waarom weg"
    assert app.selectbox(key="mapping_column_4").value == ""


def test_what_every_row_needs_is_asked_for_and_a_value_for_all_helps() -> None:
    app = choose(dropped(), 4, "")
    assert app.warning[0].value.startswith("Every row needs these too.")
    assert app.button(key="start_check").disabled
    assert app.button(key="mapping_save").disabled
    app = drawn(app.selectbox(key="mapping_value_desk_type").set_value("hybrid").run())
    assert not app.warning
    assert [row["desk_type"] for row in stored(app)] == ["hybrid"] * 3
    assert not app.button(key="start_check").disabled
    app = drawn(app.selectbox(key="mapping_value_desk_type").set_value("").run())
    assert "desk_type" not in columns(app)


def test_another_column_gets_one_value_and_loses_it() -> None:
    app = drawn(dropped().selectbox(key="mapping_add").set_value("annual_cost").run())
    app = drawn(app.text_input(key="mapping_value_annual_cost").set_value("30000").run())
    assert [row["annual_cost"] for row in stored(app)] == [30_000.0] * 3
    app = drawn(app.text_input(key="mapping_value_annual_cost").set_value("").run())
    assert "annual_cost" not in columns(app)


def test_a_word_that_is_not_clear_is_explained_and_taken_back() -> None:
    app = dropped()
    key = "mapping_word_5_Nul-uren-ding"
    assert app.selectbox(key=key).value == ""
    assert "Nul" in app.error[0].value
    app = drawn(app.selectbox(key=key).set_value("on_call").run())
    assert [row["contract_type"] for row in stored(app)] == ["permanent", "temporary", "on_call"]
    assert not app.error
    app = drawn(app.selectbox(key=key).set_value("").run())
    assert "Nul-uren-ding" not in columns(app)["contract_type"].values


def test_dates_percentages_and_their_opposites() -> None:
    app = dropped()
    assert stored(app)[1]["fte"] == 1.0
    app = drawn(app.checkbox(key="mapping_percent_6").uncheck().run())
    assert app.error
    app = drawn(app.checkbox(key="mapping_percent_6").check().run())
    assert stored(app)[0]["fte"] == 0.8
    app = drawn(app.selectbox(key="mapping_dates_2").set_value("%m/%d/%Y").run())
    assert columns(app)["start_on"].dates == ("%m/%d/%Y",)
    app = drawn(app.selectbox(key="mapping_dates_2").set_value("%d-%m-%Y").run())
    assert str(stored(app)[1]["start_on"]) == "2020-04-15"


def test_a_period_is_taken_from_a_date() -> None:
    content = "Datum,Filiaal,Ziekteuren,Contracturen\n03-06-2024,A,3,100\n30-06-2024,B,4,100\n"
    app = dropped(content, "verzuim.csv")
    assert [row["period"] for row in stored(app, "absence")] == ["2024-06", "2024-06"]
    app = drawn(app.selectbox(key="mapping_span_0").set_value("quarter").run())
    assert stored(app, "absence")[0]["period"] == "2024-Q2"
    app = drawn(app.selectbox(key="mapping_span_0").set_value("").run())
    assert columns(app)["period"].period is None


def test_another_table_and_back_to_the_guess() -> None:
    app = drawn(dropped().selectbox(key="mapping_table").set_value("locations").run())
    assert work(app).mapping.files[0].tables[work(app).at].table == "locations"
    app = drawn(app.button(key="mapping_reset").click().run())
    assert app.selectbox(key="mapping_table").value == "assignments"
    app = choose(app, 7, "end_reason")
    assert work(app).changed
    app = drawn(app.button(key="mapping_reset").click().run())
    assert not work(app).changed


def test_sites_come_along_or_not() -> None:
    app = dropped()
    assert [row["location_id"] for row in stored(app, "locations")] == ["AMS", "UTR"]
    app = drawn(app.checkbox(key="mapping_places").uncheck().run())
    assert list(work(app).preview().tables) == ["assignments"]
    app = drawn(app.checkbox(key="mapping_places").check().run())
    assert "locations" in work(app).preview().tables


def test_missing_markers_comma_and_names_of_files() -> None:
    app = dropped(STAFF.replace(";", ","))
    app = drawn(app.multiselect(key="mapping_missing").set_value(["Winkel"]).run())
    assert [row["desk_type"] for row in stored(app)] == [None, None, "desk"]
    app = drawn(app.multiselect(key="mapping_missing").set_value([]).run())
    assert work(app).mapping.files[0].missing == ()
    app = drawn(app.checkbox(key="mapping_comma").check().run())
    assert work(app).mapping.files[0].decimal_comma
    app = drawn(app.checkbox(key="mapping_comma").uncheck().run())
    assert not work(app).mapping.files[0].decimal_comma
    app = drawn(app.text_input(key="mapping_match").set_value("hr*, staff*").run())
    assert work(app).mapping.files[0].match == ("hr*", "staff*")


def test_a_column_that_names_a_worker_can_not_be_chosen() -> None:
    app = dropped(TICKETS, "export.csv")
    assert work(app).guess.table == "cases"
    assert "mapping_column_3" not in [box.key for box in app.selectbox]
    assert "Left out: it names a person, and this table may not hold that." in texts(app)
    assert "Agent 4" not in texts(app)


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Uitleg").write_row(0, 0, ["Dit", "is", "uitleg"])
        book.worksheets()[0].write_row(1, 0, ["a", "b", "c"])
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Filiaal", "Naam"])
        page.write_row(1, 0, ["(code)", "(zoals op de gevel)"])
        page.write_row(2, 0, ["A", "Alpha"])
    return made.getvalue()


def test_a_sheet_and_its_headings_are_chosen() -> None:
    app = dropped(workbook(), "boek.xlsx")
    app = drawn(app.selectbox(key="mapping_sheet").set_value("Data").run())
    assert work(app).sample.headings == ("Filiaal", "Naam")
    app = drawn(app.number_input(key="mapping_header_rows").set_value(2).run())
    assert work(app).sample.cells["Filiaal"].to_list() == ["A"]
    file = work(app).mapping.files[0]
    assert (file.sheet, file.header_rows) == ("Data", 2)
    app = drawn(app.number_input(key="mapping_header_row").set_value(9).run())
    assert "boek" in app.error[0].value
    app = drawn(app.number_input(key="mapping_header_rows").set_value(1).run())
    app = drawn(app.number_input(key="mapping_header_row").set_value(2).run())
    assert work(app).sample.headings == ("(code)", "(zoals op de gevel)")


def test_saved_by_name_and_used_for_the_next_file(database: Engine) -> None:
    app = choose(dropped(), 7, "end_reason")
    app = drawn(app.selectbox(key="mapping_word_5_Nul-uren-ding").set_value("on_call").run())
    app = drawn(app.text_input(key="mapping_name").set_value("Ons personeel").run())
    app = drawn(app.button(key="mapping_save").click().run())
    assert app.session_state[mapping_choice._CHOSEN] == "saved:Ons personeel"
    assert "Ons personeel is saved and chosen." in app.success[0].value
    kept = saved.find(database, "Ons personeel")
    assert kept is not None
    assert kept.mapping.files == work(app).mapping.files
    app = after(app, "start_import")
    assert "5 rows were stored as batch 1" in app.success[0].value

    following = STAFF.replace("1003;Marie", "1004;Els").replace("01-09-2021", "01-10-2021")
    again = dropped(following, "Personeel juli.csv")
    assert again.session_state[mapping_choice._CHOSEN] == "saved:Ons personeel"
    again = after(again, "start_check")
    assert "All 5 rows are good" in again.success[0].value


def test_a_name_that_is_taken_or_not_right(database: Engine) -> None:
    app = dropped()
    saved.save(database, "Anders", work(app).toml)
    app = drawn(app.text_input(key="mapping_name").set_value("anders").run())
    app = drawn(app.button(key="mapping_save").click().run())
    assert "There is a mapping 'Anders' already." in texts(app)
    app = drawn(app.button(key="mapping_over").click().run())
    assert app.session_state[mapping_choice._CHOSEN] == "saved:anders"
    for wrong, said in (("nhs", "comes with Werkvloer"), ("a/b", "can't be a name")):
        app = dropped(name="iets.csv")
        app = drawn(app.text_input(key="mapping_name").set_value(wrong).run())
        app = drawn(app.button(key="mapping_save").click().run())
        assert said in texts(app).replace("\\", "")


def test_a_saved_mapping_is_changed_renamed_and_deleted(database: Engine) -> None:
    app = dropped()
    saved.save(database, "Ons", work(app).toml)
    app = dropped()
    assert app.session_state[mapping_choice._CHOSEN] == "saved:Ons"
    app = drawn(app.button(key="mapping_change").click().run())
    assert work(app).name == "Ons"
    app = choose(app, 7, "end_reason")
    app = drawn(app.button(key="mapping_save").click().run())
    kept = saved.find(database, "Ons")
    assert kept is not None
    assert "end_reason" in kept.toml
    app = drawn(app.text_input(key="mapping_new_name").set_value("pep").run())
    app = drawn(app.button(key="mapping_rename").click().run())
    assert "comes with Werkvloer" in texts(app)
    app = drawn(app.text_input(key="mapping_new_name").set_value("Van ons").run())
    app = drawn(app.button(key="mapping_rename").click().run())
    assert app.session_state[mapping_choice._CHOSEN] == "saved:Van ons"
    drawn(app.button(key="mapping_delete").click().run())
    assert saved.listed(database) == []


def test_what_was_not_saved_survives_another_page() -> None:
    app = choose(dropped(), 7, "end_reason")
    app.switch_page("pages/about/methods.py").run()
    app.switch_page("pages/steward/imports.py").run()
    assert "end_reason" in columns(drawn(app))
    assert "Nothing is lost." in app.info[0].value


def test_a_check_by_a_mapping_that_is_not_saved() -> None:
    app = dropped()
    app = drawn(app.selectbox(key="mapping_word_5_Nul-uren-ding").set_value("on_call").run())
    app = after(app, "start_check")
    assert "All 5 rows are good" in app.success[-1].value
    assert app.session_state[mapping_choice._CHOSEN] == mapping_choice.NEW


@pytest.mark.parametrize(
    ("file", "mapping"),
    [
        ("medewerkers 2024-06.csv", "bundled:hr-employees"),
        ("qualtrics_wave.csv", "bundled:qualtrics"),
        ("results-survey482113.csv", "bundled:limesurvey"),
        ("tickets_june.csv", "bundled:helpdesk"),
    ],
)
def test_known_exports_choose_their_mapping_which_can_be_changed(file: str, mapping: str) -> None:
    app = healthy(dropped((EXPORTS / file).read_bytes(), file))
    assert app.session_state[mapping_choice._CHOSEN] == mapping
    app = drawn(app.button(key="mapping_change").click().run())
    assert not app.error
    assert work(app).mapping == mapping_choice.mapping_of(mapping)


def test_a_wide_file_folds_away_what_is_left_out() -> None:
    names = [f"Vraag {n}" for n in range(40)]
    row = ",".join("x" * len(names))
    app = dropped(f"Ticket,Created at,Group,{','.join(names)}\n1,2024-06-03,S,{row}\n", "x.csv")
    shown = [box.key for box in app.selectbox if str(box.key).startswith("mapping_column_")]
    assert 3 <= len(shown) < 10
    assert "Columns that are left out: 4" in str([folded.label for folded in app.expander])


def test_a_file_that_can_not_be_read_says_why() -> None:
    app = dropped(b"\x00\x01\x02", "kapot.xlsx")
    assert "mapping_table" not in [box.key for box in app.selectbox]
    (said,) = app.error
    assert "kapot.xlsx can't be read: " in said.value.replace("\\", "")
    assert "Open it in the program it came from and save it again" in said.value


def test_every_column_and_table_has_a_name_for_people() -> None:
    columns = {column.name for table in TABLES.values() for column in table.columns}
    assert columns <= set(mapping_names.COLUMN_NAMES)
    assert set(mapping_names.TABLE_NAMES) == set(TABLES)


def test_the_preview_holds_no_more_than_its_rows() -> None:
    rows = "".join(f"{n};Jan;01-03-2019;AMS;Winkel;Vast;80;\n" for n in range(5_000))
    app = dropped(STAFF.splitlines()[0] + "\n" + rows)
    assert work(app).sample.cells.height == 1_000
    assert isinstance(work(app).preview().tables["assignments"], pl.DataFrame)
    assert work(app).preview().tables["assignments"].height == 20
