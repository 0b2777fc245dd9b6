"""Waves that hold the answers of another wave once more.

The same file under another day or wave, with a few late responses: whoever has both waves could
subtract the one from the other, and what is left are those few.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from models import raw
from models.tables import RAW

_TABLE = "survey_answers"
_SAME = 0.5
"""From this share of the responses whose number two waves share, equal ones are the same."""


class Repeats:
    """Compares waves of the survey; a wave is read when another one shares enough numbers.

    Args:
        minimum: k, the fewest equal responses that count.
    """

    def __init__(self, connection: Any, minimum: int) -> None:
        self._connection = connection
        self._minimum = minimum
        self._numbers: dict[str, pl.DataFrame] | None = None
        self._read: dict[str, pl.DataFrame] = {}

    def holds(self, wave: str, others: Iterable[str], among: pl.Series | None = None) -> bool:
        """Whether a wave (of it the responses `among`) has the answers of one of the others.

        That is: of the response numbers that both have, at least half and at least k have the
        same site and the same scores in both.
        """
        numbers = self._of(wave)
        if among is not None:
            numbers = numbers.filter(pl.col("response_id").is_in(among.implode()))
        return any(self._same(wave, other, numbers) for other in others if other != wave)

    def _same(self, wave: str, other: str, numbers: pl.DataFrame) -> bool:
        shared = numbers.join(self._of(other), on="response_id", how="semi")
        if shared.height < self._minimum:
            return False
        equal = self._marked(wave).join(self._marked(other), on=["response_id", "mark"])
        found = equal.join(shared, on="response_id", how="semi").height
        return found >= max(self._minimum, shared.height * _SAME)

    def _of(self, wave: str) -> pl.DataFrame:
        """The numbers of a wave's responses."""
        if self._numbers is None:
            schema = {"wave": pl.String(), "response_id": pl.String()}
            every = raw.query(
                self._connection, f"SELECT DISTINCT wave, response_id FROM {RAW}{_TABLE}", schema
            )
            found = every.partition_by("wave", as_dict=True, include_key=False)
            self._numbers = {str(name): rows for (name,), rows in found.items()}
        return self._numbers.get(wave, pl.DataFrame(schema={"response_id": pl.String}))

    def _marked(self, wave: str) -> pl.DataFrame:
        """Each response of a wave with a mark of its site and all of its scores."""
        if wave not in self._read:
            where = raw.among("wave", [wave])
            rows = raw.current(self._connection, _TABLE, where, ["location_id", "score"])
            mark = pl.struct("location_id", "item", "score").hash(seed=1).bitwise_xor()
            self._read[wave] = rows.group_by("response_id").agg(mark.alias("mark"))
        return self._read[wave]
