"""From a mapping back to TOML: what `parse` reads again as the same mapping."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import fields, replace

from models.imports.mapping.language import (
    ColumnMap,
    FileMap,
    Filter,
    FixedRows,
    Mapping,
    TableMap,
    Unpivot,
)

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHARED = ("missing", "dates", "decimal_comma", "decimal_point")
"""What a mapping may say once for all its files."""

_OWN_WORDS = frozenset({"match", "tables"})
_LONG = 88
_HOW = "How files of another program become tables of Werkvloer; docs/data-contract.md explains it."


def write(mapping: Mapping, remarks: Sequence[str] = ()) -> str:
    """The mapping as a TOML file, with ``remarks`` as comments at its top.

    Raises:
        ValueError: the mapping holds what the language has no words for: two filters on one
            heading, or a filter on values and on numbers at once.
    """
    lines = [f"# {line}" for text in (_HOW, *remarks) for line in text.splitlines() or [""]]
    lines += ["", f"about = {_long_text(mapping.about)}"]
    shared = _shared(mapping.files)
    for key in shared:
        lines.append(f"{key} = {_value(getattr(mapping.files[0], key))}")
    for file in mapping.files:
        lines += ["", *_file(file, shared)]
    for fixed in mapping.rows:
        lines += ["", *_fixed(fixed)]
    return "\n".join(lines) + "\n"


def _shared(files: Sequence[FileMap]) -> list[str]:
    """The words that all files say alike, so that they stand at the top once."""
    if not files:
        return []
    return [
        key
        for key in _SHARED
        if getattr(files[0], key) and len({getattr(file, key) for file in files}) == 1
    ]


def _file(file: FileMap, shared: Sequence[str]) -> Iterator[str]:
    yield "[[file]]"
    yield f"match = {_value(file.match)}"
    for each in fields(FileMap):
        value = getattr(file, each.name)
        if each.name not in _OWN_WORDS and each.name not in shared and value != each.default:
            yield f"{each.name} = {_value(value)}"
    for table in file.tables:
        yield ""
        yield from _table(table)


def _table(table: TableMap) -> Iterator[str]:
    yield "[[file.table]]"
    yield f"table = {_text(table.table)}"
    for key in ("keep", "drop"):
        if filters := getattr(table, key):
            yield f"{key} = {_inline(_filters(filters))}"
    if table.rises:
        rises = table.rises
        names = {"column": rises.heading, "within": rises.within, "order": rises.order}
        yield f"rises = {_inline({key: _text(text) for key, text in names.items()})}"
    for key in ("group", "order", "known"):
        if listed := getattr(table, key):
            yield f"{key} = {_value(listed)}"
    if table.not_before:
        yield f"not_before = {_inline({k: _text(v) for k, v in table.not_before.items()})}"
    yield from _columns(table)
    if table.unpivot:
        yield from _unpivot(table.unpivot)


def _filters(filters: Iterable[Filter]) -> dict[str, str]:
    written: dict[str, str] = {}
    for one in filters:
        if one.heading in written:
            raise ValueError(f"two filters on {one.heading!r}")
        if one.values and one != Filter(one.heading, one.values):
            raise ValueError(f"a filter on values and on something else of {one.heading!r}")
        written[one.heading] = _value(one.values) if one.values else _inline(_bounds(one))
    return written


def _bounds(one: Filter) -> dict[str, str]:
    said: dict[str, object] = {
        "from": one.low,
        "to": one.high,
        "months": one.months,
        "filled": one.filled,
    }
    # 0 is a bound too, and equals False: so absent is told by identity.
    return {k: _value(v) for k, v in said.items() if not (v is None or v is False or v == ())}


def _columns(table: TableMap) -> Iterator[str]:
    """One line a column; a column with a map of values has a table of its own below."""
    columns = [column for column in table.columns if not _implied(table, column)]
    yield "[file.table.columns]"
    for column in columns:
        if len(inline := f"{_key(column.name)} = {_column(column)}") <= _LONG or not column.values:
            yield inline
        else:
            # TOML wants the rest of a table before the tables inside it: dotted keys keep the
            # columns in their order.
            name = _key(column.name)
            for key, value in _words(replace(column, values={})).items():
                yield f"{name}.{key} = {value}"
            for old, new in column.values.items():
                yield f"{name}.map.{_key(old)} = {_text(new)}"


def _implied(table: TableMap, column: ColumnMap) -> bool:
    """Whether the unpivot brings the column by itself, at the place where it would."""
    if table.unpivot is None or column != ColumnMap(column.name, source=column.name):
        return False
    names = [each.name for each in table.columns]
    written = [name for name in names if name not in table.unpivot.names]
    return names == [*written, *table.unpivot.names]


def _column(column: ColumnMap) -> str:
    if column.source is not None and column == ColumnMap(column.name, source=column.source):
        return _text(column.source)
    return _inline(_words(column))


def _words(column: ColumnMap) -> dict[str, str]:
    """Everything that a column says, by its words in the file."""
    said: dict[str, str] = {}
    for each in fields(ColumnMap):
        value = getattr(column, each.name)
        if each.name == "name" or value == each.default or value in ((), {}):
            continue
        if each.name == "values":
            said["map"] = _inline({old: _text(new) for old, new in column.values.items()})
        else:
            said[{"source": "from", "constant": "value"}.get(each.name, each.name)] = _value(value)
    return said


def _unpivot(unpivot: Unpivot) -> Iterator[str]:
    yield f"[file.table.unpivot]\ninto = {_text(unpivot.into)}"
    yield "[file.table.unpivot.rows]"
    for value, row in unpivot.rows.items():
        yield f"{_key(value)} = {_inline({name: _text(heading) for name, heading in row.items()})}"


def _fixed(fixed: FixedRows) -> Iterator[str]:
    yield "[[rows]]"
    yield f"table = {_text(fixed.table)}"
    yield f"columns = {_value(fixed.columns)}"
    yield "rows = ["
    for row in fixed.rows:
        yield f"  {_value(tuple(cell or '' for cell in row))},"
    yield "]"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return _text(str(value))


def _inline(written: Dict[str, str]) -> str:
    """Keys with values that are written already."""
    return f"{{ {', '.join(f'{_key(key)} = {value}' for key, value in written.items())} }}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    """A basic string: JSON's signs are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(text: str) -> str:
    """A text of several lines keeps its lines."""
    if "\n" not in text:
        return _text(text)
    lines = [_text(line)[1:-1] for line in text.split("\n")]
    return '"""\n' + "\n".join(lines) + '"""'
