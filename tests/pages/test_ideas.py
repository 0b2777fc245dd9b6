"""The Ideas page on the demo company: what it says, and that every widget works both ways."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from models.cells import load
from tests.pages.conftest import healthy, texts, visit

pytestmark = pytest.mark.usefixtures("demo_database")

HEADINGS = [
    "What became of them",
    "How long they wait",
    "Where",
    "What they are about",
    "What is still open",
    "What to do next",
]


def opened(locale: str = "en-GB", **address: str | list[str]) -> AppTest:
    app = visit(locale=locale, **address)
    return healthy(app.switch_page("pages/people/ideas.py").run())


def alts(app: AppTest) -> list[str]:
    return [picture.proto.alt for picture in app.get("plotly_chart")]


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    control = next(each for each in app.get("button_group") if key in str(each.key))
    return healthy(control.set_value(value).run())  # type: ignore[union-attr]


def test_what_became_of_them_how_long_where_what_about_and_what_is_open() -> None:
    app = opened()
    said = texts(app)
    assert [header.value for header in app.header] == HEADINGS
    assert len(alts(app)) == 6
    assert "Tested on the past" in said
    assert "who did is dropped when a file comes in" in said
    oldest = next(table.value for table in app.table if "Idea" in table.value)
    assert list(oldest.columns) == ["Idea", "Site", "Sent in", "Months", "Stage"]
    assert oldest["Months"].is_monotonic_decreasing


def test_the_planted_truths_are_told_and_no_other() -> None:
    """Ideas from the floor wait longer, and are accepted as often."""
    app = opened()
    assert app.title[0].value.startswith("Half of the ideas from the floor are decided within")
    said = texts(app)
    assert "No: ideas from the floor wait longer" in said
    assert "There is no clear difference in how often they are accepted" in said
    assert "Verdict" in [column for table in app.table for column in table.value.columns]
    verdicts = next(table.value["Verdict"] for table in app.table if "Verdict" in table.value)
    assert set(verdicts) == {"no clear change"}


def test_the_funnel_has_two_readings() -> None:
    app = opened()
    before = alts(app)
    assert any("Where they are now" in alt for alt in before)
    app = chosen(app, "ideas_reading", "happened")
    assert any("What happened with ideas" in alt for alt in alts(app))
    assert not any("Where they are now" in alt for alt in alts(app))
    assert "ideas waited for a decision" in texts(app)
    assert alts(chosen(app, "ideas_reading", "sent")) == before


def test_waits_are_compared_by_choice() -> None:
    app = opened()
    before = alts(app)
    seen = [before]
    for group in ("desk_type", "theme", "customer_related", "region", "kind"):
        app = chosen(app, "ideas_wait", group)
        assert alts(app) not in seen
        seen.append(alts(app))
    assert alts(chosen(app, "ideas_wait", "")) == before


def test_sites_are_shown_by_choice() -> None:
    app = opened()
    before = alts(app)
    app = chosen(app, "ideas_site", "in_time")
    assert any(alt.startswith("Decided within 30 days of") for alt in alts(app))
    assert alts(chosen(app, "ideas_site", "per_100")) == before


def test_a_region_shows_its_ideas_in_months_and_its_sites() -> None:
    app = opened(region="Noord")
    said = texts(app)
    assert app.title[0].value == "Half of the ideas are decided within 3 months"
    assert "of this selection no more is told" in said
    assert "Of the whole company: by desk type" in said
    assert not app.dataframe
    app.session_state["ideas-all-sites"] = True
    sites = healthy(app.run()).dataframe[0].value["Site"]
    assert 0 < len(sites) < 10


def test_filters_that_ideas_do_not_know_are_said_and_change_nothing() -> None:
    app = opened(desk_type="desk", job_family="service_agent")
    said = [info.value for info in app.info]
    assert any("does not follow the filters on desk type and job family" in text for text in said)
    assert alts(app) == alts(opened())


def test_a_month_alone_has_figures_and_no_flow() -> None:
    app = opened(**{"from": "2026-06", "to": "2026-06"})
    assert not any(alt.startswith("Cumulative flow") for alt in alts(app))
    assert "wait for a decision now" in texts(app)


def test_the_commands_give_the_numbers_of_the_page() -> None:
    app = opened(region="Noord")
    app.session_state["how-computed"] = True
    healthy(app.run())
    code = [block.value for block in app.code]
    assert code == [
        "python manage.py metric ideas.median_to_decision --where region=Noord "
        "--from 2025-07 --to 2026-06"
    ]


def test_the_page_speaks_dutch() -> None:
    app = opened(locale="nl-NL")
    assert "krijgt de helft binnen" in app.title[0].value
    assert "Wat ervan is geworden" in [header.value for header in app.header]


def test_nothing_is_released(database: Engine) -> None:
    assert load(database).number == 0
    app = opened()
    assert app.title[0].value == "Ideas"
    assert "Nothing has been published yet" in texts(app)
