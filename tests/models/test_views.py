"""Which view answers, how much of it, and what is missing: on a release to add up by hand."""

from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.cells import EVERYTHING, Question, QuestionError, Release, Scope, answer, load
from models.tables import ReleaseBlock, ReleaseNumber
from release.blocks import VALUES_SCHEMA, cells_schema, pack, unpack
from release.subjects import SITES, SUBJECTS, WORK
from tests.models.published import publish as release_of
from tests.models.published import stored

DIMS = SUBJECTS["survey"].dims
BOTH = ["desk", "non_desk"]
FIRST = [
    # locations, desk types, n, at risk
    (["a"], ["desk"], 20, 4),
    (["a"], ["non_desk"], 30, 8),
    (["b"], BOTH, 50, 10),
]
SECOND = [
    # desk types, remote bands, n, at risk (in threes)
    (["desk"], ["3-4 days"], 15, 3),
    (["desk"], ["0 days"], 25, 6),
    (BOTH, ["0 days"], 54, 12),
]


def block(period: str, second: bool = True, late: int = 0) -> ReleaseBlock:
    """A month of 100 answers; the second view lacks a cell of six of them."""
    first: list[dict[str, Any]] = [
        {"view": SITES, "region": ["north"], "location": place, "desk_type": desk, "n": n + late}
        for place, desk, n, _ in FIRST
    ]
    others: list[dict[str, Any]] = [
        {"view": WORK, "desk_type": desk, "remote_band": band, "n": n}
        for desk, band, n, _ in (SECOND if second else [])
    ]
    rows = [*first, *others]
    risk = [row[3] for row in FIRST + (SECOND if second else [])]
    cells = pl.DataFrame(
        [
            {**{dim: [] for dim in DIMS}, "cell": number, "people": row["n"], **row}
            for number, row in enumerate(rows)
        ],
        schema=cells_schema(DIMS),
    )
    values = pl.DataFrame(
        [
            (number, "strain", row["n"], row["n"] * 2.0, row["n"] * 5.0, risk[number], False)
            for number, row in enumerate(rows)
        ],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    errors = {"strain": [32.0, 1.8]} if second else None
    return stored(period, cells, values, errors=errors)


def publish(engine: Engine, *blocks: ReleaseBlock) -> Release:
    return release_of(engine, [("a", "north", "shop"), ("b", "north", "shop")], *blocks)


def ask(**words: object) -> Question:
    return Question(measures=("strain",), **words)  # type: ignore[arg-type]


def where(**values: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((dim, (value,)) for dim, value in values.items())


def test_without_limits_the_first_view_answers(database: Engine) -> None:
    release = publish(database, block("2024-01"))
    found = answer(ask(), EVERYTHING, release)
    assert found.rows.select("n", "at_risk", "total_error", "risk_error").rows() == [
        (100, 22, 0.0, 0.0)
    ]
    assert (found.views, found.without, found.coverage) == ({"strain": SITES}, {}, 1.0)


def test_the_view_that_covers_more_answers(database: Engine) -> None:
    """By desk type the first view tells 20 at a desk, the second 40."""
    release = publish(database, block("2024-01"))
    found = answer(ask(where=where(desk_type="desk")), EVERYTHING, release)
    assert found.views == {"strain": WORK}
    assert found.rows.select("n", "total", "at_risk").rows() == [(40, 80.0, 9)]
    # 40 of the 94 in cells with somebody at a desk, times the 94 of 100 that the view tells.
    assert (found.coverage, found.withheld) == (0.4, True)
    others = answer(ask(where=where(desk_type="non_desk")), EVERYTHING, release)
    assert others.views == {"strain": SITES}
    assert others.rows["n"].item() == 30


def test_of_two_views_that_cover_as_much_the_first_answers(database: Engine) -> None:
    release = publish(database, block("2024-01"))
    found = answer(ask(by=("region",)), EVERYTHING, release)
    assert (found.views, found.coverage) == ({"strain": SITES}, 1.0)


def test_what_noise_adds_to_the_error_is_told(database: Engine) -> None:
    release = publish(database, block("2024-01"))
    found = answer(ask(by=("remote_band",)), EVERYTHING, release)
    assert found.rows.select("remote_band", "n", "total_error", "risk_error").rows() == [
        ("0 days", 79, 64.0, 3.6),
        ("3-4 days", 15, 32.0, 1.8),
    ]


def test_a_period_without_a_second_view_is_named_and_counts_as_missing(database: Engine) -> None:
    release = publish(database, block("2024-01"), block("2024-02", second=False))
    question = ask(by=("remote_band",))
    found = answer(question, EVERYTHING, release)
    assert found.without == {"strain": ("2024-02",)}
    assert found.rows.select("n", "periods", "coverage").rows() == [(79, 1, 0.45), (15, 1, 0.45)]
    assert found.coverage == 0.45
    (january,) = answer(
        ask(where=where(remote_band="3-4 days"), last="2024-01"), EVERYTHING, release
    ).rows["coverage"]
    assert january == 0.95
    nothing = answer(ask(where=where(remote_band="3-4 days"), first="2024-02"), EVERYTHING, release)
    assert nothing.rows.is_empty()
    assert (nothing.coverage, nothing.withheld) == (None, True)


def test_the_view_is_the_same_in_every_window(database: Engine) -> None:
    """In February only the first view tells anything, but a figure and its past rest on one."""
    release = publish(database, block("2024-01"), block("2024-02", second=False))
    for window in ("2024-01", "2024-02"):
        question = ask(where=where(desk_type="desk"), first=window, last=window)
        assert answer(question, EVERYTHING, release).views == {"strain": SITES}
    release = publish_again(database, release)
    for window in ("2024-01", "2024-02", "2024-03"):
        question = ask(where=where(desk_type="desk"), first=window, last=window)
        assert answer(question, EVERYTHING, release).views == {"strain": WORK}


def publish_again(engine: Engine, before: Release) -> Release:
    with Session(engine) as session:
        session.add(ReleaseNumber(number=before.number + 1))
        session.add(block("2024-03"))
        session.commit()
    return load(engine)


def test_late_answers_are_in_the_first_view_only_and_counted_as_missing(database: Engine) -> None:
    release = publish(database, block("2024-01", late=20))
    found = answer(ask(where=where(remote_band="3-4 days")), EVERYTHING, release)
    # 15 of 15, times the 94 of 160 that the second view tells.
    assert (found.coverage, found.withheld) == (0.6, True)


def test_dimensions_of_different_views_are_never_crossed(database: Engine) -> None:
    release = publish(database, block("2024-01"))
    crossed = ask(by=("location",), where=where(remote_band="0 days"))
    with pytest.raises(QuestionError, match="location, remote_band, but not by all at once"):
        answer(crossed, EVERYTHING, release)
    with pytest.raises(QuestionError, match="not by all at once"):
        answer(ask(by=("remote_band",)), Scope(frozenset({"a"})), release)
    assert not release.together("strain", ["kind", "tenure_band"])
    assert release.together("strain", ["region", "tenure_band"])


def test_a_measure_without_a_second_view_does_not_know_its_dimensions(database: Engine) -> None:
    release = publish(database, block("2024-01", second=False))
    assert not release.dims("strain") & {"remote_band", "tenure_band"}
    with pytest.raises(QuestionError, match="cannot be split by 'remote_band'"):
        answer(ask(by=("remote_band",)), EVERYTHING, release)


def test_each_measure_has_its_own_coverage(database: Engine) -> None:
    release = publish(database, block("2024-01"))
    found = answer(ask(where=where(remote_band="3-4 days")), EVERYTHING, release)
    own = found.only(("strain",))
    assert (own.coverage, own.withheld, own.rows["n"].item()) == (0.95, True, 15)
    assert (found.only(()).coverage, found.only(()).withheld) == (None, True)


def test_blocks_of_before_there_were_two_views_are_read_beside_new_ones(database: Engine) -> None:
    old = block("2023-12", second=False)
    dims = ("region", "location", "desk_type", "job_family", "team")
    cells = unpack(old.cells_data).select("cell", "people", *dims)
    values = unpack(old.values_data).cast({"at_risk": pl.UInt32})
    old.cells_data, old.values_data = pack(cells), pack(values)
    release = publish(database, old, block("2024-01"))
    assert answer(ask(), EVERYTHING, release).rows["n"].item() == 200


def test_each_subject_has_its_own_second_view(database: Engine) -> None:
    """That of the survey knows regions; that of the workforce does not."""
    dims = SUBJECTS["workforce"].dims
    rows = [
        {"view": SITES, "region": ["north"], "location": ["a"], "desk_type": ["desk"]},
        {"view": WORK, "desk_type": ["desk"], "contract_type": ["permanent"]},
    ]
    cells = pl.DataFrame(
        [
            {**{dim: [] for dim in dims}, "cell": number, "people": 40, **row}
            for number, row in enumerate(rows)
        ],
        schema=cells_schema(dims),
    )
    values = pl.DataFrame(
        [(number, "exits", 40, 3.0, None, None, False) for number in range(2)],
        schema=VALUES_SCHEMA,
        orient="row",
    )
    people = stored("2024-01", cells, values, subject="workforce")
    release = publish(database, block("2024-01"), people)
    assert release.together("strain", ["region", "remote_band"])
    assert not release.together("exits", ["region", "contract_type"])
    crossed = Question(("exits",), ("contract_type",), where(region="north"))
    with pytest.raises(QuestionError, match="contract_type, region, but not by all at once"):
        answer(crossed, EVERYTHING, release)
