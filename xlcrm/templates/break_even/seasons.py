"""The sheets Saison (sales by month, date of the dead point) and Simulations."""

from __future__ import annotations

from xlcrm.templates.break_even.model import CASES, MONTHS
from xlcrm.templates.form import OPTIONAL, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.style import MONTHS_IN, CellKind, CellRole
from xlcrm.templates.years import reserve_years, year_entries, year_row
from xlcrm.texts import Text


def write_seasons(kit: Kit, needs: Page) -> None:
    """Sales by month, cumulated, and where they cross the threshold."""
    page = kit.page(
        Text("Saison", "Seasons"), "input",
        title=Text("Point mort d'une activité saisonnière", "Dead point of seasonal sales"),
        subtitle=Text("Ventes cumulées mois par mois, comparées au seuil.",
                      "Cumulated sales month by month, against the break-even."),
        about=Text("La date du point mort quand les ventes sont saisonnières.",
                   "The date of the dead point when sales are seasonal."),
        widths=[2, 36, 15, 16, 16, 16, 16, 44], check=7, needs=[needs],
    )  # fmt: skip
    page.section(Text("Ventes de chaque mois", "Sales of each month"))
    write_grid(
        page, "months",
        [
            Col("sales", Text("Ventes HT", "Sales before VAT"), "amount", total=True),
            Col("date", Text("Mois", "Month"), "month", "EDATE([start],$B{r}-1)", plain=True),
            Col("total", Text("Ventes cumulées", "Cumulated sales"), "amount",
                "ROUND(IF($B{r}=1,0,[total^])+ROUND([sales],2),2)", asked=_ASKED["total"]),
            Col("profit", Text("Résultat cumulé", "Cumulated profit"), "amount",
                "ROUND([total]*[margin_rate]-[costs.rest.total],2)", asked=_ASKED["profit"]),
            Col("line", Text("Seuil", "Break-even"), "amount", "[threshold]"),
        ],
        MONTHS, what=Text("Ventes des mois", "Sales of the months"), least_rows=MONTHS,
        totals=Text("Total", "Total"), chained=True,
        faults=[
            (f'{needs.state.address}<>"OK"', Text("Compléter d'abord la feuille Seuil.",
                                                  "First fill in the sheet Break-even.")),
        ],
    )  # fmt: skip
    page.verify(
        "ABS([months.sales.total]-[sales])>1",
        Text("La somme des mois diffère du chiffre d'affaires annuel.",
             "The months do not sum to the yearly sales."),
        Text("Ventes de l'année et des mois", "Sales of the year and of the months"),
    )  # fmt: skip
    page.section(Text("Point mort", "Dead point"))
    _dead_point(kit, page)
    if not kit.student:
        _chart(kit, page)


def _dead_point(kit: Kit, page: Page) -> None:
    never = 'IF([threshold]="",TRUE,[threshold]>INDEX([months.total],12))'
    month = "(SUMPRODUCT(([months.total]<[threshold])*1)+1)"
    before = f"IF({month}=1,0,INDEX([months.total],MAX(1,{month}-1)))"
    share = f"IFERROR(([threshold]-{before})/INDEX([months.sales],{month}),0)"
    page.result(
        "season_months", Text("Mois écoulés au point mort", "Months passed at the dead point"),
        f'IF({never},"",ROUND({month}-1+{share},4))', "factor",
        trace=Text("mois entiers + part du mois suivant", "whole months + part of the next one"),
        asked=_ASKED["season_months"],
    )  # fmt: skip
    day = f"MAX(1,ROUNDUP({share}*30-0.000000001,0))"
    page.result(
        "season_date", Text("Date du point mort", "Date of the dead point"),
        f'IF({never},"",MIN(EDATE([start],{month}-1)+{day}-1,EDATE([start],{month})-1))',
        "date", "result", asked=_ASKED["season_date"],
    )  # fmt: skip


def _chart(kit: Kit, page: Page) -> None:
    chart = kit.book.chart("line", Text("Ventes cumulées et seuil", "Cumulated sales, break-even"))
    dates = kit.cells["months.date"].address
    for key, label, color in (
        ("total", Text("Ventes cumulées", "Cumulated sales"), "#1F6F8B"),
        ("line", Text("Seuil", "Break-even"), "#B3261E"),
        ("profit", Text("Résultat cumulé", "Cumulated profit"), "#2E9E5B"),
    ):
        chart.add_series({
            "name": kit.book.t(label), "categories": f"={dates}",
            "values": f"={kit.cells[f'months.{key}'].address}",
            "line": {"color": color, "width": 2.25},
        })  # fmt: skip
    months = kit.book.t(MONTHS_IN) + "mmm"
    chart.set_x_axis({"num_format": months, "label_position": "low"})
    page.sheet.place(page.at + 1, 1, chart, 820, 270)


