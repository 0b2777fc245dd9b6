"""Causes as people see them: the same slip in many files or columns is one thing to mend."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.imports.frequent import Value
from models.imports.problems import VALUES_KEPT, Cause, Problem

SEPARATE_COLUMNS = 3
"""Columns of the same files that are shown apart before they are folded into one."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Causes of one rule that are mended in the same way.

    ``values`` are the most frequent of all its causes, out of at least ``different`` ones.
    """

    rule: str
    causes: tuple[Cause, ...]

    @property
    def count(self) -> int:
        """How many problems there are."""
        return sum(cause.count for cause in self.causes)

    @property
    def files(self) -> tuple[str, ...]:
        """The files, in the order of their causes."""
        return tuple(dict.fromkeys(cause.file for cause in self.causes))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order of their causes; none where it is not about one."""
        return tuple(dict.fromkeys(c.column for c in self.causes if c.column is not None))

    @property
    def whole(self) -> bool:
        """Whether it is about a file or a column as a whole, so that its cells were not read."""
        return self.first.row in (None, 1)

    @property
    def first(self) -> Problem:
        """An example, of the largest cause."""
        return max(self.causes, key=lambda cause: cause.count).examples[0]

    @property
    def values(self) -> tuple[Value, ...]:
        """The most frequent values of all causes together."""
        counts: dict[str, int] = {}
        meant: dict[str, str | None] = {}
        for cause in self.causes:
            for value in cause.values:
                counts[value.text] = counts.get(value.text, 0) + value.count
                meant[value.text] = meant.get(value.text) or value.meant
        ordered = sorted(counts, key=lambda text: -counts[text])[:VALUES_KEPT]
        return tuple(Value(text, counts[text], meant[text]) for text in ordered)

    @property
    def different(self) -> int:
        """How many different values there are, at least."""
        return max(len(self.values), *(cause.different for cause in self.causes))

    @property
    def repeats(self) -> bool:
        """Whether the values say more than the examples: some occur several times."""
        return any(value.count > 1 or value.meant for value in self.values)


def fold(causes: Iterable[Cause]) -> tuple[Fold, ...]:
    """The causes folded: whole files and columns first, then what mends most."""
    by_column: dict[tuple[str, str | None], list[Cause]] = {}
    for cause in causes:
        by_column.setdefault((cause.rule, cause.column), []).append(cause)
    by_files: dict[tuple[str, tuple[str, ...]], list[list[Cause]]] = {}
    for (rule, _), same in by_column.items():
        files = tuple(sorted({cause.file for cause in same}))
        by_files.setdefault((rule, files), []).append(same)
    folds: list[Fold] = []
    for (rule, _), groups in by_files.items():
        together = [[cause for group in groups for cause in group]]
        chosen = together if len(groups) > SEPARATE_COLUMNS else groups
        folds += [Fold(rule, tuple(group)) for group in chosen]
    return tuple(sorted(folds, key=lambda one: (not one.whole, -one.count)))
