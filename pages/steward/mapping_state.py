"""The mapping that a visitor is working on: kept in the session, so that navigating loses nothing.

It holds the first rows of the file and never the file itself.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.typing import UploadedFile

from models.engine import engine
from models.imports.batches import recent
from models.imports.guessing import Guess, Sample, guess
from models.imports.guessing.editing import in_step, main_table, of_the_file
from models.imports.guessing.previewing import Preview, preview
from models.imports.guessing.sampling import sample_bytes
from models.imports.mapping import Mapping
from models.imports.mapping.writing import write
from models.imports.problems import Cause
from models.imports.reading.headings import Layout

_WORK = "mapping_work"
_UNREADABLE = "mapping_unreadable"


@dataclass(slots=True)
class Work:
    """One file and the mapping that is made for it.

    ``at`` is the table worked on, ``name`` what the mapping was last saved as, ``kept`` what it was
    then (or when it was guessed). ``asked`` is where its headings are to be looked for next.
    """

    file: str
    file_id: str
    sample: Sample
    guess: Guess
    mapping: Mapping
    kept: Mapping
    at: int
    name: str = ""
    layout: Layout = field(default_factory=Layout)
    asked: Layout | None = None
    _seen: tuple[Mapping, Preview] | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything that was not saved."""
        return self.mapping != self.kept

    @property
    def toml(self) -> str:
        """The mapping as it would be saved."""
        return write(self.mapping)

    def edit(self, mapping: Mapping) -> None:
        """Take a correction."""
        self.mapping, self.at = in_step(self.mapping, mapping, self.at, self.sample)

    def ask(self, layout: Layout) -> None:
        """Ask for the file to be read with its headings elsewhere, in the next run."""
        self.asked = layout

    def preview(self) -> Preview:
        """The first rows as they would be stored; made once for each state of the mapping."""
        if self._seen is None or self._seen[0] is not self.mapping:
            self._seen = (self.mapping, preview(self.mapping, self.sample))
        return self._seen[1]


def work() -> Work | None:
    """What is being worked on."""
    found: Work | None = st.session_state.get(_WORK)
    return found


def unreadable() -> tuple[Cause, ...]:
    """Why the file that was chosen last can't be read."""
    found: tuple[Cause, ...] = st.session_state.get(_UNREADABLE, ())
    return found


def opened(file: UploadedFile, layout: Layout | None = None) -> Work | None:
    """The work on a file, new unless its headings are the same; None when it can't be read."""
    current = work()
    known = current is not None and current.file_id == file.file_id
    if current is not None and known and (layout is None or layout == current.layout):
        return current
    wanted = layout or (current.layout if current and current.file == file.name else None)
    sample, causes = sample_bytes(file.name, file.getbuffer(), wanted)
    st.session_state[_UNREADABLE] = causes
    if sample is None:
        return None
    if current is not None and current.sample.headings == sample.headings:
        current.file, current.file_id, current.sample = file.name, file.file_id, sample
        current.layout, current._seen = sample.layout, None
        current.mapping = of_the_file(current.mapping, **asdict(sample.layout))
        return current
    return begin(file.name, file.file_id, sample)


def begin(
    file: str,
    file_id: str,
    sample: Sample,
    *,
    table: str | None = None,
    mapping: Mapping | None = None,
    name: str = "",
) -> Work:
    """Start anew on a file: from a guess, or from a mapping that there is."""
    found = guess(sample, table, places=_without_sites())
    start = mapping or found.mapping
    made = Work(file, file_id, sample, found, start, start, main_table(start), name, sample.layout)
    st.session_state[_WORK] = made
    return made


def again(table: str | None = None) -> None:
    """Back to the guess, of this table or of any."""
    current = work()
    if current is not None:
        begin(
            current.file,
            current.file_id,
            current.sample,
            table=table,
            name=current.name,
        )


def sample_for(file: UploadedFile, layout: Layout) -> Sample | None:
    """The first rows of a file, read once as long as the same file is chosen."""
    current = work()
    if current is not None and (current.file_id, current.layout) == (file.file_id, layout):
        return current.sample
    cached: Any = st.session_state.get("mapping_sample")
    if cached is None or cached[:2] != (file.file_id, layout):
        found = sample_bytes(Path(file.name).name, file.getbuffer(), layout)[0]
        cached = (file.file_id, layout, found)
        st.session_state["mapping_sample"] = cached
    sample: Sample | None = cached[2]
    return sample


def forget() -> None:
    """Stop working on it; what was not saved is gone."""
    st.session_state.pop(_WORK, None)


def _without_sites() -> bool:
    """Whether no import brought sites yet: the first file then brings its own."""
    return not any("locations" in batch.rows for batch in recent(engine()))
