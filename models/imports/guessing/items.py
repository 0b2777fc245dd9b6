"""Which item of a questionnaire a heading is, in a file with a column per question."""

import re
from collections.abc import Mapping, Sequence

from metrics.catalogue import CATALOGUE
from models.imports.guessing.names import closeness, words

_SUBSCALES = {"bat": "bat23", "uwes": "engagement", "ubos": "ubos5"}
"""Whose items a bare number counts, per stem: `bat_2` is the second of all twenty-three."""

_NUMBERED = re.compile(
    r"(?P<stem>bat|uwes|ubos)(?P<size>23|12|4|5|3)?(item|vraag|q|i)?(?P<place>\d{1,2})$"
)

_CALLED: Mapping[str, tuple[str, ...]] = {
    "enps": (
        "enps",
        "employee net promoter score",
        "zou je ons aanbevelen als werkgever",
        "aanbevelen als werkgever",
        "recommend as employer",
        "recommend as a place to work",
    ),
    "workload": ("werkdruk", "workload"),
    "autonomy": ("autonomie", "autonomy"),
    "voice": ("inspraak", "voice"),
    "connection": ("verbondenheid", "connection"),
    "clarity": ("duidelijkheid", "clarity"),
    "growth": ("groei", "ontwikkeling", "growth"),
    "coaching": ("coaching",),
    "tool_fit": ("gereedschap", "hulpmiddelen", "middelen", "tools"),
    "peer_interaction": ("contact met collegas", "contact collega", "contact with colleagues"),
    "manager_interaction": (
        "contact met leidinggevende",
        "contact leidinggevende",
        "contact with manager",
    ),
}
_SURE = 0.75


def known_items() -> tuple[str, ...]:
    """The codes of all built-in items."""
    found = {
        item: None for one in CATALOGUE.values() if one.subject == "survey" for item in one.items
    }
    return tuple(found)


def item_of(heading: str) -> str | None:
    """The built-in item that a heading names; None when it names none for certain.

    `BAT01`, `bat_1` and `Q7 [bat01]` are `bat01`; the item 2 of BAT-12 is the second item of that
    short form, which is `bat03`.
    """
    items = known_items()
    inner = re.findall(r"[\[(]([^\])]+)[\])]", heading)
    for text in (heading, *inner):
        code = "_".join(words(text))
        if code in items:
            return code
    for text in (*inner, heading):
        if found := _numbered(text):
            return found
    scored = [(closeness(heading, names), item) for item, names in _CALLED.items()]
    best, item = max(scored)
    return item if best >= _SURE else None


def _numbered(text: str) -> str | None:
    """The item of `bat_2`, `Q7 BAT 2` or `BAT-12 item 2`."""
    parts = words(text)
    begin = next((at for at, word in enumerate(parts) if word in _SUBSCALES), None)
    found = None if begin is None else _NUMBERED.match("".join(parts[begin:]))
    if not found:
        return None
    stem, size, place = found["stem"], found["size"], int(found["place"])
    scale = CATALOGUE.get(f"{stem}{size}") if size else None
    if scale is None:
        scale = CATALOGUE[_SUBSCALES[stem]]
        # `bat12` may be the twelfth item; with an item behind it, 12 is the size of the form.
        place = int(f"{size or ''}{found['place']}")
    return scale.items[place - 1] if 1 <= place <= len(scale.items) else None


def items_of(headings: Sequence[str]) -> dict[str, str]:
    """Per heading its item, by name; an item is given once, to the first that names it."""
    found: dict[str, str] = {}
    for heading in headings:
        item = item_of(heading)
        if item is not None and item not in found.values():
            found[heading] = item
    return found


def in_order(headings: Sequence[str], scale: str) -> dict[str, str]:
    """The items of a scale over headings in the order in which they were asked.

    Empty when the numbers do not agree.
    """
    items = CATALOGUE[scale].items
    return dict(zip(headings, items, strict=True)) if len(headings) == len(items) else {}
