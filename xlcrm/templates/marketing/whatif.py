"""What if the budget is cut by priority: what is saved, and the margin that may go with it."""

from __future__ import annotations

from xlcrm.budget.marketing import PRIORITIES
from xlcrm.budget.marketing_results import simulate_cuts
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref
from xlcrm.templates.marketing.desk import OVERALL, Desk, quotient
from xlcrm.templates.marketing.inputs import PRIORITY
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.texts import Text

WIDTHS = [2, 22, 9, 14, 10, 14, 14, 14, 14, 14, 14, 14, 12, 12]
_HEAD, _FIRST = 5, 6
_TOTAL = _FIRST + len(PRIORITIES)
_HEADS = (
    Text("Priorité", "Priority"),
    Text("Actions", "Actions"),
    Text("Coût total", "Total cost"),
    Text("Coupe", "Cut"),
    Text("Coût après", "Cost after"),
    Text("Économie", "Saved"),
    Text("Marge prévue", "Planned margin"),
    Text("Marge après", "Margin after"),
    Text("Marge perdue", "Margin lost"),
    Text("Coût net", "Net cost"),
    Text("Coût net après", "Net cost after"),
    Text("ROI avant", "ROI before"),
    Text("ROI après", "ROI after"),
)
_SUMS = {2: ("used", "integer"), 3: ("total", "amount"), 5: ("cut", "amount"),
         7: ("margin", "amount"), 8: ("cut_margin", "amount"), 10: ("net", "amount")}  # fmt: skip


def place_whatif(desk: Desk) -> None:
    """Where the cuts will stand, for the sheets that are written before."""
    name = desk.tabs["whatif"]
    for k in PRIORITIES:
        desk.cells[f"cut.{k}"] = Ref(name, _FIRST + k - 1, 4)


def write_whatif(desk: Desk) -> None:
    """Three priorities, their cut to try, and the effect on cost, margin and return."""
    sheet = desk.sheets["whatif"]
    sheet.note(
        3, 1,
        Text("Changer les pourcentages jaunes : la marge et la part des partenaires sont supposées "
             "baisser comme le coût. Une action sans priorité compte comme basse. ROI : (marge - "
             "coût net des partenaires) / coût net.",
             "Change the yellow percentages: margin and partners' share are taken to fall as the "
             "cost does. An action without a priority counts as low. ROI: (margin - cost net of "
             "partners) / net cost."),
        13,
    )  # fmt: skip
    sheet.header(_HEAD, 1, list(_HEADS))
    cuts = simulate_cuts(desk.plan)
    for k in PRIORITIES:
        row = _FIRST + k - 1
        sheet.label(row, 1, PRIORITY[str(k)], "strong", border=1, border_color="#C9D6DB")
        sheet.input(
            row, 4, f"cut.{k}", None, "percent", minimum=0, maximum=1,
            help=Text("De 0 à 100 % du coût de cette priorité.", "0 to 100% of its cost."),
        )  # fmt: skip
        for col, (key, kind) in _SUMS.items():
            source = (
                "0" if desk.student else f"SUMPRODUCT(({desk.col('rank')}={k})*{desk.col(key)})"
            )
            desk.calc(sheet, row, col, f"=ROUND({source},2)", _kind(kind))
        _differences(desk, sheet, row, "formula")
        cut = f"E{row + 1}"
        kept = f"1-IF(ISNUMBER({cut}),IF(AND({cut}>=0,{cut}<=1),{cut},0),0)"
        desk.calc(sheet, row, 11, f"=ROUND(K{row + 1}*({kept}),2)", "amount")
    sheet.label(_TOTAL, 1, Text("Total", "Total"), "total")
    sheet.value(_TOTAL, 4, None, "total", "percent")
    for col, kind in [*((col, kind) for col, (_, kind) in _SUMS.items()), (11, "amount")]:
        formula = f"=ROUND(SUM({{c}}{_FIRST + 1}:{{c}}{_TOTAL}),2)"
        letter = chr(65 + col)
        desk.calc(sheet, _TOTAL, col, formula.replace("{c}", letter), _kind(kind), "total")
    _answers(desk, sheet, cuts[-1].saved, cuts[-1].margin_lost)
    for offset, name in enumerate(("cost", "cost_after")):
        desk.rows[f"whatif.{name}"] = Ref(
            sheet.name, _FIRST, 3 + 2 * offset, _TOTAL - 1, 3 + 2 * offset
        )
    checks = [
        (f"OR(COUNT({cells})<3,COUNTIF({cells},\"<0\")>0,COUNTIF({cells},\">1\")>0)",
         Text("Une coupe n'est pas entre 0 et 100 % : elle compte pour 0.",
              "A cut is not between 0 and 100%: it counts as 0."))
        for cells in [f"E{_FIRST + 1}:E{_TOTAL}"]
    ]  # fmt: skip
    sheet.checks(_TOTAL + 1, 4, checks, Text("Coupes par priorité", "Cuts by priority"),
                 bold=False, font_size=9)  # fmt: skip
    _chart(desk, sheet)
    sheet.status(desk.book.t(OVERALL), 13)


