"""The form of a carried release: one file, of which every byte is signed.

    werkvloer release 1
    <public key, 64 hexadecimal digits>
    <signature, 128 hexadecimal digits>
    <the manifest: JSON in one line>
    <the bytes of the blocks, one after the other, as the manifest lists them>

The signature is of the first, second and fourth line. The manifest holds the length and SHA-256 of
each block's bytes, and nothing may follow them. It is no archive on purpose: there are no names to
point elsewhere, nothing to unfold, and no byte that nobody signed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from metrics.vocabulary import Better, Rater, Side, Unit
from models.releases.carrying import signing

FORMAT = 1
MAGIC = b"werkvloer release "
LINES = 4
LONGEST_MANIFEST = 64 * 1024 * 1024
LONGEST_BLOB = 256 * 1024 * 1024

Text = Annotated[str, Field(max_length=2_000)]
Variance = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, lt=2**53)]


class FormError(ValueError):
    """The file is no carried release, or not as it was signed; `rule` says which."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Blob(_Strict):
    """Bytes behind the manifest."""

    bytes: Annotated[int, Field(ge=0, le=LONGEST_BLOB)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Audit(_Strict):
    """What the sender's audit of two views says (`release.blocks.Report`)."""

    measures: Count
    overlaps: Count
    merges: Count
    cells: Count
    left_out: Count
    smallest: Count
    without: dict[Text, Literal["sums", "alike", "few"]]
    errors: dict[Text, Annotated[list[Variance], Field(min_length=2, max_length=2)]]


class CarriedBlock(_Strict):
    """A published block: `cells` and `values` are Parquet."""

    subject: Text
    period: Text
    version: Annotated[int, Field(ge=1, lt=2**31)]
    minimum: Annotated[int, Field(ge=1, lt=2**31)]
    withheld: list[Text]
    audit: Audit | None
    cells: Blob
    values: Blob


class Tombstone(_Strict):
    """A period that was published and taken back."""

    subject: Text
    period: Text


class Place(_Strict):
    """A site."""

    location_id: Text
    name: Text
    region: Text | None
    country: Text | None
    city: Text | None
    kind: Text | None


class OwnMeasure(_Strict):
    """A measure of the company's own."""

    measure: Text
    label_en: Text
    label_nl: Text | None
    side: Side
    rater: Rater
    unit: Unit
    better: Better
    theme: Text | None
    at_risk_from: Annotated[float, Field(allow_inf_nan=False)] | None


class Manifest(_Strict):
    """What a file holds: `number` is the sender's newest release, `made_at` is in UTC."""

    number: Count
    made_at: Text
    blocks: list[CarriedBlock]
    withdrawn: list[Tombstone]
    locations: list[Place]
    measures: list[OwnMeasure]


@dataclass(frozen=True, slots=True)
class Carried:
    """A file whose signature and bytes are right; what it says is not judged yet.

    `blobs` are the bytes of `cells` and `values` of each block, in the order of the manifest.
    """

    sha256: str
    key: bytes
    manifest: Manifest
    blobs: list[tuple[bytes, bytes]]


def written(key: Any, manifest: Manifest, blobs: Sequence[bytes]) -> bytes:
    """The file, signed with a private key."""
    head = MAGIC + str(FORMAT).encode()
    owner = signing.public(key).hex().encode()
    line = manifest.model_dump_json().encode()
    signature = key.sign(_signed(head, owner, line)).hex().encode()
    return b"\n".join([head, owner, signature, line, b"".join(blobs)])


def _signed(head: bytes, owner: bytes, line: bytes) -> bytes:
    return b"\n".join([head, owner, line])


def blob(data: bytes) -> Blob:
    """What the manifest says of bytes."""
    return Blob(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def key_of(data: bytes) -> bytes:
    """The public key that a file names; nothing else of it is read.

    Raises:
        FormError: it is no carried release of a known format.
    """
    return _parts(data).key


def opened(data: bytes) -> Carried:
    """Read a file whole.

    Raises:
        FormError: its form, its signature, its manifest or any of its bytes is not right.
    """
    parts = _parts(data)
    if not signing.is_signed(parts.key, parts.signature, parts.signed):
        raise FormError(
            "signature", "its signature is not right: it was changed, or is not complete"
        )
    try:
        manifest = Manifest.model_validate_json(parts.manifest)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise FormError("manifest", f"its manifest is not right: {place}: {first['msg']}") from None
    return Carried(
        sha256=hashlib.sha256(data).hexdigest(),
        key=parts.key,
        manifest=manifest,
        blobs=_blobs(manifest, parts.rest),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lines of a file and what stands behind them."""

    key: bytes
    signature: bytes
    signed: bytes
    manifest: bytes
    rest: bytes


def _parts(data: bytes) -> _Parts:
    if not data.startswith(MAGIC):
        raise FormError("form", "it is no release that `manage.py export-release` wrote")
    lines = data.split(b"\n", LINES)
    if lines[0] != MAGIC + str(FORMAT).encode():
        raise FormError("format", f"it is not written in form {FORMAT}; bring Werkvloer up to date")
    if len(lines) <= LINES or len(lines[3]) > LONGEST_MANIFEST:
        raise FormError("form", "it is not complete")
    head, owner, signature, manifest, rest = lines
    return _Parts(
        key=_hexadecimal(owner, signing.KEY_BYTES),
        signature=_hexadecimal(signature, signing.SIGNATURE_BYTES),
        signed=_signed(head, owner, manifest),
        manifest=manifest,
        rest=rest,
    )


def _hexadecimal(text: bytes, length: int) -> bytes:
    """The bytes that are written; there is one way to write them."""
    try:
        found = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        found = b""
    if len(found) != length or found.hex().encode() != text:
        raise FormError("form", "its key or signature is not written as it should be")
    return found


def _blobs(manifest: Manifest, rest: bytes) -> list[tuple[bytes, bytes]]:
    view, place, found = memoryview(rest), 0, []
    for entry in manifest.blocks:
        pair = []
        for told in (entry.cells, entry.values):
            piece = bytes(view[place : place + told.bytes])
            place += told.bytes
            if blob(piece) != told:
                raise FormError(
                    "content", f"the bytes of {entry.subject} {entry.period} are not as signed"
                )
            pair.append(piece)
        found.append((pair[0], pair[1]))
    if place != len(rest):
        raise FormError("content", "something follows what was signed")
    return found
