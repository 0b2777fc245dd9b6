"""Cells written by hand, for tables small enough to check on paper."""

from collections.abc import Mapping, Sequence

import polars as pl

from metrics.results import CELL_COLUMNS, Cells

_USUAL: Mapping[str, object] = {
    "total": None,
    "squares": None,
    "at_risk": None,
    "at_least": False,
    "periods": 1,
    "coverage": 1.0,
}


def cells(
    *rows: Mapping[str, object],
    by: Sequence[str] = (),
    first: str | None = "2024-01",
    last: str | None = "2024-12",
    measures: Sequence[str] | None = None,
    withheld: bool = False,
) -> Cells:
    """Cells with these rows; what a row leaves out is as usual, ``n_known`` is n."""
    filled = [{**_USUAL, "n_known": row["n"], **row} for row in rows]
    codes = measures or tuple(dict.fromkeys(str(row["measure"]) for row in rows))
    return Cells(
        rows=pl.DataFrame(filled, schema={**dict.fromkeys(by, pl.String()), **CELL_COLUMNS}),
        by=tuple(by),
        measures=tuple(codes),
        coverage=1.0 if rows else None,
        withheld=withheld,
        first=first,
        last=last,
        release=7,
    )


def answered(measure: str, values: Sequence[float], **more: object) -> dict[str, object]:
    """The row of one cell in which these values were given."""
    return {
        "measure": measure,
        "n": len(values),
        "total": sum(values),
        "squares": sum(value * value for value in values),
        **more,
    }
