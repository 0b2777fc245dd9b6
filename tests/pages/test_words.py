"""Numbers, periods and texts in two languages; every text has its Dutch."""

import ast
import string
from pathlib import Path

import pytest

from translations import catalogue
from translations.words import Words, pick

EN, NL = Words("en"), Words("nl")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("nl",), "nl"),
        (("nl-BE",), "nl"),
        ((None, "NL_nl"), "nl"),
        (("fr", "nl"), "nl"),
        (("fr",), "en"),
        ((), "en"),
        (("",), "en"),
    ],
)
def test_pick(wishes: tuple[str | None, ...], language: str) -> None:
    assert pick(*wishes) == language


@pytest.mark.parametrize(
    ("value", "unit", "english", "dutch"),
    [
        (23.44, "percent", "23.4%", "23,4%"),
        (12.0, "nps", "+12", "+12"),
        (-12.4, "nps", "−12", "−12"),
        (0.3, "nps", "0", "0"),
        (2.304, "score", "2.30", "2,30"),
        (1234.5, "count", "1,234", "1.234"),
        (1200000, "eur", "€ 1,200,000", "€ 1.200.000"),
        (4.5, "minutes", "4.5 min", "4,5 min"),
        (3.25, "points", "3.2 points", "3,2 punt"),
        (0.041, "points", "0.04 points", "0,04 punt"),
        (0.0, "points", "0.0 points", "0,0 punt"),
        (None, "percent", "–", "–"),
        (float("nan"), "score", "–", "–"),
    ],
)
def test_value(value: float | None, unit: str, english: str, dutch: str) -> None:
    assert EN.value(value, unit).replace("\xa0", " ") == english
    assert NL.value(value, unit).replace("\xa0", " ") == dutch


def test_difference_of_percentages_is_in_points_and_has_a_sign() -> None:
    assert EN.signed(1.26, "percent") == "+1.3 points"
    assert NL.signed(-1.26, "percent") == "−1,3 punt"
    assert EN.signed(-0.01, "percent") == "0.0 points"
    assert EN.signed(0.031, "score") == "+0.03"


def test_interval_has_its_unit_once() -> None:
    assert EN.interval(21.0, 24.5, "percent") == "21.0–24.5%"
    assert NL.interval(21.0, 24.5, "percent") == "21,0–24,5%"
    assert EN.interval(-3, 5, "nps") == "−3 to +5"
    assert NL.interval(-3, 5, "nps") == "−3 tot +5"
    assert EN.interval(None, 5, "nps") == "–"


@pytest.mark.parametrize(
    ("period", "english", "dutch"),
    [
        ("2024", "2024", "2024"),
        ("2024-Q2", "Q2 2024", "Q2 2024"),
        ("2024-06", "June 2024", "juni 2024"),
        ("2024-P07", "period 7 of 2024", "periode 7 van 2024"),
        (None, "–", "–"),
    ],
)
def test_period(period: str | None, english: str, dutch: str) -> None:
    assert EN.period(period) == english
    assert NL.period(period) == dutch


def test_short_month() -> None:
    assert EN.period("2024-06", short=True) == "Jun 24"


def test_list() -> None:
    assert EN.listed(["a", "b", "c"]) == "a, b and c"
    assert NL.listed(["a", "b"]) == "a en b"
    assert EN.listed([]) == ""


def test_plural() -> None:
    one, many = (
        "{count} problem was found,",
        "{count} problems were found,",
    )
    assert NL.ngettext(one, many, 1) == "Er is {count} probleem gevonden,"
    assert EN.ngettext(one, many, 2) == many


def test_every_text_has_its_dutch() -> None:
    assert catalogue.missing(catalogue.updated("nl")) == [], "run python -m translations"


def test_file_is_that_of_the_source() -> None:
    stored = {str(message.id) for message in catalogue.read("nl") if message.id}
    needed = {str(message.id) for message in catalogue.template() if message.id}
    assert stored == needed, "run python -m translations"


def fields(text: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_dutch_has_the_same_fields() -> None:
    for message in catalogue.read("nl"):
        if not message.id:
            continue
        assert message.string is not None
        ours = (message.id,) if isinstance(message.id, str) else message.id
        theirs = (message.string,) if isinstance(message.string, str) else message.string
        for english, dutch in zip(ours, theirs, strict=True):
            assert fields(english) == fields(dutch), english


def test_no_text_hides_in_an_f_string() -> None:
    """Babel does not look into f-strings: a text marked there would never be translated."""
    hidden = []
    for source in catalogue.SOURCES:
        start = ROOT / source
        for file in start.rglob("*.py") if start.is_dir() else [start]:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for joined in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
                hidden += [
                    f"{file}:{call.lineno}"
                    for call in ast.walk(joined)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in catalogue.KEYWORDS
                    and any(isinstance(argument, ast.Constant) for argument in call.args)
                ]
    assert not hidden
