"""`python -m tests.calibration [--runs N]`: count, tell the progress, write the report."""

import argparse
import time

from tests.calibration.counting import counts
from tests.calibration.report import written
from tests.calibration.worlds import WORLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    runs: int = parser.parse_args().runs
    found, begun = [], time.monotonic()
    for each in counts(WORLDS, runs):
        found.append(each)
        spent = time.monotonic() - begun
        left = spent / len(found) * (len(WORLDS) - len(found))
        steps = {step: share / runs for step, share in sorted(each.steps.items())}
        print(f"{each.world.name:<24} {steps}  {left / 60:.0f} min left", flush=True)  # noqa: T201
    print(f"Wrote {written(found)}.")  # noqa: T201


if __name__ == "__main__":
    main()
