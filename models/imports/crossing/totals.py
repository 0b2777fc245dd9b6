"""Totals against the sum of their parts, where a table brings both."""

import polars as pl

from metrics.words import N_
from models.imports.crossing.brought import Brought

PARTS = N_(
    "{table}: sites and periods for which {column} by desk type adds up to more than the total: "
    "{count}, such as {example}."
)

_SPLIT = {
    "absence": ("period", ("hours_lost", "contract_hours")),
    "survey_invitations": ("wave", ("invited",)),
}
"""Tables that may bring a total and a split by desk type, with what adds up."""

_ROUNDING = 1.01


def check(brought: Brought) -> None:
    """Note totals that are less than their parts together, beyond one percent of rounding."""
    total = pl.col("desk_type").is_null()
    for table, (period, columns) in _SPLIT.items():
        if table not in brought.spool:
            continue
        rows = brought.log.sure(
            brought.spool[table], ["desk_type", *columns], brought.files, misread=True
        )
        for column in columns:
            more = (
                rows.group_by(period, "location_id")
                .agg(
                    pl.col(column).filter(total).sum().alias("whole"),
                    pl.col(column).filter(~total).sum().alias("parts"),
                    total.any().alias("given"),
                )
                .filter("given", pl.col("parts") > pl.col("whole") * _ROUNDING)
                .sort(period, "location_id")
                .collect()
            )
            if more.height:
                row = more.row(0, named=True)
                example = (
                    f"{row['location_id']}, {row[period]}: {row['parts']:g} > {row['whole']:g}"
                )
                brought.notes.warn(PARTS, more.height, table=table, column=column, example=example)
