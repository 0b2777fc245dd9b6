"""Retention and what follows from it, on life tables small enough to check on paper."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import lifelines
import numpy as np
import pandas as pd
import polars as pl
import pytest
from lifelines.statistics import logrank_test

from metrics.definitions import METRICS
from metrics.idea_waits import Median, median
from metrics.life_tables import DECISION, TENURE, groups_differ, life_tables
from metrics.results import Cells, Table
from metrics.survival import incidence, incidence_by_share, log_rank
from tests.metrics.by_hand import cells
from tests.metrics.test_survival import life_table, rossi

UNITS = ("000-001", "001-003", "003-012", "012-024")
Row = Mapping[str, object]


def units(
    *told: tuple[str, int, float, float], noise: tuple[float, float] = (0, 0), **more: object
) -> list[Row]:
    """Rows of life tables: unit, people at risk, exposed and ended; variances of the noise."""
    return [
        {"measure": code, "n": n, "total": total, "tenure": unit, "total_error": error, **more}
        for unit, n, exposed, ended in told
        for code, total, error in (
            ("tenure_exposed", exposed, noise[0]),
            ("tenure_ended", ended, noise[1]),
        )
    ]


def table(code: str, *rows: Row, by: Sequence[str] = ("tenure",)) -> Table:
    measures = METRICS[code].measures
    told = cells(*rows, by=by, measures=[c for c in measures if c in {r["measure"] for r in rows}])
    return METRICS[code].compute(told)


def column(found: Table, name: str = "value") -> list[float]:
    return found.rows[name].to_list()


WHOLE = units(("000-001", 100, 100, 10), ("001-003", 80, 80, 8), ("003-012", 60, 60, 30))


def test_whole_units_are_kaplan_meier() -> None:
    found = table("turnover.retention", *WHOLE)
    assert column(found) == pytest.approx([90, 81, 40.5])
    assert column(found, "n") == [100, 80, 60]
    # Greenwood: 10/(100 90) + 8/(80 72) = 0.0025; log-log of 0.81.
    half = 1.959964 * 0.05 / -np.log(0.81)
    assert column(found, "low")[1] == pytest.approx(100 * 0.81 ** np.exp(half), abs=1e-4)
    assert column(found, "high")[1] == pytest.approx(100 * 0.81 ** np.exp(-half), abs=1e-4)


def test_a_unit_seen_in_pieces_is_the_product_of_its_pieces() -> None:
    # Two years in eight quarters, each with 5 of 100: 0.95^8, not 1 - 8 x 0.05.
    (value,) = column(table("turnover.retention", *units(("000-024", 800, 100, 40))))
    assert value == pytest.approx(100 * 0.95**8)


def test_noise_widens_and_does_not_move() -> None:
    exact = table("turnover.retention", *WHOLE)
    noisy = table(
        "turnover.retention",
        *units(
            ("000-001", 100, 100, 10),
            ("001-003", 80, 80, 8),
            ("003-012", 60, 60, 30),
            noise=(3.0, 4.0),
        ),
    )
    assert column(noisy) == pytest.approx(column(exact))
    # log(1 - d/n): 4/90^2 of d; of n (0.9 log + 0.1)^2 /0.9^2 4/100^2, of e log^2 3/100^2.
    added = 4 / 90**2 + 4 / 100**2 * (np.log(0.9) + 1 / 9) ** 2 + 3 / 100**2 * np.log(0.9) ** 2
    half = 1.959964 * (10 / 9000 + added) ** 0.5 / -np.log(0.9)
    assert column(noisy, "low")[0] == pytest.approx(100 * 0.9 ** np.exp(half), abs=1e-4)


def test_nobody_left_yet_and_noise_below_none() -> None:
    found = table("turnover.retention", *units(("000-001", 50, 50, -1.0), noise=(1, 1)))
    assert column(found) == [100]
    assert column(found, "high") == [100]
    assert 90 < column(found, "low")[0] < 99
    sure = table("turnover.retention", *units(("000-001", 50, 50, 0)))
    assert (column(sure, "low"), column(sure, "high")) == ([100], [100])


def test_everybody_left() -> None:
    found = table("turnover.retention", *units(("000-001", 20, 20, 20), ("001-003", 20, 20, 1)))
    assert column(found) == [0, 0]
    assert column(found, "low") == [None, None]


def test_a_curve_ends_at_the_first_unit_that_is_not_told() -> None:
    gap = units(("000-001", 20, 20, 2), ("003-012", 20, 20, 2))
    found = table("turnover.retention", *gap)
    assert found.rows["tenure"].to_list() == ["000-001"]
    assert found.withheld
    late = table("turnover.retention", *units(("012-024", 20, 20, 2)))
    assert late.rows.is_empty()
    assert table("turnover.retention").rows.is_empty()


def test_each_group_has_a_curve_in_the_order_of_time() -> None:
    rows = [
        row
        for desk, ended in (("non_desk", 5.0), ("desk", 1.0))
        for unit in reversed(UNITS)
        for row in units((unit, 50, 50, ended), desk_type=desk)
    ]
    found = table("turnover.retention", *rows, by=("desk_type", "tenure"))
    assert found.by == ("desk_type", "tenure")
    assert found.rows.select("desk_type", "tenure").rows() == [
        (desk, unit) for desk in ("desk", "non_desk") for unit in UNITS
    ]


def test_hazard_is_leavers_per_person_year() -> None:
    # 0.1054 in a month is 1.264 a year; without leavers 50 people x 2 months are 8.33 years.
    found = table("turnover.hazard", *units(("000-001", 100, 100, 10), ("001-003", 50, 50, 0)))
    assert column(found) == pytest.approx([-1200 * np.log(0.9), 0])
    assert column(found, "high")[1] == pytest.approx(100 * 3.689 / (50 / 6), rel=1e-3)
    years = 10 / (-12 * np.log(0.9))
    assert column(found, "low")[0] == pytest.approx(100 * 4.795 / years, rel=1e-3)


def test_left_early() -> None:
    found = table("turnover.early", *WHOLE)
    assert found.rows["tenure"].to_list() == ["000-003", "000-012"]
    assert column(found) == pytest.approx([19, 59.5])
    assert column(found, "n") == [100, 100]
    kept = table("turnover.retention", *WHOLE)
    assert column(found, "low")[0] == pytest.approx(100 - column(kept, "high")[1])
    assert column(table("turnover.early", *WHOLE[:4])) == pytest.approx([19])


def test_stability_of_one_year_and_of_several() -> None:
    one = {"measure": "stayed_a_year", "n": 200, "total": 160.0}
    found = table("turnover.stability", one, by=())
    assert found.rows.select("value", "low", "high", "n").row(0) == pytest.approx(
        (80, 73.91, 84.96, 200), abs=0.01
    )
    # Four overlapping years of the same 200 people tell no more than one.
    four = {**one, "n": 800, "total": 640.0, "periods": 4}
    assert table("turnover.stability", four, by=()).rows.equals(found.rows)
    noisy = table("turnover.stability", {**one, "total_error": 8.0}, by=())
    assert column(noisy) == column(found)
    assert column(noisy, "low")[0] < column(found, "low")[0]


def reasons(unit: str, *totals: float, error: float = 0, **more: object) -> list[Row]:
    codes = ("ended_voluntary", "ended_involuntary", "ended_other")
    return [
        {"measure": code, "n": 100, "total": total, "tenure": unit, "total_error": error, **more}
        for code, total in zip(codes, totals, strict=True)
    ]


def test_incidence_by_reason_adds_up_to_all_who_left() -> None:
    # Of those of the first year whose reason is told: half, a tenth and four tenths.
    found = table("turnover.incidence", *WHOLE, *reasons("000-012", 10, 2, 8))
    assert found.by == ("tenure", "reason")
    last = {row["reason"]: row["value"] for row in found.rows.to_dicts()[2::3]}
    assert last == pytest.approx({"voluntary": 29.75, "involuntary": 5.95, "other": 23.8})
    low, high = (
        found.rows.filter(pl.col("tenure") == "003-012")[end][0] for end in ("low", "high")
    )
    assert 0 < low < 29.75 < high < 60


def test_incidence_ends_where_no_reason_is_told() -> None:
    found = table("turnover.incidence", *WHOLE, *reasons("000-003", 10, 2, 8))
    assert found.rows["tenure"].unique().sort().to_list() == ["000-001", "001-003"]
    assert found.withheld
    assert table("turnover.incidence", *WHOLE, *reasons("012-036", 5, 5, 5)).rows.is_empty()


def test_each_group_has_its_own_reasons() -> None:
    rows = [
        row
        for desk, told in (("desk", (10, 0, 0)), ("non_desk", (0, 0, 10)))
        for row in (
            *units(("000-001", 50, 50, 5), desk_type=desk),
            *reasons("000-003", *told, desk_type=desk),
        )
    ]
    found = table("turnover.incidence", *rows, by=("desk_type", "tenure"))
    values = {(r["desk_type"], r["reason"]): r["value"] for r in found.rows.to_dicts()}
    assert values["desk", "voluntary"] == values["non_desk", "other"] == pytest.approx(10)
    assert values["desk", "other"] == values["non_desk", "voluntary"] == 0


def test_shares_of_reasons_told_of_everybody_are_aalen_johansen() -> None:
    """Each time a wider unit of its own, every reason told: value and interval of `incidence`."""
    rng = np.random.default_rng(3)
    reason = rng.choice(["", "chosen", "told"], 400, p=[0.3, 0.4, 0.3])
    every = life_table(rng.integers(1, 9, 400).astype(float), reason)
    theirs = incidence(every)
    told = dict(every.ended)
    summed = type(every)(every.time, every.at_risk, {"ended": every.all_ended})
    ours = incidence_by_share(summed, range(8), told, np.zeros(8))
    for name in told:
        assert ours[name].value == pytest.approx(theirs[name].value)
        assert ours[name].low == pytest.approx(theirs[name].low)
        assert ours[name].high == pytest.approx(theirs[name].high)


def test_fewer_reasons_and_noise_widen() -> None:
    every = life_table(
        np.array([1.0, 1, 2, 2, 3, 4] * 20), np.array(["a", "b", "a", "", "b", ""] * 20)
    )
    summed = type(every)(every.time, every.at_risk, {"ended": every.all_ended})
    told = {name: np.array([values.sum()]) for name, values in every.ended.items()}
    some = {name: values / 4 for name, values in told.items()}
    widths = []
    for counts, error in ((told, 0.0), (told, 10.0), (some, 0.0)):
        found = incidence_by_share(summed, [0, 0, 0], counts, np.array([error]))["a"]
        widths.append(found.high[-1] - found.low[-1])
    assert widths[0] < widths[1]
    assert widths[0] < widths[2]


MONTHS = np.array([0, 13, 26, 39, 52])


def rossi_cells(column: str) -> tuple[Cells, pd.DataFrame]:
    """Rossi's 432 in units of thirteen weeks: all are seen from the first week to the last."""
    frame = rossi()
    rows = []
    for value, part in frame.groupby(column):
        for start, end in pairwise(MONTHS):
            there = part["week"] > start
            ended = there & (part["week"] <= end) & (part["arrest"] == 1)
            told = (
                f"{start:03d}-{end:03d}",
                int(there.sum()),
                float(there.sum()),
                float(ended.sum()),
            )
            rows += [{**row, column: str(value)} for row in units(told)]
    return cells(*rows, by=(column, "tenure")), frame


