"""What the second view tells of a measure: true numbers with a little noise that nobody can undo.

The first view tells exact sums. A second one that did so too would say of many small groups how
many in them are at risk: a yes is a yes, so numbers that leave no other possibility settle it.
Rounding leaves gaps at its edges, and refusing to tell where they would show is an answer as well.
A number with noise that could be any leaves every possibility open, whatever the answers are: so
nothing has to be refused because of them.

The noise of each number is as large as one person's answer: whatever somebody answered, what is
told would have been at most e times more likely had it been something else (Dwork, McSherry, Nissim
and Smith 2006; for whole numbers Ghosh, Roughgarden and Sundararajan 2009).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

import polars as pl

NEARLY_ALL = 2
"""Where n-2 or more of n are at risk, a cell says so and no more."""

DECIMALS = 2
"""Of a told sum: more would only spell out the noise."""

SPREAD_DECIMALS = 6
"""Of a sum of squares: the last bits depend on the order in which the company was added up."""


def nearly_all(at_risk: pl.Expr, n: pl.Expr) -> pl.Expr:
    """Whether n-2 or more of `n` are at risk; null without a cut-off."""
    return at_risk.cast(pl.Int64) + NEARLY_ALL >= n.cast(pl.Int64)


@dataclass(frozen=True, slots=True)
class Range:
    """What one person can add to the sum of a measure, and how much noise there is on a told sum.

    Attributes:
        low, high: from the least to the most.
        whole: nothing but whole numbers; then `high` is one more than `low`.
        part: the noise is as large as this part of one person's: what is told is at most
            e^(1/part) times likelier for the one than for the other.
    """

    low: float
    high: float
    whole: bool = False
    part: float = 1.0

    @property
    def scale(self) -> float:
        """Of the noise: its size is more than s with a chance of e^(-s/scale), or about that."""
        return (self.high - self.low) * self.part

    @property
    def error(self) -> float:
        """The variance of the noise: 2 scale^2; of whole numbers 2a/(1-a)^2, a = e^(-1/scale)."""
        if not self.whole:
            return 2 * self.scale**2
        ratio = exp(-1 / self.scale)
        return 2 * ratio / (1 - ratio) ** 2


PERSON = Range(0, 1, whole=True)
"""A number of people at risk: noise of variance 1.84."""

COLLEAGUE = Range(0, 1, whole=True, part=0.5)
"""A number of people who work somewhere: it hides a change of contract, no answer. 0.36."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Noise that whoever has the key can repeat, and nobody else can know.

    Attributes:
        key: a secret of the side that holds the answers.
        about: what it is used for, so that no two numbers have the same.
    """

    key: bytes
    about: str

    def of(self, name: str, range_: Range) -> float:
        """The noise on one number: two-sided geometric for whole numbers, else Laplace's."""
        scale = range_.scale
        if not scale:
            return 0.0
        up, share = self._draw(name)
        size = _geometric(share, scale) if range_.whole else -log(share) * scale
        return size if up else -size

    def _draw(self, name: str) -> tuple[bool, float]:
        """A toss, and a number above 0 and up to 1."""
        text = f"{self.about}\x1f{name}".encode()
        digest = hashlib.blake2b(text, key=self.key[:64], digest_size=9).digest()
        return bool(digest[8] & 1), (int.from_bytes(digest[:8], "big") + 1) / 2**64


def _geometric(share: float, scale: float) -> int:
    """The size of two-sided geometric noise: P(0) = (1-a)/(1+a), P(s) = 2 a^s (1-a)/(1+a)."""
    ratio = exp(-1 / scale)
    some = 2 * ratio / (1 + ratio)
    return 0 if share > some else 1 + int(-log(share / some) * scale)


