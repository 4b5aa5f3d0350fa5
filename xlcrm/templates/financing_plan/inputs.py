"""The sheet Données: horizon, investments, activity, loans, contributions."""

from __future__ import annotations

from xlcrm.templates.financing_plan.model import ASSETS, LOANS, YEARS
from xlcrm.templates.form import ABOVE, OPTIONAL, REQUIRED, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.style import CellKind
from xlcrm.templates.years import write_years, year_entries
from xlcrm.texts import Text

MODE = {
    "level": Text("Annuité constante", "Constant instalment"),
    "principal": Text("Capital constant", "Constant principal"),
    "bullet": Text("In fine", "Bullet"),
}
YEAR_HEADS = tuple(Text(f"Année {k}", f"Year {k}") for k in range(1, YEARS + 1))


def write_inputs(kit: Kit) -> Page:
    """All that is typed, on one sheet."""
    page = kit.page(
        Text("Données", "Data"), "input",
        title=Text("Données du projet", "Data of the project"),
        subtitle=Text("De 3 à 5 ans ; montants hors taxes.", "From 3 to 5 years; before VAT."),
        about=Text("Investissements, activité, emprunts et apports.",
                   "Investments, activity, loans and contributions."),
        widths=[2, 42, 26, 15, 15, 15, 20, 44], check=7,
    )  # fmt: skip
    page.section(Text("Cadre", "Frame"))
    page.entry("horizon", Text("Durée du plan (années)", "Years of the plan"), "integer",
               Rule(least=3, most=YEARS))  # fmt: skip
    page.entry("tax_rate", Text("Taux d'impôt sur les bénéfices", "Tax rate on profits"),
               "percent")  # fmt: skip
    page.entry("need_days", Text("BFR en jours de chiffre d'affaires HT",
                                 "Working capital need in days of sales"), "number")  # fmt: skip
    page.entry("sales_before", Text("Chiffre d'affaires avant le projet", "Sales before the plan"),
               "money", OPTIONAL, unit=Text("son BFR est déjà financé",
                                            "its need is financed already"))  # fmt: skip
    page.entry("opening_cash", Text("Trésorerie au départ", "Cash at the start"), "money",
               Rule(required=False, least=None))  # fmt: skip
    page.entry("minimum_cash", Text("Trésorerie minimale", "Least cash"), "money", OPTIONAL)
    page.section(Text("Investissements (début d'année)", "Investments (start of the year)"))
    write_grid(
        page, "assets",
        [
            Col("label", Text("Immobilisation", "Asset"), "text", rule=REQUIRED),
            Col("amount", Text("Montant HT", "Amount"), "amount", rule=ABOVE, total=True),
            Col("year", Text("Année d'achat", "Year bought"), "integer",
                rule=Rule(least=1, most=YEARS)),
            Col("life", Text("Amortie en (années)", "Life (years)"), "integer",
                rule=Rule(least=1, most=30)),
        ],
        ASSETS, what=Text("Investissements", "Investments"), totals=Text("Total", "Total"),
        faults=[("AND(N([horizon])>0,[year]>[horizon])", _BEYOND)],
    )  # fmt: skip
    page.section(Text("Emprunts (début d'année)", "Loans (start of the year)"))
    write_grid(
        page, "loans",
        [
            Col("label", Text("Emprunt", "Loan"), "text", rule=REQUIRED),
            Col("amount", Text("Montant", "Amount"), "amount", rule=ABOVE, total=True),
            Col("year", Text("Année", "Year"), "integer", rule=Rule(least=1, most=YEARS)),
            Col("rate", Text("Taux annuel", "Rate per year"), "rate"),
            Col("years", Text("Durée (années)", "Years"), "integer", rule=Rule(least=1, most=30)),
        ],
        LOANS, what=Text("Emprunts", "Loans"), totals=Text("Total", "Total"),
        faults=[("AND(N([horizon])>0,[year]>[horizon])", _BEYOND)],
    )  # fmt: skip
    year_entries(page, "loans.mode", Text("Remboursement des emprunts 1, 2, 3",
                                          "Repayment of loans 1, 2, 3"), LOANS, "text",
                 Rule(choices=MODE))  # fmt: skip
    _rows(page)
    return page


_BEYOND = Text("Après la fin du plan.", "After the end of the plan.")


def _rows(page: Page) -> None:
    page.section(Text("Activité de chaque année", "Activity of each year"))
    write_years(page, 2, YEAR_HEADS)
    rows: list[tuple[str, Text, CellKind, Rule]] = [
        ("sales", Text("Chiffre d'affaires HT", "Sales before VAT"), "amount", OPTIONAL),
        ("variable", Text("Charges variables (% du CA)", "Variable costs (% of sales)"), "percent",
         Rule(required=False, most=2)),
        ("fixed", Text("Charges fixes décaissées", "Fixed costs paid"), "amount", OPTIONAL),
        ("ebitda_before", Text("Excédent brut (EBE) sans le projet",
                               "Operating surplus without the plan"), "amount",
         Rule(required=False, least=None)),
    ]  # fmt: skip
    for key, label, kind, rule in rows:
        year_entries(page, key, label, YEARS, kind, rule)
    sales = page.kit.cells["sales"]
    page.verify(
        f"SUMPRODUCT((COLUMN({sales.fixed})-{sales.col}<=[horizon])*({sales.fixed}=\"\"))>0",
        Text("Il manque le chiffre d'affaires d'une année.", "The sales of a year are missing."),
        Text("Chiffre d'affaires de chaque année", "Sales of each year"),
    )  # fmt: skip
    page.verify(
        f"N([sales_before])>N({sales.at(0).fixed})",
        Text("Le chiffre d'affaires de l'année 1 est inférieur à celui d'avant le projet : saisir "
             "le total de l'entreprise, projet compris.",
             "The sales of year 1 are below those before the plan: type the total of the business, "
             "plan included."),
        Text("Activité totale et activité d'avant", "Whole activity and activity before"),
    )  # fmt: skip
    before = page.kit.cells["ebitda_before"]
    missing = f'SUMPRODUCT((COLUMN({before.fixed})-{before.col}<=[horizon])*({before.fixed}=""))>0'
    page.verify(
        f"AND(N([sales_before])>0,{missing})",
        Text("Saisir aussi l'excédent brut de chaque année sans le projet.",
             "Type the operating surplus of each year without the plan, too."),
        Text("Excédent brut sans le projet", "Operating surplus without the plan"),
    )  # fmt: skip
    page.section(Text("Autres ressources et emplois", "Other resources and needs"))
    write_years(page, 2, YEAR_HEADS)
    for key, label in (
        ("capital", Text("Apports en capital et comptes courants", "Capital and partners' money")),
        ("grants", Text("Subventions", "Grants")),
        ("disposals", Text("Cessions d'immobilisations", "Disposals of assets")),
        ("dividends", Text("Dividendes versés", "Dividends paid")),
    ):
        year_entries(page, key, label, YEARS, rule=OPTIONAL)
    page.section(Text("Rentabilité", "Yield"))
    page.entry("discount_rate", Text("Taux d'actualisation", "Discount rate"), "percent")
    page.entry("residual", Text("Valeur de revente à la fin", "Resale value at the end"), "money",
               OPTIONAL)  # fmt: skip
