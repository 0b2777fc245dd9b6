"""Which table a file or a sheet is named after."""

import re

from models.imports.contract import TABLES, Table


def table_named(name: str) -> Table | None:
    """The table of a name in lower case: `absence`, `2024_absence`, `absence q1`.

    The table's name may stand among digits and other words; the longest that fits counts.
    """
    plain = re.sub(r"[^a-z0-9]+", "_", name)
    fitting = [
        table for table in TABLES if re.search(rf"(^|[^a-z]){re.escape(table)}([^a-z]|$)", plain)
    ]
    return TABLES[max(fitting, key=len)] if fitting else None
