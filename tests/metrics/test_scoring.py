"""Scores of answer sheets filled in by hand."""

from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE, Measure, from_rows
from metrics.scoring import of_subject, score_columns, score_responses, with_reopened

ALL = tuple(CATALOGUE.values())


def sheets(*answered: Mapping[str, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            ("2024-06", f"r{number}", item, score)
            for number, sheet in enumerate(answered)
            for item, score in sheet.items()
        ],
        schema={
            "wave": pl.String,
            "response_id": pl.String,
            "item": pl.String,
            "score": pl.Float64,
        },
        orient="row",
    )


def scored(sheet: Mapping[str, float | None]) -> dict[str, tuple[float, bool | None]]:
    rows = score_responses(sheets(sheet), ALL)
    return {
        measure: (value, risk)
        for measure, value, risk in rows.select("measure", "value", "at_risk").iter_rows()
        if measure != "responses"
    }


def bat(*scores: int) -> dict[str, float | None]:
    """A sheet with the first items of BAT answered."""
    return {f"bat{number:02d}": score for number, score in enumerate(scores, start=1)}


def test_a_whole_bat_sheet() -> None:
    # Exhaustion 8 x 4, distance 5 x 2, cognitive 5 x 3, emotional 5 x 1: 32 + 10 + 15 + 5 = 62.
    found = scored(bat(*[4] * 8, *[2] * 5, *[3] * 5, *[1] * 5))
    assert found["bat23"] == (62 / 23, True)
    # Three items of each: 3 x 4 + 3 x 2 + 3 x 3 + 3 x 1 = 30, over items as over subscales.
    assert found["bat12"] == (30 / 12, False)
    # Items 1, 9, 17 and 23: 4 + 2 + 3 + 1; no cut-off.
    assert found["bat4"] == (10 / 4, None)


def test_the_mean_is_over_items_not_over_subscales() -> None:
    # Over subscales it would be (5 + 1 + 1 + 1) / 4 = 2.
    found = scored(bat(*[5] * 8, *[1] * 15))
    assert found["bat23"][0] == pytest.approx(55 / 23)


@pytest.mark.parametrize(("total", "risk"), [(59, False), (60, True)])
def test_bat23_is_at_risk_from_2_59(total: int, *, risk: bool) -> None:
    # 59 / 23 = 2.565, 60 / 23 = 2.609.
    found = scored(bat(*[2] * (69 - total), *[3] * (total - 46)))
    assert found["bat23"] == (total / 23, risk)


@pytest.mark.parametrize(("total", "risk"), [(30, False), (31, True)])
def test_bat12_is_at_risk_from_2_54(total: int, *, risk: bool) -> None:
    # 30 / 12 = 2.5, 31 / 12 = 2.583.
    items = CATALOGUE["bat12"].items
    sheet = dict(zip(items, [2.0] * (36 - total) + [3.0] * (total - 24), strict=True))
    assert scored(sheet)["bat12"] == (total / 12, risk)
    assert "bat23" not in scored(sheet), "12 of 23 items are fewer than two thirds"


@pytest.mark.parametrize(("last", "risk"), [(4, False), (5, True)])
def test_exactly_3_20_is_no_complaint(last: int, *, risk: bool) -> None:
    found = scored({"ubos1": 3, "ubos2": 3, "ubos3": 3, "ubos4": 3, "ubos5": last})
    assert found["ubos5"] == ((12 + last) / 5, risk)


@pytest.mark.parametrize(
    ("measure", "items"),
    [("bat23", 16), ("bat12", 8), ("bat4", 3), ("ubos5", 4), ("engagement", 2)],
)
def test_two_thirds_of_the_items_are_enough(measure: str, items: int) -> None:
    every = CATALOGUE[measure].items
    enough: dict[str, float | None] = dict.fromkeys(every[:items], 2.0)
    assert measure in scored(enough)
    too_few: dict[str, float | None] = {
        item: None if number == 0 else score for number, (item, score) in enumerate(enough.items())
    }
    assert measure not in scored(too_few)


@pytest.mark.parametrize(
    ("score", "value"), [(0, -100), (6, -100), (7, 0), (8, 0), (9, 100), (10, 100)]
)
def test_enps(score: int, value: float) -> None:
    assert scored({"enps": score}) == {"enps": (value, None)}


@pytest.mark.parametrize(
    ("item", "score", "risk"),
    [
        ("autonomy", 2, True),
        ("autonomy", 3, False),
        ("workload", 3, False),
        ("workload", 4, True),
        ("emotional_dissonance", 5, True),
        ("voice", 1, True),
    ],
)
def test_single_items_are_at_risk_on_their_bad_side(item: str, score: int, *, risk: bool) -> None:
    assert scored({item: score}) == {item: (score, risk)}


def test_managers_say_yes_or_no_in_percent() -> None:
    found = scored({"barrier_skills": 1, "struggle_cx": 0})
    assert found == {"barrier_skills": (100, True), "struggle_cx": (0, False)}


def test_responses_and_waves_are_kept_apart() -> None:
    one = sheets({"autonomy": 1}, {"autonomy": 5, "unheard_of": 3})
    both = pl.concat([one, one.with_columns(wave=pl.lit("2024-07"))])
    found = score_responses(both.lazy(), ALL).sort("wave", "response_id", "measure")
    autonomy = found.filter(pl.col("measure") == "autonomy")
    assert autonomy["value"].to_list() == [1, 5, 1, 5]
    assert autonomy.columns == ["wave", "response_id", "measure", "value", "at_risk"]
    assert found.filter(pl.col("measure") == "responses")["value"].to_list() == [1, 1, 1, 1]


