"""Whether finished blocks keep the rules of the release, judged from the cells alone.

For an installation that takes in blocks that others made: it trusts nothing that is said about
them and counts again. `release.versions` says when a later version may follow an earlier one.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from release import records_inspection
from release.blocks import VALUES_SCHEMA, Block, cells_schema
from release.brought import Extremes, tells_of_everyone
from release.build import settle
from release.durations_inspection import RULES as RULES_OF_DURATIONS
from release.durations_inspection import broken
from release.few import broken_rules
from release.subjects import SITES, SUBJECTS, Subject, View
from release.telling import NEARLY_ALL

LONGEST_VALUE = 200
"""Of a value of a dimension, in characters: the data contract's longest code."""

ROUNDING = 1e-12
"""Under this part of the squared sum, a spread is nothing but rounding."""

NOISE = 10
"""People in a cell, told with noise, are hardly ever further from the truth than this."""

TOLERANCE = 1e-9
"""Sums may lie so far, as a part of themselves, outside what answers could have."""

YES = 100
"""What a yes counts for; a no counts for nothing."""

RULES: Mapping[str, str] = {
    "subject": "is of no subject that is known here",
    "columns": "has columns or types that a block does not have",
    "numbering": "has cells that are not numbered from 0, or values of a cell that is not there",
    "view": "has cells of a view that its subject does not have",
    "twice": "has a measure twice in one cell",
    "empty": "has an empty place where something must stand",
    "not-a-number": "has a number that is infinite or none",
    "value-text": "has a value of a dimension that is empty, too long or has control characters",
    "measure": "has a measure that does not belong to this subject",
    "people-under-minimum": "has cells of fewer people than the minimum",
    "n-under-minimum": "has figures that fewer people answered than the minimum",
    "n-over-people": "has figures with more answers than the cell has people",
    "overlap": "has cells that the same people could be in",
    "at-risk": "tells how many are not at risk, where they are fewer than three",
    "at-least": "tells more than 'this many or more' of a cell where nearly all are at risk",
    "alike": "tells what each person of a cell answered: all answered alike, or nearly so",
    "parts": "has figures of people without what shows how far their answers differ",
    "scale": "has sums that lie outside the scale",
    "spread": "has sums of squares that no answers could have",
    "yes-no": "tells something else of a yes or no than how many said yes",
    "noise": "tells of a second view that nearly all of a cell are at risk: that is never told",
    "no-cut-off": "tells how many are at risk by a measure that has no cut-off",
    "spells": "tells spells of sick leave, or people on the staff network, one by one instead of "
    "by threes",
    "few-active": "tells what was written on the staff network where hardly anybody was there",
    "managers": "tells what managers wrote of fewer than five sites",
    "idea": "has an idea that is told with more than its place, theme, month and steps",
    **records_inspection.RULES,
    **RULES_OF_DURATIONS,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a block breaks, and in how many places."""

    rule: str
    count: int

    @property
    def message(self) -> str:
        return RULES[self.rule]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of measures, wherever a block comes from.

    Attributes:
        of_subject: the codes that each subject may hold.
        personal: the measures that people answered about themselves.
        ends: of the measures' scales.
        cut_off: the measures of which a number of people is at risk.
        own: the company's own measures; a block may be older than their cut-off.
        yes_no: the measures of which those who say yes are at risk.
    """

    of_subject: Mapping[str, Collection[str]]
    personal: Collection[str] = ()
    ends: Mapping[str, Extremes] = field(default_factory=dict)
    cut_off: Collection[str] = ()
    own: Collection[str] = ()
    yes_no: Collection[str] = ()


def faults(block: Block, minimum: int, known: Known) -> list[Fault]:
    """Every rule that a block breaks; empty when it may be shown.

    Args:
        block: cells and values, of any origin.
        minimum: k of the side that judges.
        known: the measures.
    """
    subject = SUBJECTS.get(block.subject)
    if subject is None:
        return [Fault("subject", 1)]
    for step in (_form, _order):
        found = [fault for fault in step(block, subject) if fault.count]
        if found:
            # What follows counts on it.
            return found
    if subject.durations:
        told = [Fault(rule, count) for rule, count in broken(block, minimum)]
        return [fault for fault in (*_measures(block, known), *told) if fault.count]
    judged = [
        *_measures(block, known),
        *(_ideas(block) if subject.name == "ideas" else _sizes(block, minimum)),
        Fault("overlap", _overlaps(block, subject)),
        *_second(block),
        *_told(block, minimum, known),
    ]
    return [fault for fault in judged if fault.count]


def _form(block: Block, subject: Subject) -> Iterator[Fault]:
    right = ((block.cells, cells_schema(subject.dims)), (block.values, VALUES_SCHEMA))
    yield Fault("columns", sum(list(f.schema.items()) != [*s.items()] for f, s in right))


def _order(block: Block, subject: Subject) -> Iterator[Fault]:
    cells, values = block.cells, block.values
    numbered = cells["cell"].equals(pl.Series("cell", range(cells.height), dtype=pl.UInt32))
    strange = values.join(cells, on="cell", how="anti").height
    yield Fault("numbering", int(not numbered) + strange)
    views = [view.name for view in subject.views]
    yield Fault("view", int((~cells["view"].is_in(views)).sum()))
    yield Fault("twice", int(values.select("cell", "measure").is_duplicated().sum()))
    needed = values.select("cell", "measure", "n", "at_least")
    yield Fault(
        "empty",
        sum(series.null_count() for series in (*cells.get_columns(), *needed.get_columns()))
        + cells.filter(
            pl.col("view") == SITES, pl.col(_always_told(subject)).list.len() == 0
        ).height
        + sum(_told_beyond(cells, view, subject) for view in subject.views),
    )
    numbers = values.select("total", "squares")
    yield Fault("not-a-number", sum(int((~s.is_finite()).sum()) for s in numbers))
    yield Fault("value-text", sum(_strange_texts(cells[dim]) for dim in subject.dims))


def _always_told(subject: Subject) -> str:
    """The dimension that every cell of a first view tells: the site, where there are sites."""
    dims = subject.first.dims
    return "location" if "location" in dims else dims[0]


def _told_beyond(cells: pl.DataFrame, view: View, subject: Subject) -> int:
    """Cells of a view that tell a dimension of the other one: then the two would be joined."""
    others = [dim for dim in subject.dims if dim not in view.dims]
    beyond = pl.any_horizontal(pl.lit(value=False), *(pl.col(dim).list.len() > 0 for dim in others))
    return cells.filter(pl.col("view") == view.name, beyond).height


def _strange_texts(lists: pl.Series) -> int:
    members = lists.explode(empty_as_null=False)
    strange = members.to_frame("text").filter(strange_text(pl.col("text"))).height
    again = int((lists.list.len() != lists.list.n_unique()).sum())
    return strange + again


def strange_text(text: pl.Expr) -> pl.Expr:
    """Whether a text is missing, empty, too long, or has control characters."""
    return (
        text.is_null()
        | (text.str.len_chars() == 0)
        | (text.str.len_chars() > LONGEST_VALUE)
        | text.str.contains(r"\p{C}")
    )


def _measures(block: Block, known: Known) -> Iterator[Fault]:
    allowed = list(known.of_subject.get(block.subject, ()))
    codes = pl.concat([block.values["measure"], pl.Series(block.withheld, dtype=pl.String)])
    yield Fault("measure", int((~codes.is_in(allowed)).sum()))


def _sizes(block: Block, minimum: int) -> Iterator[Fault]:
    told = block.values.join(block.cells.select("cell", "people"), on="cell")
    yield Fault("people-under-minimum", block.cells.filter(pl.col("people") < minimum).height)
    yield Fault("n-under-minimum", told.filter(pl.col("n") < minimum).height)
    yield Fault("n-over-people", told.filter(pl.col("n") > pl.col("people")).height)


def _ideas(block: Block) -> Iterator[Fault]:
    """An idea stands alone, and says nothing of people: no minimum holds for it."""
    cells, values = block.cells, block.values
    strange = cells.filter(
        (pl.col("people") != 0)
        | (pl.col("idea").list.len() != 1)
        | (pl.col("theme").list.len() > 1)
        | (pl.col("customer_related").list.len() > 1)
    )
    told = values.filter(
        (pl.col("n") != 1)
        | pl.col("at_risk").is_not_null()
        | ~pl.col("total").is_in([0.0, 1.0, 100.0]).fill_null(value=False)
        | (pl.col("squares") != pl.col("total") ** 2).fill_null(value=True)
    )
    yield Fault("idea", strange.height + told.height)


def _second(block: Block) -> Iterator[Fault]:
    """What can be judged of a second view: its cells were joined, so their lists may overlap.

    Whether the two views give a small group away cannot be told from the cells: that takes the
    answers. It is what the sender's signature stands for (`release.audit`).
    """
    second = block.cells.filter(pl.col("view") != SITES)
    # Of a whole population the people of each cell are told with noise.
    room = NOISE * second.height if SUBJECTS[block.subject].counts else 0
    yield Fault("overlap", int(int(second["people"].sum()) > block.people + room))
    told = block.values.join(second, on="cell", how="semi")
    yield Fault("noise", told.filter("at_least").height)


def _overlaps(block: Block, subject: Subject) -> int:
    """Pairs of cells of the first view that no dimension tells apart; an empty list may be any.

    Ready-made figures stand beside each other measure by measure. Where sites are pooled by
    headcount, the lists of a cell of several sites can reach over another cell's: which sites were
    kept whole is not told. Such a pair counts only when both are of one site.
    """
    cells = block.cells.filter(pl.col("view") == SITES).select("cell", *subject.first.dims)
    told = _always_told(subject)
    at = cells.select("cell", told).explode(told)
    if subject.name == "group":
        at = at.join(block.values.select("cell", "measure"), on="cell")
    both = [name for name in at.columns if name != "cell"]
    pairs = (
        at.join(at, on=both, suffix=" too")
        .filter(pl.col("cell") < pl.col("cell too"))
        .select("cell", "cell too")
        .unique()
        .join(cells, on="cell")
        .join(cells, left_on="cell too", right_on="cell", suffix=" too")
    )
    if subject.by_place:
        one_site = (pl.col("location").list.len() == 1) & (pl.col("location too").list.len() == 1)
        pairs = pairs.filter(one_site)
    for dim in subject.first.dims:
        meet = pl.col(dim).list.set_intersection(f"{dim} too").list.len() > 0
        anything = (pl.col(dim).list.len() == 0) | (pl.col(f"{dim} too").list.len() == 0)
        pairs = pairs.filter(meet | anything)
    return pairs.height


def _told(block: Block, minimum: int, known: Known) -> Iterator[Fault]:
    """What the values say of people, against what the release says of them."""
    values = block.values
    others = pl.col("n").cast(pl.Int64) - pl.col("at_risk")
    yield Fault(
        "at-risk",
        values.filter(~pl.col("at_least") & (others <= NEARLY_ALL).fill_null(value=False)).height,
    )
    said_more = pl.col("total").is_not_null() | pl.col("squares").is_not_null()
    two_left = (others == NEARLY_ALL).fill_null(value=False)
    yield Fault("at-least", values.filter(pl.col("at_least") & (said_more | ~two_left)).height)
    if block.subject == "ideas":
        return
    without = ~pl.col("measure").is_in([*known.cut_off, *known.own])
    yield Fault("no-cut-off", values.filter(without & pl.col("at_risk").is_not_null()).height)
    yield from _sums(block, known)
    values = values.join(block.cells.filter(pl.col("view") == SITES), on="cell", how="semi")
    # A number at risk says nothing of a measure that has no cut-off.
    judged = pl.col("measure").is_in(list(known.cut_off))
    enough = values.filter(pl.col("n") >= minimum).with_columns(
        at_risk=pl.when(judged).then("at_risk")
    )
    alike = enough.height - settle(enough, minimum, known.personal).height
    if block.subject == "group":
        n, total, squares = pl.col("n"), pl.col("total"), pl.col("squares")
        no_spread = (n * squares - total**2).abs() <= ROUNDING * total**2
        figures = values.with_columns(value=total / n, sd=pl.when(no_spread).then(0.0))
        alike = figures.filter(tells_of_everyone(known.ends)).height
    yield Fault("alike", alike)
    of_records = (*broken_rules(block), *records_inspection.broken(block))
    yield from (Fault(rule, count) for rule, count in of_records)


def _sums(block: Block, known: Known) -> Iterator[Fault]:
    """Whether sums are such that answers could have them, and tell enough to be judged.

    Noise may carry the sums of a second view beyond their scale.
    """
    values = block.values
    exact = values.join(block.cells.filter(pl.col("view") == SITES), on="cell", how="semi")
    measure, n, total, squares = (pl.col(name) for name in ("measure", "n", "total", "squares"))
    asked = measure.is_in(list(known.personal))
    lone = total.is_null() != squares.is_null()
    bare = measure.is_in(sorted({*known.cut_off} - {*known.own})) & pl.col("at_risk").is_null()
    if block.subject != "group":
        yield Fault("parts", values.filter(asked & (lone | (total.is_not_null() & bare))).height)
    yes = YES * pl.col("at_risk").cast(pl.Float64)
    more = (total != yes) | (squares != YES * yes)
    told = exact.filter(measure.is_in(list(known.yes_no)))
    yield Fault("yes-no", told.filter(more.fill_null(value=False)).height)
    low, high = (
        measure.replace_strict(
            {code: getattr(each, end) for code, each in known.ends.items()},
            default=None,
            return_dtype=pl.Float64,
        )
        for end in ("low", "high")
    )
    room = TOLERANCE * (1 + total.abs())
    outside = (total < low * n - room).fill_null(value=False) | (total > high * n + room).fill_null(
        value=False
    )
    yield Fault("scale", exact.filter(outside).height)
    room = TOLERANCE * (1 + total**2)
    no_such = n * squares < total**2 - room
    if block.subject != "group":
        # No answer lies beyond an end: (answer - low) x (high - answer) is never negative.
        most = (low + high) * total - n * low * high
        no_such = no_such.fill_null(value=False) | (
            n * squares > n * most + room + TOLERANCE * n * most.abs()
        ).fill_null(value=False)
    yield Fault("spread", exact.filter(no_such).height)
