"""Sales and customers by month, satisfaction by segment, reasons of dissatisfaction."""

from __future__ import annotations

from xlcrm.templates.dashboard.model import MONTHS, REASONS, SEGMENTS
from xlcrm.templates.form import ABOVE, LABEL, OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.formulas import column_letter
from xlcrm.templates.grid import Col, write_grid
from xlcrm.texts import Text

_SHARE = Rule(most=1)
_COUNT = Rule(required=False)


def write_sales(kit: Kit) -> Page:
    """The year month by month: sales against target, orders, customers won and lost, spend."""
    page = kit.page(
        Text("Ventes et clients", "Sales and customers"), "input",
        title=Text("Ventes et clients", "Sales and customers"),
        subtitle=Text("Un mois par ligne ; laisser vides les mois à venir.",
                      "One month a row; leave the months to come blank."),
        about=Text("Ventes contre objectif, paniers, clients gagnés et perdus, par mois.",
                   "Sales against target, baskets, customers won and lost, by month."),
        widths=[2, 33, 13, 12, 12, 11, 11, 11, 12, 12, 11, 11, 11, 11, 11, 42], check=15,
        freeze=(3, 2),
    )  # fmt: skip
    page.section(Text("Période", "Period"))
    page.entry("company", Text("Entreprise", "Firm"), "text", OPTIONAL)
    page.entry("start", Text("Premier mois", "First month"), "date")
    page.entry("customers_start", Text("Clients au début", "Customers at the start"), "integer",
               ABOVE)  # fmt: skip
    page.entry("green", Text("Objectif atteint à partir de", "Target reached from"), "percent",
               _SHARE)  # fmt: skip
    page.entry("amber", Text("Alerte en dessous de", "Alert below"), "percent", _SHARE)
    page.verify(
        "[amber]>[green]",
        Text("Le seuil d'alerte dépasse celui de l'objectif atteint.",
             "The alert threshold is above that of a target reached."),
        Text("Seuils", "Thresholds"),
    )  # fmt: skip
    near = Text("Taux et scores (%, NPS, CES).", "Rates and scores (%, NPS, CES).")
    page.entry("green_points", Text("Écart admis, en points", "Gap allowed, in points"), "number",
               unit=near)  # fmt: skip
    page.entry("amber_points", Text("Alerte au-delà de, en points", "Alert beyond, in points"),
               "number", unit=near)  # fmt: skip
    page.verify(
        "[amber_points]<[green_points]",
        Text("L'écart d'alerte est plus petit que l'écart admis.",
             "The gap of an alert is smaller than the gap allowed."),
        Text("Écarts en points", "Gaps in points"),
    )  # fmt: skip
    page.section(Text("Mois", "Months"))
    _months(page)
    page.section(Text("Depuis le début", "Since the start"))
    _to_date(page)
    return page


def _months(page: Page) -> None:
    top = page.at + 1
    new, lost = (column_letter(LABEL + 1 + k) for k in (4, 5))
    before = f"([customers_start]+SUM(${new}${top}:${new}{{u}})-SUM(${lost}${top}:${lost}{{u}}))"
    write_grid(
        page, "sales",
        [
            Col("month", Text("Mois", "Month"), "month",
                'IF([start]="","",EDATE([start],$B{r}-1))', plain=True),
            Col("target", Text("Objectif de CA", "Sales target"), "amount", rule=_COUNT,
                total=True),
            Col("actual", Text("CA réalisé", "Actual sales"), "amount", rule=_COUNT, total=True),
            Col("orders", Text("Commandes", "Orders"), "integer", rule=_COUNT, total=True),
            Col("new", Text("Nouveaux clients", "New customers"), "integer", rule=_COUNT,
                total=True),
            Col("lost", Text("Clients perdus", "Customers lost"), "integer", rule=_COUNT,
                total=True),
            Col("spend", Text("Coût d'acquisition", "Acquisition spend"), "amount", rule=_COUNT,
                total=True),
            Col("gap", Text("Écart de CA", "Sales gap"), "amount",
                'IF(OR([actual]="",[target]=""),"",ROUND([actual]-[target],2))',
                asked=_ASKED["gap"]),
            Col("gap_rate", Text("Écart %", "Gap %"), "percent",
                'IF(OR([gap]="",N([target])<=0),"",ROUND([gap]/[target],6))'),
            Col("basket", Text("Panier moyen", "Average basket"), "amount",
                'IF(AND([actual]<>"",N([orders])>0),ROUND([actual]/[orders],2),"")',
                asked=_ASKED["basket"]),
            Col("clients", Text("Clients à la fin", "Customers at the end"), "integer",
                f'IF(AND([new]="",[lost]=""),"",{before}+N([new])-N([lost]))'),
            Col("attrition", Text("Attrition", "Attrition"), "percent",
                f'IF(OR([lost]="",{before}<=0),"",ROUND([lost]/{before},6))'),
            Col("cac", Text("Coût par nouveau client", "Cost by new customer"), "amount",
                'IF(AND([spend]<>"",N([new])>0),ROUND([spend]/[new],2),"")', asked=_ASKED["cac"]),
        ],
        MONTHS, what=Text("Ventes et clients", "Sales and customers"),
        totals=Text("Total", "Total"),
        faults=[
            ('AND(N([orders])>0,[actual]="")',
             Text("Des commandes sans chiffre d'affaires.", "Orders without sales.")),
            (f"N([lost])>{before}+N([new])",
             Text("Plus de clients perdus que de clients.", "More customers lost than there are.")),
        ],
    )  # fmt: skip
    page.sheet.raw.set_column(LABEL, LABEL, page.sheet.widths[LABEL])


