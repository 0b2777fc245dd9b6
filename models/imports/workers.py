"""Headings that name a worker, in Dutch and English.

Survey, feedback and case tables refuse them: linking what customers or colleagues say to a worker
makes a system suited to observing staff (WOR art. 27(1)(l); Apple Retail,
ECLI:NL:RBAMS:2017:7888).

The head of a heading decides, not any part of it: `employee_id`, `name of agent` and
`medewerkernummer` name a worker; `employee_satisfaction`, `team_id` and `location_name` do not.
"""

import re


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORKERS = _listed(
    """
    employee emp empl worker staff personnel colleague coworker agent handler assignee technician
    resolver operator clerk cashier seller salesperson salesman advisor adviser representative
    respondent rep nurse engineer owner supervisor manager coach lead
    medewerker medewerkers werknemer werknemers personeel personeels personeelslid collega
    behandelaar afhandelaar uitvoerder verkoper kassier adviseur monteur begeleider
    leidinggevende teamleider chef oplosser eigenaar mdw accountmanager
    """
)

_NAMING = _listed(
    """
    id ids key code no nr num number nummer ref reference naam name initials initialen
    email mail e phone telephone tel telefoon telefoonnummer mobile mobiel login username user
    account badge address adres
    """
)
"""Words that say how somebody is named: `employee` and `employee_nr` are the same thing."""

_ALONE = _listed(
    """
    name naam fullname firstname lastname surname forename voornaam achternaam familienaam
    roepnaam initials initialen voorletters email emailaddress emailadres mailadres mailaddress
    mail phone telephone phonenumber telephonenumber telefoon telefoonnummer mobile mobiel
    mobielnummer gsm tel bsn ssn burgerservicenummer username userid user login upn
    samaccountname gebruikersnaam gebruiker persnr loonnummer stamnummer inlognaam
    """
)
"""Words that name a person without another word, as the head of a heading."""

_PERSONAL = _listed(
    """
    first last full given family middle volledige personal work private e user principal
    responsible
    """
)
"""Words before such a head that leave it about a person: `full name`, but not `store name`."""

_COMPOUND = re.compile(
    r"^(employee|worker|staff|personnel|agent|medewerker|mdw|werknemer|personeel|behandelaar|collega)"
    r"s?(id|key|code|no|nr|num|number|nummer|naam|name|mail|email|phone|telefoon|telefoonnummer)$"
    r"|^id(employee|worker|agent|medewerker|werknemer|behandelaar)$"
)
_LINKS = re.compile(
    r"(^|_)(by|door)$|(^|_)(assigned|escalated|allocated|toegewezen|gekoppeld)_(to|aan)$"
)


def names_worker(heading: str) -> bool:
    """Whether a heading names a worker (an id, a name, an e-mail address, a phone number)."""
    # `sAMAccountName` is one word, `AgentName` is two.
    return any(map(_about_worker, (_words(heading), _words(heading.lower()))))


def _about_worker(words: list[str]) -> bool:
    if not words or (words[0] in ("is", "has") and len(words) > 1):
        return False
    if _LINKS.search("_".join(words)) or any(_COMPOUND.match(word) for word in words):
        return True
    if "".join(words) in _ALONE:
        return True
    words = _after_of(words)
    while len(words) > 1 and words[-1] in _NAMING and words[-1] not in _ALONE:
        words = words[:-1]
    if words[-1] in _ALONE and _PERSONAL.issuperset(words[:-1]):
        return True
    while len(words) > 1 and words[-1] in _NAMING:
        words = words[:-1]
    if words[-1].endswith(("medewerker", "medewerkster")):
        return True
    return words[-1] in _WORKERS or (words[-1] in _ALONE and len(words) == 1)


def _words(heading: str) -> list[str]:
    """`AgentName`, `agent-name` and `Agent name` are `agent`, `name`."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", heading)
    return re.findall(r"[a-zà-ÿ]+", spaced.lower())


def _after_of(words: list[str]) -> list[str]:
    """`name of the employee` and `naam van de medewerker` without all before the person."""
    for link in ("of", "van"):
        if link in words[1:-1]:
            return [w for w in words[words.index(link) + 1 :] if w not in ("the", "de", "het")]
    return words
