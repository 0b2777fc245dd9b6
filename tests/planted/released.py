"""Rows of a company as published: the release's own kernel, with a database in memory."""

from collections.abc import Mapping, Sequence
from unittest import mock

import polars as pl
from sqlmodel import SQLModel, create_engine
from sqlmodel.pool import StaticPool

from metrics.catalogue import CATALOGUE
from metrics.scoring import score_responses
from models.cells import Release
from models.releases import employment, idea_ages, workforce
from models.releases.gathering import Gathering
from models.releases.sources import personal_measures
from models.releases.survey import widen
from models.tables import ReleaseBlock
from release.blocks import Block
from release.build import build
from release.leaves import leaf_counts
from release.subjects import SUBJECTS
from seed.company import SITES, locations
from tests.models.published import publish, stored
from tests.planted.company import ITEMS, SCALE, YEAR, Company

MINIMUM = 11
MEASURED = ("bat12", *ITEMS)
QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")
KEY = b"planted" * 5
"""The secret that noise is drawn with: the same seeds give the same figures."""


class Held(Gathering):
    """A gathering whose `connection` is the raw tables themselves, by name."""

    def current(self, table: str, where: str = "") -> pl.DataFrame:
        found: pl.DataFrame = self.connection[table]
        assert not where
        return found

    def in_periods(self, table: str, column: str) -> pl.DataFrame:
        return self.current(table).rename({column: "period"} if column != "period" else {})


_NOBODY: Mapping[str, pl.DataFrame] = {
    "social_activity": pl.DataFrame(
        schema={"period": pl.String, "location_id": pl.String, "headcount": pl.Int64}
    ),
    "group_measurements": pl.DataFrame(
        schema={
            "period": pl.String,
            "location_id": pl.String,
            "measure": pl.String,
            "value": pl.Float64,
        }
    ),
}


def gathered(periods: Sequence[str], **tables: pl.DataFrame) -> Held:
    every = {**_NOBODY, "locations": locations(), **tables}
    return Held(every, tuple(periods), MINIMUM, CATALOGUE)


def scored(sheets: pl.DataFrame, measures: Sequence[str] = MEASURED) -> pl.DataFrame:
    """The rows of `company.asked` with a column per measure and the flag of who is at risk."""
    items = [item for code in measures for item in CATALOGUE[code].items]
    named = sheets.with_row_index("response_id").with_columns(
        pl.col("response_id").cast(pl.String), wave="period"
    )
    long = named.select("wave", "response_id", *items).unpivot(
        index=["wave", "response_id"], variable_name="item", value_name="score"
    )
    values = score_responses(long, [CATALOGUE[code] for code in measures])
    wide = widen(values, ("wave", "response_id"))
    return named.drop(SCALE, ITEMS).join(wide, on=["wave", "response_id"], how="left")


def survey(sheets: pl.DataFrame) -> Release:
    """The release of those who answered, as `scored`, by site and team (the first view)."""
    subject = SUBJECTS["survey"]
    dims = subject.first.dims
    given = sheets.filter("answered")
    told = [code for code in MEASURED if code in sheets.columns]
    leaves = pl.DataFrame(leaf_counts(given, ("period", *dims), told))
    return published(
        build(subject.name, leaves, dims, MINIMUM, personal=personal_measures(gathered(())))
    )


def staff(made: Company) -> Release:
    """The release of the workforce of the last year, by site."""
    subject = SUBJECTS["workforce"]
    dims = subject.first.dims
    rows = workforce.sheets(gathered(YEAR, assignments=made.assignments()))
    leaves = pl.DataFrame(leaf_counts(rows, ("period", *dims), workforce.MEASURES))
    return published(build(subject.name, leaves, dims, MINIMUM, counts=True))


def stays(made: Company) -> Release:
    """The life tables of the staff in the last year, told with noise."""
    with mock.patch.object(employment, "employee_key", return_value=KEY):
        return published(employment.blocks(gathered(QUARTERS, assignments=made.assignments())))


def waits(made: Company) -> Release:
    """The life tables of ideas in the last year, told with noise."""
    ideas, events = made.ideas()
    tables = {"ideas": ideas, "idea_events": events, "assignments": made.assignments()}
    with mock.patch.object(idea_ages, "employee_key", return_value=KEY):
        return published(idea_ages.blocks(gathered(QUARTERS, **tables)))


def published(blocks: Sequence[Block]) -> Release:
    """The blocks, read as a screen reads them."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    places = [(site.location_id, site.region, site.kind) for site in SITES]
    try:
        return publish(engine, places, *map(_stored, blocks))
    finally:
        engine.dispose()


def _stored(block: Block) -> ReleaseBlock:
    errors = None if block.report is None else block.report.errors
    return stored(
        block.period,
        block.cells,
        block.values,
        subject=block.subject,
        withheld=block.withheld,
        errors=None if errors is None else {code: list(pair) for code, pair in errors.items()},
    )
