"""The colours in full are those of the theme; good and bad stay apart for who is colour-blind."""

import tomllib
from pathlib import Path

import pytest

from figures.palette import DARK, LIGHT, THEMED, Palette

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())


@pytest.mark.parametrize(("palette", "name"), [(LIGHT, "light"), (DARK, "dark")])
def test_palette_is_the_theme(palette: Palette, name: str) -> None:
    theme = CONFIG["theme"][name]
    assert list(palette.series) == theme["chartCategoricalColors"]
    assert list(palette.scale) == theme["chartDivergingColors"]
    assert palette.quiet == theme["grayColor"]
    assert palette.text == theme["textColor"]
    assert palette.background == theme["backgroundColor"]


def test_placeholders_are_those_that_streamlit_fills() -> None:
    from streamlit.elements.lib import streamlit_plotly_theme as theirs

    assert THEMED.series == tuple(getattr(theirs, f"CATEGORY_{index}") for index in range(10))
    assert THEMED.scale == tuple(getattr(theirs, f"DIVERGING_{index}") for index in range(10))
    assert THEMED.quiet == theirs.GRAY_70


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_lines_and_texts_stand_out_from_the_background(name: str) -> None:
    """WCAG AA: 3:1 for lines and marks, 4.5:1 for text."""
    theme = CONFIG["theme"][name]
    background = theme["backgroundColor"]
    for colour in theme["chartCategoricalColors"]:
        assert contrast(colour, background) >= 3, colour
    for key in ("textColor", "linkColor", "grayTextColor", "redTextColor", "greenTextColor"):
        assert contrast(theme[key], background) >= 4.5, key
        assert contrast(theme[key], theme["secondaryBackgroundColor"]) >= 4.5, key
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_scale_has_ten_steps_from_good_to_bad(palette: Palette) -> None:
    steps = palette.steps()
    assert len(steps) == 10
    assert steps[0] == [0.0, palette.good]
    assert steps[-1] == [1.0, palette.bad]
