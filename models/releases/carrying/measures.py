"""What a carried file may say of own measures and sites: nothing that this side says otherwise."""

from collections.abc import Iterator

import polars as pl

from models.imports.rows import is_taken
from models.releases.carrying.form import Manifest
from models.releases.carrying.refusing import Refusal
from release.inspection import strange_text

TERMS = ("side", "rater", "unit", "better")
"""What an own measure is. Its names and its cut-off may change, its terms may not."""


def refused(manifest: Manifest, own: pl.DataFrame, released: pl.DataFrame) -> Iterator[Refusal]:
    """Own measures that the import would refuse, or that are something else here.

    Args:
        own: the measures that this side imported: the file may say nothing else of them.
        released: those that screens know, wherever they come from: their terms stay.
    """
    told = pl.DataFrame([each.model_dump() for each in manifest.measures], schema=released.schema)
    code = pl.col("measure")
    for name in told.filter(is_taken(code) | strange_text(code))["measure"]:
        yield Refusal("measure-code", f"'{name}' can't be the code of an own measure")
    other = told.join(own.select(told.columns), on=told.columns, how="anti", nulls_equal=True)
    known = released.join(told, on=["measure", *TERMS], how="anti")
    differing = {
        *other.join(own, on="measure", how="semi")["measure"],
        *known.join(told, on="measure", how="semi")["measure"],
    }
    for name in sorted(differing):
        yield Refusal("measure-differs", f"it says of the own measure '{name}' what is not so here")
    listed = [*told["measure"], *(place.location_id for place in manifest.locations)]
    for codes in (listed[: told.height], listed[told.height :]):
        for name in sorted({name for name in codes if codes.count(name) > 1}):
            yield Refusal("twice in file", f"'{name}' stands in the file more than once")
