"""Key figures side by side, in one element: value, change, course, interval, n and target.

Drawn as HTML with the style sheet's own classes, since `st.metric` has no place for an interval
and draws its course with a chart library of its own. Every text is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from figures.sparkline import sparkline
from metrics.results import Estimate
from metrics.vocabulary import Better
from pages.shared.words import _, words


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure. ``estimate`` None: nothing may be shown.

    ``change``: against a year ago; ``clear``: its interval excludes zero, so that it may be called
    a change. ``counted``: what n counts (visible). ``course``: the values over time, oldest first.
    ``compared``: it has a line that tells the change, or that there is nothing to compare with.
    """

    label: str
    better: Better
    estimate: Estimate | None
    counted: str = ""
    when: str = ""
    target: float | None = None
    change: float | None = None
    clear: bool = False
    course: Sequence[float | None] = ()
    compared: bool = True


def show(cards: Sequence[Card]) -> None:
    """The cards, as many in a row as fit."""
    st.html(f'<ul class="wv-cards">{"".join(html(card) for card in cards)}</ul>')


def html(card: Card) -> str:
    """One card as a list item."""
    found = card.estimate
    if found is None:
        said = _("Too few people to show")
        body = f'<p class="wv-small">{escape(said)}</p>'
    else:
        body = (
            f'<p class="wv-value">{escape(_value(found))}</p>{_change(card, found.unit)}'
            f"{_course(card, found.unit)}"
            + "".join(f'<p class="wv-small">{escape(line)}</p>' for line in _small(card, found))
        )
    return f'<li class="wv-card"><h2>{escape(card.label)}</h2>{body}</li>'


def _value(found: Estimate) -> str:
    value = words().value(found.value, found.unit)
    return f"≥ {value}" if found.at_least else value


def _change(card: Card, unit: str) -> str:
    if not card.compared:
        return ""
    if card.change is None:
        unknown = _("no figure of a year ago")
        return f'<p class="wv-change">{escape(unknown)}</p>'
    text = _("{change} on a year ago").format(change=words().signed(card.change, unit))
    if not card.clear:
        unclear = _("no clear change")
        return f'<p class="wv-change">{escape(text)} · {escape(unclear)}</p>'
    good = (card.change > 0) == (card.better == "higher")
    mark = "▲" if card.change > 0 else "▼"
    verdict = _("better") if good else _("worse")
    kind = "wv-good" if good else "wv-bad"
    return (
        f'<p class="wv-change {kind}"><span aria-hidden="true">{mark}</span> '
        f"{escape(text)} · {escape(verdict)}</p>"
    )


def _course(card: Card, unit: str) -> str:
    known = [value for value in card.course if value is not None]
    if len(known) < 2:
        return ""
    said = words()
    alt = _("{name} over time, from {first} to {last}").format(
        name=card.label, first=said.value(known[0], unit), last=said.value(known[-1], unit)
    )
    return sparkline(card.course, alt, card.target)


def _small(card: Card, found: Estimate) -> list[str]:
    said = words()
    first = []
    if found.low is not None:
        interval = said.interval(found.low, found.high, found.unit)
        first.append(_("95 % interval {interval}").format(interval=interval))
    first.append(f"n = {said.number(found.n)} {card.counted}".strip())
    second = [card.when] if card.when else []
    if card.target is not None:
        second.append(_("target {value}").format(value=said.value(card.target, found.unit)))
    return [" · ".join(first), *([" · ".join(second)] if second else [])]
