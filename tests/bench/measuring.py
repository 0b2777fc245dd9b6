"""Medians of repeated measurements, and the table that a bench prints.

Seconds differ between machines and hours; a ratio of two things measured in one run does not. So
every line has something to stand against, and an aim for the ratio (or, where the aim is a time on
the reference machine of two cores, for the seconds).
"""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing beside what it stands against, both in the same unit."""

    what: str
    value: float
    against: str
    floor: float
    most: float | None = None
    most_ratio: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def holds(self) -> bool:
        within = self.most is None or self.value <= self.most
        return within and (self.most_ratio is None or self.ratio <= self.most_ratio)

    @property
    def aim(self) -> str:
        ratio = [] if self.most_ratio is None else [f"<= {self.most_ratio:g}x"]
        most = [] if self.most is None else [f"<= {self.most:g} {self.unit}"]
        return ", ".join(ratio + most)

    def shown(self, value: float) -> str:
        """A value with its unit, such as `1.30 s` or `812 MiB`."""
        return f"{value:.2f} s" if self.unit == "s" else f"{value:,.0f} {self.unit}"


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """The median time of `work`, after one call that does not count."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def table(lines: Iterable[Line]) -> str:
    """The lines as text in columns."""
    rows = [("measured", "value", "against", "value", "ratio", "aim", "")]
    rows += [
        (
            line.what,
            line.shown(line.value),
            line.against,
            line.shown(line.floor),
            f"{line.ratio:.2f}x",
            line.aim,
            "holds" if line.holds else "MISSED",
        )
        for line in lines
    ]
    return "\n".join(_row(row, _widths(rows)) for row in rows)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = (0, 2, 6)
    padded = [
        cell.ljust(width) if i in texts else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
