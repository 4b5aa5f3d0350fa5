"""Tracking: planned, committed and actual of each action, variance, KPI, cause and correction."""

from __future__ import annotations

from xlcrm.budget.marketing_results import breakdown
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import FIRST, HEAD, OVERALL, Desk
from xlcrm.templates.marketing.inputs import REMARKS
from xlcrm.templates.marketing.statuses import STATUS, status_formula, status_look
from xlcrm.texts import Text

WIDTHS = [2, 5, 32, 12, 12, 12, 12, 12, 9, 13, 24, 10, 10, 9, 13, *[f.width for f in REMARKS]]
_HEADS = (
    Text("Prévu", "Planned"),
    Text("Engagé", "Committed"),
    Text("Réalisé", "Actual"),
    Text("Prévu comparé", "Plan compared"),
    Text("Écart", "Variance"),
    Text("Écart %", "Variance %"),
    Text("Statut", "Status"),
    Text("Indicateur", "KPI"),
    Text("Objectif", "Target"),
    Text("Résultat", "Result"),
    Text("Atteinte", "Achieved"),
    Text("Statut de l'objectif", "Status of the target"),
)
_PLANNED, _ACTUAL, _AGAINST, _VARIANCE, _RATE, _STATUS = 3, 5, 6, 7, 8, 9


def place_tracking(desk: Desk) -> None:
    """Where the statuses will stand, for the sheets that are written before."""
    name = desk.tabs["tracking"]
    desk.columns["status"] = Ref(name, FIRST, _STATUS, desk.last, _STATUS)


def write_tracking(desk: Desk) -> None:
    """One row for each action; the last one sums those that have an actual."""
    sheet = desk.sheets["tracking"]
    desk.names(sheet)
    sheet.section(HEAD - 1, Text("Budget", "Budget"), _PLANNED, _STATUS)
    sheet.section(HEAD - 1, Text("Objectif", "Target"), _STATUS + 1, _STATUS + 5)
    sheet.section(
        HEAD - 1, Text("Analyse, à remplir", "Analysis, to fill in"), _STATUS + 6, _STATUS + 7
    )
    sheet.header(HEAD, _PLANNED, [*_HEADS, *(f.label for f in REMARKS)])
    desk.fields(sheet, _STATUS + 6, REMARKS)
    if desk.student:
        _student_rows(desk, sheet)
    else:
        _rows(desk, sheet)
    _totals(desk, sheet)
    sheet.status(desk.book.t(OVERALL), _STATUS + 7)


def _rows(desk: Desk, sheet: TemplateSheet) -> None:
    known = f"{desk.here('known')}=1"
    desk.down(sheet, _PLANNED, "t_planned", f"={desk.here('total')}")
    desk.down(sheet, 4, "t_signed", f"={desk.here('signed')}")
    desk.down(sheet, _ACTUAL, "t_actual", f'=IF({known},{desk.here("spent")},"")')
    desk.down(sheet, _AGAINST, "t_against", f'=IF({known},{desk.here("against")},"")')
    actual, against, variance, rate = (
        f"{column_letter(c)}{{r}}" for c in (_ACTUAL, _AGAINST, _VARIANCE, _RATE)
    )
    desk.down(sheet, _VARIANCE, "variance", f'=IF({known},ROUND({actual}-{against},2),"")')
    desk.down(
        sheet, _RATE, "variance_rate",
        f'=IF({known},IF({against}>0,ROUND({variance}/{against},6),""),"")', "percent",
    )  # fmt: skip
    status = status_formula(desk, variance, rate)
    desk.down(sheet, _STATUS, "status", f'=IF({known},{status},"")', "general", align="center")
    status_look(desk, sheet, desk.col("status"))
    _kpis(desk, sheet)


