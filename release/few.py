"""Numbers of people in records of a site, told so that one or two are never told apart from others.

Records of the staff network count people who did something, and what they wrote.
"""

from collections.abc import Iterator

import polars as pl

from release.blocks import Block
from release.partition import SMALLEST_MINIMUM

THREE = 3

BY_THREES = ("absence_spells", "network_active", "with_peer_contact", "with_manager_contact")
"""Measures that count people, or what one of them had."""

ACTIVE = "network_active"
WRITTEN = ("posts", "reactions", "replies")
LEAST_ACTIVE = 6
"""What was written is told where so many were active: told by threes, so at least five."""

LEAST_SITES = SMALLEST_MINIMUM
"""A site has a manager or two: what managers wrote is told of so many sites together."""


def by_threes(count: pl.Expr, of: pl.Expr) -> pl.Expr:
    """A number of people to the nearest multiple of three, at most the largest that fits in `of`.

    So 0 says none or one, and what is told is never more than there are; nobody and one, all and
    all but one, are told alike.
    """
    nearest = (count / THREE).round() * THREE
    return pl.min_horizontal(nearest, of // THREE * THREE).cast(pl.Float64)


def broken_rules(block: Block) -> Iterator[tuple[str, int]]:
    """The rules of this file with how often a block breaks each (`release.inspection.RULES`)."""
    values = block.values
    counted = values.filter(pl.col("measure").is_in(BY_THREES))
    beyond = (pl.col("total") > pl.col("n")) & (pl.col("measure") != "absence_spells")
    yield "spells", counted.filter((pl.col("total") % THREE != 0) | beyond).height
    if block.subject == "network":
        many = values.filter(pl.col("measure") == ACTIVE, pl.col("total") >= LEAST_ACTIVE)
        written = values.filter(pl.col("measure").is_in(WRITTEN))
        yield "few-active", written.join(many, on="cell", how="anti").height
    if block.subject == "network_managers":
        yield "managers", block.cells.filter(pl.col("location").list.len() < LEAST_SITES).height
