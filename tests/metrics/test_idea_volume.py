"""How many ideas come in: for the size of the staff, and against a year ago."""

import pytest

from metrics.idea_volume import GROWTH, PER_100, clear
from metrics.results import Cells
from tests.metrics.by_hand import cells


def submitted(counts: dict[str, int], **more: object) -> list[dict[str, object]]:
    return [
        {"measure": "ideas_submitted", "period": period, "n": n, "total": float(n), **more}
        for period, n in counts.items()
    ]


def test_ideas_for_the_size_of_the_staff() -> None:
    found = cells(
        {"measure": "ideas_submitted", "n": 12, "total": 12.0},
        {"measure": "person_years", "n": 900, "total": 75.0},
    )
    estimate = PER_100.compute(found).estimate()
    assert estimate is not None
    # 12 ideas in 75 years; exact limits of 12 are 6.2006 and 20.9616.
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx(
        (16, 8.2674, 27.9488), abs=1e-3
    )
    assert estimate.n == 12


def test_a_site_whose_ideas_are_partly_told_with_its_neighbours_has_no_rate() -> None:
    rows = [
        {"location": site, "measure": code, "n": 10, "total": 10.0, "coverage": part}
        for site, part in (("large", 1.0), ("small", 0.6))
        for code in ("ideas_submitted", "person_years")
    ]
    table = PER_100.compute(cells(*rows, by=("location",)))
    assert table.rows["location"].to_list() == ["large"]
    assert table.withheld


def grown(rows: list[dict[str, object]], first: str = "2024-01", last: str = "2024-02") -> Cells:
    return cells(*rows, by=("period",), first=first, last=last).apart(("period",))


def test_growth_on_a_year_ago() -> None:
    found = grown(
        submitted({"2023-01": 10, "2023-02": 10, "2023-03": 50, "2024-01": 30, "2024-02": 10})
    )
    estimate = GROWTH.compute(found).estimate()
    assert estimate is not None
    # 40 of 60: Wilson 0.5406 to 0.7727, as ratios 1.1770 and 3.3990.
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx(
        (100, 17.70, 239.9), abs=0.1
    )
    assert estimate.n == 40


def test_growth_needs_the_whole_year_before() -> None:
    found = grown(submitted({"2023-02": 10, "2024-01": 30, "2024-02": 10}))
    assert GROWTH.compute(found).rows.is_empty()
    assert GROWTH.compute(grown([])).rows.is_empty()


def test_a_theme_that_was_new_this_year_has_no_growth() -> None:
    rows = [
        *submitted({"2023-01": 10, "2024-01": 20}, theme="old"),
        *submitted({"2024-01": 20}, theme="new"),
    ]
    found = cells(*rows, by=("theme", "period"), first="2024-01", last="2024-01")
    table = GROWTH.compute(found.apart(("period",)))
    assert table.rows["theme"].to_list() == ["old"]


def test_growth_is_clear_where_chance_can_not_do_it() -> None:
    rows = [
        *submitted({"2023-01": 20, "2024-01": 60}, theme="up"),
        *submitted({"2023-01": 20, "2024-01": 21}, theme="level"),
    ]
    found = cells(*rows, by=("theme", "period"), first="2024-01", last="2024-01")
    table = GROWTH.compute(found.apart(("period",)))
    assert dict(zip(table.rows["theme"], clear(table), strict=True)) == {"up": True, "level": False}
