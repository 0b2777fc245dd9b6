"""What is counted again before a release is taken in, and what may stand beside what is held."""

from collections.abc import Sequence

import polars as pl
import pytest

from metrics.catalogue import CATALOGUE
from models.releases.carrying import judging
from models.releases.carrying.form import Manifest, OwnMeasure, opened
from models.releases.carrying.judging import Held, Received
from release.blocks import Block
from release.brought import group_figures
from tests.models.releases.carrying.blocks import carried, grown, manifest, survey

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


# --- beside what is held ------------------------------------------------------------------------


def here(block: Block, version: int = 1, state: str = "published") -> Held:
    return Held(block.subject, block.period, version, state, lambda: block)


def compared(
    received: Sequence[tuple[Block, int]], held: Sequence[Held], told: Manifest | None = None
) -> tuple[list[int], list[str]]:
    """The versions that are new, and the rules that were broken."""
    fresh, refused = judging.against(
        [Received(block, version, 11) for block, version in received],
        told or manifest([]),
        held,
        KNOWN.personal,
    )
    return [each.version for each in fresh], [each.rule for each in refused]


def test_what_is_not_here_yet_is_new_and_the_same_again_is_not() -> None:
    block = survey()
    assert compared([(block, 3)], []) == ([3], [])
    assert compared([(block, 1)], [here(block)]) == ([], [])


def test_a_later_version_follows_when_its_additions_are_large_enough() -> None:
    block = survey()
    assert compared([(grown(block, 12), 2)], [here(block)]) == ([2], [])
    assert compared([(grown(block, 10), 2)], [here(block)]) == ([], ["growth"])


def test_published_is_published() -> None:
    block = survey()
    assert compared([(grown(block, 12), 1)], [here(block)]) == ([], ["differs"])
    assert compared([(block, 1)], [here(block, 2)]) == ([], ["older"])
    gone = here(block, state="withdrawn")
    assert compared([(block, 2)], [gone]) == ([], ["withdrawn"])


def test_periods_of_a_subject_do_not_overlap() -> None:
    month, quarter = survey("2024-02"), survey("2024-Q1")
    rules = ["overlapping-period"]
    assert compared([(quarter, 1)], [here(month)])[1] == rules
    assert compared([(quarter, 1)], [here(month, state="withdrawn")])[1] == rules
    assert compared([(quarter, 1), (survey("2024-04"), 1)], [])[1] == []
    assert compared([(quarter, 1), (month, 1)], [])[1] == rules * 2
    stone = manifest([], withdrawn=[("survey", "2024-02")])
    assert compared([(quarter, 1)], [here(month)], stone)[1] == rules


def figures(period: str, measure: str) -> Block:
    rows = pl.DataFrame(
        {
            "period": [period],
            "location": ["A"],
            "desk_type": [None],
            "measure": [measure],
            "n": [40],
            "value": [3.0],
            "sd": [0.8],
        },
        schema_overrides={"desk_type": pl.String},
    )
    return group_figures(rows, 11)[0]


def test_ready_made_figures_overlap_by_measure() -> None:
    year = here(figures("2024", "engagement"))
    assert compared([(figures("2024-Q1", "autonomy"), 1)], [year]) == ([1], [])
    assert compared([(figures("2024-Q1", "engagement"), 1)], [year])[1] == ["overlapping-period"]
