"""A guess at what a file is: its table, its columns, its words, its dates.

Pure: no screen, no store. By names in Dutch and English, by how close names are,
and by what stands in the first rows.
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass

from models.imports.guessing.choosing import Choice, barred, personal
from models.imports.guessing.drafting import draft
from models.imports.guessing.sampling import Sample, sample_of
from models.imports.guessing.tables import TableGuess, tables
from models.imports.mapping import Mapping

SURE, LIKELY = 0.6, 0.4
"""Scores of a table from which a guess is called sure, or likely."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be.

    ``mapping`` reads it so. ``choices`` says per heading what it becomes and why. ``tables`` has
    every table of the contract with its score from 0 to 1, the best first.
    """

    mapping: Mapping
    choices: Dict[str, Choice]
    tables: tuple[tuple[str, float], ...]

    @property
    def table(self) -> str:
        """The table that it is."""
        return self.tables[0][0]

    @property
    def score(self) -> float:
        """How sure the table is, from 0 to 1."""
        return self.tables[0][1]


def guess(sample: Sample, table: str | None = None, *, places: bool = False) -> Guess:
    """What a file seems to be; with ``table`` only how its columns are those of that table.

    With ``places`` the mapping also lists the sites and teams that the rows name.
    """
    found = tables(sample)
    if table is not None:
        found.sort(key=lambda one: one.table != table)
    best = found[0]
    scores = tuple((one.table, one.score) for one in found)
    return Guess(draft(best, sample, places=places), best.choices, scores)


__all__ = [
    "LIKELY",
    "SURE",
    "Choice",
    "Guess",
    "Sample",
    "TableGuess",
    "barred",
    "guess",
    "personal",
    "sample_of",
]
