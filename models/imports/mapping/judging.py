"""Mistakes of a mapping that show only beside the contract of its table."""

from models.imports.contract import TABLES, Table
from models.imports.mapping.entries import Entry
from models.imports.mapping.language import NUMERIC_TAKES, ColumnMap, TableMap


def judge(entry: Entry, table: Table, found: TableMap) -> None:
    """Note every mistake of a table's mapping in ``entry``."""
    names = {column.name for column in found.columns}
    wide = table.wide and not {"item", "score"} & names
    for column in table.columns:
        spared = wide and column.name in ("item", "score")
        if column.required and column.name not in names and not spared:
            entry.wrong(f"{table.name} needs the column '{column.name}'")
    _among(entry, "group", found.group, names)
    _among(entry, "known", found.known, names)
    for one in found.columns:
        _judge_column(entry, one, found, names)
    for name in found.known:
        if name in table.names and not table.column(name).refers:
            entry.wrong(f"'known' names '{name}', which refers to no other table")
    for name, target in found.not_before.items():
        _judge_not_before(entry, table, name, target)


def _among(entry: Entry, key: str, listed: tuple[str, ...], names: set[str]) -> None:
    for name in listed:
        if name not in names:
            entry.wrong(f"'{key}' names '{name}', which is not among its columns")


def _judge_column(entry: Entry, column: ColumnMap, found: TableMap, names: set[str]) -> None:
    if (column.take != "first" or column.within) and not found.group:
        entry.wrong(f"column '{column.name}' has a 'take', but there is no 'group'")
    if column.take in NUMERIC_TAKES and column.name in found.group:
        entry.wrong(f"column '{column.name}' can't be both taken and in 'group'")
    _among(entry, "within", column.within, names)


def _judge_not_before(entry: Entry, table: Table, name: str, target: str) -> None:
    other, _, column = target.partition(".")
    good = (
        name in table.names
        and other in TABLES
        and column in TABLES[other].names
        and any(one.refers == other for one in table.columns)
    )
    if not good:
        entry.wrong(
            f"'not_before' is {name} = '{target}'; it must be a column of {table.name} and "
            "a table.column that it refers to"
        )
