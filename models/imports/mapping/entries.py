"""Reading values out of TOML with every mistake noted and none raised."""

from collections.abc import Iterator
from typing import Any


class Entry:
    """One table of a TOML file: gives its values by type and remembers what was asked for.

    Mistakes go to ``errors`` with the place where they stand; a wrong value reads as absent.
    """

    def __init__(self, values: dict[str, Any], place: str, errors: list[str]) -> None:
        self.values = values
        self.place = place
        self.errors = errors
        self._asked: set[str] = set()

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self.values.get(key)

    def wrong(self, message: str) -> None:
        """Note a mistake of this entry."""
        self.errors.append(f"{self.place}: {message}")

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A string."""
        value = self._get(key)
        if value is None:
            if required:
                self.wrong(f"'{key}' is missing")
            return None
        if not isinstance(value, str):
            self.wrong(f"'{key}' must be a text, not {value!r}")
            return None
        return value

    def plain(self, key: str) -> str | None:
        """A string, number or boolean, as text."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, (dict, list)):
            self.wrong(f"'{key}' must be one value, not {value!r}")
            return None
        return as_text(value)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """One or several plain values, as text."""
        value = self._get(key)
        if value is None:
            if required:
                self.wrong(f"'{key}' is missing")
            return ()
        listed = value if isinstance(value, list) else [value]
        if any(isinstance(item, (dict, list)) for item in listed):
            self.wrong(f"'{key}' must be a list of texts")
            return ()
        return tuple(as_text(item) for item in listed)

    def number(self, key: str) -> float | None:
        """A number."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.wrong(f"'{key}' must be a number, not {value!r}")
            return None
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(f"'{key}' must be true or false, not {value!r}")
        return value is True

    def whole(self, key: str, low: int) -> int | None:
        """A whole number from ``low``."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            self.wrong(f"'{key}' must be a whole number from {low}, not {value!r}")
            return None
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed words."""
        value = self._get(key)
        if value is None:
            return None
        if value not in allowed:
            self.wrong(f"'{key}' is {value!r}; it must be one of {', '.join(allowed)}")
            return None
        return str(value)

    def table(self, key: str) -> dict[str, Any]:
        """A table of its own."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(f"'{key}' must be a table, not {value!r}")
            return {}
        return value

    def pairs(self, key: str) -> dict[str, str]:
        """A table of plain values, as text."""
        pairs: dict[str, str] = {}
        for name, value in self.table(key).items():
            if isinstance(value, (dict, list)):
                self.wrong(f"'{key}.{name}' must be one value, not {value!r}")
            else:
                pairs[name] = as_text(value)
        return pairs

    def entries(self, key: str, *, required: bool = False) -> Iterator["Entry"]:
        """A list of tables, each as an entry."""
        value = self._get(key)
        if value is None and not required:
            return
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.wrong(f"there must be [[{key}]]")
            return
        for number, item in enumerate(value, start=1):
            yield Entry(item, f"{self.place} {key} {number}".strip(), self.errors)

    def rows(self, key: str) -> tuple[tuple[str | None, ...], ...]:
        """A list of rows of plain values; an empty text is an empty cell."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            self.wrong(f"'{key}' must be a list of rows")
            return ()
        return tuple(tuple(None if v == "" else as_text(v) for v in row) for row in value)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.wrong(f"'{key}' is not known here; there are {known}")


def as_text(value: object) -> str:
    """A TOML value as a cell has it: `true`, `2024-06-30`, `12.5`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
