"""What no column of the file gives: what is still needed, and fixed values for all rows."""

import streamlit as st

from models.imports.contract import TABLES, Column
from models.imports.guessing.editing import lacking, put, remove, table_of
from models.imports.mapping.language import ColumnMap
from pages.shared.words import _
from pages.steward.mapping_names import column_name, option_name
from pages.steward.mapping_state import Work

_ADD = "mapping_add"


def show(work: Work) -> None:
    """Required columns that nothing fills, then the fixed values, then one more if wanted."""
    main = table_of(work.mapping, work.at)
    table = TABLES[main.table]
    wanting = lacking(work.mapping, work.at)
    if wanting:
        st.warning(
            _(
                "Every row needs these too. Choose the column of the file below, or give one "
                "value for all rows here."
            ),
            title=_("Still needed: {columns}").format(
                columns=", ".join(column_name(name) for name in wanting)
            ),
            icon=":material/playlist_add:",
        )
    constants = {c.name: c.constant or "" for c in main.columns if c.source is None}
    for name in (*wanting, *constants):
        if name in table.names and name not in ("item", "score"):
            _value(work, table.column(name), constants.get(name, ""))
    filled = {column.name for column in main.columns}
    free = [name for name in table.names if name not in filled and name not in wanting]
    _another(work, [name for name in free if name not in ("item", "score", *table.key)])


def _value(work: Work, column: Column, value: str) -> None:
    key = f"mapping_value_{column.name}"
    label = _("{column}: one value for all rows").format(column=column_name(column.name))
    st.session_state[key] = value
    if column.kind in ("option", "boolean"):
        options = ["", *(column.options or ("true", "false"))]
        st.selectbox(
            label,
            options if value in options else [*options, value],
            format_func=lambda code: option_name(code) if code else _("no fixed value"),
            key=key,
            width=420,
            on_change=_set,
            args=(work, column.name, key),
        )
    else:
        st.text_input(
            label,
            key=key,
            width=420,
            placeholder=column.example,
            on_change=_set,
            args=(work, column.name, key),
        )


def _set(work: Work, name: str, key: str) -> None:
    value = (st.session_state[key] or "").strip()
    if value:
        work.edit(put(work.mapping, work.at, ColumnMap(name, constant=value)))
    else:
        work.edit(remove(work.mapping, work.at, name))


def _another(work: Work, names: list[str]) -> None:
    if not names:
        return
    st.session_state[_ADD] = ""
    st.selectbox(
        _("Give another column one value for all rows"),
        ["", *names],
        format_func=lambda name: column_name(name) if name else _("choose a column"),
        key=_ADD,
        width=420,
        on_change=_add,
        args=(work,),
    )


def _add(work: Work) -> None:
    name = st.session_state[_ADD]
    if name:
        column = TABLES[table_of(work.mapping, work.at).table].column(name)
        first = column.options[0] if column.options else column.example
        work.edit(put(work.mapping, work.at, ColumnMap(name, constant=first)))
