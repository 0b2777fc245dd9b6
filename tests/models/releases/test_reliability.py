"""How reliable a scale is, from raw answers to the door: one figure per scale and year."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from sqlalchemy import Engine

from metrics.catalogue import CATALOGUE
from metrics.reliability import alpha
from models.asking import ask, metric_named
from models.cells import EVERYTHING, Scope, load
from models.releases import service
from tests.models.raw_rows import Put

AS_OF = date(2025, 6, 30)
ITEMS = CATALOGUE["bat12"].items


def sheets(waves: list[str], people: int, seed: int = 1) -> pl.DataFrame:
    """BAT-12 sheets at two sites; each person leans one way, each item adds its own."""
    rng = np.random.default_rng(seed)
    rows = []
    for wave in waves:
        day = date(int(wave[:4]), int(wave[5:]), 9)
        leans = rng.normal(2.4, 0.7, people)
        scores = np.clip(np.rint(leans[:, None] + rng.normal(0, 0.8, (people, 12))), 1, 5)
        rows += [
            (f"r{person}", wave, day, "ab"[person % 2], item, score)
            for person in range(people)
            for item, score in zip(ITEMS, scores[person], strict=True)
        ]
    schema = ["response_id", "wave", "answered_on", "location_id", "item", "score"]
    return pl.DataFrame(rows, schema=schema, orient="row")


LOCATIONS = pl.DataFrame(
    {"location_id": ["a", "b"], "name": ["A", "B"], "region": ["north", "south"], "kind": "shop"}
)


def published(engine: Engine, bring: Put, answers: pl.DataFrame) -> list[tuple[str, float, int]]:
    bring(locations=LOCATIONS, survey_answers=answers)
    service.start("publish", as_of=AS_OF).result()
    release = load(engine)
    if "bat12_alpha" not in release.facts:
        return []
    table = ask(metric_named("burnout.reliability"), EVERYTHING, release, by=["period"])
    return list(table.rows.select("period", "value", "n").iter_rows())


def test_a_year_that_is_over_has_the_alpha_of_its_complete_sheets(
    database: Engine, bring: Put
) -> None:
    answers = sheets(["2024-03", "2024-09", "2025-02"], 60)
    gap = (pl.col("response_id") == "r3") & (pl.col("item") == ITEMS[5])
    answers = answers.filter(~gap)
    wide = answers.filter(pl.col("wave") < "2025").pivot(
        on="item", index=["wave", "response_id"], values="score"
    )
    complete = wide.select(ITEMS).drop_nulls()
    assert complete.height == 118
    ((year, value, n),) = published(database, bring, answers)
    assert (year, n) == ("2024", 59)
    assert value == pytest.approx(alpha(complete.to_numpy()), abs=0.005)


def test_few_sheets_have_none(database: Engine, bring: Put) -> None:
    assert published(database, bring, sheets(["2024-03"], 40)) == []


def test_it_is_a_figure_of_the_whole_company(database: Engine, bring: Put) -> None:
    published(database, bring, sheets(["2024-03"], 60))
    granted = Scope(frozenset({"a"}))
    metric = metric_named("burnout.reliability")
    assert ask(metric, granted, load(database)).rows.is_empty()
    by_site = ask(metric, EVERYTHING, load(database), by=["location"])
    assert by_site.rows.is_empty()


def test_later_answers_do_not_change_what_was_published(database: Engine, bring: Put) -> None:
    first = published(database, bring, sheets(["2024-03"], 60))
    late = sheets(["2024-05"], 30, seed=2)
    assert published(database, bring, late) == first
