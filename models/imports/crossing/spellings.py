"""Codes that differ only in how they are written, and so count as different things."""

import polars as pl

from metrics.words import N_
from models.imports.contract import STORED, TABLES
from models.imports.crossing.brought import Brought
from models.imports.nearest import normal

ALIKE = N_(
    "{table}: values of {column} that differ only in how they are written: {count}, such as "
    "{example}. They count as different ones."
)

MOST_CODES = 100_000
"""Different codes of a column that are compared; a column with more holds free numbers."""

ALIKE_PEOPLE = N_(
    "{table}: values of {column} that differ only in how they are written, in capitals, signs or "
    "leading zeros: {count}. They count as different people."
)

_FREE = frozenset({"feedback_id", "case_id", "response_id", "score", "country"})
"""Codes that other systems number; a look-alike among millions says nothing."""

EXAMPLES = 3


def check(brought: Brought) -> None:
    """Note brought values that are spelt unlike another of their column, brought or stored."""
    for table in brought.spool:
        names = [
            column.name
            for column in TABLES[table].columns
            if column.kind == "code" and column.name not in _FREE and not column.refers
        ]
        if not names:
            continue
        codes = brought.spool[table].select(
            pl.col(name).drop_nulls().unique().implode() for name in names
        )
        found = codes.collect(engine="streaming")
        for name in names:
            values = found[name].explode(empty_as_null=False)
            if 0 < values.len() <= MOST_CODES:
                _compare(brought, table, name, values)


def _compare(brought: Brought, table: str, column: str, values: pl.Series) -> None:
    held = _held(brought, table, column)
    written: dict[str, set[str]] = {}
    for value in [*values, *held]:
        written.setdefault(normal(value) or value, set()).add(value)
    mine = set(values)
    alike = sorted(sorted(found) for found in written.values() if len(found) > 1 and found & mine)
    count = sum(len(found) for found in alike)
    if TABLES[table].column(column).keeping != "as brought":
        if count:
            brought.notes.warn(ALIKE_PEOPLE, count, table=table, column=column)
    elif alike:
        example = "; ".join(" = ".join(found) for found in alike[:EXAMPLES])
        brought.notes.warn(ALIKE, count, table=table, column=column, example=example)


def _held(brought: Brought, table: str, column: str) -> list[str]:
    """Stored codes to compare with. Employees are stored by a hash, submitters not at all."""
    stored = STORED[table]
    if column not in stored.names or stored.column(column).keeping != "as brought":
        return []
    found = brought.stored.values(table, (column,))[column]
    return found.to_list() if found.len() <= MOST_CODES else []
