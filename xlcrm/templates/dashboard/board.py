"""The dashboard itself: one A4 page with indicators, alerts and charts."""

from __future__ import annotations

from xlcrm.templates.dashboard.kpis import STATUS
from xlcrm.templates.dashboard.model import KPIS, MONTHS
from xlcrm.templates.form import Kit, Page
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import PALE, SERIES, CellKind
from xlcrm.texts import Text

_WIDTHS = [2, 30, 13, 13, 11, 14, 13, 46, 2]


def make_board(kit: Kit) -> Page:
    """The sheet, before those it reads: it is the first that a manager opens."""
    return kit.page(
        Text("Tableau de bord", "Dashboard"), "output",
        title=Text("Tableau de bord", "Dashboard"),
        subtitle=Text("Relation client : une page à imprimer.",
                      "Customer relations: one page to print."),
        about=Text("Indicateurs, alertes, réponses prévues, graphiques : une page A4.",
                   "Indicators, alerts, prepared answers, charts: one A4 page."),
        widths=_WIDTHS, check=8,
    )  # fmt: skip


def write_board(kit: Kit, page: Page) -> None:
    """Eight indicators with status, trend and what to do; four charts.

    In a student's copy it stays empty: it would show the answers.
    """
    if kit.student:
        page.note(Text("Cette page se remplit dans la copie du formateur.",
                       "This page is filled in in the teacher's copy."))  # fmt: skip
        return
    sheet, book = page.sheet, page.book
    sheet.header(4, 1, [Text("Indicateur", "Indicator"), Text("Cible", "Target"),
                        Text("Réalisé", "Actual"), Text("Atteinte", "Achieved"),
                        Text("Statut", "Status"), Text("Tendance", "Trend"),
                        Text("À faire", "To do")], 20)  # fmt: skip
    columns: list[tuple[str, CellKind]] = [
        ("kpi", "text"), ("target", "number"), ("actual", "number"), ("achieved", "percent"),
        ("status", "general"), ("trend", "general"), ("todo", "text"),
    ]  # fmt: skip
    for k in range(len(KPIS)):
        row = 5 + k
        for c, (key, kind) in enumerate(columns):
            cell = str(kit.cells[f"auto.{key}"].at(k))
            if key == "target" and k == 0:
                cell = f'IF({cell}="",{kit.cells["target_to_date"]},{cell})'
            align = "center" if key in ("status", "trend") else "general"
            sheet.formula(row, 1 + c, f'=IF({cell}="","",{cell})', kind, align=align)
    status = Ref(sheet.name, 5, 5, 4 + len(KPIS), 5)
    first = "F6"
    sheet.highlight(status, f"={first}={book.q(STATUS['red'])}")
    sheet.highlight(status, f"={first}={book.q(STATUS['good'])}", good=True)
    amber = book.workbook.add_format({"bg_color": "#FDF0D5", "font_color": "#8A5A00"})
    rule = {"type": "formula", "criteria": f"={first}={book.q(STATUS['amber'])}", "format": amber}
    sheet.raw.conditional_format(status.row, status.col, status.last_row, status.last_col, rule)
    _alerts(kit, page)
    _charts(kit, page)


def _alerts(kit: Kit, page: Page) -> None:
    """How many indicators are in alert, those of the user included."""
    sheet, book = page.sheet, page.book
    red = book.q(STATUS["red"])
    count = "+".join(f"COUNTIF({kit.cells[f'{g}.status']},{red})" for g in ("auto", "free"))
    words = book.q(Text(" indicateur(s) en alerte", " indicator(s) in alert"))
    none = book.q(Text("Aucun indicateur en alerte", "No indicator in alert"))
    row = 6 + len(KPIS)
    ref = sheet.formula(
        row, 1, f"=IF({count}=0,{none},({count})&{words})", "general", "label", bold=True
    )
    sheet.highlight(ref, f"={ref.a1}<>{none}")
    sheet.highlight(ref, f"={ref.a1}={none}", good=True)


def _charts(kit: Kit, page: Page) -> None:
    sheet, book = page.sheet, page.book
    top = 8 + len(KPIS)
    sales = book.chart("column", Text("CA et objectif", "Sales and target"))
    months = kit.cells["sales.month"]
    for key, color, label in (
        ("actual", SERIES[0], Text("CA réalisé", "Actual sales")),
        ("target", SERIES[1], Text("Objectif", "Target")),
    ):
        sales.add_series(
            {"name": book.t(label), "categories": _span(months),
             "values": _span(kit.cells[f"sales.{key}"]), "fill": {"color": color}, "gap": 60}
        )  # fmt: skip
    sales.set_x_axis({"date_axis": False, "text_axis": True, "num_font": {"size": 8},
                      "num_format": "mmm yy"})  # fmt: skip
    sheet.place(top, 1, sales, 500, 250)
    nps = book.chart("bar", Text("NPS par segment", "NPS by segment"))
    nps.add_series(
        {"name": "NPS", "categories": _span(kit.cells["survey.segment"], 4),
         "values": _span(kit.cells["survey.nps"], 4), "fill": {"color": SERIES[2]}, "gap": 60,
         "data_labels": {"value": True, "num_format": "0"}}
    )  # fmt: skip
    nps.set_legend({"none": True})
    nps.set_y_axis({"reverse": True, "num_font": {"size": 8}, "label_position": "low"})
    nps.set_x_axis({"label_position": "high", "num_format": "0", "num_font": {"size": 8},
                    "major_gridlines": {"visible": True, "line": {"color": PALE}}})  # fmt: skip
    sheet.place(top, 5, nps, 500, 250)
    clients = book.chart("column", Text("Clients à la fin du mois", "Customers at the month end"))
    # A column, since a line would fall to 0 in the months to come.
    clients.add_series(
        {"name": book.t(Text("Clients", "Customers")), "categories": _span(months),
         "values": _span(kit.cells["sales.clients"]), "fill": {"color": SERIES[3]}, "gap": 60}
    )  # fmt: skip
    clients.set_legend({"none": True})
    clients.set_x_axis({"text_axis": True, "num_font": {"size": 8}, "num_format": "mmm yy"})
    sheet.place(top + 13, 1, clients, 500, 240)
    reasons = book.chart("bar", Text("Motifs d'insatisfaction", "Reasons of dissatisfaction"))
    reasons.add_series(
        {"name": book.t(Text("Citations", "Mentions")),
         "categories": _span(kit.cells["reasons.reason"], 5),
         "values": _span(kit.cells["reasons.count"], 5), "fill": {"color": SERIES[1]}, "gap": 60}
    )  # fmt: skip
    reasons.set_legend({"none": True})
    reasons.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    reasons.set_x_axis({"label_position": "high", "num_format": "0", "num_font": {"size": 8},
                        "major_gridlines": {"visible": True, "line": {"color": PALE}}})  # fmt: skip
    sheet.place(top + 13, 5, reasons, 500, 240)
    sheet.last_row, sheet.last_col = top + 25, 8
    assert months.last_row - months.row == MONTHS - 1


def _span(ref: Ref, most: int = 0) -> list[object]:
    """The cells of a column, or the first few of them."""
    last = ref.row + most - 1 if most else ref.last_row
    return [ref.sheet, ref.row, ref.col, last, ref.last_col]
