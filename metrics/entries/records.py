"""Counts and amounts from the company's own records: whole populations, not samples."""

from collections.abc import Iterator

from metrics.vocabulary import Better, Measure
from metrics.words import N_

_COUNT = N_("Count of a whole population, from the company's own records")
_PAY = N_(
    "Mean of a calendar year over the whole company's person-years, by job family, rounded to 500; "
    "nobody counts for more than twice the median of those in the same mean"
)
_DECIDED = N_(
    "Ideas accepted, rejected or withdrawn within 30 days, dated by the month in which the 30 days "
    "of every idea of their month of submission are over"
)


def _sum(
    code: str,
    label: str,
    subject: str,
    theme: str,
    better: Better = "higher",
    unit: str = "count",
) -> Measure:
    return Measure(
        code=code,
        label=label,
        side="wx",
        rater="system",
        unit=unit,
        better=better,
        theme=theme,
        low=0,
        transform="sum",
        source=_COUNT,
        subject=subject,
    )


def people() -> Iterator[Measure]:
    """Workforce, absence, and who was asked."""
    yield _sum("headcount", N_("Headcount"), "workforce", "turnover")
    yield _sum("headcount_start", N_("Headcount at the start"), "workforce", "turnover")
    yield _sum("hires", N_("Hires"), "workforce", "turnover")
    yield _sum("exits", N_("Leavers"), "workforce", "turnover", "lower")
    yield _sum("person_years", N_("Person-years"), "workforce", "turnover", unit="years")
    yield Measure(
        code="annual_cost",
        label=N_("Pay per year, on-costs included"),
        side="wx",
        rater="system",
        unit="eur",
        better="lower",
        theme="turnover",
        low=0,
        source=_PAY,
        subject="pay",
    )
    yield _sum("hours_lost", N_("Hours lost to sickness"), "absence", "health", "lower", "hours")
    yield _sum("contract_hours", N_("Contract hours"), "absence", "health", unit="hours")
    yield _sum("absence_spells", N_("Spells of sick leave"), "absence", "health", "lower")
    yield _sum("invited", N_("Invited"), "invitations", "other")
    yield _sum("responses", N_("Responses"), "survey", "other")


def durations() -> Iterator[Measure]:
    """Life tables: who was at risk in each unit of time, and for whom the end came."""
    stays, turnover = "employment", "turnover"
    yield _sum("tenure_exposed", N_("Employed, by time with the company"), stays, turnover)
    yield _sum("tenure_ended", N_("Left, by time with the company"), stays, turnover, "lower")
    yield _sum("ended_voluntary", N_("Left of their own accord"), stays, turnover, "lower")
    yield _sum("ended_involuntary", N_("Dismissed"), stays, turnover, "lower")
    yield _sum("ended_other", N_("Left for another reason"), stays, turnover, "lower")
    yield _sum("stayed_a_year", N_("Still there after a year"), stays, turnover)
    yield _sum("decision_exposed", N_("Ideas undecided, by age"), "idea_ages", "ideas")
    yield _sum("decision_ended", N_("Ideas decided, by age"), "idea_ages", "ideas")
    yield _sum("decided_accepted", N_("Ideas decided: accepted"), "idea_ages", "ideas")
    yield _sum("decided_rejected", N_("Ideas decided: rejected"), "idea_ages", "ideas", "lower")
    yield _sum("decided_withdrawn", N_("Ideas decided: withdrawn"), "idea_ages", "ideas", "lower")
    yield _sum("implementation_exposed", N_("Ideas not implemented, by age"), "idea_ages", "ideas")
    yield _sum("implementation_ended", N_("Ideas implemented, by age"), "idea_ages", "ideas")


def network() -> Iterator[Measure]:
    """The staff network; numbers of people by threes, what was written where five were there."""
    yield _sum("network_headcount", N_("Staff who could be there"), "network", "interaction")
    yield _sum("network_active", N_("Active on the staff network"), "network", "interaction")
    yield _sum("posts", N_("Posts"), "network", "interaction")
    yield _sum("reactions", N_("Reactions to posts"), "network", "interaction")
    yield _sum("replies", N_("Replies to posts"), "network", "interaction")
    yield _sum("with_peer_contact", N_("In touch with a colleague"), "network", "interaction")
    yield _sum("with_manager_contact", N_("In touch with a manager"), "network", "interaction")
    managers = "network_managers"
    yield _sum("manager_replies", N_("Replies by managers"), managers, "interaction")
    yield _sum(
        "posts_near_managers", N_("Posts that managers could reply to"), managers, "interaction"
    )


def rollouts() -> Iterator[Measure]:
    """Changes that started at a site."""
    yield _sum("rolled_out", N_("Changes that started"), "rollouts", "other")


def ideas() -> Iterator[Measure]:
    """Ideas by the stage they reached."""
    yield _sum("ideas_submitted", N_("Ideas submitted"), "ideas", "ideas")
    yield _sum("ideas_triaged", N_("Ideas triaged"), "ideas", "ideas")
    yield _sum("ideas_started", N_("Ideas started"), "ideas", "ideas")
    yield _sum("ideas_decided", N_("Ideas decided"), "ideas", "ideas")
    yield _sum("ideas_accepted", N_("Ideas accepted"), "ideas", "ideas")
    yield _sum("ideas_rejected", N_("Ideas rejected"), "ideas", "ideas", "lower")
    yield _sum("ideas_implemented", N_("Ideas implemented"), "ideas", "ideas")
    yield _sum("ideas_withdrawn", N_("Ideas withdrawn"), "ideas", "ideas", "lower")
    yield Measure(
        code="decided_in_30_days",
        label=N_("Ideas decided within 30 days"),
        side="wx",
        rater="system",
        unit="percent",
        better="higher",
        theme="ideas",
        low=0,
        high=100,
        transform="binary",
        source=_DECIDED,
        subject="ideas",
    )
