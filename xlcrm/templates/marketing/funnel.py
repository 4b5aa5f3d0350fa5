"""The funnel of each action, planned and actual: contacts, leads, sales, margin, what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlcrm.budget.marketing_results import Funnel, actual_funnel, add_funnels, planned_funnel
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import (
    FIRST,
    HEAD,
    OVERALL,
    Desk,
    money_used,
    quotient,
    typed_faults,
)
from xlcrm.templates.marketing.inputs import FUNNEL, REACHED
from xlcrm.templates.style import CellKind
from xlcrm.texts import Text

_RATIOS: tuple[tuple[str, Text, CellKind, Text], ...] = (
    ("roi", Text("ROI sur marge", "ROI on margin"), "percent",
     Text("(marge - coût net) / coût net.", "(margin - net cost) / net cost.")),
    ("revenue_roi", Text("ROI sur CA (indicatif)", "ROI on revenue (indicative)"), "percent",
     Text("(CA - coût net) / coût net : ce n'est pas un gain.",
          "(revenue - net cost) / net cost: this is no gain.")),
    ("roas", Text("ROAS", "ROAS"), "number",
     Text("CA / coût externe.", "Revenue / external cost.")),
    ("cpl", Text("Coût par prospect", "Cost per lead"), "amount",
     Text("Coût net / prospects.", "Net cost / leads.")),
    ("cpa", Text("Coût par vente", "Cost per sale"), "amount",
     Text("Coût net / ventes.", "Net cost / sales.")),
    ("cac", Text("Coût par nouveau client", "Cost per new customer"), "amount",
     Text("Coût net / nouveaux clients.", "Net cost / new customers.")),
    ("break_even", Text("Ventes au seuil", "Break-even sales"), "integer",
     Text("Coût net / marge d'une vente, arrondi à la vente au-dessus.",
          "Net cost / margin of a sale, rounded up.")),
)  # fmt: skip
_COUNTS = {"contacts": 3, "leads": 4, "sales": 5, "new": 6}
_ASKED = ("roi", "cpl", "cpa", "cac", "break_even")
PLANNED_WIDTHS = [2, 5, 32, *[f.width for f in FUNNEL], 12, 12, 12, *[11] * len(_RATIOS)]
ACTUAL_WIDTHS = [2, 5, 32, *[f.width for f in REACHED], 12, 12, 12, *[11] * len(_RATIOS), 11]
_MONEY = (Text("CA HT", "Revenue"), Text("Marge", "Margin"), Text("Coût net", "Net cost"))
_SPEND = Text("Coût externe", "External cost")


def place_funnel(desk: Desk) -> None:
    """Where revenue and margin will stand, for the sheets that are written before."""
    name = desk.tabs["funnel"]
    for key, col in (("revenue", 9), ("margin", 10), ("f_cost", 11)):
        desk.columns[key] = Ref(name, FIRST, col, desk.last, col)


def write_funnel(desk: Desk) -> None:
    """The planned funnel: counts and basket are typed, the rest follows."""
    sheet = desk.sheets["funnel"]
    desk.names(sheet)
    sheet.section(HEAD - 1, Text("Prévisions", "Forecast"), 3, 8)
    sheet.section(HEAD - 1, Text("Rentabilité", "Profitability"), 9, 18)
    sheet.header(
        HEAD, 3, [*(f.label for f in FUNNEL), *_MONEY, *(label for _, label, *_ in _RATIOS)]
    )
    desk.fields(sheet, 3, FUNNEL)
    if not desk.student:
        sales, basket = money_used(desk.here("sales")), money_used(desk.here("basket"))
        desk.down(sheet, 9, "revenue", f"=ROUND({sales}*{basket},2)")
        desk.down(sheet, 10, "margin", f"=ROUND({desk.here('revenue')}*{desk.here('rate')},2)")
        desk.down(sheet, 11, "f_cost", f"={desk.here('net')}")
    total = add_funnels([planned_funnel(a, desk.plan) for a in desk.plan.actions])
    _table(desk, sheet, "plan", 9, total)
    _rates(desk, sheet, [3, 4, 5], "plan")
    _typed(sheet, desk, len(FUNNEL), Text("Entonnoir prévu", "Planned funnel"))
    sheet.status(desk.book.t(OVERALL), 18)


def write_reached(desk: Desk) -> None:
    """The funnel that was reached; what an action really cost goes against its margin."""
    sheet = desk.sheets["reached"]
    desk.names(sheet)
    sheet.section(HEAD - 1, Text("Résultats", "Results"), 3, 7)
    sheet.section(HEAD - 1, Text("Rentabilité réelle", "Actual profitability"), 8, 18)
    heads = [
        *(f.label for f in REACHED),
        _MONEY[1],
        Text("Coût net réel", "Actual net cost"),
        _SPEND,
    ]
    heads += [*(label for _, label, *_ in _RATIOS), Text("CA / prévu", "Revenue / plan")]
    sheet.header(HEAD, 3, heads)
    desk.fields(sheet, 3, REACHED)
    if not desk.student:
        revenue = desk.here("turnover")
        begun = f"{desk.here('begun')}=1"
        desk.down(sheet, 8, "r_margin", f"=ROUND({revenue}*{desk.here('rate')},2)")
        actual, hours = desk.here("actual"), desk.here("actual_hours")
        spend = f'IF({actual}="",{desk.here("ext")},ROUND({money_used(actual)},2))'
        internal = (
            f'IF({hours}="",{desk.here("internal")},'
            f"ROUND({money_used(hours)}*{desk.here('hour')},2))"
        )
        cost = f"ROUND({spend}+{internal}-{desk.here('part')},2)"
        desk.down(sheet, 9, "r_cost", f"=IF({begun},{cost},0)")
        desk.down(sheet, 10, "r_spend", f"=IF({begun},{spend},0)")
        share = quotient(revenue, desk.here("revenue"))
        desk.down(sheet, 18, "r_share", f'=IF({begun},{share},"")', "percent")
    total = add_funnels([actual_funnel(a, desk.plan) for a in desk.plan.actions])
    _table(desk, sheet, "reached", 7, total)
    _rates(desk, sheet, [3, 4, 5], "reached")
    _typed(sheet, desk, len(REACHED), Text("Entonnoir réalisé", "Actual funnel"))
    sheet.status(desk.book.t(OVERALL), 18)


def _table(desk: Desk, sheet: TemplateSheet, name: str, money: int, total: Funnel) -> None:
    """The ratios of each row, then the totals. `money` is the column of the revenue; margin and
    net cost follow it, and the external cost of what was reached."""
    cols = {**_COUNTS, "revenue": money, "margin": money + 1, "cost": money + 2}
    if name == "reached":
        cols["spend"] = money + 3
    first = max(cols.values()) + 1
    for row in range(FIRST, desk.total):
        if not desk.student:
            _ratio_row(desk, sheet, row, first, _row_cells(desk, cols, row, name))
        else:
            for offset in range(len(_RATIOS)):
                desk.calc(sheet, row, first + offset, "")
    for offset, (key, *_) in enumerate(_RATIOS):
        col = first + offset
        desk.columns[f"{name}.{key}"] = Ref(sheet.name, FIRST, col, desk.last, col)
    sheet.label(desk.total, 2, Text("Total", "Total"), "total")
    for key, col in _COUNTS.items():
        desk.cells[f"{name}.{key}"] = desk.calc(
            sheet, desk.total, col, desk.positive_sum(col), "integer", "total"
        )
    _money_totals(desk, sheet, cols, total, name)
    at = {key: f"{column_letter(col)}{desk.total + 1}" for key, col in cols.items()}
    at.setdefault("spend", str(desk["sum.external"]))
    _ratio_row(desk, sheet, desk.total, first, at, total, name)


def _row_cells(desk: Desk, cols: dict[str, int], row: int, name: str) -> dict[str, str]:
    """What the ratios of one action are made of, as the formulas use it."""
    at = {key: f"{column_letter(col)}{row + 1}" for key, col in cols.items()}
    at |= {key: money_used(at[key]) for key in _COUNTS}
    if name == "reached":
        at["revenue"] = desk.here("turnover").replace("{r}", str(row + 1))
    else:
        at["spend"] = desk.here("ext").replace("{r}", str(row + 1))
    return at


def _money_totals(
    desk: Desk, sheet: TemplateSheet, cols: dict[str, int], total: Funnel, name: str
) -> None:
    for key in ("revenue", "margin", "cost", "spend"):
        if key not in cols:
            continue
        col = cols[key]
        if name == "plan" and key in ("revenue", "margin"):
            label = {"revenue": Text("CA prévu", "Planned revenue"),
                     "margin": Text("Marge prévue", "Planned margin")}[key]  # fmt: skip
            how = Text("Ventes x panier ; marge = CA x taux de marge.",
                       "Sales x basket; margin = revenue x margin rate.")  # fmt: skip
            ref = desk.asked(
                sheet, desk.total, col, desk.sum_of(col), getattr(total, key), label=label,
                explanation=how, points=2,
            )  # fmt: skip
        elif name == "reached" and key == "revenue" and not desk.student:
            formula = f"=ROUND(SUM({desk.col('turnover')}),2)"
            ref = desk.calc(sheet, desk.total, col, formula, "amount", "total")
        else:
            ref = desk.sum_down(sheet, col)
        desk.cells[f"{name}.{key}"] = ref


def _ratio_row(
    desk: Desk,
    sheet: TemplateSheet,
    row: int,
    first: int,
    at: dict[str, str],
    total: Funnel | None = None,
    name: str = "",
) -> None:
    unit = f"{at['margin']}/{at['sales']}"
    needed = f"MAX(0,ROUNDUP(ROUND({at['cost']}/({unit}),6),0))"
    given = "+".join(at[key] for key in ("contacts", "leads", "sales", "revenue"))
    returns = {
        "roi": quotient(f"ROUND({at['margin']}-{at['cost']},2)", at["cost"]),
        "revenue_roi": quotient(f"ROUND({at['revenue']}-{at['cost']},2)", at["cost"]),
        "roas": quotient(at["revenue"], at["spend"]),
    }
    formulas = {
        **{key: f'IF({given}>0,{formula},"")' for key, formula in returns.items()},
        "cpl": quotient(at["cost"], at["leads"]),
        "cpa": quotient(at["cost"], at["sales"]),
        "cac": quotient(at["cost"], at["new"]),
        "break_even": f'IF(AND(N({at["sales"]})>0,{at["margin"]}>0),{needed},"")',
    }
    for offset, (key, label, kind, how) in enumerate(_RATIOS):
        col, formula = first + offset, f"={formulas[key]}"
        value = getattr(total, key) if total else None
        if total and name == "plan" and key in _ASKED and value is not None:
            more: dict[str, Any] = {"label": label, "explanation": how, "points": 2}
            more["tolerance"] = 0.0005 if kind == "percent" else 0.01 if kind == "amount" else 0
            ref = desk.asked(sheet, row, col, formula, value, kind, **more)
        else:
            ref = desk.calc(sheet, row, col, formula, kind, "total" if total else "formula")
        if total:
            desk.cells[f"{name}.{key}"] = ref


def _typed(sheet: TemplateSheet, desk: Desk, count: int, label: Text) -> None:
    """What is wrong in the typed cells, under the table."""
    cells = f"D{FIRST + 1}:{column_letter(2 + count)}{desk.total}"
    sheet.checks(desk.total + 2, 2, typed_faults(cells), label, bold=False, font_size=9)


def _rates(desk: Desk, sheet: TemplateSheet, cols: Sequence[int], name: str) -> None:
    """The conversion of each step, under the totals."""
    row, line = desk.total + 1, desk.total + 1
    sheet.label(row, 2, Text("Taux de transformation", "Conversion rate"), "note")
    for before, after in pairwise(cols):
        upper, lower = column_letter(after), column_letter(before)
        formula = f"={quotient(f'{upper}{line}', f'{lower}{line}')}"
        ref = desk.calc(sheet, row, after, formula, "percent")
        desk.cells[f"{name}.rate.{after}"] = ref
