"""The first rows as they would be stored, and what is wrong with the first thousand."""

from typing import Any

import polars as pl
import streamlit as st

from models.imports.contract import TABLES
from models.imports.guessing.editing import lacking, table_of
from models.imports.guessing.previewing import Preview
from models.imports.problems import Cause
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words
from pages.steward.mapping_names import column_name, table_name
from pages.steward.mapping_state import Work

MOST = 8


def show(work: Work) -> None:
    """The table worked on first, then the others that the file brings too."""
    preview = work.preview()
    main = table_of(work.mapping, work.at).table
    _verdict(preview, whole=not lacking(work.mapping, work.at))
    for name in sorted(preview.tables, key=lambda name: name != main):
        _table(name, preview.tables[name], alone=len(preview.tables) == 1)
    if main not in preview.tables:
        st.caption(_("Nothing can be shown of it yet."))
    for note in preview.notes:
        st.caption(plain(note.message(_, words().number)))


def _table(name: str, rows: pl.DataFrame, *, alone: bool) -> None:
    if not alone:
        st.caption(table_name(name))
    keeping = {column.name: column.keeping for column in TABLES[name].columns}
    shown = {"keyed hash": _("becomes a code"), "counted, then dropped": _("counted, then dropped")}
    frame = rows.with_columns(
        pl.lit(shown[keeping[column]]).alias(column)
        for column in rows.columns
        if keeping.get(column) in shown
    )
    st.dataframe(
        frame,
        hide_index=True,
        height="content" if frame.height < 8 else 310,
        column_config={column: _shown(column, frame.schema[column]) for column in frame.columns},
        placeholder="–",
        alt=_("The first rows of {table} as they would be stored").format(table=table_name(name)),
    )


def _shown(column: str, dtype: pl.DataType) -> Any:
    """The column under its name for people; days and moments as they are stored."""
    name = column_name(column).partition(" · ")[0]
    if dtype == pl.Date:
        return st.column_config.DateColumn(name, format="YYYY-MM-DD")
    if isinstance(dtype, pl.Datetime):
        return st.column_config.DatetimeColumn(name, format="YYYY-MM-DD HH:mm")
    return st.column_config.Column(name)


def _verdict(preview: Preview, *, whole: bool) -> None:
    count = sum(cause.count for cause in preview.problems)
    rows = words().number(preview.rows)
    if not count and not whole:
        return
    if not count:
        st.success(
            ngettext(
                "The first row can be read. The check looks at all of them.",
                "The first {rows} rows can be read. The check looks at all of them.",
                preview.rows,
            ).format(rows=rows),
            icon=":material/check_circle:",
        )
        return
    st.error(
        "\n".join(_line(cause) for cause in preview.problems[:MOST])
        + ("\n- …" if len(preview.problems) > MOST else ""),
        title=ngettext(
            "Wrong in the first row", "Wrong in the first {rows} rows", preview.rows
        ).format(rows=rows),
        icon=":material/error:",
    )


def _line(cause: Cause) -> str:
    first = cause.examples[0]
    times = ngettext("{count} time", "{count} times", cause.count).format(
        count=words().number(cause.count)
    )
    return f"- {plain(first.message(_))} ({times}). {plain(first.remedy(_))}"
