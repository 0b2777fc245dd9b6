"""The worked example of the Privacy page: one site, nine people, and what arithmetic can do."""

from collections.abc import Mapping

import streamlit as st

from models.cells import Release
from models.engine import engine
from models.releases import showing
from models.releases.showing import Group
from pages.about.privacy_published import DIMENSIONS
from pages.shared.plain import plain
from pages.shared.values import value_name
from pages.shared.words import _, words

SITE = 40
DESK = 9


@st.fragment
def one_site(minimum: int) -> None:
    """A site of 40 people: who is pooled, and what is left to subtract."""
    st.markdown(
        _(
            "A shop of {site} people: some have a desk, the others have none. Move the number and "
            "see which groups the release makes. It is the same rule that makes the real ones."
        ).format(site=SITE)
    )
    left, right = st.columns(2, gap="large")
    with left:
        desk = st.slider(_("People at a desk"), 0, SITE, DESK, key="example_desk")
    groups = showing.example(desk, SITE - desk, minimum)
    with right:
        st.markdown(_("**Groups that a screen can ever get**"))
        st.markdown("\n".join(f"- {_told(group)}" for group in groups))
    st.markdown(_why(desk, groups, minimum))
    st.markdown(_arithmetic(minimum))


def _told(group: Group) -> str:
    kinds = group.values["desk_type"]
    if len(kinds) > 1:
        what = _("the whole shop, with and without a desk together")
    else:
        what = _("with a desk") if kinds == ("desk",) else _("without a desk")
    return _("**{people} people**: {what}").format(people=words().number(group.people), what=what)


def _why(desk: int, groups: list[Group], minimum: int) -> str:
    few, others = min(desk, SITE - desk), max(desk, SITE - desk)
    if few == 0:
        return _("Everybody is alike, so there is nothing to split.")
    if len(groups) > 1:
        return _(
            "Both groups have {minimum} people or more, so each stands by itself. Their sum is the "
            "shop; nothing smaller can be computed from them."
        ).format(minimum=minimum)
    return _(
        "{few} is fewer than {minimum}, so these people are not told apart. The other {others} are "
        "not shown by themselves either: whoever has {site} and {others} has {few} as well. So the "
        "shop is one group of {site}, on every screen and for everybody. A filter on desk type "
        "gives nothing here, whichever is chosen."
    ).format(few=few, others=others, minimum=minimum, site=SITE)


def _arithmetic(minimum: int) -> str:
    """What a subtraction gives elsewhere, and here."""
    said = words()
    few, others = DESK, SITE - DESK
    total, part = SITE * 7.0, others * 7.4
    rest = total - part
    lines = [
        _(
            "**Elsewhere:** a dashboard that only hides the small group shows an average of {all} "
            "over {site} people and of {shown} over {others}. A colleague takes {site} × {all} = "
            "{total}, less {others} × {shown} = {part}. What is left, {rest}, is of the {few} who "
            "were hidden: {average} on average."
        ).format(
            all=said.number(7.0, 1),
            site=SITE,
            shown=said.number(7.4, 1),
            others=others,
            total=said.number(total, 1),
            part=said.number(part, 1),
            rest=said.number(rest, 1),
            few=few,
            average=said.number(rest / few, 1),
        ),
        _(
            "**Here:** every screen, export and terminal command adds up the same whole groups. "
            "Two screens, less one another, give whole groups again, and none has fewer than "
            "{minimum} people. So it makes no difference how many screens somebody keeps, or with "
            "whom they compare them."
        ).format(minimum=minimum),
        _(
            "**What {others} people can do:** in a group of {minimum}, {others} can tell each "
            "other what they answered. They add it up, take it from the total, and know the last "
            "one. No rule can prevent that. A larger minimum makes it harder."
        ).format(minimum=minimum, others=minimum - 1),
    ]
    return "\n\n".join(lines)


@st.fragment
def own_site(release: Release) -> None:
    """For one site of the company: the published groups that it lies in."""
    periods = showing.periods(engine(), "survey")
    groups = showing.groups_of(engine(), "survey", periods[0]) if periods else []
    if not groups:
        return
    st.subheader(_("Your own site"))
    st.markdown(
        _(
            "Choose a site to see in which published groups its survey responses lie. This is all "
            "that any screen knows of who they are."
        )
    )
    names = dict(release.locations.select("location_id", "name").iter_rows())
    sites = sorted(
        {site for group in groups for site in group.values["location"]},
        key=lambda site: names.get(site, site),
    )
    site = st.selectbox(
        _("Site"),
        sites,
        format_func=lambda code: names.get(code, code),
        key="example_site",
        width=420,
    )
    found = [group for group in groups if site in group.values["location"]]
    dims = [dim for dim in found[0].values if dim not in ("region", "location")]
    st.table(
        {
            _("People"): [words().number(group.people) for group in found],
            _("Sites in it"): [_several("location", group, names) for group in found],
            **{
                _(DIMENSIONS[dim]): [_several(dim, group, names) for group in found] for dim in dims
            },
        },
        border="horizontal",
        hide_index=True,
        alt=_("Published groups of the chosen site"),
    )
    st.caption(_("Survey responses, {period}.").format(period=words().period(periods[0])))


MOST_NAMED = 4


def _several(dim: str, group: Group, names: Mapping[str, str]) -> str:
    """A few values by name, or how many there are."""
    values = group.values[dim]
    if len(values) > MOST_NAMED:
        return _("{count} together").format(count=len(values))
    shown = [
        names.get(value, value) if dim == "location" else value_name(dim, value) for value in values
    ]
    return plain(words().listed(shown))
