"""Which known code was probably meant by one that is not known."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

MOST_CODES = 20_000
"""Known codes that are compared with."""

_CANDIDATES = 25
_ALIKE = 0.8
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")


class Nearest:
    """Finds the code that a slip of the keyboard stands for.

    Numbers must agree: `AMS-03` is not offered for `AMS-01`, which may be another site. Case,
    accents, spaces, signs and leading zeros may differ, and one or two letters of a longer word.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes: list[tuple[str, str]] = []
        self._equal: dict[str, list[str]] = {}
        self._pairs: dict[str, list[int]] = {}
        for code in sorted(set(codes))[:MOST_CODES]:
            plain = normal(code)
            self._equal.setdefault(plain, []).append(code)
            for pair in _pairs(plain):
                self._pairs.setdefault(pair, []).append(len(self._codes))
            self._codes.append((code, plain))

    def find(self, text: str) -> str | None:
        """The one code that ``text`` is nearest to; None when no code or several are near."""
        plain = normal(text)
        if not plain:
            return None
        if plain in self._equal:
            return min(self._equal[plain], key=lambda code: -_ratio(text, code))
        shared = Counter(place for pair in _pairs(plain) for place in self._pairs.get(pair, ()))
        near = sorted(
            (
                (likeness, code)
                for place, _ in shared.most_common(_CANDIDATES)
                for code, other in (self._codes[place],)
                if (likeness := _likeness(plain, other)) >= _ALIKE
            ),
            reverse=True,
        )
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return near[0][1]


@lru_cache(maxsize=4096)
def normal(code: str) -> str:
    """A code without case, accents, spaces, signs and leading zeros."""
    folded = unicodedata.normalize("NFKD", code.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    pieces = [piece.lstrip("0") or "0" for piece in _PIECES.findall(bare)]
    return re.sub(r"(?<=\d) (?=\d)", "-", " ".join(pieces)).replace(" ", "")


def _pairs(plain: str) -> set[str]:
    padded = f" {plain} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def _likeness(one: str, other: str) -> float:
    """0 to 1; 0 where numbers differ. The same letters in another order are a slip as well."""
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return 0.0
    if len(one) > 2 and one[0] == other[0] and sorted(one) == sorted(other):
        return 0.9
    return _ratio(one, other)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
