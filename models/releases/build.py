"""Building drafts: only what is due, the rest stays as it is."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import polars as pl

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models import raw
from models.releases import groups, spent
from models.releases.gathering import Gathering
from models.releases.repeats import Repeats
from models.releases.sources import SOURCES, Source, count, personal_measures, with_staff
from models.releases.store import Draft, Stored, opened, settled, stored
from release.blocks import Block
from release.periods import Grain, parse
from release.versions import extend

AT_ONCE = 6
"""Periods gathered together: memory stays bounded however long the history is."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for periods that are not published yet.

    Attributes:
        minimum: k, the fewest people in a cell.
        grain: the length of the periods of what comes by day (feedback, cases, workforce, ideas).
    """

    minimum: int
    grain: Grain = "month"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; each entry is a (subject, period).

    Attributes:
        drafts: built anew, ready to publish.
        grown: published periods with late additions, a new version ready to publish.
        waiting: published periods whose late or corrected rows have to wait.
        refused: periods that overlap others of their subject, or hold the answers of another wave
            once more, and are not released.
        valid: every period that may have a draft; any other draft is out of date.
        seen: the blocks (id, state) that were published or withdrawn, and the batches that were
            undone, when it began.
    """

    drafts: list[tuple[str, str]] = field(default_factory=list)
    grown: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    valid: set[tuple[str, str]] = field(default_factory=set)
    seen: frozenset[tuple[int, str]] = frozenset()


def every_measure(connection: Any, upto: int | None = None) -> Mapping[str, Measure]:
    """Built-in measures and the company's own (as they stood at batch `upto`)."""
    return {**CATALOGUE, **from_rows(raw.current(connection, "measures", upto=upto))}


def build(
    connection: Any, settings: Settings, as_of: date, progress: Progress
) -> tuple[list[Draft], Built]:
    """Make the drafts that new rows or new settings call for; stores nothing."""
    known = stored(connection)
    repeats = Repeats(connection, settings.minimum)
    work = _Work(
        connection,
        settings,
        repeats,
        raw.newest_batch(connection),
        every_measure(connection),
        _published_figures(connection, known),
        _published_answers(connection, known),
    )
    report = Built(seen=settled(connection, known))
    plans = [
        _plan(work, source, as_of, [b for b in known if b.subject == name], report)
        for name, source in SOURCES.items()
    ]
    total = sum(len(plan.fresh) + len(plan.late) for plan in plans)
    drafts: list[Draft] = []
    done = 0
    for plan in plans:
        subject = plan.source.subject.name
        for periods in _chunks(plan.fresh):
            made = plan.source.blocks(work.gathering(periods, plan))
            drafts += [Draft(block, 1, settings.minimum, work.watermark) for block in made]
            report.drafts.extend((subject, block.period) for block in made)
            # A period from which all rows have moved away has no draft any more.
            emptied = set(periods) - {block.period for block in made}
            report.valid.difference_update((subject, period) for period in emptied)
            done += len(periods)
            progress(subject, done, total)
        for standing in plan.late:
            grown = _grown(work, plan, standing)
            if grown is None:
                report.waiting.append((subject, standing.period))
            elif isinstance(grown, Block):
                drafts.append(Draft(grown, standing.version + 1, standing.minimum, work.watermark))
                report.grown.append((subject, standing.period))
            done += 1
            progress(subject, done, total)
    return drafts, report


@dataclass(frozen=True, slots=True)
class _Work:
    """What one build starts from."""

    connection: Any
    settings: Settings
    repeats: Repeats
    watermark: int
    measures: Mapping[str, Measure]
    figures: Mapping[str, frozenset[str]]
    answers: Mapping[str, frozenset[str]]
    kept: dict[Hashable, pl.DataFrame] = field(default_factory=dict)

    def gathering(self, periods: tuple[str, ...], plan: "_Plan") -> Gathering:
        return Gathering(
            self.connection,
            periods,
            self.settings.minimum,
            self.measures,
            closed=plan.closed,
            figures=_overlapping(self.figures, periods),
            answers=_overlapping(self.answers, periods),
            spent=plan.spent,
            kept=self.kept,
        )


