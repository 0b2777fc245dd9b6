"""The upper part of the Interaction page, and its advice."""

from collections.abc import Mapping, Sequence

import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, ranking
from figures.trend import Series, trend
from metrics.headline import headline as sentences_of
from metrics.overview import KeyFigure
from pages.people.contact import CONTACT, NETWORK, Figure, name
from pages.people.interaction_reading import Interaction, Read
from pages.people.interaction_sites import apart
from pages.shared import showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import Filters
from pages.shared.plain import plain
from pages.shared.terminal import command
from pages.shared.values import in_order, value_name
from pages.shared.words import _, ngettext, words

CARDS = (*CONTACT, *NETWORK[:3])
"""The figures that have a card; the others stand in the course and the table."""


def why_nothing(found: Interaction | None, minimum: int, *, known: bool) -> None:
    """Nothing of it was released, the filters do not fit, or the groups are too small."""
    if not known:
        states.too_few(
            _(
                "Nothing has been published about contact. It needs the survey items "
                "peer_interaction or manager_interaction, or the table social_activity."
            )
        )
    elif found is None:
        states.nothing_selected()
    else:
        states.too_small(minimum)


def headline(found: Interaction, number: int) -> None:
    """How many are reached, since when, how sure; and where nobody has anyone to talk to."""
    said, read = words(), found.leading
    sentences = sentences_of(_key_figure(read.figure), read.now, read.before)
    st.caption(
        " · ".join([_("Interaction"), _("release {number}").format(number=said.number(number))])
    )
    if not sentences:
        st.title(_("Interaction"), anchor=False)
        return
    st.title(plain(said.sentence(sentences[0])), anchor=False)
    told = [said.sentence(sentence) for sentence in sentences[1:]]
    lonely = apart(found)
    if lonely:
        told.append(
            ngettext(
                "At {count} site people have clearly less contact than elsewhere.",
                "At {count} sites people have clearly less contact than elsewhere.",
                len(lonely),
            ).format(count=said.number(len(lonely)))
        )
    st.markdown(plain(" ".join(told)))


def _key_figure(figure: Figure) -> KeyFigure:
    label = figure.metric.label if figure.measure is None else figure.measure.label
    return KeyFigure(
        code=figure.code,
        metric=figure.metric,
        measure=figure.measure,
        label=label,
        label_nl=None if figure.measure is None else figure.measure.label_nl,
        side="wx",
        unit=figure.unit,
        better=figure.metric.better_of(figure.measure),
        low=0,
        high=100,
    )


def key_figures(found: Interaction, targets: Mapping[str, float]) -> Sequence[Card]:
    """Contact as people say it is, and the staff network."""
    return [
        _card(found.figures[figure.code], targets)
        for figure in CARDS
        if figure.code in found.figures
    ]


def _card(read: Read, targets: Mapping[str, float]) -> Card:
    said, figure = words(), read.figure
    first, last = said.period(read.window.first), said.period(read.window.last)
    moved = read.moved
    row = moved.rows.row(0, named=True) if moved is not None and moved.rows.height == 1 else None
    return Card(
        label=name(figure),
        better=figure.metric.better_of(figure.measure),
        estimate=read.now.estimate(),
        counted=_(figure.metric.counted),
        when=last if first == last else _("{first} to {last}").format(first=first, last=last),
        target=targets.get(figure.code),
        change=None if row is None else row["value"],
        clear=row is not None and row["changed"],
        course=read.course.rows.sort("period")["value"].to_list(),
    )


def not_told(found: Interaction) -> None:
    """Which figures the filters do not fit."""
    if found.unknown:
        st.caption(
            _(
                "Not told by what is filtered: {figures}. The staff network is told by site only."
            ).format(figures=words().listed([plain(name(figure)) for figure in found.unknown]))
        )


@st.fragment
def course(found: Interaction, targets: Mapping[str, float]) -> None:
    """One figure over time, with its band; which one is the reader's choice."""
    labels = {code: name(read.figure) for code, read in found.figures.items()}
    leading = found.leading.figure.code
    code = st.selectbox(
        _("Figure"),
        list(labels),
        index=list(labels).index(leading),
        format_func=labels.__getitem__,
        key=f"interaction_course_{words().language}",
        width=360,
    )
    read = found.figures.get(code or leading, found.leading)
    if read.course.rows.is_empty():
        states.too_few(_("No period of this selection may be shown."))
        return
    target = targets.get(read.figure.code)
    series = Series(labels[read.figure.code], read.figure.unit, read.course.rows, target)
    showing.picture(trend(series, words(), THEMED, height=340), "interaction-course")


@st.fragment
def work(found: Interaction) -> None:
    """Contact by desk type: the floor beside the office."""
    labels = {code: name(found.figures[code].figure) for code in found.work}
    code = st.segmented_control(
        _("Contact"),
        list(labels),
        format_func=labels.__getitem__,
        default=next(iter(labels)),
        required=True,
        key=f"interaction_work_{words().language}",
    )
    code = code or next(iter(labels))
    told = {row["desk_type"]: row for row in found.work[code].rows.iter_rows(named=True)}
    rows = [
        Row(
            value_name("desk_type", value),
            told[value]["value"],
            told[value]["low"],
            told[value]["high"],
            told[value]["n"],
        )
        for value in in_order("desk_type", told)
    ]
    if not rows:
        states.too_few(_("No group of this kind is large enough to be shown."))
        return
    whole, unit = found.figures[code].now.estimate(), found.figures[code].figure.unit
    showing.picture(
        ranking(labels[code], unit, rows, None if whole is None else whole.value, words(), THEMED),
        "interaction-work",
    )
    st.caption(_("Dotted line: all together. Where two intervals hardly overlap, groups differ."))


def next_steps(found: Interaction) -> None:
    """What a manager can do with this page."""
    names, said, steps = sidebar.names(), words(), []
    lonely = apart(found)[:3]
    if lonely:
        steps.append(
            _(
                "Go and see {sites}: ask with whom people there can talk, and when, before "
                "deciding anything."
            ).format(sites=said.listed([names.get(site, site) for site in lonely]))
        )
    turning = next((pair for pair in found.beside.burnout if pair.curve.turns.value[0] > 0), None)
    if turning is not None:
        steps.append(
            _(
                "Do not ask for more contact everywhere. Up to about {place} more of it goes with "
                "less burnout, beyond it with more."
            ).format(place=said.number(float(turning.curve.turns.value[0]), 1))
        )
    steps.append(
        _(
            "Few people on the staff network says little about contact: first ask whether they "
            "have the time and a device for it. Posts that nobody answers teach people to be "
            "silent."
        )
    )
    st.markdown("\n".join(f"1. {plain(step)}" for step in steps))


def explained(found: Interaction, filters: Filters) -> list[showing.Explained]:
    """The definitions behind the page, and the commands that give its numbers."""
    told = []
    for read in found.figures.values():
        window = Filters(read.window.first, read.window.last, filters.chosen)
        measure = read.figure.measure
        said = command(
            read.figure.metric.code, None if measure is None else measure.code, filters=window
        )
        told.append(showing.Explained(read.figure.metric, measure, said))
    leading = found.leading.figure
    return sorted(told, key=lambda each: each.metric is not leading.metric)
