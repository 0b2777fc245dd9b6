"""Methods: every measure and metric, from the object that computes it."""

import streamlit as st

from metrics.catalogue import CATALOGUE, in_screen_order
from metrics.definitions import METRICS
from metrics.vocabulary import THEMES, UNITS, Measure
from pages.shared import loading, showing
from pages.shared.guard import guard
from pages.shared.plain import plain
from pages.shared.words import _, words

guard()

_RATERS = {
    "employee": _("answered by employees"),
    "customer": _("answered by customers"),
    "system": _("from records"),
}

release = loading.release()
filled = set(release.measures())
measures = in_screen_order({**CATALOGUE, **release.own}.values())


def facts(measure: Measure) -> str:
    """What a reader needs to judge a measure, in a few short clauses."""
    said = words()
    parts = [
        _RATERS[measure.rater],
        _("unit: {unit}").format(unit=_(UNITS[measure.unit])),
        _("higher is better") if measure.better == "higher" else _("lower is better"),
    ]
    if measure.low is not None and measure.high is not None:
        low, high = said.number(measure.low), said.number(measure.high)
        parts.append(_("from {low} to {high}").format(low=low, high=high))
    if measure.at_risk_from is not None:
        cutoff = said.number(measure.at_risk_from, 2)
        direction = (
            _("at risk from {cutoff} up")
            if measure.better == "lower"
            else _("at risk from {cutoff} down")
        )
        parts.append(direction.format(cutoff=cutoff))
    if measure.severe_from is not None:
        parts.append(_("severe from {cutoff}").format(cutoff=said.number(measure.severe_from, 2)))
    return " · ".join(parts)


st.title(_("Methods"))
st.markdown(
    _(
        "Every number on every screen follows one of the definitions below. They are read from "
        "the objects that do the computing, so this page cannot differ from it."
    )
)

st.header(_("Metrics"))
for metric in METRICS.values():
    with st.container(border=True):
        st.subheader(_(metric.label))
        st.markdown(f"`{metric.code}`")
        st.markdown(showing.definition(metric, None))
        if metric.takes_measure:
            st.caption(_("Computed of one measure at a time."))

st.header(_("Measures"))
only_filled = st.toggle(_("Only measures that have figures"), value=bool(filled), key="only_filled")
for theme, label in THEMES.items():
    of_theme = [
        measure
        for measure in measures
        if measure.theme == theme and (measure.code in filled or not only_filled)
    ]
    if not of_theme:
        continue
    st.subheader(_(label))
    st.table(
        {
            _("Measure"): [plain(showing.measure_name(measure)) for measure in of_theme],
            _("What it is"): [plain(facts(measure)) for measure in of_theme],
            _("Scoring and source"): [plain(_(measure.source)) for measure in of_theme],
            _("Code"): [f"`{measure.code}`" for measure in of_theme],
        },
        border="horizontal",
        hide_index=True,
        alt=_(label),
    )
