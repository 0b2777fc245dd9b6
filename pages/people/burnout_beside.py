"""What goes with burnout between sites: an association and its shape, never an effect."""

import streamlit as st

from figures.curve import Axis, Line, Point, curve
from figures.palette import THEMED
from pages.people.burnout_reading import Beside, Burnout
from pages.shared import showing, sidebar
from pages.shared.words import _, words


def associations(found: Burnout) -> None:
    """How each measure goes with the burnout score between sites, and one of them drawn."""
    said = words()
    st.markdown(
        _(
            "Between sites, over the same twelve months: how the mean of each measure goes with "
            "the mean burnout score. Both come from the same people, so part of it is how somebody "
            "fills in a survey. It says what goes together, not what causes what."
        )
    )
    st.table(
        {
            _("Measure"): [showing.measure_name(each.measure) for each in found.beside],
            _("Correlation"): [
                _number(float(each.together.pearson.value[0])) for each in found.beside
            ],
            _("95 % interval"): [_interval(each) for each in found.beside],
            _("Sites"): [said.number(each.together.groups) for each in found.beside],
        },
        border="horizontal",
        hide_index=True,
        alt=_("How each measure goes with burnout between sites"),
    )
    _drawn(found)


def _number(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{words().number(abs(value), 2)}"


def _interval(each: Beside) -> str:
    low, high = float(each.together.pearson.low[0]), float(each.together.pearson.high[0])
    return _("{low} to {high}").format(low=_number(low), high=_number(high))


@st.fragment
def _drawn(found: Burnout) -> None:
    labels = {each.measure.code: showing.measure_name(each.measure) for each in found.beside}
    code = st.selectbox(
        _("Measure"),
        list(labels),
        format_func=labels.__getitem__,
        key=f"burnout_beside_{words().language}",
        width=360,
    )
    each = next((one for one in found.beside if one.measure.code == code), found.beside[0])
    names = sidebar.names()
    points = [
        Point(names.get(site, site), x, y, n)
        for site, x, n, y in each.rows.select("location", "x", "n", "y").iter_rows()
    ]
    bent = each.shape
    line = (
        None
        if bent is None
        else Line(
            list(bent.at), list(bent.curve.value), list(bent.curve.low), list(bent.curve.high)
        )
    )
    showing.picture(
        curve(
            Axis(labels[each.measure.code], each.measure.unit),
            Axis(_("Mean score"), found.measure.unit),
            points,
            line,
            words(),
            THEMED,
        ),
        "burnout-beside",
    )
    st.caption(_shape(each))


def _shape(each: Beside) -> str:
    if each.shape is None:
        return _("Too few sites for a curve.")
    if not each.shape.bent:
        return _("A straight line describes it as well as a bent one.")
    if each.shape.turns_at is None:
        return _("The curve is bent: more of it does not matter equally everywhere.")
    return _("The curve turns at about {place}: more is not better everywhere.").format(
        place=words().value(each.shape.turns_at, each.measure.unit)
    )
