"""What files call the columns of the contract, in Dutch and English.

Names are separated by commas; case, spaces, hyphens and accents do not count. A column's own name
needs no mention.
"""

from collections.abc import Mapping
from types import MappingProxyType

from models.imports.contract import Column, Table


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


_EVERYWHERE: Mapping[str, str] = MappingProxyType(
    {
        "location_id": """vestiging, vestigingscode, vestigingsnummer, vestiging code,
            vestiging nr, filiaal, filiaalnummer, filiaalcode, winkel, winkelnummer,
            locatie, locatiecode, locatienummer, standplaats, werklocatie, plaats van
            tewerkstelling, location, site, site code, store, store number, store id,
            branch, branch code, office, outlet, work location, business unit, organisation
            code, ods code, kostenplaats, cost centre, cost center, regio kantoor""",
        "desk_type": """werkplek, soort werkplek, type werkplek, werkpleksoort, kantoor
            of winkel, kantoor winkel, workplace, workplace type, type of work, desk, desk
            or floor, office or floor, functiegroep, functiecategorie, job category""",
        "period": """periode, maand, jaar, kwartaal, tijdvak, month, year, quarter,
            date, datum, peildatum, boekjaar, verslagperiode""",
        "team_id": "team, teamcode, team code, teamnummer, team nr, afdelingscode, department code",
        "job_family": """functie, functienaam, functieomschrijving, functiefamilie,
            functiegroep, beroep, rol, job, job title, jobtitle, position, function, role,
            occupation, job group, profession""",
        "channel": """kanaal, contactkanaal, contact type, contacttype, via, bron,
            source, ticket source, soort binnenkomst, binnengekomen via, wijze van contact,
            contact channel, entry""",
        "headcount": """aantal medewerkers, personeelsbestand, bezetting, employees,
            staff, headcount""",
        "csat": """tevredenheid, klanttevredenheid, tevredenheidsscore, satisfaction,
            satisfaction score, satisfaction rating, customer satisfaction, rapportcijfer,
            rating, beoordeling, waardering, survey result""",
        "submitter": """indiener, ingediend door, inzender, submitted by, author,
            created by, medewerker, personeelsnummer, employee, employee id""",
        "theme": "thema, onderwerp, categorie, category, topic, subject, type, rubriek",
        "country": "land, landcode",
        "region": "regio, rayon, gebied, district, area, provincie",
    }
)

