"""`python -m translations`: bring the Dutch file up to the source and list what is missing."""

import sys

from translations import catalogue


def main() -> int:
    fresh = catalogue.write("nl")
    absent = catalogue.missing(fresh)
    for text in absent:
        sys.stdout.write(f"- {text}\n")
    total = sum(1 for message in fresh if message.id)
    sys.stdout.write(f"{total} texts, {len(absent)} without a translation\n")
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main())
