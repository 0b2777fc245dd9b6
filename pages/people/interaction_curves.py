"""Contact against burnout and turnover, acting friendly against customers: curves, no causes."""

from collections.abc import Sequence

import streamlit as st

from figures.curve import Axis, Line, Point, curve
from figures.palette import THEMED
from pages.people.interaction_asked import name
from pages.people.interaction_pairs import Pair
from pages.people.interaction_reading import Interaction
from pages.shared import showing, sidebar, states
from pages.shared.words import _, words


@st.fragment
def contact(found: Interaction) -> None:
    """The curve of contact against burnout and against turnover; with whom is a choice."""
    pairs = [*found.burnout, *found.turnover]
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
        _one(found.burnout, code, found.shown, "interaction-burnout")
    with right:
        st.subheader(_("Turnover"))
        _one(found.turnover, code, found.shown, "interaction-turnover")


def _one(pairs: Sequence[Pair], code: str, shown: frozenset[str], key: str) -> None:
    pair = next((each for each in pairs if each.x.code == code), None)
    if pair is None:
        states.too_few(_("Too few groups for a curve."))
        return
    _drawn(pair, shown, key)
    st.markdown(f"{_correlation(pair)} {_shape(pair)}")
    notes = [_each(pair)]
    if pair.y.measure is not None:
        notes.append(
            _("Both come from the same people, so part of it is how somebody fills in a survey.")
        )
    st.caption(" ".join(notes))


def customers(pair: Pair, shown: frozenset[str]) -> None:
    """Acting friendly as staff say it is, against what customers say of the same site."""
    _drawn(pair, shown, "interaction-customers")
    st.markdown(_correlation(pair))
    st.caption(
        " ".join(
            [
                _each(pair),
                _(
                    "Staff and customers answered separately, so it is no habit of filling in. "
                    "What goes together need not be cause and effect."
                ),
            ]
        )
    )


def _drawn(pair: Pair, shown: frozenset[str], key: str) -> None:
    names = sidebar.names()
    points = [
        Point(names.get(site, site), x, y, n)
        for site, x, y, n in pair.rows.drop_nulls().select("location", "x", "y", "n").iter_rows()
        if site in shown and y == y
    ]
    if not points:
        states.too_few(_("No site of this selection is large enough to be shown."))
        return
    drawn = pair.curve
    line = Line(
        list(drawn.at), list(drawn.curve.value), list(drawn.curve.low), list(drawn.curve.high)
    )
    axes = [Axis(name(figure), figure.unit) for figure in (pair.x, pair.y)]
    showing.picture(curve(axes[0], axes[1], points, line, words(), THEMED), key)


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{words().number(abs(value), 2)}"


def _correlation(pair: Pair) -> str:
    if pair.together is None:
        return _("Too few groups of one kind for a correlation.")
    found = pair.together.correlation
    told = _(
        "Correlation among groups of one kind {value} (95 % interval {low} to {high}, n = {n})."
    ).format(
        value=_signed(float(found.value[0])),
        low=_signed(float(found.low[0])),
        high=_signed(float(found.high[0])),
        n=words().number(pair.together.groups),
    )
    if found.low[0] <= 0 <= found.high[0]:
        unsure = _("That interval holds zero: whether the two rise and fall together is not clear.")
        return f"{told} {unsure}"
    return told


def _shape(pair: Pair) -> str:
    said, drawn = words(), pair.curve
    if not drawn.bent:
        return _("A straight line describes it as well as a bent one.")
    turn, low, high = (
        float(part[0]) for part in (drawn.turns.value, drawn.turns.low, drawn.turns.high)
    )
    if turn != turn:
        return _("The curve is bent: more of it does not matter equally everywhere.")
    return _(
        "**The curve turns at about {place}** (95 % interval {low} to {high}): more is not better "
        "everywhere."
    ).format(place=said.number(turn, 2), low=said.number(low, 2), high=said.number(high, 2))


def _each(pair: Pair) -> str:
    if pair.by == "team":
        return _(
            "A dot is a team or a group of teams; all are compared with others of the same kind of "
            "site and moved to the level of an average one. Teams of one site resemble each "
            "other, so the intervals count sites."
        )
    return _(
        "A dot is a site; all are compared with others of the same kind and moved to the level of "
        "an average one."
    )