def _to_date(page: Page) -> None:
    targets = 'SUMIFS([sales.target],[sales.actual],"<>")'
    page.result(
        "sales_to_date", Text("CA réalisé", "Actual sales"),
        'IF(COUNT([sales.actual])=0,"",ROUND(SUM([sales.actual]),2))', "money", "total",
    )  # fmt: skip
    page.result(
        "target_to_date", Text("Objectif des mêmes mois", "Target of the same months"),
        f'IF({targets}>0,ROUND({targets},2),"")', "money",
    )  # fmt: skip
    page.result(
        "basket_to_date", Text("Panier moyen", "Average basket"),
        _over("sales.actual", "sales.orders"), "money",
        trace=Text("CA / commandes des mois remplis", "sales / orders of the months filled in"),
    )  # fmt: skip
    page.result(
        "attrition_to_date", Text("Taux d'attrition", "Attrition rate"),
        'IF(COUNT([sales.lost])=0,"",ROUND(SUM([sales.lost])/[customers_start],6))', "percent",
        trace=Text("clients perdus / clients au début", "customers lost / at the start"),
        asked=_ASKED["attrition"],
    )  # fmt: skip
    page.result(
        "retention_to_date", Text("Taux de rétention", "Retention rate"),
        'IF([attrition_to_date]="","",ROUND(1-[attrition_to_date],6))', "percent",
        trace=Text("1 - attrition", "1 - attrition"), asked=_ASKED["retention"],
    )  # fmt: skip
    page.result(
        "cac_to_date", Text("Coût par nouveau client", "Cost by new customer"),
        _over("sales.spend", "sales.new"), "money",
        trace=Text("coûts / nouveaux clients des mois remplis",
                   "spend / new customers of the months filled in"),
    )  # fmt: skip


def _over(above: str, below: str) -> str:
    """A quotient of sums, of the months that have both: a blank is not a zero."""
    top, base = (f'SUMIFS([{a}],[{b}],"<>")' for a, b in ((above, below), (below, above)))
    return f'IF({base}>0,ROUND(ROUND({top},2)/{base},2),"")'


def write_survey(kit: Kit) -> Page:
    """Answers counted by segment, their three scores, and why people are not satisfied."""
    page = kit.page(
        Text("Satisfaction", "Satisfaction"), "input",
        title=Text("Satisfaction des clients", "Customer satisfaction"),
        subtitle=Text("NPS et CES en points, CSAT en % : chacun sur ses propres réponses.",
                      "NPS and CES in points, CSAT in %: each over its own answers."),
        about=Text("NPS, CSAT et CES par segment, motifs d'insatisfaction.",
                   "NPS, CSAT and CES by segment, reasons of dissatisfaction."),
        widths=[2, 5, 27, 12, 11, 12, 12, 12, 12, 12, 12, 11, 11, 11, 42], check=14,
        freeze=(3, 3),
    )  # fmt: skip
    page.section(Text("Enquête par segment", "Survey by segment"))
    _segments(page)
    page.section(Text("Ensemble", "All together"))
    _all_together(page)
    page.section(Text("Motifs d'insatisfaction", "Reasons of dissatisfaction"))
    _reasons(page)
    return page


