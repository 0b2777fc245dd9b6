"""What a page shows when there is nothing to show: why, and what to do about it."""

import streamlit as st

from pages.shared.registry import page
from pages.shared.words import _


def _link(code: str) -> None:
    entry = page(code)
    if entry is not None:
        st.page_link(entry.path, label=_(entry.title), icon=entry.icon)


def empty() -> None:
    """Nothing was ever published."""
    st.info(
        _(
            "Nothing has been published yet. Bring files in, build a release and publish it; "
            "this page fills itself."
        ),
        title=_("No figures yet"),
        icon=":material/inbox:",
    )
    _link("imports")


def too_small(minimum: int) -> None:
    """The selection lies in groups smaller than the minimum."""
    st.info(
        _(
            "The groups in this selection have fewer than {minimum} people each, so nothing is "
            "shown. Choose a wider selection: a region instead of a site, or a longer period."
        ).format(minimum=minimum),
        title=_("Too small to show"),
        icon=":material/shield_person:",
    )


def too_few(what: str) -> None:
    """There is something, but not enough of it for this part of the page."""
    st.caption(what)


def nothing_selected() -> None:
    """The filters leave no data: a window or a place without any."""
    st.info(
        _("There are no published figures for this selection. Reset the filters or widen them."),
        title=_("Nothing in this selection"),
        icon=":material/filter_alt_off:",
    )


def broken() -> None:
    """Something went wrong; what exactly is in the server's log, since it can hold data."""
    st.error(
        _(
            "The page could not be drawn. Nothing was changed or lost. Reload it, or reset the "
            "filters; if it stays, ask your administrator, who finds the cause in the log."
        ),
        title=_("Something went wrong"),
        icon=":material/error:",
    )


def refused() -> None:
    """The server listens beyond this machine while nobody has to sign in."""
    st.error(
        _(
            "Without sign-in Werkvloer serves this machine only. Start it with the server address "
            "localhost, or configure sign-in first."
        ),
        title=_("This address is refused"),
        icon=":material/lock:",
    )
