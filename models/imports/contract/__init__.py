"""The data contract: every table a company can bring, in this one place.

It drives validation, the database's raw tables, `docs/data-contract.md` and the templates.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from models.imports.contract.company import (
    FINANCIALS,
    GROUP_MEASUREMENTS,
    KEY_RESULTS,
    MEASURES,
    ROLLOUTS,
    SOCIAL_ACTIVITY,
    TOOL_USE,
)
from models.imports.contract.customers import CASE_EVENTS, CASES, CUSTOMER_FEEDBACK
from models.imports.contract.ideas import IDEA_EVENTS, IDEA_SUBMITTERS, IDEAS, STAGES
from models.imports.contract.kinds import KINDS, STORED_TYPES, Column, Keeping, Kind, Table
from models.imports.contract.people import ABSENCE, ASSIGNMENTS, DESK_TYPES, LOCATIONS, TEAMS
from models.imports.contract.surveys import SURVEY_ANSWERS, SURVEY_INVITATIONS


def _by_name(*tables: Table) -> Mapping[str, Table]:
    return MappingProxyType({table.name: table for table in tables})


TABLES: Mapping[str, Table] = _by_name(
    LOCATIONS,
    TEAMS,
    ASSIGNMENTS,
    ABSENCE,
    SURVEY_ANSWERS,
    SURVEY_INVITATIONS,
    IDEAS,
    IDEA_EVENTS,
    CUSTOMER_FEEDBACK,
    CASES,
    CASE_EVENTS,
    SOCIAL_ACTIVITY,
    TOOL_USE,
    KEY_RESULTS,
    ROLLOUTS,
    FINANCIALS,
    GROUP_MEASUREMENTS,
    MEASURES,
)
"""What a company can bring, in the order in which the design lists it."""

STORED: Mapping[str, Table] = _by_name(
    *(replace(table, columns=table.stored) for table in TABLES.values()), IDEA_SUBMITTERS
)
"""What the database holds: `raw_<name>` with the table's columns, plus `batch`."""

__all__ = [
    "DESK_TYPES",
    "KINDS",
    "STAGES",
    "STORED",
    "STORED_TYPES",
    "TABLES",
    "Column",
    "Keeping",
    "Kind",
    "Table",
]
