"""Small blocks and files to carry, made by the release itself."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.releases.carrying import form
from release.blocks import Block, pack
from release.build import build
from release.leaves import leaf_counts
from release.subjects import SUBJECTS

SURVEY = SUBJECTS["survey"]
DIMS = SURVEY.first.dims
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def survey(period: str = "2024-01", people: Mapping[str, int] = {"A": 20, "B": 15}) -> Block:
    """A site a cell: everybody answered 1, 2 or 4 to `engagement`, in turn."""
    rows = [
        (period, "north", site, "desk", "sales", f"{site}1", float((1, 2, 4)[person % 3]))
        for site, count in people.items()
        for person in range(count)
    ]
    sheets = pl.DataFrame(rows, schema=["period", *DIMS, "engagement"], orient="row")
    leaves = leaf_counts(sheets, ("period", *DIMS), ["engagement"])
    return build("survey", leaves, DIMS, 5, every=SURVEY.dims)[0]


def grown(block: Block, people: int, site: str = "A") -> Block:
    """The block with so many more people at a site, who answered 1, 2 or 4 in turn."""
    more = survey(block.period, {site: people, "C": 99})
    added = more.values.row(0)
    here = pl.col("location").list.first() == site
    number = block.cells.filter(here)["cell"].item()
    is_here = pl.col("cell") == number
    values = block.values.with_columns(
        pl.when(is_here).then(pl.col(name) + added[place]).otherwise(name).cast(kind).alias(name)
        for place, (name, kind) in enumerate(block.values.schema.items())
        if name in ("n", "total", "squares")
    )
    cells = block.cells.with_columns(
        pl.when(here).then(pl.col("people") + people).otherwise("people").cast(pl.UInt32)
    )
    return Block(block.subject, block.period, cells, values)


def place(code: str) -> form.Place:
    return form.Place(
        location_id=code, name=f"Site {code}", region="north", country=None, city=None, kind=None
    )


def manifest(
    blocks: Sequence[Block],
    *,
    number: int = 1,
    versions: Sequence[int] = (),
    minimum: int = 11,
    withdrawn: Sequence[tuple[str, str]] = (),
    sites: str = "AB",
) -> form.Manifest:
    return form.Manifest(
        number=number,
        made_at="2024-07-01 12:00:00",
        blocks=[
            form.CarriedBlock(
                subject=block.subject,
                period=block.period,
                version=versions[order] if versions else 1,
                minimum=minimum,
                withheld=list(block.withheld),
                audit=None,
                cells=form.blob(pack(block.cells)),
                values=form.blob(pack(block.values)),
            )
            for order, block in enumerate(blocks)
        ],
        withdrawn=[form.Tombstone(subject=name, period=period) for name, period in withdrawn],
        locations=[place(code) for code in sites],
        measures=[],
    )


def carried(*blocks: Block, key: Ed25519PrivateKey = KEY, **told: Any) -> bytes:
    """A signed file of these blocks."""
    blobs = [pack(frame) for block in blocks for frame in (block.cells, block.values)]
    return form.written(key, manifest(blocks, **told), blobs)
