"""The 36 months of the demo company: fixed dates, so that rows never depend on today.

Arrays over time have one column per month of the window; arrays of the latent processes have
`LEAD_IN` months before it, so that lagged effects exist from the first month on.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]

LEAD_IN = 12
MONTHS = np.arange("2023-07", "2026-07", dtype="datetime64[M]")
ALL_MONTHS = np.arange(MONTHS[0] - LEAD_IN, MONTHS[-1] + 1)
FIRST_DAYS: Days = MONTHS.astype("datetime64[D]")
LAST_DAYS: Days = (MONTHS + 1).astype("datetime64[D]") - 1
WINDOW_START = FIRST_DAYS[0]
WINDOW_END = LAST_DAYS[-1]
PERIODS = tuple(str(month) for month in MONTHS)
MONTH_OF_YEAR = MONTHS.astype(int) % 12 + 1
SURVEY_DAY = 9
"""Days after the first of the month on which the survey's invitations go out (the 10th)."""


def month_number(month: str) -> int:
    """Column of `month` ("2024-06") in an array over the window; negative before the window."""
    return int((np.datetime64(month, "M") - MONTHS[0]).astype(int))


def of_year(by_month: dict[int, float], *, neutral: float = 0.0) -> npt.NDArray[np.float64]:
    """A yearly pattern over all months, lead-in included: month of the year -> value."""
    numbers = ALL_MONTHS.astype(int) % 12 + 1
    return np.array([by_month.get(int(number), neutral) for number in numbers])


def quarter(month: str) -> str:
    """The quarter of a month: "2024-06" -> "2024-Q2"."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def survey_day_of(month: str) -> date:
    """The day on which the invitations of a month's wave go out."""
    return FIRST_DAYS[month_number(month)].item() + timedelta(days=SURVEY_DAY)
