"""The names of sites and own measures, as a release tells them."""

from datetime import date

import polars as pl
from sqlalchemy import Engine

from models.held import load
from models.imports.undoing import service as undoing
from models.releases import service
from tests.models.raw_rows import Put


def publish() -> None:
    service.start("publish", as_of=date(2024, 12, 31)).result()


def test_a_site_that_stays_published_keeps_its_name_and_region(
    database: Engine, bring: Put
) -> None:
    """Its import is undone, and another one brings other sites and another name."""
    sites = pl.DataFrame(
        {"location_id": ["a", "b"], "name": ["Site A", "Site B"], "region": ["north", "south"]}
    )
    answers = pl.DataFrame(
        {
            "response_id": [f"r{number}" for number in range(20)],
            "wave": ["2024-01"] * 20,
            "answered_on": [date(2024, 1, 10)] * 20,
            "location_id": ["a"] * 20,
            "item": ["autonomy"] * 20,
            "score": [3.0] * 20,
        }
    )
    own = pl.DataFrame(
        {
            "measure": ["pride"],
            "label_en": ["Pride"],
            "side": ["wx"],
            "rater": ["employee"],
            "unit": ["percent"],
            "better": ["higher"],
        }
    )
    bring(locations=sites, measures=own, survey_answers=answers)
    publish()
    assert undoing.Answer.of(undoing.start(1).result()).refused is None
    bring(
        locations=pl.DataFrame(
            {"location_id": ["b", "c"], "name": ["Site B2", "Site C"], "region": ["east", "west"]}
        )
    )
    publish()
    held = load(database)
    told = held.locations.select("location_id", "name", "region").sort("location_id").rows()
    assert told == [
        ("a", "Site A", "north"),
        ("b", "Site B2", "east"),
        ("c", "Site C", "west"),
    ]
    assert "pride" in held.own
