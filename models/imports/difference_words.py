"""What an import would change, in lines for the terminal."""

from collections.abc import Iterator

from models.imports.difference import Difference

_STATES = {
    "new": "would be built for the first time",
    "draft": "is not published yet, so would be built anew",
    "late": "is published; the rows join it where every group gains nobody or enough people",
    "waits": "is published; the change waits until the period is withdrawn as a whole",
    "withdrawn": "was withdrawn, and does not come back",
    "open": "is not over yet",
}


def lines(difference: Difference) -> Iterator[str]:
    """Per table what would be added, changed or lost; then the periods that this touches."""
    for name, one in difference.tables.items():
        told = f"{name}: {one.added:,} added, {one.changed:,} changed, {one.unchanged:,} unchanged"
        if one.absent:
            told += f", {one.absent:,} not in these files (they stay)"
        if one.gone:
            told += f", {one.gone:,} would vanish"
        if one.older:
            told += f", for {one.older:,} an older row would hold again"
        yield told
        if one.columns:
            changed = ", ".join(f"{column} {count:,}" for column, count in one.columns.items())
            yield f"    changed: {changed}"
    for subject, state, periods in difference.periods:
        named = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
        count = "" if len(periods) < 3 else f" ({len(periods)} periods)"
        yield f"{subject} {named}{count}: {_STATES[state]}"
