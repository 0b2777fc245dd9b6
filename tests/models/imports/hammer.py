"""A company that is being damaged: what was hit, and what must be named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from models.imports.contract import TABLES
from tests.models.imports.companies import Company, Row

Place = tuple[str, str, int | None, str | None]
"""Rule, file, row and column of a problem."""

PREPARED = {
    "locations": "location_id",
    "ideas": "idea_id",
    "cases": "case_id",
    "measures": "measure",
}
"""Keys that other tables refer to: damage there is named in those too."""


@dataclass(slots=True)
class Work:
    """A company under the hammer: what was hit already, and what must be named."""

    company: Company
    random: Random
    expected: set[Place] = field(default_factory=set)
    hit: set[tuple[str, int]] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)

    def rows(self, *tables: str) -> list[tuple[str, int, Row]]:
        """Rows that nothing has hit yet, of these tables or of all."""
        return [
            (name, number, row)
            for table in tables or TABLES
            for name, number, row in self.company.of(table)
            if (name, number) not in self.hit and name not in self.renamed
        ]

    def pick(self, found: list[tuple[str, int, Row]]) -> tuple[str, int, Row] | None:
        """One of them, which is then hit."""
        if not found:
            return None
        chosen = self.random.choice(found)
        self.hit.add(chosen[:2])
        return chosen

    def named(self, rule: str, name: str, row: int | None, column: str | None) -> None:
        """What must be said."""
        self.expected.add((rule, f"{name}.csv", row, column))


Damage = Callable[[Work], bool]
