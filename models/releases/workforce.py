"""Who works where, one row per employee and period."""

import polars as pl

from models.releases.gathering import Gathering

HEADS = ("headcount", "headcount_start", "hires", "exits")
MEASURES = (*HEADS, "person_years")


def sheets(gathering: Gathering) -> pl.DataFrame:
    """One row per employee and period (`models.releases.gathering.person_periods`)."""
    return gathering.with_region(gathering.people().rename({"employee_id": "id"}))
