"""What is released, and along which dimensions each subject is split."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing that is released.

    Attributes:
        name: as stored with each block.
        dims: the first view: the dimensions in the order of splitting.
        by_place: sites are pooled by headcount before anything else is split.
        as_brought: comes as ready-made group figures, idea by idea: is checked, never split.
        grows: a published period may take late additions (`release.versions`).
    """

    name: str
    dims: tuple[str, ...]
    by_place: bool = False
    as_brought: bool = False
    grows: bool = False


SUBJECTS: Mapping[str, Subject] = {
    subject.name: subject
    for subject in (
        Subject("survey", ("region", "location", "desk_type", "job_family", "team"), grows=True),
        Subject("group", ("location", "desk_type"), as_brought=True, grows=True),
        Subject("workforce", ("region", "location", "desk_type", "job_family")),
        Subject("absence", ("region", "location", "desk_type")),
        Subject("invitations", ("region", "location", "desk_type")),
        Subject(
            "feedback", ("region", "location", "touchpoint", "channel"), by_place=True, grows=True
        ),
        Subject("cases", ("region", "location", "service", "channel"), by_place=True, grows=True),
        Subject("ideas", ("location", "theme", "customer_related", "idea"), as_brought=True),
    )
}
