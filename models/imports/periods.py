"""One length of period within a subject: years and months of one measure would count twice."""

import polars as pl

from models.imports.contract import Table
from models.imports.known import Stored
from models.imports.problems import ProblemLog
from release import periods


def check(
    table: Table, rows: pl.LazyFrame, files: tuple[str, ...], stored: Stored, log: ProblemLog
) -> None:
    """Report rows whose period overlaps one of another length, brought now or stored earlier.

    Of the periods brought, those of the rarer length are at fault; what is stored is not.
    """
    if table.period is None:
        return
    name = table.period.name
    by = [*table.grain_by, name]
    brought = rows.select(by).drop_nulls().group_by(by).len().collect()
    if brought.is_empty():
        return
    held = stored.values(table.name, tuple(by)).with_columns(pl.lit(None, pl.UInt32).alias("len"))
    both = pl.concat([brought, held.select(brought.columns)], how="vertical_relaxed")
    faults: list[tuple[str, ...]] = []
    for group, found in both.group_by(table.grain_by) if table.grain_by else [((), both)]:
        counted = [(periods.parse(p), n) for p, n in found.select(name, "len").iter_rows()]
        faults += [(*map(str, group), *pair) for pair in _clashes(counted)]
    if faults:
        schema = dict.fromkeys([*by, "other"], pl.String)
        wrong = pl.DataFrame(faults, schema=schema, orient="row")
        log.add_rows(
            "mixed_grains",
            rows.join(wrong.lazy(), on=by, maintain_order="left").collect(),
            files,
            column=name,
            value=name,
            params={"table": table.name},
            param_columns=("other",),
        )


def _clashes(counted: list[tuple[periods.Period, int | None]]) -> list[tuple[str, str]]:
    """Pairs (period at fault, period that it overlaps) among periods of different lengths."""
    rows: dict[periods.Grain, int] = {}
    for period, count in counted:
        rows[period.grain] = rows.get(period.grain, 0) + (count or 0)
    if len(rows) < 2:
        return []
    right = [p for p, n in counted if n is None] or [
        p for p, _ in counted if p.grain == max(rows, key=lambda grain: rows[grain])
    ]
    found: list[tuple[str, str]] = []
    for period, count in counted:
        if count is None:
            continue
        other = next((r for r in right if r.grain != period.grain and r.overlaps(period)), None)
        if other is not None:
            found.append((period.text, other.text))
    return found
