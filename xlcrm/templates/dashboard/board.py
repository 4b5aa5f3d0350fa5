"""The dashboard itself: one A4 page with indicators, alerts and charts."""

from __future__ import annotations

from typing import Any

from xlcrm.templates.dashboard.kpis import STATUS, sales_goal
from xlcrm.templates.dashboard.model import IN_POINTS, KPIS, REASONS, SEGMENTS
from xlcrm.templates.form import Kit, Page
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import MONTHS_IN, PALE, SERIES, CellKind
from xlcrm.texts import Text

_OWN = 4  # of the user's own indicators, the first ones stand on the page
_LINES = len(KPIS) + _OWN
_WIDTHS = [2, 44, 12, 12, 11, 14, 12, 46, 2]


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
    """Indicators with status, trend and what to do, the user's own after the eight; four charts.

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
    for k in range(_LINES):
        row, own = 5 + k, k - len(KPIS)
        group, at = ("auto", k) if own < 0 else ("free", own)
        for c, (key, kind) in enumerate(columns):
            cell = str(kit.cells[f"{group}.{key}"].at(at))
            if key == "target" and k == 0:
                goal = sales_goal(cell, str(kit.cells["sales.actual"]))
                cell = f'IF({cell}="",{kit.cells["target_to_date"]},{goal})'
            if key == "achieved" and own < 0 and KPIS[k] in IN_POINTS:
                kind = "points"
            align = "center" if key in ("status", "trend") else "general"
            sheet.formula(row, 1 + c, f'=IF({cell}="","",{cell})', kind, align=align)
    status = Ref(sheet.name, 5, 5, 4 + _LINES, 5)
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
    told = book.counted(count, Text(" indicateur(s) en alerte", " indicator(s) in alert"))
    none = book.q(Text("Aucun indicateur en alerte", "No indicator in alert"))
    row = 6 + _LINES
    ref = sheet.formula(
        row,
        1,
        f"=IF({count}=0,{none},{told})",
        "general",
        "label",
        bold=True,
    )
    sheet.highlight(ref, f"={ref.a1}<>{none}")
    sheet.highlight(ref, f"={ref.a1}={none}", good=True)


def _charts(kit: Kit, page: Page) -> None:
    """Sales and customers by month at the left, satisfaction at the right."""
    sheet, top = page.sheet, 8 + _LINES
    sheet.place(top, 1, _sales(kit), 550, 250)
    reasons = Text("Motifs d'insatisfaction", "Reasons of dissatisfaction")
    nps = _bars(kit, "survey.segment", "survey.nps", SEGMENTS, SERIES[2],
                Text("NPS par segment", "NPS by segment"))  # fmt: skip
    sheet.place(top, 5, nps, 500, 250)
    sheet.place(top + 13, 1, _clients(kit), 550, 240)
    bars = _bars(kit, "reasons.reason", "reasons.count", REASONS, SERIES[1], reasons)
    sheet.place(top + 13, 5, bars, 500, 240)
    sheet.last_row, sheet.last_col = top + 25, 8


def _sales(kit: Kit) -> Any:
    chart = kit.book.chart("column", Text("CA et objectif", "Sales and target"))
    for key, color, label in (
        ("actual", SERIES[0], Text("CA réalisé", "Actual sales")),
        ("target", SERIES[1], Text("Objectif", "Target")),
    ):
        chart.add_series(
            {"name": kit.book.t(label), "categories": _span(kit.cells["sales.month"]),
             "values": _span(kit.cells[f"sales.{key}"]), "fill": {"color": color}, "gap": 60}
        )  # fmt: skip
    chart.set_x_axis(_months(kit))
    return chart


def _clients(kit: Kit) -> Any:
    """Columns, since a line would fall to 0 in the months to come."""
    title = Text("Clients à la fin du mois", "Customers at the month end")
    chart = kit.book.chart("column", title)
    chart.add_series(
        {"name": kit.book.t(title), "categories": _span(kit.cells["sales.month"]),
         "values": _span(kit.cells["sales.clients"]), "fill": {"color": SERIES[3]}, "gap": 60}
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_x_axis(_months(kit))
    chart.set_y_axis({"min": 0, "num_format": "#,##0", "num_font": {"size": 8}, "line": {"none": True},
                      "major_gridlines": {"visible": True, "line": {"color": PALE}}})  # fmt: skip
    return chart


def _bars(kit: Kit, names: str, values: str, size: int, color: str, title: Text) -> Any:
    """The filled rows of a grid as bars, from the top down; of an empty grid, all of them."""
    given = (kit.book.given.get(f"{names}.{k}") for k in range(1, size + 1))
    most = sum(value is not None for value in given) or size
    chart = kit.book.chart("bar", title)
    chart.add_series(
        {"name": kit.book.t(title), "categories": _span(kit.cells[names], most),
         "values": _span(kit.cells[values], most), "fill": {"color": color}, "gap": 60,
         "data_labels": {"value": True, "num_format": "0"}}
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "label_position": "low"})
    chart.set_x_axis({"label_position": "high", "num_format": "0", "num_font": {"size": 8},
                      "major_gridlines": {"visible": True, "line": {"color": PALE}}})  # fmt: skip
    return chart


def _span(ref: Ref, most: int = 0) -> list[object]:
    """The cells of a column, or the first few of them."""
    last = ref.row + most - 1 if most else ref.last_row
    return [ref.sheet, ref.row, ref.col, last, ref.last_col]


def _months(kit: Kit) -> dict[str, Any]:
    months = kit.book.t(MONTHS_IN) + "mmm yy"
    return {"text_axis": True, "num_font": {"size": 8}, "num_format": months}
