"""Mappings: files of another program, as they are, into the tables of the contract."""

from models.imports.mapping.applying import Matched, apply, fixed, layouts, match
from models.imports.mapping.language import Mapping
from models.imports.mapping.loading import MappingError, Written, bundled, load, parse, read

__all__ = [
    "Mapping",
    "MappingError",
    "Matched",
    "Written",
    "apply",
    "bundled",
    "fixed",
    "layouts",
    "load",
    "match",
    "parse",
    "read",
]
