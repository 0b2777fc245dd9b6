"""Text from files and names of the company, shown as it is: Streamlit reads labels as Markdown."""

import re

_SIGNS = frozenset("\\`*_{}[]()#+-.!|<>~:$")

# Addresses become links after the signs are read: a joiner that can't be seen keeps them text.
_LINKS = re.compile(r"(?i)(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)")


def plain(text: str) -> str:
    """The text with every sign of Markdown switched off, and no address made a link."""
    unlinked = _LINKS.sub("\u2060", text)
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in unlinked)
