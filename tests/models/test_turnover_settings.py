"""What turnover is divided by and what a leaver costs: kept, checked, and told by the terminal."""

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from manage import app
from metrics.pay import STANDARD, Triangle
from models import settings


def test_unset_they_are_the_usual_ones(database: Engine) -> None:
    assert settings.denominator(database) == "person_years"
    assert settings.leaver_cost(database) == STANDARD


def test_they_are_kept_to_the_last_figure(database: Engine) -> None:
    shares = Triangle(0.1, 0.2 + 0.1, 1 / 3)
    settings.set_leaver_cost(database, shares)
    settings.set_denominator(database, "average")
    assert settings.leaver_cost(database) == shares
    assert settings.denominator(database) == "average"


def test_what_is_no_denominator_is_refused(database: Engine) -> None:
    with pytest.raises(settings.SettingError, match="person_years, average, end_of_period"):
        settings.set_denominator(database, "customers")


def test_the_terminal_sets_and_tells(database: Engine) -> None:
    words = ["--denominator", "end_of_period", "--leaver-cost", "20", "25", "40"]
    told = CliRunner().invoke(app, ["turnover-settings", *words])
    assert told.exit_code == 0, told.output
    assert "divided by: end_of_period" in told.output
    assert "20, 25, 40" in told.output
    assert settings.leaver_cost(database) == Triangle(0.2, 0.25, 0.4)
    refused = CliRunner().invoke(app, ["turnover-settings", "--leaver-cost", "50", "25", "40"])
    assert refused.exit_code == 1
    assert "in that order" in refused.output
