"""Steps of ideas and cases that come before what they follow, here and in the store."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import polars as pl

from models.imports.crossing.brought import Brought, RowRule
from models.imports.problems import FILE, ROW

_OFFSET = timedelta(hours=14)
"""Days are those of the place, moments in UTC: a step may seem to come so long before its day."""

_CODE = "code"
"""A 64-bit hash of an id: millions of them fit in memory."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A table of steps with the table and day on which what they are steps of began."""

    steps: str
    table: str
    key: str
    began: str


_IDEAS = _Pair("idea_events", "ideas", "idea_id", "submitted_on")
_PAIRS = (_IDEAS, _Pair("case_events", "cases", "case_id", "opened_at"))


def rules(brought: Brought, table: str) -> list[RowRule]:
    """The rules for rows of this table."""
    found: list[RowRule] = []
    for pair in _PAIRS:
        if table == pair.steps:
            found.append(_Began(brought, pair).steps)
        elif table == pair.table:
            firsts = _first_stored(brought, pair)
            if firsts.height:
                found.append(partial(_moved, brought, pair, firsts))
    if table == _IDEAS.steps:
        found.append(_Order(brought).check)
    return found


def _hash(name: str) -> pl.Expr:
    return pl.col(name).hash().alias(_CODE)


class _Began:
    """Holds steps against the beginning of their idea or case."""

    def __init__(self, brought: Brought, pair: _Pair) -> None:
        self._brought, self._pair = brought, pair
        began = [_began(brought.stored.current(pair.table, (pair.began,)).lazy(), pair)]
        if pair.table in brought.spool:
            began.append(_began(brought.spool[pair.table], pair))
        self._began = pl.concat(began).unique(_CODE, keep="last")

    def steps(self, rows: pl.DataFrame) -> None:
        """Report steps before it began; days are compared, a day alone having no hour."""
        pair = self._pair
        early = (
            rows.select(FILE, ROW, pair.key, "at", _hash(pair.key))
            .join(self._began, on=_CODE, maintain_order="left")
            .filter(_before("at", "began"))
            .with_columns(pl.col("began").alias("earlier_value"), pl.col(pair.key).alias("of"))
        )
        self._brought.report(
            "before_it_began",
            early,
            "at",
            "at",
            ("earlier_value", "of"),
            earlier=pair.began,
        )


def _began(rows: pl.LazyFrame, pair: _Pair) -> pl.DataFrame:
    return (
        rows.filter(pl.col(pair.key).is_not_null())
        .select(_hash(pair.key), pl.col(pair.began).cast(pl.Datetime("us")).alias("began"))
        .drop_nulls()
        .collect(engine="streaming")
    )


def _before(one: str, other: str) -> pl.Expr:
    """Earlier, where a moment at midnight stands for its whole day."""
    day, other_day = pl.col(one).dt.truncate("1d"), pl.col(other).dt.truncate("1d")
    return (
        pl.when(day == pl.col(one))
        .then(day < other_day)
        .when(other_day == pl.col(other))
        .then(pl.col(one) < other_day - _OFFSET)
        .otherwise(pl.col(one) < pl.col(other))
    )


def _first_stored(brought: Brought, pair: _Pair) -> pl.DataFrame:
    """Per idea or case with stored steps the first of them."""
    steps = brought.stored.current(pair.steps, ())
    return steps.group_by(_hash(pair.key)).agg(pl.col("at").min().alias("first"))


def _moved(brought: Brought, pair: _Pair, firsts: pl.DataFrame, rows: pl.DataFrame) -> None:
    """Report ideas and cases that would begin after a step that is stored."""
    late = (
        rows.select(
            FILE, ROW, pair.key, pl.col(pair.began).cast(pl.Datetime("us")), _hash(pair.key)
        )
        .join(firsts, on=_CODE, maintain_order="left")
        .filter(_before("first", pair.began))
        .with_columns(pl.col(pair.key).alias("of"))
    )
    brought.report("began_after_step", late, pair.began, pair.began, ("first", "of"))


class _Order:
    """An idea is accepted before it is implemented, where both are known."""

    def __init__(self, brought: Brought) -> None:
        self._brought = brought
        stored = brought.stored.current(_IDEAS.steps, ()).lazy()
        steps = pl.concat(
            [
                rows.select("idea_id", "stage", "at")
                for rows in (stored, brought.spool[_IDEAS.steps])
            ]
        )
        self._accepted = (
            steps.filter(pl.col("stage") == "accepted", pl.col("idea_id").is_not_null())
            .group_by(_hash("idea_id"))
            .agg(pl.col("at").min().alias("accepted"))
            .collect(engine="streaming")
        )

    def check(self, rows: pl.DataFrame) -> None:
        """Report what was implemented before it was accepted."""
        early = (
            rows.filter(pl.col("stage") == "implemented")
            .select(FILE, ROW, "idea_id", "at", _hash("idea_id"))
            .join(self._accepted, on=_CODE, maintain_order="left")
            .filter(_before("at", "accepted"))
            .with_columns(pl.col("accepted").alias("earlier_value"), pl.col("idea_id").alias("of"))
        )
        self._brought.report(
            "steps_out_of_order",
            early,
            "at",
            "at",
            ("earlier_value", "of"),
            stage="implemented",
            earlier="accepted",
        )
