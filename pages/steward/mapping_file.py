"""What holds for the whole file: where its headings stand, what means empty, how it is called."""

from dataclasses import replace

import streamlit as st

from models.imports.guessing.editing import lists_places, main_table, of_the_file, with_places
from models.imports.guessing.sampling import Sample
from models.imports.mapping.language import FileMap
from pages.shared.words import _
from pages.steward.mapping_state import Work


def show(work: Work, *, layout_can_change: bool) -> None:
    """Folded away: the guess is right for most files."""
    file = work.mapping.files[0]
    with st.expander(_("About the whole file"), icon=":material/description:"):
        if layout_can_change:
            _layout(work)
        _missing(work, file)
        _comma(work, file)
        _called(work, file)
    _places(work)


def _layout(work: Work) -> None:
    if len(work.sample.sheets) > 1:
        st.session_state["mapping_sheet"] = work.layout.sheet or work.sample.sheets[0]
        st.selectbox(
            _("Sheet"),
            work.sample.sheets,
            key="mapping_sheet",
            on_change=_set_sheet,
            args=(work,),
        )
    st.session_state["mapping_header_row"] = work.layout.header_row or 0
    st.number_input(
        _("Row of the headings (0: find it)"),
        0,
        50,
        key="mapping_header_row",
        on_change=_set_header,
        args=(work,),
    )
    st.session_state["mapping_header_rows"] = work.layout.header_rows
    st.number_input(
        _("Rows that the headings take"),
        1,
        9,
        key="mapping_header_rows",
        on_change=_set_header,
        args=(work,),
    )


def _set_sheet(work: Work) -> None:
    work.ask(replace(work.layout, sheet=st.session_state["mapping_sheet"]))


def _set_header(work: Work) -> None:
    row = int(st.session_state["mapping_header_row"]) or None
    rows = int(st.session_state["mapping_header_rows"])
    work.ask(replace(work.layout, header_row=row, header_rows=rows))


def _missing(work: Work, file: FileMap) -> None:
    st.session_state["mapping_missing"] = list(file.missing)
    st.multiselect(
        _("Cells that mean empty"),
        list(dict.fromkeys((*file.missing, "-", "?", "NA", "#N/A", "n.v.t.", "onbekend"))),
        key="mapping_missing",
        accept_new_options=True,
        placeholder=_("choose or type"),
        on_change=lambda: work.edit(
            of_the_file(work.mapping, missing=tuple(st.session_state["mapping_missing"]))
        ),
    )


def _comma(work: Work, file: FileMap) -> None:
    st.session_state["mapping_comma"] = file.decimal_comma or work.sample.decimal_comma
    st.checkbox(
        _("A comma in a number is a decimal comma"),
        key="mapping_comma",
        disabled=work.sample.decimal_comma,
        on_change=lambda: work.edit(
            of_the_file(work.mapping, decimal_comma=st.session_state["mapping_comma"])
        ),
    )


def _called(work: Work, file: FileMap) -> None:
    st.session_state["mapping_match"] = ", ".join(file.match)
    st.text_input(
        _("For files that are called"),
        key="mapping_match",
        help=_("A * stands for any letters and digits; several names are separated by commas."),
        on_change=_set_match,
        args=(work,),
    )


def _set_match(work: Work) -> None:
    names = (name.strip() for name in st.session_state["mapping_match"].split(","))
    match = tuple(name for name in names if name)
    if match:
        work.edit(of_the_file(work.mapping, match=match))


def _places(work: Work) -> None:
    """Offer to bring the sites and teams that the rows name."""
    table = work.mapping.files[0].tables[work.at]
    site = next((c for c in table.columns if c.name == "location_id" and c.source), None)
    if site is None or table.table in ("locations", "teams"):
        return
    st.session_state["mapping_places"] = lists_places(work.mapping, work.at)
    st.checkbox(
        _("Bring the sites (and teams) that this file names as well"),
        key="mapping_places",
        help=_("Switch it off when sites come from a file of their own, with names and regions."),
        on_change=_set_places,
        args=(work, work.sample),
    )


def _set_places(work: Work, sample: Sample) -> None:
    changed = with_places(work.mapping, work.at, sample, wanted=st.session_state["mapping_places"])
    work.mapping, work.at = changed, main_table(changed)
