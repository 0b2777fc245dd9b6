"""How fresh each table is, and who is late; from what each batch left word of."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert
from sqlmodel import Session

from models.imports.freshness import Freshness, LateSite, freshness
from models.imports.starting import Result, start
from models.imports.undoing import service as undoing
from models.tables import RAW_TABLES, Arrival, Batch
from tests.models.imports.company import write

TODAY = date(2026, 11, 22)
CAME = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
Arrived = Callable[..., None]


@pytest.fixture
def arrived(database: Engine) -> Arrived:
    """One batch with rows of a table per site: its periods, or its days."""

    def arrived(table: str, closed: dict[str, date] | None = None, **sites: list[str]) -> None:
        with Session(database) as session:
            session.add(Batch(id=1, created_at=CAME, source="", sha256="", rows={}, files=[]))
            for site, periods in sites.items():
                session.connection().execute(
                    insert(RAW_TABLES["locations"]).values(
                        location_id=site,
                        name=f"Site {site}",
                        closed_on=(closed or {}).get(site),
                        batch=1,
                    )
                )
                for period in periods:
                    day = date.fromisoformat(period) if len(period) == 10 else None
                    session.add(
                        Arrival(
                            batch=1,
                            table_name=table,
                            location_id=site,
                            period=period[:7],
                            rows=5,
                            last_on=day,
                        )
                    )
            session.commit()

    return arrived


def test_nothing_is_fresh_before_the_first_import(database: Engine) -> None:
    assert freshness(database, TODAY) == []


def test_a_site_behind_the_others_is_late(database: Engine, arrived: Arrived) -> None:
    arrived(
        "absence",
        A=["2026-08", "2026-09", "2026-10"],
        B=["2026-07", "2026-08"],
        C=["2026-10"],
        D=["2026-09"],
    )
    (one,) = freshness(database, TODAY)
    assert one == Freshness(
        "absence",
        CAME.replace(tzinfo=one.came_at.tzinfo),
        1,
        "2026-10",
        # July to August and on to October: 31, 31 and 30 days.
        31.0,
        late=False,
        late_sites=(LateSite("B", "Site B", "2026-08"), LateSite("D", "Site D", "2026-09")),
    )


def test_a_site_that_closed_before_is_not_late(database: Engine, arrived: Arrived) -> None:
    arrived(
        "absence",
        {"B": date(2026, 9, 30), "C": date(2026, 10, 15)},
        A=["2026-09", "2026-10"],
        B=["2026-09"],
        C=["2026-09"],
    )
    (one,) = freshness(database, TODAY)
    assert [site.location_id for site in one.late_sites] == ["C"]


@pytest.mark.parametrize(
    ("as_of", "late"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True)]
)
def test_a_table_is_late_when_two_of_its_usual_stretches_have_passed(
    database: Engine, arrived: Arrived, as_of: date, late: bool
) -> None:
    # From September to October are 30 days, and October ended on the 31st.
    arrived("absence", A=["2026-09", "2026-10"])
    (one,) = freshness(database, as_of)
    assert (one.every_days, one.late) == (30.0, late)


def test_what_comes_by_day_has_a_month_of_patience(database: Engine, arrived: Arrived) -> None:
    arrived(
        "customer_feedback",
        A=["2026-09-30", "2026-10-31"],
        B=["2026-10-01"],
        C=["2026-09-30"],
    )
    (one,) = freshness(database, TODAY)
    assert one.newest == "2026-10-31"
    assert one.late_sites == (LateSite("C", "Site C", "2026-09-30"),)


def test_silence_says_nothing_of_ideas(database: Engine, arrived: Arrived) -> None:
    arrived("ideas", A=["2026-10-01", "2026-09-01"], B=["2025-01-01"])
    (one,) = freshness(database, TODAY)
    assert (one.newest, one.late_sites) == ("2026-10-01", ())


def test_changes_have_no_rhythm_and_are_never_late(database: Engine, arrived: Arrived) -> None:
    arrived("rollouts", A=["2024-01-01", "2024-02-01", "2024-03-01"])
    (one,) = freshness(database, TODAY)
    assert (one.newest, one.every_days, one.late) == ("2024-03-01", None, False)


def test_who_sent_ideas_in_is_not_told_apart_from_the_ideas(
    database: Engine, arrived: Arrived
) -> None:
    arrived("idea_submitters", A=["2026-10"])
    assert freshness(database, TODAY) == []


def test_an_import_leaves_word_and_an_undo_takes_it_back(database: Engine, tmp_path: Path) -> None:
    def absence(*periods: str) -> list[dict[str, str]]:
        return [
            {"period": one, "location_id": "A", "hours_lost": "1", "contract_hours": "99"}
            for one in periods
        ]

    feedback = [
        {"feedback_id": "1", "at": "2024-01-05 10:00", "location_id": "B", "nps": "9"},
        {"feedback_id": "2", "at": "2024-02-07 10:00", "location_id": "B", "nps": "9"},
    ]
    for number, periods in enumerate((["2024-01"], ["2024-02", "2024-03"])):
        folder = write(
            tmp_path / f"{number}",
            absence=absence(*periods),
            customer_feedback=feedback[: number + 1],
        )
        assert Result.of(start((folder,)).result()).stored
    held = {one.table: (one.newest, one.batch) for one in freshness(database, TODAY)}
    assert held == {
        "locations": ("", 2),
        "absence": ("2024-03", 2),
        "customer_feedback": ("2024-02-07", 2),
    }
    undoing.start(2).result()
    held = {one.table: (one.newest, one.batch) for one in freshness(database, TODAY)}
    assert held == {
        "locations": ("", 1),
        "absence": ("2024-01", 1),
        "customer_feedback": ("2024-01-05", 1),
    }
