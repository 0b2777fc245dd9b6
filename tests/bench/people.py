"""The pages about people, each beside an empty page with as many charts; of the demo company."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from pages.shared.registry import PAGES
from tests import chromium
from tests.bench import drawing, floor
from tests.bench.measuring import Line
from tests.bench.overview import MOST_RATIO, by_turns, environment, make_demo
from tests.serving import ROOT, serve

_EMPTY = "an empty page with as many charts"
_SAME = "an empty page with the same charts"


def measure(folder: Path, repeats: int, say: Callable[[str], None]) -> list[Line]:
    """Load and filter each page `repeats` times, by turns with its floor."""
    demo = folder / "demo"
    if not demo.exists():
        say("making the demo company")
        make_demo(demo)
    lines = []
    with ExitStack() as stack:
        browser = stack.enter_context(chromium.launched())
        app = stack.enter_context(
            serve(ROOT / "app.py", environment(demo), log=folder / "people.log")
        )
        # The first visitor of a server sets it going.
        drawing.content(browser, app)
        for page in (entry for entry in PAGES if entry.group == "people"):
            address = f"{app}/{page.code}"
            content = drawing.content(browser, address)
            say(f"{page.title} draws {content}")
            own = folder / page.code
            own.mkdir()
            same = floor.write_same(own, content, drawing.charts(browser, address))
            with (
                serve(floor.write(own, content), {}, log=own / "empty.log") as empty,
                serve(same, {}, log=own / "same.log") as bare,
            ):
                addresses = {page.code: address, _EMPTY: empty, _SAME: bare}
                times = by_turns(browser, addresses, repeats, say)
            lines += [
                Line(
                    what=f"{page.title}: {label}",
                    value=getattr(times[page.code], kind),
                    against=against,
                    floor=getattr(times[against], kind),
                    most_ratio=MOST_RATIO,
                )
                for against in (_EMPTY, _SAME)
                for kind, label in (("load", "load"), ("filtered", "filter change"))
            ]
    return lines
