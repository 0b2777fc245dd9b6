"""What a company checks before it takes a release in: it counts again, and believes nothing."""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from metrics.catalogue import CATALOGUE, Measure, from_rows
from models.releases.carrying.form import CarriedBlock, Manifest, Tombstone
from models.releases.carrying.refusing import Refusal
from release.blocks import VALUES_SCHEMA, Block, Report, cells_schema, unpack
from release.brought import Extremes
from release.inspection import YES, Known, faults
from release.leaves import UNKNOWN
from release.partition import SMALLEST_MINIMUM
from release.periods import PeriodError, parse
from release.subjects import SUBJECTS

MOST_ROWS = 20_000_000
"""Of one block; a file of a few bytes can hold any number of equal rows."""


@dataclass(frozen=True, slots=True)
class Received:
    """A carried block that keeps the rules."""

    block: Block
    version: int
    minimum: int


def every_measure(manifest: Manifest, held: pl.DataFrame) -> Mapping[str, Measure]:
    """Built-in measures, those of the file, and the company's own that are held already."""
    rows = pl.DataFrame([each.model_dump() for each in manifest.measures], schema=held.schema)
    return {**from_rows(held), **from_rows(rows), **CATALOGUE}


def known(measures: Mapping[str, Measure]) -> Known:
    """What the inspection needs to know of measures."""
    of_subject: dict[str, list[str]] = {name: [] for name in SUBJECTS}
    for code, measure in measures.items():
        if measure.as_figure:
            of_subject["group"].append(code)
        of_subject["survey" if measure.subject == "own" else measure.subject].append(code)
    return Known(
        of_subject=of_subject,
        personal=[
            code for code, m in measures.items() if m.rater == "employee" and m.transform != "sum"
        ],
        ends={code: Extremes(m.low, m.high, m.better) for code, m in measures.items()},
        cut_off=[code for code, m in measures.items() if m.at_risk_from is not None],
        own=[code for code, m in measures.items() if m.subject == "own"],
        yes_no=[
            code
            for code, m in measures.items()
            if m.transform == "binary" and m.at_risk_from == YES and m.subject != "own"
        ],
    )


def inspected(
    manifest: Manifest,
    blobs: Sequence[tuple[bytes, bytes]],
    minimum: int,
    what: Known,
    sites: Collection[str],
    tell: Callable[[str, int, int], None],
) -> tuple[list[Received], list[Refusal]]:
    """Open every block and count again.

    Args:
        manifest, blobs: the file; its bytes are those that were signed.
        minimum: k of this side; what the file says of its own is checked as well.
        what: the measures.
        sites: the codes of sites that are known.
        tell: hears how far it is.
    """
    received: list[Received] = []
    refused = list(_names(manifest))
    nameless = {(each.subject, each.period) for each in refused}
    for done, (told, (cells, values)) in enumerate(zip(manifest.blocks, blobs, strict=True), 1):
        place = (told.subject, told.period)
        if place in nameless:
            continue
        block = _opened(told, cells, values)
        if block is None:
            refused.append(Refusal("columns", "is no block that can be read", *place))
            continue
        # The file may claim more than this side asks; then it must be true as well.
        least = max(minimum, told.minimum, SMALLEST_MINIMUM)
        broken = faults(block, least, what)
        refused += [Refusal(f.rule, f.message, *place, f.count) for f in broken]
        strange = 0 if broken else _unknown_sites(block, sites)
        if strange:
            message = "has sites that are not in the list of sites"
            refused.append(Refusal("site", message, *place, strange))
        if not broken and not strange:
            received.append(Received(block, told.version, least))
        tell("counting again", done, len(manifest.blocks))
    return received, refused


def can_be_compared(refused: Collection[Refusal]) -> bool:
    """Whether subjects and periods are such that blocks can be held against others."""
    return not {each.rule for each in refused} & {"subject", "period", "twice in file"}


def _opened(told: CarriedBlock, cells: bytes, values: bytes) -> Block | None:
    """The block, if its bytes are Parquet of the right columns and no endless rows."""
    dims = SUBJECTS[told.subject].dims
    for data, schema in ((cells, cells_schema(dims)), (values, VALUES_SCHEMA)):
        try:
            scan = pl.scan_parquet(io.BytesIO(data))
            if list(scan.collect_schema().items()) != list(schema.items()):
                return None
            if scan.select(pl.len()).collect().item() > MOST_ROWS:
                return None
        except (pl.exceptions.PolarsError, OSError, ValueError):
            return None
    report = None if told.audit is None else Report(**told.audit.model_dump())
    return Block(
        told.subject, told.period, unpack(cells), unpack(values), tuple(told.withheld), report
    )


def _unknown_sites(block: Block, sites: Collection[str]) -> int:
    if "location" not in block.cells.columns:
        return 0
    named = block.cells["location"].explode().unique()
    return int((~named.is_in([*sites, UNKNOWN])).sum())


def _names(manifest: Manifest) -> Iterator[Refusal]:
    """Subjects and periods that are none, or that stand there twice."""
    seen: set[tuple[str, str]] = set()
    listed: list[CarriedBlock | Tombstone] = [*manifest.blocks, *manifest.withdrawn]
    for entry in listed:
        place = (entry.subject, entry.period)
        if entry.subject not in SUBJECTS:
            yield Refusal("subject", "is of no subject that is known here", *place)
        try:
            parse(entry.period)
        except PeriodError:
            yield Refusal("period", "is of no period", *place)
        if place in seen:
            yield Refusal("twice in file", "stands in the file more than once", *place)
        seen.add(place)
