"""What may stand beside what is held, and what is passed over."""

from collections.abc import Sequence

import polars as pl
import pytest

from metrics.catalogue import CATALOGUE
from models.releases.carrying import beside, judging
from models.releases.carrying.beside import Held
from models.releases.carrying.form import Manifest
from models.releases.carrying.judging import Received
from release.blocks import Block
from release.brought import group_figures
from tests.models.releases.carrying.blocks import grown, manifest, survey

KNOWN = judging.known(CATALOGUE)
ME, OTHER, HERE = "aa", "bb", ""
"""The party that signed the file, another one, and this side."""


def here(block: Block, version: int = 1, state: str = "published", origin: str = ME) -> Held:
    return Held(block.subject, block.period, version, state, origin, lambda: block)


def compared(
    received: Sequence[tuple[Block, int]], held: Sequence[Held], told: Manifest | None = None
) -> tuple[list[int], list[str]]:
    """The versions that are new, and the rules that were broken."""
    found = beside.compared(
        [Received(block, version, 11) for block, version in received],
        told or manifest([]),
        held,
        ME,
        CATALOGUE,
        KNOWN.personal,
    )
    return [each.version for each in found.new], [each.rule for each in found.refused]


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
    # Passed over, so that what else is in the file can be taken in.
    assert compared([(block, 2), (survey("2024-02"), 1)], [gone]) == ([1], [])
    found = beside.compared([Received(block, 2, 11)], manifest([]), [gone], ME, CATALOGUE, ())
    assert found.passed == [("survey", "2024-01")]


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


# --- of another party ---------------------------------------------------------------------------


@pytest.mark.parametrize("origin", [OTHER, HERE])
@pytest.mark.parametrize("state", ["published", "draft"])
def test_a_tombstone_reaches_only_what_its_own_party_sent(origin: str, state: str) -> None:
    block = survey()
    stone = manifest([], withdrawn=[("survey", "2024-01")])
    assert compared([], [here(block, state=state, origin=origin)], stone) == ([], ["not-its-own"])
    assert compared([], [here(block, state="withdrawn", origin=origin)], stone) == ([], [])
    assert compared([], [here(block)], stone) == ([], [])


@pytest.mark.parametrize("origin", [OTHER, HERE])
def test_a_later_version_follows_only_a_block_of_its_own_party(origin: str) -> None:
    block = survey()
    stands = here(block, origin=origin)
    assert compared([(grown(block, 12), 2)], [stands]) == ([], ["not-its-own"])
    assert compared([(block, 1)], [stands]) == ([], [])


# --- one source -----------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", [ME, OTHER, HERE])
@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_measure_has_one_source(origin: str, state: str) -> None:
    answers, told = survey("2024-02"), figures("2024-Q1", "engagement")
    rules = ["two-sources"]
    assert compared([(answers, 1)], [here(told, state=state, origin=origin)])[1] == rules
    assert compared([(told, 1)], [here(answers, state=state, origin=origin)])[1] == rules
    assert compared([(answers, 1)], [here(told, state="draft", origin=origin)])[1] == []
    later = figures("2024-Q2", "engagement")
    assert compared([(answers, 1)], [here(later, state=state, origin=origin)])[1] == []


def test_a_measure_has_one_source_within_a_file() -> None:
    answers = survey()
    assert compared([(answers, 1), (figures("2024", "engagement"), 1)], [])[1] == [
        "two-sources",
        "two-sources",
    ]
    assert compared([(answers, 1), (figures("2024", "autonomy"), 1)], [])[1] == []


def test_of_two_parties_the_measures_share_no_item_either() -> None:
    values = survey().values.with_columns(measure=pl.lit("bat12"))
    answers = Block("survey", "2024-01", survey().cells, values)
    told = figures("2024-01", "bat4")
    assert compared([(answers, 1)], [here(told, origin=HERE)])[1] == ["two-sources"]
    # One party may publish these two side by side.
    assert compared([(answers, 1)], [here(told)])[1] == []
