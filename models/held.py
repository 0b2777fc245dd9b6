"""The published cells, held in memory by a process: read once per release, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import polars as pl
from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models.tables import ReleaseBlock, ReleasedLocation, ReleasedMeasure, ReleaseNumber
from release.blocks import unpack
from release.periods import parse

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
)
_SUM_SCHEMA = {"n": pl.Int64, "n_known": pl.Int64, "at_risk": pl.Int64}


@dataclass(frozen=True, slots=True)
class Groups:
    """The lists of values that cells have in one dimension, each list once.

    `members`: `group` (UInt32) and `value`, a row per member. A cell whose source does not know
    the dimension has a group without members.
    """

    members: pl.DataFrame

    def map(self, mapping: Mapping[str, str | None] | None) -> pl.DataFrame:
        """The members with each value replaced by what it maps to (unmapped: null)."""
        if mapping is None:
            return self.members
        return self.members.with_columns(
            pl.col("value").replace_strict(mapping, default=None, return_dtype=pl.String)
        ).unique()


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
        facts: per measure its cells: `period`, a group number per dimension, the sums.
        withheld: per period the measures of which something was too small to publish.
    """

    number: int
    minimum: int
    locations: pl.DataFrame
    blocks: pl.DataFrame
    own: Mapping[str, Measure]
    groups: Mapping[str, Groups]
    facts: Mapping[str, pl.DataFrame]
    withheld: Mapping[str, frozenset[str]]
    _collapsed: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def measure(self, code: str) -> Measure | None:
        """The definition of a measure: the company's own, or built in; None when there is none."""
        return self.own.get(code) or CATALOGUE.get(code)

    def measures(self) -> list[str]:
        """The codes that have cells, sorted."""
        return sorted(self.facts)

    def periods(self, measure: str) -> list[str]:
        """The published periods of a measure, in order; none for a measure without cells."""
        if measure not in self.facts:
            return []
        return sorted(self.facts[measure]["period"].unique().to_list(), key=parse)

    def dims(self, measure: str) -> frozenset[str]:
        """What a measure can be split by."""
        if measure not in self.facts:
            return frozenset()
        own = {name for name in self.facts[measure].columns if name in self.groups}
        return frozenset(own | {"period"} | (set(PLACES) if "location" in own else set()))

    def values(self, dim: str) -> list[str]:
        """The values that occur in a dimension, sorted."""
        if dim in PLACES:
            return sorted(self.locations[PLACES[dim]].drop_nulls().unique().to_list())
        if dim not in self.groups:
            return []
        return sorted(self.groups[dim].members["value"].unique().to_list())

    def place_mapping(self, dim: str) -> Mapping[str, str | None] | None:
        """From site to region, kind ...; None where the value stands for itself."""
        if dim not in PLACES or dim == "location":
            return None
        return dict(self.locations.select("location_id", PLACES[dim]).iter_rows())

    def collapsed(self, measure: str, dims: Sequence[str]) -> pl.DataFrame:
        """The cells of a measure summed over all dimensions but `dims`.

        Cells with the same lists in `dims` answer every question about `dims` alike, so this loses
        nothing; it is computed once per process and release.
        """
        key = (measure, tuple(sorted(dims)))
        with self._lock:
            if key not in self._collapsed:
                frame = self.facts[measure].group_by("period", *key[1]).agg(*_SUMS)
                self._collapsed[key] = frame.cast(_SUM_SCHEMA)  # type: ignore[arg-type]
            return self._collapsed[key]


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
        frames: dict[str, list[pl.DataFrame]] = {}
        for block in published:
            frames.setdefault(block.subject, []).append(_joined(block))
    facts, groups = _index(frames)
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
        withheld=_withheld(published),
    )


def _joined(block: ReleaseBlock) -> pl.DataFrame:
    cells, values = unpack(block.cells_data), unpack(block.values_data)
    return values.join(cells.drop("people"), on="cell").with_columns(period=pl.lit(block.period))


def _index(
    frames: Mapping[str, Sequence[pl.DataFrame]],
) -> tuple[dict[str, pl.DataFrame], dict[str, Groups]]:
    """Replace lists of values by group numbers, and part the cells by measure."""
    every = [pl.concat(parts) for parts in frames.values()]
    if not every:
        return {}, {}
    groups: dict[str, Groups] = {}
    dims = sorted({dim for frame in every for dim in _list_columns(frame)})
    for dim in dims:
        known = [frame.select(dim) for frame in every if dim in frame.columns]
        lists = pl.concat(known).unique().sort(dim).with_row_index("group")
        groups[dim] = Groups(lists.explode(dim).drop_nulls().rename({dim: "value"}))
        every = [_numbered(frame, dim, lists) for frame in every]
    facts: dict[str, pl.DataFrame] = {}
    for frame in every:
        for (measure,), rows in frame.partition_by("measure", as_dict=True).items():
            code, part = str(measure), rows.drop("measure")
            facts[code] = pl.concat([facts[code], part], how="diagonal") if code in facts else part
    return facts, groups


def _list_columns(frame: pl.DataFrame) -> list[str]:
    return [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]


def _numbered(frame: pl.DataFrame, dim: str, lists: pl.DataFrame) -> pl.DataFrame:
    if dim not in frame.columns:
        return frame
    return frame.join(lists, on=dim, how="left").drop(dim).rename({"group": dim})


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
