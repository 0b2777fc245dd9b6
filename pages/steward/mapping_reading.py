"""How the cells of one column are read: forms of dates, words, percentages."""

from dataclasses import replace

import streamlit as st

from models.imports.contract import TABLES, Column
from models.imports.guessing.contents import Look
from models.imports.guessing.editing import column_of, put, table_of
from models.imports.guessing.words import read_as
from models.imports.mapping.language import SPANS, ColumnMap
from pages.shared.plain import plain
from pages.shared.words import _, ngettext
from pages.steward.mapping_names import form_name, option_name
from pages.steward.mapping_state import Work

_DAYS = ("", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d %B %Y", "%m/%d/%Y", "%Y%m%d")
_MOMENTS = (
    "",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M",
)
_MONTHS = ("", "%B %Y", "%b %Y", "%m-%Y", "%m/%Y", "%Y%m", "%d-%m-%Y", "%d/%m/%Y")
MOST_WORDS = 40
_AS_IT_IS = ""


def show(work: Work, heading: str, place: int) -> None:
    """The choices that there are for a heading that is used."""
    found = column_of(work.mapping, work.at, heading)
    table = TABLES[table_of(work.mapping, work.at).table]
    if found is None or found.name not in table.names:
        return
    column, seen = table.column(found.name), work.sample.looks[heading]
    match column.kind:
        case "date":
            _dates(work, found, _DAYS, place, seen)
        case "timestamp":
            _dates(work, found, (*_MOMENTS, *_DAYS[1:]), place, seen)
        case "period":
            _period(work, found, place, seen)
        case "option" | "boolean":
            _words(work, found, column, seen, place)
        case "number" | "share":
            _percent(work, found, column, place)


def _dates(work: Work, found: ColumnMap, forms: tuple[str, ...], place: int, seen: Look) -> None:
    current = found.dates[0] if found.dates else ""
    key = f"mapping_dates_{place}"
    st.session_state[key] = current
    st.selectbox(
        _("Dates are written as"),
        list(dict.fromkeys((*forms, seen.dates.form, seen.months.form, current))),
        format_func=form_name,
        key=key,
        on_change=_set_dates,
        args=(work, found, key),
    )
    if seen.dates.either and current == seen.dates.form:
        st.caption(
            _("No day is over 12: it could also be month first. Compare the first rows."),
        )


def _set_dates(work: Work, found: ColumnMap, key: str) -> None:
    form = st.session_state[key]
    work.edit(put(work.mapping, work.at, replace(found, dates=(form,) if form else ())))


def _period(work: Work, found: ColumnMap, place: int, seen: Look) -> None:
    key = f"mapping_span_{place}"
    spans = {
        "": _("as it stands: 2024, 2024-Q2, 2024-06"),
        "month": _("the month of the date"),
        "quarter": _("the quarter of the date"),
        "year": _("the year of the date"),
        "four_weeks": _("the four weeks of the date"),
    }
    st.session_state[key] = found.period or ""
    st.selectbox(
        _("The period is"),
        [span for span in spans if span in ("", *SPANS)],
        format_func=spans.__getitem__,
        key=key,
        on_change=_set_span,
        args=(work, found, key),
    )
    if found.period:
        _dates(work, found, _MONTHS, place, seen)


def _set_span(work: Work, found: ColumnMap, key: str) -> None:
    span = st.session_state[key] or None
    dates = found.dates if span else ()
    work.edit(put(work.mapping, work.at, replace(found, period=span, dates=dates)))


def _percent(work: Work, found: ColumnMap, column: Column, place: int) -> None:
    """Only where a whole is one: FTE, shares."""
    if column.high is None or column.high > 2:
        return
    key = f"mapping_percent_{place}"
    st.session_state[key] = found.scale == 0.01
    st.checkbox(
        _("In percent: 80 means 0.8"), key=key, on_change=_set_percent, args=(work, found, key)
    )


def _set_percent(work: Work, found: ColumnMap, key: str) -> None:
    scale = 0.01 if st.session_state[key] else None
    work.edit(put(work.mapping, work.at, replace(found, scale=scale)))


def unclear(work: Work, heading: str) -> list[str]:
    """The words under a heading that nothing understands yet."""
    found = column_of(work.mapping, work.at, heading)
    table = TABLES[table_of(work.mapping, work.at).table]
    if found is None or found.name not in table.names:
        return []
    column = table.column(found.name)
    if column.kind not in ("option", "boolean"):
        return []
    return [
        word
        for word in work.sample.looks[heading].values
        if word not in found.values and read_as(word, column) is None
    ]


def _words(work: Work, found: ColumnMap, column: Column, seen: Look, place: int) -> None:
    """Every word of the file with what it means; the unclear ones first."""
    wanted = unclear(work, found.source or "")
    listed = list(dict.fromkeys((*wanted, *seen.values[:MOST_WORDS], *found.values)))
    label = _("Words")
    if wanted:
        label = ngettext("{count} word to explain", "{count} words to explain", len(wanted))
        label = label.format(count=len(wanted))
    with st.expander(
        label,
        expanded=bool(wanted),
        icon=":material/help:" if wanted else None,
        key=f"mapping_words_{place}_{bool(wanted)}",
    ):
        options = list(column.options) if column.kind == "option" else ["true", "false"]
        for word in listed[:MOST_WORDS]:
            key = f"mapping_word_{place}_{word}"
            st.session_state[key] = found.values.get(word) or read_as(word, column) or _AS_IT_IS
            st.selectbox(
                plain(word),
                [_AS_IT_IS, *options],
                format_func=lambda code: option_name(code) if code else _("not clear"),
                key=key,
                on_change=_set_word,
                args=(work, found, word, key),
            )
        if len(listed) > MOST_WORDS:
            st.caption(
                _("The first {shown} of {all} words. Is it the right column?").format(
                    shown=MOST_WORDS, all=len(listed)
                )
            )


def _set_word(work: Work, found: ColumnMap, word: str, key: str) -> None:
    values = {old: new for old, new in found.values.items() if old != word}
    if st.session_state[key]:
        values[word] = st.session_state[key]
    work.edit(put(work.mapping, work.at, replace(found, values=values, otherwise="keep")))
