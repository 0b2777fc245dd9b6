"""`make bench`: the release and the Overview against their aims, measured in one run."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import overview, releasing
from tests.bench.measuring import table

PARTS = ("release", "overview")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part instead of both")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of each (default: 5)")
    options = parser.parse_args()
    lines = []
    if options.only != "overview":
        lines += releasing.measure(options.repeats)
    if options.only != "release":
        with tempfile.TemporaryDirectory(prefix="werkvloer-bench-") as folder:
            lines += overview.measure(
                Path(folder), options.repeats, lambda text: print(text, file=sys.stderr)
            )
    print(table(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
