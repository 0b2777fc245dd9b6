"""Random valid companies: several tables that refer to each other, as files, as text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from models.imports.contract import TABLES
from tests.models.imports.company import write_csv

Row = dict[str, Any]
MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 13))
SITES = ("AMS-01", "007", "Den Haag", "Zürich", "L 4", "büro=1")
ITEMS = ("bat01", "bat04", "uwes1", "enps", "own_pride", "autonomy")
SCALES = {"bat01": (1, 5), "bat04": (1, 5), "uwes1": (0, 6), "enps": (0, 10), "own_pride": (1, 99),
          "autonomy": (1, 5)}  # fmt: skip


@dataclass(slots=True)
class File:
    """One file: its table and its rows, with values in stored form or as text."""

    table: str
    rows: list[Row]

    @property
    def headings(self) -> list[str]:
        """Every column that some row has, those of the contract first."""
        names = dict.fromkeys(name for row in self.rows for name in row)
        order = {name: place for place, name in enumerate(TABLES[self.table].names)}
        return sorted(names, key=lambda name: order.get(name, len(order)))

    def texts(self) -> list[dict[str, str]]:
        """The rows as a CSV has them."""
        names = self.headings
        return [{name: text(row.get(name)) for name in names} for row in self.rows]


@dataclass(slots=True)
class Company:
    """Files by name; ``wide`` is the file of answers with a column per item, if there is one."""

    files: dict[str, File] = field(default_factory=dict)

    def of(self, table: str) -> Iterator[tuple[str, int, Row]]:
        """File, row number and row of every row of a table."""
        for name, file in self.files.items():
            if file.table == table:
                for number, row in enumerate(file.rows, start=2):
                    yield name, number, row

    def write(self, folder: Path, *, separator: str = ",", bom: bool = False) -> None:
        """Write every file as CSV."""
        for name, file in self.files.items():
            path = folder / f"{name}.csv"
            headings = file.headings
            write_csv(path, [{h: row[h] for h in headings} for row in file.texts()],
                      separator=separator, bom=bom)  # fmt: skip

    def frame(self, name: str) -> pl.DataFrame:
        """One file in stored form; items are numbers."""
        file = self.files[name]
        types = {c.name: c.stored_type for c in TABLES[file.table].columns}
        columns = {h: types.get(h, pl.Float64()) for h in file.headings}
        rows = [[row.get(h) for h in columns] for row in file.rows]
        return pl.DataFrame(rows, schema=columns, orient="row")


def moment(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of 2023, as the shop's clock says it."""
    return datetime.combine(date(2023, month, day), time(hour, minute))


