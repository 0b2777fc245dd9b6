"""The child process that takes a release in: `python -m models.releases.carrying.child JOB.json`.

The job: `{"path", "trust", "actor", "minimum"}`. Progress goes to standard output, a JSON object a
line; the last one holds the `result`. In this process only ADBC touches the database.
"""

from pathlib import Path
from typing import Any

from models import journal, raw
from models.child import carry_out, tell
from models.engine import adbc
from models.releases.carrying import beside, form, judging, measures, signing, storing
from models.releases.carrying.form import Carried, FormError
from models.releases.carrying.refusing import Refusal


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Take a file in, or say everything that stands against it; then nothing is stored."""
    data = Path(job["path"]).read_bytes()
    try:
        with adbc() as connection:
            _check_trust(form.key_of(data), storing.trusted(connection), job["trust"])
            carried = form.opened(data)
            del data
            released = storing.own_measures(connection)
            own = storing.imported_measures(connection)
            places = {*storing.sites(connection)}
    except FormError as error:
        return _told(refused=[Refusal(error.rule, str(error))])
    strange = list(measures.refused(carried.manifest, own, released))
    if strange:
        # What follows counts on the measures.
        return _told(carried, refused=strange)
    every = judging.every_measure(carried.manifest, released)
    what = judging.known(every)
    places |= {place.location_id for place in carried.manifest.locations}
    received, refused = judging.inspected(
        carried.manifest, carried.blobs, job["minimum"], what, places, tell
    )
    with adbc() as connection:
        raw.lock(connection)
        key = carried.key.hex()
        already = storing.taken_in(connection, carried.sha256)
        if already is not None:
            return _told(carried, already=already)
        newest = storing.newest_number(connection, key)
        if carried.manifest.number < newest:
            message = (
                f"it is release {carried.manifest.number} of the party that signed it; "
                f"release {newest} of it was taken in before"
            )
            refused.append(Refusal("older-release", message))
        standing = storing.held(connection)
        found = beside.Compared(received, [], [])
        if judging.can_be_compared(refused):
            found = beside.compared(received, carried.manifest, standing, key, every, what.personal)
            refused += found.refused
        if refused:
            return _told(carried, refused=refused)
        storing.trust(connection, key, signing.fingerprint(carried.key), job["actor"])
        number = storing.take_in(connection, carried, found.new, standing, job["actor"])
        journal.finish(connection, job.get("job"), {"release": number})
    return _told(
        carried,
        release=number,
        blocks=len(found.new),
        cells=sum(each.block.cells.height for each in found.new),
        passed=len(found.passed),
    )


def _check_trust(key: bytes, trusted: list[str], word: str | None) -> None:
    """Make sure that the key is one that somebody here vouched for.

    Raises:
        FormError: nobody did, or the key is another than the one they named.
    """
    told = signing.fingerprint(key)
    if word is not None and not signing.names(word, key):
        raise FormError(
            "trust", f"it is signed with another key than the one you named; its key is {told}"
        )
    if word is None and key.hex() not in trusted:
        others = "another key than the one that is trusted here" if trusted else "an unknown key"
        raise FormError(
            "trust",
            f"it is signed with {others}. Ask the collecting party, by telephone or on paper, for "
            "the fingerprint that export-release printed. Only if it is the one below, run the "
            f"same command with --trust and the fingerprint\n{told}",
        )


def _told(
    carried: Carried | None = None,
    *,
    refused: list[Refusal] | None = None,
    release: int | None = None,
    already: int | None = None,
    blocks: int = 0,
    cells: int = 0,
    passed: int = 0,
) -> dict[str, Any]:
    """The result; `release` is empty when nothing was new, or all was refused.

    `passed`: blocks of periods that were withdrawn here, which stay so.
    """
    return {
        "release": release,
        "already": already,
        "sender_release": carried.manifest.number if carried else None,
        "fingerprint": signing.fingerprint(carried.key) if carried else None,
        "blocks": blocks,
        "cells": cells,
        "passed": passed,
        "refused": [each.to_json() for each in refused or ()],
    }


def main() -> None:
    carry_out(lambda job, _folder: run(job))


if __name__ == "__main__":
    main()
