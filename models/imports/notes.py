"""What an import says that is no problem: rows left out, dates changed, counts made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: a msgid with {named} fields and what fills them."""

    msgid: str
    params: Mapping[str, str] = field(default_factory=dict)

    def message(self, translate: Callable[[str], str] = _as_is) -> str:
        """The remark in the reader's language."""
        return translate(self.msgid).format(**self.params)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the English text and what a page translates it from."""
        return {"message": self.message(), "msgid": self.msgid, "params": dict(self.params)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The note that ``to_json`` wrote."""
        return cls(values["msgid"], values["params"])