def test_rossi_in_quarters() -> None:
    told, frame = rossi_cells("fin")
    found = METRICS["turnover.retention"].compute(told)
    for value, part in frame.groupby("fin"):
        theirs = lifelines.KaplanMeierFitter().fit(part["week"], part["arrest"])
        ours = found.rows.filter(pl.col("fin") == str(value))["value"].to_list()
        assert ours == pytest.approx([100 * theirs.predict(end) for end in MONTHS[1:]])
    everybody = lifelines.KaplanMeierFitter().fit(frame["week"], frame["arrest"])
    assert everybody.predict(52) == pytest.approx(0.7361, abs=5e-5)


def test_groups_are_compared_as_lifelines_does() -> None:
    told, frame = rossi_cells("fin")
    grouped = np.ceil(frame["week"] / 13) * 13
    split = frame["fin"] == 1
    theirs = logrank_test(
        grouped[split], grouped[~split], frame["arrest"][split], frame["arrest"][~split]
    )
    found = groups_differ(told, TENURE)
    assert found is not None
    # Those who were seen to the end of the last unit are at risk in it in both.
    assert found.statistic == pytest.approx(theirs.test_statistic)
    assert found.p == pytest.approx(theirs.p_value)
    assert groups_differ(cells(*WHOLE, by=("tenure",)), TENURE) is None


