"""The rules of the house, read from the source. Each gives the offences of one file, in words."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LONGEST_FILE = 350
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
SKIPPED_FOLDERS = frozenset({"data", "bench-results", "__pycache__", "node_modules"})
TEXTS = frozenset({".py", ".md", ".toml", ".sh", ".in", ".po", ".css", ".ini", ".mako", ""})

STORES = frozenset({"sqlmodel", "sqlalchemy", "alembic", "sqlite3", "psycopg"})
STORE_PREFIXES = ("adbc_driver",)


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer may import.

    Attributes:
        project: parts of this project, each with everything below it.
        never: parts that stay closed although a part above them is open.
        screen: may import Streamlit.
        store: may import what reaches the database.
    """

    project: frozenset[str]
    never: frozenset[str] = frozenset()
    screen: bool = False
    store: bool = False


# Each layer may import itself, and of the others only what stands before it on the data's way.
# `release.periods` is vocabulary that every layer shares: it reads and orders texts like 2024-Q2.
LAYERS = {
    "release": Layer(frozenset()),
    "metrics": Layer(frozenset({"release.periods"})),
    "figures": Layer(frozenset({"metrics", "release.periods"})),
    "models": Layer(frozenset({"release", "metrics"}), store=True),
    "pages": Layer(
        frozenset({"figures", "metrics", "models", "translations", "release.periods"}),
        never=frozenset({"models.tables", "models.raw", "models.migrations"}),
        screen=True,
    ),
}
PARTS = frozenset({*LAYERS, "seed", "translations", "tests", "app", "manage", "deploy"})

# The collecting party's side: what may name a raw table.
COLLECTING = frozenset(
    {"models.imports", "models.releases", "models.raw", "models.tables", "models.migrations"}
)
DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)
RAW_TABLE = re.compile(r"\braw_\w+")
# A folder of somebody's machine: its root, not after a letter, a dot or another folder.
MACHINE_PATH = re.compile(r"(?<![\w./}-])/(?:home|root|Users|farm|work)/")


def text_files(root: Path) -> Iterator[PurePosixPath]:
    """All files of the project that people write, relative to its root."""
    for path in sorted(root.iterdir()):
        hidden = path.name.startswith(".") and path.name not in {".ci", ".streamlit"}
        if path.is_dir() and not hidden and path.name not in SKIPPED_FOLDERS:
            yield from (PurePosixPath(path.name) / below for below in text_files(path))
        elif path.is_file() and path.suffix in TEXTS:
            yield PurePosixPath(path.name)


def imports(tree: ast.AST) -> Iterator[str]:
    """What is imported anywhere in a file: in functions, for typing, by a text too.

    `from a import b` gives `a.b`, since `b` may be a module. An import by a text that is computed
    gives `?`.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in {"import_module", "__import__"}:
            first = node.args[0] if node.args else None
            known = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield str(first.value) if known else "?"  # type: ignore[union-attr]


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _within(module: str, parts: Iterable[str]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def _is_store(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in STORES or module.startswith(STORE_PREFIXES)


def direction(path: PurePosixPath, source: str) -> list[str]:
    """Imports against the direction of the data."""
    name = path.parts[0]
    layer = LAYERS.get(name)
    found = dict.fromkeys(imports(ast.parse(source)))
    if layer is None:
        # The terminal and the demo company load what they like, but never the screen.
        screen = {"streamlit", "pages"} if name in {"manage.py", "seed", "translations"} else set()
        return [f"{path} imports {module}" for module in found if _within(module, screen)]
    return [f"{path} imports {module}" for module in found if not _allowed(module, name, layer)]


def _allowed(module: str, name: str, layer: Layer) -> bool:
    if module.startswith((".", "?")):
        return False
    if module.split(".", maxsplit=1)[0] in PARTS:
        opened = _within(module, {name, *layer.project})
        return opened and not _within(module, layer.never)
    if _within(module, {"streamlit"}):
        return layer.screen
    return layer.store or not _is_store(module)


def raw_reads(path: PurePosixPath, source: str) -> list[str]:
    """Raw tables named anywhere but on the collecting party's side."""
    if path.parts[0] not in LAYERS or _within(".".join(path.with_suffix("").parts), COLLECTING):
        return []
    tree = ast.parse(source)
    offences = [f"{path} imports {name}" for name in imports(tree) if _within(name, {"models.raw"})]
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if RAW_TABLE.search(text):
                offences.append(f"{path}:{node.lineno} names {text!r}")
            case ast.alias(name="RAW" | "RAW_TABLES") | ast.Attribute(attr="RAW" | "RAW_TABLES"):
                offences.append(f"{path}:{node.lineno} uses the raw tables")
    return offences


def placement(path: PurePosixPath) -> list[str]:
    """Files that lie where they are served unguarded, or whose name says nothing."""
    offences = []
    if path.parent == PurePosixPath("pages"):
        offences.append(f"{path} lies directly in pages/: Streamlit may serve it unguarded")
    if path.stem in VAGUE_NAMES or VAGUE_NAMES & set(path.parts[:-1]):
        offences.append(f"{path} is named for nothing in particular")
    return offences


def length(path: PurePosixPath, source: str) -> list[str]:
    """Files that say more than one thing; a migration is written once and says what it did."""
    if path.is_relative_to("models/migrations/versions"):
        return []
    lines = len(source.splitlines())
    return [f"{path} has {lines} lines"] if lines > LONGEST_FILE else []


def machine_paths(path: PurePosixPath, text: str) -> list[str]:
    """Folders of somebody's machine."""
    return [
        f"{path}:{number} has {found[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MACHINE_PATH.search(line))
    ]


def pages(registry: str) -> list[PurePosixPath]:
    """The files that the registry of pages names with `file="pages/..."`."""
    return [
        PurePosixPath(str(keyword.value.value))
        for node in ast.walk(ast.parse(registry))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "file" and isinstance(keyword.value, ast.Constant)
    ]


def only_defines(path: PurePosixPath, source: str) -> list[str]:
    """Files beside the pages that do more than define when they are loaded: pages in disguise."""
    return [
        f"{path}:{node.lineno} acts when the file is loaded"
        for node in ast.parse(source).body
        if not isinstance(node, DEFINITIONS)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


def guard(path: PurePosixPath, source: str) -> list[str]:
    """Pages that do anything at all before they ask their guard.

    The guard is a call of something imported from `pages.shared.guard`, and stands as the first
    statement after the docstring and the imports.
    """
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages.shared")
        for alias in node.names
        if node.module == "pages.shared.guard" or alias.name == "guard"
    }
    for node in tree.body:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Expr(value=ast.Call(func=function)) if _root(function) in names:
                return []
        return [f"{path}:{node.lineno} comes before the guard"]
    return [f"{path} has no guard"]


def _root(function: ast.expr) -> str:
    while isinstance(function, ast.Attribute):
        function = function.value
    return function.id if isinstance(function, ast.Name) else ""
