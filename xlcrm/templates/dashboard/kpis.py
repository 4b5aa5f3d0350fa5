"""Indicators: objective, formula, source, frequency, target, actual, status, trend, answer."""

from __future__ import annotations

from xlcrm.templates.builder import Choices
from xlcrm.templates.dashboard.model import FREE, IN_POINTS, KPIS, LOWER_IS_BETTER, MONTHS
from xlcrm.templates.form import OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.texts import Text

FREQUENCY: Choices = {
    "week": Text("Semaine", "Week"),
    "month": Text("Mois", "Month"),
    "quarter": Text("Trimestre", "Quarter"),
    "year": Text("Année", "Year"),
}
SENSE: Choices = {"up": Text("Plus haut", "Higher"), "down": Text("Plus bas", "Lower")}
STATUS: Choices = {
    "good": Text("Atteint", "Reached"),
    "amber": Text("À surveiller", "Watch"),
    "red": Text("Alerte", "Alert"),
}
TREND: Choices = {
    "up": Text("▲ hausse", "▲ up"),
    "down": Text("▼ baisse", "▼ down"),
    "same": Text("= stable", "= steady"),
}
# Objective, indicator, formula, source of each indicator that the other sheets give.
AUTO: dict[str, tuple[Text, Text, Text, Text]] = {
    "sales": (Text("Croissance", "Growth"), Text("CA cumulé (€)", "Sales to date (€)"),
              Text("somme des ventes nettes", "sum of net sales"), Text("Ventes", "Sales")),
    "basket": (Text("Croissance", "Growth"), Text("Panier moyen (€)", "Average basket (€)"),
               Text("CA / commandes", "sales / orders"), Text("Ventes", "Sales")),
    "retention": (Text("Fidélisation", "Loyalty"), Text("Rétention (%)", "Retention (%)"),
                  Text("1 - attrition", "1 - attrition"), Text("Base clients", "Customer base")),
    "attrition": (Text("Fidélisation", "Loyalty"), Text("Attrition (%)", "Attrition (%)"),
                  Text("clients perdus / début", "customers lost / start"),
                  Text("Base clients", "Customer base")),
    "nps": (Text("Satisfaction", "Satisfaction"), Text("NPS (points)", "NPS (points)"),
            Text("% promoteurs - % détracteurs", "% promoters - % detractors"),
            Text("Enquête", "Survey")),
    "csat": (Text("Satisfaction", "Satisfaction"), Text("CSAT (%)", "CSAT (%)"),
             Text("satisfaits / réponses", "satisfied / answers"), Text("Enquête", "Survey")),
    "ces": (Text("Satisfaction", "Satisfaction"), Text("CES (points)", "CES (points)"),
            Text("% facile - % difficile", "% easy - % hard"), Text("Enquête", "Survey")),
    "cac": (Text("Conquête", "Acquisition"),
            Text("Coût par nouveau client (€)", "Cost by new customer (€)"),
            Text("coûts / nouveaux clients", "spend / new customers"),
            Text("Budget marketing", "Marketing budget")),
}  # fmt: skip


def write_indicators(kit: Kit, needs: tuple[Page, ...]) -> Page:
    """The indicators of the other sheets, then those that the user follows besides."""
    page = kit.page(
        Text("Indicateurs", "Indicators"), "input",
        title=Text("Indicateurs clés", "Key indicators"),
        subtitle=Text("Un objectif, une formule, une source, une fréquence, une cible, une "
                      "réponse prévue.", "An objective, a formula, a source, a frequency, a "
                      "target, an answer prepared."),
        about=Text("Cibles, valeurs, statuts, tendances et réponses prévues.",
                   "Targets, values, statuses, trends and prepared answers."),
        widths=[2, 5, 13, 34, 25, 17, 12, 12, 12, 12, 11, 14, 12, 40, 40, 30], check=15, needs=needs,
        freeze=(3, 4),
    )  # fmt: skip
    page.section(Text("Calculés par les autres feuilles", "Computed by the other sheets"))
    page.note(_RULE, 14)
    _auto(page)
    page.section(Text("Vos indicateurs", "Your indicators"))
    _free(page)
    return page


def _choose(page: Page, part: int) -> str:
    words = ",".join(page.book.q(AUTO[key][part]) for key in KPIS)
    return f"CHOOSE($B{{r}},{words})"