def text(value: object) -> str:
    """A value as a careful person types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """A company of two to four sites with every table, answers wide, long or both."""
    random = Random(draw(st.integers(0, 2**32)))
    sites, size = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    forms = draw(st.sampled_from([("wide",), ("long",), ("wide", "long")]))
    return made(random, sites=sites, size=size, forms=forms)


def made(random: Random, *, sites: int, size: int, forms: tuple[str, ...]) -> Company:
    """A company of so many sites, with ``size`` things of every kind at each."""
    maker = _Maker(random, list(SITES[:sites]), size)
    company = Company()
    for name in TABLES:
        if name != "survey_answers":
            company.files[name] = File(name, getattr(maker, name)())
    for place, form in enumerate(forms):
        answers = getattr(maker, f"answers_{form}")(f"2023-Q{place + 1}")
        company.files[f"survey_answers_{form}"] = File("survey_answers", answers)
    return company


class _Maker:
    def __init__(self, random: Random, sites: list[str], size: int) -> None:
        self.random, self.sites, self.size = random, sites, size

    def day(self, first: date = date(2023, 1, 1), days: int = 300) -> date:
        return first + timedelta(days=self.random.randrange(days))

    def maybe(self, value: Any) -> Any:
        return value if self.random.random() < 0.7 else None

    def per_site(self) -> Iterator[tuple[str, int]]:
        for site in self.sites:
            for number in range(self.size):
                yield site, number

    def locations(self) -> list[Row]:
        return [
            {"location_id": site, "name": f"Site, {site}", "region": self.maybe("North"),
             "opened_on": self.maybe(date(2010, 1, 1)), "closed_on": self.maybe(date(2024, 12, 31))}
            for site in self.sites
        ]  # fmt: skip

    def teams(self) -> list[Row]:
        return [
            {"team_id": f"{site}-T{n}", "name": "Early; late", "location_id": site}
            for site, n in self.per_site()
        ]

    def assignments(self) -> list[Row]:
        rows = []
        for site, n in self.per_site():
            begin = self.day(date(2019, 1, 1))
            for _ in range(self.random.randint(1, 2)):
                end = begin + timedelta(days=self.random.randint(2, 400))
                rows.append(
                    {"employee_id": f"{site}{n}", "start_on": begin, "end_on": end,
                     "location_id": site, "job_family": self.maybe("sales"), "desk_type": "hybrid",
                     "contract_type": self.maybe("permanent"), "remote_share": self.maybe(0.25),
                     "fte": 1.0, "annual_cost": self.maybe(41_500.5)}
                )  # fmt: skip
                begin = end + timedelta(days=self.random.randint(1, 9))
        return rows

    def absence(self) -> list[Row]:
        return [
            {"period": month, "location_id": site, "desk_type": kind,
             "hours_lost": self.random.randrange(80) / 4, "contract_hours": 100.0,
             "spells": self.maybe(3)}
            for site in self.sites
            for month in MONTHS[: self.size]
            for kind in ("desk", "non_desk")
        ]  # fmt: skip

    def answers_wide(self, wave: str) -> list[Row]:
        return [self.response("w", wave, site, n) | self.scores() for site, n in self.per_site()]

    def answers_long(self, wave: str) -> list[Row]:
        return [
            response | {"item": item, "score": score}
            for site, n in self.per_site()
            for response in (self.response("l", wave, site, n),)
            for item, score in self.scores().items()
        ]

    def response(self, form: str, wave: str, site: str, n: int) -> Row:
        return {
            "response_id": f"{form}-{site}-{n}", "wave": wave,
            "answered_on": self.day(days=90), "location_id": site, "desk_type": "desk",
            "is_manager": self.random.random() < 0.1,
        }  # fmt: skip

    def scores(self) -> dict[str, float]:
        return {item: float(self.random.randint(*SCALES[item])) for item in ITEMS}

    def survey_invitations(self) -> list[Row]:
        return [
            {"wave": f"2023-Q{q}", "location_id": site, "invited": 9}
            for site in self.sites for q in (1, 2)
        ]  # fmt: skip

    def ideas(self) -> list[Row]:
        return [
            {"idea_id": f"i {site} {n}", "submitted_on": date(2023, 2, 1 + n), "location_id": site,
             "submitter": self.maybe(f"{site}{n}"), "customer_related": self.maybe(True)}
            for site, n in self.per_site()
        ]  # fmt: skip

    def idea_events(self) -> list[Row]:
        stages = (("triaged", 5), ("accepted", 9), ("implemented", 30))
        return [
            {"idea_id": f"i {site} {n}", "stage": stage,
             "at": moment(2 + n + days // 28, 1 + days % 28, self.random.randrange(9))}
            for site, n in self.per_site() for stage, days in stages
        ]  # fmt: skip

    def customer_feedback(self) -> list[Row]:
        return [
            {"feedback_id": f"{site}/{n}", "at": moment(3, 1, 0, n),
             "location_id": site, "channel": "e-mail", "nps": 9, "csat": self.maybe(4),
             "resolved": self.maybe(False), "empathy": self.maybe(4.5)}
            for site, n in self.per_site()
        ]  # fmt: skip

    def cases(self) -> list[Row]:
        return [
            {"case_id": f"{site}#{n}", "opened_at": moment(3, 1, 10),
             "location_id": site, "closed_at": moment(3, 5, 11, 30),
             "handle_minutes": self.maybe(12.5), "sla_met": self.maybe(True)}
            for site, n in self.per_site()
        ]  # fmt: skip

    def case_events(self) -> list[Row]:
        return [
            {"case_id": f"{site}#{n}", "at": moment(3, day, 9, n), "event": event}
            for site, n in self.per_site() for day, event in ((2, "assigned"), (5, "closed"))
        ]  # fmt: skip

    def social_activity(self) -> list[Row]:
        return [
            {"period": month, "location_id": site, "headcount": 40, "active": 31,
             "posts": self.maybe(4), "with_peer_contact": self.maybe(29)}
            for site in self.sites for month in MONTHS[: self.size]
        ]  # fmt: skip

    def tool_use(self) -> list[Row]:
        return [
            {"period": "2023", "location_id": site, "app": app, "users": 12, "sanctioned": n == 0}
            for site in self.sites for n, app in enumerate(("Chat", "Other, chat"))
        ]  # fmt: skip

    def key_results(self) -> list[Row]:
        return [
            {"period": "2023-Q1", "location_id": site, "objective": 'The "best"',
             "key_result": "NPS", "confidence": self.maybe(0.5),
             "target": 40.0, "actual": self.random.randrange(400) / 4}
            for site in self.sites
        ]  # fmt: skip

    def rollouts(self) -> list[Row]:
        return [
            {"rollout": "app", "location_id": site, "started_on": self.day(), "kind": "tooling"}
            for site in self.sites
        ]

    def financials(self) -> list[Row]:
        return [
            {"period": month, "location_id": site, "revenue": 412_000.0,
             "customers": self.maybe(183)}
            for site in self.sites for month in MONTHS[: self.size]
        ]  # fmt: skip

    def group_measurements(self) -> list[Row]:
        return [
            {"period": "2022", "location_id": site, "measure": "own_pride", "n": 20,
             "value": self.random.randrange(400) / 4}
            for site in self.sites
        ]  # fmt: skip

    def measures(self) -> list[Row]:
        return [
            {"measure": "own_pride", "label_en": "Pride", "side": "wx", "rater": "employee",
             "unit": "score", "better": "higher"}
        ]  # fmt: skip
