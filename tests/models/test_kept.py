"""Answers that a process keeps: each question once, the oldest given up when room runs out."""

import polars as pl

from metrics.results import Cells
from models.kept import Kept


def answer(rows: int) -> Cells:
    return Cells(
        rows=pl.DataFrame({"n": [1] * rows}),
        by=(),
        measures=(),
        coverage=None,
        withheld=False,
        first=None,
        last=None,
        release=1,
    )


def test_the_same_question_is_answered_once() -> None:
    kept, asked = Kept(), []

    def put(question: str) -> Cells:
        def answered() -> Cells:
            asked.append(question)
            return answer(1)

        return kept.of(question, answered)

    first = put("how many?")
    assert put("how many?") is first
    assert put("how much?") is not first
    assert asked == ["how many?", "how much?"]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    kept = Kept(most_rows=25)
    old, middle = kept.of("old", lambda: answer(9)), kept.of("middle", lambda: answer(9))
    assert kept.of("old", lambda: answer(9)) is old
    kept.of("new", lambda: answer(9))
    assert kept.of("old", lambda: answer(9)) is old
    assert kept.of("middle", lambda: answer(9)) is not middle


def test_an_answer_that_is_too_large_is_given_but_not_kept() -> None:
    kept = Kept(most_rows=5)
    large = kept.of("all", lambda: answer(50))
    assert large.rows.height == 50
    assert kept.of("all", lambda: answer(50)) is not large
