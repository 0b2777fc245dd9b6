"""What an import would change, after a check."""

import streamlit as st

from metrics.words import N_
from models.imports.difference import Difference, TableDifference
from pages.shared.words import _, words
from pages.steward.naming import table_named, with_periods

STATES = {
    "new": N_("Built for the first time:"),
    "draft": N_("Not published yet, so built anew:"),
    "late": N_(
        "Published, and rows would join. They are added where every group gains nobody or enough "
        "people; else they wait:"
    ),
    "waits": N_(
        "Published, and rows would change. What is published stays; the change waits until you "
        "withdraw the period as a whole:"
    ),
    "withdrawn": N_("Withdrawn, and does not come back:"),
    "open": N_("Not over yet, so not released:"),
}
"""Per state of a period (`models.imports.difference.STATES`) what the next release does."""


def show(difference: Difference) -> None:
    """Per table what would be added, changed or lost; then the periods that this touches."""
    st.subheader(_("What this import would change"))
    said = words()
    tables = difference.tables
    columns = {
        _("Table"): [table_named(name) for name in tables],
        _("Added"): [said.number(one.added) for one in tables.values()],
        _("Changed"): [said.number(one.changed) for one in tables.values()],
        _("Unchanged"): [said.number(one.unchanged) for one in tables.values()],
        _("Not in these files; they stay"): [said.number(one.absent) for one in tables.values()],
    }
    if difference.replaces is not None:
        columns[_("Would vanish")] = [said.number(one.gone) for one in tables.values()]
        columns[_("Older rows hold again")] = [said.number(one.older) for one in tables.values()]
    st.table(columns, border="horizontal", hide_index=True, alt=_("What would change, by table"))
    lines = [_columns(name, one) for name, one in tables.items() if one.columns]
    lines += _periods(difference)
    if difference.replaces is not None:
        lines.append(
            _(
                "Batch {batch} is undone in the same step. Published periods that were made with "
                "its rows stay as they are, and can't grow any more."
            ).format(batch=difference.replaces)
        )
    if not any(one.any for one in tables.values()):
        lines.append(_("Every row stands already: importing these files would change nothing."))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _columns(name: str, one: TableDifference) -> str:
    counts = [f"`{column}` {words().number(count)}" for column, count in one.columns.items()]
    return _("Changed in `{table}`: {columns}.").format(table=name, columns=words().listed(counts))


def _periods(difference: Difference) -> list[str]:
    """Per state, the subjects and their periods."""
    lines = []
    for state, told in STATES.items():
        found = [(subject, all_) for subject, at, all_ in difference.periods if at == state]
        if found:
            lines.append(with_periods(_(told), found))
    return lines
