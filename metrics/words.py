"""Marking of visible strings: English text is the msgid, the page translates it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Mark ``text`` for translation and give it back unchanged."""
    return text


def as_is(text: str) -> str:
    """The English text: what stands where no translation is asked for."""
    return text


@dataclass(frozen=True, slots=True)
class Word:
    """A msgid used as a parameter of a sentence: translated before it is filled in.

    ``nl``: the company's own Dutch word, which goes before the translation.
    """

    msgid: str
    nl: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence, and the unit by which the page writes it.

    ``unit`` is a measure's unit, or ``points`` for the difference of two percentages.
    """

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A period in a sentence (`2024-06`), which the page writes as people say it."""

    period: str


Parameter = Word | Amount | Moment


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole visible sentence: a msgid with {named} fields and what fills them."""

    msgid: str
    params: Mapping[str, Parameter] = field(default_factory=dict)

    def render(
        self,
        translate: Callable[[str], str],
        number: Callable[[float, str], str],
        period: Callable[[str], str] = str,
        language: str = "en",
    ) -> str:
        """The sentence in the reader's language.

        Args:
            translate: gettext.
            number: writes a value in a unit, as with Babel.
            period: writes a period.
            language: ``nl`` prefers a company's own Dutch words.
        """
        filled: dict[str, str] = {}
        for name, given in self.params.items():
            match given:
                case Word(msgid, nl):
                    filled[name] = nl if nl and language == "nl" else translate(msgid)
                case Amount(value, unit):
                    filled[name] = number(value, unit)
                case Moment(text):
                    filled[name] = period(text)
        return translate(self.msgid).format(**filled)
