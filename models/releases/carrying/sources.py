"""One source per measure: ready-made figures never stand beside answers to the same.

Whoever has both could subtract the one from the other.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from metrics.catalogue import Measure
from models.releases.carrying.refusing import Refusal
from release.blocks import Block
from release.periods import parse


@dataclass(frozen=True, slots=True)
class Shown:
    """A block that was shown here once, or would be: `origin` is the key of its party."""

    subject: str
    period: str
    origin: str
    block: Callable[[], Block]

    @property
    def measures(self) -> set[str]:
        return set(self.block().values["measure"])


def refused(
    fresh: Sequence[Shown], others: Sequence[Shown], measures: Mapping[str, Measure]
) -> Iterator[Refusal]:
    """Blocks of a file that tell of a measure which another tells of in another way.

    Of one party the two may share an item, as its own release allows; of two parties they may not.

    Args:
        fresh: the new blocks of the file.
        others: they themselves, and all that was ever shown here.
        measures: every measure by its code.
    """
    for each in fresh:
        for other in others:
            if (each.subject == "group") == (other.subject == "group"):
                continue
            if not parse(each.period).overlaps(parse(other.period)):
                continue
            items = measures if each.origin != other.origin else {}
            both = _same(each.measures, other.measures, items)
            if both:
                message = f"tells of {', '.join(both)}, as {other.subject} {other.period} does"
                yield Refusal("two-sources", message, each.subject, each.period)


def _same(
    one: Collection[str], other: Collection[str], measures: Mapping[str, Measure]
) -> list[str]:
    """The measures of `one` that stand in `other`, or share an item with one of it."""
    items = {item for code in other if code in measures for item in measures[code].items}
    return sorted(
        code
        for code in one
        if code in other or (code in measures and not items.isdisjoint(measures[code].items))
    )
