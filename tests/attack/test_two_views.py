"""Two views side by side, as they are published: what an attacker finds in them."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pytest
from sqlalchemy import Engine

from models.cells import Question, QuestionError, Release
from release import pairs
from release.audit import Verdict
from release.blocks import Block
from release.coarsening import Coarser
from release.leaves import leaf_counts
from release.pairs import build_pair
from release.subjects import SITES, SUBJECTS, WORK
from release.telling import Noise, Range, answers_with_noise
from release.versions import extend
from tests.attack.programs import lightest, surely_everyone
from tests.attack.world import BITS, MINIMUM, PERIODS, World, groups_in, make, publish

SURVEY = SUBJECTS["survey"]
SEED = 20241122
STRAIN = "strain"


@pytest.fixture(scope="module")
def world() -> World:
    """A company of which the second view's dimensions follow the first's closely, but not quite."""
    rng = np.random.default_rng(SEED)
    small = make(rng)
    rows = small.responses
    remote = np.where(
        (rows["desk_type"] == "desk").to_numpy(),
        rng.choice(["0 days", "1-2 days", "3-4 days"], rows.height),
        rng.choice(["0 days", "1-2 days"], rows.height, p=[0.97, 0.03]),
    )
    tenure = rng.choice(["under 1 year", "1-3 years", "over 3 years"], rows.height)
    told = rows.with_columns(remote_band=pl.Series(remote), tenure_band=pl.Series(tenure))
    return World(told, small.measures, small.sites)


def blocks_of(world: World, rows: pl.DataFrame | None = None) -> list[Block]:
    """The blocks of both views of a world."""
    sheets = world.responses if rows is None else rows
    leaves = leaf_counts(sheets, ("period", *SURVEY.dims), world.measures)
    return build_pair(SURVEY, leaves, MINIMUM, ranges={STRAIN: Range(0, 1)}, key=bytes(32))


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second view tells exact sums of the fingerprints, which is more than it ever does."""

    def spelled(
        values: pl.DataFrame, first: pl.DataFrame, ranges: Mapping[str, Range], noise: Noise
    ) -> pl.DataFrame:
        noisy = pl.col("measure") == STRAIN
        told = answers_with_noise(values.filter(noisy), first, ranges, noise)
        return pl.concat([values.filter(~noisy), told])

    monkeypatch.setattr(pairs, "answers_with_noise", spelled)


