"""Moments as ISO 8601 writes them: with or without time, seconds, their parts and an offset."""

import polars as pl

_ZONED = "%Y-%m-%dT%H:%M:%S%.f%#z"
_NAIVE = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%.f")


OFFSET = r"(?:[+-]\d{2}:?(?:\d{2})?|[Zz])$"


def moments(cells: pl.Series, *, local: bool = False) -> pl.Series:
    """The cells as moments without zone, null where they are none.

    Those with an offset are in UTC; ``local`` leaves the offset out, for the day on which it was.
    Only what one form did not fit is tried by the next, that of the first cell before all others:
    a column is mostly written in one form.
    """
    iso = cells.str.replace(" ", "T", literal=True)
    first = iso.filter(iso.is_not_null()).head(1)
    found = pl.Series(cells.name, [None], dtype=pl.Datetime("us")).new_from_index(0, cells.len())
    for form in sorted((*_NAIVE, _ZONED), key=lambda form: _read(first, form, local).null_count()):
        left = iso.is_not_null() & found.is_null()
        if not left.any():
            break
        if left.all():
            found = _read(iso, form, local)
        else:
            found = found.scatter(left.arg_true(), _read(iso.filter(left), form, local))
    return found.alias(cells.name)


def _read(iso: pl.Series, form: str, local: bool) -> pl.Series:  # noqa: FBT001
    read = iso.str.to_datetime(form, strict=False, time_unit="us")
    if form != _ZONED:
        return read
    if local:
        there = iso.str.replace(OFFSET, "").str.to_datetime(
            _NAIVE[-1], strict=False, time_unit="us"
        )
        return there.set(read.is_null(), None)
    return read.dt.replace_time_zone(None)
