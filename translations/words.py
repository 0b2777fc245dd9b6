"""One reader's language: texts by gettext, numbers, dates and periods by Babel."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, dates, numbers
from babel.lists import format_list

from metrics.words import N_, Sentence
from translations import catalogue

LANGUAGES = {"en": "English", "nl": "Nederlands"}
_LOCALES = {"en": "en_GB", "nl": "nl_NL"}
_DECIMALS = {
    "percent": 1,
    "points": 1,
    "score": 2,
    "ratio": 2,
    "nps": 0,
    "minutes": 1,
    "hours": 1,
    "years": 1,
    "days": 0,
    "months": 0,
    "per_100": 1,
    "count": 0,
}
_WITH_UNIT = {
    "points": N_("{number} points"),
    "minutes": N_("{number} min"),
    "hours": N_("{number} hours"),
    "years": N_("{number} years"),
    "days": N_("{number} days"),
    "months": N_("{number} months"),
}
_NOT_KNOWN = "–"


@lru_cache
def _signs(locale: str) -> dict[int, str]:
    """From Python's separators to a locale's: Babel's own formatting takes 40 times as long."""
    group, point = numbers.get_group_symbol(locale), numbers.get_decimal_symbol(locale)
    return str.maketrans({",": group, ".": point, "-": "−"})


def pick(*wishes: str | None) -> str:
    """The first wish that is a language we have (`nl-BE` counts as `nl`), else English."""
    for wish in wishes:
        language = (wish or "").replace("_", "-").split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return "en"


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and numbers as a reader of `language` (a key of `LANGUAGES`) expects them.

    Every method gives "–" for a number that is not known (None or NaN).
    """

    language: str

    def __call__(self, text: str) -> str:
        """The text in this language; English when it has no translation."""
        return catalogue.compiled(self.language).gettext(text) if text else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        return catalogue.compiled(self.language).ngettext(one, many, count)

    @property
    def locale(self) -> Locale:
        return Locale.parse(_LOCALES[self.language])

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with thousands separators and exactly so many decimals."""
        if value is None or value != value:
            return _NOT_KNOWN
        # A rounded zero has no sign.
        plain = f"{round(value, decimals) + 0.0:,.{decimals}f}"
        return plain.translate(_signs(_LOCALES[self.language]))

    def value(self, value: float | None, unit: str) -> str:
        """A number in its unit: 23.4%, 2.31, +12, 4.5 min, €1,200."""
        if value is None or value != value:
            return _NOT_KNOWN
        decimals = _DECIMALS.get(unit, 2)
        # The end of an interval that excludes zero must not read as zero.
        while unit == "points" and value and decimals < 3 and not round(value, decimals):
            decimals += 1
        text = self.number(value, decimals)
        if unit == "percent":
            return text + "%"
        if unit == "nps":
            return f"+{text}" if round(value) > 0 else text
        if unit == "eur":
            return numbers.format_currency(
                round(value), "EUR", "¤ #,##0", locale=self.locale, currency_digits=False
            )
        return self(_WITH_UNIT[unit]).format(number=text) if unit in _WITH_UNIT else text

    def signed(self, value: float | None, unit: str) -> str:
        """A difference with its sign; a difference of percentages is in points."""
        if value is None or value != value:
            return _NOT_KNOWN
        decimals = _DECIMALS.get(unit, 0)
        rounded = round(value, decimals) + 0.0
        sign = "+" if rounded > 0 else ""
        text = sign + self.number(rounded, decimals)
        _ = self
        if unit in ("percent", "nps"):
            return _("{number} points").format(number=text)
        return text

    def interval(self, low: float | None, high: float | None, unit: str) -> str:
        """A range, the unit once where it stands behind the number."""
        if low is None or high is None or low != low or high != high:
            return _NOT_KNOWN
        if unit == "percent":
            return f"{self.number(low, 1)}–{self.number(high, 1)}%"
        if unit == "score":
            return f"{self.number(low, 2)}–{self.number(high, 2)}"
        _ = self
        return _("{low} to {high}").format(low=self.value(low, unit), high=self.value(high, unit))

    def period(self, period: str | None, *, short: bool = False) -> str:
        """A period in words: 2024 · Q2 2024 · June 2024 · period 7 of 2024."""
        if not period:
            return _NOT_KNOWN
        year, _, part = period.partition("-")
        if not part:
            return year
        _ = self
        if part.startswith("Q"):
            return _("Q{quarter} {year}").format(quarter=part[1:], year=year)
        if part.startswith("P"):
            return _("period {number} of {year}").format(number=int(part[1:]), year=year)
        month = date(int(year), int(part), 1)
        return dates.format_date(month, "LLL yy" if short else "LLLL y", locale=self.locale)

    def date(self, moment: date | datetime) -> str:
        return dates.format_date(moment, "long", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        return dates.format_datetime(moment, "d MMM y HH:mm", locale=self.locale)

    def sentence(self, sentence: Sentence) -> str:
        """A sentence that a metric wrote, with its amounts and periods."""
        return sentence.render(self, self.value, self.period, self.language)

    def listed(self, items: list[str]) -> str:
        """a, b and c."""
        return format_list(items, locale=self.locale) if items else ""
