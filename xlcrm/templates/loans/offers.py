"""The sheet Offres: up to four credit offers for the same amount, compared."""

from __future__ import annotations

from xlcrm.templates.form import OPTIONAL, REQUIRED, Asked, Kit, Page, Rule
from xlcrm.templates.grid import Col, write_grid
from xlcrm.templates.loans.loan import COUNT, FREQUENCY, MODE
from xlcrm.templates.loans.model import OFFERS
from xlcrm.texts import Text

_FIND = {
    "interest": Asked(
        Text("Intérêts de chaque offre", "Interest of each offer"),
        Text("Somme des intérêts de son tableau d'amortissement.",
             "Sum of the interest of its schedule."), 2, 0.05,
    ),
    "cost": Asked(
        Text("Coût total de chaque offre", "Total cost of each offer"),
        Text("Intérêts + assurance + frais.", "Interest + insurance + fees."), 2, 0.05,
    ),
    "effective": Asked(
        Text("Taux effectif de chaque offre", "Effective rate of each offer"),
        Text("Taux qui égalise ce qui est reçu (montant - frais) et ce qui est payé, par an : le "
             "seul qui compare des offres dont les frais, la durée ou la périodicité diffèrent.",
             "The rate that makes what is received (amount - fees) worth what is paid, per year: "
             "the only one that compares offers of different fees, length or frequency."), 3,
    ),
}  # fmt: skip


def write_offers(kit: Kit, loan: Page) -> Page:
    """The grid of the offers, who wins, and a chart."""
    page = kit.page(
        Text("Offres", "Offers"), "output",
        title=Text("Comparaison d'offres de crédit", "Credit offers compared"),
        subtitle=Text("Pour le montant de la feuille Emprunt.", "For the amount of sheet Loan."),
        about=Text("Jusqu'à quatre offres comparées : coût total et taux effectif.",
                   "Up to four offers compared: total cost and effective rate."),
        widths=[2, 6, 19, 10, 11, 12, 20, 10, 11, 12, 11, 11, 12, 9, 7, 7, 34], check=16,
        needs=[loan],
    )  # fmt: skip
    page.note(
        Text("L'assurance est un taux par an sur le montant emprunté. Laissez vide une ligne "
             "inutile.",
             "Insurance is a rate per year on the amount borrowed. Leave a useless row blank."),
    )  # fmt: skip
    number = "$B{r}"
    write_grid(
        page, "offers",
        [
            Col("bank", Text("Prêteur", "Lender"), "text", rule=REQUIRED),
            Col("rate", Text("Taux annuel", "Rate per year"), "rate"),
            Col("periods", Text("Nombre d'échéances", "Instalments"), "integer", rule=COUNT),
            Col("frequency", Text("Périodicité", "Frequency"), "text",
                rule=Rule(choices=FREQUENCY)),
            Col("mode", Text("Remboursement", "Repayment"), "text", rule=Rule(choices=MODE)),
            Col("fees", Text("Frais", "Fees"), "amount", rule=OPTIONAL),
            Col("insurance", Text("Assurance par an", "Insurance per year"), "rate",
                rule=OPTIONAL),
            Col("first", Text("1re échéance", "First instalment"), "amount",
                _pick("-INDEX([working.flow.{o}],2)")),
            Col("interest", Text("Intérêts", "Interest"), "amount",
                "ROUND(" + _pick("SUM([working.interest.{o}])") + ",2)", asked=_FIND["interest"]),
            Col("insured", Text("Assurance", "Insurance"), "amount",
                f"ROUND([periods]*INDEX([working.insurance],{number}),2)"),
            Col("cost", Text("Coût total", "Total cost"), "amount",
                "ROUND([interest]+[insured]+[fees],2)", asked=_FIND["cost"]),
            Col("effective", Text("TAEG", "APR"), "rate",
                "IFERROR(ROUND((1+" + _pick("IRR([working.flow.{o}],[rate]/12)")
                + f")^INDEX([working.per_year],{number})-1,6),\"\")",
                asked=_FIND["effective"]),
            Col("rank_cost", Text("Rang coût", "Rank cost"), "integer",
                "1+SUMPRODUCT(([cost:]<>\"\")*([cost:]<[cost]))"),
            Col("rank_rate", Text("Rang TAEG", "Rank APR"), "integer",
                "1+SUMPRODUCT(([effective:]<>\"\")*([effective:]<[effective]))"),
        ],
        OFFERS, what=Text("Offres", "Offers"),
        faults=[
            ("N([amount])<=0", Text("Saisir d'abord le montant dans Emprunt.",
                                    "First type the amount in Loan.")),
            ("N([fees])>=[amount]", Text("Les frais dépassent le montant.",
                                         "The fees exceed the amount.")),
        ],
    )  # fmt: skip
    page.at += 2
    if not kit.student:
        _winner(kit, page)
    return page


def _pick(formula: str) -> str:
    """The formula of the offer whose number stands in the row."""
    choices = ",".join(formula.replace("{o}", str(o)) for o in range(OFFERS))
    return f"CHOOSE($B{{r}},{choices})"


def _winner(kit: Kit, page: Page) -> None:
    for key, label, rank in (
        ("cheapest", Text("Coût total le plus bas", "Lowest total cost"), "offers.rank_cost"),
        ("best", Text("Taux effectif le plus bas", "Lowest effective rate"), "offers.rank_rate"),
    ):
        page.sheet.label(page.at, 2, label, "strong")
        formula = kit.resolve(
            f'=IFERROR(INDEX([offers.bank],MATCH(1,[{rank}],0)),"–")', page.sheet.name
        )
        kit.cells[f"offers.{key}"] = page.sheet.formula(page.at, 6, formula, "general", "result")
        page.at += 1
    page.note(
        Text("Deux offres de durées différentes ne se comparent qu'au taux effectif : un crédit "
             "plus court coûte moins en euros parce qu'on emprunte moins longtemps.",
             "Offers of different lengths compare by effective rate only: a shorter loan costs "
             "less in euros because the money is borrowed for less time."),
    )  # fmt: skip
    chart = kit.book.chart("column", Text("Coût total par offre", "Total cost by offer"), "stacked")
    names = kit.cells["offers.bank"].address
    for key, label, color in (
        ("interest", Text("Intérêts", "Interest"), "#1F6F8B"),
        ("insured", Text("Assurance", "Insurance"), "#7A4FBF"),
        ("fees", Text("Frais", "Fees"), "#E08E2B"),
    ):
        chart.add_series({
            "name": kit.book.t(label), "categories": f"={names}",
            "values": f"={kit.cells[f'offers.{key}'].address}", "fill": {"color": color}, "gap": 80,
        })  # fmt: skip
    page.sheet.place(page.at + 1, 1, chart, 620, 280)