def _kind(kind: str) -> CellKind:
    return "integer" if kind == "integer" else "amount"


def _differences(desk: Desk, sheet: TemplateSheet, row: int, role: CellRole) -> None:
    line = row + 1
    formulas: dict[int, tuple[str, CellKind]] = {
        6: (f"=ROUND(D{line}-F{line},2)", "amount"),
        9: (f"=ROUND(H{line}-I{line},2)", "amount"),
        12: (f"={quotient(f'ROUND(H{line}-K{line},2)', f'K{line}')}", "percent"),
        13: (f"={quotient(f'ROUND(I{line}-L{line},2)', f'L{line}')}", "percent"),
    }
    for col, (formula, kind) in formulas.items():
        desk.calc(sheet, row, col, formula, kind, role)


def _answers(desk: Desk, sheet: TemplateSheet, saved: float, lost: float) -> None:
    line = _TOTAL + 1
    desk.cells["whatif.saved"] = desk.asked(
        sheet, _TOTAL, 6, f"=ROUND(D{line}-F{line},2)", saved, points=2,
        label=Text("Économie totale", "Total saved"),
        explanation=Text("Coût de chaque action x coupe de sa priorité.",
                         "Cost of each action x cut of its priority."),
    )  # fmt: skip
    desk.cells["whatif.lost"] = desk.asked(
        sheet, _TOTAL, 9, f"=ROUND(H{line}-I{line},2)", lost, points=2,
        label=Text("Marge perdue", "Margin lost"),
        explanation=Text("Marge de chaque action x coupe de sa priorité.",
                         "Margin of each action x cut of its priority."),
    )  # fmt: skip
    for col, name, formula in (
        (12, "roi", quotient(f"ROUND(H{line}-K{line},2)", f"K{line}")),
        (13, "roi_after", quotient(f"ROUND(I{line}-L{line},2)", f"L{line}")),
    ):
        ref = desk.calc(sheet, _TOTAL, col, f"={formula}", "percent", "total")
        desk.cells[f"whatif.{name}"] = ref


def _chart(desk: Desk, sheet: TemplateSheet) -> None:
    from xlcrm.templates.style import SERIES

    chart = desk.book.chart("column", Text("Coût avant et après la coupe", "Cost before and after"))
    for offset, label in ((3, _HEADS[2]), (5, _HEADS[4])):
        chart.add_series(
            {
                "name": desk.book.t(label),
                "categories": [sheet.name, _FIRST, 1, _TOTAL - 1, 1],
                "values": [sheet.name, _FIRST, offset, _TOTAL - 1, offset],
                "fill": {"color": SERIES[0 if offset == 3 else 1]},
                "gap": 80,
            }
        )
    sheet.place(_TOTAL + 4, 1, chart, 820, 320)
