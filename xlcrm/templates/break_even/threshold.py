"""The sheet Seuil: costs split into variable and fixed, statement, threshold, chart."""

from __future__ import annotations

from xlcrm.templates.break_even.model import COSTS, POINTS
from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.texts import Text


def write_threshold(kit: Kit) -> Page:
    """Costs, differential statement and what follows from it."""
    page = kit.page(
        Text("Seuil", "Break-even"), "input",
        title=Text("Seuil de rentabilité", "Break-even"),
        subtitle=Text("Compte de résultat différentiel, point mort, sécurité.",
                      "Differential income statement, dead point, safety."),
        about=Text("Charges variables et fixes, seuil, point mort, marge de sécurité, levier.",
                   "Variable and fixed costs, break-even, dead point, margin of safety, leverage."),
        widths=[2, 38, 28, 15, 15, 15, 15, 46], check=7,
    )  # fmt: skip
    page.section(Text("Activité de l'année", "Activity of the year"))
    page.entry("sales", Text("Chiffre d'affaires HT", "Sales before VAT"), "money", ABOVE)
    page.entry("days", Text("Jours d'activité dans l'année", "Days of activity in the year"),
               "integer", Rule(least=1, most=366),
               unit=Text("365 : date au calendrier ; 360 ou moins : mois de 30 jours",
                         "365: date on the calendar; 360 or fewer: months of 30 days"))  # fmt: skip
    page.entry("start", Text("Début de l'exercice", "First day of the year"), "date")
    page.entry("target", Text("Résultat visé", "Target profit"), "money", OPTIONAL)
    page.section(Text("Charges de l'année", "Costs of the year"))
    write_grid(
        page, "costs",
        [
            Col("label", Text("Charge", "Cost"), "text", rule=REQUIRED),
            Col("amount", Text("Montant", "Amount"), "amount", total=True),
            Col("variable", Text("Part variable", "Variable part"), "percent", rule=Rule(most=1)),
            Col("part", Text("Charges variables", "Variable costs"), "amount",
                "ROUND([amount]*[variable],2)", asked=_ASKED["part"], total=True),
            Col("rest", Text("Charges fixes", "Fixed costs"), "amount",
                "ROUND(ROUND([amount],2)-[part],2)", asked=_ASKED["rest"], total=True),
        ],
        COSTS, what=Text("Charges", "Costs"), least_rows=1, totals=Text("Total", "Total"),
    )  # fmt: skip
    page.section(Text("Seuil et sécurité", "Break-even and safety"))
    first = page.at
    _results(page)
    if not kit.student:
        _chart(kit, page, first)
    return page


def _results(page: Page) -> None:
    variable, fixed = "[costs.part.total]", "[costs.rest.total]"
    reached = 'IF([threshold]="",FALSE,[threshold]<=[sales])'
    nth = "MAX(1,ROUNDUP([threshold]/[sales]*360-0.000000001,0))"
    months = f"INT(({nth}-1)/30)"
    day = f"MIN(EDATE([start],{months})+{nth}-30*{months}-1,EDATE([start],{months}+1)-1)"
    true_day = "MAX(1,ROUNDUP([threshold]/[sales]*[days]-0.000000001,0))"
    day = f"IF([days]>=365,[start]+{true_day}-1,{day})"
    known = '[threshold]=""'
    rows: list[tuple[str, Text, str, CellKind, CellRole]] = [
        ("margin", Text("Marge sur coût variable", "Margin on variable costs"),
         f"ROUND(ROUND([sales],2)-{variable},2)", "money", "formula"),
        ("margin_rate", Text("Taux de marge sur coût variable", "Margin rate"),
         "[margin]/ROUND([sales],2)", "rate", "formula"),
        ("profit", Text("Résultat", "Profit"), f"ROUND([margin]-{fixed},2)", "money", "total"),
        ("threshold", Text("Seuil de rentabilité", "Break-even"),
         f'IF([margin]<=0,"",ROUND({fixed}*ROUND([sales],2)/[margin],2))', "money", "result"),
        ("dead_point", Text("Point mort (jours d'activité)", "Dead point (days of activity)"),
         f'IF({reached},ROUND([threshold]/[sales]*[days],2),"")', "number", "result"),
        ("dead_date", Text("Date du point mort, ventes régulières",
                           "Date of the dead point, even sales"),
         f'IF({reached},{day},"")', "date", "result"),
        ("safety", Text("Marge de sécurité", "Margin of safety"),
         f'IF({known},"",ROUND([sales]-[threshold],2))', "money", "formula"),
        ("index", Text("Indice de sécurité", "Safety index"),
         f'IF({known},"",ROUND(([sales]-[threshold])/[sales],6))', "percent", "formula"),
        ("leverage", Text("Levier opérationnel", "Operating leverage"),
         'IF([profit]=0,"",ROUND([margin]/[profit],4))', "factor", "formula"),
        ("fixed_index", Text("Indice de prélèvement (charges fixes / CA)", "Fixed costs / sales"),
         f"ROUND({fixed}/ROUND([sales],2),6)", "percent", "formula"),
        ("target_sales", Text("Ventes pour le résultat visé", "Sales for the target profit"),
         f'IF(OR([margin]<=0,{fixed}+[target]<0),"",ROUND(ROUND({fixed}+[target],2)'
         "*ROUND([sales],2)/[margin],2))", "money", "formula"),
    ]  # fmt: skip
    for key, label, formula, kind, role in rows:
        asked = _ASKED.get(key) if page.kit.values.get(key) is not None else None
        page.result(key, label, formula, kind, role, asked=asked)
    page.result(
        "verdict", Text("Conclusion", "Conclusion"),
        f'IF({known},{page.book.q(_NEVER)},IF({reached},{page.book.q(_REACHED)},'
        f"{page.book.q(_NOT_YET)}))", "text",
    )  # fmt: skip


