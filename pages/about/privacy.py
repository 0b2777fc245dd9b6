"""Privacy: the rule in force, what is shown, what is kept back, and what is not promised."""

import streamlit as st

from models import settings
from models.engine import engine
from models.releases.standing import standing
from pages.shared import loading
from pages.shared.guard import guard
from pages.shared.subjects import subject_name
from pages.shared.words import _, words

guard()

release = loading.release()
said = words()
minimum = release.minimum or settings.minimum(engine())

st.title(_("Privacy"))
st.markdown(
    _(
        "A screen reads published groups only, never anyone's answers. A group has at least "
        "**{minimum} people**, and each person is in exactly one group per period, so that adding "
        "and subtracting screens only ever gives whole groups."
    ).format(minimum=minimum)
)

st.header(_("What is published now"))
if release.blocks.is_empty():
    st.caption(_("Nothing has been published yet."))
else:
    rows = standing(engine(), "published")
    st.table(
        {
            _("Subject"): [subject_name(row.subject) for row in rows],
            _("Periods"): [said.number(row.periods) for row in rows],
            _("Groups"): [said.number(row.cells) for row in rows],
            _("Smallest group"): [said.number(row.smallest) for row in rows],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What is published, per subject"),
    )
    st.caption(
        _(
            "Ideas and ready-made group figures are groups of one row each; what protects them is "
            "the number of people behind the row."
        )
    )

st.header(_("How people are kept from being recognised"))
KEPT = (
    _(
        "Groups are made before anything is computed, from who took part, never from what they "
        "answered."
    ),
    _(
        "A group that would be too small is joined with others until it is large enough. A "
        "question that cuts through a group does not get that group."
    ),
    _(
        "Where nearly everyone in a group is at risk, the screen says so many or more, and "
        "nothing else of it."
    ),
    _(
        "Employee numbers become a keyed code on the way in. Survey and customer files that name "
        "a worker are refused."
    ),
    _(
        "What was published stays as it is: late answers join it only in groups that could be "
        "shown by themselves, and everything else waits."
    ),
)
st.markdown("\n".join(f"- {point}" for point in KEPT))

st.header(_("What is not promised"))
NOT_PROMISED = (
    _(
        "Of {minimum} people, {others} may compare notes and learn something about the last one. "
        "What protects is the number of others who keep silent."
    ).format(minimum=minimum, others=minimum - 1),
    _(
        "A group average says something about everyone in it: if a whole team is worn out, the "
        "figure shows it."
    ),
    _(
        "That somebody who is the only one of a kind at a site took part can sometimes be gathered "
        "from which groups there are. What they answered can not."
    ),
    _(
        "The party that collects the answers holds them. Who can read its files or its database "
        "can read the answers."
    ),
)
st.markdown("\n".join(f"- {point}" for point in NOT_PROMISED))
