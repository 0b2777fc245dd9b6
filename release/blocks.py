"""A block: the cells of one subject and period, as they are published."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

VALUES_SCHEMA = {
    "cell": pl.UInt32,
    "measure": pl.String,
    "n": pl.UInt32,
    "total": pl.Float64,
    "squares": pl.Float64,
    "at_risk": pl.UInt32,
    "at_least": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Block:
    """What is published of one subject and period.

    Attributes:
        cells: `cell`, `people` and, per dimension, the sorted list of values that occur in it
            (empty when the source does not know that dimension).
        values: per cell and measure `n`, `total` (sum), `squares` (sum of squares), `at_risk` (null
            without a cut-off) and `at_least` (true: all that is said is that `at_risk`, n-2, or
            more are at risk; the other statistics are empty).
        withheld: the measures of which something was too small to publish, sorted.
    """

    subject: str
    period: str
    cells: pl.DataFrame
    values: pl.DataFrame
    withheld: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return int(self.cells["people"].sum())

    @property
    def smallest(self) -> int | None:
        """People in the smallest cell; None without cells that speak of people."""
        least = self.cells.filter(pl.col("people") > 0)["people"].min()
        return None if least is None else int(least)  # type: ignore[arg-type]


def cells_schema(dims: Sequence[str]) -> dict[str, pl.DataType]:
    return {
        "cell": pl.UInt32(),
        "people": pl.UInt32(),
        **{dim: pl.List(pl.String) for dim in dims},
    }


def pack(frame: pl.DataFrame) -> bytes:
    """A frame as Parquet; equal frames give equal bytes."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(data))


def fingerprint(cells_data: bytes, values_data: bytes) -> str:
    """The SHA-256 by which a published block is recognised."""
    return hashlib.sha256(cells_data + values_data).hexdigest()
