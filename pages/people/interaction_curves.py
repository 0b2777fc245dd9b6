"""Contact against burnout and turnover, acting friendly against customers: curves, no causes."""

from collections.abc import Sequence

import streamlit as st

from pages.people import pairs_drawn as told
from pages.people.contact import name
from pages.people.interaction_reading import Interaction
from pages.people.pairs import Pair
from pages.shared import states
from pages.shared.words import _, words


@st.fragment
def contact(found: Interaction) -> None:
    """The curve of contact against burnout and against turnover; with whom is a choice."""
    pairs = [*found.beside.burnout, *found.beside.turnover]
    labels = {pair.x.code: name(pair.x) for pair in pairs}
    code = st.segmented_control(
        _("Contact"),
        list(labels),
        format_func=labels.__getitem__,
        default=next(iter(labels)),
        required=True,
        key=f"interaction_curve_{words().language}",
    )
    code = code or next(iter(labels))
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(_("Burnout"))
        _one(found.beside.burnout, code, found.shown, "interaction-burnout")
    with right:
        st.subheader(_("Turnover"))
        _one(found.beside.turnover, code, found.shown, "interaction-turnover")


def _one(pairs: Sequence[Pair], code: str, shown: frozenset[str], key: str) -> None:
    pair = next((each for each in pairs if each.x.code == code), None)
    if pair is None:
        states.too_few(_("Too few groups for a curve."))
        return
    told.drawn(pair, shown, key)
    st.markdown(f"{told.correlation(pair)} {told.shape(pair)}")
    notes = [told.groups(pair)]
    if pair.y.measure is not None:
        notes.append(
            _("Both come from the same people, so part of it is how somebody fills in a survey.")
        )
    st.caption(" ".join(notes))


def customers(pair: Pair, shown: frozenset[str]) -> None:
    """Acting friendly as staff say it is, against what customers say of the same site."""
    told.drawn(pair, shown, "interaction-customers")
    st.markdown(told.correlation(pair))
    st.caption(
        " ".join(
            [
                told.groups(pair),
                _(
                    "Staff and customers answered separately, so it is no habit of filling in. "
                    "What goes together need not be cause and effect."
                ),
            ]
        )
    )
