"""The one-page summary of the marketing budget: figures, alerts, charts."""

from __future__ import annotations

from typing import Any

from xlcrm.budget.marketing import MONTHS
from xlcrm.templates.builder import TemplateSheet, Words
from xlcrm.templates.formulas import Ref
from xlcrm.templates.marketing.desk import HEAD, OVERALL, Desk, quotient
from xlcrm.templates.marketing.statuses import status_look
from xlcrm.templates.style import PALE, SERIES, CellKind
from xlcrm.texts import Text

WIDTHS = [2, 23, 14, 23, 14, 23, 14, 23, 14, 2]
ALERTS = 5
_TILES = 4
_VARIANCE = Text("Écart au prévu des mêmes éléments", "Variance of the same elements")


def write_summary(desk: Desk) -> None:
    """Twelve figures, the alerts with their correction, four charts: one A4 page."""
    sheet = desk.sheets["summary"]
    _figures(desk, sheet)
    _alerts(desk, sheet, 10)
    _charts(desk, sheet, 18)
    sheet.status(desk.book.t(OVERALL), 8)


def _figures(desk: Desk, sheet: TemplateSheet) -> None:
    total, net = desk["sum.total"], desk["sum.net"]
    green = f"ROUND(SUMPRODUCT({desk.col('green')}*{desk.col('total')}),2)"
    csr = quotient(green, str(total))
    figures: list[tuple[Words, str, CellKind]] = [
        (Text("Coût total", "Total cost"), f"={total}", "money"),
        (Text("Partenaires", "Partners"), f"={desk['sum.partner']}", "money"),
        (Text("Coût net", "Net cost"), f"={net}", "money"),
        (Text("Part RSE", "CSR share"), f"={csr}", "percent"),
        (Text("Engagé", "Committed"), f"={desk['sum.committed']}", "money"),
        (Text("Réalisé", "Actual"), f"={desk['tracking.5']}", "money"),
        (_VARIANCE, f"={desk['tracking.7']}", "money"),
        (Text("Écart %", "Variance %"), f"={desk['tracking.rate']}", "percent"),
        (Text("CA prévu", "Planned revenue"), f"={desk['plan.revenue']}", "money"),
        (Text("ROI sur marge prévu", "Planned ROI on margin"), f"={desk['plan.roi']}", "percent"),
        (Text("Coût par nouveau client", "Cost per new customer"), f"={desk['plan.cac']}",
         "money"),
        (Text("ROI sur marge réel", "Actual ROI on margin"), f"={desk['reached.roi']}", "percent"),
    ]  # fmt: skip
    for k, (label, formula, kind) in enumerate(figures):
        row, col = 3 + 2 * (k // _TILES), 1 + 2 * (k % _TILES)
        wrap = {"text_wrap": True} if label is _VARIANCE else {}
        sheet.label(row, col, label, "strong", indent=1 if col > 1 else 0, **wrap)
        ref = sheet.formula(row, col + 1, formula, kind, "result", font_size=11)
        if k == 3:
            desk.cells["csr"] = ref
    sheet.raw.set_row(5, 28)
    cell, target = desk["csr"].a1, desk["csr_target"]
    sheet.highlight(desk["csr"], f"=AND(ISNUMBER({cell}),{cell}<{target})")
    status = sheet.formula(9, 2, f"={desk['tracking.status']}", "general", "check", align="center")
    sheet.label(9, 1, Text("Statut du budget", "Status of the budget"), "strong")
    status_look(desk, sheet, status)
    below = Text("Part RSE sous l'objectif de ", "CSR share below the target of ")
    fine = Text("Part RSE conforme à l'objectif", "CSR share on target")
    wanted = f'TEXT({target},"0%")'
    formula = (
        f"=IF(ISNUMBER({cell}),IF({cell}<{target},{desk.book.q(below)}&{wanted},"
        f'{desk.book.q(fine)}),"")'
    )
    sheet.formula(9, 5, formula, "general", "label", italic=True)


def _alerts(desk: Desk, sheet: TemplateSheet, row: int) -> None:
    """The first actions in alert: where the budget is overrun, and what is done about it."""
    sheet.section(row, Text("Alertes budgétaires", "Budget alerts"), 1, 8)
    sheet.header(
        row + 1, 1,
        [Text("Action", "Action"), Text("Écart", "Variance"), Text("Cause", "Cause"),
         Text("Écart %", "Variance %"), Text("Action corrective", "Corrective action"), "", "", ""],
        18,
    )  # fmt: skip
    look = desk.book.format("header")
    sheet.raw.merge_range(row + 1, 5, row + 1, 8, desk.book.t(
        Text("Action corrective", "Corrective action")), look)  # fmt: skip
    columns: list[tuple[int, str, CellKind]] = [
        (1, "name", "general"), (2, "variance", "money"), (3, "cause", "general"),
        (4, "variance_rate", "percent"), (5, "correction", "general"),
    ]  # fmt: skip
    for k in range(1, ALERTS + 1):
        at = row + 1 + k
        place = f"MATCH({k},{desk.col('alert')},0)"
        for col, key, kind in columns:
            found = f"INDEX({desk.col(key)},{place})"
            shown = f'=IFERROR(IF({found}="","–",{found}),"")'
            more: dict[str, Any] = {"font_size": 9, **({"indent": 1} if kind == "general" else {})}
            if key == "correction":
                look = desk.book.format("formula", "general", more)
                sheet.raw.merge_range(at, col, at, 8, "", look)
            sheet.formula(at, col, shown, kind, "formula", **more)
    total = f"MAX({desk.col('alert')})"
    told = desk.book.counted(total, Text(" alerte(s) en tout", " alert(s) in all"))
    none = desk.book.q(Text("Aucune alerte : les dépassements restent sous le seuil.",
                            "No alert: every overrun is below the threshold."))  # fmt: skip
    sheet.formula(
        row + ALERTS + 2, 1, f"=IF({total}=0,{none},{told})", "general", "label",
        italic=True, font_size=9,
    )  # fmt: skip


def _charts(desk: Desk, sheet: TemplateSheet, row: int) -> None:
    book = desk.book
    monthly = book.chart("column", Text("Coût par mois et par thème", "Cost by month and theme"),
                         "stacked")  # fmt: skip
    themes = desk.rows["theme.months"]
    count = themes.last_row - themes.row + 1
    for k in range(count):
        color = "#9AA7AD" if k == count - 1 else SERIES[k % len(SERIES)]
        at = themes.row + k
        monthly.add_series(
            {"name": [themes.sheet, at, 2],
             "categories": [themes.sheet, HEAD, 3, HEAD, 2 + MONTHS],
             "values": [themes.sheet, at, themes.col, at, themes.last_col],
             "fill": {"color": color}, "gap": 60}
        )  # fmt: skip
    blank = [k for k in range(count - 1) if not desk.book.given.get(f"theme.{k + 1}")]
    monthly.set_legend({"position": "bottom", "delete_series": blank, "font": {"size": 8}})
    sheet.place(row, 1, monthly, 530, 310)
    channel = _pair(desk, "channel", "bar", Text("Prévu par canal", "Planned by channel"))
    sheet.place(row, 5, channel, 530, 310)
    cash = book.chart("line", Text("Effet cumulé sur la trésorerie", "Cumulated effect on cash"))
    cumulated = desk.rows["cash.cumulated"]
    heads = 5
    cash.add_series(
        {"name": book.t(Text("Effet cumulé", "Cumulated effect")),
         "categories": [cumulated.sheet, heads, cumulated.col, heads, cumulated.last_col],
         "values": _span(cumulated), "line": {"color": SERIES[0], "width": 2.25}}
    )  # fmt: skip
    cash.set_legend({"none": True})
    sheet.place(row + 16, 1, cash, 530, 250)
    theme = _pair(desk, "theme", "column", Text("Prévu comparé et réalisé", "Plan and actual"))
    sheet.place(row + 16, 5, theme, 530, 250)
    sheet.last_row, sheet.last_col = row + 29, 9


def _pair(desk: Desk, name: str, kind: str, title: Text) -> Any:
    """Planned by channel, or plan and actual by theme."""
    book = desk.book
    chart = book.chart(kind, title)
    labels = desk.rows[f"{name}.labels"]
    series = ["planned"] if kind == "bar" else ["against", "actual"]
    words = {"planned": Text("Prévu", "Planned"), "against": Text("Prévu comparé", "Plan compared"),
             "actual": Text("Réalisé", "Actual")}  # fmt: skip
    for k, key in enumerate(series):
        chart.add_series(
            {"name": book.t(words[key]), "categories": _span(labels),
             "values": _span(desk.rows[f"{name}.{key}"]), "fill": {"color": SERIES[k]}, "gap": 50}
        )  # fmt: skip
    if kind == "bar":
        chart.set_legend({"none": True})
        small = {"size": 7}
        chart.set_y_axis({"reverse": True, "num_font": small, "interval_unit": 1})
        lines = {"visible": True, "line": {"color": PALE}}
        font = {"size": 8}
        chart.set_x_axis({"num_format": "#,##0", "num_font": font, "major_gridlines": lines,
                          "label_position": "high"})  # fmt: skip
    return chart


def _span(ref: Ref) -> list[Any]:
    return [ref.sheet, ref.row, ref.col, ref.last_row, ref.last_col]
