"""How much of the answers a screen rests on, what is missing, and why: in words."""

import pytest
from streamlit.testing.v1 import AppTest


def page(coverage: float, views: list[str], without: list[str]) -> None:
    import polars as pl

    from metrics.results import Table
    from pages.shared import showing

    row = {"value": 1.0, "low": 0.5, "high": 1.5, "n": 40, "coverage": coverage}
    showing.coverage(
        Table(
            metric="measure.mean",
            unit="score",
            by=(),
            rows=pl.DataFrame([row]),
            coverage=coverage,
            withheld=coverage < 1,
            first="2024-01",
            last="2024-12",
            release=1,
            views=tuple(views),
            without=tuple(without),
        ),
        11,
    )


SHARE = "Rests on about 60% of the answers in this selection"
NOISE = "Added up from groups by kind of work, which do not tell sites apart."


@pytest.mark.parametrize(
    ("coverage", "views", "without", "said"),
    [
        (1.0, ["sites"], [], []),
        (0.6, ["sites"], [], [SHARE]),
        (1.0, ["work"], [], [NOISE]),
        (0.6, ["work"], ["2024-03"], [SHARE, NOISE, "Without March 2024: then no groups"]),
    ],
)
def test_the_line_says_how_much_by_which_view_and_what_is_missing(
    coverage: float, views: list[str], without: list[str], said: list[str]
) -> None:
    app = AppTest.from_function(page, args=(coverage, views, without)).run()
    assert not app.exception
    shown = " ".join(caption.value for caption in app.caption)
    assert all(text in shown for text in said)
    assert bool(shown) == bool(said)
