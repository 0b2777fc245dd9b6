"""Cells with lists of values become cells with group numbers, which are quick to filter and sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from release.periods import parse
from release.subjects import SUBJECTS

VIEWS = pl.Enum(list(dict.fromkeys(view.name for each in SUBJECTS.values() for view in each.views)))

_JOINT = "\x1f"
"""What parts the members of a list written as one text; no value of a file contains it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A published block with its frames."""

    subject: str
    period: str
    cells: pl.DataFrame
    values: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Groups:
    """The lists of values that cells have in one dimension, each list once.

    Attributes:
        count: how many lists; a cell holds the number of its list, from 0.
        members: `group` (UInt32) and `value`, a row per member. A cell whose source does not know
            the dimension has a list without members.
    """

    count: int
    members: pl.DataFrame

    def spread(self, groups: pl.Series, values: pl.Series) -> pl.Series:
        """Values of some groups as a series over all groups; null elsewhere."""
        every = pl.DataFrame({"group": pl.Series(range(self.count), dtype=pl.UInt32)})
        some = pl.DataFrame({"group": groups, "value": values})
        return every.join(some, on="group", how="left", maintain_order="left")["value"]


@dataclass(frozen=True, slots=True)
class Split:
    """A view of a measure.

    Attributes:
        view: its name.
        dims: the dimensions that its cells know.
        periods: those in which it tells the measure.
    """

    view: str
    dims: frozenset[str]
    periods: frozenset[str]


def splits(subjects: Iterable[str], facts: pl.DataFrame) -> tuple[Split, ...]:
    """The views of a measure in the order in which a question tries them, the first view first.

    Args:
        subjects: those that hold the measure; views of one name are one view.
        facts: its cells.
    """
    dims: dict[str, frozenset[str]] = {}
    for subject in subjects:
        for view in SUBJECTS[subject].views:
            known = frozenset(view.dims).intersection(facts.columns)
            dims[view.name] = dims.get(view.name, frozenset()) | known
    told: dict[str, set[str]] = {}
    for view_, period in facts.select("view", "period").unique().iter_rows():
        told.setdefault(view_, set()).add(period)
    return tuple(Split(name, dims[name], frozenset(told[name])) for name in dims if name in told)


def numbered(
    blocks: Iterable[Opened],
) -> tuple[dict[str, pl.DataFrame], dict[str, Groups], dict[str, tuple[Split, ...]]]:
    """All blocks as one frame per measure, and what the group numbers in it stand for.

    Returns:
        Per measure its cells: `period` (Enum in the order of time), `view`, a group number per
        dimension of its subject, and the sums; per dimension its `Groups`; and per measure its
        views.
    """
    by_subject: dict[str, list[Opened]] = {}
    for block in blocks:
        by_subject.setdefault(block.subject, []).append(block)
    periods = {block.period for each in by_subject.values() for block in each}
    timeline = pl.Enum(sorted(periods, key=parse))
    cells = [_together(each, timeline) for each in by_subject.values()]
    groups: dict[str, Groups] = {}
    for dim in sorted({dim for frame in cells for dim in _list_columns(frame)}):
        texts = [_texts(frame, dim) for frame in cells if dim in frame.columns]
        lists = pl.concat(texts).unique().sort().to_frame("text").with_row_index("group")
        groups[dim] = Groups(lists.height, _members(lists))
        cells = [_renumbered(frame, dim, lists) for frame in cells]
    facts: dict[str, pl.DataFrame] = {}
    holders: dict[str, list[str]] = {}
    for frame, (subject, each) in zip(cells, by_subject.items(), strict=True):
        for code, part in _by_measure(frame, each).items():
            facts[code] = pl.concat([facts[code], part], how="diagonal") if code in facts else part
            holders.setdefault(code, []).append(subject)
    views = {code: splits(subjects, facts[code]) for code, subjects in holders.items()}
    return facts, groups, views


def _together(blocks: Sequence[Opened], timeline: pl.Enum) -> pl.DataFrame:
    """The cells of a subject, in the order of its blocks, with their `period`."""
    return pl.concat(
        block.cells.drop("cell", "people").with_columns(
            pl.col("view").cast(VIEWS), period=pl.lit(block.period, timeline)
        )
        for block in blocks
    )


def _list_columns(frame: pl.DataFrame) -> list[str]:
    return [name for name, kind in frame.schema.items() if kind == pl.List(pl.String)]


def _texts(frame: pl.DataFrame, dim: str) -> pl.Series:
    return frame[dim].list.join(_JOINT)


def _members(lists: pl.DataFrame) -> pl.DataFrame:
    filled = lists.filter(pl.col("text") != "")
    return filled.select("group", value=pl.col("text").str.split(_JOINT)).explode("value")


def _renumbered(frame: pl.DataFrame, dim: str, lists: pl.DataFrame) -> pl.DataFrame:
    if dim not in frame.columns:
        return frame
    texts = _texts(frame, dim).to_frame("text")
    found = texts.join(lists, on="text", how="left", maintain_order="left")["group"]
    return frame.with_columns(found.alias(dim))


def _by_measure(cells: pl.DataFrame, blocks: Sequence[Opened]) -> dict[str, pl.DataFrame]:
    """The values of a subject by measure, with the period and the groups of their cells."""
    offset, shifted = 0, []
    for block in blocks:
        # A block numbers its cells from 0 in the order of its rows.
        shifted.append(block.values.with_columns(pl.col("cell").cast(pl.UInt32) + offset))
        offset += block.cells.height
    values = pl.concat(shifted)
    if values.is_empty():
        return {}
    return {
        str(code): pl.concat([part.drop("cell", "measure"), cells[part["cell"]]], how="horizontal")
        for (code,), part in values.partition_by("measure", as_dict=True).items()
    }
