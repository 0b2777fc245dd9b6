"""The Chromium that browser tests and benches drive: Debian's own, never a download."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Works for root as well, and keeps Chromium from looking up anything on the internet.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of Chromium: `WERKVLOER_CHROMIUM`, or the first of `NAMES` on the PATH."""
    wanted = os.environ.get("WERKVLOER_CHROMIUM")
    names = (wanted, *NAMES) if wanted else NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium with a fresh profile.

    Raises:
        FileNotFoundError: there is no Chromium.
    """
    path = find()
    if path is None:
        raise FileNotFoundError("no Chromium here; install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()
