"""Turnover beside absence and burnout: quadrants of sites, and what moves before what."""

from collections.abc import Collection

import streamlit as st

from figures.curve import Axis
from figures.palette import THEMED
from figures.quadrants import Spot, quadrants
from figures.ranking import Row, ranking
from pages.people.turnover_beside_reading import PAIRS, Beside
from pages.shared import showing, sidebar, states
from pages.shared.words import _, ngettext, words


def _names() -> dict[str, str]:
    return {
        "burnout": _("Burnout risk"),
        "absence": _("Absence"),
        "turnover": _("Turnover per year"),
    }


@st.fragment
def side_by_side(found: Beside, shown: Collection[str], *, limited: bool) -> None:
    """Sites by turnover and another quantity; which one is the reader's choice.

    ``limited``: the selection is of some kinds of work, which these figures do not follow.
    """
    names = _names()
    options = [name for name in ("burnout", "absence") if name in found.sites]
    if "turnover" not in found.sites or not options:
        states.too_few(_("Neither burnout nor absence is told by site beside turnover."))
        return
    other = st.segmented_control(
        _("Beside turnover"),
        options,
        format_func=names.__getitem__,
        default=options[0],
        required=True,
        key=f"turnover_beside_{words().language}",
    )
    other = other if other in options else options[0]
    rows = found.sites["turnover"].join(found.sites[other], on="location", suffix=" other")
    labels = sidebar.names()
    spots = [
        Spot(
            name=labels.get(row["location"], row["location"]),
            x=row["value other"],
            x_low=row["low other"],
            x_high=row["high other"],
            y=row["value"],
            y_low=row["low"],
            y_high=row["high"],
            n=row["n"],
            hot=row["hot"] or row["hot other"],
        )
        for row in rows.iter_rows(named=True)
        if row["location"] in shown
    ]
    if not spots:
        states.too_few(_("No site of this selection is told on both."))
        return
    showing.picture(
        quadrants(
            Axis(names[other], "percent"),
            Axis(names["turnover"], "percent"),
            spots,
            (found.whole[other], found.whole["turnover"]),
            words(),
            THEMED,
        ),
        "turnover-quadrants",
    )
    st.caption(
        _(
            "Dotted lines: the company as a whole. Top right: above it on both. The bars are 95 % "
            "intervals; sites whose bars cross a line may lie on either side of it. Squares lie "
            "beyond chance on one of the two at least."
        )
    )
    if limited:
        st.caption(
            _("Of all who work at these sites: filters on work and contract do not reach here.")
        )


@st.fragment
def before_and_after(found: Beside) -> None:
    """What moves before what, within sites, at lags of none to three periods."""
    names = _names()
    labels = {
        f"{cause}-{effect}": _("{first}, then {second}").format(
            first=names[cause], second=names[effect].lower()
        )
        for cause, effect in PAIRS
        if (cause, effect) in found.lags
    }
    if not labels:
        states.too_few(
            _(
                "Too few sites or periods for this: it takes eight sites and six periods, all in "
                "months or all in quarters."
            )
        )
        return
    options = list(labels)
    pair = st.selectbox(
        _("What moves first"),
        options,
        format_func=labels.__getitem__,
        key=f"turnover_lag_{words().language}",
        width=420,
    )
    pair = pair if pair in options else options[0]
    cause, _dash, effect = pair.partition("-")
    told = found.lags[cause, effect]
    rows = [
        Row(_later(each.lag), each.value, each.low, each.high, each.pairs) for each, _sure in told
    ]
    showing.picture(
        ranking(_("Correlation within sites"), "score", rows, 0.0, words(), THEMED),
        "turnover-lags",
    )
    said = words()
    sure = [each for each, certain in told if certain]
    if sure:
        strongest = max(sure, key=lambda each: abs(each.value))
        st.markdown(
            _(
                "Within sites, {second} tends to be {way} when {first} was high; clearest {later} "
                "(correlation {value}, 95 % interval {low} to {high}). That is an association: "
                "what moves first need not be the cause."
            ).format(
                first=names[cause].lower(),
                second=names[effect].lower(),
                way=_("higher") if strongest.value > 0 else _("lower"),
                later=_later(strongest.lag).lower(),
                value=said.number(strongest.value, 2),
                low=said.number(strongest.low, 2),
                high=said.number(strongest.high, 2),
            )
        )
    else:
        st.markdown(_("No association at any lag that is more than chance makes."))
    each = told[0][0]
    st.caption(
        _(
            "{sites} sites over {periods} periods. Each site's own level and each period's common "
            "level are taken away first; noise in both makes the correlation look smaller than it "
            "is. Monthly figures of a site are mostly chance, so even real links look faint. Of "
            "all released sites, whatever the filters. "
            "Whether one is more than chance is judged over all pairs and lags together."
        ).format(sites=said.number(each.sites), periods=said.number(found.periods))
    )


def _later(lag: int) -> str:
    if lag == 0:
        return _("In the same period")
    return ngettext("{count} period later", "{count} periods later", lag).format(
        count=words().number(lag)
    )
