"""In which form dates are written, by the dates themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from models.imports.mapping.columns import moment
from models.imports.parsing import YEARS

_DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%y", "%d-%b-%Y", "%d %b %Y")
_MONTHS_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d, %Y")
_OTHERS = ("%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d-%B-%Y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M")

FORMS = tuple(day + time for day in (*_DAYS, *_OTHERS, *_MONTHS_FIRST) for time in _TIMES)
"""Every form that is tried. Day first goes before month first where both fit."""

MONTH_FORMS = ("%B %Y", "%b %Y", "%m-%Y", "%m/%Y", "%Y/%m", "%Y%m", "%b-%y")
"""Forms of months, for a column of periods."""

_LIKE_A_DATE = re.compile(
    r"^\d{1,4}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ,]+\d{2,4}\b"
    r"|^[A-Za-z]{3,9} \d{1,2}, \d{4}\b|^\d{8}$"
)
_LIKE_A_MONTH = re.compile(
    r"^[A-Za-z]{3,9}[ -]\d{2,4}$|^\d{1,2}[-/]\d{4}$|^\d{4}/\d{1,2}$|^(19|20)\d{4}$"
)
_TRIED = 60


@dataclass(frozen=True, slots=True)
class Dates:
    """How cells read as dates.

    ``share`` of them do, by ``form`` (empty for ISO). ``either``: month first reads them all too,
    since no day is over 12. ``timed``: they have a time of day.
    """

    share: float = 0.0
    form: str = ""
    either: bool = False
    timed: bool = False


def dates_of(values: Sequence[str]) -> Dates:
    """The form that reads most of the distinct ``values`` as dates."""
    if not any(_LIKE_A_DATE.search(value) for value in values[:_TRIED]):
        return Dates()
    frame = pl.DataFrame({"cell": list(values)}, schema={"cell": pl.String})
    iso = _share(frame, ())
    best, form = iso, ""
    for tried in _plausible(values):
        if best == 1.0:
            break
        if (share := _share(frame, (tried,))) > best:
            best, form = share, tried
    timed = "%H" in form or "%I" in form
    if not form:
        timed = any(":" in value for value in values)
    return Dates(best, form, bool(form) and _either(frame, form, best), timed)


def months_of(values: Sequence[str]) -> Dates:
    """The form that reads most of the distinct ``values`` as months."""
    if not any(_LIKE_A_MONTH.search(value) for value in values[:_TRIED]):
        return Dates()
    frame = pl.DataFrame({"cell": list(values)}, schema={"cell": pl.String})
    best, form = max(
        ((_share(frame, (tried,)), tried) for tried in MONTH_FORMS), key=lambda pair: pair[0]
    )
    return Dates(best, form)


def _plausible(values: Sequence[str]) -> list[str]:
    """The forms whose signs stand in the first values."""
    seen = "".join(values[:_TRIED])
    timed, halves = ":" in seen, bool(re.search(r"\d ?[AaPp][Mm]\b", seen))
    return [
        form
        for form in FORMS
        if ("%M" in form) == timed
        and ("%p" in form) == halves
        and all(sign in seen for sign in "-/.," if sign in form)
    ]


def _share(frame: pl.DataFrame, forms: tuple[str, ...]) -> float:
    found = moment("cell", forms)
    read = found.is_not_null() & found.dt.year().is_between(*YEARS)
    return float(frame.select(read.fill_null(value=False).mean()).item() or 0.0)


def _either(frame: pl.DataFrame, form: str, share: float) -> bool:
    """Whether day and month can change places."""
    swapped = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    return (
        "%m" in form and "%d" in form and "%Y%m" not in form and _share(frame, (swapped,)) >= share
    )
