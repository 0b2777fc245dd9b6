"""The published cells, held in memory by a process: read once per release, never changed."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import polars as pl
from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models.kept import Kept
from models.numbering import Groups, Opened, Split, numbered
from models.tables import ReleaseBlock, ReleasedLocation, ReleasedMeasure, ReleaseNumber
from release.blocks import opened
from release.leaves import UNKNOWN
from release.subjects import SITES

PLACES: Mapping[str, str] = {
    "location": "location_id",
    "region": "region",
    "country": "country",
    "city": "city",
    "kind": "kind",
}
"""Dimensions that follow from the site, and the column of `Release.locations` that says how."""

_KNOWN = pl.col("total").is_not_null()
_SUMS = (
    pl.col("n").sum(),
    pl.col("n").filter(_KNOWN).sum().alias("n_known"),
    pl.col("total").sum(),
    pl.when(pl.col("squares").filter(_KNOWN).null_count() == 0)
    .then(pl.col("squares").sum())
    .alias("squares"),
    pl.when(pl.col("at_risk").null_count() == 0).then(pl.col("at_risk").sum()).alias("at_risk"),
    pl.col("at_least").any(),
    pl.col("total_error").filter(_KNOWN).sum(),
    pl.col("risk_error").filter(pl.col("at_risk").is_not_null()).sum(),
)
_SUM_SCHEMA = {"n": pl.Int64, "n_known": pl.Int64, "at_risk": pl.Int64}
"""Counts are kept small in blocks; sums of them need room."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the groups of values stand for in one dimension to group by.

    Attributes:
        single: per group the one value that all its members have; null where there are several.
        several: `group` and `value` of the groups with several values, a row per value.
    """

    single: pl.Series
    several: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that a screen can ever read.

    Attributes:
        number: the newest release in it; 0 when nothing was published.
        minimum: the largest minimum size of a cell among the blocks.
        locations: `location_id`, `name`, `region`, `country`, `city`, `kind`.
        blocks: `subject`, `period`, `version`, `minimum`, `cells`, `smallest`, `people`.
        own: the company's own measures by code.
        groups: per dimension, the lists of values that cells have in it.
        facts: per measure its cells: `period`, `view`, a group number per dimension, the sums.
        spans: per measure its published periods, in order.
        options: per dimension the values that occur, sorted.
        withheld: per period the measures of which something was too small to publish.
        splits: per measure its views, the first view first.
        choices: per question, how much of each measure each view covers, as far as
            `models.choosing` was asked.
        kept: the answers that were given last.
    """

    number: int
    minimum: int
    locations: pl.DataFrame
    blocks: pl.DataFrame
    own: Mapping[str, Measure]
    groups: Mapping[str, Groups]
    facts: Mapping[str, pl.DataFrame]
    spans: Mapping[str, tuple[str, ...]]
    options: Mapping[str, tuple[str, ...]]
    withheld: Mapping[str, frozenset[str]]
    splits: Mapping[str, tuple[Split, ...]] = field(default_factory=dict)
    choices: dict[Hashable, dict[tuple[str, str], int]] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    _collapsed: dict[tuple[tuple[str, ...], tuple[str, ...]], pl.DataFrame] = field(
        default_factory=dict
    )
    _judged: dict[tuple[str, frozenset[str]], tuple[pl.Series, pl.Series]] = field(
        default_factory=dict
    )
    _meanings: dict[tuple[str, str], Meaning] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def measure(self, code: str) -> Measure | None:
        """The definition of a measure: the company's own, or built in; None when there is none."""
        return self.own.get(code) or CATALOGUE.get(code)

    def measures(self) -> list[str]:
        """The codes that have cells, sorted."""
        return sorted(self.facts)

    def periods(self, measure: str) -> list[str]:
        """The published periods of a measure, in order; none for a measure without cells."""
        return list(self.spans.get(measure, ()))

    def dims(self, measure: str) -> frozenset[str]:
        """What a measure can be split by."""
        if measure not in self.facts:
            return frozenset()
        return frozenset({"period"}).union(*(self._known(each) for each in self.splits[measure]))

    def views(self, measure: str, dims: Iterable[str]) -> tuple[str, ...]:
        """The views of a measure that know all of these dimensions, the first view first."""
        asked = {dim for dim in dims if dim != "period"} & self.dims(measure)
        return tuple(
            each.view for each in self.splits.get(measure, ()) if asked <= self._known(each)
        )

    def knows_sites(self, measure: str) -> bool:
        """Whether the cells of a measure say of which sites they are; life tables do not."""
        return any(each.view == SITES for each in self.splits.get(measure, ()))

    def lacks(self, measure: str, view: str, periods: Iterable[str]) -> tuple[str, ...]:
        """The periods, of some, in which a view of a measure does not tell it."""
        told = {each.view: each.periods for each in self.splits.get(measure, ())}
        return tuple(period for period in periods if period not in told.get(view, ()))

    @staticmethod
    def _known(split: Split) -> frozenset[str]:
        """The dimensions that a question to this view may name."""
        return split.dims | frozenset(PLACES) if "location" in split.dims else split.dims

    def together(self, measure: str, dims: Iterable[str]) -> bool:
        """Whether one view of a measure knows all of these dimensions."""
        return bool(self.views(measure, dims))

    def values(self, dim: str) -> list[str]:
        """The values that occur in a dimension, sorted."""
        return list(self.options.get(dim, ()))

    def meaning(self, dim: str, base: str) -> Meaning:
        """What the groups of `base` stand for when a question groups by `dim`; computed once."""
        with self._lock:
            if (dim, base) not in self._meanings:
                self._meanings[dim, base] = self._meant(dim, base)
            return self._meanings[dim, base]

    def judged(self, base: str, allowed: frozenset[str]) -> tuple[pl.Series, pl.Series]:
        """Per group of `base` whether some of its values are allowed, and whether all are.

        Null for a group without values. Computed once per filter.
        """
        key = (base, allowed)
        if key not in self._judged:
            groups = self.groups[base]
            found = groups.members.group_by("group").agg(
                pl.col("value").is_in(list(allowed)).any().alias("some"),
                pl.col("value").is_in(list(allowed)).all().alias("all"),
            )
            self._judged[key] = (
                groups.spread(found["group"], found["some"]),
                groups.spread(found["group"], found["all"]),
            )
        return self._judged[key]

    def _meant(self, dim: str, base: str) -> Meaning:
        groups = self.groups[base]
        members = groups.members
        if dim != base:
            told = self.locations.select(
                pl.col("location_id").alias("value"), pl.col(PLACES[dim]).alias("meant")
            )
            members = members.join(told, on="value", how="left").select("group", value="meant")
        members = members.with_columns(pl.col("value").fill_null(UNKNOWN)).unique()
        kind = pl.Enum(members["value"].unique().sort())
        members = members.with_columns(pl.col("value").cast(kind))
        alone = members.filter(pl.len().over("group") == 1)
        return Meaning(
            groups.spread(alone["group"], alone["value"]),
            members.filter(pl.len().over("group") > 1),
        )

    def collapsed(self, measures: Sequence[str], dims: Sequence[str]) -> pl.DataFrame:
        """The cells of measures summed over all dimensions but `dims`, with `measure` and `view`.

        Cells with the same lists in `dims` answer every question about `dims` alike, so this loses
        nothing; it is computed once per process and release.
        """
        key = (tuple(measures), tuple(sorted(dims)))
        with self._lock:
            if key not in self._collapsed:
                kind = pl.Enum(list(dict.fromkeys(measures)))
                self._collapsed[key] = pl.concat(
                    self._summed(code, key[1]).with_columns(measure=pl.lit(code, kind))
                    for code in dict.fromkeys(measures)
                )
            return self._collapsed[key]

    def _summed(self, measure: str, dims: Sequence[str]) -> pl.DataFrame:
        frame = self.facts[measure].group_by("period", "view", *dims).agg(*_SUMS)
        return frame.cast(_SUM_SCHEMA)  # type: ignore[arg-type]


