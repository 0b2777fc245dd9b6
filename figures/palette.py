"""Colours. Petrol is good, rust is bad; told apart with every common colour blindness.

`THEMED` holds no colours but the placeholders that Streamlit's front end fills from
`.streamlit/config.toml`, so that a figure follows a change of theme at once, without a rerun.
`LIGHT` and `DARK` hold the same colours in full, for a figure outside Streamlit.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """``series``: ten colours for lines; ``scale``: ten from good to bad; the rest by its use.

    ``font`` None: text and background are left to the page.
    """

    series: tuple[str, ...]
    scale: tuple[str, ...]
    quiet: str
    font: str | None = None
    text: str | None = None
    background: str | None = None

    @property
    def main(self) -> str:
        return self.series[0]

    @property
    def accent(self) -> str:
        return self.series[1]

    @property
    def good(self) -> str:
        return self.scale[0]

    @property
    def bad(self) -> str:
        return self.scale[-1]

    def steps(self) -> list[list[float | str]]:
        """`scale` in Plotly's form: pairs of a position from 0 to 1 and a colour."""
        last = len(self.scale) - 1
        return [[index / last, colour] for index, colour in enumerate(self.scale)]


def _placeholders(first: int) -> tuple[str, ...]:
    return tuple(f"#{number:06d}" for number in range(first, first + 10))


_FONT: Final = "'Segoe UI', 'Helvetica Neue', 'Noto Sans', sans-serif"

THEMED: Final = Palette(series=_placeholders(1), scale=_placeholders(21), quiet="#000036")

LIGHT: Final = Palette(
    series=(
        "#0E5A6B", "#C25A12", "#6B4A86", "#8A6D00", "#2E86B5",
        "#A63A6B", "#2F7D5B", "#5B6769", "#7A4A2B", "#3D4F9E",
    ),
    scale=(
        "#0E5A6B", "#34798A", "#7FB2BC", "#ABCDD3", "#DCE9EA",
        "#F6E6D8", "#EDC5A3", "#E2A273", "#B5561C", "#8F390B",
    ),
    quiet="#5B6769",
    font=_FONT,
    text="#182326",
    background="#FFFFFF",
)  # fmt: skip

DARK: Final = Palette(
    series=(
        "#6DBED0", "#F0955A", "#B99AD6", "#D9BC52", "#8FB8E8",
        "#E68AB4", "#74C59A", "#9AA8AB", "#C99B7A", "#98A6E8",
    ),
    scale=(
        "#7CC7D6", "#5FAABA", "#357481", "#2D5C66", "#243F45",
        "#3B2E26", "#63432B", "#85502A", "#CF8347", "#F3A871",
    ),
    quiet="#9AA8AB",
    font=_FONT,
    text="#E8EDEC",
    background="#12181A",
)  # fmt: skip