def write_cases(kit: Kit, needs: Page) -> None:
    """Up to four decisions side by side."""
    page = kit.page(
        Text("Simulations", "Simulations"), "input",
        title=Text("Simulations", "Simulations"),
        subtitle=Text("Ce que change une décision de prix, de volume, de coût ou de structure.",
                      "What a decision on price, volume, cost or structure changes."),
        about=Text("Jusqu'à quatre décisions chiffrées côte à côte.",
                   "Up to four decisions costed side by side."),
        widths=[2, 40, *[23] * CASES, 46], check=2 + CASES, needs=[needs],
    )  # fmt: skip
    page.section(Text("Décisions (laisser vide une colonne inutile)",
                      "Decisions (leave a useless column blank)"))  # fmt: skip
    change = Rule(required=False, least=-0.99, most=5)
    rows: list[tuple[str, Text, CellKind, Rule]] = [
        ("label", Text("Décision", "Decision"), "text", OPTIONAL),
        ("price", Text("Prix de vente", "Selling price"), "percent", change),
        ("volume", Text("Quantités vendues", "Quantities sold"), "percent", change),
        ("unit_cost", Text("Coût variable unitaire", "Variable unit cost"), "percent", change),
        ("fixed", Text("Charges fixes (en plus ou en moins)", "Fixed costs (more or less)"),
         "amount", Rule(required=False, least=None)),
    ]  # fmt: skip
    for key, label, kind, rule in rows:
        used = "" if key == "label" else "cases.label"
        year_entries(page, f"cases.{key}", label, CASES, kind, rule, used=used)
    page.section(Text("Résultats", "Results"))
    _case_rows(kit, page)


def _case_rows(kit: Kit, page: Page) -> None:
    price, volume, cost = (f"(1+N([cases.{name}]))" for name in ("price", "volume", "unit_cost"))
    rows: list[tuple[str, Text, str, CellKind, CellRole]] = [
        ("sales", Text("Chiffre d'affaires", "Sales"), f"ROUND([sales]*{price}*{volume},2)",
         "amount", "formula"),
        ("variable", Text("Charges variables", "Variable costs"),
         f"ROUND([costs.part.total]*{cost}*{volume},2)", "amount", "formula"),
        ("margin", Text("Marge sur coût variable", "Margin"),
         "ROUND([cases.sales]-[cases.variable],2)", "amount", "total"),
        ("rate", Text("Taux de marge", "Margin rate"), "ROUND([cases.margin]/[cases.sales],6)",
         "percent", "formula"),
        ("fixed_costs", Text("Charges fixes", "Fixed costs"),
         "ROUND([costs.rest.total]+[cases.fixed],2)", "amount", "formula"),
        ("profit", Text("Résultat", "Profit"), "ROUND([cases.margin]-[cases.fixed_costs],2)",
         "amount", "result"),
        ("change", Text("Écart avec la situation actuelle", "Change from the present"),
         "ROUND([cases.profit]-[profit],2)", "amount", "formula"),
        ("threshold", Text("Seuil de rentabilité", "Break-even"),
         'IF(OR([cases.margin]<=0,[cases.fixed_costs]<0),"",'
         "ROUND([cases.fixed_costs]*[cases.sales]/[cases.margin],2))", "amount", "result"),
        ("safety", Text("Marge de sécurité", "Margin of safety"),
         'IF([cases.threshold]="","",ROUND([cases.sales]-[cases.threshold],2))', "amount",
         "formula"),
    ]  # fmt: skip
    reserve_years(page, [f"cases.{key}" for key, *_ in rows], CASES)
    for key, label, formula, kind, role in rows:
        year_row(page, f"cases.{key}", label, formula, CASES, kind, role,
                 asked=_ASKED.get(f"case_{key}"), used="cases.label")  # fmt: skip
    if not kit.student:
        chart = kit.book.chart("column", Text("Résultat par décision", "Profit by decision"))
        chart.add_series({
            "name": kit.book.t(Text("Résultat", "Profit")),
            "categories": f"={kit.cells['cases.label'].address}",
            "values": f"={kit.cells['cases.profit'].address}", "fill": {"color": "#1F6F8B"},
            "gap": 90, "data_labels": {"value": True, "num_format": "#,##0"},
        })  # fmt: skip
        chart.set_legend({"none": True})
        page.sheet.place(page.at + 1, 1, chart, 820, 260)


_ASKED = {
    "total": Asked(
        Text("Ventes cumulées", "Cumulated sales"),
        Text("Cumul précédent + ventes du mois.", "Cumulated before + sales of the month."), 2,
    ),
    "profit": Asked(
        Text("Résultat cumulé", "Cumulated profit"),
        Text("Ventes cumulées x taux de marge - charges fixes de l'année.",
             "Cumulated sales x margin rate - fixed costs of the year."), 2, 1,
    ),
    "season_months": Asked(
        Text("Mois écoulés au point mort", "Months passed at the dead point"),
        Text("Mois entiers avant le franchissement + (seuil - cumul) / ventes du mois suivant.",
             "Whole months before + (break-even - cumulated) / sales of the next month."), 2, 0.01,
    ),
    "season_date": Asked(
        Text("Date du point mort saisonnier", "Date of the seasonal dead point"),
        Text("Part du mois x 30 jours, comptés dans le mois du franchissement.",
             "Part of the month x 30 days, in the month where it is crossed."), 2,
    ),
    "case_margin": Asked(
        Text("Marges des simulations", "Margins of the simulations"),
        Text("Le prix change les ventes, pas les charges variables ; le volume change les deux.",
             "The price changes sales, not variable costs; the volume changes both."), 2,
    ),
    "case_profit": Asked(
        Text("Résultats des simulations", "Profits of the simulations"),
        Text("Marge - charges fixes.", "Margin - fixed costs."), 2,
    ),
    "case_threshold": Asked(
        Text("Seuils des simulations", "Break-evens of the simulations"),
        Text("Charges fixes / nouveau taux de marge.", "Fixed costs / new margin rate."), 2, 1,
    ),
}  # fmt: skip
