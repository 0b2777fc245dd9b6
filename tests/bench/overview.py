"""The Overview until its last mark is drawn: the demo company, and a release a hundred times it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests import chromium
from tests.bench import drawing, floor, hundredfold, importing
from tests.bench.drawing import Drawn
from tests.bench.measuring import Line
from tests.serving import ROOT, serve

MOST_RATIO = 1.3
MOST_RATIO_BUSY = 2.0
DATABASE = "werkvloer.db"


def environment(folder: Path) -> dict[str, str]:
    return {
        "WERKVLOER_DATA": str(folder),
        "WERKVLOER_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
    }


def make_demo(folder: Path) -> None:
    """The demo company through the real pipeline."""
    folder.mkdir()
    for command in ("upgrade", "seed"):
        subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env={**os.environ, **environment(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def make_hundredfold(demo: Path, folder: Path) -> int:
    """A copy of the demo company's database with a hundred times its cells; gives their number."""
    from models import engine

    shutil.copytree(demo, folder)
    os.environ.update(environment(folder))
    in_use = engine.engine()
    cells = hundredfold.inflate(in_use)
    in_use.dispose()
    return cells


def measure(folder: Path, repeats: int, say: Callable[[str], None]) -> list[Line]:
    """Load and filter each page `repeats` times, by turns, after a visit that does not count."""
    demo, big = folder / "demo", folder / "hundredfold"
    say("making the demo company")
    make_demo(demo)
    say("making a release a hundred times its size")
    say(f"  {make_hundredfold(demo, big):,} cells")
    with ExitStack() as stack:
        browser = stack.enter_context(chromium.launched())
        addresses = {}
        for name, data in (("demo", demo), ("hundredfold", big)):
            addresses[name] = stack.enter_context(
                serve(ROOT / "app.py", environment(data), log=folder / f"{name}.log")
            )
        content = drawing.content(browser, addresses["demo"])
        say(f"the Overview draws {content}")
        addresses["empty"] = stack.enter_context(
            serve(floor.write(folder, content), {}, log=folder / "empty.log")
        )
        times = by_turns(browser, addresses, repeats, say)
        say("the same while imports go on")
        with importing.going_on(folder, environment(demo)):
            busy = by_turns(browser, {"demo": addresses["demo"]}, repeats, say)["demo"]
    return [*_lines(times), _busy_line(busy, times["demo"])]


def by_turns(
    browser: Browser, addresses: dict[str, str], repeats: int, say: Callable[[str], None]
) -> dict[str, Drawn]:
    """The median times of each address, after a visit of each that does not count."""
    times: dict[str, list[Drawn]] = {name: [] for name in addresses}
    for turn in range(repeats + 1):
        for name, address in addresses.items():
            drawn = drawing.drawn(browser, address)
            say(f"  {name}: load {drawn.load:.2f} s, filter {drawn.filtered:.2f} s")
            if turn:
                times[name].append(drawn)
    return {
        name: Drawn(median(d.load for d in drawn), median(d.filtered for d in drawn))
        for name, drawn in times.items()
    }


def _busy_line(busy: Drawn, quiet: Drawn) -> Line:
    return Line(
        what="Overview, demo: filter change during an import",
        value=busy.filtered,
        against="without one",
        floor=quiet.filtered,
        most_ratio=MOST_RATIO_BUSY,
    )


def _lines(times: dict[str, Drawn]) -> list[Line]:
    pairs = (
        ("demo", "empty", "an empty page with as many charts"),
        ("hundredfold", "demo", "the demo company"),
    )
    return [
        Line(
            what=f"Overview, {name}: {label}",
            value=getattr(times[name], kind),
            against=against,
            floor=getattr(times[other], kind),
            most_ratio=MOST_RATIO,
        )
        for name, other, against in pairs
        for kind, label in (("load", "load"), ("filtered", "filter change"))
    ]