def _segments(page: Page) -> None:
    write_grid(
        page, "survey",
        [
            Col("segment", Text("Segment", "Segment"), "text"),
            Col("promoters", Text("Promoteurs (9-10)", "Promoters (9-10)"), "integer", rule=_COUNT,
                total=True),
            Col("passives", Text("Passifs (7-8)", "Passives (7-8)"), "integer", rule=_COUNT,
                total=True),
            Col("detractors", Text("Détracteurs (0-6)", "Detractors (0-6)"), "integer",
                rule=_COUNT, total=True),
            Col("satisfied", Text("Satisfaits (4-5 sur 5)", "Satisfied (4-5 of 5)"), "integer",
                rule=_COUNT, total=True),
            Col("answers", Text("Réponses CSAT", "CSAT answers"), "integer", rule=_COUNT,
                total=True),
            Col("easy", Text("Effort : facile", "Effort: easy"), "integer", rule=_COUNT,
                total=True),
            Col("neutral", Text("Effort : neutre", "Effort: neutral"), "integer", rule=_COUNT,
                total=True),
            Col("hard", Text("Effort : difficile", "Effort: hard"), "integer", rule=_COUNT,
                total=True),
            Col("nps", Text("NPS (points)", "NPS (points)"), "number",
                _nps("[promoters]", "[passives]", "[detractors]"), asked=_ASKED["nps"]),
            Col("csat", Text("CSAT (%)", "CSAT (%)"), "number",
                _share("N([satisfied])", "[answers]"), asked=_ASKED["csat"]),
            Col("ces", Text("CES (points)", "CES (points)"), "number",
                _nps("[easy]", "[neutral]", "[hard]"), asked=_ASKED["ces"]),
        ],
        SEGMENTS, what=Text("Enquête", "Survey"), totals="Σ",
        faults=[
            ("N([satisfied])>N([answers])",
             Text("Plus de satisfaits que de réponses.", "More satisfied than answers.")),
        ],
    )  # fmt: skip


def _all_together(page: Page) -> None:
    p, s, d = (f"[survey.{k}.total]" for k in ("promoters", "passives", "detractors"))
    effort = (f"[survey.{k}.total]" for k in ("easy", "neutral", "hard"))
    sheet = page.sheet
    totals: list[tuple[str, Text, str]] = [
        ("survey_nps", Text("NPS (points)", "NPS (points)"), _nps(p, s, d)),
        ("survey_csat", Text("CSAT (%)", "CSAT (%)"),
         _share("[survey.satisfied.total]", "[survey.answers.total]")),
        ("survey_ces", Text("CES (points)", "CES (points)"), _nps(*effort)),
    ]  # fmt: skip
    for key, label, formula in totals:
        sheet.label(page.at, 2, label, "strong")
        page.put(page.at, 3, key, formula, "number", "result", asked=_ASKED.get(key),
                 verdict=(page.at, 4), when="")  # fmt: skip
        page.at += 1


def _reasons(page: Page) -> None:
    write_grid(
        page, "reasons",
        [
            Col("reason", Text("Motif", "Reason"), "text"),
            Col("count", Text("Citations", "Mentions"), "integer", total=True),
            Col("share", Text("Part", "Share"), "percent",
                'IF(SUM([count:])>0,ROUND([count]/SUM([count:]),6),"")'),
        ],
        REASONS, what=Text("Motifs", "Reasons"), totals="Σ",
    )  # fmt: skip


def _nps(promoters: str, passives: str, detractors: str) -> str:
    """Points, over all answers, passives included."""
    total = f"(N({promoters})+N({passives})+N({detractors}))"
    return f'IF({total}>0,ROUND((N({promoters})-N({detractors}))*100/{total},1),"")'


def _share(above: str, below: str) -> str:
    return f'IF(N({below})>0,ROUND({above}*100/{below},1),"")'


_TENTH, _WHOLE = 0.05, 0.5  # half of a tenth, half of a point: an NPS is told without decimals
_ASKED = {
    "gap": Asked(Text("Écart de CA", "Sales gap"),
                 Text("CA réalisé - objectif.", "Actual sales - target."), 2),
    "basket": Asked(Text("Panier moyen", "Average basket"),
                    Text("CA / nombre de commandes.", "Sales / number of orders."), 2),
    "cac": Asked(Text("Coût par nouveau client", "Cost by new customer"),
                 Text("Coût d'acquisition / nouveaux clients.",
                      "Acquisition spend / new customers."), 2),
    "attrition": Asked(Text("Taux d'attrition", "Attrition rate"),
                       Text("Clients perdus / clients au début.",
                            "Customers lost / customers at the start."), 2),
    "retention": Asked(Text("Taux de rétention", "Retention rate"),
                       Text("1 - taux d'attrition.", "1 - attrition rate."), 1),
    "nps": Asked(Text("NPS par segment", "NPS by segment"),
                 Text("(promoteurs - détracteurs) / toutes les réponses x 100.",
                      "(promoters - detractors) / all answers x 100."), 3, _WHOLE),
    "csat": Asked(Text("CSAT par segment", "CSAT by segment"),
                  Text("Satisfaits / réponses au CSAT x 100.",
                      "Satisfied / CSAT answers x 100."), 2, _TENTH),
    "ces": Asked(Text("CES par segment", "CES by segment"),
                 Text("(facile - difficile) / avis sur l'effort x 100, les neutres comptés.",
                      "(easy - hard) / opinions on effort x 100, neutral ones counted."), 2, _TENTH),
    "survey_nps": Asked(Text("NPS de l'ensemble", "NPS of all"),
                        Text("Sur les effectifs totaux : ce n'est pas la moyenne des segments.",
                             "On the total counts: it is not the mean of the segments."), 2, _WHOLE),
}  # fmt: skip
