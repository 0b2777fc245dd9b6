"""The key that signs releases, and how people compare it: Ed25519.

The private key is made at first use, lies in `data_dir()` for its owner alone, and never leaves.
"""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE = "release-signing.key"
KEY_BYTES = 32
SIGNATURE_BYTES = 64
_GROUP = 4


class SigningKeyError(RuntimeError):
    """The file of the signing key is not a key, or can be read by others."""


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The private key of this installation; made when there is none.

    Raises:
        SigningKeyError: the file holds something else.
    """
    path = folder / FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        # Made for its owner alone from the first moment, and never over one that is there.
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(made)
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))
    except ValueError as error:
        raise SigningKeyError(f"{path} holds no signing key; put the right file back") from error


def public(key: Ed25519PrivateKey) -> bytes:
    """The public half, which goes into every file."""
    return key.public_key().public_bytes_raw()


def fingerprint(key: bytes) -> str:
    """What two people read to each other: the SHA-256 of a public key, in groups of four."""
    text = hashlib.sha256(key).hexdigest()
    return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def names(written: str, key: bytes) -> bool:
    """Whether what somebody wrote down is the fingerprint of a public key, or the key itself."""
    plain = "".join(written.lower().split()).replace("-", "").removeprefix("sha256:")
    return plain in {hashlib.sha256(key).hexdigest(), key.hex()}


def is_signed(key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the holder of a public key signed exactly this text."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
