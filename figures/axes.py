"""Round numbers for an axis, and their texts."""

from collections.abc import Sequence
from math import ceil, floor, log10

from figures.picture import Words
from figures.template import Part


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `wanted` of them."""
    span = (high - low) or abs(high) or 1.0
    rough = span / max(1, wanted - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return [round(index * step, 10) for index in range(first, last + 1)]


def tick_text(tick: float, ticks: Sequence[float], unit: str, words: Words) -> str:
    """A tick with no more decimals than the distance between ticks needs."""
    step = ticks[1] - ticks[0]
    decimals = next((d for d in (0, 1) if round(step, d) == round(step, 6)), 2)
    text = words.number(tick, decimals)
    return f"{text}%" if unit == "percent" else text


def numbered(ticks: Sequence[float], unit: str, words: Words) -> Part:
    """An axis with these numbers."""
    return {
        "tickvals": list(ticks),
        "ticktext": [tick_text(tick, ticks, unit, words) for tick in ticks],
    }


def listed(names: Sequence[str]) -> Part:
    """An axis with a name for each row, the first on top."""
    return {
        "autorange": "reversed",
        "showgrid": False,
        "ticks": "",
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
    }


def titled(title: str) -> Part:
    """An axis that says what it shows."""
    return {"title": {"text": title}}
