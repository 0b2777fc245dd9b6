"""Remarks, with their numbers as the reader writes them."""

from models.imports.notes import Note, NoteLog
from translations.words import Words


def test_counts_are_added_up_and_written_as_the_reader_does() -> None:
    log = NoteLog()
    log.count("{table}: {count}", 1_200, table="absence")
    log.count("{table}: {count}", 34, table="absence")
    (note,) = (Note.from_json(one.to_json()) for one in log.notes())
    assert note.message() == "absence: 1,234"
    assert note.message(str, Words("nl").number) == "absence: 1.234"
