"""What the second view tells: noise of the size that is said, which excludes nothing."""

from math import exp

import numpy as np
import polars as pl
import pytest

from release.blocks import VALUES_SCHEMA
from release.telling import (
    COLLEAGUE,
    PERSON,
    Noise,
    Range,
    answers_with_noise,
    bounds,
    counts_with_noise,
)

NOISE = Noise(bytes(range(32)), "survey\x1f2024-01")
COUNT = 20_000


def drawn(range_: Range, count: int = COUNT) -> np.ndarray:
    return np.array([NOISE.of(f"number {place}", range_) for place in range(count)])


@pytest.mark.parametrize("range_", [Range(1, 5), Range(-100, 100), PERSON, COLLEAGUE])
def test_the_noise_is_as_large_as_one_answer_and_right_on_average(range_: Range) -> None:
    found = drawn(range_)
    spread = range_.error**0.5
    assert abs(found.mean()) < 4 * spread / COUNT**0.5
    assert found.std() == pytest.approx(spread, rel=0.05)


def test_one_more_or_less_makes_a_number_at_most_e_times_likelier() -> None:
    sizes, counts = np.unique(drawn(PERSON), return_counts=True)
    often = {int(size): count for size, count in zip(sizes, counts, strict=True) if count > 200}
    assert set(often) >= {-3, -2, -1, 0, 1, 2, 3}
    for size in (-3, -2, -1, 1, 2, 3):
        nearer = often[size + (1 if size < 0 else -1)]
        assert nearer / often[size] == pytest.approx(exp(1), rel=0.15)


def test_nobody_without_the_key_can_repeat_it() -> None:
    one = Range(0, 1)
    assert NOISE.of("a", one) == Noise(NOISE.key, NOISE.about).of("a", one)
    others = [Noise(bytes(32), NOISE.about), Noise(NOISE.key, "survey\x1f2024-02")]
    drawn_ones = {each.of("a", one) for each in (NOISE, *others)} | {NOISE.of("b", one)}
    assert len(drawn_ones) == 4


def values(*rows: tuple) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=VALUES_SCHEMA, orient="row")


def test_answers_are_told_with_the_spread_of_the_company() -> None:
    first = values((0, "strain", 100, 250.0, 725.0, 20, False))
    true = values(*((cell, "strain", 50, 130.0, 400.0, 9, False) for cell in range(400)))
    told = answers_with_noise(true, first, {"strain": Range(1, 5)}, NOISE)
    assert told["n"].to_list() == [50] * 400
    assert np.mean(told["total"].to_numpy()) == pytest.approx(130, abs=4 * (32 / 400) ** 0.5)
    assert np.mean(told["at_risk"].to_numpy()) == pytest.approx(
        9, abs=4 * (PERSON.error / 400) ** 0.5
    )
    # The company's variance is 7.25 - 2.5^2 = 1.
    spread = told["squares"] / 50 - (told["total"] / 50) ** 2
    assert spread.to_numpy() == pytest.approx(np.ones(400))
    assert not told["at_least"].any()


def test_the_order_of_what_is_told_first_does_not_change_a_bit() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(1, 5, (5_000, 12))
    first = values(
        *((cell, "strain", 12, *sums, 3, False)
          for cell, sums in enumerate(zip(scores.sum(1), (scores**2).sum(1), strict=True)))
    )  # fmt: skip
    true = first.head(400)

    def told(rows: pl.DataFrame) -> pl.DataFrame:
        return answers_with_noise(true, rows, {"strain": Range(1, 5)}, NOISE)

    expected = told(first)
    for seed in range(5):
        assert told(first.sample(fraction=1, shuffle=True, seed=seed)).equals(expected)


def test_what_has_no_cut_off_range_or_spread_gets_none() -> None:
    first = values((0, "pride", 100, 250.0, 725.0, None, False))
    true = values((1, "own", 50, 130.0, 400.0, None, False), (1, "pride", 9, 9.0, 9.0, None, False))
    told = answers_with_noise(true, first, {"own": Range(1, 5)}, NOISE)
    assert told.select("n", "total", "squares", "at_risk").rows() == [
        (50, None, None, None),
        (9, None, None, None),
    ]


def test_of_nearly_all_no_more_is_told_than_n_less_three() -> None:
    true = values(*((cell, "strain", 12, 60.0, 300.0, 12, False) for cell in range(300)))
    told = answers_with_noise(true, true, {"strain": Range(1, 5)}, NOISE)
    assert (told["at_risk"] <= 9).all()
    assert (told["at_risk"] == 9).any()
    assert not told["at_least"].any()


def test_counts_are_told_with_noise_in_every_number() -> None:
    true = values(
        *(
            (cell, code, 20, 3.0, None, None, False)
            for cell in range(300)
            for code in ("exits", "x")
        )
    )
    told = counts_with_noise(true, 11, {"exits": COLLEAGUE}, NOISE)
    exits = told.filter(pl.col("measure") == "exits")
    assert np.mean(exits["total"].to_numpy()) == pytest.approx(
        3, abs=4 * (COLLEAGUE.error / 300) ** 0.5
    )
    assert set(exits["total"]) >= {2.0, 3.0, 4.0}
    assert told.group_by("cell").agg(pl.col("n").n_unique())["n"].to_list() == [1] * 300
    assert set(told["n"]) >= {19, 20, 21}
    assert (told["n"] >= 11).all()


def test_noise_excludes_nothing_and_exact_numbers_everything_else() -> None:
    true = pl.DataFrame({"cell": [0, 1, 2], "n": [20, 20, 20], "at_risk": [0, 17, 18]})
    assert bounds(true, exact=True).rows() == [(0, 0, 0), (1, 17, 17), (2, 18, 20)]
    assert bounds(true, exact=False).rows() == [(0, 0, 20), (1, 0, 20), (2, 0, 20)]
