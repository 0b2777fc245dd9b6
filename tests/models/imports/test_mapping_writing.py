"""A mapping that is written and read again is the same mapping."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.imports.contract import TABLES, Table
from models.imports.mapping import Mapping, bundled, load, read
from models.imports.mapping.language import (
    NUMERIC_TAKES,
    OTHERWISE,
    SPANS,
    TAKES,
    USUAL,
    ColumnMap,
    FileMap,
    Filter,
    FixedRows,
    Rises,
    TableMap,
    Unpivot,
)
from models.imports.mapping.writing import write

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
HEADING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SOME_TEXTS = st.lists(TEXT, min_size=1, max_size=3).map(tuple)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
COMMAS: tuple[dict[str, bool], ...] = ({}, {"decimal_comma": True}, {"decimal_point": True})
MONTHS = st.lists(st.integers(1, 12), max_size=3).map(tuple)


def again(mapping: Mapping) -> Mapping:
    return read(write(mapping), mapping.name)


@st.composite
def columns(draw: st.DrawFn, name: str, *, grouped: bool) -> ColumnMap:
    """Any column that the language has words for."""
    constant = draw(st.booleans())
    take = draw(st.sampled_from(TAKES)) if grouped else "first"
    return ColumnMap(
        name,
        source=None if constant else draw(HEADING),
        constant=draw(TEXT) if constant else None,
        only=draw(TEXTS),
        values=draw(st.dictionaries(TEXT, TEXT, max_size=3)),
        otherwise=draw(st.sampled_from(OTHERWISE)),
        dates=draw(TEXTS),
        period=draw(st.none() | st.sampled_from(SPANS)),
        default=draw(st.none() | TEXT),
        take=take,
        weight=draw(st.none() | HEADING) if take == "mean" else None,
        per=draw(st.none() | HEADING) if take == "sum" else None,
        scale=draw(st.none() | NUMBER),
    )


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    """Filters on different headings, each with something to say."""
    made = []
    for heading in draw(st.lists(HEADING, max_size=3, unique=True)):
        if draw(st.booleans()):
            made.append(Filter(heading, values=draw(SOME_TEXTS)))
        else:
            low, high, months = draw(st.none() | NUMBER), draw(st.none() | NUMBER), draw(MONTHS)
            made.append(Filter(heading, low=low, high=high, months=months, filled=True))
    return tuple(made)


@st.composite
def tables(draw: st.DrawFn, table: Table) -> TableMap:
    grouped = draw(st.booleans())
    names = [c.name for c in table.columns if c.required or draw(st.booleans())]
    group = tuple(names[:2]) if grouped else ()
    made = [draw(columns(name, grouped=grouped and name not in group)) for name in names]
    made = [
        ColumnMap(c.name, source=c.source, constant=c.constant)
        if c.name in group and c.take in NUMERIC_TAKES
        else c
        for c in made
    ]
    unpivot = None
    if draw(st.booleans()):
        into, *others = names[-2:]
        rows = draw(
            st.dictionaries(
                TEXT, st.fixed_dictionaries(dict.fromkeys(others, HEADING)), min_size=1, max_size=2
            )
        )
        unpivot = Unpivot(into, rows)
        made = [c for c in made if c.name not in unpivot.names]
        made += [ColumnMap(name, source=name) for name in unpivot.names]
    rises = Rises(*(draw(HEADING) for _ in range(3))) if draw(st.booleans()) else None
    refers = tuple(c.name for c in table.columns if c.refers and c.name in names)
    return TableMap(
        table.name,
        tuple(made),
        keep=draw(filters()),
        drop=draw(filters()),
        rises=rises,
        unpivot=unpivot,
        group=group,
        order=draw(st.lists(HEADING, max_size=2).map(tuple)),
        known=refers if draw(st.booleans()) else (),
    )


@st.composite
def files(draw: st.DrawFn) -> FileMap:
    named = draw(st.lists(st.sampled_from(list(TABLES.values())), min_size=1, max_size=2))
    row, skip = draw(st.sampled_from([(None, 0), (3, 0), (None, 2)]))
    return FileMap(
        draw(SOME_TEXTS),
        tuple(draw(tables(table)) for table in named),
        missing=tuple(cell for cell in draw(TEXTS) if cell != USUAL),
        dates=draw(TEXTS),
        header_row=row,
        header_rows=draw(st.integers(1, 3)),
        skip_rows=skip,
        sheet=draw(TEXT),
        **draw(st.sampled_from(COMMAS)),
    )


@st.composite
def fixed(draw: st.DrawFn) -> FixedRows:
    table = draw(st.sampled_from(list(TABLES.values())))
    cell = st.none() | TEXT.filter(bool)
    rows = draw(st.lists(st.tuples(*(cell for _ in table.names)), max_size=2))
    return FixedRows(table.name, table.names, tuple(rows))


def _shared_words(mapping: Mapping) -> Mapping:
    """A file that says nothing has what stands at the top, so files of one mapping say the same."""
    first = mapping.files[0]
    names = ("missing", "dates", "decimal_comma", "decimal_point")
    same = {name: getattr(first, name) for name in names}
    return replace(mapping, files=tuple(replace(one, **same) for one in mapping.files))


MAPPINGS = st.builds(
    Mapping,
    st.just("any"),
    TEXT | st.text(st.sampled_from('a\n\r\t"\\ é'), max_size=30),
    st.lists(files(), min_size=1, max_size=2).map(tuple),
    st.lists(fixed(), max_size=1).map(tuple),
)


@settings(max_examples=max(10, settings().max_examples // 4))
@given(MAPPINGS.map(_shared_words))
def test_what_is_written_is_read_as_it_was(mapping: Mapping) -> None:
    assert again(mapping) == mapping


@settings(max_examples=max(10, settings().max_examples // 4))
@given(files(), files())
def test_files_that_differ_keep_their_own_words(one: FileMap, other: FileMap) -> None:
    mapping = Mapping("any", "", (one, other))
    assert again(mapping) == mapping


@pytest.mark.parametrize("name", bundled())
def test_bundled_mappings_survive(name: str) -> None:
    assert again(load(name)) == load(name)


def test_every_word_of_a_file_is_written() -> None:
    # A word that the language gains later must not be lost by saving.
    table = TableMap("locations", (ColumnMap("location_id", "a"), ColumnMap("name", "b")))
    said: dict[str, object] = {"match": ("a*",), "tables": (table,)}
    for each in fields(FileMap):
        kind = type(each.default)
        if each.name not in said and each.name != "skip_rows":
            said[each.name] = {tuple: ("x",), bool: True, int: 3, str: "y"}.get(kind, 3)
    file = replace(FileMap(**said), decimal_point=False)  # type: ignore[arg-type]
    for one in (file, replace(file, decimal_comma=False, decimal_point=True)):
        mapping = Mapping("any", "", (one,))
        assert again(mapping) == mapping


def test_what_the_language_can_not_say_is_refused() -> None:
    columns = (ColumnMap("location_id", "a"), ColumnMap("name", "b"))
    for keep in (
        (Filter("a", low=1.0), Filter("a", high=2.0)),
        (Filter("a", values=("x",), filled=True),),
    ):
        table = TableMap("locations", columns, keep=keep)
        with pytest.raises(ValueError, match="filter"):
            write(Mapping("any", "", (FileMap(("*",), (table,)),)))


def test_it_reads_well() -> None:
    columns = (
        ColumnMap("location_id", "Filiaal nr"),
        ColumnMap("name", "Naam", default='de "oude"'),
        ColumnMap("kind", "Soort", values={f"Soort {n}": f"kind_{n}" for n in range(4)}),
    )
    table = TableMap("locations", columns, keep=(Filter("Naam", filled=True),))
    file = FileMap(("filialen*",), (table,), missing=("-",))
    assert write(Mapping("any", "Onze filialen.", (file,)), ["A guess."]) == (
        "# How files of another program become tables of Werkvloer; docs/data-contract.md explains "
        "it.\n"
        "# A guess.\n"
        "\n"
        'about = "Onze filialen."\n'
        'missing = ["-"]\n'
        "\n"
        "[[file]]\n"
        'match = ["filialen*"]\n'
        "\n"
        "[[file.table]]\n"
        'table = "locations"\n'
        "keep = { Naam = { filled = true } }\n"
        "[file.table.columns]\n"
        'location_id = "Filiaal nr"\n'
        'name = { from = "Naam", default = "de \\"oude\\"" }\n'
        'kind.from = "Soort"\n'
        'kind.map."Soort 0" = "kind_0"\n'
        'kind.map."Soort 1" = "kind_1"\n'
        'kind.map."Soort 2" = "kind_2"\n'
        'kind.map."Soort 3" = "kind_3"\n'
    )
