"""What a rule is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code with the msgids of its message and its remedy."""

    code: str
    message: str
    remedy: str
