"""The workbook on borrowing, put together."""

from __future__ import annotations

from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.templates.loans.lease import write_lease
from xlcrm.templates.loans.loan import write_loan, write_results, write_schedule
from xlcrm.templates.loans.model import EMPTY, EXAMPLE, EXERCISE, LINES, compute_loans
from xlcrm.templates.loans.offers import write_offers
from xlcrm.templates.loans.working import place_working, write_working
from xlcrm.texts import Text

_STEPS = (
    Text(
        "Saisissez l'emprunt dans « Emprunt » : son tableau complet est dans « Tableau ».",
        "Type the loan in “Loan”: its whole schedule is in “Schedule”.",
    ),
    Text(
        "Dans « Offres », comparez jusqu'à quatre propositions pour le même montant : le taux "
        "effectif (TAEG) compte les frais et l'assurance.",
        "In “Offers”, compare up to four proposals for the same amount: the effective rate counts "
        "fees and insurance.",
    ),
    Text(
        "Dans « Crédit-bail », comparez l'achat à crédit et la location : la meilleure solution "
        "est celle qui coûte le moins en valeur actuelle.",
        "In “Lease”, compare buying on credit and leasing: the better one costs less in present "
        "value.",
    ),
    Text(
        "Convention : chaque ligne est arrondie au centime ; le dernier amortissement solde la "
        "dette et le dernier intérêt est ce qui reste de l'échéance constante.",
        "Convention: each line is rounded to the cent; the last principal clears the debt and the "
        "last interest is what is left of the constant instalment.",
    ),
)


@handout(
    "loans",
    "emprunts",
    group="budgets",
    label=Text("Emprunts", "Loans"),
    summary=Text(
        "Tableau d'amortissement (trois modes), comparaison d'offres de crédit au taux effectif, "
        "emprunt ou crédit-bail.",
        "Loan schedule (three modes), credit offers compared by effective rate, loan or lease.",
    ),
    title=Text("Emprunts et financement d'un bien", "Loans and the financing of an asset"),
    purpose=Text(
        "Rembourser, comparer des offres de crédit, choisir entre emprunt et crédit-bail.",
        "Repay, compare credit offers, choose between a loan and a lease.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_loans,
)
def build_loans(kit: Kit) -> None:
    lines = LINES if kit.book.mode == "plain" else int(kit.given["periods"])
    if not kit.student:
        place_working(kit, LINES)
    page = write_loan(kit)
    write_schedule(kit, page, lines)
    write_results(kit, page)
    write_offers(kit, page)
    write_lease(kit)
    if not kit.student:
        write_working(kit, page, LINES)