def test_log_rank_of_groups_that_are_alike_rejects_one_in_twenty_with_noise_too() -> None:
    rng = np.random.default_rng(11)
    sizes, chance = np.array([60, 200]), np.array([0.1, 0.15, 0.2, 0.1])
    rejected = 0
    for _ in range(400):
        tables = []
        for size in sizes:
            n = size
            rows = []
            for unit, p in zip(UNITS, chance, strict=True):
                ended = rng.binomial(n, p)
                # As large as the noise of eight quarters.
                told = ended + rng.normal(0, 0.36**0.5 * 8**0.5)
                rows += units((unit, int(n), float(n), told), noise=(0, 0.36 * 8))
                n = n - ended
            (one,) = life_tables(cells(*rows, by=("tenure",)), TENURE)
            tables.append(one.table)
        found = log_rank(tables)
        assert found is not None
        rejected += found.p < 0.05
    assert 6 <= rejected <= 34


def ages(*told: tuple[str, int, float, float]) -> list[Row]:
    return [
        {"measure": code, "n": n, "total": total, "age": unit}
        for unit, n, exposed, ended in told
        for code, total in zip(DECISION.measures, (exposed, ended), strict=True)
    ]


def test_how_long_an_idea_waits_and_half_of_them() -> None:
    told = ages(("000-007", 100, 100, 20), ("007-014", 80, 80, 40), ("014-021", 40, 40, 10))
    found = table("ideas.time_to_decision", *told, by=("age",))
    assert column(found) == pytest.approx([20, 60, 70])
    assert median(found.rows) == Median(14, 14, 14)
    early = found.rows.head(1)
    assert median(early) == Median(None, None, None)
    wide = found.rows.with_columns(low=pl.lit(40.0), high=pl.col("value") + 35)
    assert median(wide) == Median(14, 7, None)
    assert median(wide.clear()) == Median(None, None, None)
