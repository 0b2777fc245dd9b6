"""How close a heading of a file is to a name that is known."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from math import sqrt

EXACT = 1.0
WITHIN = 0.8
CLOSE = 0.85
"""How much names must look alike, letter by letter, before that counts."""

_SHORTEST = 5
_LATER = 0.998
_FILLING = frozenset(
    "de het een van the of a an per in op aan at on for voor and en is was".split()
)


@lru_cache(maxsize=8_192)
def words(heading: str) -> tuple[str, ...]:
    """`DatumInDienst`, `datum_in-dienst` and `Datum in dienst` are the same three words."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", plain)
    return tuple(re.findall(r"[a-z]+|\d+", spaced.lower()))


def closeness(heading: str, names: Iterable[str]) -> float:
    """From 0 (nothing alike) to 1 (the same name), over the best of ``names``.

    Between equals the earlier name counts a little more.
    """
    given = words(heading)
    scores = (
        _closeness(given, words(name)) * float(_LATER**place) for place, name in enumerate(names)
    )
    return max(scores, default=0.0)


@lru_cache(maxsize=65_536)
def _closeness(given: tuple[str, ...], name: tuple[str, ...]) -> float:
    if not given or not name:
        return 0.0
    if given == name or "".join(given) == "".join(name):
        return EXACT
    telling, wanted = set(given) - _FILLING, set(name) - _FILLING
    if wanted and telling == wanted:
        return 0.97
    if wanted and wanted < telling:
        # `Datum in dienst (contract)`: the fewer other words, the closer.
        return WITHIN * sqrt(len(wanted) / len(telling))
    joined, other = "".join(given), "".join(name)
    if min(len(joined), len(other)) < _SHORTEST:
        return 0.0
    if 2 * min(len(joined), len(other)) < CLOSE * (len(joined) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, joined, other)
    if matcher.quick_ratio() < CLOSE:
        return 0.0
    alike = matcher.ratio()
    return 0.9 * alike if alike >= CLOSE else 0.0
