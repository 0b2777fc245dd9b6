"""The result of a check as a steward reads it, without a child process."""

import gc
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.imports import reporting
from models.imports.frequent import Value
from models.imports.notes import Note
from models.imports.problems import Cause, Problem
from pages.steward import import_causes
from pages.steward.import_report import ReportFolder


def draw(values, kind, report, language):  # a script of its own: nothing above is known in it
    import streamlit as st

    from pages.steward import import_result
    from pages.steward.working import Done
    from translations.words import Words

    st.session_state["words"] = Words(language)
    import_result.show(Done(kind, values, report=report))


def cause(
    count: int,
    file: str = "absence.csv",
    column: str = "location_id",
    rule: str = "unknown_location",
    values: tuple[Value, ...] = (),
) -> Cause:
    examples = tuple(
        Problem(rule, file, row, column, "AMS-1") for row in range(2, 2 + min(count, 9))
    )
    return Cause(rule, file, column, count, examples, values, max(1, len(values)))


def shown(
    *causes: Cause,
    notes: tuple[Note, ...] = (),
    files: tuple[str, ...] = ("absence.csv", "teams.csv"),
    report: ReportFolder | None = None,
    language: str = "en",
    **values: Any,
) -> AppTest:
    found = {
        "stored": False, "batch": None, "already": False, "difference": None,
        "report": report is not None, "files": list(files), "rows": {"absence": 1200, "teams": 3},
        "problems": [one.to_json() for one in causes], "notes": [one.to_json() for one in notes],
    }  # fmt: skip
    arguments = (found | values, "check", report, language)
    app = AppTest.from_function(draw, args=arguments, default_timeout=30).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """All texts, without the signs that switch Markdown off."""
    kinds = (app.markdown, app.caption, app.warning, app.error, app.success)
    text = "\n".join(str(element.value) for kind in kinds for element in kind)
    return re.sub(r"\\(.)", r"\1", text)


def test_the_verdict_counts_problems_causes_and_files() -> None:
    app = shown(cause(1_300), cause(2, "teams.csv"), cause(1, column="period", rule="empty"))
    assert app.error[0].value == (
        "1,303 problems were found, with 2 causes, in 2 files. Nothing was stored."
    )


def test_what_mends_most_stands_first_and_open() -> None:
    values = (Value("AMS-1", 312, "AMS-01"), Value("X", 4))
    app = shown(cause(1, rule="empty", column="period"), cause(316, values=values))
    first, second = app.expander
    assert re.sub(r"\\(.)", r"\1", first.label) == (
        "**316×**  There is no location 'AMS-1'. · and 1 other value"
    )
    assert first.proto.expanded
    (table,) = app.table[:1]
    assert table.value.iloc[0].tolist() == [r"AMS\-1", "312", r"AMS\-01"]
    assert "Add it to locations, or mend the code." in said(app)
    assert "· rows 2, 3, 4, 5, 6 …" in said(app)
    assert "**1×**" in second.label


def test_files_without_problems_are_named() -> None:
    assert ":green-badge[:material/check: teams.csv]" in said(shown(cause(1)))
    many = shown(cause(1), files=tuple(f"t{n}.csv" for n in range(20)))
    assert "and 8 others" in said(many)
    assert "Nothing wrong" not in said(shown(cause(1), files=("absence.csv",)))


def test_with_many_files_one_can_be_chosen() -> None:
    app = shown(*(cause(n, f"f{n}.csv") for n in (1, 2, 3)))
    assert len(app.expander) == 1, "one slip in three files is one thing to mend"
    (chosen,) = app.selectbox
    assert chosen.options == ["All files", "f3.csv (3)", "f2.csv (2)", "f1.csv (1)"]
    app.selectbox[0].set_value("f2.csv").run()
    assert "**2×**" in app.expander[0].label
    app.selectbox[0].set_value("").run()
    assert "**6×**" in app.expander[0].label


def test_more_causes_come_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_causes, "MOST", 2)
    rules = ("empty", "not_a_number", "not_a_date", "not_whole", "bad_character")
    app = shown(*(cause(n, column=f"c{n}", rule=rule) for n, rule in enumerate(rules, start=1)))
    assert len(app.expander) == 2
    app.button(key="import_causes_next").click().run()
    assert len(app.expander) == 4
    app.button(key="import_causes_next").click().run()
    assert len(app.expander) == 5
    assert not app.button


def test_text_of_files_is_shown_as_it_is() -> None:
    evil = "<img src=x onerror=alert(1)> :red[x] [a](http://b) `c`"
    problem = Problem("unknown_location", evil, 2, evil, evil)
    app = shown(Cause("unknown_location", evil, evil, 2, (problem,), (Value(evil, 2),), 1))
    everything = [element.value for element in (*app.markdown, *app.caption)]
    everything += [app.expander[0].label]
    for text in everything:
        outside = re.sub(r"`[^`]*`", "", str(text))
        assert not re.search(r"(?<!\\)<img|(?<!\\):red\[|(?<!\\)\]\(http", outside), text


def test_warnings_stand_apart_from_remarks_and_rows_are_told() -> None:
    notes = (Note("odd {n}", {"n": "*3*"}, warning=True), Note("fine"))
    app = shown(notes=notes)
    assert r"odd \*3\*" in app.warning[0].value
    assert "fine" not in app.warning[0].value
    assert "fine" in said(app)
    assert app.table[0].value.iloc[0].tolist() == ["Sick leave · `absence`", "1,200"]
    assert app.success


def test_the_report_can_be_taken_away() -> None:
    folder = ReportFolder()
    reporting.write(folder.path, (cause(2),), ())
    app = shown(cause(2), report=folder)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Everything, with marked copies", "Excel", "Table (CSV)", "JSON"]


def test_the_report_goes_when_it_is_forgotten() -> None:
    folder = ReportFolder()
    path = folder.path
    assert path.stat().st_mode & 0o077 == 0
    del folder
    gc.collect()
    assert not path.exists()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_is_drawn_in_both_languages(language: str) -> None:
    app = shown(cause(4), notes=(Note("x", {}, warning=True),), language=language)
    assert len(app.expander) == 1
