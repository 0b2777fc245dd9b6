"""The stretch of time that a figure speaks of: the last twelve months of what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.filters import Filters
from release.periods import parse


@dataclass(frozen=True, slots=True)
class Window:
    """First and last period, both included."""

    first: str
    last: str

    def year_before(self) -> "Window":
        """The same stretch one year earlier."""
        return Window(parse(self.first).year_ago().text, parse(self.last).year_ago().text)


def chosen(periods: Sequence[str], filters: Filters) -> tuple[str, ...]:
    """The periods of a figure that lie wholly within the filters, in order."""
    first = parse(filters.first).first_day if filters.first else None
    last = parse(filters.last).last_day if filters.last else None
    return tuple(
        text
        for text in periods
        if (first is None or parse(text).first_day >= first)
        and (last is None or parse(text).last_day <= last)
    )


def latest_year(periods: Sequence[str]) -> Window | None:
    """The last of the periods and those within a year up to it; None without periods."""
    if not periods:
        return None
    last = parse(periods[-1])
    start = last.year_ago()
    within = [text for text in periods if parse(text) > start]
    return Window(within[0], last.text)
