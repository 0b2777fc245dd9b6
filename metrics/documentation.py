"""docs/methods.md, written from the definition objects, so that it can't differ from them.

``python -m metrics.documentation`` writes the file.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from metrics.catalogue import CATALOGUE, THEMES, UNITS, Measure
from metrics.definitions import METRICS, Metric

PATH: Final = Path(__file__).parents[1] / "docs" / "methods.md"

_HEAD: Final = """\
# Methods

Written from the definitions in `metrics/` by `python -m metrics.documentation`; the screens and
the terminal compute from the same objects.

- Every number comes with its n and its 95 % interval. Where no interval can be given, the number
  says that it counts a whole population.
- A difference is called a change only when its interval excludes zero. The interval of a
  difference keeps the skew of both (Newcombe 1998; Zou & Donner 2008) and takes them as
  independent; where the same people answered both times the true interval is narrower.
- A site stands out when it differs from all other sites together, with the false-discovery rate
  at 5 % (Benjamini & Hochberg 1995): of the sites that are named, one in twenty is expected to be
  named by chance.
- Answers are treated as a sample of what these people might have answered; no correction is made
  for those who did not answer.
- A scale's score is the mean of the items answered; with fewer than two thirds of its items a
  response has no score. The texts of items are their owners' and are not in this project: answers
  come under the codes below.
- Groups smaller than the minimum are never computed; where nearly everybody in a group is at risk
  only a lower bound is published, and the group is left out of means.
"""


def methods_markdown() -> str:
    """The whole text of docs/methods.md (English)."""
    return "\n".join([_HEAD, "## Metrics", "", *_metrics(), "## Measures", "", *_measures()])


def _metrics() -> Iterable[str]:
    for metric in METRICS.values():
        yield from _metric(metric)


def _metric(metric: Metric) -> Iterable[str]:
    yield f"### {metric.label}: `{metric.code}`"
    yield ""
    yield f"- Formula: {metric.formula}"
    yield f"- Unit: {UNITS[metric.unit] if metric.unit else 'that of the measure'}"
    better = {"higher": "higher", "lower": "lower", None: "as the measure says"}[metric.better]
    yield f"- Better: {better}"
    yield f"- Interval: {metric.interval}"
    yield f"- n: {metric.counted}"
    if metric.axis is not None:
        yield f"- Always by: `{metric.axis}`"
    if metric.takes_measure:
        yield "- Computed of: one measure"
    else:
        needed = [f"`{code}`" for code in metric.measures if code not in metric.optional]
        useful = [f"`{code}`" for code in metric.optional]
        known = f"; where known {', '.join(useful)}" if useful else ""
        yield f"- Computed from: {', '.join(needed)}{known}"
    yield f"- Source: {metric.source}"
    yield ""


def _measures() -> Iterable[str]:
    for theme, label in THEMES.items():
        measures = [measure for measure in CATALOGUE.values() if measure.theme == theme]
        if not measures:
            continue
        yield f"### {label}"
        yield ""
        yield "| Code | Measure | From | Unit | Range | Better | At risk | Severe | Source |"
        yield "|---|---|---|---|---|---|---|---|---|"
        yield from (_row(measure) for measure in measures)
        yield ""


def _row(measure: Measure) -> str:
    items = _items(measure)
    fields = (
        f"`{measure.code}`",
        measure.label,
        f"{measure.subject}: {items}" if items else measure.subject,
        UNITS[measure.unit],
        _range(measure),
        "" if measure.transform == "sum" else measure.better,
        _cutoff(measure, measure.at_risk_from),
        _cutoff(measure, measure.severe_from),
        measure.source,
    )
    return f"| {' | '.join(fields)} |"


def _items(measure: Measure) -> str:
    codes = measure.items
    shown = f"{codes[0]} to {codes[-1]}" if len(codes) > 12 else ", ".join(codes)
    return f"{shown} >= {measure.yes_from:g}" if measure.transform == "binary" and codes else shown


def _range(measure: Measure) -> str:
    if measure.low is None:
        return ""
    high = "" if measure.high is None else f"{measure.high:g}"
    return f"{measure.low:g} to {high}" if high else f"from {measure.low:g}"


def _cutoff(measure: Measure, limit: float | None) -> str:
    if limit is None:
        return ""
    sign = ">" if measure.better == "lower" else "<"
    return f"{sign} {limit:.2f}" if measure.at_risk_strict else f"{sign}= {limit:g}"


def write() -> Path:
    """Write the document anew; gives its path."""
    PATH.write_text(methods_markdown(), encoding="utf-8")
    return PATH


if __name__ == "__main__":
    write()
