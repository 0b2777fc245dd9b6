"""`make bench`: release, imports and pages against their aims, measured in one run."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import importing, overview, people, releasing
from tests.bench.measuring import table

PARTS = ("release", "import", "overview", "people")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part instead of all")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of each (default: 5)")
    options = parser.parse_args()
    wanted = [options.only] if options.only else PARTS
    lines = []
    with tempfile.TemporaryDirectory(prefix="werkvloer-bench-") as folder:
        if "release" in wanted:
            lines += releasing.measure(options.repeats)
        if "import" in wanted:
            lines += importing.measure(Path(folder), _say)
        if "overview" in wanted:
            lines += overview.measure(Path(folder), options.repeats, _say)
        if "people" in wanted:
            lines += people.measure(Path(folder), options.repeats, _say)
    print(table(lines))
    return 0 if all(line.holds for line in lines) else 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
