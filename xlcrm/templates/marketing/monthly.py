"""The monthly budget: actions by month, then partners, net cost, themes and channels by month."""

from __future__ import annotations

from xlcrm.budget.marketing import MONTHS, total_spread
from xlcrm.budget.marketing_results import monthly_budget
from xlcrm.budget.rounding import add_cents
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import FIRST, HEAD, OVERALL, Desk
from xlcrm.templates.marketing.workings import OUTSIDE, UNDATED
from xlcrm.templates.style import CellRole
from xlcrm.texts import Text

MONTH = 3  # first column of the months
WIDTHS = [2, 5, 32, *[10.5] * MONTHS, 11, 11, 13, 12]
TOTAL = MONTH + MONTHS + 2
_SCALE = 57  # of the print, in percent: all months on one A4
OTHERS = Text("Autres ou non renseigné", "Others or blank")


def write_monthly(desk: Desk) -> None:
    """Actions first, then the totals, then the themes and the channels."""
    sheet = desk.sheets["monthly"]
    desk.names(sheet)
    _heads(desk, sheet, HEAD)
    for m in range(MONTHS):
        both = f"=ROUND({desk.here(f'm_ext.{m + 1}')}+{desk.here(f'm_int.{m + 1}')},2)"
        desk.down(sheet, MONTH + m, f"m_total.{m + 1}", both if not desk.student else "")
    for offset, key in enumerate(("outside", "undated")):
        both = f"=ROUND({desk.here(f'm_ext.{key}')}+{desk.here(f'm_int.{key}')},2)"
        desk.down(sheet, MONTH + MONTHS + offset, f"m_total.{key}", both)
    first, last = column_letter(MONTH), column_letter(TOTAL - 1)
    desk.down(sheet, TOTAL, "m_sum", f"=ROUND(SUM({first}{{r}}:{last}{{r}}),2)", bold=True)
    _totals(desk, sheet)
    row = desk.total + 6
    sheet.paper.breaks(_SCALE, row)
    row = _by_month(desk, sheet, row, "theme", Text("Coût par thème", "Cost by theme"))
    _by_month(desk, sheet, row + 1, "channel", Text("Coût par canal", "Cost by channel"))
    if not desk.student:
        budget, spread = desk["sum.total"], f"{column_letter(TOTAL)}{desk.total + 1}"
        sheet.check(
            desk.total, TOTAL + 1, f"ABS({spread}-{budget})<0.005",
            Text("Les mois ne font pas le coût total.", "The months do not make the total cost."),
            Text("Budget mensuel = coût total", "Monthly budget = total cost"),
            bold=False, font_size=9,
        )  # fmt: skip
    sheet.status(desk.book.t(OVERALL), TOTAL)


def _heads(desk: Desk, sheet: TemplateSheet, row: int) -> None:
    for m in range(MONTHS):
        sheet.formula(row, MONTH + m, f"=EDATE({desk['start']},{m})", "month", "header")
    sheet.header(row, MONTH + MONTHS, [OUTSIDE, UNDATED, Text("Total", "Total")], 28)


def _totals(desk: Desk, sheet: TemplateSheet) -> None:
    months = monthly_budget(desk.plan)
    cost, partner = total_spread(months.total).months, total_spread(months.partner).months
    labels = [
        Text("Coût total", "Total cost"),
        Text("Contributions des partenaires", "Partners' contributions"),
        Text("Coût net", "Net cost"),
        Text("Coût net cumulé", "Cumulated net cost"),
    ]
    line = desk.total + 1
    total = f"=ROUND(SUM({{c}}{FIRST + 1}:{{c}}{desk.total}),2)"
    _row(
        desk, sheet, desk.total, "cost", labels[0], total, cost,
        Text("Somme des actions du mois : coûts externes et internes, étalés par parts égales.",
             "Sum of the actions of the month: external and internal costs in equal parts."),
    )  # fmt: skip
    for col, key in enumerate(("outside", "undated"), MONTH + MONTHS):
        desk.cells[f"cost.{key}"] = desk.sum_down(sheet, col)
    _partner_row(desk, sheet, labels[1], partner)
    net = [add_cents(c, -p) for c, p in zip(cost, partner, strict=True)]
    _row(
        desk, sheet, desk.total + 2, "net", labels[2], f"=ROUND({{c}}{line}-{{c}}{line + 1},2)",
        net, Text("Coût total - contributions.", "Total cost - contributions."), "result",
    )  # fmt: skip
    cumulated = f"=ROUND(SUM(${column_letter(MONTH)}{line + 2}:{{c}}{line + 2}),2)"
    sheet.label(desk.total + 3, 2, labels[3])
    if not desk.student:
        desk.rows["cumulated"] = sheet.across(desk.total + 3, MONTH, MONTHS, cumulated)


