"""What tests of building and publishing share."""

from pathlib import Path

import pytest

from tests.models.raw_rows import Put, put


@pytest.fixture
def bring(tmp_path: Path) -> Put:
    """Stores frames, by the name of their table, as the next batch."""
    batches: list[Path] = []

    def bring(**frames: object) -> None:
        batches.append(tmp_path / f"batch-{len(batches)}")
        put(batches[-1], frames)  # type: ignore[arg-type]

    return bring
