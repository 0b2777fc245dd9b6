"""What is wrong with files: one problem per cell, gathered under its cause."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any, Self

import polars as pl

from metrics.words import as_is
from models.imports.frequent import Frequent, Value
from models.imports.nearest import Nearest
from models.imports.rulebook import OF_CELLS, RULES

EXAMPLES_KEPT = 1_000
"""Examples kept per cause. All are counted."""

ROWS_KEPT = 100_000
"""Failing rows remembered per cause, by their number alone."""

VALUES_KEPT = 20
"""Values told per cause, the most frequent ones."""

FILE = "__file__"
ROW = "__row__"
"""Columns of a frame that say where a row came from: index of the file, row of the sheet."""

_LISTED = frozenset({"not_an_option", "unknown_column"})
"""Rules whose examples list what is right, as {allowed}."""

_MISREAD = frozenset({"unknown_column", "unreadable_column", "repeated_column"})
"""Rules by which a column of the table may be in the file and yet not be read."""

Translate = Callable[[str], str]


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

    def message(self, translate: Translate = as_is) -> str:
        """What is wrong, in the reader's language."""
        return self._fill(translate(RULES[self.rule].message))

    def remedy(self, translate: Translate = as_is) -> str:
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
    """All problems of one rule in one column of one file. ``count`` counts all of them.

    ``values`` are the values that failed most often, out of ``different`` ones. ``rows`` are the
    rows of the file that failed, up to ROWS_KEPT, for the annotated copy; they do not travel.
    """

    rule: str
    file: str
    column: str | None
    count: int
    examples: tuple[Problem, ...]
    values: tuple[Value, ...] = ()
    different: int = 0
    rows: pl.Series | None = field(default=None, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the English texts."""
        return {
            "rule": self.rule,
            "file": self.file,
            "column": self.column,
            "count": self.count,
            "remedy": self.examples[0].remedy(),
            "values": [
                {"value": one.text, "count": one.count, "did_you_mean": one.meant}
                for one in self.values
            ],
            "different_values": self.different,
            "examples": [problem.to_json() for problem in self.examples],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The cause that ``to_json`` wrote."""
        rule, file, column, count = (values[n] for n in ("rule", "file", "column", "count"))
        examples = tuple(Problem.from_json(one) for one in values["examples"])
        failing = tuple(
            Value(one["value"], one["count"], one["did_you_mean"]) for one in values["values"]
        )
        return cls(rule, file, column, count, examples, failing, values["different_values"])


class _Gathered:
    """What one cause has so far."""

    def __init__(self) -> None:
        self.count = 0
        self.examples: list[Problem] = []
        self.values = Frequent(text_of)
        self.rows: list[pl.Series] = []
        self.kept = 0

    def keep_rows(self, rows: pl.Series) -> None:
        """Remember where it failed, as far as there is room."""
        if self.kept < ROWS_KEPT:
            self.rows.append(rows.head(ROWS_KEPT - self.kept).cast(pl.UInt32))
            self.kept += len(self.rows[-1])


class ProblemLog:
    """Collects problems while files are checked; ``causes`` gives them back in order."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str | None], _Gathered] = {}
        self._known: dict[str, Nearest] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, problem: Problem, count: int = 1) -> None:
        """Add one problem that stands for ``count`` of its kind."""
        found = self._of(problem.file, problem.rule, problem.column)
        found.count += count
        if problem.value is not None:
            found.values.add(problem.value, count)
        if problem.row is not None:
            found.keep_rows(pl.Series([problem.row], dtype=pl.UInt32))
        if len(found.examples) < EXAMPLES_KEPT:
            found.examples.append(problem)

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
            found = self._of(file, rule, column)
            found.count += rows.height
            if value is not None:
                found.values.add_all(rows[value])
            found.keep_rows(rows[ROW])
            for row in rows.head(EXAMPLES_KEPT - len(found.examples)).iter_rows(named=True):
                found.examples.append(
                    Problem(
                        rule=rule,
                        file=file,
                        row=row[ROW],
                        column=column,
                        value=None if value is None else text_of(row[value]),
                        params={
                            **(params or {}),
                            **{name: text_of(row[name]) or "" for name in param_columns},
                        },
                    )
                )

    def known(self, rule: str, codes: Iterable[str]) -> None:
        """Say which codes are right, so that values that break ``rule`` get the nearest one."""
        self._known[rule] = Nearest(codes)

    def causes(self) -> tuple[Cause, ...]:
        """Every cause once: by file, then in the order found."""
        return tuple(
            Cause(
                rule,
                file,
                column,
                found.count,
                tuple(found.examples),
                self._values(rule, column, found),
                len(found.values),
                pl.concat(found.rows) if found.rows else None,
            )
            for (file, rule, column), found in sorted(
                self._found.items(), key=lambda item: item[0][0]
            )
        )

    def sure(
        self,
        rows: pl.LazyFrame,
        columns: Sequence[str],
        files: tuple[str, ...],
        *,
        misread: bool = False,
    ) -> pl.LazyFrame:
        """The rows whose empty cells in ``columns`` are empty in the file, not unreadable.

        A row with any unreadable cell counts as one where that may be so; with ``misread`` every
        row of a file with a column that nobody knows as well: it may be one of these.
        """
        unknown = [
            files.index(file)
            for file, rule, _ in self._found
            if misread and rule in _MISREAD and file in files
        ]
        empty = pl.any_horizontal(pl.col(columns).is_null())
        if unknown:
            rows = rows.filter(~(empty & pl.col(FILE).is_in(unknown)))
        broken = [
            pl.DataFrame({ROW: rows}).select(pl.lit(files.index(file), pl.UInt32).alias(FILE), ROW)
            for (file, rule, _), found in self._found.items()
            if rule in OF_CELLS and file in files
            for rows in found.rows
        ]
        if not broken:
            return rows
        marked = pl.concat(broken).unique().lazy().with_columns(pl.lit(True).alias("broken"))
        doubtful = empty & pl.col("broken").is_not_null()
        return (
            rows.join(marked, on=[FILE, ROW], how="left", maintain_order="left")
            .filter(~doubtful)
            .drop("broken")
        )

    def _of(self, file: str, rule: str, column: str | None) -> _Gathered:
        return self._found.setdefault((file, rule, column), _Gathered())

    def _values(self, rule: str, column: str | None, found: _Gathered) -> tuple[Value, ...]:
        """The most frequent values, each with the known one that it is near to."""
        top = found.values.top(VALUES_KEPT)
        if rule == "unknown_column" and column is not None:
            top = [Value(column, found.count)]
        nearest = self._known.get(rule)
        if nearest is None and rule in _LISTED:
            nearest = Nearest(found.examples[0].params.get("allowed", "").split(", "))
        if nearest is None:
            return tuple(top)
        return tuple(replace(one, meant=nearest.find(one.text)) for one in top)


def text_of(value: object) -> str | None:
    """A value for people, cut at 200 characters."""
    if value is None:
        return None
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
