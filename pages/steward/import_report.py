"""The report of a check as files to take away; they live as long as the visitor may want them."""

import shutil
import weakref
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from models import leftovers
from models.imports import reporting
from pages.shared.words import _, words
from translations import catalogue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportFolder:
    """A folder that goes when this is forgotten: at the next import, or when the visitor leaves."""

    def __init__(self) -> None:
        self.path = leftovers.for_visitor("report")
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def texts() -> Mapping[str, str]:
    """Every text in the visitor's language, for the files of the report."""
    messages = catalogue.read(words().language)
    return {
        message.id: message.string
        for message in messages
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string
    }


def downloads(folder: Path) -> None:
    """Buttons for the report; a file is read only when somebody asks for it."""
    st.markdown(_("Mend it in the files you know: take the marked copies, or a list."))
    with st.container(horizontal=True):
        for name, label, mime, dressed in (
            (reporting.WHOLE, _("Everything, with marked copies"), "application/zip", "primary"),
            (reporting.WORKBOOK, _("Excel"), XLSX, "secondary"),
            (reporting.TABLE, _("Table (CSV)"), "text/csv", "secondary"),
            (reporting.JSON, "JSON", "application/json", "secondary"),
        ):
            path = folder / name
            if path.exists():
                st.download_button(
                    label,
                    path.read_bytes,
                    file_name=name if name == reporting.WHOLE else f"werkvloer-{name}",
                    mime=mime,
                    icon=":material/download:",
                    type=dressed,  # type: ignore[arg-type]
                    on_click="ignore",
                    key=f"report_{name}",
                )
    st.caption(
        _(
            "In the marked copies every wrong cell is coloured and says what is wrong. Mend them "
            "there and bring them again as they are. They are deleted here when you leave."
        )
    )
