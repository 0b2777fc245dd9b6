"""What a check or an import found: the verdict first, then what to mend, then remarks."""

from collections.abc import Sequence

import streamlit as st

from models.imports.folding import fold
from models.imports.notes import Note
from models.imports.starting import Result
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words
from pages.steward import difference_view, import_causes, import_report
from pages.steward.naming import table_named
from pages.steward.working import Done

MOST_FILES = 12
"""Names of files without problems that are listed."""


def show(done: Done) -> None:
    """The outcome, the files that are good, what was wrong by cause, and the remarks."""
    if done.error is not None:
        st.error(
            _("The process ended before it was done, and nothing was stored."),
            title=_("The import failed"),
            icon=":material/error:",
        )
        st.code(done.error, language=None, wrap_lines=True)
        return
    result = Result.of(done.values)
    _outcome(result, dry_run=done.kind == "check")
    if result.problems:
        _good(result)
        if result.report and done.report is not None:
            import_report.downloads(done.report.path)
        import_causes.show(result.problems)
    _warnings([note for note in result.notes if note.warning])
    if result.difference is not None:
        difference_view.show(result.difference)
    elif result.rows:
        _rows(result)
    for note in result.notes:
        if not note.warning:
            st.caption(plain(note.message(_, words().number)))


def _outcome(result: Result, *, dry_run: bool) -> None:
    said = words()
    count = sum(result.rows.values())
    rows = said.number(count)
    if result.problems:
        st.error(
            _verdict(result),
            title=_("Not good yet"),
            icon=":material/error:",
        )
    elif result.already:
        st.info(
            _("The same content was imported before, as batch {batch}. Nothing changed.").format(
                batch=result.batch
            ),
            title=_("Already there"),
            icon=":material/content_copy:",
        )
    elif dry_run:
        st.success(
            ngettext(
                "{count} row is good. Nothing was stored: this was a check.",
                "All {count} rows are good. Nothing was stored: this was a check.",
                count,
            ).format(count=rows),
            title=_("Good"),
            icon=":material/check_circle:",
        )
    else:
        st.success(
            ngettext(
                "{count} row was stored as batch {batch}. Next: build a release.",
                "{count} rows were stored as batch {batch}. Next: build a release.",
                count,
            ).format(count=rows, batch=result.batch),
            title=_("Imported"),
            icon=":material/check_circle:",
        )


def _verdict(result: Result) -> str:
    """How much is wrong, of how many causes, in how many files."""
    said = words()
    count = sum(cause.count for cause in result.problems)
    causes = len(fold(result.problems))
    files = len({cause.file for cause in result.problems})
    return " ".join(
        (
            ngettext("{count} problem was found,", "{count} problems were found,", count).format(
                count=said.number(count)
            ),
            ngettext("with {count} cause,", "with {count} causes,", causes).format(
                count=said.number(causes)
            ),
            ngettext("in {count} file.", "in {count} files.", files).format(
                count=said.number(files)
            ),
            _("Nothing was stored."),
        )
    )


def _good(result: Result) -> None:
    """The files in which nothing is wrong."""
    wrong = {cause.file for cause in result.problems}
    good = [file for file in result.files if file not in wrong]
    if not good:
        return
    names = " ".join(f":green-badge[:material/check: {plain(file)}]" for file in good[:MOST_FILES])
    left = len(good) - MOST_FILES
    if left > 0:
        also = ngettext("and {count} other", "and {count} others", left)
        names += " " + plain(also.format(count=words().number(left)))
    said = ngettext("Nothing wrong in this file:", "Nothing wrong in these files:", len(good))
    st.markdown(f"{said} {names}")


def _warnings(notes: Sequence[Note]) -> None:
    """Remarks that are more often a mistake than not; they keep nothing out."""
    if notes:
        st.warning(
            "\n".join(f"- {plain(note.message(_, words().number))}" for note in notes),
            title=_("Have a look; it keeps nothing out"),
            icon=":material/warning:",
        )


def _rows(result: Result) -> None:
    st.markdown(_("**Rows that were read**"))
    st.table(
        {
            _("Table"): [table_named(name) for name in result.rows],
            _("Rows"): [words().number(count) for count in result.rows.values()],
        },
        border="horizontal",
        hide_index=True,
        width="content",
        alt=_("Rows per table"),
    )
