"""Every page there is: title, icon, group and file. Navigation and links are made from this."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from metrics.words import N_

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page. ``code`` is its address; ``filtered``: the filters in the sidebar work on it."""

    code: str
    title: str
    about: str
    icon: str
    group: str
    file: str
    filtered: bool = True

    @property
    def path(self) -> Path:
        return ROOT / self.file


GROUPS: dict[str, str] = {
    "executive": N_("Executive"),
    "people": N_("People"),
    "customer": N_("Customer"),
    "finance": N_("Finance"),
    "steward": N_("Data"),
    "about": N_("About"),
}
"""Groups of the navigation in their order, with their labels (msgids)."""

PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        code="overview",
        title=N_("Overview"),
        about=N_("How the shop floor is doing, what changed and where to look."),
        icon=":material/dashboard:",
        group="executive",
        file="pages/executive/overview.py",
    ),
    PageEntry(
        code="burnout",
        title=N_("Burnout risk"),
        about=N_(
            "How much burnout risk there is, where it is beyond chance, and what goes with it."
        ),
        icon=":material/local_fire_department:",
        group="people",
        file="pages/people/burnout.py",
    ),
    PageEntry(
        code="turnover",
        title=N_("Turnover and absence"),
        about=N_(
            "Who leaves, after how long and why, who is ill, what both cost, and where that is "
            "beyond chance."
        ),
        icon=":material/transfer_within_a_station:",
        group="people",
        file="pages/people/turnover.py",
    ),
    PageEntry(
        code="interaction",
        title=N_("Interaction"),
        about=N_("Who is in touch with whom, where nobody is, and what goes with it."),
        icon=":material/forum:",
        group="people",
        file="pages/people/interaction.py",
    ),
    PageEntry(
        code="ideas",
        title=N_("Ideas"),
        about=N_("What became of the ideas of the staff, how long they wait, and where."),
        icon=":material/lightbulb:",
        group="people",
        file="pages/people/ideas.py",
    ),
    PageEntry(
        code="imports",
        title=N_("Imports"),
        about=N_("Bring files in, see what is wrong with them, release and publish."),
        icon=":material/upload_file:",
        group="steward",
        file="pages/steward/imports.py",
        filtered=False,
    ),
    PageEntry(
        code="methods",
        title=N_("Methods"),
        about=N_("Every measure and metric: what it is, how it is computed and where it is from."),
        icon=":material/function:",
        group="about",
        file="pages/about/methods.py",
        filtered=False,
    ),
    PageEntry(
        code="privacy",
        title=N_("Privacy"),
        about=N_("What keeps people who answered from being recognised, and what does not."),
        icon=":material/shield_person:",
        group="about",
        file="pages/about/privacy.py",
        filtered=False,
    ),
)


def page(code: str) -> PageEntry | None:
    """The page with this address; None when there is none (yet)."""
    return next((entry for entry in PAGES if entry.code == code), None)


def navigable(entry: PageEntry, translate: Callable[[str], str]) -> st.Page:
    """The page as Streamlit wants it; the first one is the home page."""
    return st.Page(
        entry.path,
        title=translate(entry.title),
        icon=entry.icon,
        help=translate(entry.about),
        url_path=entry.code,
        default=entry is PAGES[0],
    )
