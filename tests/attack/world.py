"""A small company whose every response carries a fingerprint, and what an attacker does with it.

Each response answers a few measures with 0 and one of them with a power of two of its own. The
total of any published group then spells out, bit by bit, which responses are in it: the attacker's
view is read from the answers themselves and not from what the release believes that it shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import hypot

import numpy as np
import polars as pl
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.cells import EVERYTHING, Question, Release, answer, load
from models.tables import ReleaseBlock, ReleasedLocation, ReleaseNumber
from release.blocks import Block, fingerprint, pack
from release.build import build
from release.leaves import leaf_counts
from release.subjects import SUBJECTS

BITS = 50
"""Fingerprints per measure: sums of distinct powers under 2^50 are exact in a double."""

PERIODS = ("2024-01", "2024-02", "2024-03")
DIMS = SUBJECTS["survey"].first.dims
MINIMUM = 11
ROUNDING = 1e-9
"""Far more than sums of a few hundred terms lose: what comes nearer counts as singled out."""


@dataclass(frozen=True)
class World:
    """Responses (one row each, with its fingerprint) and the sites they come from."""

    responses: pl.DataFrame
    measures: tuple[str, ...]
    sites: pl.DataFrame

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """Per dimension what a question may ask for, sorted."""
        dims = ("region", "location", "desk_type", "job_family", "team")
        found = {dim: self.responses[dim] for dim in dims} | {"kind": self.sites["kind"]}
        return {dim: values.unique().sort().to_list() for dim, values in found.items()}


def make(rng: np.random.Generator, people: int = 350) -> World:
    """Three waves over 14 sites in 4 regions, among them sites of a few people."""
    weights = np.array([70, 60, 55, 45, 40, 35, 30, 20, 15, 10, 8, 5, 4, 3], dtype=float)
    sites = pl.DataFrame(
        {
            "location": [f"site-{number:02d}" for number in range(len(weights))],
            "region": [f"region-{number % 4}" for number in range(len(weights))],
            "kind": [["shop", "office", "day care"][number % 3] for number in range(len(weights))],
        }
    )
    waves = [_wave(rng, period, people, weights) for period in PERIODS]
    rows = pl.concat(waves).join(sites.drop("kind"), on="location")
    count = -(-rows.height // BITS)
    measures = tuple(f"print-{number:02d}" for number in range(count))
    position = np.arange(rows.height)
    prints = {
        code: np.where(position // BITS == number, 2.0 ** (position % BITS), 0.0)
        for number, code in enumerate(measures)
    }
    return World(
        rows.with_columns(**{code: pl.Series(prints[code]) for code in measures}), measures, sites
    )


def _wave(rng: np.random.Generator, period: str, people: int, weights: np.ndarray) -> pl.DataFrame:
    place = rng.choice(len(weights), people, p=weights / weights.sum())
    desk = rng.choice(["desk", "non_desk", "hybrid"], people, p=[0.15, 0.8, 0.05])
    family = rng.choice(["sales", "care", "service", "manager"], people, p=[0.5, 0.2, 0.2, 0.1])
    return pl.DataFrame(
        {
            "period": [period] * people,
            "location": [f"site-{number:02d}" for number in place],
            "desk_type": desk,
            "job_family": family,
            "team": [
                f"team-{number}-{part}"
                for number, part in zip(place, rng.integers(0, 3, people), strict=True)
            ],
        }
    )


def released(world: World, minimum: int = MINIMUM) -> list[Block]:
    """The survey blocks of the world."""
    leaves = leaf_counts(world.responses, ("period", *DIMS), world.measures)
    return build("survey", leaves, DIMS, minimum)


def publish(engine: Engine, world: World, blocks: Iterable[Block], version: int = 1) -> Release:
    """Put blocks out, in the place of earlier versions, and read them as a screen does."""
    with Session(engine) as session:
        session.add(ReleaseNumber(number=version))
        for old in session.exec(select(ReleaseBlock)).all():
            old.state = "superseded"
        for block in blocks:
            cells, values = pack(block.cells), pack(block.values)
            session.add(
                ReleaseBlock(
                    subject=block.subject,
                    period=block.period,
                    version=version,
                    state="published",
                    minimum=MINIMUM,
                    watermark=version,
                    release=version,
                    cells=block.cells.height,
                    smallest=block.smallest,
                    people=block.people,
                    withheld=list(block.withheld),
                    sha256=fingerprint(cells, values),
                    cells_data=cells,
                    values_data=values,
                )
            )
        for row in world.sites.iter_rows(named=True):
            session.merge(
                ReleasedLocation(
                    location_id=row["location"],
                    name=row["location"],
                    region=row["region"],
                    kind=row["kind"],
                )
            )
        session.commit()
    return load(engine)


def random_question(rng: np.random.Generator, world: World) -> Question:
    """A grouping by up to three dimensions, up to three filters, a window or none."""
    dims = ["region", "location", "kind", "desk_type", "job_family", "team"]
    by = rng.choice(["period", *dims], rng.integers(0, 4), replace=False)
    where = []
    for dim in rng.choice(dims, rng.integers(0, 4), replace=False):
        options = world.values[dim]
        few = rng.choice(options, rng.integers(1, min(len(options), 6) + 1), replace=False)
        where.append((str(dim), tuple(str(value) for value in few)))
    first, last = sorted(rng.choice(len(PERIODS), 2))
    window = rng.random() < 0.5
    return Question(
        measures=world.measures,
        by=tuple(str(dim) for dim in by),
        where=tuple(where),
        first=PERIODS[first] if window else None,
        last=PERIODS[last] if window else None,
    )


def groups_in(question: Question, world: World, release: Release) -> set[int]:
    """The sets of responses, as bit masks, that the rows of an answer are sums over."""
    rows = answer(question, EVERYTHING, release).rows
    keys = list(question.by)
    masks: dict[tuple, int] = {}
    number = {code: position for position, code in enumerate(world.measures)}
    for row in rows.select(*keys, "measure", "total").iter_rows():
        group = row[:-2]
        bits = int(row[-1]) << (BITS * number[row[-2]])
        masks[group] = masks.get(group, 0) | bits
    return set(masks.values())


def isolable(groups: Sequence[int], responses: int, minimum: int) -> list[int]:
    """Sizes of groups under the minimum that some combination of published sums singles out.

    Responses that are in the same published groups cannot be told apart, so they form atoms, and
    every combination of sums weighs an atom as a whole. Where no atom is smaller than the minimum
    nothing is isolable. Else a set of small atoms is isolable when a vector that is zero outside
    it lies in the space of the sums.
    """
    width = (responses + 7) // 8
    packed = np.frombuffer(
        b"".join(group.to_bytes(width, "little") for group in groups), dtype=np.uint8
    ).reshape(len(groups), width)
    table = np.unpackbits(packed, axis=1, bitorder="little")[:, :responses]
    seen = table[:, table.any(axis=0)]
    atoms, sizes = np.unique(seen, axis=1, return_counts=True)
    small = np.flatnonzero(sizes < minimum)
    if not small.size:
        return []
    space = _basis(atoms.astype(float))
    # A vector lies in the space when projecting on it keeps its length: some vector that is zero
    # outside the chosen atoms does when their block of the projection has the eigenvalue 1.
    projection = space.T @ space
    found = []
    for count in (1, 2):
        for chosen in combinations([int(atom) for atom in small], count):
            size = int(sizes[list(chosen)].sum())
            if size < minimum and _longest(projection, chosen) > 1 - ROUNDING:
                found.append(size)
    return found


def _longest(projection: np.ndarray, chosen: Sequence[int]) -> float:
    """The largest eigenvalue of a symmetric block of one or two rows."""
    first, last = chosen[0], chosen[-1]
    ends = float(projection[first, first]), float(projection[last, last])
    if first == last:
        return ends[0]
    return sum(ends) / 2 + hypot((ends[0] - ends[1]) / 2, float(projection[first, last]))


def _basis(rows: np.ndarray) -> np.ndarray:
    """Orthonormal rows that span the same space."""
    _, weights, directions = np.linalg.svd(rows, full_matrices=False)
    return directions[weights > weights[0] * 1e-9]
