"""What is released, and along which dimensions each subject is split."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SITES = "sites"
"""The first view of every subject but life tables: where."""

WORK = "work"
"""The second view, of subjects that have one: what work, for how long, from where."""

WHOLE = "whole"
"""The first view of life tables: everybody. Their views know no sites."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to split the people of a subject into cells.

    Attributes:
        name: as stored with each cell.
        dims: the dimensions in the order of splitting.
        worth: of each dimension, how much it counts that a cell has one known value in it, when
            cells have to be joined (`release.coarsening`); empty for a first view, which stays.
    """

    name: str
    dims: tuple[str, ...]
    worth: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing that is released.

    Attributes:
        name: as stored with each block.
        first: the view that every subject has; everybody is in it.
        second: a view of the same people along other dimensions; see `release.audit`.
        further: other views, of subjects whose numbers all carry noise (`release.durations`).
        by_place: sites are pooled by headcount before anything else is split.
        as_brought: comes as ready-made group figures, idea by idea: is checked, never split.
        grows: a published period may take late additions (`release.versions`).
        counts: its measures are counts of a whole population, not answers.
        durations: life tables, by quarter: how long something lasts, per unit of time.
    """

    name: str
    first: View
    second: View | None = None
    by_place: bool = False
    as_brought: bool = False
    grows: bool = False
    counts: bool = False
    further: tuple[View, ...] = ()
    durations: bool = False
    dims: tuple[str, ...] = field(init=False)
    """Every dimension that a cell of the subject can tell, of any view."""

    def __post_init__(self) -> None:
        every = (dim for view in self.views for dim in view.dims)
        object.__setattr__(self, "dims", tuple(dict.fromkeys(every)))

    @property
    def views(self) -> tuple[View, ...]:
        """All of them, in the order in which a question tries them."""
        second = () if self.second is None else (self.second,)
        return (self.first, *second, *self.further)


def _sites(*dims: str) -> View:
    return View(SITES, dims)


SUBJECTS: Mapping[str, Subject] = {
    subject.name: subject
    for subject in (
        Subject(
            "survey",
            _sites("region", "location", "desk_type", "job_family", "team"),
            View(
                WORK,
                ("desk_type", "remote_band", "job_family", "tenure_band", "region"),
                (1, 1, 2, 0.5, 0.25),
            ),
            grows=True,
        ),
        Subject("group", _sites("location", "desk_type"), as_brought=True, grows=True),
        Subject(
            "workforce",
            _sites("region", "location", "desk_type", "job_family"),
            View(
                WORK,
                ("desk_type", "contract_type", "job_family", "tenure_band"),
                (1, 1, 2, 0.5),
            ),
            counts=True,
        ),
        # A year's mean of the whole company, of at least k person-years (`models.releases.pay`).
        Subject("pay", _sites("job_family")),
        Subject("absence", _sites("region", "location", "desk_type"), counts=True),
        Subject("invitations", _sites("region", "location", "desk_type"), counts=True),
        Subject(
            "feedback",
            _sites("region", "location", "touchpoint", "channel"),
            by_place=True,
            grows=True,
        ),
        Subject(
            "cases", _sites("region", "location", "service", "channel"), by_place=True, grows=True
        ),
        Subject("ideas", _sites("location", "theme", "customer_related", "idea"), as_brought=True),
        Subject(
            "employment",
            View(WHOLE, ("tenure",)),
            further=(
                View("desk_type", ("desk_type", "tenure")),
                View("contract_type", ("contract_type", "tenure")),
                View("region", ("region", "tenure")),
                View("cohort", ("entry", "tenure")),
            ),
            counts=True,
            durations=True,
        ),
        Subject(
            "idea_ages",
            View(WHOLE, ("age",)),
            further=(
                View("desk_type", ("desk_type", "age")),
                View("customer", ("customer_related", "age")),
                View("theme", ("theme", "age")),
            ),
            counts=True,
            durations=True,
        ),
    )
}
