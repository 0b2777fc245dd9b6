"""From answers to leaf counts: the only step whose cost grows with the number of answers.

A *leaf* is one combination of the subject's dimensions in one period. The step is written with
Narwhals, so that the same lines run on Polars and on a Spark cluster; everything after it works on
leaf counts, which are few.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw

UNKNOWN = "unknown"
"""What stands for a dimension that was not filled in."""

PARTS = ("n", "total", "squares", "at_risk")


def part(measure: str, name: str) -> str:
    """The column of leaf counts that holds one part of a measure."""
    return f"{measure}.{name}"


def risk_flag(measure: str) -> str:
    """The column of a response frame that says whether this response is at risk."""
    return f"{measure}.at_risk"


def leaf_counts(responses: Any, keys: Sequence[str], measures: Sequence[str]) -> Any:
    """Count the responses of each leaf.

    Args:
        responses: any frame that Narwhals knows, eager or lazy; a row is one person's sheet, with
            the `keys` (period and dimensions; empty becomes `UNKNOWN`), a number per measure
            (null where it was not answered) and, where a measure has a cut-off, a boolean
            `<measure>.at_risk`.
        keys: period and dimensions.
        measures: codes of the measures to count.

    Returns:
        A frame of the same kind: the keys, `people` (rows of the leaf) and per measure
        `<measure>.n`, `.total` (sum), `.squares` (sum of squares) and, with a cut-off, `.at_risk`.
    """
    frame = nw.from_native(responses)
    columns = set(frame.collect_schema().names())
    judged = [measure for measure in measures if risk_flag(measure) in columns]
    # Every aggregate is of one plain column: some backends know no others.
    plain = frame.with_columns(
        *(nw.col(key).fill_null(UNKNOWN) for key in keys),
        *((nw.col(measure) * nw.col(measure)).alias(f"squared {measure}") for measure in measures),
        *(nw.col(risk_flag(measure)).cast(nw.Int64).alias(f"flag {measure}") for measure in judged),
    )
    return (
        plain.group_by(*keys)
        .agg(
            nw.len().alias("people"),
            *(nw.col(measure).count().alias(part(measure, "n")) for measure in measures),
            *(nw.col(measure).sum().alias(part(measure, "total")) for measure in measures),
            *(
                nw.col(f"squared {measure}").sum().alias(part(measure, "squares"))
                for measure in measures
            ),
            *(
                nw.col(f"flag {measure}").sum().alias(part(measure, "at_risk"))
                for measure in judged
            ),
        )
        .to_native()
    )
