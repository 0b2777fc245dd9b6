"""The keyed hash that stands for an employee, and its key.

The key lies beside the database, never in it: whoever has the database alone can neither find an
employee's rows nor test a guessed id.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import polars as pl

from models.engine import data_dir

_BYTES = 32


def key_path() -> Path:
    """Where the key is kept."""
    return data_dir() / "employee.key"


def employee_key() -> bytes:
    """The key; made at the first call, readable by its owner only.

    Raises:
        ValueError: the file does not hold a key, for instance because it was cut off.
    """
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != _BYTES:
        raise ValueError(f"{path} does not hold a key of {_BYTES} bytes; restore it from a backup")
    return key


def _make(path: Path) -> None:
    """Write a new key whole or not at all; a process that was first wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
        file.write(secrets.token_hex(_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def hashed(ids: pl.Series, key: bytes) -> pl.Series:
    """HMAC-SHA256 of each id in hexadecimal; null stays null. Each distinct id is hashed once."""
    distinct = ids.unique().drop_nulls()
    hashes = [hmac.new(key, value.encode(), hashlib.sha256).hexdigest() for value in distinct]
    return ids.replace_strict(distinct, pl.Series(hashes, dtype=pl.String), default=None)
