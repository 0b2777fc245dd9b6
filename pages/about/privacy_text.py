"""What the Privacy page says in words: lists, and the text for employees and the works council."""

from collections.abc import Sequence

import streamlit as st

from metrics.words import N_
from pages.shared.words import _, words
from translations import works_council
from translations.words import LANGUAGES

KEPT = (
    N_(
        "Groups are made before anything is computed, from who took part, never from what they "
        "answered."
    ),
    N_(
        "A group that would be too small is joined with others until it is large enough. A "
        "question that cuts through a group does not get that group."
    ),
    N_(
        "Where people are grouped by kind of work as well, both ways of grouping are examined "
        "together first: no sum or difference of them tells of fewer than {minimum} people."
    ),
    N_(
        "How long people stay is told of groups of at least {minimum}, and why they left only "
        "where at least {minimum} did. It is split in more ways than can be examined together, so "
        "each of these numbers carries a little noise: no reason of anybody follows from them."
    ),
    N_(
        "Where nearly everyone in a group is at risk, the screen says so many or more, and "
        "nothing else of it."
    ),
    N_(
        "Employee numbers become a keyed code on the way in. Survey and customer files that name "
        "a worker are refused."
    ),
    N_(
        "What was published stays as it is: late answers join it only in groups that could be "
        "shown by themselves, and everything else waits."
    ),
)

NEVER_STORED = (
    N_(
        "Employee numbers as they are. They are kept as a code, whose key lies beside the raw "
        "records and goes nowhere. While a file is being read they lie in a temporary folder, "
        "which goes when the import ends."
    ),
    N_("Who sent in an idea. Only how many different people did so per site and month is kept."),
    N_(
        "Workers named in survey answers, customer feedback or service cases: a file with such a "
        "column is refused, or a mapping leaves the column out."
    ),
    N_("Free text of answers, messages or reviews: the data contract has no column for it."),
    N_("Names, telephone numbers or addresses of customers."),
    N_("Sick leave of a person: it comes as hours per site."),
    N_("The internet address of whoever looks at a page. A proxy in front may keep one."),
    N_("The files that were brought: only their name, size and fingerprint."),
)

NOT_PROMISED = (
    N_(
        "Of {minimum} people, {others} may compare notes and learn something about the last one. "
        "What protects is the number of others who keep silent."
    ),
    N_(
        "A group average says something about everyone in it: if a whole team is worn out, the "
        "figure shows it."
    ),
    N_(
        "That somebody who is the only one of a kind at a site took part can sometimes be gathered "
        "from which groups there are. What they answered can not."
    ),
    N_(
        "Two ways of grouping are examined together. Whoever has figures of the same people in a "
        "third way, from somewhere else, knows more than was examined."
    ),
    N_(
        "Ideas stand one by one. Whoever knows whose idea it is, knows it with or without this "
        "screen."
    ),
    N_(
        "The party that collects the answers holds them. Who can read its files or its database "
        "can read the answers."
    ),
    N_(
        "A collecting party that lies is not found out by counting: a signed release proves who "
        "made it, not that it is true."
    ),
)


def points(listed: Sequence[str], minimum: int) -> None:
    """A list of sentences, with the minimum filled in."""
    filled = (_(text).format(minimum=minimum, others=minimum - 1) for text in listed)
    st.markdown("\n".join(f"- {text}" for text in filled))


def for_employees(minimum: int) -> None:
    """The plain text in the language of choice, to read here and to take along in both."""
    st.markdown(
        _(
            "A text to hand out, in plain words, with this installation's own minimum. The company "
            "fills in what stands between brackets: who holds the answers, the legal basis, whom "
            "to ask. It is no legal advice."
        )
    )
    with st.container(key="screen-only-take-along", horizontal=True, vertical_alignment="bottom"):
        language = st.segmented_control(
            _("Language of the text"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=words().language,
            required=True,
            key=f"works_council_{words().language}",
        )
        for code, name in LANGUAGES.items():
            st.download_button(
                _("Text in {language}").format(language=name),
                works_council.text(code, minimum),
                file_name=f"werkvloer-{code}.md",
                mime="text/markdown",
                icon=":material/download:",
                on_click="ignore",
                key=f"works_council_file_{code}",
            )
    shown = works_council.text(language or words().language, minimum)
    with st.container(border=True, key="works-council"):
        # The page has its own title; the text's headings stand below it.
        st.markdown(shown.replace("\n## ", "\n#### ").replace("# ", "### ", 1))
