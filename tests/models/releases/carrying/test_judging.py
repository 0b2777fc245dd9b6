"""What is counted again before a release is taken in."""

import polars as pl
import pytest

from metrics.catalogue import CATALOGUE
from models.releases.carrying import judging
from models.releases.carrying.form import OwnMeasure, opened
from models.releases.carrying.judging import Received
from release.blocks import Block
from tests.models.releases.carrying.blocks import carried, manifest, survey

KNOWN = judging.known(CATALOGUE)


def counted(data: bytes, minimum: int = 11) -> tuple[list[Received], dict[str, int]]:
    found = opened(data)
    sites = {place.location_id for place in found.manifest.locations}
    received, refused = judging.inspected(
        found.manifest, found.blobs, minimum, KNOWN, sites, lambda *_: None
    )
    return received, {each.rule: each.count for each in refused}


def test_whole_blocks_are_received() -> None:
    block = survey()
    (received,), refused = counted(carried(block))
    assert refused == {}
    assert received.block.cells.equals(block.cells)
    assert received.block.values.equals(block.values)
    assert (received.version, received.minimum) == (1, 11)


def test_a_cell_under_the_minimum_of_this_side_is_refused_whatever_is_claimed() -> None:
    small = survey(people={"A": 20, "B": 10})
    told = {"people-under-minimum": 1, "n-under-minimum": 1}
    assert counted(carried(small, minimum=5))[1] == told
    assert counted(carried(small, minimum=5), minimum=10)[1] == {}
    assert counted(carried(small, minimum=10))[1] == told
    # What a file claims of its own must be true as well.
    assert counted(carried(small, minimum=11), minimum=5)[1] == told


def test_no_minimum_is_under_five() -> None:
    four = survey(people={"A": 20, "B": 5}).cells.with_columns(
        people=pl.when(pl.col("people") == 5).then(4).otherwise("people").cast(pl.UInt32)
    )
    block = Block("survey", "2024-01", four, survey(people={"A": 20, "B": 5}).values.head(1))
    assert counted(carried(block, minimum=1), minimum=1)[1] == {"people-under-minimum": 1}


def test_sites_that_nobody_named_are_refused() -> None:
    assert counted(carried(survey(), sites="A"))[1] == {"site": 1}


def test_names_that_are_none_are_refused_and_looked_into_no_further() -> None:
    block = survey()
    path = Block("../../etc", "2024-01", block.cells, block.values)
    never = Block("survey", "next year", block.cells, block.values)
    data = carried(path, never, block, block, withdrawn=[("survey", "2024-01")])
    received, refused = counted(data)
    assert received == []
    assert refused == {"subject": 1, "period": 1, "twice in file": 1}


def test_bytes_that_are_no_block_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    block = survey()
    wide = Block("survey", "2024-01", block.cells.with_columns(name=pl.lit("J")), block.values)
    assert counted(carried(wide))[1] == {"columns": 1}
    found = opened(carried(block))
    broken = [(b"PAR1" + bytes(40) + b"PAR1", found.blobs[0][1])]
    _, refused = judging.inspected(found.manifest, broken, 11, KNOWN, "AB", lambda *_: None)
    assert [each.rule for each in refused] == ["columns"]
    monkeypatch.setattr(judging, "MOST_ROWS", 1)
    assert counted(carried(block))[1] == {"columns": 1}


def test_an_own_measure_is_known_by_its_definition_and_a_built_in_one_stays() -> None:
    def own(code: str) -> OwnMeasure:
        return OwnMeasure(
            measure=code,
            label_en="Pride",
            label_nl=None,
            side="wx",
            rater="employee",
            unit="score",
            better="higher",
            theme=None,
            at_risk_from=None,
        )

    told = manifest([]).model_copy(update={"measures": [own("own_pride"), own("enps")]})
    held = pl.DataFrame(
        schema={
            name: pl.Float64 if name == "at_risk_from" else pl.String
            for name in OwnMeasure.model_fields
        }
    )
    measures = judging.every_measure(told, held)
    assert measures["enps"] == CATALOGUE["enps"]
    assert "own_pride" in judging.known(measures).personal
    assert "own_pride" in judging.known(measures).of_subject["survey"]
