"""The upper part of the Burnout page, and its advice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, ranking
from figures.trend import Series, trend
from metrics.catalogue import CATALOGUE
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.headline import headline as sentences_of
from metrics.hotspots import Hotspots
from metrics.metric import Metric
from metrics.outside import EXHAUSTION
from metrics.overview import key_figure
from metrics.results import Table
from metrics.vocabulary import Measure
from metrics.words import N_
from pages.people.burnout_reading import Burnout
from pages.shared import showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.plain import plain
from pages.shared.terminal import command
from pages.shared.values import in_order, value_name
from pages.shared.words import _, words

SHARE = METRICS["burnout.share_at_risk"]
SCORE = METRICS["burnout.mean"]


def why_nothing(every: Sequence[Measure], found: Burnout | None, minimum: int) -> None:
    """No scale was released, the filters do not fit, or the groups are too small."""
    if not every:
        states.too_few(
            _(
                "No burnout scale has been published. It needs the items of BAT-23, BAT-12, BAT-4 "
                "or UBOS-5 in a survey, or a measure of your own with the theme burnout."
            )
        )
    elif found is None:
        states.nothing_selected()
    else:
        states.too_small(minimum)


def chosen_scale(every: Sequence[Measure]) -> Measure:
    """The scale to look at; a choice where there are several."""
    if len(every) == 1:
        return every[0]
    labels = {each.code: showing.measure_name(each) for each in every}
    code = st.selectbox(
        _("Scale"),
        list(labels),
        format_func=labels.__getitem__,
        key=f"burnout_scale_{words().language}",
        width=360,
    )
    return next((each for each in every if each.code == code), every[0])


def name(found: Burnout) -> str:
    """What the page speaks of: burnout risk, or what a scale without such a cut-off measures."""
    if found.measure.code in ("bat23", "bat12"):
        return _("Burnout risk")
    return showing.measure_name(found.measure)


def headline(found: Burnout, number: int) -> None:
    """What, how much, since when, how sure."""
    said = words()
    measure = found.measure
    risk = measure.code in ("bat23", "bat12")
    figure = key_figure(
        found.metric,
        measure,
        N_("Burnout risk") if risk else measure.label,
        None if risk else measure.label_nl,
    )
    sentences = sentences_of(figure, found.main, found.before)
    st.caption(
        " · ".join([_("Burnout risk"), _("release {number}").format(number=said.number(number))])
    )
    st.title(plain(said.sentence(sentences[0])), anchor=False)
    st.markdown(plain(" ".join(said.sentence(sentence) for sentence in sentences[1:])))


def about_the_scale(found: Burnout) -> None:
    """Scale, norm and source; how reliable it is here; outside figures only of the same scale."""
    measure = found.measure
    told = [f"{plain(showing.measure_name(measure))}: {plain(_(measure.source))}."]
    alpha = None if found.reliability is None else found.reliability.estimate()
    if alpha is not None and alpha.low is not None and alpha.high is not None:
        number = words().number
        told.append(
            plain(
                _(
                    "Reliability (Cronbach's alpha) in {year}: {value} (95 % interval {low} to "
                    "{high}, {n} complete sheets a survey)."
                ).format(
                    year=alpha.last,
                    value=number(alpha.value, 2),
                    low=number(alpha.low, 2),
                    high=number(alpha.high, 2),
                    n=number(alpha.n),
                )
            )
        )
    if measure.code == "bat4":
        told.append(_("BAT-4 has no published cut-off, so only its mean is shown."))
    st.caption(" ".join(told))


def outside(found: Burnout) -> None:
    """The Netherlands by sector, where the same scale was used."""
    if found.measure.code not in SHARE.measures:
        return
    if found.measure.code != "ubos5":
        st.caption(
            _(
                "No comparison with the Netherlands: the figure of CBS and TNO (20 % in 2022) is "
                "of another scale, work-related mental exhaustion (UBOS-5)."
            )
        )
        return
    said = words()
    st.table(
        {
            _("The Netherlands, UBOS-5"): [_(each.who) for each in EXHAUSTION],
            _("Year"): [each.when for each in EXHAUSTION],
            _("At risk, %"): [said.number(each.value, 1) for each in EXHAUSTION],
            _("Source"): [_(each.source) for each in EXHAUSTION],
        },
        border="horizontal",
        hide_index=True,
        alt=_("Work-related mental exhaustion in the Netherlands"),
    )
    st.caption(_("The series breaks at 2022: years before and after do not compare."))


def target(targets: Mapping[str, float], measure: Measure) -> float | None:
    """The target of the share at risk."""
    return targets.get("burnout_risk", targets.get(measure.code))


def key_figures(found: Burnout, targets: Mapping[str, float]) -> Sequence[Card]:
    """The share at risk against a year ago, how much of it is severe, and the score."""
    first = _card(found, name(found), found.metric, found.main, found.before)
    aim = target(targets, found.measure)
    cards = [replace(first, target=aim, course=found.course.rows.sort("period")["value"].to_list())]
    if found.severe is not None:
        cards.append(_card(found, _("Severe"), SHARE, found.severe, found.severe_before))
    if found.mean is not None:
        cards.append(_card(found, _("Mean score"), SCORE, found.mean, found.mean_before))
    for code, table in found.subscales.items():
        label = showing.measure_name(CATALOGUE[code])
        cards.append(_card(found, label, SHARE, table, None))
    return cards


def _card(found: Burnout, label: str, metric: Metric, now: Table, before: Table | None) -> Card:
    said = words()
    first, last = said.period(found.window.first), said.period(found.window.last)
    moved = change(now, before) if before is not None else None
    row = moved.rows.row(0, named=True) if moved is not None and moved.rows.height == 1 else None
    return Card(
        label=label,
        better=metric.better_of(found.measure),
        estimate=now.estimate(),
        counted=_(metric.counted),
        when=last if first == last else _("{first} to {last}").format(first=first, last=last),
        change=None if row is None else row["value"],
        clear=row is not None and row["changed"],
    )


def shifted(found: Burnout) -> None:
    """A warning where who answered is not who answered a year ago."""
    said, names = words(), sidebar.names()
    for dim, moved in found.shifts.items():
        group = names.get(moved.group, moved.group) if dim == "location" else None
        st.warning(
            _(
                "Who answered has shifted: {distance} of every 100 responses come from elsewhere "
                "than a year ago. {group} went from {was} to {now} of the responses. With the mix "
                "of a year ago the figure would be {figure}."
            ).format(
                distance=said.number(moved.distance),
                group=plain(group or value_name(dim, moved.group)),
                was=said.value(moved.was, "percent"),
                now=said.value(moved.now, "percent"),
                figure=said.value(moved.figure, found.main.unit),
            ),
            icon=":material/groups:",
        )


def course(found: Burnout, targets: Mapping[str, float]) -> None:
    """The share at risk over time, with its band."""
    if found.course.rows.is_empty():
        states.too_few(_("No period of this selection may be shown."))
        return
    series = Series(
        name=name(found),
        unit=found.main.unit,
        rows=found.course.rows,
        target=target(targets, found.measure),
    )
    showing.picture(trend(series, words(), THEMED, height=360), "burnout-course")


@st.fragment
def groups(found: Burnout) -> None:
    """The share at risk by one dimension of work; which one is the reader's choice."""
    labels = {dim: _(DIMENSIONS[dim]) for dim in found.groups}
    dim = st.segmented_control(
        _("Compare by"),
        list(labels),
        format_func=labels.__getitem__,
        default=next(iter(labels)),
        required=True,
        key=f"burnout_group_{words().language}",
    )
    table = found.groups[dim or next(iter(labels))]
    dim = table.by[0]
    told = {row[dim]: row for row in table.rows.iter_rows(named=True)}
    rows = [
        Row(
            value_name(dim, value),
            told[value]["value"],
            told[value]["low"],
            told[value]["high"],
            told[value]["n"],
        )
        for value in in_order(dim, told)
    ]
    if not rows:
        states.too_few(_("No group of this kind is large enough to be shown."))
        return
    whole = found.main.estimate()
    showing.picture(
        ranking(
            name(found),
            found.main.unit,
            rows,
            whole.value if whole is not None else None,
            words(),
            THEMED,
        ),
        "burnout-groups",
    )
    st.caption(_("Dotted line: all together. Where two intervals hardly overlap, groups differ."))


