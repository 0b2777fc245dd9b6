"""The Turnover page on the demo company: what it says, and that every widget works both ways."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, Selectbox

from models import settings
from models.cells import Scope
from pages.shared import guard
from tests.pages.conftest import healthy, texts, visit

pytestmark = pytest.mark.usefixtures("demo_database")

HEADINGS = (
    *("How it developed", "Where", "How long people stay", "What it costs"),
    *("Absence", "What goes together", "Elsewhere", "What to do next"),
)


def opened(**address: str) -> AppTest:
    return healthy(visit(**address).switch_page("pages/people/turnover.py").run())


def alts(app: AppTest) -> list[str]:
    return [picture.proto.alt for picture in app.get("plotly_chart")]


def test_whoever_sees_one_site_gets_the_curves_of_the_company(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Life tables know no sites, so none by region either."""
    monkeypatch.setattr(guard, "scope", lambda: Scope(frozenset({"L04"})))
    app = opened()
    assert app.title[0].value.startswith("Turnover per year stands at")
    assert "How long people stay" in [header.value for header in app.header]


def control(app: AppTest, name: str) -> ButtonGroup:
    (found,) = (
        each
        for each in app.get("button_group")
        if isinstance(each, ButtonGroup) and name in (each.key or "")
    )
    return found


def widget(app: AppTest, name: str) -> ButtonGroup | Selectbox:
    """The widget of a choice that the page holds."""
    if name == "denominator":
        return app.selectbox(key="turnover_denominator_en")
    return control(app, f"turnover_{name}")


def test_how_much_where_how_long_what_it_costs_and_what_goes_together() -> None:
    app = opened()
    said = texts(app)
    assert app.title[0].value.startswith("Turnover per year stands at")
    assert [header.value for header in app.header] == list(HEADINGS)
    for text in (
        "divided by person-years",
        "Voluntary turnover",
        "Left within 90 days",
        "Still there after a year",
        "Cost of turnover per year",
        "at the pay of their job families",
        "of contract hours was lost to sickness",
        "what moves first need not be the cause",
    ):
        assert text in said
    assert len(alts(app)) == 12
    assert said.count('class="wv-card"') == 6
    told = [table.value for table in app.table]
    assert any("75.9%" in str(table.values.tolist()) for table in told)
    # As planted: by two and three months.
    assert "turnover per year tends to be higher when burnout risk was high; clearest" in said
    assert "clearest in the same period" not in said


@pytest.mark.parametrize(
    ("name", "value", "default", "says"),
    [
        ("denominator", "average", "person_years", "divided by average headcount"),
        ("contracts", "permanent", "all", "Permanent contracts only."),
        ("sites", "same", "all", "Like for like:"),
    ],
)
def test_a_choice_is_in_the_address_and_goes_back(
    name: str, value: str, default: str, says: str
) -> None:
    app = opened()
    before = texts(app)
    assert says not in before
    widget(app, name).set_value(value).run()
    chosen = texts(healthy(app))
    assert app.query_params[name] == value
    assert says in chosen
    widget(app, name).set_value(default).run()
    assert name not in app.query_params
    assert texts(healthy(app)) == before
    assert texts(opened(**{name: value})) == chosen


def test_pictures_that_are_chosen_change_and_go_back() -> None:
    app = opened()
    before, said = alts(app), texts(app)
    assert "log-rank test" not in said
    for group in ("desk_type", "contract_type", "region", "entry"):
        control(app, "turnover_group").set_value(group).run()
        assert alts(healthy(app)) != before
        assert "log-rank test" in texts(app)
    control(app, "turnover_group").set_value("").run()
    control(app, "turnover_beside").set_value("absence").run()
    assert alts(healthy(app)) != before
    control(app, "turnover_beside").set_value("burnout").run()
    assert alts(healthy(app)) == before
    app.selectbox(key="turnover_lag_en").set_value("burnout-absence").run()
    assert "clearest 1 period later" in texts(healthy(app))
    app.selectbox(key="turnover_lag_en").set_value("burnout-turnover").run()
    assert texts(healthy(app)) == said


def test_what_a_selection_does_not_tell_is_said() -> None:
    said = texts(opened(location="L04"))
    assert "How long people stay is told of the whole company" in said
    assert "Voluntary turnover" not in said
    said = texts(opened(region="Noord"))
    assert "Voluntary turnover" in said
    assert "How long people stay is told" not in said
    said = texts(opened(sites="same", contracts="permanent"))
    assert "The same sites can't be picked here" in said
    assert "does not tell sites apart" in said
    assert "filters on work and contract do not reach here" in said
    assert "Absence is told by region, site and desk type only" in said
    app = opened(contract_type="student", contracts="permanent")
    assert control(app, "turnover_contracts").proto.disabled
    assert "Permanent contracts only." not in texts(app)
    assert "the selection is too short for a rolling year" in texts(opened(**{"from": "2026-01"}))
    for address in ({"remote_band": "0 days"}, {"contract_type": "student", "kind": "shop"}):
        app = opened(**address)
        assert not app.header
        assert "never by both at once" in texts(app)


def test_an_address_is_checked_and_dutch_is_dutch() -> None:
    app = opened(denominator="customers", contracts="'; DROP", sites="none", lang="nl")
    assert not set(app.query_params) & {"denominator", "contracts", "sites"}
    said = texts(app)
    assert app.title[0].value.startswith("Verloop per jaar staat op")
    assert "gedeeld door persoonsjaren" in said
    assert [header.value for header in app.header][:3] == [
        "Ontwikkeling",
        "Waar",
        "Hoe lang mensen blijven",
    ]


def test_own_percentages_hold_and_go_back(demo_copy: Engine) -> None:
    app = opened()
    before = texts(app)
    assert "times 16\\.0% to 30\\.0%" in before
    app.number_input(key="leaver_low").set_value(90.0)
    app.button(key="leaver_keep").click().run()
    assert "in that order" in healthy(app).warning[0].value
    assert settings.leaver_cost(demo_copy).low == pytest.approx(0.16)
    for key, value in (("leaver_low", 20.0), ("leaver_mode", 40.0), ("leaver_high", 60.0)):
        app.number_input(key=key).set_value(value)
    app.button(key="leaver_keep").click().run()
    assert "times 20\\.0% to 60\\.0%" in texts(healthy(app))
    assert settings.leaver_cost(demo_copy).mode == pytest.approx(0.4)
    app.button(key="leaver_back").click().run()
    assert texts(healthy(app)) == before


def test_without_a_release_the_way_to_one_is_shown(database: Engine) -> None:
    assert database is not None
    assert "Nothing has been published yet" in texts(opened())