def test_no_answers_give_no_rows() -> None:
    found = score_responses(sheets(), ALL)
    assert found.is_empty()
    assert found.schema["value"] == pl.Float64
    assert found.schema["at_risk"] == pl.Boolean
    assert score_responses(sheets({"enps": 3}), []).is_empty()


@given(st.lists(st.integers(1, 5), min_size=23, max_size=23))
def test_a_score_stays_in_range_and_ignores_the_order_of_rows(scores: list[int]) -> None:
    frame = sheets(bat(*scores))
    found = score_responses(frame, ALL).sort("measure")
    low, high = min(scores), max(scores)
    cut = pl.col("measure").str.ends_with("_severe")
    for value in found.filter(~cut, pl.col("measure") != "responses")["value"]:
        assert low <= value <= high
    assert set(found.filter(cut)["value"]) <= {0, 100}
    shuffled = frame.sample(fraction=1, shuffle=True, seed=scores[0])
    assert score_responses(shuffled, ALL).sort("measure").equals(found)


@given(st.lists(st.integers(1, 4), min_size=23, max_size=23), st.integers(0, 22))
def test_a_worse_answer_never_lowers_a_burnout_score(scores: list[int], where: int) -> None:
    worse = [score + (number == where) for number, score in enumerate(scores)]
    before, after = scored(bat(*scores)), scored(bat(*worse))
    assert after["bat23"][0] > before["bat23"][0]
    assert all(after[code][0] >= before[code][0] for code in before)


def own(unit: str, better: str = "higher", at_risk_from: float | None = None) -> Measure:
    row = pl.DataFrame(
        {
            "measure": ["ours"],
            "label_en": ["Ours"],
            "label_nl": ["De onze"],
            "side": ["wx"],
            "rater": ["employee"],
            "unit": [unit],
            "better": [better],
            "theme": [None],
            "at_risk_from": [at_risk_from],
        },
        schema_overrides={"theme": pl.String, "at_risk_from": pl.Float64},
    )
    return from_rows(row)["ours"]


@pytest.mark.parametrize(
    ("unit", "score", "value"),
    [
        ("percent", 1, 100),
        ("percent", 0, 0),
        ("percent", 100, 100),
        ("nps", 9, 100),
        ("score", 7, 7),
    ],
)
def test_own_measures_are_scored_by_their_unit(unit: str, score: float, value: float) -> None:
    found = score_responses(sheets({"ours": score}), [own(unit)])
    assert found["value"].to_list() == [value]


def test_own_measures_have_their_own_cut_off() -> None:
    answers = sheets({"ours": 3}, {"ours": 4})
    found = score_responses(answers, [own("score", "lower", 3.5)]).sort("response_id")
    assert found["at_risk"].to_list() == [False, True]


def test_customer_feedback_by_column() -> None:
    feedback = pl.DataFrame(
        {
            "feedback_id": ["a", "b"],
            "nps": [10, None],
            "csat": [4, 3],
            "ces": [5, 4],
            "resolved": [True, None],
            "first_contact": [False, True],
            "lost_minutes": [12.5, None],
        }
    )
    found = score_columns(feedback, of_subject(ALL, "feedback"), ["feedback_id"])
    assert found.columns == ["feedback_id", "measure", "value", "at_risk"]
    values = {(key, measure): value for key, measure, value, _ in found.iter_rows()}
    assert values == {
        ("a", "nps"): 100,
        ("a", "csat"): 100,
        ("b", "csat"): 0,
        ("a", "ces"): 5,
        ("b", "ces"): 4,
        ("a", "ces_easy"): 100,
        ("b", "ces_easy"): 0,
        ("a", "resolved"): 100,
        ("a", "first_contact"): 0,
        ("b", "first_contact"): 100,
        ("a", "lost_minutes"): 12.5,
    }


def test_cases_take_their_own_satisfaction_and_whether_they_came_back() -> None:
    cases = pl.DataFrame({"case_id": ["a", "b"], "sla_met": [True, False], "csat": [5, None]})
    events = pl.DataFrame({"case_id": ["b", "b", "a"], "event": ["reopened", "closed", "closed"]})
    found = score_columns(with_reopened(cases, events), of_subject(ALL, "cases"), ["case_id"])
    values = {(key, measure): value for key, measure, value, _ in found.iter_rows()}
    assert values == {
        ("a", "sla_met"): 100,
        ("b", "sla_met"): 0,
        ("a", "case_csat"): 100,
        ("a", "reopened"): 0,
        ("b", "reopened"): 100,
    }


def test_without_any_events_nobody_knows_whether_a_case_came_back() -> None:
    cases = pl.DataFrame({"case_id": ["a"]})
    nothing = pl.DataFrame(schema={"case_id": pl.String, "event": pl.String})
    assert with_reopened(cases, nothing)["reopened"].to_list() == [None]


def test_a_table_without_known_columns_gives_no_rows() -> None:
    found = score_columns(pl.DataFrame({"key": ["a"]}), of_subject(ALL, "feedback"), ["key"])
    assert found.is_empty()
    assert found.columns == ["key", "measure", "value", "at_risk"]
