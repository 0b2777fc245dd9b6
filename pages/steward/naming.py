"""Tables and periods by the names that a steward reads."""

from collections.abc import Iterable, Sequence

from metrics.words import N_
from pages.shared.subjects import subject_name
from pages.shared.words import _, words
from pages.steward.mapping_names import TABLE_NAMES

MOST_PERIODS = 6
"""Periods that are named one by one."""

_MADE = {"idea_submitters": N_("How many people sent ideas in")}
"""Tables that an import makes beside those of the contract."""


def table_named(code: str) -> str:
    """A table by its name, with its code: files are named after that."""
    return f"{_({**TABLE_NAMES, **_MADE}[code])} · `{code}`"


def with_periods(line: str, found: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A line of a list in Markdown; within it one per subject, with its periods."""
    within = [
        "    - "
        + _("{subjects}: {what}").format(
            subjects=subject_name(subject), what=listed_periods(periods)
        )
        for subject, periods in found
    ]
    return "\n".join((line, *within))


def listed_periods(periods: Sequence[str]) -> str:
    """A few periods by name, more by how many there are, the first and the last."""
    if len(periods) > MOST_PERIODS:
        return spanned_periods(len(periods), periods[0], periods[-1])
    return words().listed([words().period(period) for period in periods])


def spanned_periods(count: int, first: str, last: str) -> str:
    """Periods of which only the first and the last are known; one of them by its name."""
    said = words()
    if count == 1:
        return said.period(first)
    return _("{count} periods, {first} to {last}").format(
        count=said.number(count), first=said.period(first), last=said.period(last)
    )
