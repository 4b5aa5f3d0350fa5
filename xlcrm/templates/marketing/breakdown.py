"""The budget by theme, channel, segment and owner: plan, partners, net, actual, variance."""

from __future__ import annotations

from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import OVERALL, Desk
from xlcrm.templates.marketing.monthly import OTHERS
from xlcrm.templates.marketing.statuses import status_formula, status_look
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

WIDTHS = [2, 30, 9, 13, 13, 13, 10, 13, 13, 13, 12, 10, 16, 2]
TABLES = {
    "theme": (Text("Par thème", "By theme"), Text("Thème", "Theme")),
    "channel": (Text("Par canal", "By channel"), Text("Canal", "Channel")),
    "segment": (Text("Par segment ou persona", "By segment or persona"),
                Text("Segment ou persona", "Segment or persona")),
    "owner": (Text("Par responsable", "By owner"), Text("Responsable", "Owner")),
}  # fmt: skip
_HEADS = (
    Text("Actions", "Actions"),
    Text("Prévu", "Planned"),
    Text("Partenaires", "Partners"),
    Text("Net", "Net"),
    Text("Part", "Share"),
    Text("Engagé", "Committed"),
    Text("Prévu comparé", "Plan compared"),
    Text("Réalisé", "Actual"),
    Text("Écart", "Variance"),
    Text("Écart %", "Variance %"),
    Text("Statut", "Status"),
)
# Column of the sheet -> the field of the workings that it sums.
_SUMS = {2: "used", 3: "total", 4: "part", 5: "net", 7: "signed", 8: "against", 9: "spent"}


def write_breakdown(desk: Desk) -> None:
    """Four tables of the same shape, one under the other."""
    sheet = desk.sheets["breakdown"]
    row = 3
    for name, (title, head) in TABLES.items():
        row = _table(desk, sheet, row, name, title, head) + 1
    if not desk.student:
        sums = [desk[f"{name}.total"] for name in TABLES]
        wrong = "+".join(f"ABS({cell}-{desk['sum.total']})" for cell in sums)
        sheet.check(
            row, 1, f"{wrong}<0.02",
            Text("Une répartition ne fait pas le coût total.",
                 "A breakdown does not make the total cost."),
            Text("Répartitions = coût total", "Breakdowns = total cost"),
        )  # fmt: skip
    sheet.status(desk.book.t(OVERALL), 12)


def _table(desk: Desk, sheet: TemplateSheet, row: int, name: str, title: Text, head: Text) -> int:
    sheet.section(row, title, 1, 12)
    sheet.header(row + 1, 1, [head, *_HEADS], 30)
    words = desk[f"list.{name}"].cells()
    first, rest = row + 2, row + 2 + len(words)
    total = rest + 1
    for k, word in enumerate(words):
        sheet.formula(first + k, 1, f'=IF({word}="","",{word})', "general")
        matches = f"({desk.col(name)}=$B{first + k + 1})"
        for col, key in _SUMS.items():
            value = "0" if desk.student else f"SUMPRODUCT({matches}*{desk.col(key)})"
            if key != "used":
                value = f"ROUND({value},2)"
            _cell(desk, sheet, first + k, col, f'=IF($B{first + k + 1}="",0,{value})')
    sheet.label(rest, 1, OTHERS)
    sheet.label(total, 1, Text("Total", "Total"), "total")
    for col, key in _SUMS.items():
        letter = column_letter(col)
        whole = "0" if desk.student else f"SUM({desk.col(key)})"
        _cell(desk, sheet, total, col, f"=ROUND({whole},2)", total=True)
        listed = f"SUM({letter}{first + 1}:{letter}{rest})"
        _cell(desk, sheet, rest, col, f"=ROUND({letter}{total + 1}-{listed},2)")
    for at in range(first, total + 1):
        _ratios(desk, sheet, at, total)
    desk.fade(sheet, first, rest, 1, 12)
    desk.cells[f"{name}.total"] = Ref(sheet.name, total, 3)
    for key, col in (("labels", 1), ("planned", 3), ("against", 8), ("actual", 9)):
        desk.rows[f"{name}.{key}"] = Ref(sheet.name, first, col, rest, col)
    desk.cells[f"{name}.variance"] = Ref(sheet.name, total, 10)
    return total + 1


def _cell(
    desk: Desk, sheet: TemplateSheet, row: int, col: int, formula: str, total: bool = False
) -> None:
    kind: CellKind = "integer" if col == 2 else "amount"
    desk.calc(sheet, row, col, formula, kind, "total" if total else "formula")


def _ratios(desk: Desk, sheet: TemplateSheet, row: int, total: int) -> None:
    line, role = row + 1, "total" if row == total else "formula"
    known = f"N(I{line})+N(J{line})<>0"
    share = f'=IF(N($D${total + 1})>0,D{line}/$D${total + 1},"")'
    desk.calc(sheet, row, 6, share, "percent", role)  # type: ignore[arg-type]
    variance = f'=IF({known},ROUND(J{line}-I{line},2),"")'
    desk.calc(sheet, row, 10, variance, "amount", role)  # type: ignore[arg-type]
    rate = f'=IF({known},IF(I{line}>0,ROUND(K{line}/I{line},6),""),"")'
    desk.calc(sheet, row, 11, rate, "percent", role)  # type: ignore[arg-type]
    status = f'=IF({known},{status_formula(desk, f"K{line}", f"L{line}")},"")'
    ref = desk.calc(sheet, row, 12, status, "general", role, align="center")  # type: ignore[arg-type]
    status_look(desk, sheet, ref)