def current(engine: Engine) -> int:
    """The number of the newest release; 0 when nothing was published."""
    with Session(engine) as session:
        return session.exec(select(func.max(ReleaseNumber.number))).one() or 0


def load(engine: Engine) -> Release:
    """Read the newest published version of every subject and period."""
    with Session(engine) as session:
        number = session.exec(select(func.max(ReleaseNumber.number))).one() or 0
        published = session.exec(
            select(ReleaseBlock)
            .where(ReleaseBlock.state == "published")
            .order_by(col(ReleaseBlock.subject), col(ReleaseBlock.period))
        ).all()
        locations = pl.DataFrame(
            [place.model_dump() for place in session.exec(select(ReleasedLocation)).all()],
            schema=dict.fromkeys(ReleasedLocation.model_fields, pl.String),
        )
        own = session.exec(select(ReleasedMeasure)).all()
        facts, groups, views = numbered(
            Opened(block.subject, block.period, *_with_errors(block)) for block in published
        )
    return Release(
        number=number,
        minimum=max((block.minimum for block in published), default=0),
        locations=locations.sort("location_id"),
        blocks=_summary(published),
        own=from_rows(
            pl.DataFrame(
                [measure.model_dump() for measure in own],
                schema={
                    name: pl.Float64 if name == "at_risk_from" else pl.String
                    for name in ReleasedMeasure.model_fields
                },
            )
        ),
        groups=groups,
        facts=facts,
        spans={
            code: tuple(frame["period"].unique().sort().to_list()) for code, frame in facts.items()
        },
        options={
            **{dim: _sorted(each.members["value"]) for dim, each in groups.items()},
            **{dim: _sorted(locations[column]) for dim, column in PLACES.items()},
        },
        withheld=_withheld(published),
        splits=views,
    )


def _with_errors(block: ReleaseBlock) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frames of a block; its values with the variance of the noise in what is told."""
    cells, values = opened(block.subject, block.cells_data, block.values_data)
    told: Mapping[str, Sequence[float]] = (block.audit or {}).get("errors", {})
    # Only views by site are exact.
    noisy = pl.col("cell").is_in(cells.filter(pl.col("view") != SITES)["cell"].implode())
    errors = [
        pl.when(noisy)
        .then(
            pl.col("measure").replace_strict(
                {code: float(pair[place]) for code, pair in told.items()},
                default=0.0,
                return_dtype=pl.Float64,
            )
        )
        .otherwise(0.0)
        .alias(name)
        for place, name in enumerate(("total_error", "risk_error"))
    ]
    return cells, values.with_columns(errors)


def _summary(blocks: Sequence[ReleaseBlock]) -> pl.DataFrame:
    columns = ("subject", "period", "version", "minimum", "cells", "smallest", "people")
    kinds = (pl.String, pl.String, *[pl.Int64] * 5)
    return pl.DataFrame(
        [tuple(getattr(block, name) for name in columns) for block in blocks],
        schema=dict(zip(columns, kinds, strict=True)),
        orient="row",
    )


def _withheld(blocks: Sequence[ReleaseBlock]) -> dict[str, frozenset[str]]:
    hidden: dict[str, frozenset[str]] = {}
    for block in blocks:
        hidden[block.period] = hidden.get(block.period, frozenset()) | frozenset(block.withheld)
    return hidden


def _sorted(values: pl.Series) -> tuple[str, ...]:
    return tuple(values.fill_null(UNKNOWN).unique().sort().to_list())
