"""Which table of the contract a file is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from models.imports.contract import TABLES, Table
from models.imports.guessing.choosing import Choice, choose
from models.imports.guessing.names import closeness
from models.imports.guessing.sampling import Sample
from models.imports.guessing.synonyms import TABLES_CALLED

_CALLED = 0.25
"""What the name of a file counts, beside what its columns count."""


@dataclass(frozen=True, slots=True)
class TableGuess:
    """A table that a file may be. ``score`` runs from 0 to 1."""

    table: str
    score: float
    choices: Mapping[str, Choice]


def tables(sample: Sample) -> list[TableGuess]:
    """Every table of the contract, the best guess first."""
    found = [_guess(table, sample) for table in TABLES.values()]
    return sorted(found, key=lambda guess: -guess.score)


def _guess(table: Table, sample: Sample) -> TableGuess:
    choices = choose(table, sample)
    used = {choice.column: choice.score for choice in choices.values() if choice.column}
    items = [name for name in used if name not in table.names]
    needed = [
        column.name
        for column in table.columns
        if column.required and not (items and column.name in ("item", "score"))
    ]
    held = sum(used.get(name, 0.0) for name in needed)
    # The more of the file's columns find a place, and the more of them are this table's own.
    own = sum(score * _rarity(table, name) for name, score in used.items() if name)
    share = len(used) / max(len(sample.headings), 1)
    score = 0.4 * held / len(needed) + 0.25 * min(1.0, own / 3) + 0.1 * share
    score += _CALLED * _called(table, sample.name)
    if len(items) >= 3:
        score += 0.2
    return TableGuess(table.name, min(1.0, score), choices)


def _rarity(table: Table, name: str) -> float:
    """How much a column says about its table: the fewer others have it, the more."""
    holders = sum(name in other.names for other in TABLES.values())
    return 1.0 if holders == 0 or name not in table.names else 1.0 / holders


def _called(table: Table, file: str) -> float:
    """Whether the file is called like what the table holds."""
    stem = PurePosixPath(file).name.rpartition(".")[0].removesuffix(".csv") or file
    return closeness(stem, (table.name, *TABLES_CALLED.get(table.name, ())))
