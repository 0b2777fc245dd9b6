"""What is wrong with files: one problem per cell, gathered under its cause."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import polars as pl

from models.imports.rulebook import RULES

EXAMPLES_KEPT = 1_000
"""Examples kept per cause. All are counted."""

FILE = "__file__"
ROW = "__row__"
"""Columns of a frame that say where a row came from: index of the file, row of the sheet."""

Translate = Callable[[str], str]


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in one place.

    ``row`` counts as a spreadsheet does: the headings are row 1. ``row``, ``column`` and
    ``value`` are None where the problem is not about one. ``params`` fill the rule's texts.
    """

    rule: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    def _fill(self, template: str) -> str:
        known = {
            "file": self.file,
            "row": "" if self.row is None else str(self.row),
            "column": self.column or "",
            "value": self.value or "",
        }
        return template.format(**{**known, **self.params})

    def message(self, translate: Translate = _as_is) -> str:
        """What is wrong, in the reader's language."""
        return self._fill(translate(RULES[self.rule].message))

    def remedy(self, translate: Translate = _as_is) -> str:
        """How to mend it, in the reader's language."""
        return self._fill(translate(RULES[self.rule].remedy))

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the English texts."""
        return {
            "rule": self.rule,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "params": dict(self.params),
            "message": self.message(),
            "remedy": self.remedy(),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The problem that ``to_json`` wrote."""
        names = ("rule", "file", "row", "column", "value", "params")
        return cls(*(values[name] for name in names))


@dataclass(frozen=True, slots=True)
class Cause:
    """All problems of one rule in one column of one file. ``count`` counts all of them."""

    rule: str
    file: str
    column: str | None
    count: int
    examples: tuple[Problem, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the English texts."""
        return {
            "rule": self.rule,
            "file": self.file,
            "column": self.column,
            "count": self.count,
            "remedy": self.examples[0].remedy(),
            "examples": [problem.to_json() for problem in self.examples],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The cause that ``to_json`` wrote."""
        rule, file, column, count = (values[n] for n in ("rule", "file", "column", "count"))
        examples = tuple(Problem.from_json(one) for one in values["examples"])
        return cls(rule, file, column, count, examples)


class ProblemLog:
    """Collects problems while files are checked; ``causes`` gives them back in order."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str | None], int] = {}
        self._examples: dict[tuple[str, str, str | None], list[Problem]] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    def add(self, problem: Problem, count: int = 1) -> None:
        """Add one problem that stands for ``count`` of its kind."""
        key = (problem.file, problem.rule, problem.column)
        self._counts[key] = self._counts.get(key, 0) + count
        examples = self._examples.setdefault(key, [])
        if len(examples) < EXAMPLES_KEPT:
            examples.append(problem)

    def add_rows(
        self,
        rule: str,
        failing: pl.DataFrame,
        files: tuple[str, ...],
        *,
        column: str | None,
        value: str | None = None,
        params: Mapping[str, str] | None = None,
        param_columns: Iterable[str] = (),
    ) -> None:
        """Add a problem for each row of ``failing``, which has the columns FILE and ROW.

        ``value`` names the column that holds the failing value; ``param_columns`` hold texts
        that fill the rule's templates row by row.
        """
        for (index,), rows in failing.group_by(FILE, maintain_order=True):
            file = files[int(str(index))]
            key = (file, rule, column)
            self._counts[key] = self._counts.get(key, 0) + rows.height
            examples = self._examples.setdefault(key, [])
            for row in rows.head(EXAMPLES_KEPT - len(examples)).iter_rows(named=True):
                examples.append(
                    Problem(
                        rule=rule,
                        file=file,
                        row=row[ROW],
                        column=column,
                        value=None if value is None else _text(row[value]),
                        params={
                            **(params or {}),
                            **{name: _text(row[name]) or "" for name in param_columns},
                        },
                    )
                )

    def causes(self) -> tuple[Cause, ...]:
        """Every cause once: by file, then in the order found."""
        return tuple(
            Cause(rule, file, column, count, tuple(self._examples[file, rule, column]))
            for (file, rule, column), count in sorted(
                self._counts.items(), key=lambda item: item[0][0]
            )
        )


def _text(value: object) -> str | None:
    """A value for people, cut at 200 characters."""
    if value is None:
        return None
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
