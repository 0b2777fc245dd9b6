"""The Interaction page on the demo company: what it says, and that every widget works both ways."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from models import settings
from tests.pages.conftest import healthy, texts, visit

PAGE = "pages/people/interaction.py"


def opened(**address: str) -> AppTest:
    app = visit(**address)
    return healthy(app.switch_page(PAGE).run())


def alts(app: AppTest) -> list[str]:
    return [picture.proto.alt for picture in app.get("plotly_chart")]


def headings(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def control(app: AppTest, key: str) -> Any:
    return next(each for each in app.get("button_group") if key in str(each.key))


@pytest.mark.usefixtures("demo_database")
def test_who_is_reached_where_nobody_is_and_what_goes_with_it() -> None:
    app = opened()
    said = texts(app)
    assert app.title[0].value.startswith("Reach of the staff network stands at")
    assert headings(app) == [
        "How it developed",
        "After a roll-out",
        "Where",
        "In which work",
        "How much contact is enough",
        "Acting friendly and customers",
        "What to do next",
    ]
    assert len(alts(app)) == 7
    assert "people have clearly less contact than elsewhere" in said
    assert "stands apart with little contact, beyond what chance can do" in said
    assert said.count("wv-card") >= 5
    assert "Manager replies per 100 posts" in said


@pytest.mark.usefixtures("demo_database")
def test_the_planted_curve_is_found_and_what_is_not_sure_is_not_claimed() -> None:
    """Contact helps up to about 3.75. Acting friendly and customers: too few sites to be sure."""
    app = opened()
    said = texts(app)
    assert "**The curve turns at about 3.7" in said
    assert "Up to about 3.8 more of it goes with less burnout" in said.replace("\\", "")
    told = [each.value for each in app.markdown if "Correlation among groups" in each.value]
    assert len(told) == 3
    for sentence in told:
        low, high = re.findall(r"[−+]\d\.\d\d", sentence)[1:3]
        assert ("whether the two rise and fall together is not clear" in sentence) == (
            (low[0], high[0]) == ("−", "+")
        )


@pytest.mark.usefixtures("demo_database")
def test_the_course_is_of_the_figure_that_is_chosen() -> None:
    app = opened()
    choice = app.selectbox(key="interaction_course_en")
    assert choice.value == "interaction.reach"
    before = alts(app)
    choice.set_value("interaction.reciprocity").run()
    assert alts(healthy(app))[0].startswith("Replies per post over time")
    choice.set_value("interaction.reach").run()
    assert alts(healthy(app)) == before


@pytest.mark.usefixtures("demo_database")
def test_the_roll_out_with_most_sites_comes_first_and_others_can_be_chosen() -> None:
    app = opened()
    choice = app.selectbox(key="interaction_rollout_en")
    assert choice.value == "floor-app"
    assert "Floor-app (Platform), 14 sites" in texts(app).replace("\\", "")
    before = alts(app)
    choice.set_value("hospitality-campaign").run()
    assert alts(healthy(app)) != before
    choice.set_value("fixed-office-day").run()
    assert "At fewer than 3 sites of this selection it started" in texts(healthy(app))


@pytest.mark.usefixtures("demo_database")
@pytest.mark.parametrize("key", ["interaction_sites", "interaction_work", "interaction_curve"])
def test_contact_is_with_colleagues_or_with_managers(key: str) -> None:
    app = opened()
    before = alts(app)
    control(app, key).set_value("manager_interaction").run()
    assert alts(healthy(app)) != before
    control(app, key).set_value("peer_interaction").run()
    assert alts(healthy(app)) == before


@pytest.mark.usefixtures("demo_database")
def test_a_region_shows_its_own_sites_judged_by_the_whole_company() -> None:
    app = opened(region="Noordwest")
    ranked = next(alt for alt in alts(app) if alt.startswith("Contact with colleagues of"))
    assert "Duinvaart Haarlem" in ranked
    assert len(app.get("plotly_chart")) >= 6


@pytest.mark.usefixtures("demo_database")
def test_a_filter_on_work_leaves_the_staff_network_out_and_says_so() -> None:
    app = opened(desk_type="non_desk")
    said = texts(app)
    assert app.title[0].value.startswith("Contact with colleagues stands at")
    assert "Not told by what is filtered: Reach of the staff network" in said
    assert "Where" in headings(app)


@pytest.mark.usefixtures("demo_database")
def test_work_that_knows_no_sites_leaves_them_out() -> None:
    app = opened(remote_band="0 days")
    assert "Where" not in headings(app)
    assert "In which work" in headings(app)


@pytest.mark.usefixtures("demo_database")
def test_nothing_that_fits_says_so() -> None:
    app = opened(contract_type="agency")
    assert "Nothing in this selection" in [info.proto.title for info in app.info]


@pytest.mark.usefixtures("database")
def test_an_empty_database_says_what_to_do() -> None:
    app = opened()
    assert app.title[0].value == "Interaction"
    assert "Nothing has been published yet" in texts(app)


def test_a_target_stands_on_its_card(demo_copy: Engine) -> None:
    settings.set_target(demo_copy, "interaction.reach", 60.0)
    assert "target 60.0%" in texts(opened())


@pytest.mark.usefixtures("demo_database")
def test_it_speaks_dutch() -> None:
    app = opened(lang="nl")
    assert app.title[0].value.startswith("Bereik van het personeelsnetwerk staat op")
    for heading in (
        "Na een invoering",
        "Hoeveel contact is genoeg",
        "Vriendelijk doen en de klant",
    ):
        assert heading in headings(app)
    assert "valt op door weinig contact" in texts(app)
