"""The pinned requirements answer to what was asked for: `make lock` after a change of a `.in`."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^ ;\\]+)", re.MULTILINE)


def wanted(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return {canonicalize_name(found["name"]): found["version"] for found in PIN.finditer(text)}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_within_its_range(name: str) -> None:
    pins = pinned(f"{name}.txt")
    for requirement in wanted(f"{name}.in"):
        version = pins.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in {name}.txt"
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_tests_run_on_the_versions_that_users_get() -> None:
    users, tests = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert users.items() <= tests.items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_carries_a_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    starts = [found.start() for found in PIN.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        assert "--hash=sha256:" in text[start:end], text[start:end].splitlines()[0]
