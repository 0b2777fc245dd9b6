"""The headline of the Ideas page: what, how much, since when, how sure."""

import streamlit as st

from metrics.idea_floor import Heard
from metrics.results import Estimate
from pages.people.ideas_followed import IN_TIME
from pages.people.ideas_parts import FOLLOWED, length, moved, stretch
from pages.people.ideas_reading import Ideas
from pages.shared import sidebar
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words


def headline(found: Ideas, number: int) -> None:
    """What, how much, since when, how sure."""
    said = words()
    st.caption(
        " · ".join(
            [_("Ideas"), stretch(found), _("release {number}").format(number=said.number(number))]
        )
    )
    half = found.waits.half.estimate() if found.waits.half is not None else None
    st.title(plain(_title(found, half)), anchor=False)
    st.markdown(plain(" ".join([*_sure(half), *_since(found), _open(found)])))


def _title(found: Ideas, half: Estimate | None) -> str:
    if half is None:
        return _("Fewer than half of the ideas sent in are decided")
    heard = found.waits.heard
    whole = not any(dim in FOLLOWED for dim in _filtered())
    if whole and heard is not None and heard.slower is not None:
        return _floor(heard)
    return _("Half of the ideas are decided within {length}").format(
        length=length(half.value, half.unit)
    )


def _filtered() -> tuple[str, ...]:
    return tuple(dim for dim, _values in sidebar.current().chosen)


def _floor(heard: Heard) -> str:
    assert heard.office is not None, "a clear difference is of two that are told"
    assert heard.floor is not None, "a clear difference is of two that are told"
    return _(
        "Half of the ideas from the floor are decided within {floor}, of those from the office "
        "within {office}"
    ).format(floor=length(heard.floor, "days"), office=length(heard.office, "days"))


def _sure(half: Estimate | None) -> list[str]:
    if half is None:
        return []
    value = length(half.value, half.unit)
    if half.low is None or half.high is None:
        return [_("In all, half are decided within {value}.").format(value=value)]
    if half.low == half.high:
        return [
            _(
                "In all, half are decided within {value}; the 95 % interval lies within the same "
                "stretch of time (n = {n})."
            ).format(value=value, n=words().number(half.n))
        ]
    return [
        _(
            "In all, half are decided within {value} (95 % interval {low} to {high}, n = {n})."
        ).format(
            value=value,
            low=length(half.low, half.unit),
            high=length(half.high, half.unit),
            n=words().number(half.n),
        )
    ]


def _since(found: Ideas) -> list[str]:
    key = next((key for key in found.keys if key.measure == IN_TIME), None)
    estimate = key.now.estimate() if key is not None else None
    if key is None or estimate is None:
        return []
    said = words()
    share = said.value(estimate.value, "percent")
    row = moved(key)
    if row is None:
        return [_("Within 30 days {share} is decided.").format(share=share)]
    if not row["changed"]:
        return [
            _("Within 30 days {share} is decided: no clear change on a year ago.").format(
                share=share
            )
        ]
    return [
        _("Within 30 days {share} is decided, {change} on a year ago.").format(
            share=share, change=said.signed(row["value"], "percent")
        )
    ]


def _open(found: Ideas) -> str:
    return ngettext(
        "{count} idea waits for a decision now.",
        "{count} ideas wait for a decision now.",
        found.undecided,
    ).format(count=words().number(found.undecided))
