"""The surest differences over several key figures."""

from metrics.catalogue import CATALOGUE
from metrics.changes import change
from metrics.noteworthy import changed_most, sites_in_order, worst_first
from metrics.overview import choose
from metrics.results import Cells
from metrics.standing_out import standing_out
from tests.metrics.by_hand import cells

RISK, ENPS = choose(["bat12", "enps"])


def at_risk(*counts: int) -> Cells:
    """Of 100 people at sites 0, 1, 2 ... so many are at risk."""
    rows = [
        {"measure": "bat12", "n": 100, "total": 200.0, "at_risk": k, "location": f"{number}"}
        for number, k in enumerate(counts)
    ]
    return cells(*rows, by=["location"])


def promoters(*counts: int) -> Cells:
    """Of 100 people so many are promoters and the others detractors."""
    rows = [
        {
            "measure": "enps",
            "n": 100,
            "total": 200.0 * k - 10_000,
            "squares": 1e6,
            "location": f"{n}",
        }
        for n, k in enumerate(counts)
    ]
    return cells(*rows, by=["location"])


def test_the_surest_changes_of_all_figures_lead() -> None:
    risk = RISK.metric
    parts = [
        (
            RISK,
            change(
                risk.compute(at_risk(20, 40, 21), CATALOGUE["bat12"]),
                risk.compute(at_risk(20, 20, 20), CATALOGUE["bat12"]),
            ),
        ),
        (
            ENPS,
            change(
                ENPS.metric.compute(promoters(50, 95, 50), CATALOGUE["enps"]),
                ENPS.metric.compute(promoters(50, 50, 50), CATALOGUE["enps"]),
            ),
        ),
    ]
    found = changed_most(parts).select("figure", "location", "worse").rows()
    assert found == [(1, "1", False), (0, "1", True)]


def test_only_worse_sites_are_where_to_look() -> None:
    parts = [
        (RISK, standing_out(at_risk(20, 60, 2, 20), RISK.metric, CATALOGUE["bat12"])),
        (ENPS, standing_out(promoters(50, 50, 50, 5), ENPS.metric, CATALOGUE["enps"])),
    ]
    found = worst_first(parts).select("figure", "location", "worse").rows()
    assert set(found) == {(0, "1", True), (1, "3", True)}
    assert sites_in_order(parts)[:2] == ["1", "3"] or sites_in_order(parts)[:2] == ["3", "1"]
    assert sites_in_order(parts)[3] == "2"


def test_nothing_to_note() -> None:
    assert changed_most([]).is_empty()
    assert worst_first([]).is_empty()
    assert sites_in_order([]) == []
