"""Measures that customers answer, and those of the service desk's cases."""

from collections.abc import Iterator
from functools import partial

from metrics.vocabulary import Measure
from metrics.words import N_

_NPS = N_("Net promoter score: share of 9-10 less share of 0-6")
_CSAT = N_("Customer satisfaction: share that answers 4 or 5 of 5")
_CES = N_("Customer effort score 2.0, 1-7, higher is easier")
_ANSWERED = N_("Answered by the customer")
_CASES = N_("From the log of cases")

_asked = partial(Measure, side="cx", rater="customer", theme="customer", subject="feedback")
_share = partial(_asked, unit="percent", better="higher", low=0, high=100, transform="binary")
_case = partial(Measure, side="operations", rater="system", theme="service", subject="cases")


def feedback() -> Iterator[Measure]:
    """One per column of the customer feedback; CES twice, as mean and as share."""
    yield _asked(
        code="nps",
        label=N_("NPS"),
        unit="nps",
        better="higher",
        items=("nps",),
        low=-100,
        high=100,
        transform="nps",
        source=_NPS,
    )
    yield _share(
        code="csat", label=N_("Customer satisfaction"), items=("csat",), yes_from=4, source=_CSAT
    )
    yield _asked(
        code="ces",
        label=N_("Customer effort score"),
        unit="score",
        better="higher",
        items=("ces",),
        low=1,
        high=7,
        source=_CES,
    )
    yield _share(code="ces_easy", label=N_("Made it easy"), items=("ces",), yes_from=5, source=_CES)
    yield _share(code="resolved", label=N_("Resolved"), items=("resolved",), source=_ANSWERED)
    yield _share(
        code="first_contact",
        label=N_("Resolved in the first contact"),
        items=("first_contact",),
        source=_ANSWERED,
    )
    yield _asked(
        code="empathy",
        label=N_("Empathy"),
        unit="score",
        better="higher",
        items=("empathy",),
        low=1,
        high=5,
        source=_ANSWERED,
    )
    yield _asked(
        code="lost_minutes",
        label=N_("Time lost"),
        unit="minutes",
        better="lower",
        items=("lost_minutes",),
        low=0,
        source=_ANSWERED,
    )


def cases() -> Iterator[Measure]:
    """Measures of a service desk's cases."""
    percent = partial(_case, unit="percent", low=0, high=100, transform="binary")
    yield percent(
        code="sla_met",
        label=N_("Service level met"),
        better="higher",
        items=("sla_met",),
        source=_CASES,
    )
    yield Measure(
        code="case_csat",
        label=N_("Satisfaction with the case"),
        side="cx",
        rater="customer",
        unit="percent",
        better="higher",
        theme="service",
        items=("csat",),
        low=0,
        high=100,
        transform="binary",
        source=_CSAT,
        subject="cases",
        yes_from=4,
    )
    yield _case(
        code="handle_minutes",
        label=N_("Handling time"),
        unit="minutes",
        better="lower",
        items=("handle_minutes",),
        low=0,
        source=_CASES,
    )
    yield percent(
        code="reopened",
        label=N_("Reopened"),
        better="lower",
        items=("reopened",),
        source=_CASES,
    )