@pytest.fixture
def unaudited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two views that nobody examined, with numbers that have no noise."""
    monkeypatch.setattr(pairs, "coarsen", lambda leaves, *_: Coarser(leaves["second"], 0))
    monkeypatch.setattr(pairs, "withhold", lambda *_: frozenset())
    monkeypatch.setattr(pairs, "audit", lambda *_: Verdict(None, MINIMUM))
    monkeypatch.setattr(pairs, "answers_with_noise", lambda values, *_: values)


def attack(world: World, release: Release, count: int) -> set[int]:
    """Groupings by up to three dimensions of either view, up to three filters, maybe a window."""
    rng = np.random.default_rng(SEED)
    values = {dim: world.responses[dim].unique().sort().to_list() for dim in SURVEY.dims}
    asked: dict[Question, None] = {}
    for _ in range(count):
        view = SURVEY.views[int(rng.integers(2))].dims
        by = rng.choice(["period", *view], rng.integers(0, 4), replace=False)
        where = []
        for dim in rng.choice(view, rng.integers(0, 4), replace=False):
            options = values[dim]
            few = rng.choice(options, rng.integers(1, min(len(options), 6) + 1), replace=False)
            where.append((str(dim), tuple(map(str, few))))
        window = PERIODS[int(rng.integers(3))] if rng.random() < 0.5 else None
        asked[Question(world.measures, tuple(map(str, by)), tuple(where), window, window)] = None
    found: set[int] = set()
    for question in asked:
        found |= groups_in(question, world, release)
    return found


@pytest.mark.usefixtures("exact")
def test_no_group_under_the_minimum_is_isolable(
    database: Engine, world: World, *, deep: bool
) -> None:
    found = attack(world, publish(database, world, blocks_of(world)), 100_000 if deep else 400)
    assert len(found) > 100
    assert lightest(sorted(found), world.responses.height, MINIMUM) is None


@pytest.mark.usefixtures("unaudited")
def test_without_the_audit_the_same_attacker_finds_small_groups(
    database: Engine, world: World
) -> None:
    found = attack(world, publish(database, world, blocks_of(world)), 120)
    smallest = lightest(sorted(found), world.responses.height, MINIMUM)
    assert smallest is not None
    assert smallest < MINIMUM


@pytest.mark.usefixtures("exact")
def test_late_answers_undone_imports_and_new_versions_isolate_nobody(
    database: Engine, world: World
) -> None:
    """Somebody keeps every version: before late answers, with them, and of a period withdrawn."""
    january, grown, *others = _grown(world)
    assert grown.of_view(WORK).cells.equals(january.of_view(WORK).cells)
    assert grown.of_view(WORK).values.equals(january.of_view(WORK).values)
    assert grown.report == january.report
    found = attack(world, publish(database, world, [january, *others], 1), 60)
    found |= attack(world, publish(database, world, [grown, *others], 2), 60)
    # The batch is undone and a corrected one comes: a period that is out takes nothing of it, and
    # is withdrawn as a whole if that can not stand.
    found |= attack(world, publish(database, world, others, 3), 30)
    assert lightest(sorted(found), world.responses.height, MINIMUM) is None


def _grown(world: World) -> list[Block]:
    """January without some people of one cell, with them, and the other periods."""
    rows = world.responses.with_row_index("row")
    whole = blocks_of(world)[0].of_view(SITES).cells.sort("people", descending=True)
    for cell in whole.iter_rows(named=True):
        inside = pl.all_horizontal(pl.col(dim).is_in(cell[dim]) for dim in SURVEY.first.dims)
        late = rows.filter((pl.col("period") == PERIODS[0]) & inside).head(MINIMUM + 1)
        kept = rows.join(late, on="row", how="anti").drop("row")
        january, *others = blocks_of(world, kept)
        leaves = leaf_counts(late.drop("row"), ("period", *SURVEY.dims), world.measures)
        grown = extend(january, leaves, SURVEY.first.dims, MINIMUM)
        if grown is not None:
            return [january, grown, *others]
    pytest.fail("no cell of the world takes late responses")


@pytest.mark.usefixtures("exact")
def test_a_corrected_import_that_rebuilt_a_published_period_would_be_caught(
    database: Engine, world: World
) -> None:
    fewer = world.responses.with_row_index("row").filter(pl.col("row") != 3).drop("row")
    found = attack(world, publish(database, world, blocks_of(world, fewer), 1), 60)
    found |= attack(world, publish(database, world, blocks_of(world), 2), 60)
    assert lightest(sorted(found), world.responses.height, MINIMUM) == 1


def strained(world: World, share: float, seed: int) -> World:
    """A month of the world with a measure of which some are at risk, more so at some sites."""
    rng = np.random.default_rng(seed)
    rows = world.responses.filter(pl.col("period") == PERIODS[0])
    site = rows["location"].str.tail(2).cast(pl.Int64).to_numpy() % 5
    chance = np.clip(share + (site - 2) * min(share, 1 - share) / 2, 0, 1)
    risk = pl.Series(rng.random(rows.height) < chance)
    more = rows.with_columns(risk.cast(pl.Float64).alias(STRAIN), risk.alias(f"{STRAIN}.at_risk"))
    return World(more, (*world.measures, STRAIN), world.sites)


def members(block: Block, view: str, prints: Sequence[str]) -> dict[int, int]:
    """The people of each cell that tells the strain, as a bit mask, spelled by the fingerprints."""
    shown = block.of_view(view).values
    told = shown.filter(pl.col("measure") == STRAIN)["cell"].to_list()
    masks = dict.fromkeys(told, 0)
    number = {code: place for place, code in enumerate(prints)}
    for cell, code, total in shown.select("cell", "measure", "total").iter_rows():
        if cell in masks and code in number:
            masks[cell] |= int(total) << (BITS * number[code])
    return masks


def said(block: Block, view: str, *, exact: bool) -> dict[int, tuple[int, int]]:
    """The least and the most at risk in each cell, as a reader knows them for sure."""
    rows = block.of_view(view).values.filter(pl.col("measure") == STRAIN)
    told = rows.select("cell", "n", "at_risk", "at_least").iter_rows()
    if not exact:
        return {cell: (0, n) for cell, n, _, _ in told}
    return {cell: (risk, n if at_least else risk) for cell, n, risk, at_least in told}


def pinned_to_everyone(
    block: Block, prints: Sequence[str], *, exact: bool = False
) -> list[tuple[int, int]]:
    """The overlaps of whom everybody must be at risk, as an attacker with a solver finds them."""
    cells = {view: members(block, view, prints) for view in (SITES, WORK)}
    # Whoever is in no told cell of a view is in one of its own.
    every = 0
    for mask in (*cells[SITES].values(), *cells[WORK].values()):
        every |= mask
    for told in cells.values():
        rest = every
        for mask in told.values():
            rest &= ~mask
        told[-1] = rest
    people = {
        (one, other): (mine & theirs).bit_count()
        for one, mine in cells[SITES].items()
        for other, theirs in cells[WORK].items()
        if mine & theirs
    }
    return surely_everyone(people, said(block, SITES, exact=True), said(block, WORK, exact=exact))


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize("share", [0.05, 0.5, 0.85])
def test_nobody_is_known_to_be_at_risk(world: World, share: float, *, deep: bool) -> None:
    for seed in range(20 if deep else 2):
        month = strained(world, share, seed)
        (block,) = blocks_of(month)
        assert block.report is not None
        assert STRAIN not in block.report.without
        assert pinned_to_everyone(block, world.measures) == []


@pytest.mark.usefixtures("unaudited")
def test_without_the_audit_the_attacker_with_a_solver_finds_some(world: World) -> None:
    (block,) = blocks_of(strained(world, 0.85, SEED))
    assert pinned_to_everyone(block, world.measures, exact=True)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_which_figures_there_are_says_nothing_of_the_answers(world: World, share: float) -> None:
    """The same people with other answers give the same cells, measures, sizes and report."""

    def shape(block: Block) -> tuple[object, ...]:
        second = block.of_view(WORK)
        told = second.values.select("cell", "measure", "n", "at_least")
        return second.cells.rows(), told.rows(), block.report

    (one,) = blocks_of(strained(world, share, 1))
    (other,) = blocks_of(strained(world, 1 - share, 2))
    assert shape(one) == shape(other)


def test_a_second_view_shows_what_the_first_can_not(database: Engine, world: World) -> None:
    blocks = blocks_of(world)
    for block in blocks:
        both = [int(block.of_view(view).cells["people"].sum()) for view in (SITES, WORK)]
        assert both[0] == both[1]
    release = publish(database, world, blocks)
    assert groups_in(Question(world.measures[:1], ("remote_band",)), world, release)
    with pytest.raises(QuestionError, match="location, remote_band, but not by all at once"):
        groups_in(Question(world.measures, ("location", "remote_band")), world, release)
