"""Published figures of the Netherlands beside those of the company."""

import streamlit as st

from metrics.outside import CHANGED_JOB, SAME_EMPLOYER, Published, per_quarter
from metrics.results import Estimate
from pages.people.turnover_parts import when
from pages.people.turnover_reading import Turnover
from pages.shared.words import _, words


def outside(found: Turnover) -> None:
    """Who is still with the employer after a year, and who changed job in a quarter."""
    rows: list[dict[str, str]] = []
    for code, what, published in (
        ("turnover.stability", _("Still with the same employer a year later"), SAME_EMPLOYER),
        ("turnover.voluntary", _("Changed job, per quarter"), CHANGED_JOB),
    ):
        figure = found.figures.get(code)
        level = None if figure is None else figure.now.estimate()
        if figure is not None and level is not None:
            own = level if code == "turnover.stability" else per_quarter(level)
            rows.append(_own(what, own, when(figure.now)))
        rows += [_published(what, each) for each in published]
    st.table(rows, border="horizontal", hide_index=True, alt=_("Published figures and our own"))
    st.caption(
        _(
            "Published figures count every employee once a year or a quarter, ours the people of "
            "this selection. Who changed job left of their own accord as a rule; our figure is a "
            "fourth of the yearly voluntary rate of people in their first ten years."
        )
    )


def _own(what: str, own: Estimate, moment: str) -> dict[str, str]:
    said = words()
    return {
        _("Figure"): what,
        _("Who"): _("This selection"),
        _("Value"): said.value(own.value, "percent"),
        _("95 % interval"): said.interval(own.low, own.high, "percent"),
        _("When"): moment,
        _("Source"): _("n = {count}").format(count=said.number(own.n)),
    }


def _published(what: str, figure: Published) -> dict[str, str]:
    return {
        _("Figure"): what,
        _("Who"): _(figure.who),
        _("Value"): words().value(figure.value, "percent"),
        _("95 % interval"): "–",
        _("When"): _(figure.when),
        _("Source"): _(figure.source),
    }
