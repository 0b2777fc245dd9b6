"""A release a hundred times the size of another: every site, team and idea a hundred times over.

Its cells are made from leaf counts by the release itself. Only ideas and ready-made group figures,
which are released as they were brought, are copied as they are.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl
from sqlalchemy import Engine
from sqlmodel import Session, delete, select

from models.tables import ReleaseBlock, ReleasedLocation
from release.blocks import Block, fingerprint, opened, pack
from release.build import build
from release.leaves import PARTS, UNKNOWN, part
from release.subjects import SITES, SUBJECTS, WORK

TIMES = 100
COPIED = ("location", "team", "idea")


def inflate(engine: Engine) -> int:
    """Replace what is published in this database; gives the number of cells afterwards."""
    with Session(engine) as session:
        published = session.exec(
            select(ReleaseBlock).where(ReleaseBlock.state == "published")
        ).all()
        grown = [_row(block, made) for block in published for made in _grown(block)]
        places = session.exec(select(ReleasedLocation)).all()
        more = [_place(place, copy) for place in places for copy in range(TIMES)]
        session.exec(delete(ReleaseBlock))
        session.exec(delete(ReleasedLocation))
        session.add_all([*grown, *more])
        session.commit()
        return sum(block.cells for block in session.exec(select(ReleaseBlock)))


def _place(place: ReleasedLocation, copy: int) -> ReleasedLocation:
    values = place.model_dump()
    return ReleasedLocation(
        **{
            **values,
            "location_id": f"{place.location_id}~{copy}",
            "name": f"{place.name} {copy + 1}",
        }
    )


def _row(model: ReleaseBlock, block: Block) -> ReleaseBlock:
    cells, values = pack(block.cells), pack(block.values)
    return ReleaseBlock(
        **{
            **model.model_dump(exclude={"id"}),
            "cells": block.cells.height,
            "smallest": block.smallest,
            "people": block.people,
            "cells_data": cells,
            "values_data": values,
            "sha256": fingerprint(cells, values),
        }
    )


def _grown(stored: ReleaseBlock) -> Iterator[Block]:
    subject = SUBJECTS[stored.subject]
    cells, values = opened(stored.subject, stored.cells_data, stored.values_data)
    if subject.as_brought:
        yield _copied(stored, cells, values)
        return
    whole = Block(stored.subject, stored.period, cells, values, tuple(stored.withheld))
    if subject.durations:
        # A life table of the company has as many cells however large it is.
        yield whole
        return
    first, dims = whole.of_view(SITES), subject.first.dims
    leaves = _leaves(first.cells, first.values, dims).with_columns(period=pl.lit(stored.period))
    copies = [
        leaves.with_columns(
            pl.format(f"{{}}~{copy}", dim).alias(dim) for dim in COPIED if dim in dims
        )
        for copy in range(TIMES)
    ]
    counts = first.values["squares"].null_count() == first.values.height
    (block,) = build(
        subject.name, pl.concat(copies), dims, stored.minimum, counts=counts, every=subject.dims
    )
    second = cells.filter(pl.col("view") == WORK)
    if second.is_empty():
        yield block
        return
    told = values.join(second, on="cell", how="semi")
    both = _copied(stored, *_numbered(second, told))
    shift = pl.col("cell") + pl.lit(block.cells.height, pl.UInt32)
    yield replace(
        block,
        cells=pl.concat([block.cells, both.cells.with_columns(shift)]),
        values=pl.concat([block.values, both.values.with_columns(shift)]),
    )


def _numbered(cells: pl.DataFrame, values: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells of a second view, numbered from 0."""
    shift = pl.col("cell") - pl.lit(cells["cell"].min(), pl.UInt32)
    return cells.with_columns(shift), values.with_columns(shift)


def _copied(stored: ReleaseBlock, cells: pl.DataFrame, values: pl.DataFrame) -> Block:
    named = [dim for dim in COPIED if dim in cells.columns]
    shift = [pl.col("cell") + pl.lit(copy * cells.height, pl.UInt32) for copy in range(TIMES)]
    return Block(
        stored.subject,
        stored.period,
        pl.concat(
            cells.with_columns(
                shift[copy],
                *(pl.col(dim).list.eval(pl.format(f"{{}}~{copy}", pl.element())) for dim in named),
            )
            for copy in range(TIMES)
        ),
        pl.concat(values.with_columns(shift[copy]) for copy in range(TIMES)),
        tuple(stored.withheld),
    )


def _leaves(cells: pl.DataFrame, values: pl.DataFrame, dims: tuple[str, ...]) -> pl.DataFrame:
    """Each cell as one leaf, named by the first of the values that occur in it."""
    known = [pl.col(dim).list.first().fill_null(UNKNOWN).alias(dim) for dim in dims]
    leaves = cells.select("cell", "people", *known)
    for measure in values["measure"].unique().sort():
        rows = values.filter(pl.col("measure") == measure)
        has_risk = rows["at_risk"].null_count() < rows.height
        parts = [name for name in PARTS if name != "at_risk" or has_risk]
        sums = rows.select("cell", *(pl.col(name).alias(part(measure, name)) for name in parts))
        leaves = leaves.join(sums, on="cell", how="left")
    return leaves.drop("cell").with_columns(pl.selectors.contains(".").fill_null(0))
