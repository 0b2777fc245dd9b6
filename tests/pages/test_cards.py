"""A key figure in words: never without interval and n, a change only where it is one."""

import re

from metrics.results import Estimate
from pages.shared.cards import Card, html
from pages.shared.plain import plain


def estimate(value: float = 23.4, *, at_least: bool = False) -> Estimate:
    return Estimate(value, 21.0, 25.9, 1200, "percent", 1.0, "2024-01", "2024-12", 3, at_least)


def card(**more: object) -> str:
    given = {"label": "Burnout risk", "better": "lower", "estimate": estimate(), **more}
    return re.sub(r"<[^>]+>", "|", html(Card(**given)))  # type: ignore[arg-type]


def test_value_interval_n_when_and_target() -> None:
    said = card(counted="responses", when="2024", target=20.0)
    for part in ("Burnout risk", "23.4%", "95 % interval 21.0–25.9%", "n = 1,200 responses"):
        assert part in said
    assert "2024 · target 20.0%" in said


def test_lower_bound_says_so() -> None:
    assert "≥ 23.4%" in card(estimate=estimate(at_least=True))


def test_nothing_to_show_says_why() -> None:
    assert "Too few people to show" in card(estimate=None)


def test_a_change_is_good_or_bad_only_when_it_is_clear() -> None:
    assert "no clear change" in card(change=1.2, clear=False)
    assert "+1.2 points on a year ago · worse" in card(change=1.2, clear=True)
    assert "−1.2 points on a year ago · better" in card(change=-1.2, clear=True)
    assert "better" in card(change=1.2, clear=True, better="higher")
    assert "no figure of a year ago" in card()


def test_course_is_a_picture_with_a_description() -> None:
    drawn = html(Card("NPS", "higher", estimate(), course=(10.0, None, 12.0)))
    assert 'alt="NPS over time, from 10.0% to 12.0%"' in drawn
    assert "<img" not in html(Card("NPS", "higher", estimate(), course=(10.0,)))


def test_names_cannot_bring_markup() -> None:
    assert "<script>" not in html(Card("<script>", "higher", estimate()))
    assert plain("**a** [b](c) <d>") == "\\*\\*a\\*\\* \\[b\\]\\(c\\) \\<d\\>"
