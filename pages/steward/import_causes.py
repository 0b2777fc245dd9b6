"""What was wrong, by what mends most: how often, where, which values, and how to mend it."""

from collections.abc import Sequence

import streamlit as st

from models.imports.folding import Fold, fold
from models.imports.problems import Cause
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

OPEN = 3
"""Causes that are open at once."""

MOST = 25
"""Causes shown before somebody asks for more."""

EXAMPLES = 5
VALUES = 8
NAMES = 3
FEW_FILES = 2
"""With so many files there is nothing to choose."""

_MORE = "import_causes_more"


def show(causes: tuple[Cause, ...]) -> None:
    """Every cause as a line that opens; of one file when one is chosen."""
    files = sorted({cause.file for cause in causes})
    if len(files) > FEW_FILES:
        causes = _chosen(causes, files)
    folds = fold(causes)
    shown = MOST + int(st.session_state.get(_MORE, 0))
    for place, one in enumerate(folds[:shown]):
        with st.expander(_title(one), expanded=place < OPEN):
            _cause(one)
    if len(folds) > shown:
        left = words().number(len(folds) - shown)
        if st.button(_("Show more ({left} left)").format(left=left), key="import_causes_next"):
            st.session_state[_MORE] = shown
            st.rerun()


def _chosen(causes: tuple[Cause, ...], files: Sequence[str]) -> tuple[Cause, ...]:
    """The causes of the file that was chosen."""
    counts = {file: sum(c.count for c in causes if c.file == file) for file in files}
    every = ""
    labels = {every: _("All files")} | {
        file: f"{file} ({words().number(count)})"
        for file, count in sorted(counts.items(), key=lambda item: -item[1])
    }
    chosen = st.selectbox(
        _("Show problems of"),
        list(labels),
        format_func=labels.__getitem__,
        key=f"import_causes_file_{words().language}",
        width=420,
    )
    return tuple(cause for cause in causes if chosen in (every, cause.file))


def _title(one: Fold) -> str:
    """How often, and what: the first example, with a word on how many other values there are."""
    message = plain(one.first.message(_))
    others = len(one.columns) - 1 if len(one.columns) > 1 else one.different - 1
    if others > 0 and one.first.value is not None:
        also = (
            ngettext("and {count} other column", "and {count} other columns", others)
            if len(one.columns) > 1
            else ngettext("and {count} other value", "and {count} other values", others)
        )
        message += f" · {plain(also.format(count=words().number(others)))}"
    return f"**{words().number(one.count)}×**  {message}"


def _cause(one: Fold) -> None:
    """How to mend it first; then the values that repeat, and the places."""
    mending = _("How to mend it")
    st.markdown(f"**{mending}:** {plain(one.first.remedy(_))}")
    if one.repeats:
        _values(one)
    for cause in one.causes[:NAMES]:
        _places(cause, each=not one.repeats and one.count > 1)
    rest = one.causes[NAMES:]
    if rest:
        also = ngettext(
            "and {count} more file or column", "and {count} more files or columns", len(rest)
        )
        st.caption(plain(also.format(count=words().number(len(rest)))))


def _values(one: Fold) -> None:
    shown = one.values[:VALUES]
    table = {
        _("Value"): [plain(value.text) for value in shown],
        _("Times"): [words().number(value.count) for value in shown],
    }
    if any(value.meant for value in shown):
        table[_("Did you mean")] = [plain(value.meant or "–") for value in shown]
    st.table(
        table, border="horizontal", hide_index=True, width="content", alt=_("The values that fail")
    )
    left = one.different - len(shown)
    if left > 0:
        also = ngettext("and {count} other value", "and {count} other values", left)
        st.caption(plain(also.format(count=words().number(left))))


def _places(cause: Cause, *, each: bool) -> None:
    """Where it is: file, column and rows; ``each`` row with its own words."""
    place = f"`{_code(cause.file)}`"
    if cause.column is not None:
        place += " · " + _("column {name}").format(name=f"`{_code(cause.column)}`")
    shown = [one for one in cause.examples if one.row is not None][:EXAMPLES]
    more = " …" if cause.count > len(shown) else ""
    if shown and not each:
        numbers = ", ".join(words().number(one.row) for one in shown)
        told = ngettext("row {numbers}", "rows {numbers}", cause.count)
        place += " · " + told.format(numbers=numbers) + more
    st.markdown(place)
    if shown and each:
        lines = [_("row {row}: ").format(row=one.row) + one.message(_) for one in shown]
        st.caption("  \n".join(plain(line) for line in lines) + more)


def _code(text: str) -> str:
    """A name within backticks, which it can't close."""
    return text.replace("`", "'").replace("\n", " ")
