"""Names of the company on a page are text, whatever signs they hold."""

import pytest

from pages.shared.plain import plain


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Winkel 3", "Winkel 3"),
        (":red[x]", "\\:red\\[x\\]"),
        ("http://a.b", "http\\:\u2060//a\\.b"),
        ("www.a.b", "www\u2060\\.a\\.b"),
        ("me@a.b", "me@\u2060a\\.b"),
    ],
)
def test_signs_and_addresses_stay_text(name: str, shown: str) -> None:
    assert plain(name) == shown
