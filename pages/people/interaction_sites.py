"""Where people have somebody to talk to and where not: sites ranked, and all figures in a table."""

import polars as pl
import streamlit as st

from figures.palette import THEMED
from figures.ranking import Row, ranking
from pages.people.contact import REACH
from pages.people.interaction_reading import Interaction
from pages.shared import showing, sidebar, states
from pages.shared.plain import plain
from pages.shared.words import _, ngettext, words

MOST = 14
REPLIES = "interaction.reciprocity"


def apart(found: Interaction) -> list[str]:
    """The sites of the selection that stand apart by any measure of contact, the worst first."""
    sites: list[str] = []
    for code in found.every.contact:
        rows = found.sites(code)
        if rows is not None:
            sites += rows.filter("apart")["location"].to_list()
    return list(dict.fromkeys(sites))


@st.fragment
def sites(found: Interaction) -> None:
    """The sites of the selection by contact; with whom is the reader's choice."""
    labels = {
        code: showing.measure_name(measure)
        for code in found.every.contact
        if (measure := found.figures[code].figure.measure) is not None
    }
    code = st.segmented_control(
        _("Contact"),
        list(labels),
        format_func=labels.__getitem__,
        default=next(iter(labels)),
        required=True,
        key=f"interaction_sites_{words().language}",
    )
    code = code or next(iter(labels))
    rows = found.sites(code)
    if rows is None:
        states.too_few(_("No site of this selection is large enough to be shown."))
        return
    _said(rows)
    _ranked(rows, labels[code], found.every.whole.get(code))
    _without(found)
    showing.table(
        _("All sites"),
        lambda: _rows(found, labels),
        _("Contact and the staff network of all sites"),
        "interaction-all-sites",
    )


def _said(rows: pl.DataFrame) -> None:
    names, lonely = sidebar.names(), rows.filter("apart")["location"].to_list()
    if not lonely:
        st.markdown(_("No site has clearly less contact than the others together."))
        return
    st.markdown(
        ngettext(
            "**{count} site** stands apart with little contact, beyond what chance can do: "
            "{sites}.",
            "**{count} sites** stand apart with little contact, beyond what chance can do: "
            "{sites}.",
            len(lonely),
        ).format(
            count=words().number(len(lonely)),
            sites=words().listed([plain(names.get(site, site)) for site in lonely[:5]]),
        )
    )


def _ranked(rows: pl.DataFrame, label: str, whole: float | None) -> None:
    names = sidebar.names()
    prefix = "" if rows["shrunken"].is_null().all() else "shrunken_"
    told = [
        Row(
            name=names.get(row["location"], row["location"]),
            value=row[prefix.removesuffix("_") or "value"],
            low=row[f"{prefix}low"],
            high=row[f"{prefix}high"],
            n=row["n"],
            verdict="worse" if row["apart"] else "unclear",
        )
        for row in rows.head(MOST).iter_rows(named=True)
        if row[prefix.removesuffix("_") or "value"] is not None
    ]
    if not told:
        states.too_few(_("No site of this selection is large enough to be shown."))
        return
    showing.picture(ranking(label, "score", told, whole, words(), THEMED), "interaction-ranking")
    st.caption(
        _(
            "The lowest first; dotted line: the whole company. Each site is moved towards the "
            "company's mean, a small one further (empirical Bayes), so that noise does not rank. "
            "Square: lower than all others together, beyond chance (false-discovery rate 5 %)."
        )
    )


def _without(found: Interaction) -> None:
    """Sites of which the staff network says nothing: not zero, but not known."""
    if REACH.code not in found.every.network:
        return
    told = set(found.every.network[REACH.code]["location"])
    silent = sorted(found.shown - told)
    if not silent:
        return
    names = sidebar.names()
    st.caption(
        ngettext(
            "Of {count} site there is no figure of the staff network: it has none on record, or "
            "too few people ({sites}). That is not a reach of zero.",
            "Of {count} sites there is no figure of the staff network: they have none on record, "
            "or too few people ({sites}). That is not a reach of zero.",
            len(silent),
        ).format(
            count=words().number(len(silent)),
            sites=words().listed([plain(names.get(site, site)) for site in silent[:5]])
            + (" …" if len(silent) > 5 else ""),
        )
    )


def _rows(found: Interaction, labels: dict[str, str]) -> dict[str, list[object]]:
    """Every figure of every site of the selection."""
    names = sidebar.names()
    table = pl.DataFrame({"location": sorted(found.shown, key=lambda site: names.get(site, site))})
    columns: dict[str, str] = {}
    for code, label in labels.items():
        rows = found.every.contact[code]
        table = _beside(table, rows, code, label, _("n"), columns)
    for code, counted in ((REACH.code, _("staff")), (REPLIES, _("posts"))):
        if code in found.every.network and code in found.figures:
            label = _(found.figures[code].figure.metric.label)
            table = _beside(table, found.every.network[code], code, label, counted, columns)
    known = table.filter(pl.any_horizontal(pl.col(list(columns)).is_not_null()))
    return {
        _("Site"): [names.get(site, site) for site in known["location"]],
        **{columns[name]: known[name].to_list() for name in columns},
    }


def _beside(
    table: pl.DataFrame,
    rows: pl.DataFrame,
    code: str,
    label: str,
    counted: str,
    columns: dict[str, str],
) -> pl.DataFrame:
    """The table with value, interval and n of one more figure; `columns` gets their headings."""
    parts = {"low": _("95 % from"), "high": _("95 % to"), "n": counted}
    headings = {"value": label, **{name: f"{label}: {part}" for name, part in parts.items()}}
    columns |= {f"{code} {name}": heading for name, heading in headings.items()}
    part = rows.select(
        "location", *(pl.col(name).round(2).alias(f"{code} {name}") for name in headings)
    )
    return table.join(part, on="location", how="left", maintain_order="left")
