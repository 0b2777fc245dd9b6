"""Numbers as people write them: 1.234,5 and 1 234,5, 12,5 %, € 20."""

import polars as pl

WHOLE_LIMIT = 2.0**53
"""Up to here either way a number tells every whole number apart."""

_SPACES = r"[ \u00a0\u2009\u202f'’]"
_SIGN = r"[+-]?"
_AROUND = (r"^(?:€|eur)?\s*", r"\s*(?:€|eur|%)?$")

TWO_WAYS = {
    sign: rf"(?i){_AROUND[0]}{_SIGN}[1-9]\d{{0,2}}{escaped}\d{{3}}{_AROUND[1]}"
    for sign, escaped in ((",", ","), (".", r"\."))
}
"""1,234 or 1.234: a thousand and more, or one and a bit."""

GROUPS = {
    sign: rf"^\D*(?:\d{{1,3}}(?:{one}\d{{3}})+{two}\d+|\d{{1,3}}(?:{one}\d{{3}}){{2,}}"
    rf"|0{two}\d+|\d+{two}(?:\d{{1,2}}|\d{{4,}}))\D*$"
    for sign, one, two in ((",", ",", r"\."), (".", r"\.", ","))
}
"""Cells that show that a sign groups thousands in their column: the other one is decimal there."""

# What groups thousands for sure: twice the same sign, a sign before another that is decimal,
# and a space or an apostrophe.
_GROUPED = (
    (rf"^({_SIGN}\d{{1,3}}(?:\.\d{{3}})+,\d+)$", "."),
    (rf"^({_SIGN}\d{{1,3}}(?:\.\d{{3}}){{2,}})$", "."),
    (rf"^({_SIGN}\d{{1,3}}(?:,\d{{3}})+\.\d+)$", ","),
    (rf"^({_SIGN}\d{{1,3}}(?:,\d{{3}}){{2,}})$", ","),
)
_SPACED = rf"^{_SIGN}\d{{1,3}}(?:{_SPACES}\d{{3}})+(?:[.,]\d+)?$"


def numbers(cells: pl.Series, *, thousands: str = "", money: bool = False) -> pl.Series:
    """The cells as numbers, null where they are none.

    A decimal point or comma; thousands grouped by a space, an apostrophe, or a point or comma
    that can be nothing else (``thousands`` says which one only groups); a % at the end counts for
    nothing; with ``money`` a sign of the euro before or after.
    """
    if thousands:
        cells = _ungrouped(cells, thousands)
    value = _cast(cells)
    wrong = cells.is_not_null() & value.is_null()
    if not wrong.any():
        return value
    mended = _cast(_mended(cells.filter(wrong), money=money))
    return value.scatter(wrong.arg_true(), mended)


def whole(cells: pl.Series, *, thousands: str = "", money: bool = False) -> pl.Series:
    """The cells as whole numbers within `WHOLE_LIMIT` either way, null where they are none.

    Written as `numbers` reads them; `12.0` counts as whole.
    """
    exact = cells.cast(pl.Int64, strict=False)
    wrong = cells.is_not_null() & exact.is_null()
    found = exact.set(exact.abs() > int(WHOLE_LIMIT), None)
    if not wrong.any():
        return found
    value = numbers(cells.filter(wrong), thousands=thousands, money=money)
    fits = (value == value.floor()) & (value.abs() <= WHOLE_LIMIT)
    mended = value.set(~fits, None).cast(pl.Int64)
    return found.scatter(wrong.arg_true(), mended)


def _cast(cells: pl.Series) -> pl.Series:
    return cells.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def _ungrouped(cells: pl.Series, thousands: str) -> pl.Series:
    sign, decimal = (r"\.", ",") if thousands == "." else (",", r"\.")
    form = rf"^\D*\d{{1,3}}(?:{sign}\d{{3}})+(?:{decimal}\d+)?\D*$"
    grouped = cells.str.contains(form).fill_null(value=False)
    return cells.str.replace_all(thousands, "", literal=True).zip_with(grouped, cells)


def _mended(cells: pl.Series, *, money: bool) -> pl.Series:
    """Cells that are no plain numbers, without what only groups or adorns."""
    if money:
        cells = cells.str.replace(r"(?i)^(?:€|eur)\s*|\s*(?:€|eur)$", "")
    cells = cells.str.replace(r"\s*%$", "").str.replace("−", "-", literal=True)
    spaced = cells.str.contains(_SPACED).fill_null(value=False)
    cells = cells.str.replace_all(_SPACES, "").zip_with(spaced, cells)
    for form, sign in _GROUPED:
        fits = cells.str.contains(form).fill_null(value=False)
        cells = cells.str.replace_all(sign, "", literal=True).zip_with(fits, cells)
    return cells
