"""Which code was meant: slips of the keyboard yes, another number never."""

import pytest

from models.imports.nearest import Nearest

CODES = ("AMS-01", "AMS-02", "RTM-01", "AMS-1-01", "Head office", "bat01", "non_desk", "desk")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ams-01", "AMS-01"),
        ("AMS 1", "AMS-01"),
        ("ASM-01", "AMS-01"),
        ("AMS-1-1", "AMS-1-01"),
        ("Hédoffice", "Head office"),
        ("BAT1", "bat01"),
        ("nondesk", "non_desk"),
        ("deks", "desk"),
        ("AMS-03", None),
        ("AMS-101", None),
        ("L12", None),
        ("-", None),
    ],
)
def test_a_code_is_offered_only_when_it_is_near(written: str, meant: str | None) -> None:
    assert Nearest(CODES).find(written) == meant


def test_two_codes_equally_near_are_no_guess() -> None:
    assert Nearest(["sales_a", "sales_b"]).find("sales_c") is None
