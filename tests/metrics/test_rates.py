"""Turnover, absence, ideas and response, on cells small enough to check on paper."""

from collections.abc import Mapping, Sequence

import pytest

from metrics.definitions import METRICS
from metrics.results import Cells, Table
from tests.metrics.by_hand import cells

TURNOVER = METRICS["turnover.rate"]
ABSENCE = METRICS["absence.rate"]
IDEAS = METRICS["ideas.throughput"]
RESPONSE = METRICS["response.rate"]


def totals(
    values: Mapping[str, float | None], n: int = 100, **more: object
) -> list[dict[str, object]]:
    return [{"measure": code, "n": n, "total": total, **more} for code, total in values.items()]


def one(found: Table) -> tuple[float, float | None, float | None, int]:
    level = found.estimate()
    assert level is not None
    return level.value, level.low, level.high, level.n


def test_turnover_is_leavers_per_person_year() -> None:
    # 5 leavers in 12 months among 20 people: 5 / 20 = 25 %, limits 1.623 and 11.668 over 20.
    rows = totals({"exits": 5, "person_years": 20}, n=240, periods=12)
    assert one(TURNOVER.compute(cells(*rows))) == pytest.approx((25, 8.117, 58.342, 20), abs=1e-3)


def test_a_month_is_told_per_year() -> None:
    rows = totals({"exits": 1, "person_years": 100 / 12}, n=100)
    assert one(TURNOVER.compute(cells(*rows)))[0] == pytest.approx(12)


def test_no_leavers_is_a_zero_with_an_upper_end() -> None:
    rows = totals({"exits": 0, "person_years": 10}, n=120, periods=12)
    assert one(TURNOVER.compute(cells(*rows))) == pytest.approx((0, 0, 36.889, 10), abs=1e-3)


@pytest.mark.parametrize(
    "values",
    [
        {"exits": 3},
        {"person_years": 3},
        {"exits": 3, "person_years": 0},
        {"exits": None, "person_years": 3},
    ],
)
def test_half_a_rate_is_no_rate(values: Mapping[str, float | None]) -> None:
    found = TURNOVER.compute(cells(*totals(values)))
    assert found.rows.is_empty()
    assert found.withheld


def test_a_group_with_no_people_does_not_touch_the_others() -> None:
    rows = [
        *totals({"exits": 5, "person_years": 20}, location="a"),
        *totals({"exits": 5}, location="b"),
        *totals({"exits": 1, "person_years": 20}, location="c", coverage=0.85),
    ]
    found = TURNOVER.compute(cells(*rows, by=["location"]))
    assert found.rows.select("location", "value", "coverage").rows() == [
        ("a", 25, 1.0),
        ("c", 5, 0.85),
    ]
    assert found.withheld


def test_absence_is_a_share_of_hours_and_as_sure_as_its_spells() -> None:
    # 80 of 1,600 hours: 5 %; 10 spells: 4.795 / 10 and 18.390 / 10 of it.
    rows = totals({"hours_lost": 80, "contract_hours": 1_600, "absence_spells": 10})
    assert one(ABSENCE.compute(cells(*rows))) == pytest.approx((5, 2.3977, 9.1952, 100), abs=1e-3)


@pytest.mark.parametrize("spells", [{}, {"absence_spells": None}, {"absence_spells": 0}])
def test_without_spells_absence_is_a_count_of_everybody(spells: Mapping[str, float | None]) -> None:
    rows = totals({"hours_lost": 80, "contract_hours": 1_600, **spells})
    assert one(ABSENCE.compute(cells(*rows))) == (5, None, None, 100)


def flow(*rows: Mapping[str, object], by: Sequence[str] = (), **more: str | None) -> Cells:
    return cells(*rows, by=by, measures=IDEAS.measures, **more)  # type: ignore[arg-type]


def test_throughput_counts_every_way_to_an_end() -> None:
    # 5 + 3 + 2 in 12 months; limits 4.795 and 18.390 over 12.
    rows = totals(
        {"ideas_submitted": 30, "ideas_implemented": 5, "ideas_rejected": 3, "ideas_withdrawn": 2}
    )
    assert one(IDEAS.compute(flow(*rows))) == pytest.approx(
        (0.8333, 0.39961, 1.53253, 10), abs=1e-4
    )


def test_months_without_an_end_count_as_months() -> None:
    rows = totals({"ideas_submitted": 30, "ideas_rejected": 6}, periods=2)
    assert one(IDEAS.compute(flow(*rows)))[0] == 0.5
    found = IDEAS.compute(flow(*rows, first="2023-Q4", last="2024-Q1"))
    assert one(found)[0] == 1, "two quarters are six months"


def test_by_period_each_has_its_own_length() -> None:
    rows = [
        *totals({"ideas_rejected": 6}, period="2024-Q1"),
        *totals({"ideas_rejected": 3}, period="2024-Q2"),
    ]
    found = IDEAS.compute(flow(*rows, by=["period"], first="2024-Q1", last="2024-Q2"))
    assert found.rows.select("period", "value").rows() == [("2024-Q1", 2), ("2024-Q2", 1)]


def test_ideas_of_which_none_came_to_an_end() -> None:
    found = one(IDEAS.compute(flow(*totals({"ideas_submitted": 4}))))
    assert found == pytest.approx((0, 0, 3.6889 / 12, 0), abs=1e-4)


def test_without_any_word_of_an_end_there_is_no_throughput() -> None:
    rows = totals({"ideas_submitted": 4})
    assert IDEAS.compute(cells(*rows, measures=["ideas_submitted"])).rows.is_empty()


def test_response_is_a_share_of_those_asked() -> None:
    rows = totals({"responses": 7, "invited": 10})
    assert one(RESPONSE.compute(cells(*rows))) == pytest.approx((70, 39.678, 89.221, 10), abs=1e-3)


def test_two_waves_ask_the_same_people() -> None:
    once = totals({"responses": 70, "invited": 100})
    twice = totals({"responses": 140, "invited": 200}, periods=2)
    assert one(RESPONSE.compute(cells(*twice)))[1:3] == pytest.approx(
        one(RESPONSE.compute(cells(*once)))[1:3]
    )


def test_other_parts_of_a_group_make_no_ratio() -> None:
    rows = [
        *totals({"responses": 7}, coverage=0.9),
        *totals({"invited": 10}, coverage=1.0),
    ]
    found = RESPONSE.compute(cells(*rows))
    assert found.rows.is_empty()
    assert found.withheld


def test_more_answers_than_invitations_show_and_have_no_interval() -> None:
    rows = totals({"responses": 11, "invited": 10})
    value, low, high, n = one(RESPONSE.compute(cells(*rows)))
    assert value == pytest.approx(110)
    assert (low, high, n) == (None, None, 10)


@pytest.mark.parametrize(
    "code", ["turnover.rate", "absence.rate", "ideas.throughput", "response.rate"]
)
@pytest.mark.parametrize("by", [(), ("location",), ("period",)])
def test_no_cells_give_no_rows(code: str, by: tuple[str, ...]) -> None:
    metric = METRICS[code]
    empty = cells(by=by, measures=metric.measures, first=None, last=None)
    assert metric.compute(empty).rows.is_empty()
    assert not metric.compute(empty).withheld
