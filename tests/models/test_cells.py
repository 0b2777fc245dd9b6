"""The one door, on a release small enough to add up by hand."""

from collections.abc import Sequence

import polars as pl
import pytest
from sqlalchemy import Engine

from models.cells import EVERYTHING, Question, QuestionError, Release, Scope, answer, current, load
from models.tables import ReleaseBlock
from release.blocks import VALUES_SCHEMA, cells_schema
from release.subjects import SITES as FIRST_VIEW
from tests.models.published import Site, stored
from tests.models.published import publish as release_of

DIMS = ("region", "location", "desk_type")
SITES: list[Site] = [
    ("a", "north", "shop"),
    ("b", "north", "shop"),
    ("c", "south", "office"),
    ("d", None, "shop"),
]
CELLS = [
    # region, locations, desk types, n, total, at risk
    (["north"], ["a"], ["desk"], 20, 60.0, 2),
    (["north"], ["a"], ["non_desk"], 30, 60.0, 10),
    (["north", "south"], ["b", "c"], ["desk", "non_desk"], 50, 200.0, 5),
    (["south"], ["c"], ["non_desk"], 12, 24.0, 6),
]


def block(period: str, cells: Sequence[tuple], withheld: Sequence[str] = ()) -> ReleaseBlock:
    frame = pl.DataFrame(
        [(number, FIRST_VIEW, row[3], *row[:3]) for number, row in enumerate(cells)],
        schema=cells_schema(DIMS),
        orient="row",
    )
    values = pl.DataFrame(
        [
            (number, "strain", n, total, None if total is None else total * 4, risk, total is None)
            for number, (*_, n, total, risk) in enumerate(cells)
        ],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    return stored(period, frame, values, withheld=withheld)


def publish(engine: Engine, *blocks: ReleaseBlock) -> Release:
    return release_of(engine, SITES, *blocks)


@pytest.fixture
def release(database: Engine) -> Release:
    return publish(database, block("2024-01", CELLS), block("2024-02", CELLS[:2]))


def rows(question: Question, release: Release, *columns: str) -> list[tuple]:
    return answer(question, EVERYTHING, release).rows.select(*question.by, *columns).rows()


def ask(**words: object) -> Question:
    return Question(measures=("strain",), **words)  # type: ignore[arg-type]


def test_the_company_is_the_sum_of_all_cells(release: Release) -> None:
    cells = answer(ask(first="2024-01", last="2024-01"), EVERYTHING, release)
    assert cells.rows.select("n", "total", "squares", "at_risk", "periods", "coverage").rows() == [
        (112, 344.0, 1376.0, 23, 1, 1.0)
    ]
    assert (cells.coverage, cells.withheld, cells.first, cells.last, cells.release) == (
        1.0,
        False,
        "2024-01",
        "2024-01",
        1,
    )


def test_a_cell_of_several_sites_counts_for_none_of_them(release: Release) -> None:
    question = ask(by=("location",), first="2024-01", last="2024-01")
    # c has 12 of its own, but the cells that hold it have 62.
    assert rows(question, release, "n", "coverage") == [("a", 50, 1.0), ("c", 12, 0.2)]
    cells = answer(question, EVERYTHING, release)
    assert (cells.coverage, cells.withheld) == (0.55, True)


def test_a_cell_counts_for_the_region_that_all_its_sites_share(release: Release) -> None:
    assert rows(ask(by=("region",), first="2024-01", last="2024-01"), release, "n") == [
        ("north", 50),
        ("south", 12),
    ]
    # b and c are of different kinds too.
    assert rows(ask(by=("kind",), first="2024-01", last="2024-01"), release, "n") == [
        ("office", 12),
        ("shop", 50),
    ]


def test_a_filter_takes_only_cells_that_lie_wholly_inside(release: Release) -> None:
    where = (("desk_type", ("non_desk",)),)
    cells = answer(ask(where=where, first="2024-01", last="2024-01"), EVERYTHING, release)
    assert cells.rows["n"].item() == 42
    # 42 of the 92 answers in cells that have somebody without a desk.
    assert (cells.coverage, cells.withheld) == (0.45, True)
    both = (("location", ("b", "c")), ("desk_type", ("desk", "non_desk")))
    assert rows(ask(where=both, first="2024-01"), release, "n") == [(62,)]
    two = (("region", ("south",)), ("location", ("b", "c")))
    assert rows(ask(where=two), release, "n") == [(12,)]


def test_periods_are_summed_and_counted(release: Release) -> None:
    assert rows(ask(by=("location",)), release, "n", "periods") == [("a", 100, 2), ("c", 12, 1)]
    assert rows(ask(by=("period",)), release, "n") == [("2024-01", 112), ("2024-02", 50)]
    assert rows(ask(first="2024"), release, "n") == [(162,)]
    assert rows(ask(first="2025"), release, "n") == []


def test_a_selection_without_a_whole_cell_has_no_rows(release: Release) -> None:
    cells = answer(ask(where=(("location", ("b",)),)), EVERYTHING, release)
    assert cells.rows.is_empty()
    # The same for a site where some answered, too few to show, and one where nobody did.
    nobody = answer(ask(where=(("location", ("d",)),)), EVERYTHING, release)
    for asked in (cells, nobody):
        assert (asked.coverage, asked.withheld) == (None, True)


def test_scope_is_a_filter_as_well(release: Release) -> None:
    mine = Scope(frozenset({"a"}))
    assert answer(ask(by=("location",)), mine, release).rows["location"].to_list() == ["a"]
    assert answer(ask(where=(("location", ("c",)),)), mine, release).rows.is_empty()
    assert answer(ask(), Scope(frozenset()), release).rows.is_empty()


def test_a_cell_with_only_a_bound_adds_to_those_at_risk_but_to_no_sum(database: Engine) -> None:
    bound = [CELLS[0], (["south"], ["c"], ["desk"], 12, None, 10)]
    release = publish(database, block("2024-01", bound))
    question = ask()
    assert rows(question, release, "n", "n_known", "total", "squares", "at_risk", "at_least") == [
        (32, 20, 60.0, 240.0, 12, True)
    ]


def test_what_was_too_small_in_a_period_is_said_whatever_is_asked(database: Engine) -> None:
    release = publish(database, block("2024-01", CELLS[:2], withheld=["strain"]))
    assert answer(ask(), EVERYTHING, release).withheld


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(("joy",)), "no published cells of measure 'joy'; there are: strain"),
        (ask(by=("team",)), "cannot be split by 'team'; it can by: .*location.*region"),
        (ask(where=(("kind", ("zoo",)),)), "'kind' has no value 'zoo'; it has: office, shop"),
        (ask(where=(("period", ("2024-01",)),)), "first and last period"),
        (ask(first="january"), "write a year 2024"),
        (ask(by=("kind", "kind")), "named twice"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    release: Release, question: Question, message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        answer(question, EVERYTHING, release)


def test_what_the_release_knows(release: Release, database: Engine) -> None:
    assert current(database) == 1
    assert release.measures() == ["strain"]
    assert release.periods("strain") == ["2024-01", "2024-02"]
    assert release.periods("joy") == []
    assert release.values("region") == ["north", "south", "unknown"]
    assert release.values("desk_type") == ["desk", "non_desk"]
    assert release.values("team") == []
    strain = release.measure("strain")
    assert strain is not None
    assert strain.at_risk_from == 3.0
    assert release.measure("bat12") is not None
    assert release.measure("joy") is None


def test_an_empty_database_is_an_empty_release(database: Engine) -> None:
    release = load(database)
    assert (release.number, release.measures(), release.locations.height) == (0, [], 0)
