"""What a check or an import found."""

import polars as pl
import streamlit as st

from models.imports.problems import Cause
from models.imports.starting import Result
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words
from pages.steward.working import Done

EXAMPLES = 3
MOST_CAUSES = 100


def show(done: Done) -> None:
    """The outcome, then what was wrong grouped by cause, then the remarks."""
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
        _problems(result.problems)
    elif result.rows:
        _rows(result)
    for note in result.notes:
        st.caption(plain(note.message(_)))


def _outcome(result: Result, *, dry_run: bool) -> None:
    said = words()
    rows = said.number(sum(result.rows.values()))
    if result.problems:
        count = sum(cause.count for cause in result.problems)
        st.error(
            ngettext(
                "{count} problem was found. Nothing was stored.",
                "{count} problems were found. Nothing was stored.",
                count,
            ).format(count=said.number(count)),
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
            _("All {rows} rows are good. Nothing was stored: this was a check.").format(rows=rows),
            title=_("Good"),
            icon=":material/check_circle:",
        )
    else:
        st.success(
            _("{rows} rows were stored as batch {batch}. Next: build a release.").format(
                rows=rows, batch=result.batch
            ),
            title=_("Imported"),
            icon=":material/check_circle:",
        )


def _problems(causes: tuple[Cause, ...]) -> None:
    """A row per cause; the places of each, as far as they were kept, can be downloaded."""
    shown = causes[:MOST_CAUSES]
    st.table(
        {
            _("File"): [plain(cause.file) for cause in shown],
            _("Column"): [plain(cause.column or "") for cause in shown],
            _("Times"): [words().number(cause.count) for cause in shown],
            _("What is wrong"): [_examples(cause) for cause in shown],
            _("How to mend it"): [plain(cause.examples[0].remedy(_)) for cause in shown],
        },
        border="horizontal",
        hide_index=True,
        alt=_("What is wrong, by cause"),
    )
    if len(causes) > MOST_CAUSES:
        st.caption(
            _("The first {shown} of {all} causes; the download has them all.").format(
                shown=MOST_CAUSES, all=words().number(len(causes))
            )
        )
    places = [problem for cause in causes for problem in cause.examples]
    st.download_button(
        _("Download every place"),
        pl.DataFrame(
            {
                "file": [problem.file for problem in places],
                "row": [problem.row for problem in places],
                "column": [problem.column for problem in places],
                "value": [problem.value for problem in places],
                "rule": [problem.rule for problem in places],
                "message": [problem.message(_) for problem in places],
                "remedy": [problem.remedy(_) for problem in places],
            },
            strict=False,
        ).write_csv(include_bom=True),
        file_name="werkvloer-problems.csv",
        mime="text/csv",
        icon=":material/download:",
    )


def _examples(cause: Cause) -> str:
    lines = []
    for problem in cause.examples[:EXAMPLES]:
        where = _("row {row}: ").format(row=problem.row) if problem.row is not None else ""
        lines.append(plain(where + problem.message(_)))
    # Two spaces and a line end are a new line within a cell.
    return "  \n".join(lines)


def _rows(result: Result) -> None:
    st.table(
        {
            _("Table"): [f"`{name}`" for name in result.rows],
            _("Rows"): [words().number(count) for count in result.rows.values()],
        },
        border="horizontal",
        hide_index=True,
        width="content",
        alt=_("Rows per table"),
    )
