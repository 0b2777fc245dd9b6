"""The text for employees and the works council, in plain words, with an installation's minimum."""

from pathlib import Path

_HERE = Path(__file__).parent
_DOCS = _HERE.parent / "docs"
_DEFAULT = 11


def text(language: str, minimum: int) -> str:
    """The whole text in Markdown; `language` is `en` or `nl`."""
    written = (_HERE / f"works_council.{language}.md").read_text(encoding="utf-8")
    return written.replace("{minimum}", str(minimum)).replace("{others}", str(minimum - 1))


def documents() -> tuple[Path, ...]:
    """Where the text stands in the documentation, per language."""
    return tuple(_DOCS / f"works-council.{language}.md" for language in ("en", "nl"))


def write() -> tuple[Path, ...]:
    """Write the documents with the minimum that holds unless it is set; gives their paths."""
    for path in documents():
        language = path.suffixes[0].removeprefix(".")
        path.write_text(text(language, _DEFAULT), encoding="utf-8")
    return documents()
