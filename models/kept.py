"""Answers that a process keeps: the same question is summed once, whoever puts it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from metrics.results import Cells

MOST_ROWS: Final = 300_000
"""What is kept at most, in rows of cells: some tens of megabytes."""


class Kept:
    """The answers that were asked for last, by question."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most = most_rows
        self._held = 0
        self._answers: OrderedDict[Hashable, Cells] = OrderedDict()
        self._lock = Lock()

    def of(self, question: Hashable, answer: Callable[[], Cells]) -> Cells:
        """The answer to a question, from `answer` when it is not kept."""
        with self._lock:
            known = self._answers.get(question)
            if known is not None:
                self._answers.move_to_end(question)
                return known
        found = answer()
        with self._lock:
            if question not in self._answers:
                self._answers[question] = found
                self._held += _size(found)
            while self._held > self._most and self._answers:
                self._held -= _size(self._answers.popitem(last=False)[1])
        return found


def _size(cells: Cells) -> int:
    # An empty answer takes room too.
    return cells.rows.height + 1
