"""The public data sets, all the way to the numbers that the terminal prints."""

from pathlib import Path

import polars as pl
import pytest
from scipy import stats
from sqlalchemy import Engine

from metrics.hotspots import hotspots
from models import settings
from models.asking import ask, metric_named
from models.cells import EVERYTHING, Question, Release, answer, load
from models.imports import starting
from models.releases import service

pytestmark = pytest.mark.real_data


def published(engine: Engine, folder: Path, mapping: str) -> Release:
    stored = starting.Result.of(starting.start([folder], mapping=mapping).result())
    assert not stored.problems
    service.start("publish").result()
    return load(engine)


def trusts(release: Release, **where: str) -> int:
    filters = tuple((dim, (value,)) for dim, value in where.items())
    question = Question(("nhs_burnt_out",), ("location",), filters, "2024", "2024")
    return answer(question, EVERYTHING, release).rows.height


def test_burnt_out_in_acute_trusts_is_the_printed_share(database: Engine, real_data: Path) -> None:
    release = published(database, real_data / "nhs", "nhs")
    table = ask(
        metric_named("measure.mean"),
        EVERYTHING,
        release,
        measure="nhs_burnt_out",
        by=["period"],
        where={"kind": ["acute"]},
    )
    last = table.rows.row(-1, named=True)
    assert (last["period"], last["n"]) == ("2024", 529_409)
    assert last["value"] == pytest.approx(31.06, abs=0.005)
    assert last["low"] < last["value"] < last["high"]
    assert trusts(release, kind="acute") == 122


def test_a_larger_minimum_withholds_the_smaller_organisations(
    database: Engine, real_data: Path
) -> None:
    settings.set_minimum(database, 100)
    release = published(database, real_data / "nhs", "nhs")
    question = Question(("nhs_burnt_out",), ("location",), (), "2021", "2021")
    cells = answer(question, EVERYTHING, release)
    assert cells.withheld
    assert cells.rows["n"].min() >= 100  # type: ignore[operator]
    assert "00L" not in cells.rows["location"].to_list()
    assert release.blocks["smallest"].min() >= 100  # type: ignore[operator]


def test_a_service_desk_whose_groups_are_small(database: Engine, real_data: Path) -> None:
    release = published(database, real_data / "tickets", "servicenow")
    whole = answer(Question(("sla_met",)), EVERYTHING, release)
    by_group = answer(Question(("sla_met",), ("location",)), EVERYTHING, release)
    assert whole.rows["n"].item() > 20_000
    # Most of the 73 groups have fewer than eleven people who resolve cases.
    assert 5 < by_group.rows.height < 20
    assert by_group.withheld


def test_burnt_out_by_region_and_kind_and_no_hotspot_of_a_small_base(
    database: Engine, real_data: Path
) -> None:
    release = published(database, real_data / "nhs", "nhs")
    measure = release.own["nhs_burnt_out"]
    for dim, groups in (("region", 7), ("kind", 5)):
        table = ask(
            metric_named("measure.mean"),
            EVERYTHING,
            release,
            measure=measure.code,
            by=[dim],
            first="2024",
            last="2024",
        )
        assert table.rows.height >= groups
        assert (table.rows["low"] < table.rows["value"]).all()
        assert (table.rows["value"] < table.rows["high"]).all()
    question = Question((measure.code,), ("location",), (), "2024", "2024")
    found = hotspots(answer(question, EVERYTHING, release), measure, metric_named("measure.mean"))
    assert found.funnel is not None
    hot = found.rows.filter("hot")
    assert 0 < hot.height < found.rows.height / 2
    # By the binomial distribution itself: none of them would be so high by its size alone.
    k = (hot["value"] / 100 * hot["size"]).round().to_numpy()
    assert stats.binom.sf(k - 1, hot["size"].round().to_numpy(), found.funnel.whole).max() < 0.002
    small = found.rows.filter(pl.col("size") < 150)
    assert (small["weight"] < 0.9).all()
