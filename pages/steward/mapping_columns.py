"""Every column of the file: what stands in it, what it becomes, how it is read."""

import streamlit as st

from models.imports.contract import TABLES
from models.imports.guessing import barred, personal
from models.imports.guessing.editing import assign, column_of, table_of
from models.imports.guessing.items import known_items
from pages.shared.plain import plain
from pages.shared.words import _, words
from pages.steward import mapping_reading
from pages.steward.mapping_names import column_name
from pages.steward.mapping_state import Work

EXAMPLES = 4
MANY = 25
"""Columns from which those that are left out are folded away."""

LONGEST = 40
_LEFT_OUT = ""


def show(work: Work) -> None:
    """A card for each heading; of a wide file those that are used come first."""
    headings = list(enumerate(work.sample.headings))
    if len(headings) <= MANY:
        for place, heading in headings:
            _card(work, heading, place)
        return
    used = [pair for pair in headings if column_of(work.mapping, work.at, pair[1])]
    for place, heading in used:
        _card(work, heading, place)
    left = [pair for pair in headings if pair not in used]
    title = _("Columns that are left out: {count}").format(count=words().number(len(left)))
    with st.expander(title, on_change="rerun", key="mapping_left_out") as folded:
        if folded.open:
            _searched(work, left)


def _searched(work: Work, left: list[tuple[int, str]]) -> None:
    wanted = st.text_input(_("Find a column"), key="mapping_find") or ""
    found = [pair for pair in left if wanted.lower() in pair[1].lower()]
    for place, heading in found[:MANY]:
        _card(work, heading, place)
    if len(found) > MANY:
        st.caption(
            _("The first {shown} of {all}; type part of a name to find the others.").format(
                shown=MANY, all=len(found)
            )
        )


def _card(work: Work, heading: str, place: int) -> None:
    with st.container(border=True, key=f"mapping_card_{place}"):
        here, becomes, reading = st.columns([3, 3, 3])
        with here:
            st.markdown(f"**{plain(heading)}**")
            st.caption(_examples(work, heading))
        with becomes:
            _choice(work, heading, place)
        with reading:
            _reading(work, heading, place)


def _examples(work: Work, heading: str) -> str:
    """Some cells; those about a person are not shown."""
    seen = work.sample.looks[heading]
    found = column_of(work.mapping, work.at, heading)
    table = TABLES[table_of(work.mapping, work.at).table]
    keyed = found and found.name in table.names and table.column(found.name).keeping != "as brought"
    if keyed or (personal(heading) and (found is None or table.no_workers)):
        return _("Not shown: it is about a person.")
    if not seen.values:
        return _("Empty")
    cells = [value if len(value) <= LONGEST else f"{value[:LONGEST]}…" for value in seen.values]
    more = " …" if len(cells) > EXAMPLES else ""
    return plain(" · ".join(cells[:EXAMPLES])) + more


def _choice(work: Work, heading: str, place: int) -> None:
    table = TABLES[table_of(work.mapping, work.at).table]
    if barred(table, heading):
        st.caption(
            _("Left out: it names a person, and this table may not hold that."),
            help=_(
                "Linking what people or customers say to an employee makes a system to observe "
                "staff. Werkvloer never does that, so this column can't be chosen."
            ),
        )
        return
    found = column_of(work.mapping, work.at, heading)
    current = found.name if found else _LEFT_OUT
    names = [name for name in table.names if not (table.wide and name in ("item", "score"))]
    options = [_LEFT_OUT, *names, *(known_items() if table.wide else ())]
    if table.wide:
        options += ["item", "score"]
    if current not in options:
        options.append(current)
    key = f"mapping_column_{place}"
    st.session_state[key] = current
    st.selectbox(
        _("{heading} becomes").format(heading=plain(heading)),
        options,
        format_func=lambda name: column_name(name) if name else _("leave out"),
        key=key,
        label_visibility="collapsed",
        accept_new_options=table.wide,
        on_change=_set_column,
        args=(work, heading, key),
    )


def _set_column(work: Work, heading: str, key: str) -> None:
    chosen = st.session_state[key] or None
    work.edit(assign(work.mapping, work.at, heading, chosen, work.sample))


def _reading(work: Work, heading: str, place: int) -> None:
    found = column_of(work.mapping, work.at, heading)
    guessed = work.guess.choices.get(heading)
    if found is None:
        if guessed is not None and guessed.column is None:
            st.caption(_(guessed.why).format(**{k: plain(v) for k, v in guessed.params.items()}))
        return
    table = TABLES[table_of(work.mapping, work.at).table]
    if found.name in table.names:
        keeping = table.column(found.name).keeping
        if keeping == "keyed hash":
            st.caption(_("Becomes a keyed code; the number itself is never stored."))
        elif keeping == "counted, then dropped":
            st.caption(_("Only counted: how many different people, then it is dropped."))
    mapping_reading.show(work, heading, place)
    others = [
        column_name(column.name)
        for column in table_of(work.mapping, work.at).columns
        if column.source == heading and column.name != found.name
    ]
    if others:
        st.caption(_("Also gives: {columns}").format(columns=", ".join(others)))
