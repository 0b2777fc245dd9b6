"""Names, contents, dates, words and items on their own."""

import pytest

from models.imports.contract import TABLES
from models.imports.guessing.contents import look
from models.imports.guessing.dates import dates_of, months_of
from models.imports.guessing.drafting import pattern_of
from models.imports.guessing.items import in_order, item_of
from models.imports.guessing.names import closeness
from models.imports.guessing.words import read_as, understood


@pytest.mark.parametrize(
    ("heading", "name", "low", "high"),
    [
        ("DatumInDienst", "datum in dienst", 1.0, 1.0),
        ("Datum van indienst", "datum indienst", 0.9, 0.98),
        ("Personeelsnumer", "personeelsnummer", 0.7, 0.95),
        ("Vestiging (code)", "vestiging", 0.4, 0.8),
        ("Omzet", "vestiging", 0.0, 0.0),
        ("", "vestiging", 0.0, 0.0),
    ],
)
def test_closeness(heading: str, name: str, low: float, high: float) -> None:
    assert low <= closeness(heading, [name]) <= high


@pytest.mark.parametrize(
    ("values", "form", "either"),
    [
        (["01-02-2024", "13-02-2024"], "%d-%m-%Y", False),
        (["01/02/2024", "03/04/2024"], "%d/%m/%Y", True),
        (["02/13/2024", "03/04/2024"], "%m/%d/%Y", False),
        (["29/2/2016 01:16"], "%d/%m/%Y %H:%M", False),
        (["13-Jun-2000"], "%d-%b-%Y", False),
        (["2/13/2024 1:05 PM"], "%m/%d/%Y %I:%M %p", False),
        (["31.12.2024"], "%d.%m.%Y", False),
        (["31-12-24"], "%d-%m-%y", False),
        (["2024-06-30"], "", False),
    ],
)
def test_forms_of_dates(values: list[str], form: str, either: bool) -> None:
    found = dates_of(values)
    assert (found.share, found.form, found.either) == (1.0, form, either)


def test_forms_of_months_and_what_is_no_date() -> None:
    assert months_of(["April 2021", "May 2021"]).form == "%B %Y"
    assert months_of(["06-2024"]).form == "%m-%Y"
    assert dates_of(["AMS-01", "12"]).share == 0.0


def test_what_a_column_looks_like() -> None:
    seen = look(["0,8", "1,0", "-", None, "n.v.t.", "0,8"])
    assert (seen.values, seen.filled, seen.missing) == (("0,8", "1,0"), 3, ("-", "n.v.t."))
    assert (seen.comma, seen.low, seen.high, seen.numbers) == (True, 0.8, 1.0, 1.0)
    assert look(["1.234,50"]).high == 1234.5
    assert look(["80%", "100%"]).percent
    assert look(["80", "100"]).in_percent(TABLES["assignments"].column("fte"))
    assert look([None, ""]).values == ("",)
    assert look([]).values == ()


def test_words_of_options_and_truths() -> None:
    column = TABLES["assignments"].column
    assert understood(["Vast", "Stagiair", "Uitzendkracht", "?!"], column("contract_type")) == {
        "Vast": "permanent",
        "Stagiair": "student",
        "Uitzendkracht": "agency",
    }
    assert understood(["Op eigen verzoek", "Pensioen"], column("end_reason")) == {
        "Op eigen verzoek": "voluntary",
        "Pensioen": "retirement",
    }
    resolved = TABLES["customer_feedback"].column("resolved")
    assert understood(["Opgelost", "Niet opgelost"], resolved) == {
        "Opgelost": "true",
        "Niet opgelost": "false",
    }
    assert read_as("Non-desk", column("desk_type")) == "non_desk"
    assert read_as("Ja", resolved) == "true"
    assert read_as("Nee", resolved) == "false"
    assert read_as("Opgelost", resolved) is None


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("BAT01", "bat01"),
        ("bat_1", "bat01"),
        ("BAT-12 item 1", "bat01"),
        ("BAT-12 item 2", "bat03"),
        ("BAT4_2", "bat09"),
        ("bat12", "bat12"),
        ("G02Q03[bat12]", "bat12"),
        ("Q7 BAT 23", "bat23"),
        ("UWES1", "uwes1"),
        ("eNPS", "enps"),
        ("Werkdruk", "workload"),
        ("combat1", None),
        ("bat99", None),
        ("G01Q01[SQ001]", None),
    ],
)
def test_items_by_name(heading: str, item: str | None) -> None:
    assert item_of(heading) == item


def test_items_by_order_need_the_right_number() -> None:
    assert in_order(["a", "b"], "bat12") == {}
    assert in_order([str(n) for n in range(12)], "bat12")["1"] == "bat03"


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Medewerkers 2024-06 (2).xlsx", "medewerkers*"),
        ("Personeel juni 2024.csv", "personeel*"),
        ("2024 verzuim Q2.csv.gz", "*verzuim*"),
        ("results-survey123.csv", "results*survey*"),
        ("123.csv", "*"),
    ],
)
def test_the_names_of_the_next_files(name: str, pattern: str) -> None:
    assert pattern_of(name) == pattern
