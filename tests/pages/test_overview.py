"""The Overview on the demo company: what it says, and that every widget works both ways."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import healthy, texts, visit

pytestmark = pytest.mark.usefixtures("demo_database")


def test_headline_figures_sites_and_steps() -> None:
    said = texts(visit())
    for text in ("Burnout risk stands at", "Turnover per year", "eNPS", "NPS", "What to do next"):
        assert text in said
    assert said.count('class="wv-card"') >= 6
    assert 'class="wv-heat"' in said
    assert "release 1" in said


def test_region_limits_and_reset_opens_again() -> None:
    app = visit()
    everything = app.title[0].value
    region = app.multiselect(key="filter_region").options[0]
    app.multiselect(key="filter_region").select(region).run()
    assert app.query_params["region"] == region
    assert healthy(app).title[0].value != everything
    app.button(key="filter_reset").click().run()
    assert "region" not in app.query_params
    assert app.multiselect(key="filter_region").value == []
    assert healthy(app).title[0].value == everything


def test_locations_are_those_of_the_region() -> None:
    app = visit()
    every = app.multiselect(key="filter_location").options
    app.multiselect(key="filter_region").set_value(
        [app.multiselect(key="filter_region").options[0]]
    )
    app.run()
    some = app.multiselect(key="filter_location").options
    assert 0 < len(some) < len(every)
    app.multiselect(key="filter_region").set_value([]).run()
    assert app.multiselect(key="filter_location").options == every


def test_a_location_outside_the_region_is_dropped() -> None:
    app = visit(location="L04")
    kept = []
    for region in app.multiselect(key="filter_region").options:
        app = visit(location="L04", region=region)
        kept.append("location" in app.query_params)
        assert kept[-1] == (app.multiselect(key="filter_location").value == ["L04"])
    assert kept.count(True) == 1


def test_window_moves_both_ways() -> None:
    app = visit()
    periods = app.selectbox(key="filter_from").options
    said = texts(app)
    app.selectbox(key="filter_to").set_value("2025-06").run()
    assert app.query_params["to"] == "2025-06"
    assert texts(healthy(app)) != said
    app.selectbox(key="filter_to").set_value("2026-06").run()
    assert "to" not in app.query_params
    assert texts(healthy(app)) == said
    assert len(periods) == 36


@pytest.mark.parametrize(
    "dim", ["kind", "desk_type", "job_family", "remote_band", "tenure_band", "contract_type"]
)
def test_each_filter_is_in_the_address_and_leaves_it(dim: str) -> None:
    app = visit()
    app.session_state["filters-more"] = True
    widget = app.run().multiselect(key=f"filter_{dim}")
    widget.set_value([widget.options[0]] if dim != "desk_type" else ["non_desk"]).run()
    assert dim in app.query_params
    healthy(app).multiselect(key=f"filter_{dim}").set_value([]).run()
    assert dim not in app.query_params
    healthy(app)


def test_a_filter_by_kind_of_work_is_answered_by_the_view_that_knows_it() -> None:
    said = texts(visit(remote_band="0 days"))
    assert "Added up from groups by kind of work, which do not tell sites apart" in said
    assert "Not known by remote work, so not shown here: Turnover per year" in said
    assert 'class="wv-heat"' not in said


def test_place_and_kind_of_work_together_say_why_there_is_nothing() -> None:
    said = texts(visit(remote_band="0 days", kind="shop"))
    assert "Known by each of site kind and remote work, but not by all at once" in said
    assert "Take one filter away to see Burnout risk, eNPS and Engagement." in said


def test_filters_on_work_are_drawn_when_they_are_opened() -> None:
    app = visit()
    keys = [widget.key for widget in app.multiselect]
    assert keys == ["filter_region", "filter_location", "filter_kind", "filter_desk_type"]
    app.session_state["filters-more"] = True
    assert len(healthy(app.run()).multiselect) == 8
    app.session_state["filters-more"] = False
    assert len(healthy(app.run()).multiselect) == 4


def test_a_filter_that_came_by_address_is_in_sight() -> None:
    app = visit(job_family="care")
    assert app.multiselect(key="filter_job_family").value == ["care"]
    # Closed, it is still in force and still said.
    app.session_state["filters-more"] = False
    assert "Job family" in [text.value for text in healthy(app.run()).sidebar.caption]
    assert app.query_params["job_family"] == "care"
    app.button(key="filter_reset").click().run()
    assert "Job family" not in [text.value for text in healthy(app).sidebar.caption]


def test_opened_filters_stay_open_when_the_last_value_is_taken_away() -> None:
    app = visit(job_family="care")
    app.multiselect(key="filter_job_family").set_value([]).run()
    assert healthy(app).multiselect(key="filter_job_family").value == []
    app.multiselect(key="filter_job_family").set_value(["care"]).run()
    assert healthy(app).query_params["job_family"] == "care"


def test_bands_stand_from_little_to_much() -> None:
    app = visit()
    app.session_state["filters-more"] = True
    tenure = app.run().multiselect(key="filter_tenure_band").options
    assert tenure == ["Under 1 year", "1-3 years", "3-10 years", "Over 10 years"]
    remote = app.multiselect(key="filter_remote_band").options
    assert remote[0] == "0 days a week"
    assert remote[-1] == "5 days a week"


def test_customer_figures_are_named_when_a_filter_does_not_know_them() -> None:
    app = visit(desk_type="non_desk")
    (line,) = (
        text.value for text in app.caption if text.value.startswith("Not known by desk type")
    )
    assert "NPS" in line
    assert "Burnout risk" not in line
    assert "Not known by" not in texts(visit())


def test_address_is_checked() -> None:
    app = visit(region="Atlantis", location=["L04", "'; DROP TABLE"], desk_type="x" * 5000)
    assert "region" not in app.query_params
    assert app.query_params["location"] == "L04"
    assert "desk_type" not in app.query_params


def test_backward_window_is_turned_around() -> None:
    app = visit(**{"from": "2026-01", "to": "2025-03"})
    assert app.query_params["from"] == "2025-03"
    assert app.query_params["to"] == "2026-01"


def test_filters_survive_another_page() -> None:
    app = visit(location="L04")
    app.switch_page("pages/about/privacy.py").run()
    healthy(app)
    app.switch_page("pages/executive/overview.py").run()
    assert app.multiselect(key="filter_location").value == ["L04"]
    assert app.query_params["location"] == "L04"


def test_figure_of_the_course_can_be_chosen() -> None:
    app = visit()
    before = app.get("plotly_chart")[0].proto.spec
    app.selectbox(key="overview_course_en").set_value("nps").run()
    assert healthy(app).get("plotly_chart")[0].proto.spec != before
    app.selectbox(key="overview_course_en").set_value("burnout_risk").run()
    assert healthy(app).get("plotly_chart")[0].proto.spec == before


def test_row_chooses_its_site() -> None:
    app = visit()
    row = next(button for button in app.button if (button.key or "").startswith("look-"))
    row.click().run()
    assert app.query_params["location"] == str(row.key).rsplit("-", 1)[1]
    assert healthy(app).multiselect(key="filter_location").value != []


def test_language_switches_and_switches_back() -> None:
    app = visit()
    app.radio(key="language_switch").set_value("nl").run()
    assert app.query_params["lang"] == "nl"
    assert "Wat nu te doen" in texts(healthy(app))
    app.radio(key="language_switch").set_value("en").run()
    assert app.query_params["lang"] == "en"
    assert "What to do next" in texts(healthy(app))


@pytest.mark.parametrize(
    ("locale", "address", "expected"),
    [
        ("nl-NL", {}, "Wat nu te doen"),
        ("nl-BE", {}, "Wat nu te doen"),
        ("de-DE", {}, "What to do next"),
        ("en-US", {"lang": "nl"}, "Wat nu te doen"),
        ("nl-NL", {"lang": "en"}, "What to do next"),
        ("nl-NL", {"lang": "xx"}, "Wat nu te doen"),
    ],
)
def test_language_of_address_then_browser(
    locale: str, address: dict[str, str], expected: str
) -> None:
    assert expected in texts(visit(locale=locale, **address))


def test_without_a_release_the_way_to_one_is_shown(database: Engine) -> None:
    app = visit()
    assert database is not None
    assert "Nothing has been published yet" in texts(app)
    assert not app.multiselect