def _row(
    desk: Desk,
    sheet: TemplateSheet,
    row: int,
    key: str,
    label: Text,
    formula: str,
    values: list[float],
    explanation: Text,
    role: CellRole = "total",
) -> None:
    sheet.label(row, 2, label, "strong")
    desk.rows[key] = desk.asked(
        sheet, row, MONTH, formula, values, role=role, explanation=explanation,
        label=Text("{what} par mois", "{what} by month").format(what=label), points=3,
        verdict=(row, TOTAL + 1),
    )  # fmt: skip
    months = f"{column_letter(MONTH)}{row + 1}:{column_letter(TOTAL - 1)}{row + 1}"
    desk.calc(sheet, row, TOTAL, f"=ROUND(SUM({months}),2)", "amount", role)


def _partner_row(desk: Desk, sheet: TemplateSheet, label: Text, values: list[float]) -> None:
    row = desk.total + 1
    sheet.label(row, 2, label, "strong")
    explanation = Text(
        "Contributions étalées comme les coûts.", "Contributions spread as the costs are."
    )
    formula = ""
    if not desk.student:
        heads, block = desk.rows["m_part.heads"], desk.rows["m_part"]
        formula = f"=ROUND(SUMPRODUCT(({heads}={{c}}${HEAD + 1})*{block}),2)"
    desk.rows["partner"] = desk.asked(
        sheet, row, MONTH, formula, values, explanation=explanation,
        label=Text("Contributions par mois", "Contributions by month"), points=2,
        verdict=(row, TOTAL + 1),
    )  # fmt: skip
    if desk.student:
        return
    for col, key in enumerate(("outside", "undated"), MONTH + MONTHS):
        rest = f"=ROUND(SUM({desk.col(f'm_part.{key}')}),2)"
        sheet.formula(row, col, rest, "amount", "total")
    months = f"{column_letter(MONTH)}{row + 1}:{column_letter(TOTAL - 1)}{row + 1}"
    sheet.formula(row, TOTAL, f"=ROUND(SUM({months}),2)", "amount", "total")


def _by_month(desk: Desk, sheet: TemplateSheet, row: int, name: str, title: Text) -> int:
    """The total cost of each word of a list, month by month, then of what has none of them."""
    words = desk[f"list.{name}"]
    sheet.section(row, title, 1, TOTAL)
    for m in range(MONTHS):
        sheet.formula(row + 1, MONTH + m, f"=EDATE({desk['start']},{m})", "month", "header")
    sheet.header(row + 1, TOTAL, [Text("Total", "Total")], 20)
    first = row + 2
    count = len(words.cells())
    for k, word in enumerate(words.cells()):
        at = first + k
        sheet.formula(at, 2, f'=IF({word}="","",{word})', "general")
        for m in range(MONTHS):
            column = (
                f"{column_letter(MONTH + m)}${FIRST + 1}:{column_letter(MONTH + m)}${desk.total}"
            )
            matches = f"({desk.col(name)}=$C{at + 1})"
            formula = f'=IF($C{at + 1}="",0,ROUND(SUMPRODUCT({matches}*{column}),2))'
            desk.calc(sheet, at, MONTH + m, formula)
        _side(desk, sheet, at)
    rest = first + count
    sheet.label(rest, 2, OTHERS)
    for m in range(MONTHS):
        letter = column_letter(MONTH + m)
        listed = f"SUM({letter}{first + 1}:{letter}{rest})"
        desk.calc(sheet, rest, MONTH + m, f"=ROUND({letter}{desk.total + 1}-{listed},2)")
    _side(desk, sheet, rest)
    desk.fade(sheet, first, rest, 2, TOTAL)
    desk.rows[f"{name}.months"] = Ref(sheet.name, first, MONTH, rest, MONTH + MONTHS - 1)
    return rest + 1


def _side(desk: Desk, sheet: TemplateSheet, row: int) -> None:
    months = f"{column_letter(MONTH)}{row + 1}:{column_letter(MONTH + MONTHS - 1)}{row + 1}"
    desk.calc(sheet, row, TOTAL, f"=ROUND(SUM({months}),2)", "amount", "total")
