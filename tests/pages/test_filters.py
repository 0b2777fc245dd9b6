"""Filters as a value: read, checked, written, and back again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pages.shared.filters import MOST_IN_ADDRESS, Filters, Options, checked, read, written
from pages.shared.terminal import command
from pages.shared.windows import Window, chosen, latest_year

OPTIONS = Options(
    periods=("2024-01", "2024-02", "2024-03"),
    values={
        "region": ("North", "South"),
        "location": ("A", "B", "C"),
        "kind": ("shop", "office"),
        "desk_type": ("desk", "non_desk"),
    },
    region_of={"A": "North", "B": "North", "C": "South"},
    kind_of={"A": "shop", "B": "office", "C": "shop"},
)


def test_nothing_asked_is_nothing_limited() -> None:
    assert read({}, OPTIONS) == Filters()
    assert Filters().is_open()
    assert written(Filters()) == {}


def test_only_what_exists_is_taken() -> None:
    found = read(
        {"region": ["North", "Atlantis"], "desk_type": ["sofa"], "from": ["2024-02"], "to": ["x"]},
        OPTIONS,
    )
    assert found == Filters("2024-02", None, (("region", ("North",)),))


def test_an_unknown_kind_takes_no_location_away() -> None:
    found = read({"location": ["A"], "kind": ["zoo"]}, OPTIONS)
    assert (found.values("location"), found.values("kind")) == (("A",), ())


def test_sites_without_a_region_are_those_of_the_region_unknown() -> None:
    values = {**OPTIONS.values, "region": ("North", "South", "unknown")}
    options = replace(OPTIONS, values=values, region_of={"A": "North", "B": None, "C": "South"})
    found = read({"region": ["unknown"], "location": ["A", "B"]}, options)
    assert found.values("location") == ("B",)


def test_locations_must_lie_in_the_regions_and_be_of_the_kinds() -> None:
    north = Filters().with_values("region", ["North"]).with_values("location", ["A", "B", "C"])
    assert checked(north, OPTIONS).values("location") == ("A", "B")
    shops = north.with_values("kind", ["shop"])
    assert checked(shops, OPTIONS).values("location") == ("A",)
    assert OPTIONS.locations(shops) == ("A",)
    assert OPTIONS.locations(Filters()) == ("A", "B", "C")


def test_window_is_turned_around() -> None:
    found = checked(Filters("2024-03", "2024-01"), OPTIONS)
    assert (found.first, found.last) == ("2024-01", "2024-03")


def test_repeated_values_count_once() -> None:
    assert read({"location": ["A", "A"]}, OPTIONS).values("location") == ("A",)


def test_taking_all_values_away_opens_a_dimension() -> None:
    limited = Filters().with_values("region", ["North"])
    assert limited.with_values("region", []) == Filters()


def test_a_long_choice_is_not_in_the_address() -> None:
    many = [str(number) for number in range(MOST_IN_ADDRESS + 1)]
    assert written(Filters().with_values("location", many)) == {}
    assert written(Filters().with_values("location", many[:-1])) == {"location": many[:-1]}


@given(
    st.sampled_from([None, *OPTIONS.periods]),
    st.sampled_from([None, *OPTIONS.periods]),
    st.dictionaries(
        st.sampled_from(list(OPTIONS.values)),
        st.lists(st.sampled_from(["North", "South", "A", "B", "C", "shop", "desk", "?"])),
    ),
)
def test_address_brings_the_same_filters_back(
    first: str | None, last: str | None, values: dict[str, list[str]]
) -> None:
    asked = Filters(first, last)
    for dim, wanted in values.items():
        asked = asked.with_values(dim, wanted)
    kept = checked(asked, OPTIONS)
    assert checked(kept, OPTIONS) == kept
    assert read(written(kept), OPTIONS) == kept


def test_command_has_the_filters_quoted() -> None:
    filters = Filters("2024-01", None, (("location", ("A",)), ("job_family", ("Front desk",))))
    assert command("measure.mean", "nps", by=["period"], filters=filters) == (
        "python manage.py metric measure.mean --measure nps --by period --where location=A "
        "--where 'job_family=Front desk' --from 2024-01"
    )
    assert command("turnover.rate") == "python manage.py metric turnover.rate"


def test_chosen_periods_lie_wholly_within() -> None:
    quarters = ("2023-Q4", "2024-Q1", "2024-Q2")
    assert chosen(quarters, Filters("2024-01", "2024-05")) == ("2024-Q1",)
    assert chosen(quarters, Filters()) == quarters
    assert chosen((), Filters()) == ()


def test_latest_year_is_at_most_a_year() -> None:
    months = tuple(f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13))
    assert latest_year(months) == Window("2024-01", "2024-12")
    assert latest_year(months[:5]) == Window("2023-01", "2023-05")
    assert latest_year(("2021", "2022")) == Window("2022", "2022")
    assert latest_year(("2023-Q3", "2024-Q1", "2024-Q2")) == Window("2023-Q3", "2024-Q2")
    assert latest_year(()) is None


def test_year_before() -> None:
    assert Window("2024-01", "2024-12").year_before() == Window("2023-01", "2023-12")
    assert Window("2022", "2022").year_before() == Window("2021", "2021")
