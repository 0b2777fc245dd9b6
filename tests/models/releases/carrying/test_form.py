"""The form of a carried release: every byte of it is signed."""

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from models.releases.carrying import form, signing
from release.blocks import pack
from tests.models.releases.carrying.blocks import KEY, carried, manifest, survey

LATER = survey("2024-02", {"A": 30, "B": 15})
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture(scope="module")
def file() -> bytes:
    return carried(survey(), LATER)


def refusal(data: bytes) -> str:
    with pytest.raises(form.FormError) as error:
        form.opened(data)
    return error.value.rule


def test_what_was_written_is_read(file: bytes) -> None:
    found = form.opened(file)
    block = survey()
    assert found.key == signing.public(KEY)
    assert found.manifest == manifest([block, LATER])
    assert found.blobs[0] == (pack(block.cells), pack(block.values))
    assert form.key_of(file) == found.key


def test_a_change_of_any_byte_is_refused(file: bytes) -> None:
    for place in range(len(file)):
        damaged = bytearray(file)
        damaged[place] ^= 1 << place % 8
        with pytest.raises(form.FormError):
            form.opened(bytes(damaged))


def test_a_file_that_ends_early_or_late_is_refused(file: bytes) -> None:
    for length in range(0, len(file), 7):
        with pytest.raises(form.FormError):
            form.opened(file[:length])
    assert refusal(file + b"\n") == "content"
    assert refusal(file + file) == "content"
    assert refusal(b"\n" + file) == "form"


def parts(file: bytes) -> list[bytes]:
    return file.split(b"\n", 4)


def signed_anew(manifest: bytes, rest: bytes, key: Ed25519PrivateKey = KEY) -> bytes:
    """A file that a holder of a key made by hand."""
    head, owner = b"werkvloer release 1", signing.public(key).hex().encode()
    signature = key.sign(b"\n".join([head, owner, manifest])).hex().encode()
    return b"\n".join([head, owner, signature, manifest, rest])


def test_another_signature_of_the_same_is_refused(file: bytes) -> None:
    head, owner, signature, line, rest = parts(file)
    assert signed_anew(line, rest) == file
    theirs = signing.public(OTHER).hex().encode()
    assert refusal(b"\n".join([head, theirs, signature, line, rest])) == "signature"
    assert refusal(b"\n".join([head, owner.upper(), signature, line, rest])) == "form"
    assert refusal(b"\n".join([head, owner, signature[:-2], line, rest])) == "form"
    assert refusal(b"\n".join([head, owner, bytes(128), line, rest])) == "form"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x03\x04" + bytes(500), id="a zip"),
        pytest.param(b"werkvloer release 1", id="a first line"),
        pytest.param(b"werkvloer release 1\n" + b"\n" * 9, id="empty lines"),
        pytest.param(b"location_id,name\nA,Alpha\n", id="a CSV"),
    ],
)
def test_what_is_no_carried_release_is_refused(data: bytes) -> None:
    assert refusal(data) == "form"


def test_a_later_form_is_refused_by_name(file: bytes) -> None:
    assert refusal(file.replace(b"release 1\n", b"release 2\n", 1)) == "format"
    assert refusal(file.replace(b"release 1\n", b"release 10\n", 1)) == "format"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda told: told.update(rows=["J. Jansen"]), id="a place for rows"),
        pytest.param(lambda told: told["blocks"][0].update(path="../../data"), id="a path"),
        pytest.param(lambda told: told["blocks"][0]["cells"].update(bytes=-1), id="less than none"),
        pytest.param(lambda told: told["blocks"][0]["cells"].update(bytes=10**12), id="endless"),
        pytest.param(lambda told: told["blocks"][0].update(version="1"), id="a text for a number"),
        pytest.param(lambda told: told["blocks"][0].update(version=0), id="version 0"),
        pytest.param(lambda told: told["locations"][0].update(employee="Jansen"), id="a person"),
        pytest.param(lambda told: told["locations"][0].update(name="x" * 2_001), id="a long name"),
        pytest.param(lambda told: told.pop("withdrawn"), id="nothing on what was withdrawn"),
        pytest.param(lambda told: told.update(number=None), id="no number"),
    ],
)
def test_a_manifest_of_another_shape_is_refused_however_it_is_signed(
    file: bytes, change: object
) -> None:
    *_, line, rest = parts(file)
    told = json.loads(line)
    change(told)  # type: ignore[operator]
    assert refusal(signed_anew(json.dumps(told).encode(), rest)) == "manifest"


def test_bytes_that_are_dropped_doubled_or_exchanged_are_refused(file: bytes) -> None:
    *_, line, rest = parts(file)
    told = json.loads(line)
    lengths = [
        told["blocks"][place][part]["bytes"] for place in (0, 1) for part in ("cells", "values")
    ]
    first = sum(lengths[:2])
    assert refusal(signed_anew(line, rest[first:])) == "content"
    assert refusal(signed_anew(line, rest[:first] + rest)) == "content"
    assert refusal(signed_anew(line, rest[first:] + rest[:first])) == "content"
    told["blocks"].pop()
    assert refusal(signed_anew(json.dumps(told).encode(), rest)) == "content"


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = signing.signing_key(folder)
    path = folder / signing.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing.public(signing.signing_key(folder)) == signing.public(made)
    path.write_text("no key")
    with pytest.raises(signing.SigningKeyError, match="holds no signing key"):
        signing.signing_key(folder)


def test_a_fingerprint_is_recognised_as_people_write_it() -> None:
    key = signing.public(KEY)
    told = signing.fingerprint(key)
    assert len(told.split("-")) == 16
    assert signing.names(told, key)
    assert signing.names(told.upper().replace("-", " "), key)
    assert signing.names(f"SHA256:{told.replace('-', '')}", key)
    assert signing.names(key.hex(), key)
    assert not signing.names(told[:-1], key)
    assert not signing.names("", key)
    assert not signing.names(told, signing.public(OTHER))


@pytest.mark.parametrize("variance", ["NaN", "Infinity", "-1.0"])
def test_noise_has_a_variance(variance: str) -> None:
    """An interval is made wider by it."""
    told = (
        '{"measures": 1, "overlaps": 0, "merges": 0, "cells": 1, "left_out": 0, "smallest": 11, '
        f'"without": {{}}, "errors": {{"stayed_a_year": [{variance}, 0.0]}}}}'
    )
    with pytest.raises(ValidationError):
        form.Audit.model_validate_json(told)
    assert form.Audit.model_validate_json(told.replace(variance, "0.5")).errors
