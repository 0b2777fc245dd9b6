"""Every kept place of a problem as a row of plain texts, for tables and workbooks."""

from collections.abc import Iterable, Iterator

from metrics.words import N_
from models.imports.problems import Cause, Problem, Translate

HEADINGS = (
    N_("File"),
    N_("Row"),
    N_("Column"),
    N_("Value"),
    N_("What is wrong"),
    N_("How to mend it"),
    N_("Did you mean"),
    N_("Rule"),
)

WIDTHS = (26, 8, 18, 24, 60, 60, 18, 20)
"""Of the columns under these headings, in characters."""

Cells = tuple[str, int | None, str, str, str, str, str, str]


def rows(causes: Iterable[Cause], translate: Translate) -> Iterator[Cells]:
    """File, row, column, value, message, remedy, nearest code and rule of each example."""
    for cause in causes:
        meant = {value.text: value.meant or "" for value in cause.values}
        for problem in cause.examples:
            yield cells(problem, translate, meant.get(problem.value or problem.column or "", ""))


def cells(problem: Problem, translate: Translate, meant: str) -> Cells:
    """One place."""
    return (
        problem.file,
        problem.row,
        problem.column or "",
        problem.value or "",
        problem.message(translate),
        problem.remedy(translate),
        meant,
        problem.rule,
    )