_IN_TABLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "locations": {
            "location_id": "code, id, nummer",
            "name": """naam, omschrijving, vestigingsnaam, naam vestiging, winkelnaam,
                filiaalnaam, locatienaam, location name, store name, site name, branch name,
                organisation name""",
            "city": "plaats, stad, woonplaats, gemeente, town",
            "kind": "soort, type, formule, format, store type, location type, benchmarking group",
            "opened_on": "geopend op, openingsdatum, opening, datum opening, opened, opening date",
            "closed_on": """gesloten op, sluitingsdatum, sluiting, datum sluiting,
                closed, closing date""",
        },
        "teams": {
            "team_id": "code, id, afdeling, afdelingsnummer",
            "name": """naam, teamnaam, omschrijving, afdelingsnaam, afdeling, team name,
                department name""",
            "department": "afdeling, sector, dienst, division",
        },
        "assignments": {
            "employee_id": """personeelsnummer, personeelsnr, persnr, pers nr,
                medewerkernummer, medewerker, medewerkernr, medewerker nr, medewerker id,
                werknemer, werknemernummer, werknemersnummer, loonnummer, employee, employee
                number, employee no, employee nr, emp id, staff id, staff number, personnel
                number, payroll number, worker id, badge, badgenummer""",
            "start_on": """datum in dienst, in dienst, in dienst per, indienst,
                indiensttreding, datum indiensttreding, ingangsdatum, begindatum,
                startdatum, datum aanvang, aanvang, begin contract, begindatum contract,
                hire date, hired, start date, date of hire, date hired, start, from date,
                date joined, joining date, valid from""",
            "end_on": """datum uit dienst, uit dienst, uit dienst per, uitdienst,
                uitdiensttreding, datum uitdiensttreding, einddatum, eind contract,
                einddatum contract, vertrekdatum, termination date, end date, leave date,
                leaving date, date left, exit date, left on, end, to date, valid to""",
            "team_id": "afdeling, department, organisatie eenheid, orgeenheid, oe, unit",
            "contract_type": """dienstverband, soort dienstverband, type dienstverband,
                contract, contractsoort, contracttype, soort contract, type contract,
                contractvorm, aard dienstverband, employment type, contract kind, type of
                contract""",
            "remote_share": """thuiswerk, thuiswerkpercentage, aandeel thuiswerken, deel
                thuis, percentage thuiswerken, remote, remote percentage, work from home""",
            "fte": """deeltijdfactor, deeltijdpercentage, parttimefactor,
                parttimepercentage, parttime, deeltijd, arbeidsomvang, aanstellingsomvang,
                full time equivalent, wtf, part time factor""",
            "annual_cost": """loonkosten, jaarkosten, werkgeverslasten, loonkosten per
                jaar, jaarloonkosten, annual cost, yearly cost, labour cost, cost per year""",
            "end_reason": """reden uit dienst, reden vertrek, vertrekreden, reden einde,
                reden einde dienstverband, uitstroomreden, reden ontslag, ontslagreden,
                termination reason, leave reason, reason for leaving, exit reason, leaving
                reason""",
        },
        "absence": {
            "hours_lost": """ziekteuren, verzuimuren, uren ziek, uren verzuim, verzuimde
                uren, ziekte uren, sick hours, absence hours, hours sick, hours absent, lost
                hours""",
            "contract_hours": """contracturen, beschikbare uren, uren contract, te
                werken uren, contractual hours, hours contracted, available hours, planned
                hours""",
            "spells": """meldingen, ziekmeldingen, verzuimmeldingen, aantal meldingen,
                aantal ziekmeldingen, nieuwe meldingen, sick reports, absences, spells of
                absence""",
        },
        "survey_answers": {
            "response_id": """respons, responsnummer, respons id, antwoord id, id,
                response, response number, responseid, respondent, respondentnummer,
                respondent id, respondent nr, invulnummer, sheet""",
            "wave": """meting, meetmoment, golf, ronde, wave, survey round, round,
                measurement, peiling""",
            "answered_on": """datum, ingevuld op, invuldatum, datum ingevuld, afgerond
                op, datum laatste actie, submitdate, submit date, date submitted, completed,
                completed on, end date, enddate, recorded date, recordeddate, timestamp,
                tijdstempel, answered""",
            "team_id": "afdeling, department",
            "remote_band": "thuiswerken, hoeveel thuis, remote work, thuiswerkdagen, remote",
            "tenure_band": """dienstjaren, duur dienstverband, hoe lang in dienst,
                tenure, years of service, length of service""",
            "is_manager": """leidinggevend, leidinggevende functie, manager, geeft
                leiding, people manager, leads others""",
            "item": "vraag, vraagcode, stelling, question, question code, statement, item code",
            "score": "antwoord, antwoordcode, cijfer, answer, value, response value, points",
        },
        "survey_invitations": {
            "wave": "meting, meetmoment, ronde, peiling, survey round, round",
            "invited": """uitgenodigd, aantal uitgenodigd, uitnodigingen, verstuurd,
                invitations, sent, invites""",
        },
        "ideas": {
            "idea_id": "idee, ideenummer, idee nummer, nummer, id, idea, idea number, number, key",
            "submitted_on": """ingediend op, datum indiening, indiendatum, aangemaakt
                op, datum, submitted, submitted at, created, created on, created at, date""",
            "customer_related": """klantgericht, raakt klant, over klanten, customer,
                about customers""",
        },
        "idea_events": {
            "idea_id": "idee, ideenummer, nummer, id, idea, idea number",
            "stage": "stap, status, fase, step, state, stadium, event",
            "at": """datum, op, gewijzigd op, datum status, tijdstip, changed at,
                changed, date, when, timestamp, status date""",
        },
        "customer_feedback": {
            "feedback_id": """id, antwoord id, respons id, response id, feedback,
                reactie, reactienummer, nummer, survey id, ticket id""",
            "at": """datum, tijdstip, ingevuld op, datum reactie, date, timestamp,
                responded at, submitted at, response date, created at""",
            "touchpoint": "contactmoment, klantreis, stap, touch point, journey step, moment",
            "nps": """nps score, aanbeveling, aanbevelingsscore, likelihood to
                recommend, zou u ons aanbevelen, recommend, recommendation, ltr""",
            "ces": "customer effort score, moeite, gemak, effort, effort score, ease, easy",
            "resolved": "opgelost, afgehandeld, probleem opgelost, issue resolved, solved",
            "first_contact": """eerste contact, in een keer goed, direct opgelost, fcr,
                first contact resolution, first time right""",
            "empathy": "empathie, begrip, inleving, voelde zich begrepen, felt understood",
            "lost_minutes": "verloren tijd, wachttijd, minuten verloren, waiting time, time lost",
        },
        "cases": {
            "case_id": """ticketnummer, ticket nummer, ticket, ticket id,
                meldingsnummer, meldingnummer, melding, incidentnummer, zaaknummer, zaak,
                dossiernummer, nummer, id, case, case number, incident, incident number,
                number, request id, call number, key""",
            "opened_at": """aangemaakt op, aangemaakt, datum aangemaakt, aanmaakdatum,
                geopend op, gemeld op, meldingsdatum, datum melding, created, created at,
                created time, creation date, opened, open date, reported, date created,
                requested at""",
            "location_id": """behandelgroep, behandelaarsgroep, groep, support group,
                group, assignment group, assigned group, queue, wachtrij, servicedesk""",
            "service": """categorie, category, onderwerp, soort melding, type, rubriek,
                dienst, subject, product, topic, service, request type""",
            "sla_met": """sla gehaald, binnen sla, op tijd, binnen afspraak, made sla,
                sla, in sla, within sla, resolution status, on time, streefdatum gehaald""",
            "closed_at": """gesloten op, gesloten, afgesloten op, afgemeld op, datum
                gesloten, sluitingsdatum, afgehandeld op, opgelost op, gereed op, closed,
                closed time, closed on, date closed, resolved at, resolved time, solved at,
                resolved, solved, completed at""",
            "handle_minutes": """behandeltijd, bestede tijd, bestede minuten, minuten,
                afhandeltijd, handle time, handling time, time spent, minutes""",
        },
        "case_events": {
            "case_id": "ticketnummer, ticket, meldingsnummer, nummer, id, case, ticket id, number",
            "at": """datum, tijdstip, op, gewijzigd op, changed at, date, timestamp,
                when, updated at""",
            "event": "gebeurtenis, stap, status, actie, action, step, event type, state",
        },
        "social_activity": {
            "active": "actief, actieve medewerkers, actieve gebruikers, active users",
            "posts": "berichten, aantal berichten, messages",
            "reactions": "reacties, likes, duimpjes",
            "replies": "antwoorden, opmerkingen, comments",
            "manager_replies": "antwoorden leidinggevenden, reacties leidinggevende",
            "with_peer_contact": "contact met collega, contact collega's, peer contact",
            "with_manager_contact": "contact met leidinggevende, manager contact",
        },
        "tool_use": {
            "app": "applicatie, programma, app naam, application, tool, software",
            "users": "gebruikers, aantal gebruikers, number of users, user count",
            "sanctioned": "toegestaan, goedgekeurd, officieel, approved, allowed, official",
            "alternative": "alternatief, eigen programma",
        },
        "key_results": {
            "objective": "doelstelling, doel, goal",
            "key_result": "resultaat, kernresultaat, kr, result",
            "target": "streefwaarde, streven, norm, goal value",
            "actual": "realisatie, werkelijk, behaald, gerealiseerd, achieved, current",
            "horizon": "termijn, looptijd, term",
            "confidence": "vertrouwen, kans, haalbaarheid, chance",
        },
        "rollouts": {
            "rollout": "uitrol, project, maatregel, actie, programma, change, roll out, initiative",
            "started_on": """gestart op, startdatum, ingevoerd op, begin, start date, go
                live, started""",
            "kind": "soort, type",
            "owner_role": "eigenaar, rol eigenaar, verantwoordelijke rol",
            "hoped_effect": "verwacht effect, beoogd effect, expected effect, aim",
            "cost_one_off": "eenmalige kosten, investering, one off cost, investment",
            "cost_per_employee_year": "kosten per medewerker, cost per employee",
        },
        "financials": {
            "revenue": "omzet, netto omzet, turnover, sales, net sales",
            "gross_margin": "brutomarge, bruto marge, marge, brutowinst, gross profit, margin",
            "customers": "klanten, aantal klanten, kassabonnen, bonnen, transacties, transactions",
        },
        "group_measurements": {
            "measure": "maat, meting, indicator, kpi, metric, kengetal",
            "n": "aantal, respondenten, aantal respondenten, count, base, respondents, responses",
            "value": "waarde, gemiddelde, score, percentage, cijfer, mean, average, rate",
            "sd": "standaarddeviatie, standaardafwijking, spreiding, standard deviation, std",
        },
        "measures": {
            "measure": "maat, code, indicator",
            "label_en": "label, english, naam engels, title, name",
            "label_nl": "naam, nederlands, naam nederlands, omschrijving",
            "side": "kant",
            "rater": "beoordelaar, wie beoordeelt",
            "unit": "eenheid",
            "better": "beter, richting, direction",
            "theme": "thema, groep",
            "at_risk_from": "risico vanaf, grens, threshold",
        },
    }
)

