"""What a cell of the treasury workbook may be chosen from, and how much room there is."""

from __future__ import annotations

from collections.abc import Mapping

from xlcrm.budget.scenarios import DELAY_LABELS
from xlcrm.templates.builder import YES_NO, Choices, TemplateBook
from xlcrm.texts import Text

SCENARIOS, ITEMS = 8, 40
NOT_LISTED = Text("Choisir dans la liste.", "Choose from the list.")
# How many lines of each kind a workbook has room for.
COUNTS = {"sales": 4, "purchases": 5, "investments": 2, "loans": 2, "currencies": 2}
WIDTHS = (6, 12)
TIMING = {
    "invoice": Text("Débits", "On invoice"),
    "payment": Text("Encaissements", "On payment"),
}
PERIODICITY = {"month": Text("Mensuelle", "Monthly"), "quarter": Text("Trimestrielle", "Quarterly")}
TAX_MODE = {
    "given": Text("Montants donnés", "Given amounts"),
    "computed": Text("Acomptes calculés", "Computed instalments"),
}
ORDER = {
    "partners": Text("Associés d'abord", "Partners first"),
    "overdraft": Text("Découvert seul", "Overdraft only"),
    "capped": Text("Découvert plafonné", "Capped overdraft"),
}
PARTNERS_INTEREST = {
    "next": Text("Le mois suivant", "The month after"),
    "repaid": Text("Au remboursement", "With the repayment"),
}
PARTNERS_REPAY = {
    "none": Text("Non", "No"),
    "asap": Text("Dès que possible", "As soon as possible"),
    "month": Text("Au mois indiqué", "In the month given"),
}
INTEREST_BASIS = {
    "twelfth": Text("Taux / 12", "Rate / 12"),
    "days": Text("Jours / 360", "Days / 360"),
}
INTEREST_TIMING = {
    "next": Text("Le mois suivant", "The month after"),
    "same": Text("Le mois même", "The same month"),
}
LOAN_MODE = {
    "level": Text("Échéance constante", "Constant instalment"),
    "principal": Text("Capital constant", "Constant principal"),
    "bullet": Text("In fine", "Bullet"),
}
CONVERSION = {
    "proportional": Text("Proportionnel", "Proportional"),
    "actuarial": Text("Actuariel", "Actuarial"),
}
DIRECTION = {"in": Text("Encaissement", "Receipt"), "out": Text("Décaissement", "Payment")}
QUOTE = {
    "unit": Text("1 devise = x €", "1 unit = x €"),
    "euro": Text("1 € = x devise", "1 € = x units"),
}
SOURCE = {
    "months": Text("Saisie par mois", "Typed by month"),
    "list": Text("Liste des factures", "List of invoices"),
}
SIDE = {"in": Text("À encaisser", "To receive"), "out": Text("À payer", "To pay")}
TERMS = {
    "cash": Text("Comptant", "Cash"),
    "30": Text("30 jours", "30 days"),
    "60": Text("60 jours", "60 days"),
    "1me": Text("1 mois fin de mois", "1 month end of month"),
    "30e": Text("30 j fin de mois", "30 d end of month"),
    "30e10": Text("30 j fin de mois le 10", "30 d end of month the 10"),
    "45a": Text("45 j fin de mois A", "45 d end of month A"),
    "45b": Text("45 j fin de mois B", "45 d end of month B"),
}
# The same terms as the functions read them.
TERMS_READ = {
    "cash": "comptant",
    "30": "30 j",
    "60": "60 j",
    "1me": "1 mois fin de mois",
    "30e": "30 j fin de mois",
    "30e10": "30 j fin de mois le 10",
    "45a": "45 j fin de mois A",
    "45b": "45 j fin de mois B",
}
DELAY: dict[str, Text] = {str(key): label for key, label in DELAY_LABELS.items()}
SCENARIO_ORDER = {"": Text("Comme le budget", "As the budget"), **ORDER}
# By the last word of an input's key.
CHOICES: dict[str, Mapping[str, Text]] = {
    "periodicity": PERIODICITY,
    "tax_mode": TAX_MODE,
    "timing": TIMING,
    "order": ORDER,
    "partners_interest": PARTNERS_INTEREST,
    "partners_repay": PARTNERS_REPAY,
    "overdraft_basis": INTEREST_BASIS,
    "overdraft_timing": INTEREST_TIMING,
    "mode": LOAN_MODE,
    "conversion": CONVERSION,
    "direction": DIRECTION,
    "quote": QUOTE,
    "source": SOURCE,
    "textbook": YES_NO,
    "working_days": YES_NO,
}


def not_listed(cell: str, choices: Choices, book: TemplateBook, blank: bool = False) -> str:
    """The condition that a cell holds none of its choices; `blank` allows an empty one."""
    words: list[Text | str] = [*choices.values(), *[""] * blank]
    return f"NOT(OR({','.join(f'{cell}={book.q(word)}' for word in words)}))"
