"""The Burnout page on the demo company: what it says, and that every widget works both ways."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import healthy, texts, visit

pytestmark = pytest.mark.usefixtures("demo_database")


def opened(**address: str) -> AppTest:
    app = visit(**address)
    return healthy(app.switch_page("pages/people/burnout.py").run())


def alts(app: AppTest) -> list[str]:
    return [picture.proto.alt for picture in app.get("plotly_chart")]


def test_how_much_where_in_which_work_and_what_goes_with_it() -> None:
    app = opened()
    said = texts(app)
    assert app.title[0].value.startswith("Burnout risk stands at")
    for heading in ("How it developed", "Where", "In which work", "What goes with it"):
        assert heading in [header.value for header in app.header]
    assert "Burnout \\(BAT\\-12\\)" in said
    assert "Reliability \\(Cronbach's alpha\\) in 2025" in said
    assert "Severe" in said
    assert "No comparison with the Netherlands" in said
    assert "It says what goes together, not what causes what." in said
    assert len(alts(app)) == 5


def test_the_planted_sites_are_found_and_few_others() -> None:
    said = texts(opened())
    assert "beyond what chance can do" in said


@pytest.mark.parametrize("dim", ["job_family", "remote_band", "region", "kind"])
def test_work_is_compared_by_choice(dim: str) -> None:
    app = opened()
    control = app.button_group(key="burnout_group_en")
    assert control.value == "desk_type"
    before = alts(app)
    control.set_value(dim).run()
    assert alts(healthy(app)) != before
    app.button_group(key="burnout_group_en").set_value("desk_type").run()
    assert alts(healthy(app)) == before


def test_the_curve_is_of_the_measure_that_is_chosen() -> None:
    app = opened()
    choice = app.selectbox(key="burnout_beside_en")
    assert choice.value == "peer_interaction"
    before = alts(app)
    choice.set_value("workload").run()
    assert alts(healthy(app)) != before


def test_a_filter_on_work_that_knows_no_sites_leaves_them_out() -> None:
    app = opened(remote_band="0 days")
    headings = [header.value for header in app.header]
    assert "Where" not in headings
    assert "In which work" in headings


def test_a_region_shows_its_sites_judged_by_the_whole_company() -> None:
    app = opened(region="Noord")
    assert "Where" in [header.value for header in app.header]
    assert len(alts(app)) == 5


def test_nothing_that_fits_says_so() -> None:
    app = opened(contract_type="agency")
    assert "Nothing in this selection" in [info.proto.title for info in app.info] or app.info