def _overlapping(
    told: Mapping[str, frozenset[str]], periods: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Per period all that is told of periods that overlap it."""
    return {
        period: frozenset().union(
            *(codes for other, codes in told.items() if parse(other).overlaps(parse(period)))
        )
        for period in periods
    }


def _published_figures(connection: Any, known: Sequence[Stored]) -> dict[str, frozenset[str]]:
    """Per period the measures that were ever published as ready-made figures."""
    return {
        block.period: frozenset(opened(connection, block).values["measure"].unique())
        for block in known
        if block.subject == "group" and block.state != "draft"
    }


def _published_answers(connection: Any, known: Sequence[Stored]) -> dict[str, frozenset[str]]:
    """Per period the measures that were ever published from rows that are undone now.

    As long as the rows stand they speak for themselves; see `models.releases.groups`.
    """
    told: dict[str, frozenset[str]] = {}
    for block in known:
        if block.severed and block.subject != "group":
            codes = frozenset(opened(connection, block).values["measure"].unique())
            told[block.period] = told.get(block.period, frozenset()) | codes | {block.subject}
    return told


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is due of one subject.

    Attributes:
        fresh: periods to build.
        late: published periods that newer rows speak of.
        closed: periods that were published once.
        spent: marks of answers that were published from rows which are undone now.
    """

    source: Source
    fresh: list[str]
    late: list[Stored]
    closed: frozenset[str]
    spent: frozenset[str]


def _plan(
    work: _Work, source: Source, as_of: date, known: Sequence[Stored], report: Built
) -> _Plan:
    connection, settings = work.connection, work.settings
    due = dict(source.due(connection, settings.grain, as_of).iter_rows())
    newest = max(
        (raw.newest_of(connection, table) for table in source.tables),
        default=0,
    )
    standing = {block.period: block for block in known if block.state == "published"}
    gone = {block.period for block in known if block.state == "withdrawn"}
    drafts = {block.period: block for block in known if block.state == "draft"}
    # A withdrawn period was seen: what overlaps it could be held against it.
    accepted = [parse(period) for period in (*standing, *gone)]
    fresh: list[str] = []
    for period in sorted(set(due) - set(standing) - gone, key=parse):
        overlaps = source.subject.name != "group" and any(
            parse(period).overlaps(other) and parse(period) != other for other in accepted
        )
        if overlaps or (
            source.subject.name == "survey"
            and work.repeats.holds(period, [other.text for other in accepted])
        ):
            report.refused.append((source.subject.name, period))
            continue
        report.valid.add((source.subject.name, period))
        accepted.append(parse(period))
        draft = drafts.get(period)
        stale = draft is None or (
            max(due[period], newest) > draft.watermark or draft.minimum != settings.minimum
        )
        if stale:
            fresh.append(period)
    late = [
        block
        for period, block in standing.items()
        if due.get(period, 0) > max(block.watermark, _draft_mark(drafts, period))
    ]
    report.valid.update((source.subject.name, period) for period in standing)
    marks = spent.held(connection, source.subject.name)
    return _Plan(source, fresh, late, frozenset(standing) | gone, marks)


def _draft_mark(drafts: Mapping[str, Stored], period: str) -> int:
    return drafts[period].watermark if period in drafts else 0


def _chunks(periods: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(periods), AT_ONCE):
        yield tuple(periods[start : start + AT_ONCE])


def _grown(work: _Work, plan: _Plan, standing: Stored) -> Block | Literal["unchanged"] | None:
    """The published block with late additions; "unchanged" without any; None if they must wait.

    A severed block was made of rows that are gone: what is late to it can't be told any more.
    """
    if standing.severed:
        return None
    measures = every_measure(work.connection, standing.watermark)
    if any(work.measures.get(code) != measure for code, measure in measures.items()):
        return None
    now = replace(work.gathering((standing.period,), plan), minimum=standing.minimum)
    then = replace(now, upto=standing.watermark)
    if plan.source.subject.name == "group":
        return _grown_figures(then, now)
    if plan.source.sheets is None or not plan.source.subject.grows:
        return None
    return _grown_sheets(work, plan, standing, then, now)


def _grown_sheets(
    work: _Work, plan: _Plan, standing: Stored, then: Gathering, now: Gathering
) -> Block | Literal["unchanged"] | None:
    connection, source = work.connection, plan.source
    assert source.sheets is not None, "asked by _grown"
    # What stood then was counted then, or left out for good; only what is late is looked at now.
    before = source.sheets(replace(then, spent=frozenset()))
    after = source.sheets(replace(now, spent=frozenset()))
    late = after.join(before, on="id", how="anti")
    if before.height + late.height != after.height or _corrected(before, after):
        return None
    if now.spent:
        late = late.join(source.sheets(now), on="id", how="semi", maintain_order="left")
    if late.is_empty():
        return "unchanged"
    if source.subject.name == "survey" and work.repeats.holds(
        standing.period, plan.closed, late["id"]
    ):
        return None
    leaves = count(late, source.subject)
    if source.subject.by_place:
        leaves = with_staff(leaves, now)
    personal = personal_measures(now)
    # The region of a site may have a new name since; the site itself says where the answers belong.
    dims = tuple(dim for dim in source.subject.first.dims if dim != "region")
    return extend(opened(connection, standing), leaves, dims, standing.minimum, personal)


def _corrected(then: pl.DataFrame, now: pl.DataFrame) -> bool:
    columns = [column for column in then.columns if column != "region"]
    if not set(columns) <= set(now.columns):
        return True
    kept = now.select(columns).join(then.select("id"), on="id", how="semi")
    return not kept.sort("id").equals(then.select(columns).sort("id"))


def _grown_figures(then: Gathering, now: Gathering) -> Block | Literal["unchanged"] | None:
    before, after = groups.figures(then), groups.figures(now)
    if before.join(after, on=before.columns, nulls_equal=True).height < before.height:
        return None
    if after.height == before.height:
        return "unchanged"
    added = after.join(before, on=before.columns, how="anti", nulls_equal=True)
    told = added.join(before, on=["location", "measure"], how="semi")
    return groups.blocks(now)[0] if told.is_empty() else None
