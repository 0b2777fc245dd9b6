"""What the Privacy page tells of the release, by hand."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from metrics.showable import Showable
from models.releases import showing
from models.releases.showing import Act, Group
from models.tables import ReleaseBlock, ReleaseNumber
from release.blocks import Block, pack
from tests.models.releases.carrying.blocks import survey


def stored(block: Block, state: str = "published") -> ReleaseBlock:
    return ReleaseBlock(
        subject=block.subject,
        period=block.period,
        version=1,
        state=state,
        minimum=11,
        watermark=1,
        cells=block.cells.height,
        smallest=block.smallest,
        people=block.people,
        withheld=[],
        sha256="",
        cells_data=pack(block.cells),
        values_data=pack(block.values),
    )


@pytest.fixture
def filled(database: Engine) -> Engine:
    """Two months with sites A and B; a third month was withdrawn, a fourth waits."""
    with Session(database) as session:
        session.add(stored(survey("2024-01")))
        session.add(stored(survey("2024-02", {"A": 30, "B": 4, "C": 3})))
        session.add(stored(survey("2024-03"), "withdrawn"))
        session.add(stored(survey("2024-04"), "draft"))
        for number in (1, 2):
            at = datetime(2024, 5, number, 12, tzinfo=UTC)
            session.add(ReleaseNumber(number=number, published_at=at))
        session.commit()
    return database


def test_shares_are_of_all_published_responses(filled: Engine) -> None:
    # 20 and 15 in the first month; 30 alone and 7 of two sites in the second.
    told = {share.dims: share for share in showing.shares(filled, "survey")}
    assert told["location",] == Showable(("location",), 100 * 65 / 72, 65, 72)
    assert told["desk_type",] == Showable(("desk_type",), 100.0, 72, 72)
    assert told["location", "desk_type"].people == 65
    assert list(told)[:5] == [
        ("region",),
        ("location",),
        ("desk_type",),
        ("job_family",),
        ("team",),
    ]
    assert showing.shares(filled, "feedback") == []


def test_groups_and_periods_are_the_published_ones(filled: Engine) -> None:
    assert showing.periods(filled, "survey") == ["2024-02", "2024-01"]
    groups = showing.groups_of(filled, "survey", "2024-02")
    assert [(group.people, group.values["location"]) for group in groups] == [
        (30, ("A",)),
        (7, ("B", "C")),
    ]
    assert showing.groups_of(filled, "survey", "2024-04") == []


def test_acts_and_what_was_taken_back(filled: Engine) -> None:
    act = showing.last_act(filled)
    assert act == Act(2, datetime(2024, 5, 2, 12, tzinfo=UTC))
    assert showing.withdrawn(filled) == [("survey", "2024-03")]


def test_an_empty_database_tells_nothing(database: Engine) -> None:
    assert showing.last_act(database) is None
    assert showing.withdrawn(database) == []
    assert showing.periods(database, "survey") == []


@pytest.mark.parametrize(
    ("desk", "groups"),
    [
        (0, [Group(40, {"desk_type": ("non_desk",)})]),
        (9, [Group(40, {"desk_type": ("desk", "non_desk")})]),
        (10, [Group(40, {"desk_type": ("desk", "non_desk")})]),
        (11, [Group(11, {"desk_type": ("desk",)}), Group(29, {"desk_type": ("non_desk",)})]),
    ],
)
def test_the_example_is_split_by_the_release_itself(desk: int, groups: list[Group]) -> None:
    assert showing.example(desk, 40 - desk, 11) == groups


def test_a_site_that_is_too_small_has_no_group() -> None:
    assert showing.example(5, 5, 11) == []
