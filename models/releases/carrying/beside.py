"""What of a carried release is new here, and what of it can't stand beside what is held."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from metrics.catalogue import Measure
from models.releases.carrying import sources
from models.releases.carrying.form import Manifest
from models.releases.carrying.judging import Received
from models.releases.carrying.refusing import Refusal
from models.releases.carrying.sources import Shown
from release.blocks import Block
from release.periods import parse
from release.versions import follows


@dataclass(frozen=True, slots=True)
class Held:
    """A block that stands here; `block` opens it.

    `origin` is the key of the party that it was received from; empty when this side made it.
    """

    subject: str
    period: str
    version: int
    state: str
    origin: str
    block: Callable[[], Block]


@dataclass(frozen=True, slots=True)
class Compared:
    """The received blocks that are `new` here, the places of those that were withdrawn here and
    are `passed` over, and what was `refused`."""

    new: list[Received]
    passed: list[tuple[str, str]]
    refused: list[Refusal]


def compared(
    received: Sequence[Received],
    manifest: Manifest,
    held: Sequence[Held],
    key: str,
    measures: Mapping[str, Measure],
    personal: Collection[str],
) -> Compared:
    """Hold a file against all that is published, built or withdrawn here.

    Args:
        received: the blocks of the file that keep the rules.
        manifest: what else it says.
        held: every block of this side that is not superseded.
        key: of the party that signed the file, as hexadecimal digits.
        measures: every measure by its code.
        personal: those that people answered about themselves.
    """
    standing = {(h.subject, h.period): h for h in held if h.state == "published"}
    gone = {(h.subject, h.period) for h in held if h.state == "withdrawn"} - set(standing)
    taken_back = {(stone.subject, stone.period) for stone in manifest.withdrawn}
    new: list[Received] = []
    passed: list[tuple[str, str]] = []
    refused = list(_out_of_reach(taken_back - gone, held, key))
    for each in received:
        here = (each.block.subject, each.block.period)
        if here in gone:
            passed.append(here)
            continue
        before = standing.get(here)
        reason = _chain(before, each, key, personal) if before else None
        if reason:
            refused.append(Refusal(*reason, subject=here[0], period=here[1]))
        elif before is None or before.version < each.version:
            new.append(each)
    kept = [each for each in received if (each.block.subject, each.block.period) not in gone]
    out = {here: before.block for here, before in standing.items() if here not in taken_back}
    out |= {(each.block.subject, each.block.period): _known(each.block) for each in kept}
    # A withdrawn period was seen: what overlaps it could be held against it.
    closed = [h for h in (*gone, *taken_back) if h[0] != "group" and h not in out]
    refused += _overlapping(kept, out, closed)
    fresh = [Shown(each.block.subject, each.block.period, key, _known(each.block)) for each in new]
    shown = [Shown(h.subject, h.period, h.origin, h.block) for h in held if h.state != "draft"]
    refused += sources.refused(fresh, [*fresh, *shown], measures)
    return Compared(new, passed, refused)


def _known(block: Block) -> Callable[[], Block]:
    return lambda: block


def _out_of_reach(
    stones: Collection[tuple[str, str]], held: Sequence[Held], key: str
) -> Iterator[Refusal]:
    """Periods that the file takes back although another party, or this side, made them."""
    others = {(h.subject, h.period) for h in held if h.origin != key}
    for subject, period in sorted(others.intersection(stones)):
        message = "is taken back by the file, but stands here from elsewhere"
        yield Refusal("not-its-own", message, subject=subject, period=period)


def _chain(
    before: Held, after: Received, key: str, personal: Collection[str]
) -> tuple[str, str] | None:
    """Why a block may not follow the one that stands here; None when it may, or is the same."""
    stands = before.block()
    same = stands.cells.equals(after.block.cells) and stands.values.equals(after.block.values)
    if after.version == before.version and same:
        return None
    if before.origin != key:
        return "not-its-own", "differs from what stands here from elsewhere"
    if after.version < before.version:
        return "older", f"is version {after.version}; version {before.version} stands here"
    if after.version == before.version:
        return "differs", "differs from what is published here as that version"
    if not follows(stands, after.block, after.minimum, personal):
        return "growth", "adds so few to what stands here that a subtraction would tell of them"
    return None


def _overlapping(
    received: Sequence[Received],
    out: Mapping[tuple[str, str], Callable[[], Block]],
    closed: Sequence[tuple[str, str]],
) -> Iterator[Refusal]:
    """Received blocks whose days another published block of the subject speaks of as well.

    Ready-made figures overlap measure by measure.
    """
    periods: dict[str, set[str]] = {}
    for subject, period in (*out, *closed):
        periods.setdefault(subject, set()).add(period)
    for each in received:
        subject, period = each.block.subject, each.block.period
        for other in sorted(periods[subject] - {period}):
            if not parse(other).overlaps(parse(period)):
                continue
            if subject == "group" and not _share(each.block, out[subject, other]()):
                continue
            message = f"overlaps {other}, which is published or withdrawn"
            yield Refusal("overlapping-period", message, subject=subject, period=period)


def _share(one: Block, other: Block) -> bool:
    return bool(set(one.values["measure"]) & set(other.values["measure"]))
