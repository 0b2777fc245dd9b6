"""The staff network and roll-outs, from raw rows to what a screen can ask."""

from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine

from metrics.catalogue import CATALOGUE
from models.cells import EVERYTHING, Question, answer, load
from models.held import Release
from models.releases import service
from models.releases.carrying.judging import known
from release.blocks import Block
from release.inspection import faults
from tests.models.raw_rows import Put
from tests.models.releases.test_building import blocks

AS_OF = date(2024, 12, 31)
NAMES = ("headcount", "active", "posts", "reactions", "replies", "manager_replies",
         "with_peer_contact", "with_manager_contact")  # fmt: skip


def locations(*codes: str, regions: str = "north") -> pl.DataFrame:
    return pl.DataFrame(
        {"location_id": codes, "name": codes, "region": [regions] * len(codes)},
    )


def activity(period: str, **sites: tuple[int | None, ...]) -> pl.DataFrame:
    """A row per site: its numbers in the order of `NAMES`."""
    return pl.DataFrame(
        [(period, site, *numbers) for site, numbers in sites.items()],
        schema={
            "period": pl.String,
            "location_id": pl.String,
            **dict.fromkeys(NAMES, pl.Int64),
        },
        orient="row",
    )


def publish() -> None:
    service.start("publish", as_of=AS_OF).result()


def told(release: Release, *codes: str) -> dict[str, dict[str, float]]:
    """Per site the totals of some measures."""
    found = answer(Question(codes, ("location",)), EVERYTHING, release).rows
    return {
        site: dict(rows.select(pl.col("measure").cast(pl.String), "total").iter_rows())
        for (site,), rows in found.group_by("location", maintain_order=True)
    }


def test_people_by_threes_and_posts_only_where_enough_were_there(
    database: Engine, bring: Put
) -> None:
    bring(
        locations=locations("a", "b", "c"),
        social_activity=activity(
            "2024-01",
            a=(20, 8, 10, 30, 14, 3, 7, 20),
            b=(12, 4, 9, 9, 9, 1, 1, 2),
            c=(30, 30, 50, None, 20, 5, None, 11),
        ),
    )
    publish()
    found = told(
        load(database),
        "network_headcount",
        "network_active",
        "with_peer_contact",
        "with_manager_contact",
        "posts",
        "reactions",
        "replies",
    )
    assert found["a"] == {
        "network_headcount": 20, "network_active": 9, "with_peer_contact": 6,
        "with_manager_contact": 18, "posts": 10, "reactions": 30, "replies": 14,
    }  # fmt: skip
    # Four were there: told as three, and nothing of what they wrote.
    assert found["b"] == {
        "network_headcount": 12, "network_active": 3, "with_peer_contact": 0,
        "with_manager_contact": 3,
    }  # fmt: skip
    assert found["c"] == {
        "network_headcount": 30, "network_active": 30, "with_manager_contact": 12,
        "posts": 50, "replies": 20,
    }  # fmt: skip


def test_small_sites_are_pooled_by_the_fewest_people_that_any_source_knows(
    database: Engine, bring: Put
) -> None:
    """Site b counts 30 accounts, but 4 people work there."""
    spells = pl.DataFrame(
        {
            "employee_id": [f"e{number}" for number in range(4)],
            "start_on": [date(2020, 1, 1)] * 4,
            "location_id": ["b"] * 4,
        }
    )
    bring(
        locations=locations("a", "b", "c"),
        assignments=spells,
        social_activity=activity(
            "2024-01",
            a=(20, 10, 1, 1, 1, 1, 1, 1),
            b=(30, 12, 1, 1, 1, 1, 1, 1),
            c=(8, 6, 1, 1, 1, 1, 1, 1),
        ),
    )
    publish()
    release = load(database)
    assert set(told(release, "network_active")) == {"a"}
    whole = answer(Question(("network_headcount",)), EVERYTHING, release).rows
    assert whole.select("n", "total").rows() == [(32, 58.0)]
    (cells,) = [
        cells for (subject, *_), (_, cells, _) in blocks(database).items() if subject == "network"
    ]
    assert cells["people"].to_list() == [20, 12]
    assert cells["location"].to_list() == [["a"], ["b", "c"]]