def _auto(page: Page) -> None:
    values = (
        "[sales_to_date]", "[basket_to_date]", _hundred("retention_to_date"),
        _hundred("attrition_to_date"), "[survey_nps]", "[survey_csat]", "[survey_ces]",
        "[cac_to_date]",
    )  # fmt: skip
    actual = f"CHOOSE($B{{r}},{','.join(values)})"
    typed = f"IF($B{{r}}=1,{sales_goal('[target]', '[sales.actual]')},[target])"
    goal = f'IF([target]<>"",{typed},IF($B{{r}}=1,[target_to_date],""))'
    lower, points = (
        f"CHOOSE($B{{r}},{','.join('1' if key in those else '0' for key in KPIS)})=1"
        for those in (LOWER_IS_BETTER, IN_POINTS)
    )
    gap = _gap("[actual]", goal, lower)
    achieved = f"IF({points},{gap},{_achieved('[actual]', goal, lower)})"
    blank = f'OR([actual]="",{goal}="")'
    refs = write_grid(
        page, "auto",
        [
            Col("objective", Text("Objectif", "Objective"), "text", _choose(page, 0), plain=True),
            Col("kpi", Text("Indicateur", "Indicator"), "text", _choose(page, 1), plain=True),
            Col("how", Text("Formule", "Formula"), "text", _choose(page, 2), plain=True),
            Col("source", Text("Source", "Source"), "text", _choose(page, 3), plain=True),
            Col("frequency", Text("Fréquence", "Frequency"), "text",
                rule=Rule(choices=FREQUENCY)),
            Col("target", Text("Cible", "Target"), "number", rule=Rule(False, None)),
            Col("previous", Text("Précédent", "Previous"), "number", rule=Rule(False, None)),
            Col("actual", Text("Réalisé", "Actual"), "number", actual),
            Col("achieved", Text("Atteinte ou écart", "Achieved or gap"), "percent",
                f'IF({blank},"",{achieved})'),
            Col("status", Text("Statut", "Status"), "text",
                f'IF({blank},"",{_status(page, gap, points)})'),
            Col("trend", Text("Tendance", "Trend"), "general", _trend(page)),
            Col("answer", Text("Réponse prévue", "Prepared answer"), "text", rule=OPTIONAL),
            Col("todo", Text("À faire", "To do"), "text", _todo(page)),
        ],
        len(KPIS), what=Text("Indicateurs", "Indicators"), when=None,
        faults=[
            (f'AND([target]<>"",N([target])=0,NOT({points}))',
             Text("Cible nulle : l'atteinte ne se calcule pas.",
                  "Target of zero: no achievement can be computed.")),
        ],
    )  # fmt: skip
    for k, key in enumerate(KPIS):
        if key in IN_POINTS:
            at = refs["achieved"].at(k)
            shown = page.kit.resolve(f'IF({blank},"",{gap})', page.sheet.name, refs)
            sound = page.kit.cells["auto.check"].at(k).a1
            page.put(at.row, at.col, f"auto.gap.{key}", shown, "points", down=True,
                     when=f'{sound}="OK"')  # fmt: skip
    _looks(page, refs["status"])


def _free(page: Page) -> None:
    lower, blank = f"[sense]={page.book.q(SENSE['down'])}", 'OR([actual]="",[target]="")'
    refs = write_grid(
        page, "free",
        [
            Col("sense", Text("Mieux si", "Better if"), "text", rule=Rule(choices=SENSE)),
            Col("kpi", Text("Indicateur", "Indicator"), "text"),
            Col("how", Text("Formule", "Formula"), "text", rule=OPTIONAL),
            Col("source", Text("Source", "Source"), "text", rule=OPTIONAL),
            Col("frequency", Text("Fréquence", "Frequency"), "text",
                rule=Rule(choices=FREQUENCY)),
            Col("target", Text("Cible", "Target"), "number", rule=Rule(False, None)),
            Col("previous", Text("Précédent", "Previous"), "number", rule=Rule(False, None)),
            Col("actual", Text("Réalisé", "Actual"), "number", rule=Rule(False, None)),
            Col("achieved", Text("Atteinte", "Achieved"), "percent",
                f'IF({blank},"",{_achieved("[actual]", "[target]", lower)})', asked=_ACHIEVED),
            Col("status", Text("Statut", "Status"), "text",
                f'IF({blank},"",{_status(page, _gap("[actual]", "[target]", lower))})'),
            Col("trend", Text("Tendance", "Trend"), "general", _trend(page)),
            Col("answer", Text("Réponse prévue", "Prepared answer"), "text", rule=OPTIONAL),
            Col("todo", Text("À faire", "To do"), "text", _todo(page)),
        ],
        FREE, what=Text("Vos indicateurs", "Your indicators"),
        faults=[
            (f'AND([target]<>"",N([target])=0,NOT({lower}))',
             Text("Cible nulle : l'atteinte ne se calcule pas.",
                  "Target of zero: no achievement can be computed.")),
        ],
    )  # fmt: skip
    _looks(page, refs["status"])