def next_steps(found: Burnout, sites: Hotspots | None) -> None:
    """What a manager can do with this page."""
    names = sidebar.names()
    steps = []
    hot = [] if sites is None else sites.rows.filter("hot")["location"].head(3).to_list()
    if hot:
        steps.append(
            _(
                "Start with {sites}: talk with the people there about what their work asks of them "
                "before deciding anything."
            ).format(sites=words().listed([names.get(site, site) for site in hot]))
        )
    steps.append(
        _(
            "Look at workload, contact with colleagues and acting friendly together: one figure "
            "alone says little about what to change."
        )
    )
    if found.response:
        steps.append(
            _(
                "Where fewer than 30 % answered, first find out why: those who keep silent may be "
                "worse off."
            )
        )
    st.markdown("\n".join(f"1. {plain(step)}" for step in steps))


def explained(found: Burnout, filters: Filters) -> list[showing.Explained]:
    """The definitions behind the page, and the commands that give its numbers."""
    window = Filters(found.window.first, found.window.last, filters.chosen)
    if found.measure.code not in SHARE.measures:
        metric, measure = found.metric, found.measure
        return [
            showing.Explained(
                metric, measure, command(metric.code, filters=window, measure=measure.code)
            )
        ]
    told = [
        showing.Explained(metric, None, command(metric.code, filters=window))
        for metric in (SHARE, SCORE)
    ]
    if found.reliability is not None:
        alpha = METRICS["burnout.reliability"]
        told.append(showing.Explained(alpha, None, command(alpha.code)))
    return told
