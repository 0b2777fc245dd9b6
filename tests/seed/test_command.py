"""The command that fills an empty database with the demo company."""

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from manage import app
from models.cells import load
from models.imports.batches import recent

run = CliRunner()


def test_the_demo_company_comes_in_like_any_company_and_is_published(
    demo_database: Engine,
) -> None:
    batches = recent(demo_database)
    assert [batch.source for batch in batches] == ["the demo company", "sites as they were"]
    release = load(demo_database)
    assert release.number == 1
    assert {"bat12", "nps", "exits", "hours_lost", "decided_in_30_days", "sla_met"} <= set(
        release.measures()
    )
    # The region was renamed between the two imports.
    assert "Noordwest" in release.values("region")
    assert "Randstad-Noord" not in release.values("region")


@pytest.mark.usefixtures("demo_database")
def test_a_database_that_is_not_empty_stays_as_it_is() -> None:
    assert run.invoke(app, ["seed", "--if-empty"]).exit_code == 0
    refused = run.invoke(app, ["seed"])
    assert refused.exit_code == 1
    assert "not empty" in refused.output
