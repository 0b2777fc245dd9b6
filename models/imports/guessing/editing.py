"""Corrections to a mapping, one at a time; each gives a new mapping.

``at`` is the place of a table among those of the mapping's first [[file]].
"""

from dataclasses import replace
from typing import Any

from models.imports.contract import TABLES
from models.imports.guessing.drafting import column_map, place, places_of
from models.imports.guessing.sampling import Sample
from models.imports.mapping import Mapping
from models.imports.mapping.language import ColumnMap, TableMap


def table_of(mapping: Mapping, at: int) -> TableMap:
    """The table that is being worked on."""
    return mapping.files[0].tables[at]


def column_of(mapping: Mapping, at: int, heading: str) -> ColumnMap | None:
    """The column that a heading becomes: its own before one that is derived from it."""
    found = [column for column in table_of(mapping, at).columns if column.source == heading]
    return min(found, key=lambda column: column.period is not None, default=None)


def named(mapping: Mapping, at: int, name: str) -> ColumnMap | None:
    """The column called ``name``; None while nothing fills it."""
    return next((c for c in table_of(mapping, at).columns if c.name == name), None)


def assign(mapping: Mapping, at: int, heading: str, name: str | None, sample: Sample) -> Mapping:
    """Make a heading the column ``name``, or leave it out; another heading gives way."""
    before = column_of(mapping, at, heading)
    if before is not None and before.name == name:
        return mapping
    gone = {name, before.name if before else None}
    kept = [column for column in table_of(mapping, at).columns if column.name not in gone]
    if name is not None:
        table = TABLES[table_of(mapping, at).table]
        kept.append(column_map(table, name, heading, sample.looks[heading]))
    return _with_columns(mapping, at, kept)


def put(mapping: Mapping, at: int, column: ColumnMap) -> Mapping:
    """Read a column in another way."""
    others = [one for one in table_of(mapping, at).columns if one.name != column.name]
    return _with_columns(mapping, at, [*others, column])


def remove(mapping: Mapping, at: int, name: str) -> Mapping:
    """Fill a column from nothing."""
    kept = [one for one in table_of(mapping, at).columns if one.name != name]
    return _with_columns(mapping, at, kept)


def of_the_file(mapping: Mapping, **changes: Any) -> Mapping:
    """Change what holds for the whole file: its patterns, missing markers, layout."""
    return replace(mapping, files=(replace(mapping.files[0], **changes), *mapping.files[1:]))


def lacking(mapping: Mapping, at: int) -> list[str]:
    """Columns that every row needs and nothing fills yet."""
    table = TABLES[table_of(mapping, at).table]
    names = {column.name for column in table_of(mapping, at).columns}
    wide = table.wide and not {"item", "score"} & names
    spared = {"item", "score"} if wide and names - set(table.names) else set()
    return [
        column.name
        for column in table.columns
        if column.required and column.name not in names | spared
    ]


def main_table(mapping: Mapping) -> int:
    """The place of the table that the file is about: the one with the most columns."""
    tables = mapping.files[0].tables
    return max(range(len(tables)), key=lambda at: (len(tables[at].columns), at))


def lists_places(mapping: Mapping, at: int) -> bool:
    """Whether the mapping also brings the sites that its rows name."""
    return any(
        one.table == "locations"
        for place_, one in enumerate(mapping.files[0].tables)
        if place_ != at
    )


def with_places(mapping: Mapping, at: int, sample: Sample, *, wanted: bool) -> Mapping:
    """Also bring the sites and teams that the rows name, or do not."""
    main = table_of(mapping, at)
    kept = [
        one
        for place_, one in enumerate(mapping.files[0].tables)
        if place_ == at or one.table not in ("locations", "teams")
    ]
    made = places_of(TABLES[main.table], main, sample) if wanted else ()
    return of_the_file(mapping, tables=(*made, *kept))


def in_step(before: Mapping, after: Mapping, at: int, sample: Sample) -> tuple[Mapping, int]:
    """The mapping with its sites and teams made anew, where the heading they come from changed."""
    if not lists_places(before, at):
        return after, at
    old, new = table_of(before, at), table_of(after, at)
    if all(_source(old, key) == _source(new, key) for key in ("location_id", "team_id")):
        return after, at
    changed = with_places(after, at, sample, wanted=True)
    return changed, main_table(changed)


def _source(table: TableMap, name: str) -> str | None:
    return next((column.source for column in table.columns if column.name == name), None)


def _with_columns(mapping: Mapping, at: int, columns: list[ColumnMap]) -> Mapping:
    main = table_of(mapping, at)
    table = TABLES[main.table]
    ordered = sorted(columns, key=lambda column: place(table, column.name))
    tables = list(mapping.files[0].tables)
    tables[at] = replace(main, columns=tuple(ordered))
    return of_the_file(mapping, tables=tuple(tables))
