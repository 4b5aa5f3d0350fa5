"""The sheet Synthèse: key figures, the months, two charts, on one A4 page."""

from __future__ import annotations

from xlcrm.templates import style
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury.draft import OVERALL, Draft
from xlcrm.texts import Text

SUMMARY = Text("Synthèse", "Summary")


def write_summary(draft: Draft) -> None:
    """Key figures, the months, two charts: one portrait A4 page."""
    book = draft.book
    sheet = book.sheet(
        SUMMARY,
        "output",
        widths=[2, 14, 14, 14, 13, 13, 14, 15],
        title=Text("Synthèse de la trésorerie", "Cash summary"),
        subtitle="",
        landscape=False,
        one_page=True,
    )
    if book.mode == "plain":
        sheet.status(book.t(OVERALL))
    company = draft.cells["company"]
    sheet.formula(1, 1, f'={company}&""', "general", "subtitle")
    row = _figures(draft, sheet, 3)
    first = row + 2
    last = _months(draft, sheet, row + 1)
    _charts(draft, sheet, first, last)


def _figures(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    book = draft.book
    net, dates = draft.rows["cash.net"], draft.rows["calendar.date"]
    active = draft["months_used"]
    low = f"MIN({net})"
    shown: list[tuple[Text, str, CellKind]] = [
        (Text("Trésorerie initiale", "Opening cash"), draft.opening("cash.net"), "money"),
        (Text("Trésorerie finale", "Closing cash"), f"INDEX({net},{active})", "money"),
        (Text("Point bas", "Low point"), low, "money"),
        (
            Text("Mois du point bas", "Month of the low point"),
            f'IF(COUNT({net})=0,"",INDEX({dates},MATCH({low},{net},0)))',
            "month",
        ),
        (
            Text("Découvert maximal", "Highest overdraft"),
            f"MAX({draft.rows['cash.overdraft']})",
            "money",
        ),
        (
            Text("Agios et intérêts", "Charges and interest"),
            f"ROUND(SUM({draft.rows['cash.charges']})+SUM({draft.rows['cash.partners_interest']})"
            f"+SUM({draft.rows['cash.same']}),2)",
            "money",
        ),
        (
            Text("Apports des associés", "Partners' contributions"),
            f"SUM({draft.rows['cash.partners']})",
            "money",
        ),
        (Text("TVA décaissée", "VAT paid"), f"SUM({draft.rows['vat.paid']})", "money"),
    ]
    for k, (label, formula, kind) in enumerate(shown):
        at, col = row + 3 * (k // 4), 1 + 2 * (k % 4)
        last = col + 1 if col < 7 else col
        sheet.raw.set_row(at, 16)
        sheet.raw.set_row(at + 1, 24)
        sheet.raw.set_row(at + 2, 6)
        sheet.label(at, col, label, "header", font_size=8)
        sheet.formula(at + 1, col, f"={formula}", kind, "result", align="center", font_size=12)
        if last > col:
            head = book.format("header", "general", {"font_size": 8})
            look = book.format("result", kind, {"align": "center", "font_size": 12})
            sheet.raw.merge_range(at, col, at, last, book.t(label), head)
            sheet.raw.merge_range(at + 1, col, at + 1, last, None, look)
            sheet.raw.write_formula(at + 1, col, f"={formula}", look, "")
    return row + 6


def _months(draft: Draft, sheet: TemplateSheet, row: int) -> int:
    heads = [
        Text("Mois", "Month"), Text("Encaissements", "Receipts"), Text("Décaissements", "Payments"),
        Text("Agios et intérêts", "Charges"), Text("Apports nets", "Partners, net"),
        Text("Trésorerie nette", "Net cash"), Text("Plafond du découvert", "Overdraft limit"),
    ]  # fmt: skip
    sheet.header(row, 1, heads)
    number = draft.rows["calendar.number"]
    limit = draft["funding.limit"]
    for m in range(draft.width):
        at = row + 1 + m
        on = f"{number.at(m)}>0"

        def month(key: str, m: int = m) -> str:
            return str(draft.rows[key].at(m))

        cells = [
            month("cash.receipts"),
            month("cash.payments"),
            f"{month('cash.charges')}+{month('cash.partners_interest')}+{month('cash.same')}",
            f"{month('cash.partners')}-{month('cash.repaid')}",
            month("cash.net"),
            f"-N({limit})",
        ]
        sheet.formula(at, 1, f'=IF({on},{month("calendar.date")},"")', "month")
        for k, formula in enumerate(cells):
            role = "result" if k == 4 else "formula"
            sheet.formula(at, 2 + k, f'=IF({on},ROUND({formula},2),"")', "amount", role)  # type: ignore[arg-type]
    last = row + draft.width
    cash = Ref(sheet.name, row + 1, 6, last, 6)
    sheet.highlight(cash, f"=N({cash.at(0).a1})<0")
    return last


def _charts(draft: Draft, sheet: TemplateSheet, first: int, last: int) -> None:
    def series(col: int, color: str, line: bool = False) -> dict[str, object]:
        look = {"line": {"color": color, "width": 2, "dash_type": "dash"}} if line else {
            "fill": {"color": color}, "gap": 80}  # fmt: skip
        return {
            "name": [sheet.name, first - 1, col],
            "categories": [sheet.name, first, 1, last, 1],
            "values": [sheet.name, first, col, last, col],
            **look,
        }

    cash = draft.book.chart(
        "column", Text("Trésorerie nette et plafond du découvert", "Net cash and overdraft limit")
    )
    cash.add_series(series(6, style.PRIMARY))
    limit = draft.book.workbook.add_chart({"type": "line"})
    limit.add_series(series(7, "#B3261E", line=True))
    cash.combine(limit)
    sheet.place(last + 2, 1, cash, 700, 280)
    flows = draft.book.chart(
        "column", Text("Encaissements et décaissements", "Receipts and payments")
    )
    flows.add_series(series(2, "#2E9E5B"))
    flows.add_series(series(3, "#E08E2B"))
    sheet.place(last + 17, 1, flows, 700, 280)
