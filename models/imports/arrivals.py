"""What each batch brought, per table, site and period. Only for the child process.

Kept beside the rows, since counting millions of them again for every look at the Imports page would
slow it; what one batch brought never changes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from models import raw
from models.imports.contract import STORED, Table

if TYPE_CHECKING:
    from models.imports.comparing import Brought

DAYS: Mapping[str, str] = {
    "assignments": "start_on",
    "ideas": "submitted_on",
    "idea_events": "at",
    "customer_feedback": "at",
    "cases": "opened_at",
    "case_events": "at",
    "rollouts": "started_on",
}
"""The day of a row, in tables without periods."""

_SITE = "location_id"


def keep(connection: Any, batch: int, brought: "Brought") -> None:
    """Write down what a batch brought, in the transaction that stores it."""
    for name in brought.rows:
        table = STORED[name]
        groups = ["location_id", "period"]
        found = (
            pl.concat([_counted(table, rows) for rows in brought.chunks(name)])
            .group_by(groups)
            .agg(pl.col("rows").sum(), pl.col("last_on").max())
            .sort(groups)
        )
        told = found.select(
            pl.lit(batch, pl.Int64).alias("batch"), pl.lit(name).alias("table_name"), pl.all()
        )
        raw.append(connection, "arrival", told)


def _counted(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    day = pl.col(DAYS[table.name]).cast(pl.Date) if table.name in DAYS else pl.lit(None, pl.Date)
    period = pl.col(table.period.name) if table.period else day.dt.strftime("%Y-%m")
    site = pl.col(_SITE) if _SITE in table.names and table.name != "locations" else pl.lit("")
    return (
        rows.select(
            site.fill_null("").alias("location_id"),
            period.fill_null("").alias("period"),
            day.alias("last_on"),
        )
        .group_by("location_id", "period")
        .agg(pl.len().cast(pl.Int64).alias("rows"), pl.col("last_on").max())
    )
