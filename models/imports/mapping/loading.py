"""From a TOML file to a mapping, with every mistake at once."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from models.imports.contract import TABLES, Table
from models.imports.mapping.entries import Entry
from models.imports.mapping.judging import judge
from models.imports.mapping.language import (
    OTHERWISE,
    SPANS,
    TAKES,
    USUAL,
    USUAL_MISSING,
    ColumnMap,
    FileMap,
    Filter,
    FixedRows,
    Mapping,
    Otherwise,
    Rises,
    Span,
    TableMap,
    Take,
    Unpivot,
)

BUNDLED = Path(__file__).parents[1] / "mappings"
"""Where the mappings lie that come with Werkvloer."""


class MappingError(ValueError):
    """A mapping is not right; ``errors`` holds every mistake."""

    def __init__(self, name: str, errors: tuple[str, ...]) -> None:
        super().__init__(f"{name}: {'; '.join(errors)}")
        self.name = name
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Written:
    """A mapping as its TOML, not yet read: it may be wrong."""

    name: str
    toml: str


def bundled() -> list[str]:
    """The names of the mappings that come with Werkvloer."""
    return sorted(path.stem for path in BUNDLED.glob("*.toml"))


def load(name_or_path: str | Written) -> Mapping:
    """A bundled mapping by its name, or any by its path or its text.

    Raises:
        MappingError: there is none, it is no TOML, or it breaks the language.
    """
    if isinstance(name_or_path, Written):
        return read(name_or_path.toml, name_or_path.name)
    ours = name_or_path in bundled()
    path = BUNDLED / f"{name_or_path}.toml" if ours else Path(name_or_path)
    if not path.is_file():
        raise MappingError(
            name_or_path, (f"there is no such file; bundled are {', '.join(bundled())}",)
        )
    try:
        return read(path.read_text(encoding="utf-8"), path.stem)
    except UnicodeDecodeError as error:
        raise MappingError(path.stem, (str(error),)) from error


def read(toml: str, name: str) -> Mapping:
    """The mapping behind a TOML text.

    Raises:
        MappingError: it is no TOML, or it breaks the language.
    """
    try:
        values = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(name, (str(error),)) from error
    return parse(values, name)


def parse(values: dict[str, Any], name: str) -> Mapping:
    """The mapping behind the values of a TOML file.

    Raises:
        MappingError: with every mistake.
    """
    errors: list[str] = []
    top = Entry(values, "", errors)
    comma, point = top.flag("decimal_comma"), top.flag("decimal_point")
    common = FileMap(
        (), (), _missing(top), top.texts("dates"), decimal_comma=comma, decimal_point=point
    )
    mapping = Mapping(
        name,
        top.text("about") or "",
        tuple(_file(entry, common) for entry in top.entries("file", required=True)),
        tuple(_fixed(entry) for entry in top.entries("rows")),
    )
    top.done()
    if errors:
        raise MappingError(name, tuple(error.removeprefix(": ") for error in errors))
    return mapping


def _file(entry: Entry, common: FileMap) -> FileMap:
    """One [[file]]; what it does not say itself stands at the top of the mapping."""
    comma, point = entry.flag("decimal_comma"), entry.flag("decimal_point")
    if not (comma or point):
        comma, point = common.decimal_comma, common.decimal_point
    if comma and point:
        entry.wrong("'decimal_comma' and 'decimal_point' can't both be true")
    found = FileMap(
        entry.texts("match", required=True),
        tuple(_table(one) for one in entry.entries("table", required=True)),
        _missing(entry) or common.missing,
        entry.texts("dates") or common.dates,
        comma,
        *_layout(entry),
        point,
    )
    entry.done()
    return found


def _missing(entry: Entry) -> tuple[str, ...]:
    """Cells that mean empty, with the usual ones where that word stands."""
    given = entry.texts("missing")
    usual = USUAL_MISSING if USUAL in given else ()
    return (*(cell for cell in given if cell != USUAL), *usual)


def _layout(entry: Entry) -> tuple[int | None, int, int, str]:
    """Where the headings stand, and on which sheet."""
    header_row = entry.whole("header_row", 1)
    skip_rows = entry.whole("skip_rows", 0)
    if header_row is not None and skip_rows is not None:
        entry.wrong("'header_row' and 'skip_rows' say the same thing; keep one")
    header_rows = entry.whole("header_rows", 1) or 1
    return header_row, header_rows, skip_rows or 0, entry.text("sheet") or ""


def _table(entry: Entry) -> TableMap:
    name = entry.text("table", required=True)
    table = TABLES.get(name or "")
    if name and table is None:
        entry.wrong(f"there is no table '{name}'; there are {', '.join(TABLES)}")
    unpivot = _unpivot(entry)
    columns = _columns(entry, table, unpivot)
    found = TableMap(
        name or "",
        columns,
        _filters(entry, "keep"),
        _filters(entry, "drop"),
        _rises(entry),
        unpivot,
        entry.texts("group"),
        entry.texts("order"),
        entry.texts("known"),
        entry.pairs("not_before"),
    )
    entry.done()
    if table is not None:
        judge(entry, table, found)
    return found


def _columns(entry: Entry, table: Table | None, unpivot: Unpivot | None) -> tuple[ColumnMap, ...]:
    """The columns written down, and those that an unpivot fills under their own names."""
    written = [_column(name, value, entry) for name, value in entry.table("columns").items()]
    named = {column.name for column in written}
    if unpivot:
        written += [ColumnMap(n, source=n) for n in unpivot.names if n not in named]
    if table is not None and not table.wide:
        for column in written:
            if column.name not in table.names:
                allowed = ", ".join(table.names)
                entry.wrong(f"{table.name} has no column '{column.name}'; it has {allowed}")
    return tuple(written)


def _column(name: str, value: object, parent: Entry) -> ColumnMap:
    if isinstance(value, str):
        return ColumnMap(name, source=value)
    if not isinstance(value, dict):
        parent.wrong(f"column '{name}' must be a heading or a table, not {value!r}")
        return ColumnMap(name)
    entry = Entry(value, f"{parent.place} column {name}", parent.errors)
    column = ColumnMap(
        name,
        source=entry.text("from"),
        constant=entry.plain("value"),
        only=entry.texts("only"),
        values=entry.pairs("map"),
        otherwise=cast(Otherwise, entry.choice("otherwise", OTHERWISE) or "problem"),
        dates=entry.texts("dates"),
        period=cast("Span | None", entry.choice("period", SPANS)),
        default=entry.plain("default"),
        take=cast(Take, entry.choice("take", TAKES) or "first"),
        weight=entry.text("weight"),
        per=entry.text("per"),
        within=entry.texts("within"),
        scale=entry.number("scale"),
    )
    entry.done()
    if (column.source is None) == (column.constant is None):
        entry.wrong("needs either 'from' or 'value'")
    if column.weight and column.take != "mean":
        entry.wrong("'weight' goes with take = 'mean'")
    if column.per and column.take != "sum":
        entry.wrong("'per' goes with take = 'sum'")
    return column


def _filters(entry: Entry, key: str) -> tuple[Filter, ...]:
    return tuple(
        _filter(heading, value, Entry({}, f"{entry.place} {key} {heading}", entry.errors))
        for heading, value in entry.table(key).items()
    )


def _filter(heading: str, value: object, parent: Entry) -> Filter:
    if not isinstance(value, dict):
        listed = Entry({"values": value}, parent.place, parent.errors)
        return Filter(heading, values=listed.texts("values"))
    entry = Entry(value, parent.place, parent.errors)
    months = entry.texts("months")
    found = Filter(
        heading,
        low=entry.number("from"),
        high=entry.number("to"),
        months=tuple(int(month) for month in months if month.isdigit()),
        filled=entry.flag("filled"),
    )
    entry.done()
    if any(month not in map(str, range(1, 13)) for month in months):
        entry.wrong("'months' are numbers from 1 to 12")
    if found == Filter(heading):
        entry.wrong("needs values, 'from', 'to', 'months' or 'filled = true'")
    return found


def _rises(entry: Entry) -> Rises | None:
    values = entry.table("rises")
    if not values:
        return None
    one = Entry(values, f"{entry.place} rises", entry.errors)
    heading, within, order = (one.text(k, required=True) for k in ("column", "within", "order"))
    one.done()
    return Rises(heading or "", within or "", order or "")


def _unpivot(entry: Entry) -> Unpivot | None:
    values = entry.table("unpivot")
    if not values:
        return None
    one = Entry(values, f"{entry.place} unpivot", entry.errors)
    into = one.text("into", required=True)
    inner = Entry(one.table("rows"), one.place, entry.errors)
    rows = {name: inner.pairs(name) for name in inner.values}
    one.done()
    if len({tuple(sorted(row)) for row in rows.values()}) != 1:
        one.wrong("'rows' must all name the same columns")
    return Unpivot(into or "", rows)


def _fixed(entry: Entry) -> FixedRows:
    name = entry.text("table", required=True)
    columns = entry.texts("columns", required=True)
    rows = entry.rows("rows")
    entry.done()
    table = TABLES.get(name or "")
    if name and table is None:
        entry.wrong(f"there is no table '{name}'; there are {', '.join(TABLES)}")
    if table is not None:
        for column in columns:
            if column not in table.names:
                entry.wrong(f"{table.name} has no column '{column}'")
    if any(len(row) != len(columns) for row in rows):
        entry.wrong(f"every row must have {len(columns)} values")
    return FixedRows(name or "", columns, rows)
