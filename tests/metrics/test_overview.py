"""Which key figures the data allows, and what the headline says of one."""

import polars as pl
import pytest

from metrics.catalogue import CATALOGUE, from_rows
from metrics.definitions import METRICS
from metrics.headline import headline
from metrics.overview import KeyFigure, choose, leading
from metrics.results import Table
from metrics.standing_out import standing_out
from metrics.words import Amount, Moment, Sentence, Word
from tests.metrics.by_hand import cells

OWN = from_rows(
    pl.DataFrame(
        {
            "measure": ["ae_over_4_hours", "burnt_out"],
            "label_en": ["Over four hours", "Burnt out"],
            "label_nl": [None, "Opgebrand"],
            "side": ["cx", "wx"],
            "rater": ["system", "employee"],
            "unit": ["percent", "percent"],
            "better": ["lower", "lower"],
            "theme": ["service", "burnout"],
            "at_risk_from": [None, None],
        }
    )
)


def codes(*available: str) -> list[str]:
    return [figure.code for figure in choose(available, OWN)]


def test_all_the_data_there_is() -> None:
    found = choose(CATALOGUE.keys(), OWN)
    assert [figure.code for figure in found] == [
        "burnout_risk",
        "turnover.rate",
        "absence.rate",
        "enps",
        "engagement",
        "decided_in_30_days",
        "nps",
        "csat",
        "first_contact",
        "sla_met",
    ]
    assert found[0].measure is CATALOGUE["bat23"]
    assert found[1].codes == ("exits", "person_years")


@pytest.mark.parametrize(
    ("available", "measure", "label"),
    [
        (("bat12", "bat4", "ubos5"), "bat12", "Burnout risk"),
        (("ubos5", "bat4"), "ubos5", "Work-related mental exhaustion"),
    ],
)
def test_burnout_risk_takes_the_scale_that_is_there(
    available: tuple[str, ...], measure: str, label: str
) -> None:
    (found,) = choose(available)
    assert found.measure is CATALOGUE[measure]
    assert (found.label, found.metric.code) == (label, "measure.share_at_risk")


def test_a_scale_without_cut_off_gives_no_risk() -> None:
    assert codes("bat4") == []


def test_half_of_a_rates_measures_give_no_rate() -> None:
    assert codes("exits", "hours_lost", "contract_hours") == ["absence.rate"]


def test_a_company_with_nothing_but_its_own_measures() -> None:
    found = choose(OWN.keys(), OWN)
    assert [figure.code for figure in found] == ["burnt_out", "ae_over_4_hours"]
    assert (found[0].unit, found[0].low, found[0].high) == ("percent", 0, 100)
    lead = leading(found)
    assert lead is not None
    assert (lead.code, lead.label_nl) == ("burnt_out", "Opgebrand")


def test_there_is_an_end_to_key_figures() -> None:
    assert len(choose([*CATALOGUE, *OWN], OWN, most=5)) == 5
    assert choose([]) == ()
    assert leading(()) is None


def test_the_lead_is_of_worker_experience_where_there_is_any() -> None:
    assert leading(choose(["nps", "enps"])).code == "enps"  # type: ignore[union-attr]
    assert leading(choose(["nps"])).code == "nps"  # type: ignore[union-attr]


@pytest.fixture
def figure() -> KeyFigure:
    return choose(["bat12"])[0]


def level(k: int, n: int, first: str = "2024-01", last: str = "2024-12") -> Table:
    row = {"measure": "bat12", "n": n, "total": 2.0 * n, "at_risk": k}
    metric = METRICS["measure.share_at_risk"]
    return metric.compute(cells(row, first=first, last=last), CATALOGUE["bat12"])


def read(sentences: tuple[Sentence, ...]) -> list[str]:
    return [
        sentence.render(lambda text: text, lambda value, unit: f"{value:.1f} {unit}")
        for sentence in sentences
    ]


def test_a_rise(figure: KeyFigure) -> None:
    said = read(headline(figure, level(300, 1_000), level(200, 1_000, "2023-01", "2023-12")))
    assert said == [
        "Burnout risk stands at 30.0 percent (95 % interval 27.2 percent to 32.9 percent), "
        "2024-01 to 2024-12.",
        "That is 10.0 points more than a year before (95 % interval 6.2 points to 13.7 points).",
    ]


def test_a_fall_is_told_as_an_amount(figure: KeyFigure) -> None:
    said = read(headline(figure, level(200, 1_000), level(300, 1_000)))
    assert said[1] == (
        "That is 10.0 points less than a year before (95 % interval 6.2 points to 13.7 points)."
    )


def test_what_may_be_chance_is_not_called_a_change(figure: KeyFigure) -> None:
    said = read(headline(figure, level(31, 100), level(28, 100)))
    assert said[1] == "No detectable change on a year before."


def test_one_period_and_no_past(figure: KeyFigure) -> None:
    said = read(headline(figure, level(31, 100, "2024", "2024")))
    assert said[0].endswith("percent), 2024.")
    assert said[1] == "There is no comparable figure of a year before."


def test_sites_that_stand_out_are_counted(figure: KeyFigure) -> None:
    rows = [
        {"measure": "bat12", "n": 100, "total": 200.0, "at_risk": k, "location": f"{number}"}
        for number, k in enumerate((20, 20, 20, 70))
    ]
    metric = METRICS["measure.share_at_risk"]
    sites = standing_out(cells(*rows, by=["location"]), metric, CATALOGUE["bat12"])
    said = headline(figure, level(130, 400), None, sites)
    assert said[2].params == {"count": Amount(1, "count"), "all": Amount(4, "count")}
    calm = standing_out(cells(*rows[:3], by=["location"]), metric, CATALOGUE["bat12"])
    assert read(headline(figure, level(60, 300), None, calm))[2] == (
        "No site stands out as worse than the others."
    )


def test_nothing_to_show_says_nothing(figure: KeyFigure) -> None:
    nothing = figure.metric.compute(cells(measures=["bat12"]), figure.measure)
    assert headline(figure, nothing) == ()


def test_a_count_of_everybody_has_no_interval_to_tell() -> None:
    (figure,) = choose(["hours_lost", "contract_hours"])
    now = figure.metric.compute(
        cells(
            {"measure": "hours_lost", "n": 9, "total": 60.0},
            {"measure": "contract_hours", "n": 9, "total": 1_000.0},
        )
    )
    assert read(headline(figure, now, now)) == [
        "Absence stands at 6.0 percent, 2024-01 to 2024-12.",
        "Whether it changed on a year before cannot be told: there is no interval.",
    ]


def test_a_lower_bound_is_told_as_one(figure: KeyFigure) -> None:
    row = {"measure": "bat12", "n": 11, "n_known": 0, "at_risk": 9, "at_least": True}
    now = figure.metric.compute(cells(row), figure.measure)
    assert "stands at 81.8 percent or more" in read(headline(figure, now))[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "Opgebrand: <3> in jaar 2024"), ("en", "BURNT OUT: <3> in jaar 2024")],
)
def test_sentences_are_rendered_in_the_readers_words(language: str, text: str) -> None:
    words = {"Burnt out": "BURNT OUT", "{label}, {value}, {last}": "{label}: {value} in {last}"}
    sentence = Sentence(
        "{label}, {value}, {last}",
        {
            "label": Word("Burnt out", "Opgebrand"),
            "value": Amount(3, "count"),
            "last": Moment("2024"),
        },
    )
    said = sentence.render(
        words.__getitem__,
        lambda value, _unit: f"<{value}>",
        lambda period: f"jaar {period}",
        language,
    )
    assert said == text