def _kpis(desk: Desk, sheet: TemplateSheet) -> None:
    kpi, target, result = (desk.here(k) for k in ("kpi", "target", "result"))
    col = _STATUS + 1
    desk.down(sheet, col, "k_name", f'=IF({kpi}="","",{kpi})', "general")
    desk.down(sheet, col + 1, "k_target", f'=IF({target}="","",N({target}))', "number")
    desk.down(sheet, col + 2, "k_result", f'=IF({result}="","",N({result}))', "number")
    reached = f'=IF({result}="","",IF(N({target})>0,ROUND(N({result})/{target},6),""))'
    desk.down(sheet, col + 3, "achieved", reached, "percent")
    share = f"{column_letter(col + 3)}{{r}}"
    good, amber, red = (desk.book.q(text) for text in STATUS.values())
    status = f"IF({share}>={desk['reached']},{good},IF({share}<{desk['missed']},{red},{amber}))"
    desk.down(
        sheet, col + 4, "kpi_status", f'=IF({share}="","",{status})', "general", align="center"
    )
    status_look(desk, sheet, desk.col("kpi_status"))


def _student_rows(desk: Desk, sheet: TemplateSheet) -> None:
    """The status of each action that has an actual is asked; the rest is blank to work in."""
    for row in range(FIRST, desk.total):
        for col in range(_PLANNED, _STATUS + 6):
            desk.calc(sheet, row, col, "")


def _totals(desk: Desk, sheet: TemplateSheet) -> None:
    sheet.label(desk.total, 2, Text("Total", "Total"), "total")
    total = breakdown(desk.plan, "theme", ())[-1].tracked
    line = desk.total + 1
    for col in (_PLANNED, 4):
        desk.sum_down(sheet, col)
    none = f"COUNT(F{FIRST + 1}:F{desk.total})=0"
    actual, against = f"=ROUND(SUM({{c}}{FIRST + 1}:{{c}}{desk.total}),2)", total.compared
    answers = [
        (_ACTUAL, actual, total.actual or 0.0, Text("Réalisé total", "Total actual"),
         Text("Coûts réalisés, heures comprises.", "Actual costs, hours included.")),
        (_AGAINST, actual, against, Text("Prévu des éléments réalisés", "Plan of what is actual"),
         Text("Seul ce qui a un réalisé se compare : le prévu des mêmes éléments.",
              "Only what has an actual is compared: the plan of the same parts.")),
        (_VARIANCE, f'=IF({none},"",ROUND(F{line}-G{line},2))', total.variance,
         Text("Écart total", "Total variance"), Text("Réalisé - prévu.", "Actual - planned.")),
    ]  # fmt: skip
    for col, formula, value, label, explanation in answers:
        if value is None:
            ref = desk.calc(sheet, desk.total, col, formula, "amount", "total")
            desk.cells[f"tracking.{col}"] = ref
            continue
        desk.cells[f"tracking.{col}"] = desk.asked(
            sheet, desk.total, col, formula, value, label=label, explanation=explanation, points=2
        )
    rate = f'=IF(N(G{line})>0,ROUND(H{line}/G{line},6),"")'
    if total.rate is not None:
        desk.asked(
            sheet, desk.total, _RATE, rate, total.rate, "percent", tolerance=0.0005,
            label=Text("Écart en %", "Variance in %"),
            explanation=Text("Écart / prévu comparé.", "Variance / plan compared."),
        )  # fmt: skip
    else:
        desk.calc(sheet, desk.total, _RATE, rate, "percent", "total")
    desk.cells["tracking.rate"] = Ref(sheet.name, desk.total, _RATE)
    _status_answer(desk, sheet, total.status)


def _status_answer(desk: Desk, sheet: TemplateSheet, status: str) -> None:
    line = desk.total + 1
    words = status_formula(desk, f"H{line}", f"I{line}")
    formula = f'=IF(COUNT(F{FIRST + 1}:F{desk.total})=0,"",{words})'
    if status:
        ref = desk.asked(
            sheet, desk.total, _STATUS, formula, status, "text", tolerance=0,
            label=Text("Statut de l'écart total", "Status of the total variance"),
            explanation=Text("Le taux comparé aux deux seuils des paramètres.",
                             "The rate against the two thresholds of the settings."),
            choices=STATUS,
        )  # fmt: skip
    else:
        ref = desk.calc(sheet, desk.total, _STATUS, formula, "general", "total")
    desk.cells["tracking.status"] = ref
    status_look(desk, sheet, ref)
