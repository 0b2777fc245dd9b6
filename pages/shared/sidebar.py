"""The filters in the sidebar, held in the session and mirrored in the address.

The session's own state is the truth, not the widgets: a widget forgets its value on a page that
does not draw it, and a value that came by address would be lost on the way to another page.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from pages.shared import loading
from pages.shared import words as language
from pages.shared.choices import NAMES
from pages.shared.filters import (
    DIMENSIONS,
    FROM,
    PARAMETERS,
    TO,
    Filters,
    Options,
    checked,
    read,
    written,
)
from pages.shared.values import in_order, value_name
from pages.shared.words import _, words
from release.periods import parse

FIRST = ("region", "location", "kind", "desk_type")
"""The filters that are always drawn; the others when somebody opens them."""
MORE = "filters-more"
_STATE = "filters"
_WRITTEN = "filters_written"
_TOUCHED = "filters_touched"


@st.cache_resource(show_spinner=False, max_entries=2)
def _options(number: int) -> Options:  # noqa: ARG001 - the key
    release = loading.release()
    places = release.locations
    finest = max((release.periods(measure) for measure in release.measures()), key=len, default=[])
    return Options(
        periods=tuple(sorted(finest, key=parse)),
        values={dim: in_order(dim, release.values(dim)) for dim in DIMENSIONS},
        region_of=dict(places.select("location_id", "region").iter_rows()),
        kind_of=dict(places.select("location_id", "kind").iter_rows()),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def site_names(number: int) -> Mapping[str, str]:  # noqa: ARG001 - the key
    """Site and the name to show; sites that share a name have their code behind it."""
    rows = loading.release().locations.select("location_id", "name").rows()
    seen: dict[str, int] = {}
    for _site, name in rows:
        seen[name] = seen.get(name, 0) + 1
    return {site: name if seen[name] == 1 else f"{name} ({site})" for site, name in rows}


def current() -> Filters:
    """The filters in force."""
    known: Filters | None = st.session_state.get(_STATE)
    return known or Filters()


def names() -> Mapping[str, str]:
    """Site and the name to show."""
    return site_names(loading.release().number)


def settle() -> Filters:
    """Settle the filters of this run and put them in the address. `app.py` calls it each run.

    An address that is not the one written last was typed, followed or gone back to, and wins; but
    not over a widget that was touched in this very run.
    """
    options = _options(loading.release().number)
    address = _address()
    touched = st.session_state.pop(_TOUCHED, False)
    if not touched and address and address != st.session_state.get(_WRITTEN):
        filters = read(address, options)
    else:
        filters = checked(current(), options)
    st.session_state[_STATE] = filters
    _mirror(written(filters))
    return filters


def keep(filters: Filters) -> None:
    """Replace the filters, from a callback: the address follows in the run that comes."""
    st.session_state[_STATE] = filters
    st.session_state[_TOUCHED] = True


def parameters(filters: Filters) -> dict[str, list[str]]:
    """The address of a view with these filters, in the visitor's language."""
    return {**written(filters), **language.parameters()}


def _address() -> dict[str, list[str]]:
    asked = {name: st.query_params.get_all(name) for name in PARAMETERS}
    return {name: values for name, values in asked.items() if values}


def _mirror(said: dict[str, list[str]]) -> None:
    st.session_state[_WRITTEN] = said
    wanted = {**said, **language.parameters()}
    ours = (*PARAMETERS, language.PARAMETER)
    if {name: st.query_params.get_all(name) for name in ours if name in st.query_params} != wanted:
        # What a page holds of its own stays.
        kept = {name: st.query_params.get_all(name) for name in NAMES if name in st.query_params}
        st.query_params.from_dict({**wanted, **kept})


def dimensions() -> list[str]:
    """What there is to choose from: dimensions with two values or more."""
    known = _options(loading.release().number).values
    return [dim for dim in DIMENSIONS if len(known.get(dim, ())) > 1]


def draw() -> None:
    """The filters."""
    options = _options(loading.release().number)
    filters = current()
    if not options.periods:
        return
    _draw_window(options, filters)
    every = dimensions()
    for dim in every:
        if dim in FIRST:
            _draw_dimension(dim, options, filters)
    _draw_more([dim for dim in every if dim not in FIRST], options, filters)
    st.button(
        _("Reset filters"),
        icon=":material/filter_alt_off:",
        on_click=partial(keep, Filters()),
        disabled=filters.is_open(),
        width="stretch",
        key="filter_reset",
    )


def _draw_window(options: Options, filters: Filters) -> None:
    said = words()
    for column, name, value, default in zip(
        st.columns(2),
        (FROM, TO),
        (filters.first, filters.last),
        (options.periods[0], options.periods[-1]),
        strict=True,
    ):
        key = f"filter_{name}"
        st.session_state[key] = value or default
        column.selectbox(
            _("From") if name == FROM else _("To"),
            options.periods,
            format_func=partial(said.period, short=True),
            key=key,
            on_change=partial(_window_changed, options),
        )


def _window_changed(options: Options) -> None:
    first, last = st.session_state[f"filter_{FROM}"], st.session_state[f"filter_{TO}"]
    moved = Filters(
        first=None if first == options.periods[0] else first,
        last=None if last == options.periods[-1] else last,
        chosen=current().chosen,
    )
    keep(checked(moved, options))


def _draw_more(dims: Sequence[str], options: Options, filters: Filters) -> None:
    """The other filters: a browser takes longer over a closed list of choices than over a chart."""
    if not dims:
        return
    chosen = [dim for dim in dims if filters.values(dim)]
    # Said once and not at every run: it would shut as its last value is taken away.
    st.session_state.setdefault(MORE, bool(chosen))
    more = st.expander(_("More filters"), key=MORE, on_change="rerun")
    if more.open:
        with more:
            for dim in dims:
                _draw_dimension(dim, options, filters)
    elif chosen:
        # What is in force is never out of sight.
        st.caption(words().listed([_(DIMENSIONS[dim]) for dim in chosen]))


def _draw_dimension(dim: str, options: Options, filters: Filters) -> None:
    key = f"filter_{dim}"
    every = options.locations(filters) if dim == "location" else options.values[dim]
    st.session_state[key] = list(filters.values(dim))
    st.multiselect(
        _(DIMENSIONS[dim]),
        every,
        format_func=_labels(dim, every).__getitem__,
        key=key,
        on_change=partial(_dimension_changed, dim),
        placeholder=_("All"),
    )


def _labels(dim: str, every: Sequence[str]) -> Mapping[str, str]:
    """Value and label; fixed now, since the label is asked for outside this run as well."""
    return names() if dim == "location" else {value: value_name(dim, value) for value in every}


def _dimension_changed(dim: str) -> None:
    keep(current().with_values(dim, st.session_state[f"filter_{dim}"]))
