"""The Privacy page: published facts, an example that follows its slider, a text to hand out."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from models.imports.contract import STORED, TABLES
from models.tables import Batch, ReleaseBlock
from release.blocks import Block
from release.subjects import SUBJECTS
from tests.models.releases.carrying.blocks import survey
from tests.models.releases.test_showing import stored
from tests.pages.conftest import healthy, texts, visit
from translations import works_council


def opened(**address: str) -> AppTest:
    app = visit(**address)
    return healthy(app.switch_page("pages/about/privacy.py").run())


@pytest.fixture
def published(database: Engine) -> Engine:
    """Survey responses of one month: site A with 30 people, B and C together with 7 of 5 or more.

    Another month was withdrawn, a third one waits.
    """
    with Session(database) as session:
        for block, state in (
            (survey("2024-02", {"A": 30, "B": 4, "C": 3}), "published"),
            (survey("2024-01"), "withdrawn"),
            (survey("2024-03"), "draft"),
        ):
            session.add(stored(block, state))
        session.commit()
    return database


@pytest.mark.usefixtures("demo_database")
def test_the_demo_company_shows_what_its_dimensions_can_tell() -> None:
    app = opened()
    said = texts(app)
    assert "### 11" in said
    rows = app.table[0].value
    assert rows.shape[0] == len(SUBJECTS)
    pictures = app.get("plotly_chart")
    assert len(pictures) == 2
    assert "Location 98.6%" in pictures[0].proto.alt
    assert "Location × Desk type 97.7%" in pictures[0].proto.alt
    assert "Two ways to split, side by side" in said


@pytest.mark.usefixtures("demo_database")
def test_the_audit_of_both_views_can_be_read() -> None:
    app = opened()
    survey, workforce = app.table[1].value.values.tolist()
    assert survey[:2] == ["Survey responses", "36"]
    assert int(survey[4]) >= 11
    assert workforce[5] == "180 of 180"
    assert survey[5] == "624 of 624"
    assert "Every measure is shown by kind of work in every period." in texts(app)


def test_what_is_not_shown_by_kind_of_work_is_named_with_its_reason(database: Engine) -> None:
    block = stored(survey("2024-02", {"A": 30}), "published")
    block.audit = {
        "measures": 3,
        "overlaps": 12,
        "merges": 1,
        "cells": 2,
        "left_out": 1,
        "smallest": 14,
        "without": {"enps": "alike", "bat12": "sums"},
        "errors": {"engagement": [72.0, 0.0]},
    }
    with Session(database) as session:
        session.add(block)
        session.commit()
    app = opened()
    assert app.table[1].value.values.tolist() == [
        ["Survey responses", "1", "12", "1", "14", "1 of 3"]
    ]
    assert not app.dataframe
    app.session_state["without-second-view"] = True
    rows = healthy(app.run()).dataframe[0].value.values.tolist()
    assert rows == [
        [
            "Burnout (BAT-12)",
            "February 2024",
            "adding and subtracting would tell of fewer people than the minimum",
        ],
        ["eNPS", "February 2024", "in one place all answered alike, and sums would tell what"],
    ]


@pytest.mark.usefixtures("published")
def test_what_is_published_waits_and_was_withdrawn() -> None:
    app = opened()
    said = texts(app)
    assert "**1 period** is built and waits to be published: Survey responses." in said
    assert "Withdrawn, for good: Survey responses January 2024." in said
    (row,) = app.table[0].value.values.tolist()
    assert row == ["Survey responses", "1", "2", "7", "people who answered"]


@pytest.mark.usefixtures("published")
def test_a_chosen_site_shows_the_groups_that_it_lies_in() -> None:
    app = opened()
    assert app.selectbox(key="example_site").options == ["A", "B", "C"]
    assert app.table[1].value.iloc[0].tolist()[:2] == ["30", "A"]
    app.selectbox(key="example_site").select("B").run()
    assert healthy(app).table[1].value.iloc[0].tolist()[:2] == ["7", "B and C"]
    app.selectbox(key="example_site").select("A").run()
    assert healthy(app).table[1].value.iloc[0].tolist()[:2] == ["30", "A"]


def test_a_survey_of_too_few_has_no_site_to_choose(database: Engine) -> None:
    with Session(database) as session:
        session.add(stored(survey("2024-02", {"A": 4}), "published"))
        session.commit()
    assert "Your own site" not in texts(opened())


@pytest.mark.usefixtures("database")
def test_the_example_follows_its_slider() -> None:
    app = opened()
    assert "**40 people**: the whole shop" in texts(app)
    assert "9 is fewer than 11" in texts(app)
    app.slider(key="example_desk").set_value(11).run()
    said = texts(healthy(app))
    assert "**11 people**: with a desk" in said
    assert "**29 people**: without a desk" in said
    assert "Both groups have 11 people or more" in said
    app.slider(key="example_desk").set_value(0).run()
    assert "nothing to split" in texts(healthy(app))


@pytest.mark.usefixtures("database")
def test_the_text_is_shown_in_the_language_of_choice_and_goes_along_in_both() -> None:
    app = opened()
    assert "Werkvloer: what happens to your answers" in texts(app)
    app.button_group(key="works_council_en").set_value("nl").run()
    assert "Werkvloer: wat gebeurt er met jouw antwoorden?" in texts(healthy(app))
    names = [button.proto.label for button in app.get("download_button")]
    assert names == ["Text in English", "Text in Nederlands"]


def test_the_text_has_the_minimum_of_the_installation() -> None:
    for language, least in (("en", "at least 20 people"), ("nl", "minstens 20 mensen")):
        said = works_council.text(language, 20)
        assert least in said
        assert "19" in said
        assert "{" not in said
    assert "art. 27(1)(k)" in works_council.text("en", 11)
    assert "artikel 27 lid 1 onder k" in works_council.text("nl", 11)


def test_the_text_is_in_the_documentation_as_it_is_shown() -> None:
    for path in works_council.documents():
        language = path.suffixes[0].removeprefix(".")
        assert path.read_text(encoding="utf-8") == works_council.text(language, 11)


# --- what the page claims is never stored ---------------------------------------------------------


def test_no_stored_table_names_who_sent_in_an_idea_or_who_helped() -> None:
    for name in (
        "survey_answers",
        "survey_invitations",
        "customer_feedback",
        "cases",
        "case_events",
    ):
        assert TABLES[name].no_workers, name
    assert "submitter" not in STORED["ideas"].names
    assert STORED["idea_submitters"].names == ("period", "location_id", "submitters")
    (employee,) = (
        column for column in STORED["assignments"].columns if column.name == "employee_id"
    )
    assert employee.keeping == "keyed hash"


def test_no_table_of_answers_has_room_for_free_text() -> None:
    for name in ("survey_answers", "customer_feedback", "cases", "case_events", "social_activity"):
        assert [column.name for column in STORED[name].columns if column.kind == "text"] == [], name
    assert "employee_id" not in STORED["absence"].names


def test_of_a_file_only_name_size_and_fingerprint_are_kept() -> None:
    assert not {"data", "content", "address", "ip"} & set(Batch.model_fields)
    assert {"cells_data", "values_data"} == {
        name for name, field in ReleaseBlock.model_fields.items() if field.annotation is bytes
    }
    assert set(Block.__slots__) == {"subject", "period", "cells", "values", "withheld", "report"}
