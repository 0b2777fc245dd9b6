"""From cells as they come to the stored form of each kind: one expression per column.

Text and typed columns (from XLSX and Parquet) give the same result. Nothing here raises on data:
a cell that can't be read becomes null, and the caller compares with the cell it came from.
All but `tidy` expect a frame that `tidy` has been over.
"""

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from models.imports import numerals
from models.imports.contract import Column, Kind
from models.imports.moments import moments
from release.periods import PATTERN as PERIOD

LENGTHS = {"text": 2_000, "code": 200}
"""Longest text of each kind, in characters."""

YEARS = (1900, 2200)
"""First and last year of a date; anything else is a slip of the keyboard."""

WORDS_TRUE = ("true", "yes", "ja", "y", "j", "1", "waar")
WORDS_FALSE = ("false", "no", "nee", "n", "0", "onwaar")

MONEY = frozenset(
    {"annual_cost", "revenue", "gross_margin", "cost_one_off", "cost_per_employee_year"}
)
"""Columns of amounts in euros, which may be written with the sign."""

OTHER_CURRENCY = r"(?i)[$£¥]|\b(usd|gbp|chf|sek|dkk|nok|pln|czk|huf|ron)\b"

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
"""Control characters, and those that turn the direction in which all after them is read."""

UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
"""The same, and all that can't be seen: two codes that differ only by these look alike."""

_ERRORS = tuple(
    "#REF! #DIV/0! #N/A #NAME? #NULL! #NUM! #VALUE! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! "
    "#GETTING_DATA #FORMULA! #VERW! #DEEL/0! #NAAM? #LEEG! #GETAL! #WAARDE! #N/B".split()
)


def is_plain(dtype: pl.DataType) -> bool:
    """Whether a column of this type holds single values that can be read."""
    return not (dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Duration, pl.Time))


