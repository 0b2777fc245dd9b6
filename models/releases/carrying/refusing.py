"""A reason why a carried file is not taken in."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a file is not taken in; `count` is how often, in that block.

    `subject` and `period` are empty where it is about the file as a whole.
    """

    rule: str
    message: str
    subject: str = ""
    period: str = ""
    count: int = 1

    def to_json(self) -> dict[str, str | int]:
        return asdict(self)
