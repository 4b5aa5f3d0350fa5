"""Hypotheses of the campaign, targets by segment, and what they cost."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.prospecting.model import SEGMENTS, WEEKS
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

SHARE = Rule(most=1)


_ENTRIES: list[tuple[Text, list[tuple[str, Text, CellKind, Rule, Text]]]] = [
    (Text("Campagne", "Campaign"), [
        ("company", Text("Entreprise", "Firm"), "text", OPTIONAL, Text("", "")),
        ("campaign", Text("Campagne", "Campaign"), "text", OPTIONAL, Text("", "")),
        ("start", Text("Début", "Start"), "date", REQUIRED, Text("", "")),
        ("weeks", Text("Nombre de semaines", "Number of weeks"), "integer",
         Rule(least=1, most=WEEKS), Text(f"De 1 à {WEEKS}.", f"From 1 to {WEEKS}.")),
    ]),
    (Text("Équipe et temps", "Team and time"), [
        ("reps", Text("Commerciaux", "Sales representatives"), "number", ABOVE, Text("", "")),
        ("hours_week", Text("Heures par semaine et par personne", "Hours a week each"),
         "number", ABOVE, Text("", "")),
        ("selling_share", Text("Part du temps pour prospecter", "Share of time to prospect"),
         "percent", SHARE, Text("Le reste va aux clients et à l'administratif.",
                                "The rest goes to customers and paperwork.")),
        ("call_minutes", Text("Durée d'un appel (minutes)", "Length of a call (minutes)"),
         "number", REQUIRED, Text("Préparation et saisie comprises.",
                                  "Preparation and notes included.")),
        ("visit_hours", Text("Durée d'une visite (heures)", "Length of a visit (hours)"),
         "number", REQUIRED, Text("", "")),
        ("travel_hours", Text("Trajet par visite (heures)", "Travel for a visit (hours)"),
         "number", OPTIONAL, Text("", "")),
    ]),
    (Text("Coûts", "Costs"), [
        ("hourly", Text("Coût d'une heure", "Cost of an hour"), "money", REQUIRED,
         Text("Salaire chargé / heures travaillées.", "Wage with charges / hours worked.")),
        ("km", Text("Kilomètres par visite", "Kilometres for a visit"), "number", OPTIONAL,
         Text("", "")),
        ("km_cost", Text("Coût du kilomètre", "Cost of a kilometre"), "money", OPTIONAL,
         Text("", "")),
        ("contact_cost", Text("Coût d'un contact (fichier, envoi)",
                              "Cost of a contact (file, mailing)"), "money", OPTIONAL,
         Text("", "")),
        ("fixed_cost", Text("Coûts fixes de la campagne", "Fixed costs of the campaign"),
         "money", OPTIONAL, Text("Création, documents, formation.",
                                 "Design, documents, training.")),
    ]),
    (Text("Seuils de suivi", "Tracking thresholds"), [
        ("green", Text("Objectif atteint à partir de", "Target reached from"), "percent",
         SHARE, Text("Réalisé / objectif.", "Actual / target.")),
        ("amber", Text("Alerte en dessous de", "Alert below"), "percent", SHARE,
         Text("Réalisé / objectif.", "Actual / target.")),
    ]),
]  # fmt: skip


def write_hypotheses(kit: Kit) -> Page:
    """Who sells, for how long, and what an hour, a visit and a contact cost."""
    page = kit.page(
        Text("Hypothèses", "Hypotheses"), "input",
        title=Text("Hypothèses de la campagne", "Hypotheses of the campaign"),
        subtitle=Text("Équipe, temps, coûts, seuils.", "Team, time, costs, thresholds."),
        about=Text("Équipe, durées, coûts unitaires, seuils d'alerte.",
                   "Team, times, unit costs, alert thresholds."),
    )  # fmt: skip
    for title, entries in _ENTRIES:
        page.section(title)
        for key, label, kind, rule, unit in entries:
            page.entry(key, label, kind, rule, unit=unit if unit.fr else "")
    page.verify(
        "[amber]>[green]",
        Text("Le seuil d'alerte dépasse celui de l'objectif atteint.",
             "The alert threshold is above that of a target reached."),
        Text("Seuils", "Thresholds"),
    )  # fmt: skip
    return page


def write_targets(kit: Kit) -> Page:
    """Contacts, calls, appointments, visits, sales and margin expected of each segment."""
    page = kit.page(
        Text("Cibles", "Targets"), "input",
        title=Text("Cibles par segment", "Targets by segment"),
        subtitle=Text("Qui contacter, combien, et ce qu'on en attend.",
                      "Whom to contact, how many, and what to expect."),
        about=Text("Segments, contacts, rendez-vous, visites, ventes et marge attendus.",
                   "Segments, contacts, appointments, visits, sales and margin expected."),
        widths=[2, 5, 28, 11, 11, 11, 10, 11, 11, 11, 10, 11, 12, 11, 11, 13, 13, 40], check=17,
        freeze=(3, 3),
    )  # fmt: skip
    page.section(Text("Objectifs de la campagne", "Targets of the campaign"))
    write_grid(
        page, "targets",
        [
            Col("segment", Text("Segment", "Segment"), "text"),
            Col("pool", Text("Prospects connus", "Known prospects"), "integer", rule=OPTIONAL,
                total=True),
            Col("contacts", Text("Contacts visés", "Contacts aimed at"), "integer", total=True),
            Col("calls", Text("Appels par contact", "Calls by contact"), "number"),
            Col("rdv", Text("Taux de RDV", "Appoint. rate"), "percent", rule=SHARE),
            Col("visits", Text("Visites par RDV", "Visits by appoint."), "number"),
            Col("sale", Text("Ventes par RDV", "Sales by appoint."), "percent", rule=SHARE),
            Col("basket", Text("CA par vente HT", "Revenue by sale"), "amount"),
            Col("margin", Text("Taux de marge", "Margin rate"), "percent", rule=SHARE),
            Col("n_calls", Text("Appels", "Calls"), "number", "[contacts]*[calls]",
                asked=_ASKED["n_calls"], total=True),
            Col("n_rdv", Text("Rendez-vous", "Appoint."), "number",
                "[contacts]*[rdv]", asked=_ASKED["n_rdv"], total=True),
            Col("n_visits", Text("Visites", "Visits"), "number", "[n_rdv]*[visits]",
                total=True),
            Col("n_sales", Text("Ventes", "Sales"), "number", "[n_rdv]*[sale]",
                asked=_ASKED["n_sales"], total=True),
            Col("revenue", Text("CA HT", "Revenue"), "amount", "ROUND([n_sales]*[basket],2)",
                total=True),
            Col("gain", Text("Marge", "Margin"), "amount", "ROUND([revenue]*[margin],2)",
                asked=_ASKED["gain"], total=True),
        ],
        SEGMENTS, what=Text("Cibles", "Targets"), least_rows=1, totals="Σ",
        faults=[
            ('AND([pool]<>"",[contacts]>[pool])',
             Text("Plus de contacts visés que de prospects connus.",
                  "More contacts aimed at than known prospects.")),
        ],
    )  # fmt: skip
    return page


def of_target(key: str) -> str:
    """A column of the targets, in the row of the same rank."""
    return f"INDEX([targets.{key}],$B{{r}})"


def write_costs(kit: Kit, needs: tuple[Page, ...]) -> Page:
    """Hours and euros of each segment; fixed costs come with the total of the campaign."""
    page = kit.page(
        Text("Coûts", "Costs"), "work",
        title=Text("Charge et coûts par segment", "Workload and costs by segment"),
        subtitle=Text("Coûts variables ; les coûts fixes s'ajoutent au total de la campagne.",
                      "Variable costs; fixed costs join the total of the campaign."),
        about=Text("Heures, coûts par contact, rendez-vous et vente, ROI, seuil.",
                   "Hours, costs by contact, appointment and sale, ROI, break-even."),
        widths=[2, 5, 27, 10, 12, 12, 12, 12, 11, 11, 11, 10, 10], check=14, needs=needs,
        freeze=(3, 3),
    )  # fmt: skip
    t = of_target
    ok = f'INDEX({kit.cells["targets.check"].address},$B{{r}})="OK"'
    visit = "([visit_hours]+N([travel_hours]))"
    page.section(Text("Par segment", "By segment"))
    write_grid(
        page, "costs",
        [
            Col("segment", Text("Segment", "Segment"), "text", t("segment"), plain=True),
            Col("hours", Text("Heures", "Hours"), "number",
                f"{t('n_calls')}*[call_minutes]/60+{t('n_visits')}*{visit}",
                asked=_ASKED["hours"], total=True),
            Col("labour", Text("Temps passé", "Time"), "amount", "ROUND([hours]*[hourly],2)",
                total=True),
            Col("travel", Text("Déplacements", "Travel"), "amount",
                f"ROUND({t('n_visits')}*N([km])*N([km_cost]),2)", total=True),
            Col("files", Text("Fichier et envois", "File, mailing"), "amount",
                f"ROUND({t('contacts')}*N([contact_cost]),2)", total=True),
            Col("cost", Text("Coût", "Cost"), "amount", "ROUND([labour]+[travel]+[files],2)",
                asked=_ASKED["cost"], total=True),
            Col("per_contact", Text("Coût par contact", "Cost by contact"), "amount",
                f'IF({t("contacts")}>0,ROUND([cost]/{t("contacts")},2),"")'),
            Col("per_rdv", Text("Coût par RDV", "Cost by appoint."), "amount",
                f'IF({t("n_rdv")}>0,ROUND([cost]/{t("n_rdv")},2),"")', asked=_ASKED["per_rdv"]),
            Col("per_sale", Text("Coût par vente", "Cost by sale"), "amount",
                f'IF({t("n_sales")}>0,ROUND([cost]/{t("n_sales")},2),"")',
                asked=_ASKED["per_sale"]),
            Col("roi", Text("ROI sur marge", "ROI on margin"), "percent",
                f'IF([cost]>0,ROUND(({t("gain")}-[cost])/[cost],6),"")'),
            Col("break_even", Text("Ventes au seuil", "Break-even sales"), "integer",
                f'IF(AND({t("n_sales")}>0,{t("gain")}>0),'
                f'ROUNDUP(ROUND([cost]/({t("gain")}/{t("n_sales")}),6),0),"")'),
        ],
        SEGMENTS, what=Text("Coûts", "Costs"), totals="Σ", when=ok,
    )  # fmt: skip
    return page


_ASKED = {
    "n_calls": Asked(Text("Appels par segment", "Calls by segment"),
                     Text("Contacts x appels par contact.", "Contacts x calls by contact."), 2),
    "n_rdv": Asked(Text("Rendez-vous attendus", "Appointments expected"),
                   Text("Contacts x taux de rendez-vous.", "Contacts x appointment rate."), 2),
    "n_sales": Asked(Text("Ventes attendues", "Sales expected"),
                     Text("Rendez-vous x ventes par rendez-vous.",
                          "Appointments x sales by appointment."), 2),
    "gain": Asked(Text("Marge attendue", "Margin expected"),
                  Text("Ventes x CA par vente x taux de marge.",
                       "Sales x revenue by sale x margin rate."), 2),
    "hours": Asked(Text("Charge en heures", "Workload in hours"),
                   Text("Appels x minutes / 60 + visites x (visite + trajet).",
                        "Calls x minutes / 60 + visits x (visit + travel)."), 3),
    "cost": Asked(Text("Coût par segment", "Cost by segment"),
                  Text("Temps + déplacements + fichier.", "Time + travel + file."), 2),
    "per_rdv": Asked(Text("Coût d'un rendez-vous", "Cost of an appointment"),
                     Text("Coût / rendez-vous.", "Cost / appointments."), 2),
    "per_sale": Asked(Text("Coût d'une vente", "Cost of a sale"),
                      Text("Coût / ventes.", "Cost / sales."), 2),
}  # fmt: skip