def tidy(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with text trimmed, categories as text, and empty text and NaN as null."""
    changed: list[pl.Expr] = []
    for name, dtype in frame.schema.items():
        column = pl.col(name)
        if dtype in (pl.Categorical, pl.Enum):
            column = column.cast(pl.String)
        if dtype in (pl.String, pl.Categorical, pl.Enum):
            trimmed = column.str.strip_chars()
            changed.append(pl.when(trimmed != "").then(trimmed).alias(name))
        elif dtype.is_float():
            changed.append(column.fill_nan(None))
    return frame.with_columns(changed)


def text(name: str, dtype: pl.DataType) -> pl.Expr:
    """The cell as text; whole floats lose their `.0`, midnights without zone their time."""
    column = pl.col(name)
    if dtype == pl.String:
        return column
    if dtype.is_float():
        whole = (column == column.floor()) & (column.abs() < numerals.WHOLE_LIMIT)
        return (
            pl.when(whole)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    if dtype == pl.Date:
        return column.dt.to_string("%Y-%m-%d")
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone:
            return column.dt.to_string("%Y-%m-%d %H:%M:%S%.f%:z")
        moment = timestamp(name, dtype)
        midnight = moment.dt.truncate("1d") == moment
        return (
            pl.when(midnight)
            .then(moment.dt.to_string("%Y-%m-%d"))
            .otherwise(moment.dt.to_string("%Y-%m-%d %H:%M:%S%.f"))
        )
    return column.cast(pl.String)


def _nothing(name: str, dtype: pl.DataType) -> pl.Expr:
    """Null for every row of the column."""
    return pl.when(pl.col(name).is_null()).then(None).cast(dtype)


def spreadsheet_error(name: str) -> pl.Expr:
    """Whether a cell of text holds the error of a spreadsheet, such as `#REF!`."""
    return pl.col(name).is_in(_ERRORS)


def number(name: str, dtype: pl.DataType, thousands: str = "") -> pl.Expr:
    """A finite number.

    Text takes a decimal point or comma, signs that group thousands where they can be nothing else
    (`numerals`), and a % at its end; amounts of money take the euro's sign as well.
    """
    if dtype.is_numeric() or dtype == pl.Boolean:
        value = pl.col(name).cast(pl.Float64)
        return pl.when(value.is_finite()).then(value)
    if dtype.is_temporal():
        return _nothing(name, pl.Float64())
    return number_in(text(name, dtype), thousands, money=name in MONEY)


def number_in(cell: pl.Expr, thousands: str = "", *, money: bool = False) -> pl.Expr:
    """The same of a cell of text."""
    value = cell.map_batches(
        partial(numerals.numbers, thousands=thousands, money=money),
        return_dtype=pl.Float64(),
        is_elementwise=True,
    )
    return pl.when(value.is_finite()).then(value)


def share(name: str, dtype: pl.DataType, thousands: str = "") -> pl.Expr:
    """A number from 0 to 1; `12.5 %` is 0.125."""
    value = number(name, dtype, thousands)
    if dtype != pl.String:
        return value
    return pl.when(pl.col(name).str.ends_with("%")).then(value / 100).otherwise(value)


def ambiguous(cell: pl.Expr, *, decimal_comma: bool, whole: bool = False) -> pl.Expr:
    """Whether a cell of text is a number that can be read in two ways, as 1,234 can.

    ``decimal_comma``: a comma can only be decimal, so that only 1.234 can. ``whole``: neither sign
    has a place in a whole number, so that both can. Another cell of the column may prove that the
    sign that seemed decimal groups thousands (1.250,50); then 12.500 can be read in two ways too.
    """
    grouping, decimal = (".", ",") if decimal_comma else (",", ".")
    two_ways = cell.str.contains(numerals.TWO_WAYS[grouping])
    other = cell.str.contains(numerals.TWO_WAYS[decimal])
    if whole:
        return two_ways | other
    proven = cell.str.contains(numerals.GROUPS[decimal]).fill_null(value=False).any()
    return two_ways | (other & proven)


def integer(name: str, dtype: pl.DataType, thousands: str = "") -> pl.Expr:
    """A whole number within 2**53 either way; `12.0` counts as whole."""
    if dtype.is_integer():
        return pl.col(name).cast(pl.Int64, strict=False)
    if dtype == pl.String:
        return text(name, dtype).map_batches(
            partial(numerals.whole, thousands=thousands, money=name in MONEY),
            return_dtype=pl.Int64(),
            is_elementwise=True,
        )
    value = number(name, dtype, thousands)
    whole = (value == value.floor()) & (value.abs() <= numerals.WHOLE_LIMIT)
    return pl.when(whole).then(value.cast(pl.Int64, strict=False))


def boolean(name: str, dtype: pl.DataType) -> pl.Expr:
    """True or false, from the words in Dutch and English, or 1 and 0."""
    if dtype == pl.Boolean:
        return pl.col(name)
    word = text(name, dtype).str.to_lowercase()
    return (
        pl.when(word.is_in(WORDS_TRUE)).then(True).when(word.is_in(WORDS_FALSE)).then(False)  # noqa: FBT003
    )


def timestamp(name: str, dtype: pl.DataType, *, local: bool = False) -> pl.Expr:
    """A moment without zone.

    One that came with an offset or a zone is in UTC; ``local`` keeps the time as it was there.
    """
    if isinstance(dtype, pl.Datetime):
        column = pl.col(name)
        if dtype.time_zone and not local:
            column = column.dt.convert_time_zone("UTC")
        moment = column.dt.replace_time_zone(None).dt.cast_time_unit("us")
    elif dtype == pl.Date:
        moment = pl.col(name).cast(pl.Datetime("us"))
    elif dtype == pl.String:
        moment = moment_of(text(name, dtype), local=local)
    else:
        return _nothing(name, pl.Datetime("us"))
    return pl.when(moment.dt.year().is_between(*YEARS)).then(moment)


def moment_of(cell: pl.Expr, *, local: bool = False) -> pl.Expr:
    """ISO 8601 text as a moment (`models.imports.moments`)."""
    read = partial(moments, local=local)
    return cell.map_batches(read, return_dtype=pl.Datetime("us"), is_elementwise=True)


def date(name: str, dtype: pl.DataType) -> pl.Expr:
    """A day; the time of a timestamp is left out, and its offset: the day is that of the place."""
    if dtype == pl.Date:
        return pl.when(pl.col(name).dt.year().is_between(*YEARS)).then(pl.col(name))
    return timestamp(name, dtype, local=True).cast(pl.Date)


def period(name: str, dtype: pl.DataType) -> pl.Expr:
    """A period; a day that a spreadsheet made of `2024-06` is that month when it is the first."""
    if dtype.is_temporal():
        moment = timestamp(name, dtype, local=True)
        first = moment.dt.truncate("1mo") == moment
        return pl.when(first).then(moment.dt.to_string("%Y-%m"))
    cell = text(name, dtype).str.to_uppercase()
    year = cell.str.head(4).cast(pl.Int32, strict=False)
    return pl.when(cell.str.contains(PERIOD) & year.is_between(*YEARS)).then(cell)


def option(name: str, dtype: pl.DataType, options: tuple[str, ...]) -> pl.Expr:
    """One of the words, whatever its case, with a space or a hyphen for an underscore."""
    word = text(name, dtype).str.to_lowercase().str.replace_all(r"[ -]+", "_")
    return pl.when(word.is_in(options)).then(word)


_NUMERIC: Mapping[str, Callable[[str, pl.DataType, str], pl.Expr]] = {
    "integer": integer,
    "number": number,
    "share": share,
}


def stored(column: Column, dtype: pl.DataType, thousands: str = "") -> pl.Expr:
    """The stored form of a column of the contract, under its own name; null where unreadable.

    ``thousands`` is the sign that can only group thousands, where a mapping says so.
    """
    kind: Kind = column.kind
    if kind == "option":
        value = option(column.name, dtype, column.options)
    elif kind in _NUMERIC:
        value = _NUMERIC[kind](column.name, dtype, thousands)
    else:
        value = {
            "text": text,
            "code": text,
            "date": date,
            "timestamp": timestamp,
            "boolean": boolean,
            "period": period,
        }[kind](column.name, dtype)
    return value.cast(column.stored_type).alias(column.name)
