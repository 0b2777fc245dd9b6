"""Duinvaart Groep: department stores, airport shops, day care and what stands behind them.

The group, its sites and its brands are invented; the cities exist. Staff is the number of people
that a site aims for outside its peak season.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from seed.calendar import FIRST_DAYS, LAST_DAYS

GROUP = "Duinvaart Groep"
RENAMED_REGION = ("Randstad-Noord", "Noordwest")
"""Old and new name of the region that was renamed; only the names differ, the sites do not."""


@dataclass(frozen=True, slots=True)
class Site:
    """One site. `response` is the share of its staff that answers in an ordinary month (0-1)."""

    location_id: str
    name: str
    kind: str
    city: str
    region: str
    staff: int
    response: float
    opened_on: date
    closed_on: date | None = None


def _shop(number: int, city: str, region: str, staff: int, response: float, opened: int) -> Site:
    return Site(f"L{number:02}", f"Duinvaart {city}", "shop", city, region, staff, response,
                date(opened, 3, 1))  # fmt: skip


def _airport(
    number: int, name: str, city: str, region: str, staff: int, response: float, opened: int
) -> Site:
    return Site(f"L{number:02}", f"Duinvaart Reis {name}", "airport_shop", city, region, staff,
                response, date(opened, 5, 1))  # fmt: skip


def _day_care(
    number: int, name: str, city: str, region: str, staff: int, response: float, opened: int
) -> Site:
    return Site(f"L{number:02}", f"Kinderopvang {name}", "day_care", city, region, staff, response,
                date(opened, 9, 1))  # fmt: skip


def _kiosk(number: int, name: str, city: str, region: str, staff: int) -> Site:
    return Site(f"L{number:02}", f"Duinvaart {name}", "shop", city, region, staff, 0.55,
                date(2016, 4, 1))  # fmt: skip


SITES: tuple[Site, ...] = (
    _shop(1, "Groningen", "Noord", 170, 0.50, 1998),
    _shop(2, "Leeuwarden", "Noord", 110, 0.56, 2001),
    _shop(3, "Zwolle", "Oost", 150, 0.52, 1999),
    _shop(4, "Enschede", "Oost", 120, 0.47, 2003),
    _shop(5, "Arnhem", "Oost", 160, 0.48, 1997),
    _shop(6, "Nijmegen", "Oost", 150, 0.55, 2000),
    _shop(7, "Utrecht", "Midden", 250, 0.49, 1994),
    _shop(8, "Amersfoort", "Midden", 130, 0.58, 2006),
    _shop(9, "Amsterdam Centrum", "Noordwest", 250, 0.46, 1991),
    _shop(10, "Amsterdam Noord", "Noordwest", 140, 0.27, 2011),
    _shop(11, "Haarlem", "Noordwest", 165, 0.54, 1996),
    Site("L12", "Duinvaart Alkmaar", "shop", "Alkmaar", "Noordwest", 105, 0.45,
         date(2004, 3, 1), date(2025, 1, 31)),
    _shop(13, "Den Haag", "Zuidwest", 230, 0.50, 1993),
    _shop(14, "Rotterdam", "Zuidwest", 245, 0.29, 1995),
    _shop(15, "Leiden", "Zuidwest", 120, 0.57, 2002),
    _shop(16, "Breda", "Zuid", 140, 0.28, 2000),
    _shop(17, "Eindhoven", "Zuid", 200, 0.51, 1998),
    _shop(18, "Maastricht", "Zuid", 130, 0.53, 2005),
    _kiosk(19, "Strandwinkel Domburg", "Domburg", "Zuidwest", 9),
    _kiosk(20, "Strandwinkel Renesse", "Renesse", "Zuidwest", 8),
    _kiosk(21, "Strandwinkel Zoutelande", "Zoutelande", "Zuidwest", 7),
    _kiosk(22, "Eilandwinkel Terschelling", "West-Terschelling", "Noord", 6),
    _airport(23, "Schiphol Plaza", "Schiphol", "Noordwest", 150, 0.46, 2007),
    _airport(24, "Schiphol Lounge 1", "Schiphol", "Noordwest", 110, 0.28, 2009),
    _airport(25, "Schiphol Lounge 2", "Schiphol", "Noordwest", 95, 0.47, 2009),
    _airport(26, "Schiphol Lounge 3", "Schiphol", "Noordwest", 85, 0.45, 2012),
    _airport(27, "Eindhoven Airport", "Eindhoven", "Zuid", 70, 0.52, 2014),
    _airport(28, "Rotterdam The Hague Airport", "Rotterdam", "Zuidwest", 65, 0.54, 2015),
    _day_care(29, "De Strandloper", "Groningen", "Noord", 60, 0.60, 2008),
    _day_care(30, "De Vlierboom", "Zwolle", "Oost", 65, 0.58, 2010),
    _day_care(31, "De Kievit", "Apeldoorn", "Oost", 50, 0.60, 2013),
    _day_care(32, "De Waterjuffer", "Utrecht", "Midden", 100, 0.56, 2006),
    Site("L33", "Kinderopvang Het Kompas", "day_care", "Almere", "Midden", 70, 0.60,
         date(2024, 9, 1)),
    _day_care(34, "De Zilvermeeuw", "Haarlem", "Noordwest", 75, 0.55, 2009),
    _day_care(35, "De Kreukel", "Zaandam", "Noordwest", 55, 0.58, 2012),
    _day_care(36, "De Schelp", "Den Haag", "Zuidwest", 120, 0.53, 2005),
    _day_care(37, "De Zeester", "Rotterdam", "Zuidwest", 90, 0.50, 2007),
    _day_care(38, "De Boomkruiper", "Tilburg", "Zuid", 70, 0.57, 2011),
    Site("L39", "Klantcontactcentrum Deventer", "contact_centre", "Deventer", "Oost", 700, 0.51,
         date(2003, 1, 1)),
    Site("L40", "IT-servicedesk Amersfoort", "it_service_desk", "Amersfoort", "Midden", 64, 0.62,
         date(2010, 1, 1)),
    Site("L41", "Hoofdkantoor Utrecht", "office", "Utrecht", "Midden", 500, 0.60,
         date(1996, 1, 1)),
    Site("L42", "Distributiecentrum Tilburg", "warehouse", "Tilburg", "Zuid", 600, 0.29,
         date(2001, 1, 1)),
)  # fmt: skip

NUMBER: Mapping[str, int] = {site.location_id: number for number, site in enumerate(SITES)}
"""Row of a site in every array over sites."""

IDS = np.array([site.location_id for site in SITES])
KINDS = np.array([site.kind for site in SITES])
SMALL_SITES = tuple(site.location_id for site in SITES if site.staff < 11)
CLOSED_SITE = "L12"
OPENED_SITE = "L33"


def open_months() -> npt.NDArray[np.bool_]:
    """Sites x months of the window: whether the site was open on some day of the month."""
    opened = np.array([site.opened_on for site in SITES], dtype="datetime64[D]")
    closed = np.array([site.closed_on or date.max for site in SITES], dtype="datetime64[D]")
    return (opened[:, None] <= LAST_DAYS) & (closed[:, None] >= FIRST_DAYS)


def locations() -> pl.DataFrame:
    """Table `locations` as it is now."""
    return pl.DataFrame(
        {
            "location_id": [site.location_id for site in SITES],
            "name": [site.name for site in SITES],
            "region": [site.region for site in SITES],
            "country": ["NL"] * len(SITES),
            "city": [site.city for site in SITES],
            "kind": [site.kind for site in SITES],
            "opened_on": [site.opened_on for site in SITES],
            "closed_on": [site.closed_on for site in SITES],
        },
        schema_overrides={"opened_on": pl.Date, "closed_on": pl.Date},
    )


def locations_before(day: date = date(2024, 6, 30)) -> pl.DataFrame:
    """Table `locations` as exported on `day`: the region's old name, no later site or closure."""
    old, new = RENAMED_REGION
    return (
        locations()
        .filter(pl.col("opened_on") <= day)
        .with_columns(
            pl.col("region").replace({new: old}),
            pl.when(pl.col("closed_on") <= day).then("closed_on").alias("closed_on"),
        )
    )
