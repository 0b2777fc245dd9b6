"""Text from files and names of the company, shown as it is: Streamlit reads labels as Markdown."""

_SIGNS = frozenset("\\`*_{}[]()#+-.!|<>~:$")


def plain(text: str) -> str:
    """The text with every sign of Markdown switched off."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)