_NEVER = Text("Aucune vente ne couvre les charges.", "No sales can cover the costs.")
_REACHED = Text("Seuil atteint dans l'année.", "Reached within the year.")
_NOT_YET = Text("Seuil non atteint : perte.", "Not reached: a loss.")


def _chart(kit: Kit, page: Page, first: int) -> None:
    """Lines of sales and costs by level of activity, from points under the results."""
    page.section(Text("Points du graphique", "Points of the chart"))
    heads = [
        Text("Niveau d'activité", "Level of activity"), Text("Chiffre d'affaires", "Sales"),
        Text("Charges totales", "Total costs"), Text("Charges fixes", "Fixed costs"),
    ]  # fmt: skip
    page.sheet.header(page.at, 2, heads, 30)
    top = page.at + 1
    fixed, variable = "[costs.rest.total]", "[costs.part.total]"
    formulas: list[tuple[str, CellKind]] = [
        (f"(ROW()-{top + 1})*{1.5 / (POINTS - 1):g}", "percent"),
        ("ROUND([sales]*C{r},2)", "amount"),
        (f"ROUND({fixed}+{variable}*C{{r}},2)", "amount"),
        (fixed, "amount"),
    ]
    for k, (formula, kind) in enumerate(formulas):
        page.put(top, 2 + k, f"points.{k}", formula, kind, count=POINTS, down=True)
    page.at = top + POINTS
    level = kit.cells["points.0"].address
    chart = kit.book.chart("scatter", Text("Ventes et charges", "Sales and costs"), "straight")
    for k, name, color in (
        (1, heads[1], "#1F6F8B"), (2, heads[2], "#B3261E"), (3, heads[3], "#6B7B83"),
    ):  # fmt: skip
        chart.add_series({
            "name": kit.book.t(name), "categories": f"={level}",
            "values": f"={kit.cells[f'points.{k}'].address}",
            "line": {"color": color, "width": 2.25},
        })  # fmt: skip
    chart.set_x_axis({"num_format": "0%", "min": 0, "max": 1.5})
    page.sheet.place(first, 3, chart, 560, 262)


_ASKED = {
    "part": Asked(
        Text("Charges variables", "Variable costs"),
        Text("Montant x part variable : elles suivent l'activité.",
             "Amount x variable part: they follow the activity."), 1,
    ),
    "rest": Asked(
        Text("Charges fixes", "Fixed costs"),
        Text("Montant - part variable : elles ne dépendent pas de l'activité.",
             "Amount - variable part: they do not depend on the activity."), 1,
    ),
    "margin": Asked(
        Text("Marge sur coût variable", "Margin on variable costs"),
        Text("Chiffre d'affaires - charges variables.", "Sales - variable costs."), 2,
    ),
    "margin_rate": Asked(
        Text("Taux de marge sur coût variable", "Margin rate"),
        Text("Marge sur coût variable / chiffre d'affaires.", "Margin / sales."), 1,
    ),
    "profit": Asked(
        Text("Résultat", "Profit"),
        Text("Marge sur coût variable - charges fixes.", "Margin - fixed costs."), 1,
    ),
    "threshold": Asked(
        Text("Seuil de rentabilité", "Break-even"),
        Text("Charges fixes / taux de marge non arrondi, soit charges fixes x CA / marge.",
             "Fixed costs / margin rate, not rounded: fixed costs x sales / margin."), 2, 1,
    ),
    "dead_point": Asked(
        Text("Point mort en jours", "Dead point in days"),
        Text("Seuil / chiffre d'affaires x jours d'activité.",
             "Break-even / sales x days of activity."), 2, 1,
    ),
    "dead_date": Asked(
        Text("Date du point mort", "Date of the dead point"),
        Text("Année de 365 jours : le point mort, compté au calendrier. Sinon mois de 30 jours : "
             "seuil / CA x 360 jours depuis le début de l'exercice.",
             "Year of 365 days: the dead point, on the calendar. Otherwise months of 30 days: "
             "break-even / sales x 360 days from the first day."), 1,
    ),
    "safety": Asked(
        Text("Marge de sécurité", "Margin of safety"),
        Text("Chiffre d'affaires - seuil.", "Sales - break-even."), 1, 1,
    ),
    "index": Asked(
        Text("Indice de sécurité", "Safety index"),
        Text("Marge de sécurité / chiffre d'affaires.", "Margin of safety / sales."), 1,
    ),
    "leverage": Asked(
        Text("Levier opérationnel", "Operating leverage"),
        Text("Marge sur coût variable / résultat : l'inverse de l'indice de sécurité.",
             "Margin / profit: the inverse of the safety index."), 1, 0.01,
    ),
    "target_sales": Asked(
        Text("Ventes pour le résultat visé", "Sales for the target profit"),
        Text("(Charges fixes + résultat visé) / taux de marge.",
             "(Fixed costs + target) / margin rate."), 1, 1,
    ),
}  # fmt: skip
