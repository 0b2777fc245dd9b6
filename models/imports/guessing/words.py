"""What files write for the words of the contract, and how words are taken to be missing."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.imports.contract import Column
from models.imports.guessing.names import closeness
from models.imports.parsing import WORDS_FALSE, WORDS_TRUE

MISSING = frozenset(
    "- -- — ? n/a na #n/a n.v.t. nvt onbekend unknown null none nan leeg geen . <na>".split()
)
"""Cells that mean empty, in lower case."""

_CLOSE_ENOUGH = 0.72


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "desk": """kantoor, hoofdkantoor, office, bureau, backoffice, back office, staf,
            head office, headquarters, administratie, it, ict, hr, finance, financien,
            planning, marketing, bureaufunctie, white collar""",
        "non_desk": """winkel, winkelvloer, verkoop, magazijn, productie, vloer, werkvloer, shop,
            store, shop floor, floor, warehouse, production, buitendienst, zorg, chauffeur,
            non desk, geen bureau, frontline, front line, blue collar, verkoper, kassa,
            kassier, orderpicker, logistiek, transport, monteur, sales floor, deskless,
            verkoopmedewerker, magazijnmedewerker""",
        "hybrid": """hybride, gemengd, deels kantoor, beide, both, mixed,
            filiaalmanager, winkelmanager, store manager, shop manager, bedrijfsleider,
            teamleider""",
        "permanent": """vast, onbepaalde tijd, vast dienstverband, vaste dienst, vast
            contract, contract onbepaalde tijd, onbepaald, indefinite, regular, fixed""",
        "temporary": """tijdelijk, bepaalde tijd, tijdelijk dienstverband, tijdelijk
            contract, contract bepaalde tijd, jaarcontract, bepaald, temp, fixed term,
            fixed-term, seasonal""",
        "on_call": """oproep, oproepkracht, nul uren, nulurencontract, 0 uren, 0-uren,
            min max, min-max, oproepcontract, flex, zero hours, casual, on call, flexwerker""",
        "agency": """uitzendkracht, uitzend, uitzendbureau, inhuur, ingehuurd,
            gedetacheerd, extern, agency worker, contractor, external, zzp, payroll""",
        "student": """stagiair, stagiaire, stage, stageplaats, leerling, bbl, bol,
            trainee, intern, internship, apprentice, werkstudent""",
        "voluntary": """eigen verzoek, op eigen verzoek, ontslag op eigen verzoek,
            opzegging werknemer, ontslag genomen, zelf opgezegd, vrijwillig, resignation,
            resigned, own request, quit""",
        "involuntary": """ontslag, ontslag werkgever, op staande voet, opzegging
            werkgever, reorganisatie, boventallig, onvrijwillig, dismissed, dismissal,
            redundancy, laid off, disfunctioneren, ontslagen, in proeftijd ontslagen""",
        "retirement": "pensioen, pensionering, aow, vroegpensioen, met pensioen, retired, pension",
        "end_of_contract": """einde contract, contract afgelopen, einde bepaalde tijd,
            einde tijdelijk contract, van rechtswege, afloop contract, contract ended,
            contract expired, contract niet verlengd, einde dienstverband""",
        "transfer": """overplaatsing, doorstroom, andere vestiging, interne
            overplaatsing, overgeplaatst, interne doorstroom, intern, moved, internal move,
            promotie, andere functie""",
        "other": "anders, overig, overige, overleden, overlijden, wia, arbeidsongeschikt, deceased",
        "submitted": "ingediend, nieuw, new, open, ingestuurd, draft, concept, sent in",
        "triaged": """in beoordeling, beoordeeld, gelezen, reviewed, under review,
            triage, deferred, postponed, on hold, uitgesteld""",
        "accepted": "goedgekeurd, aangenomen, akkoord, approved, active, provisional, geaccepteerd",
        "rejected": "afgewezen, afgekeurd, niet akkoord, declined, superseded, geweigerd",
        "started": "gestart, in uitvoering, bezig, in progress, doing, wordt uitgevoerd",
        "implemented": """ingevoerd, uitgevoerd, gereed, afgerond, klaar, done, final,
            live, gerealiseerd""",
        "withdrawn": "ingetrokken, vervallen, cancelled, geannuleerd, teruggetrokken, withdrawal",
        "assigned": "toegewezen, doorgezet, in behandeling, reassigned, escalated, overgedragen",
        "reopened": "heropend, opnieuw geopend, re-opened, open again",
        "resolved": "opgelost, gereed, solved, fixed, afgehandeld, uitgevoerd",
        "closed": "gesloten, afgesloten, afgemeld, complete, completed",
        "short": "kort, korte termijn, short term",
        "long": "lang, lange termijn, long term",
        "higher": "hoger, hoog, meer, high, up, more",
        "lower": "lager, laag, minder, low, down, less",
        "employee": "medewerker, werknemer, staff",
        "customer": "klant, client, patient",
        "system": "systeem, computer",
        "percent": "procent, percentage, %",
        "score": "cijfer, punten, points",
        "minutes": "minuten, min",
        "hours": "uren, uur",
        "count": "aantal, number",
        "years": "jaren, jaar",
        "eur": "euro, €",
        "wx": "medewerker, worker experience, employee experience",
        "cx": "klant, customer experience",
        "operations": "bedrijfsvoering, proces, process",
    }
)

_TRUE = (
    *WORDS_TRUE,
    *_listed(
        """opgelost, gehaald, op tijd, binnen sla, akkoord, aan, wel, within sla, met, x, v,
        achieved, on time, resolved, solved"""
    ),
)
_FALSE = (
    *WORDS_FALSE,
    *_listed(
        """niet opgelost, niet gehaald, te laat, buiten sla, niet, uit, geen, sla violated,
        missed, violated, not met, breached, late, unresolved, not resolved"""
    ),
)


def option_of(word: str, column: Column) -> str | None:
    """The option of a column that a word of a file means; None where none is close enough."""
    scored = [
        (closeness(word, (option, *_listed(_OPTIONS.get(option, option)))), option)
        for option in column.options
    ]
    best, option = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return option if best >= _CLOSE_ENOUGH else None


def truth_of(word: str) -> str | None:
    """`true` or `false` for a word that means it; None for any other."""
    small = " ".join(word.lower().split())
    return "true" if small in _TRUE else "false" if small in _FALSE else None


def read_as(word: str, column: Column) -> str | None:
    """What the import reads the word as by itself; None where it takes a map."""
    small = word.lower()
    if column.kind == "boolean":
        return "true" if small in WORDS_TRUE else "false" if small in WORDS_FALSE else None
    option = "_".join(small.replace("-", " ").split())
    return option if option in column.options else None


def understood(distinct: Iterable[str], column: Column) -> dict[str, str]:
    """Per word of a file what it means in an option or boolean column, as far as that is clear."""
    meant = {
        word: truth_of(word) if column.kind == "boolean" else option_of(word, column)
        for word in distinct
    }
    return {word: value for word, value in meant.items() if value is not None}


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return cell.strip().lower() in MISSING
