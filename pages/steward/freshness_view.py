"""How fresh the tables are, and which sites are late."""

from datetime import UTC, datetime

import streamlit as st

from metrics.words import N_
from models.engine import engine
from models.imports.freshness import Freshness, LateSite, freshness
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words
from pages.steward.naming import table_named

MOST_SITES = 20
_DAY = len("2024-06-30")
_STRETCHES = {
    range(7, 8): N_("every week"),
    range(28, 29): N_("every four weeks"),
    range(29, 32): N_("every month"),
    range(89, 93): N_("every quarter"),
    range(365, 367): N_("every year"),
}
"""From the days between the beginnings of two periods to what people call that."""


def show() -> None:
    """A line that says what is late; behind it a row per table, and the late sites."""
    tables = freshness(engine(), datetime.now(UTC).date())
    if not tables:
        return
    late = [one for one in tables if one.late]
    sites = sum(len(one.late_sites) for one in tables)
    parts = [
        text.format(count=words().number(count))
        for count, text in (
            (len(late), ngettext("{count} table is late", "{count} tables are late", len(late))),
            (sites, ngettext("{count} site is behind", "{count} sites are behind", sites)),
        )
        if count
    ]
    opened = st.expander(
        _("How fresh it is: {what}").format(
            what=words().listed(parts) if parts else _("nothing is late")
        ),
        icon=":material/schedule:",
        on_change="rerun",
        key=f"freshness_{words().language}",
    )
    if not opened.open:
        return
    with opened:
        _tables(tables)
        for one in tables:
            if one.late_sites:
                st.markdown(_sites(one))
        st.caption(
            _(
                "Late: more than two of its usual stretches have passed since the newest period "
                "ended. Behind: the site has no rows of the newest period (of what comes by day: "
                "of the last month), though it had before and is not closed."
            )
        )


def _tables(tables: list[Freshness]) -> None:
    said = words()
    st.table(
        {
            _("Table"): [table_named(one.table) for one in tables],
            _("Newest"): [_when(one.newest) for one in tables],
            _("Came (UTC)"): [
                _("{when}, batch {batch}").format(when=said.moment(one.came_at), batch=one.batch)
                for one in tables
            ],
            _("Usual rhythm"): [_rhythm(one.every_days) for one in tables],
            _("Late"): [_late(one) for one in tables],
        },
        border="horizontal",
        hide_index=True,
        alt=_("How fresh each table is"),
    )


def _when(newest: str) -> str:
    if not newest:
        return "–"
    if len(newest) == _DAY:
        return words().date(datetime.fromisoformat(newest))
    return words().period(newest)


def _rhythm(days: float | None) -> str:
    if days is None:
        return "–"
    count = round(days)
    known = next((name for length, name in _STRETCHES.items() if count in length), None)
    if known is not None:
        return _(known)
    return ngettext("every day", "every {count} days", count).format(count=words().number(count))


def _late(one: Freshness) -> str:
    said = _("late")
    return f":orange-badge[{said}]" if one.late else "–"


def _sites(one: Freshness) -> str:
    shown = [_site(site) for site in one.late_sites[:MOST_SITES]]
    more = len(one.late_sites) - len(shown)
    if more:
        shown.append(ngettext("{count} more", "{count} more", more).format(count=more))
    return _("{table}, behind the others, which have {newest}: {sites}.").format(
        table=table_named(one.table), newest=_when(one.newest), sites=words().listed(shown)
    )


def _site(site: LateSite) -> str:
    return _("{site} (last {newest})").format(site=plain(site.name), newest=_when(site.newest))
