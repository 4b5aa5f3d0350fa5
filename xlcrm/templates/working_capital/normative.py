"""The sheet BFR normatif: flow times x structure coefficients, in days of sales."""

from __future__ import annotations

from xlcrm.templates.form import ABOVE, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.style import PALE, CellKind, CellRole
from xlcrm.templates.working_capital.balance import BASES
from xlcrm.templates.working_capital.model import ITEMS
from xlcrm.texts import Text

SIDE = {"need": Text("Besoin", "Need"), "resource": Text("Ressource", "Resource")}
NATURE = {"variable": Text("Variable", "Variable"), "fixed": Text("Fixe", "Fixed")}


def write_normative(kit: Kit, rotations: Page) -> None:
    """Items, their days, the need now and for the sales expected."""
    page = kit.page(
        Text("BFR normatif", "Normative need"), "input",
        title=Text("BFR normatif en jours de chiffre d'affaires HT",
                   "Normative working capital need in days of sales"),
        subtitle=Text("Temps d'écoulement x coefficient de structure.",
                      "Flow time x structure coefficient."),
        about=Text("Le BFR en jours de chiffre d'affaires, et pour l'activité prévue.",
                   "The need in days of sales, and for the activity expected."),
        widths=[2, 40, 30, 13, 12, 14, 15, 14, 13, 13, 44], check=10, needs=[rotations],
    )  # fmt: skip
    page.section(Text("Activité", "Activity"))
    page.entry("turnover", Text("Chiffre d'affaires HT annuel", "Yearly sales before VAT"),
               "money", ABOVE)  # fmt: skip
    page.entry("expected", Text("Chiffre d'affaires HT prévu", "Expected sales before VAT"),
               "money")  # fmt: skip
    page.section(Text("Postes", "Items"))
    need = f"[side]={kit.book.q(SIDE['need'])}"
    write_grid(
        page, "items",
        [
            Col("label", Text("Poste", "Item"), "text", rule=REQUIRED),
            Col("side", Text("Sens", "Side"), "text", rule=Rule(choices=SIDE)),
            Col("nature", Text("Nature", "Nature"), "text", rule=Rule(choices=NATURE)),
            Col("time", Text("Temps d'écoulement (jours)", "Flow time (days)"), "number"),
            Col("amount", Text("Montant annuel", "Yearly amount"), "amount"),
            Col("coefficient", Text("Coefficient de structure", "Structure coefficient"), "factor",
                "[amount]/[turnover]", asked=_ASKED["coefficient"]),
            Col("need", Text("Besoins (jours)", "Needs (days)"), "number",
                f"IF({need},[time]*[coefficient],0)", asked=_ASKED["need"]),
            Col("resource", Text("Ressources (jours)", "Resources (days)"), "number",
                f"IF({need},0,[time]*[coefficient])", asked=_ASKED["resource"]),
        ],
        ITEMS, what=Text("Postes", "Items"), least_rows=1,
        faults=[("N([turnover])<=0", Text("Saisir d'abord le chiffre d'affaires.",
                                          "First type the sales."))],
    )  # fmt: skip
    page.at += 1
    page.section(Text("Résultats", "Results"))
    _results(kit, page)
    if not kit.student:
        _chart(kit, page)


def _results(kit: Kit, page: Page) -> None:
    base = f"IF({kit.chosen('base', BASES, '360')},360,365)"
    variable = kit.book.q(NATURE["variable"])

    def of(nature: str) -> str:
        return (
            f"(SUMIF([items.nature],{nature},[items.need])"
            f"-SUMIF([items.nature],{nature},[items.resource]))"
        )

    rows: list[tuple[str, Text, str, CellKind, CellRole]] = [
        ("needs", Text("Total des besoins (jours)", "Total needs (days)"), "SUM([items.need])",
         "number", "formula"),
        ("resources", Text("Total des ressources (jours)", "Total resources (days)"),
         "SUM([items.resource])", "number", "formula"),
        ("need_in_days", Text("BFR en jours de chiffre d'affaires HT", "Need in days of sales"),
         "[needs]-[resources]", "number", "result"),
        ("need_in_euros", Text("BFR en euros", "Need in euros"),
         f"ROUND([need_in_days]*[turnover]/{base},2)", "money", "result"),
        ("variable_days", Text("dont partie variable (jours)", "of which variable (days)"),
         of(variable), "number", "formula"),
        ("fixed_euros", Text("dont partie fixe (euros)", "of which fixed (euros)"),
         f"ROUND({of(kit.book.q(NATURE['fixed']))}*[turnover]/{base},2)", "money", "formula"),
        ("expected_need", Text("BFR pour l'activité prévue", "Need for the activity expected"),
         f"ROUND(ROUND([variable_days]*[expected]/{base},2)+[fixed_euros],2)", "money", "total"),
        ("expected_change", Text("Variation du BFR à financer", "Change to finance"),
         "ROUND([expected_need]-[need_in_euros],2)", "money", "formula"),
    ]  # fmt: skip
    for key, label, formula, kind, role in rows:
        page.result(key, label, formula, kind, role, asked=_ASKED.get(key))


def _chart(kit: Kit, page: Page) -> None:
    chart = kit.book.chart("bar", Text("Jours de chiffre d'affaires", "Days of sales"), "stacked")
    names = kit.cells["items.label"].address
    for key, label, color in (
        ("need", Text("Besoins", "Needs"), "#E08E2B"),
        ("resource", Text("Ressources", "Resources"), "#1F6F8B"),
    ):
        chart.add_series({
            "name": kit.book.t(label), "categories": f"={names}",
            "values": f"={kit.cells[f'items.{key}'].address}", "fill": {"color": color}, "gap": 40,
        })  # fmt: skip
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": PALE}}})
    page.sheet.place(page.at - 8, 4, chart, 620, 330)


_ASKED = {
    "coefficient": Asked(
        Text("Coefficients de structure", "Structure coefficients"),
        Text("Montant annuel du poste / chiffre d'affaires HT.",
             "Yearly amount of the item / sales before VAT."), 2, 0.001,
    ),
    "need": Asked(
        Text("Besoins en jours", "Needs in days"),
        Text("Temps d'écoulement x coefficient ; 0 pour une ressource.",
             "Flow time x coefficient; 0 for a resource."), 2, 0.01,
    ),
    "resource": Asked(
        Text("Ressources en jours", "Resources in days"),
        Text("Temps d'écoulement x coefficient ; 0 pour un besoin.",
             "Flow time x coefficient; 0 for a need."), 2, 0.01,
    ),
    "need_in_days": Asked(
        Text("BFR en jours", "Need in days"), Text("Besoins - ressources.", "Needs - resources."),
        2, 0.02,
    ),
    "need_in_euros": Asked(
        Text("BFR en euros", "Need in euros"),
        Text("BFR en jours x chiffre d'affaires HT / 360.", "Need in days x sales / 360."), 2, 20,
    ),
    "expected_need": Asked(
        Text("BFR prévu", "Expected need"),
        Text("La partie variable suit le chiffre d'affaires, la partie fixe ne change pas.",
             "The variable part follows the sales, the fixed part does not change."), 2, 20,
    ),
}  # fmt: skip
