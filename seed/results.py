"""Key results, money and ready-made figures: `key_results`, `financials`, `group_measurements`."""

import numpy as np
import polars as pl

from seed import truth
from seed.calendar import LEAD_IN, MONTH_OF_YEAR, MONTHS, PERIODS, of_year, quarter
from seed.company import IDS, KINDS, SITES, open_months
from seed.kinds import KIND
from seed.spells import people
from seed.world import World

_MARGIN = {"shop": 0.39, "airport_shop": 0.44, "day_care": 0.21}
_BASKET = {"shop": 34.0, "airport_shop": 27.0, "day_care": 950.0}
"""Revenue per paying customer, EUR."""
_SALES = {
    "shop": {11: 0.15, 12: 0.55, 1: -0.15, 2: -0.12},
    "airport_shop": {6: 0.08, 7: 0.25, 8: 0.22, 1: -0.15, 2: -0.12},
    "day_care": {7: -0.06, 8: -0.10},
}
_GROWTH, _REVENUE_NOISE = 0.002, 0.035
OBJECTIVES: tuple[tuple[str, str, float, str], ...] = (
    ("Customers come back", "NPS of the site", 40.0, "long"),
    ("Customers come back", "Returns handled within a day (%)", 95.0, "short"),
    ("A good place to work", "Staff who would recommend us (%)", 60.0, "long"),
    ("A good place to work", "Rota known four weeks ahead (%)", 100.0, "short"),
    ("Sales on plan", "Sales against plan (%)", 100.0, "short"),
    ("Sales on plan", "Stock differences under (%)", 98.5, "short"),
    ("People grow", "Staff with a development talk (%)", 80.0, "long"),
    ("One front to the customer", "Processes described end to end (%)", 75.0, "long"),
)
"""Objective, key result, target, horizon."""


def financials(rng: np.random.Generator, world: World) -> pl.DataFrame:
    """Table `financials`: sites that sell, per month; the margin follows last month's NPS."""
    link = truth.EXPERIENCE_TO_MARGIN
    rows = [row for row, kind in enumerate(KINDS) if kind in _MARGIN]
    kinds = KINDS[rows]
    level = np.array([SITES[row].staff * KIND[SITES[row].kind].revenue / 12 for row in rows])
    level = level * rng.lognormal(0.0, 0.12, len(rows))
    season = np.stack([of_year(_SALES[kind])[LEAD_IN:] for kind in kinds])
    nps = world.seen("experience", link.lag)[rows]
    more = link.size * (nps - np.array([KIND[kind].nps for kind in kinds])[:, None])
    noise = _REVENUE_NOISE * rng.standard_normal(nps.shape)
    revenue = (
        level[:, None] * (1 + season) * np.exp(_GROWTH * np.arange(len(MONTHS)) + more + noise)
    )
    margin = np.array([_MARGIN[kind] for kind in kinds])[:, None]
    margin = margin * np.exp(0.008 * rng.standard_normal(nps.shape))
    basket = np.array([_BASKET[kind] for kind in kinds])[:, None]
    customers = np.rint(revenue / basket * np.exp(0.02 * rng.standard_normal(nps.shape)))
    row, month = np.nonzero(open_months()[rows])
    at = (row, month)
    return pl.DataFrame(
        {
            "period": np.array(PERIODS)[month],
            "location_id": IDS[np.array(rows)[row]],
            "revenue": np.rint(revenue[at]),
            "gross_margin": np.rint((revenue * margin)[at]),
            "customers": customers[at].astype(np.int64),
        }
    ).sort("period", "location_id")


def key_results(rng: np.random.Generator) -> pl.DataFrame:
    """Table `key_results`: per site and quarter, three to five of OBJECTIVES."""
    office = np.isin(KINDS, ("office", "it_service_desk", "contact_centre"))
    long_term = np.array([horizon == "long" for *_, horizon in OBJECTIVES])
    rows = []
    for site, here in enumerate(open_months()):
        weights = np.where(long_term == office[site], 3.0, 1.0)
        for month in np.flatnonzero(here & (MONTH_OF_YEAR % 3 == 0)):
            count = int(rng.integers(3, 6))
            picks = rng.choice(len(OBJECTIVES), count, replace=False, p=weights / weights.sum())
            for objective, result, target, horizon in (OBJECTIVES[pick] for pick in picks):
                actual = target * float(np.clip(rng.normal(0.88, 0.14), 0.2, 1.15))
                confidence = float(np.clip(rng.normal(0.62, 0.18), 0.05, 0.98))
                rows.append((quarter(PERIODS[month]), str(IDS[site]), objective, result, target,
                             round(actual, 1), horizon, round(confidence, 2)))  # fmt: skip
    names = ["period", "location_id", "objective", "key_result", "target", "actual", "horizon",
             "confidence"]  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row").sort(names[:4])


def measures() -> pl.DataFrame:
    """Table `measures`: an item of the group's own survey and two figures that others supply."""
    rows = [
        ("own_pride", "Pride in the work", "Trots op het werk", "wx", "employee", "score",
         "higher", "engagement", 2.0),
        ("mystery_visit", "Mystery visit", "Mysterybezoek", "cx", "system", "score",
         "higher", "experience", None),
        ("safe_at_work", "Feels safe at work", "Voelt zich veilig op het werk", "wx", "employee",
         "percent", "higher", "safety", None),
    ]  # fmt: skip
    names = ["measure", "label_en", "label_nl", "side", "rater", "unit", "better", "theme",
             "at_risk_from"]  # fmt: skip
    return pl.DataFrame(rows, schema=names, orient="row")


def group_measurements(rng: np.random.Generator, spells: np.ndarray, world: World) -> pl.DataFrame:
    """Table `group_measurements`, per quarter: mystery visits (1-10) and a safety monitor (%)."""
    staff = people(spells).sum(axis=1)
    shops = np.isin(KINDS, ("shop", "airport_shop"))
    levels = rng.normal(84.0, 5.0, len(SITES))
    rows: list[tuple[str, str, str, int, float, float | None]] = []
    for site, here in enumerate(open_months()):
        for month in np.flatnonzero(here & (MONTH_OF_YEAR % 3 == 0)):
            code, period = str(IDS[site]), quarter(PERIODS[month])
            if shops[site]:
                experience = world.seen("experience")[site, month] - KIND[SITES[site].kind].nps
                score = 7.2 + 0.015 * experience + rng.normal(0, 0.25)
                visits = int(rng.integers(11, 17))
                rows.append((period, code, "mystery_visit", visits, round(score, 2), 0.9))
            asked = int(staff[site, month] * 0.6)
            if asked >= 1:
                safe = 100 * rng.binomial(asked, min(levels[site] / 100, 0.98)) / asked
                rows.append((period, code, "safe_at_work", asked, round(safe, 1), None))
    names = ["period", "location_id", "measure", "n", "value", "sd"]
    return (
        pl.DataFrame(rows, schema=names, orient="row")
        .with_columns(pl.lit(None, dtype=pl.String).alias("desk_type"))
        .sort("period", "location_id", "measure")
    )
