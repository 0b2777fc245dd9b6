"""A release put together by hand: blocks as rows of the database, sites, and one own measure."""

from collections.abc import Sequence

import polars as pl
from sqlalchemy import Engine
from sqlmodel import Session

from models.cells import Release, load
from models.tables import ReleaseBlock, ReleasedLocation, ReleasedMeasure, ReleaseNumber
from release.blocks import fingerprint, pack

Site = tuple[str, str | None, str]
"""Site, region, kind."""


def stored(
    period: str,
    cells: pl.DataFrame,
    values: pl.DataFrame,
    *,
    subject: str = "survey",
    withheld: Sequence[str] = (),
    errors: dict[str, list[float]] | None = None,
) -> ReleaseBlock:
    """A published block; `errors`: of the noise in its second view."""
    packed = pack(cells), pack(values)
    return ReleaseBlock(
        subject=subject,
        period=period,
        version=1,
        state="published",
        minimum=11,
        watermark=1,
        release=1,
        cells=cells.height,
        smallest=12,
        people=112,
        withheld=list(withheld),
        sha256=fingerprint(*packed),
        cells_data=packed[0],
        values_data=packed[1],
        audit=None if errors is None else {"errors": errors},
    )


def publish(engine: Engine, sites: Sequence[Site], *blocks: ReleaseBlock) -> Release:
    """The release of these blocks, read as a screen reads it; `strain` is an own measure."""
    with Session(engine) as session:
        session.add(ReleaseNumber(number=1))
        for location, region, kind in sites:
            session.add(
                ReleasedLocation(
                    location_id=location, name=location.upper(), region=region, kind=kind
                )
            )
        session.add(
            ReleasedMeasure(
                measure="strain",
                label_en="Strain",
                side="wx",
                rater="employee",
                unit="score",
                better="lower",
                at_risk_from=3.0,
            )
        )
        session.add_all(blocks)
        session.commit()
    return load(engine)