TABLES_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "locations": _listed("vestigingen, locaties, winkels, filialen, sites, stores, branches"),
        "teams": _listed("afdelingen, departments"),
        "assignments": _listed(
            """medewerkers, medewerker, personeel, personeelsbestand, werknemers, dienstverbanden,
            employees, employee, staff, hr, formatie, in uit dienst, workforce, personeelslijst"""
        ),
        "absence": _listed("verzuim, ziekteverzuim, sick leave, sickness"),
        "survey_answers": _listed(
            """enquete, vragenlijst, medewerkersonderzoek, mto, survey, responses, antwoorden,
            questionnaire, onderzoek, pulse"""
        ),
        "survey_invitations": _listed("uitnodigingen, invitations, uitgenodigd"),
        "ideas": _listed("ideeen, ideeenbus, ideas, suggestions, verbeterideeen"),
        "idea_events": _listed("idee stappen, idea events, idea status, status events"),
        "customer_feedback": _listed("klantfeedback, feedback, nps, klanttevredenheid, reviews"),
        "cases": _listed(
            "tickets, ticket, meldingen, incidenten, incidents, zaken, topdesk, zendesk, freshdesk"
        ),
        "case_events": _listed("ticket events, case events, meldingen historie, history, logboek"),
        "social_activity": _listed("intranet, sociaal, social, netwerk, viva engage, yammer"),
        "tool_use": _listed("apps, applicaties, tools, schaduw it, shadow it"),
        "key_results": _listed("okr, doelen, doelstellingen"),
        "rollouts": _listed("uitrol, invoering, projecten, roll outs"),
        "financials": _listed("omzet, financieel, finance, revenue, sales"),
        "group_measurements": _listed("groepscijfers, kengetallen, figures, by trust"),
        "measures": _listed("maten, eigen maten, indicatoren"),
    }
)
"""What files with such rows are called."""


def names_of(table: Table, column: Column) -> tuple[str, ...]:
    """Every name by which files call a column: its own, its table's, then those of everywhere."""
    own = _IN_TABLE.get(table.name, {}).get(column.name, "")
    return (column.name, *_listed(own), *_listed(_EVERYWHERE.get(column.name, "")))
