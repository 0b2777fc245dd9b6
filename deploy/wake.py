"""Have the dashboard run once after its start, so that the first visitor finds every page."""

import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 120


def wake(port: str) -> bool:
    """Ask the server to run the app; whether it did within the time."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            address = f"http://localhost:{port}/_stcore/script-health-check"
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    return False


if __name__ == "__main__":
    wake(sys.argv[1])
