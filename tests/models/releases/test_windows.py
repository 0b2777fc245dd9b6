"""Which periods an export speaks of: it is silent after its last change, and without events."""

from datetime import date

import polars as pl
from sqlalchemy import Engine

from models.cells import EVERYTHING, Question, answer, load
from tests.models.raw_rows import Put
from tests.models.releases.test_building import LOCATIONS, publish


def staff(*spells: tuple[str, date, date | None], site: str = "a") -> pl.DataFrame:
    """Forty who stay at a site since 2020, and some spells more."""
    steady = [(f"steady{number}", date(2020, 1, 1), None) for number in range(40)]
    return pl.DataFrame(
        [*steady, *spells], schema=["employee_id", "start_on", "end_on"], orient="row"
    ).with_columns(location_id=pl.lit(site), desk_type=pl.lit("non_desk"))


def test_a_stale_export_shows_no_months_after_its_last_change(database: Engine, bring: Put) -> None:
    # One left in February, one began in April; the contract that ends in October was planned.
    bring(
        locations=LOCATIONS,
        assignments=staff(
            ("gone", date(2023, 1, 1), date(2024, 2, 10)),
            ("new", date(2024, 4, 20), None),
            ("planned", date(2023, 1, 1), date(2025, 10, 31)),
        ),
    )
    publish()
    assert load(database).periods("headcount") == ["2024-02", "2024-03", "2024-04"]


def test_cases_of_a_month_without_events_are_not_said_to_stay_closed(
    database: Engine, bring: Put
) -> None:
    cases = pl.DataFrame(
        [
            (f"c{month}-{number}", date(2024, month, 2), date(2024, month, 9))
            for month in (3, 4)
            for number in range(20)
        ],
        schema=["case_id", "opened_at", "closed_at"],
        orient="row",
    ).with_columns(
        pl.col("opened_at", "closed_at").cast(pl.Datetime("us")),
        location_id=pl.lit("a"),
        sla_met=pl.lit(True),
    )
    reopened = pl.DataFrame(
        {
            "case_id": [f"c3-{number}" for number in range(20)],
            "at": [date(2024, 3, 5)] * 20,
            "event": ["reopened"] * 5 + ["assigned"] * 15,
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us")))
    bring(
        locations=LOCATIONS,
        assignments=staff(("gone", date(2023, 1, 1), date(2024, 2, 10))),
        cases=cases,
        case_events=reopened,
    )
    publish()
    held = load(database)
    assert held.periods("sla_met") == ["2024-03", "2024-04"]
    assert held.periods("reopened") == ["2024-03"]
    told = answer(Question(("reopened",)), EVERYTHING, held).rows
    assert told.select("n", "total").rows() == [(20, 500.0)]
