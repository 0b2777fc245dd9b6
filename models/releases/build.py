"""Building drafts: only what is due, the rest stays as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models import raw
from models.releases import groups
from models.releases.gathering import Gathering
from models.releases.sources import SOURCES, Source, count
from models.releases.store import Draft, Stored, opened, stored
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
        refused: periods that overlap others of their subject, and are not released.
    """

    drafts: list[tuple[str, str]] = field(default_factory=list)
    grown: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def every_measure(connection: Any) -> Mapping[str, Measure]:
    """Built-in measures and the company's own."""
    return {**CATALOGUE, **from_rows(raw.current(connection, "measures"))}


def build(
    connection: Any, settings: Settings, as_of: date, progress: Progress
) -> tuple[list[Draft], Built]:
    """Make the drafts that new rows or new settings call for; stores nothing."""
    watermark = raw.newest_batch(connection)
    measures = every_measure(connection)
    known = stored(connection)
    drafts: list[Draft] = []
    report = Built()
    plans = [
        _plan(connection, source, settings, as_of, [b for b in known if b.subject == name], report)
        for name, source in SOURCES.items()
    ]
    total = sum(len(plan.fresh) + len(plan.late) for plan in plans)
    done = 0
    for plan in plans:
        subject = plan.source.subject.name
        for periods in _chunks(plan.fresh):
            gathering = Gathering(connection, periods, settings.minimum, measures)
            for block in plan.source.blocks(gathering):
                drafts.append(Draft(block, 1, settings.minimum, watermark))
                report.drafts.append((subject, block.period))
            done += len(periods)
            progress(subject, done, total)
        for standing in plan.late:
            gathering = Gathering(connection, (standing.period,), standing.minimum, measures)
            grown = _grown(connection, plan.source, standing, gathering)
            if grown is None:
                report.waiting.append((subject, standing.period))
            elif isinstance(grown, Block):
                drafts.append(Draft(grown, standing.version + 1, standing.minimum, watermark))
                report.grown.append((subject, standing.period))
            done += 1
            progress(subject, done, total)
    return drafts, report


@dataclass(frozen=True, slots=True)
class _Plan:
    source: Source
    fresh: list[str]
    late: list[Stored]


def _plan(
    connection: Any,
    source: Source,
    settings: Settings,
    as_of: date,
    known: Sequence[Stored],
    report: Built,
) -> _Plan:
    due = dict(source.due(connection, settings.grain, as_of).iter_rows())
    newest = max(
        (raw.newest_of(connection, table) for table in source.tables),
        default=0,
    )
    standing = {block.period: block for block in known if block.state == "published"}
    gone = {block.period for block in known if block.state == "withdrawn"}
    drafts = {block.period: block for block in known if block.state == "draft"}
    accepted = [parse(period) for period in standing]
    fresh: list[str] = []
    for period in sorted(set(due) - set(standing) - gone, key=parse):
        if source.subject.name != "group" and any(
            parse(period).overlaps(other) and parse(period) != other for other in accepted
        ):
            report.refused.append((source.subject.name, period))
            continue
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
    return _Plan(source, fresh, late)


def _draft_mark(drafts: Mapping[str, Stored], period: str) -> int:
    return drafts[period].watermark if period in drafts else 0


def _chunks(periods: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(periods), AT_ONCE):
        yield tuple(periods[start : start + AT_ONCE])


def _grown(
    connection: Any, source: Source, standing: Stored, gathering: Gathering
) -> Block | Literal["unchanged"] | None:
    """The published block with late additions; "unchanged" without any; None if they must wait."""
    before = Gathering(
        connection, gathering.periods, gathering.minimum, gathering.measures, standing.watermark
    )
    if source.subject.name == "group":
        return _grown_figures(before, gathering)
    if source.sheets is None or not source.subject.grows:
        return None
    then, now = source.sheets(before), source.sheets(gathering)
    late = now.join(then, on="id", how="anti")
    if then.height + late.height != now.height or _corrected(then, now):
        return None
    if late.is_empty():
        return "unchanged"
    # The region of a site may have a new name since; the site itself says where the answers belong.
    dims = tuple(dim for dim in source.subject.dims if dim != "region")
    return extend(opened(connection, standing), count(late, source.subject), dims, standing.minimum)


def _corrected(then: pl.DataFrame, now: pl.DataFrame) -> bool:
    columns = [column for column in then.columns if column != "region"]
    if not set(columns) <= set(now.columns):
        return True
    kept = now.select(columns).join(then.select("id"), on="id", how="semi")
    return not kept.sort("id").equals(then.select(columns).sort("id"))


def _grown_figures(before: Gathering, gathering: Gathering) -> Block | Literal["unchanged"] | None:
    then, now = groups.figures(before), groups.figures(gathering)
    if then.join(now, on=then.columns, nulls_equal=True).height < then.height:
        return None
    if now.height == then.height:
        return "unchanged"
    return groups.blocks(gathering)[0]
