"""The upper part of the Burnout page, and its advice."""

from collections.abc import Mapping, Sequence

import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, ranking
from figures.trend import Series, trend
from metrics.changes import change
from metrics.definitions import METRICS
from metrics.headline import headline as sentences_of
from metrics.hotspots import Hotspots
from metrics.overview import choose
from metrics.vocabulary import Measure
from pages.people.burnout_reading import Burnout
from pages.shared import showing, sidebar, states
from pages.shared.cards import Card
from pages.shared.filters import DIMENSIONS, Filters
from pages.shared.plain import plain
from pages.shared.terminal import command
from pages.shared.values import in_order, value_name
from pages.shared.words import _, words

CODE = "burnout.share_at_risk"
MEAN = METRICS["burnout.mean"]


def why_nothing(measure: Measure | None, found: Burnout | None, minimum: int) -> None:
    """No scale was released, the filters do not fit, or the groups are too small."""
    if measure is None:
        states.too_few(
            _(
                "No burnout scale has been published. It needs the items of BAT-23, BAT-12 or "
                "UBOS-5 in a survey; BAT-4 has no published cut-off."
            )
        )
    elif found is None:
        states.nothing_selected()
    else:
        states.too_small(minimum)


def headline(found: Burnout, number: int) -> None:
    """What, how much, since when, how sure."""
    said = words()
    (figure,) = choose([found.measure.code], most=1)
    sentences = sentences_of(figure, found.share, found.before)
    st.caption(
        " · ".join(
            [
                _("Burnout risk"),
                plain(showing.measure_name(found.measure)),
                _("release {number}").format(number=said.number(number)),
            ]
        )
    )
    st.title(plain(said.sentence(sentences[0])), anchor=False)
    st.markdown(plain(" ".join(said.sentence(sentence) for sentence in sentences[1:])))


def target(targets: Mapping[str, float], measure: Measure) -> float | None:
    """The target of the share at risk."""
    return targets.get("burnout_risk", targets.get(measure.code))


def key_figures(found: Burnout, targets: Mapping[str, float]) -> Sequence[Card]:
    """The share at risk against a year ago, and the score."""
    said = words()
    first, last = said.period(found.window.first), said.period(found.window.last)
    when = last if first == last else _("{first} to {last}").format(first=first, last=last)
    moved = change(found.share, found.before) if found.before is not None else None
    row = moved.rows.row(0, named=True) if moved is not None and moved.rows.height == 1 else None
    return [
        Card(
            label=_("Burnout risk"),
            better="lower",
            estimate=found.share.estimate(),
            counted=_(METRICS[CODE].counted),
            when=when,
            target=target(targets, found.measure),
            change=None if row is None else row["value"],
            clear=row is not None and row["changed"],
            course=found.course.rows.sort("period")["value"].to_list(),
        ),
        Card(
            label=_("Mean score"),
            better="lower",
            estimate=found.mean.estimate(),
            counted=_(MEAN.counted),
            when=when,
        ),
    ]


def course(found: Burnout, targets: Mapping[str, float]) -> None:
    """The share at risk over time, with its band."""
    if found.course.rows.is_empty():
        states.too_few(_("No period of this selection may be shown."))
        return
    series = Series(
        name=_("Burnout risk"),
        unit="percent",
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
    whole = found.share.estimate()
    showing.picture(
        ranking(
            _("Burnout risk"),
            "percent",
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
    return [
        showing.Explained(METRICS[code], None, command(code, filters=window))
        for code in (CODE, MEAN.code)
    ]
