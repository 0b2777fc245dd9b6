"""What an import says that is no problem: rows left out, dates changed, counts made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from metrics.words import as_is

COUNT = "count"
"""The field that says how many rows a remark is about, in digits."""


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: a msgid with {named} fields and what fills them.

    ``warning``: it may well be a mistake, and somebody should look.
    """

    msgid: str
    params: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False

    def message(
        self,
        translate: Callable[[str], str] = as_is,
        number: Callable[[float], str] = "{:,}".format,
    ) -> str:
        """The remark in the reader's language; `number` writes how many rows it is about."""
        told = dict(self.params)
        if COUNT in told:
            told[COUNT] = number(int(told[COUNT]))
        return translate(self.msgid).format(**told)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the English text and what a page translates it from."""
        return {
            "message": self.message(),
            "msgid": self.msgid,
            "params": dict(self.params),
            "warning": self.warning,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The note that ``to_json`` wrote."""
        return cls(values["msgid"], values["params"], values["warning"])


class NoteLog:
    """Collects remarks while files are checked, each once; those that count rows are added up."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, tuple[tuple[str, str], ...]], int | None] = {}
        self._warnings: set[str] = set()

    def add(self, note: Note) -> None:
        """Add a remark; the same one again changes nothing."""
        self._counts.setdefault((note.msgid, tuple(note.params.items())))
        if note.warning:
            self._warnings.add(note.msgid)

    def count(self, msgid: str, count: int, **params: str) -> None:
        """Add ``count`` to the remark that says `{count}` rows of this; 0 says nothing."""
        if count:
            key = (msgid, tuple(params.items()))
            self._counts[key] = (self._counts.get(key) or 0) + count

    def warn(self, msgid: str, count: int, **params: str) -> None:
        """Like ``count``, for what may well be a mistake."""
        self.count(msgid, count, **params)
        self._warnings.add(msgid)

    def notes(self) -> tuple[Note, ...]:
        """Every remark in the order in which it first came up."""
        return tuple(
            Note(
                msgid,
                dict(params) if count is None else {**dict(params), COUNT: str(count)},
                msgid in self._warnings,
            )
            for (msgid, params), count in self._counts.items()
        )
