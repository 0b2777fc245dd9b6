"""Pay: a year's mean of k person-years by job family, in steps of 500, and costs made of it."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine

from metrics.definitions import METRICS, MetricError
from metrics.pay import Triangle
from models.asking import ask
from models.cells import EVERYTHING, Question, answer, load
from models.releases import service
from models.releases.pay import leaves
from release.inspection import Known, faults
from tests.models.raw_rows import Put

AS_OF = date(2025, 2, 1)
LOCATIONS = pl.DataFrame(
    {"location_id": ["a"], "name": ["Site A"], "region": ["north"], "kind": ["shop"]}
)


def spells(*rows: tuple[str, date, date | None, str | None, float | None]) -> pl.DataFrame:
    names = ("employee_id", "start_on", "end_on", "job_family", "annual_cost")
    kinds = (pl.String, pl.Date, pl.Date, pl.String, pl.Float64)
    return pl.DataFrame(
        rows, schema=dict(zip(names, kinds, strict=True)), orient="row"
    ).with_columns(location_id=pl.lit("a"), desk_type=pl.lit("desk"), contract_type=pl.lit("x"))


def test_a_person_counts_for_the_part_of_the_year() -> None:
    # 366 days at 40,000 and 183 at 20,000: 50,000 x 366 over 549 days.
    found = leaves(
        spells(
            ("all year", date(2020, 1, 1), None, "sales", 40_000),
            ("half", date(2020, 1, 1), date(2024, 7, 1), "sales", 20_000),
            ("not told", date(2020, 1, 1), None, "sales", None),
        ),
        ("2024",),
        11,
    )
    assert found["people"].to_list() == [1]
    assert found["annual_cost.total"].to_list() == [pytest.approx(100_000 / 3)]


def test_two_contracts_at_once_are_one_person_who_costs_both() -> None:
    found = leaves(
        spells(
            ("two jobs", date(2020, 1, 1), None, "sales", 10_000),
            ("two jobs", date(2021, 1, 1), None, "office", 15_000),
        ),
        ("2024",),
        11,
    )
    assert found.select("job_family", "people", "annual_cost.total").rows() == [
        ("office", 1, pytest.approx(25_000))
    ]


def staff(*groups: tuple[str, int, float]) -> pl.DataFrame:
    """Job family, people, pay; one more person left in January, so that exits are on record."""
    rows = [
        (f"{family}{number}", date(2020, 1, 1), None, family, pay)
        for family, people, pay in groups
        for number in range(people)
    ]
    return spells(*rows, ("left", date(2020, 1, 1), date(2024, 1, 31), groups[0][0], groups[0][2]))


def publish(bring: Put, frame: pl.DataFrame) -> None:
    bring(locations=LOCATIONS, assignments=frame)
    service.start("publish", as_of=AS_OF).result()


def test_families_of_k_are_told_and_smaller_ones_pooled(database: Engine, bring: Put) -> None:
    publish(bring, staff(("office", 20, 50_260.0), ("care", 8, 30_000.0), ("it", 5, 45_000.0)))
    release = load(database)
    assert release.periods("annual_cost") == ["2024"]
    assert release.dims("annual_cost") == {"job_family", "period"}
    found = answer(Question(("annual_cost",), ("job_family",)), EVERYTHING, release)
    assert found.rows.select("job_family", "n", "total", "squares").rows() == [
        ("office", 20, 20 * 50_500.0, None)
    ]
    # 8 at 30,000 and 5 at 45,000 are 35,769 on average.
    whole = answer(Question(("annual_cost",)), EVERYTHING, release)
    assert whole.rows.select("n", "total").rows() == [(33, 20 * 50_500.0 + 13 * 36_000.0)]


def test_eleven_people_of_a_few_weeks_are_no_mean(database: Engine, bring: Put) -> None:
    short = [
        (f"t{number}", date(2024, 12, 1), None, "temps", 99_000.0 + 5_000 * number)
        for number in range(40)
    ]
    publish(bring, pl.concat([staff(("office", 20, 50_000.0)), spells(*short)]))
    release = load(database)
    assert release.values("job_family").count("temps") <= 1
    found = answer(Question(("annual_cost",), ("job_family",)), EVERYTHING, release)
    assert "temps" not in found.rows["job_family"].to_list()


def test_a_cost_asks_for_pay_by_itself(database: Engine, bring: Put) -> None:
    publish(bring, staff(("office", 20, 50_000.0), ("care", 15, 30_000.0)))
    release = load(database)
    sure = Triangle(0.1, 0.1, 0.1)
    found = ask(METRICS["turnover.cost"], EVERYTHING, release, shares=sure, last="2024-12")
    level = found.estimate()
    assert level is not None
    # One leaver in the one month on record, at a tenth of 50,000: twelve times that a year.
    assert (level.value, level.n) == pytest.approx((60_000, 1))
    by_site = ask(METRICS["turnover.cost"], EVERYTHING, release, by=["location"], shares=sure)
    assert by_site.rows["location"].to_list() == ["a"]


def test_without_pay_a_cost_is_refused(database: Engine, bring: Put) -> None:
    publish(
        bring, staff(("office", 20, 50_000.0)).with_columns(annual_cost=pl.lit(None, pl.Float64))
    )
    with pytest.raises(MetricError, match="none is released"):
        ask(METRICS["turnover.cost"], EVERYTHING, load(database))


def test_pay_told_too_closely_is_a_fault() -> None:
    from models.releases.pay import rounded
    from release.build import build

    office = staff(("office", 20, 50_260.0))
    (block,) = build("pay", leaves(office, ("2024",), 11), ["job_family"], 11)
    known = Known(of_subject={"pay": ["annual_cost"]})
    assert [fault.rule for fault in faults(block, 11, known)] == ["pay"]
    assert faults(rounded(block), 11, known) == []
