"""Prices for questions in euros: released pay by job family, and the question split by it."""

from dataclasses import replace

from metrics.metric import MetricError
from metrics.pay import PAY, Prices, Triangle, mean_pay, per_family
from metrics.results import Cells
from models.cells import EVERYTHING, Question, Release, Scope, answer
from release.periods import parse


def year_of_pay(release: Release, last: str | None) -> str | None:
    """The year of the pay for a window: the last that is told by its end, else the first told."""
    years = release.periods(PAY)
    if not years:
        return None
    if last is None:
        return years[-1]
    over = [year for year in years if parse(year).first_day <= parse(last).last_day]
    return over[-1] if over else years[0]


def prices(question: Question, scope: Scope, release: Release, shares: Triangle) -> Prices:
    """What a question needs to be told in euros.

    Pay is that of the whole company, whatever the question is limited to.

    Raises:
        MetricError: no pay is released.
    """
    year = year_of_pay(release, question.last)
    if year is None:
        raise MetricError("a cost needs pay: annual_cost of the assignments; none is released")
    pay = Question((PAY,), (), (), year, year)
    families = answer(replace(pay, by=("job_family",)), EVERYTHING, release)
    whole = mean_pay(answer(pay, EVERYTHING, release))
    if whole is None:
        raise MetricError(f"no mean pay of {year} may be told")
    return Prices(per_family(families), whole, _mix(question, scope, release), shares, year)


def _mix(question: Question, scope: Scope, release: Release) -> Cells | None:
    """The question split by job family; None of measures that do not know it."""
    codes = tuple(code for code in question.measures if "job_family" in release.dims(code))
    if not codes:
        return None
    by = tuple(dict.fromkeys((*question.by, "job_family")))
    return answer(replace(question, measures=codes, by=by), scope, release)
