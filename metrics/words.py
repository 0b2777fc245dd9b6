"""Marking of visible strings: English text is the msgid, the page translates it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Mark ``text`` for translation and give it back unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Word:
    """A msgid used as a parameter of a sentence: translated before it is filled in."""

    msgid: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence, with the unit by which the page formats it.

    ``unit`` is a measure's unit, or ``points`` for a difference of two percentages.
    """

    value: float
    unit: str


Parameter = Word | Amount | str | int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole visible sentence: a msgid with {named} fields and what fills them."""

    msgid: str
    params: Mapping[str, Parameter] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str], number: Callable[[float, str], str]) -> str:
        """The sentence in the reader's language.

        ``translate(msgid)`` is gettext, ``number(value, unit)`` writes an amount by Babel.
        """
        filled: dict[str, str] = {}
        for name, value in self.params.items():
            if isinstance(value, Word):
                filled[name] = translate(value.msgid)
            elif isinstance(value, Amount):
                filled[name] = number(value.value, value.unit)
            else:
                filled[name] = str(value)
        return translate(self.msgid).format(**filled)
