"""The sheet Contrôles: the checks of the model, and all checks under one cell."""

from __future__ import annotations

from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.treasury.draft import OVERALL, Draft
from xlcrm.texts import Text

CHECKS = Text("Contrôles", "Checks")


def write_checks(draft: Draft) -> None:
    """The checks of the model, then every check in a list under one cell."""
    sheet = draft.book.sheet(
        CHECKS,
        "check",
        widths=[2, 76, 60, 2],
        title=Text("Contrôles", "Checks"),
        subtitle=Text(
            "Une seule cellule dit si tout va bien ; le premier point à revoir est nommé.",
            "One cell says whether all is well; the first point to review is named.",
        ),
        landscape=False,
        freeze=(6, 0),
    )
    _model_checks(draft, sheet)
    sheet.check_list(3, 1, OVERALL)


def _model_checks(draft: Draft, sheet: TemplateSheet) -> None:
    rows = draft.rows

    def total(key: str) -> str:
        return f"SUM({rows[key]})"

    paid = "+".join(total(f"cash.{k}") for k in ("charges", "partners_interest", "repaid", "same"))
    cash = (
        f"ROUND({draft.opening('cash.net')}+{total('cash.receipts')}-{total('cash.payments')}"
        f"+{total('cash.partners')}-({paid})-{draft.last('cash.net')},2)=0"
    )
    vat = (
        f"ROUND({total('vat.collected')}-{total('vat.deductible')}-{total('vat.assets')}"
        f"+{draft.opening('vat.carried')}+{total('vat.refund')}-{total('vat.due')}"
        f"-{draft.last('vat.carried')},2)=0"
    )
    base, q = rows["scenario.1.net"], draft.last("cash.net")
    checks: list[tuple[Text, str, Text]] = [
        (Text("Trésorerie finale = initiale + encaissements − décaissements − agios + apports",
              "Closing cash = opening + receipts − payments − charges + contributions"), cash,
         Text("La trésorerie finale n'est pas expliquée par les flux.",
              "The flows do not explain the closing cash.")),
        (Text("TVA : somme (collectée − déductible) = TVA due − crédit final + crédit initial",
              "VAT: sum (collected − deductible) = due − final credit + opening credit"), vat,
         Text("La TVA ne boucle pas.", "VAT does not close.")),
        (Text("Scénario 1 = budget de trésorerie", "Scenario 1 = treasury budget"),
         f"ROUND({base.at(draft.width - 1)}-{q},2)=0",
         Text("Le scénario 1 diffère du budget.", "Scenario 1 differs from the budget.")),
        (Text("Le bilan de clôture s'équilibre comme celui d'ouverture",
              "The closing balance sheet balances as the opening one"),
         f"ROUND({draft['closing.gap']},2)=0",
         Text("Le bilan de clôture n'est pas équilibré (voir le bilan d'ouverture).",
              "The closing balance sheet does not balance (see the opening one).")),
        (Text("Aucune cellule en erreur", "No cell in error"),
         f"NOT(ISERROR({total('cash.net')}+{total('vat.paid')}+{draft['closing.gap']}))",
         Text("Une cellule est en erreur.", "A cell is in error.")),
    ]  # fmt: skip
    for name in ("sales", "purchases", "investments"):
        settled = f"{total(f'{name}.paid')}+{draft.last(f'{name}.left')}"
        closes = f"ROUND({total(f'{name}.gross')}-({settled}),2)=0"
        checks.append(
            (
                Text(
                    f"Facturé TTC = réglé + reste dû ({_FAMILIES[name].fr})",
                    f"Invoiced = paid + left ({_FAMILIES[name].en})",
                ),
                closes,
                Text(
                    "Les règlements ne correspondent pas aux factures.",
                    "Payments do not match invoices.",
                ),
            )
        )
    first = 3 + 3 + len(draft.book.checks) + len(checks) + 2
    sheet.section(first, Text("Contrôles du modèle", "Checks of the model"))
    for k, (label, ok, words) in enumerate(checks):
        sheet.label(first + 1 + k, 1, label)
        sheet.checks(first + 1 + k, 2, [(f"NOT(IFERROR({ok},FALSE))", words)], label)


_FAMILIES = {
    "sales": Text("ventes", "sales"),
    "purchases": Text("achats", "purchases"),
    "investments": Text("investissements", "investments"),
}