def test_what_managers_wrote_is_told_of_five_sites_together(database: Engine, bring: Put) -> None:
    busy = (20, 10, 10, 5, 12, 4, 6, 6)
    quiet = (20, 3, 7, 5, 12, 2, 3, 3)
    sites = {**dict.fromkeys("abcdef", busy), "g": quiet}
    bring(locations=locations(*sites), social_activity=activity("2024-01", **sites))
    bring(social_activity=activity("2024-02", **dict.fromkeys("abcd", busy)))
    publish()
    release = load(database)
    found = answer(
        Question(("manager_replies", "posts_near_managers"), ("period",)), EVERYTHING, release
    ).rows
    # Of the quiet site nothing, and nothing of February, with four sites.
    assert found.select("period", pl.col("measure").cast(pl.String), "n", "total").rows() == [
        ("2024-01", "manager_replies", 120, 24.0),
        ("2024-01", "posts_near_managers", 120, 60.0),
    ]
    assert told(release, "manager_replies") == {}


def test_what_is_built_keeps_the_rules_and_step_by_step_equals_at_once(
    database: Engine, bring: Put
) -> None:
    numbers = {site: (15 + 3 * place, 6 + place, 5, 5, 5, 2, 4, 2)
               for place, site in enumerate("abcdefg")}  # fmt: skip
    bring(locations=locations(*numbers), social_activity=activity("2024-01", **numbers))
    service.start("build", as_of=AS_OF).result()
    bring(social_activity=activity("2024-02", **numbers))
    service.start("build", as_of=AS_OF).result()
    stepwise = blocks(database)
    bring(locations=locations("z"))
    service.start("build", as_of=AS_OF).result()
    whole = blocks(database)
    assert {key[:2] for key in stepwise} == {
        (subject, period)
        for subject in ("network", "network_managers")
        for period in ("2024-01", "2024-02")
    }
    what = known(CATALOGUE)
    for (subject, period, version), (_, cells, values) in whole.items():
        _, before, numbers_before = stepwise[subject, period, version]
        assert cells.equals(before)
        assert values.equals(numbers_before)
        assert faults(Block(subject, period, cells, values), 11, what) == []


def test_a_published_month_of_the_network_waits_when_it_is_corrected(
    database: Engine, bring: Put
) -> None:
    bring(
        locations=locations("a"), social_activity=activity("2024-01", a=(20, 9, 1, 1, 1, 1, 1, 1))
    )
    publish()
    bring(social_activity=activity("2024-01", a=(20, 15, 1, 1, 1, 1, 1, 1)))
    waiting = service.start("build", as_of=AS_OF).result()["waiting"]
    assert ["network", "2024-01"] in waiting
    assert told(load(database), "network_active")["a"]["network_active"] == 9


@pytest.mark.usefixtures("database")
def test_roll_outs_are_told_by_the_month_of_their_start(database: Engine, bring: Put) -> None:
    rollouts = pl.DataFrame(
        [
            ("app", "a", date(2024, 2, 14), "platform"),
            ("app", "b", date(2024, 3, 1), "platform"),
            ("app", "c", date(2024, 2, 1), "platform"),
            ("talk", "a", date(2024, 2, 20), None),
            ("later", "a", date(2025, 2, 1), "platform"),
        ],
        schema=["rollout", "location_id", "started_on", "kind"],
        orient="row",
    )
    months = [
        activity(f"2024-0{month}", a=(20,) + (0,) * 7, b=(30,) + (0,) * 7, c=(7,) + (0,) * 7)
        for month in (1, 2, 3)
    ]
    bring(
        locations=locations("a", "b", "c"),
        rollouts=rollouts,
        social_activity=pl.concat(months),
    )
    publish()
    release = load(database)
    question = Question(("rolled_out",), ("period", "location", "rollout", "rollout_kind"))
    found = answer(question, EVERYTHING, release).rows
    assert found.select(
        "period", pl.col("location", "rollout", "rollout_kind").cast(pl.String), "n", "total"
    ).rows() == [
        ("2024-02", "a", "app", "platform", 20, 1.0),
        ("2024-03", "b", "app", "platform", 30, 1.0),
    ]
    # A kind that is not known can't be grouped by, the rest of it can.
    by_rollout = answer(Question(("rolled_out",), ("location", "rollout")), EVERYTHING, release)
    assert set(by_rollout.rows.select(pl.col("rollout").cast(pl.String)).to_series()) == {
        "app",
        "talk",
    }
    assert release.withheld["2024-02"] >= {"rolled_out"}
