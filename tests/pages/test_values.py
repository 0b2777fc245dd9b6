"""The values of dimensions: their order, and what is told of them."""

import pytest

from pages.shared.values import in_order, value_name


@pytest.mark.parametrize(
    ("dim", "values"),
    [
        ("tenure_band", ["under 1 year", "1-3 years", "3-10 years", "over 10 years", "unknown"]),
        ("tenure_band", ["korter dan 1 jaar", "1 tot 3 jaar", "12 jaar", "langer dan 20 jaar"]),
        ("remote_band", ["none", "1-2 days", "3-4 days", "always"]),
        ("job_family", ["care", "office", "unknown"]),
    ],
)
def test_bands_go_from_little_to_much_and_what_is_unknown_comes_last(
    dim: str, values: list[str]
) -> None:
    assert in_order(dim, sorted(values, reverse=True)) == tuple(values)


def test_a_company_keeps_its_own_words() -> None:
    assert value_name("remote_band", "Hybride") == "Hybride"
    assert value_name("job_family", "service_agent") == "Service agent"
    assert value_name("contract_type", "on_call") == "On call"
    assert value_name("tenure_band", "unknown") == "Unknown"
