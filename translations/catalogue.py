"""Reads and updates the `.po` files, with Babel. No compiled file is kept.

The texts are collected from the source: the first argument of `_` and `N_`, and the two of
`ngettext`. English is the source itself and has no file.
"""

import gettext
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parent.parent
SOURCES = (
    "app.py",
    "manage.py",
    "pages",
    "figures",
    "metrics",
    "models",
    "release",
    "translations",
)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
DOMAIN = "werkvloer"


def path(language: str) -> Path:
    """Where the texts of a language are."""
    return ROOT / "translations" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The texts of a language; an empty catalogue when there is no file."""
    file = path(language)
    if not file.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with file.open("rb") as source:
        return pofile.read_po(source, locale=language, domain=DOMAIN)


@lru_cache
def compiled(language: str) -> gettext.NullTranslations:
    """The texts of a language, ready to look up. A text without translation stays English."""
    if not path(language).exists():
        return gettext.NullTranslations()
    buffer = io.BytesIO()
    mofile.write_mo(buffer, read(language))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


def template() -> Catalog:
    """Every text in the source, without translation."""
    found = Catalog(domain=DOMAIN)
    for source in SOURCES:
        start = ROOT / source
        files = sorted(start.rglob("*.py")) if start.is_dir() else [start] if start.exists() else []
        for file in files:
            for _line, text, _comments, _context in extract_from_file(
                "python", file, keywords=KEYWORDS
            ):
                if text and all(text if isinstance(text, tuple) else (text,)):
                    found.add(text)
    return found


def updated(language: str) -> Catalog:
    """The language's catalogue with exactly the texts of the source, translations kept.

    A new text has an empty translation, never a guessed one; a text that left the source is gone.
    """
    current = read(language)
    fresh = Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    for message in sorted(template(), key=_sort_key):
        if not message.id:
            continue
        known = current.get(message.id)
        fresh.add(message.id, known.string if known is not None else "")
    return fresh


def write(language: str) -> Catalog:
    """Bring a language's file up to the source; the file has no line numbers and no dates."""
    fresh = updated(language)
    file = path(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        target.write(_header(language).encode())
        for message in sorted(fresh, key=_sort_key):
            if message.id:
                body = Catalog(locale=language)
                body.add(message.id, message.string)
                buffer = io.BytesIO()
                pofile.write_po(buffer, body, omit_header=True, width=96)
                target.write(b"\n" + buffer.getvalue().strip() + b"\n")
    return fresh


def missing(catalogue: Catalog) -> list[str]:
    """The texts that have no translation, or one that nobody confirmed (fuzzy)."""
    return [
        _first(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not _filled(message.string))
    ]


def _filled(text: str | Sequence[str] | None) -> bool:
    return bool(text) and all(text or "")


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _sort_key(message: object) -> tuple[str, str]:
    text = _first(message.id)  # type: ignore[attr-defined]
    return (text.casefold(), text)


def _header(language: str) -> str:
    plural = Catalog(locale=language).plural_forms
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural}\\n"\n'
    )