def bounds(values: pl.DataFrame, *, exact: bool) -> pl.DataFrame:
    """What a reader knows for sure of the true number at risk of each cell.

    Args:
        values: `cell`, `n` and the true `at_risk`.
        exact: the numbers are told as they are; else with noise, which excludes none.

    Returns:
        `cell`, `least` and `most`: equal where the number is told, apart where all that is said is
        that nearly all are at risk, and nobody and everybody where there is noise.
    """
    n, true = pl.col("n").cast(pl.Int64), pl.col("at_risk").cast(pl.Int64)
    if not exact:
        return values.select("cell", least=pl.lit(0, pl.Int64), most=n)
    vague = nearly_all(true, n)
    return values.select(
        "cell",
        least=pl.when(vague).then(n - NEARLY_ALL).otherwise(true),
        most=pl.when(vague).then(n).otherwise(true),
    )


def answers_with_noise(
    values: pl.DataFrame, first: pl.DataFrame, ranges: Mapping[str, Range], noise: Noise
) -> pl.DataFrame:
    """What a second view tells of answers: n, and the number at risk and the sum with noise.

    The sum of squares is what the cell would have with the spread of the whole company, as the
    first view tells it. Where that is not told, or a measure has no range, the sum is empty.
    Noise may carry a number at risk below nobody, so that sums over cells are right on average; at
    most n-3 are told.

    Args:
        values: `release.blocks.VALUES_SCHEMA`, the true ones.
        first: those that the first view tells, of the same period.
        ranges: per measure what one answer can be.
        noise: of this subject and period.
    """
    known = (
        first.drop_nulls(["total", "squares"])
        .group_by("measure")
        .agg(pl.col("n", "total", "squares").sum())
    )
    variance = pl.col("squares") / pl.col("n") - (pl.col("total") / pl.col("n")) ** 2
    spreads = known.select("measure", variance=variance.clip(lower_bound=0))
    ranged = pl.col("measure").is_in(list(ranges))
    told = (
        values.join(spreads, on="measure", how="left", maintain_order="left")
        .with_columns(
            total=pl.when(ranged & pl.col("variance").is_not_null()).then(
                (pl.col("total") + _noise(values, "sum", ranges, noise)).round(DECIMALS)
            ),
            at_risk=pl.min_horizontal(
                pl.col("at_risk") + _noise(values, "at risk", {"": PERSON}, noise).cast(pl.Int32),
                pl.when(pl.col("at_risk").is_not_null()).then(
                    pl.col("n").cast(pl.Int32) - NEARLY_ALL - 1
                ),
            ),
            at_least=pl.lit(value=False),
        )
        .with_columns(
            squares=(
                (pl.col("variance") + (pl.col("total") / pl.col("n")) ** 2) * pl.col("n")
            ).round(SPREAD_DECIMALS)
        )
    )
    return told.select(values.columns).cast(dict(values.schema))  # type: ignore[arg-type]


def counts_with_noise(
    values: pl.DataFrame, minimum: int, ranges: Mapping[str, Range], noise: Noise
) -> pl.DataFrame:
    """What a second view tells of a whole population: every number of it with noise.

    Who works there changes by one or two from month to month, so that exact numbers of two months
    would tell of them. Noise may carry a sum below 0, so that sums over cells are right on average.

    Args:
        values: `release.blocks.VALUES_SCHEMA`, the true ones.
        minimum: k: no cell is said to have fewer people.
        ranges: per measure what one person can add to its sum.
        noise: of this subject and period.
    """
    people = values.with_columns(measure=pl.lit(""))
    told = pl.col("n").cast(pl.Int64) + _noise(people, "people", {"": COLLEAGUE}, noise).cast(
        pl.Int64
    )
    return values.with_columns(
        n=told.clip(lower_bound=minimum).cast(pl.UInt32),
        total=(pl.col("total") + _noise(values, "sum", ranges, noise)).round(DECIMALS),
    )


def _noise(values: pl.DataFrame, what: str, ranges: Mapping[str, Range], noise: Noise) -> pl.Series:
    """The noise on one number of each row; 0 for a measure without a range.

    The range of "" is that of every measure.
    """
    common = ranges.get("")
    drawn = []
    for cell, measure in values.select("cell", "measure").iter_rows():
        range_ = common or ranges.get(measure)
        drawn.append(noise.of(f"{what}\x1f{cell}\x1f{measure}", range_) if range_ else 0.0)
    return pl.Series("noise", drawn, dtype=pl.Float64)