_RULE = Text(
    "Statut : « Atteint » dès que la cible est atteinte (au plus la cible si plus bas est mieux). "
    "Sinon, taux et scores (rétention, attrition, NPS, CSAT, CES) : écart à la cible en points ; "
    "autres : réalisé / cible, ou cible / réalisé si plus bas est mieux. Seuils : feuille « Ventes "
    "et clients ». Cible de CA : celle des douze mois, ramenée aux mois remplis ; vide, la somme "
    "des objectifs de ces mois.",
    "Status: “Reached” once the target is reached (at most the target where lower is better). "
    "Otherwise, rates and scores (retention, attrition, NPS, CSAT, CES): gap to the target in "
    "points; others: actual / target, or target / actual where lower is better. Thresholds: sheet "
    "“Sales and customers”. Sales target: that of the twelve months, as far as they are filled in; "
    "if blank, the sum of these months' targets.",
)
_ACHIEVED = Asked(
    Text("Atteinte", "Achieved"),
    Text("Réalisé / cible ; cible / réalisé si plus bas est mieux.",
         "Actual / target; target / actual where lower is better."), 2,
)  # fmt: skip


def sales_goal(target: str, actual: str) -> str:
    """The target of twelve months, as far as they have passed."""
    return f"ROUND({target}*COUNT({actual})/{MONTHS},2)"


def _hundred(key: str) -> str:
    return f'IF([{key}]="","",ROUND([{key}]*100,1))'


def _achieved(actual: str, goal: str, lower: str) -> str:
    up = f"ROUND({actual}/{goal},6)"
    down = f'IF({actual}>0,ROUND({goal}/{actual},6),"")'
    return f'IF({goal}<=0,"",IF({lower},{down},{up}))'


def _gap(actual: str, goal: str, lower: str) -> str:
    """Below 0 is behind the target, whichever way is better."""
    return f"ROUND(IF({lower},-1,1)*({actual}-{goal}),2)"


def _status(page: Page, gap: str, points: str = "FALSE") -> str:
    good, amber, red = (page.book.q(text) for text in STATUS.values())

    def by(reached: str, missed: str) -> str:
        return f"IF({reached},{good},IF({missed},{red},{amber}))"

    in_points = by("[achieved]>=-[green_points]", "[achieved]<-[amber_points]")
    share = by("[achieved]>=[green]", "[achieved]<[amber]")
    share = f'IF([achieved]="",{red},{share})'
    behind = share if points == "FALSE" else f"IF({points},{in_points},{share})"
    return f"IF({gap}>=0,{good},{behind})"


def _trend(page: Page) -> str:
    up, down, same = (page.book.q(text) for text in TREND.values())
    moved = f"IF([actual]>[previous],{up},IF([actual]<[previous],{down},{same}))"
    return f'IF(OR([actual]="",[previous]=""),"",{moved})'


def _todo(page: Page) -> str:
    good = page.book.q(STATUS["good"])
    none = page.book.q(Text("Réponse à prévoir", "Answer to prepare"))
    answer = f'IF([answer]="",{none},[answer])'
    return f'IF(OR([status]="",[status]={good}),"",{answer})'


def _looks(page: Page, ref: object) -> None:
    from xlcrm.templates.formulas import Ref

    assert isinstance(ref, Ref)
    cell = f"{ref.column}{ref.line}"
    page.sheet.highlight(ref, f"={cell}={page.book.q(STATUS['red'])}")
    page.sheet.highlight(ref, f"={cell}={page.book.q(STATUS['good'])}", good=True)
    amber = page.book.workbook.add_format({"bg_color": "#FDF0D5", "font_color": "#8A5A00"})
    rule = {"type": "formula", "criteria": f"={cell}={page.book.q(STATUS['amber'])}"}
    page.sheet.raw.conditional_format(
        ref.row, ref.col, ref.last_row, ref.last_col, {**rule, "format": amber}
    )
