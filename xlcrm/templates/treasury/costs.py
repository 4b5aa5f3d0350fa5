"""The sheet Budget des charges: staff, taxes, other flows; and rows of given amounts."""

from __future__ import annotations

from xlcrm.templates.builder import Words
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.draft import FIRST, LABEL, Asked, Draft, MonthSheet
from xlcrm.texts import Text

COSTS = Text("Budget des charges", "Costs budget")
ROW_LABELS = {
    "wages": Text("Salaires nets", "Net wages"),
    "social_charges": Text("Charges sociales du mois", "Social charges of the month"),
    "corporate_tax": Text(
        "Impôt sur les sociétés (montants donnés)", "Corporate tax (given amounts)"
    ),
    "other_taxes": Text("Autres impôts et taxes", "Other taxes"),
    "depreciation": Text("Dotations aux amortissements", "Depreciation"),
    "loan_principal": Text("Emprunts en cours : capital", "Existing loans: principal"),
    "loan_interest": Text("Emprunts en cours : intérêts", "Existing loans: interest"),
    "capital": Text("Augmentation de capital", "Capital increase"),
    "partners_in": Text("Apports des associés prévus", "Planned partners' contributions"),
    "partners_out": Text("Remboursements aux associés prévus", "Planned repayments to partners"),
    "dividends": Text("Dividendes versés", "Dividends paid"),
    "placements_in": Text("Placements : cessions", "Placements: sold"),
    "placements_out": Text("Placements : souscriptions", "Placements: bought"),
    "disposals": Text(
        "Cessions d'immobilisations (prix TTC)", "Disposals of assets (price with VAT)"
    ),
    "other_receipts": Text("Autres encaissements (subventions…)", "Other receipts (grants…)"),
    "other_payments": Text("Autres décaissements", "Other payments"),
    "vat_refunds": Text("Remboursement de crédit demandé", "Refund of the credit asked for"),
    "other_deductible_vat": Text("Autre TVA déductible", "Other deductible VAT"),
    "other_collected_vat": Text(
        "Autre TVA collectée (cessions…)", "Other collected VAT (disposals…)"
    ),
}


_HELP = {
    "disposals": Text(
        "Le prix de cession encaissé, TTC, au mois où il est reçu. La valeur nette comptable (VNC) "
        "et la plus-value ne sont pas de la trésorerie. Sa TVA se saisit au Budget de TVA.",
        "The price received, VAT included, in the month it comes in. Book value and gain on the "
        "sale are no cash. Its VAT is typed in the VAT budget.",
    ),
}
# Rows in which an empty month among filled ones is an omission.
_EVERY_MONTH = ("wages", "social_charges")
COST_ROWS = (
    "wages social_charges corporate_tax tax_computed other_taxes other_receipts "
    "other_payments disposals"
).split()


def used(sheet: MonthSheet, key: str) -> str:
    """An input row as it counts: a text is 0, to the cent, nothing beyond the budget."""
    if key not in sheet.draft.rows:
        return "0"
    row = sheet.draft.rows[key]
    cell = f"{{c}}{row.line}" if row.sheet == sheet.sheet.name else sheet.draft.same(key)
    return f"IF({sheet.number}=0,0,ROUND(N({cell}),2))"


def given_rows(sheet: MonthSheet, title: Text | None, *keys: str) -> None:
    """Rows of given amounts, under a heading if there is any row."""
    shown = [key for key in keys if sheet.draft.shows(key)]
    if shown and title:
        sheet.section(title)
    for key in shown:
        sheet.inputs(key, ROW_LABELS[key], gaps=key in _EVERY_MONTH, help=_HELP.get(key, ""))


def write_costs(draft: Draft) -> None:
    """Wages, social charges, taxes, and what else moves cash."""
    sheet = draft.month_sheet(
        COSTS,
        "input",
        Text("Budget des charges et autres flux", "Budget of costs and other flows"),
        Text(
            "Salaires, charges sociales, impôts, flux divers (sans TVA).",
            "Wages, social charges, taxes, other flows (without VAT).",
        ),
        Text("Paramètre", "Parameter"),
    )
    given_rows(sheet, Text("Personnel", "Staff"), "wages", "social_charges")
    if "social_charges" in draft.rows:
        _social(draft, sheet)
    sheet.section(Text("Impôts", "Taxes"))
    given_rows(sheet, None, "corporate_tax")
    _tax(draft, sheet)
    given_rows(sheet, None, "other_taxes")
    other = Text("Autres flux", "Other flows")
    given_rows(sheet, other, "other_receipts", "other_payments", "disposals")
    if draft.book.mode == "plain":
        _for_balance_sheet(draft, sheet)
        _carried(sheet)


def _social(draft: Draft, sheet: MonthSheet) -> None:
    delay, charges = draft["social_delay"], draft.rows["social_charges"]
    shift = f"MIN(3,MAX(0,INT(N({delay}))))"
    sheet.row(
        "social.paid", Text("Charges sociales payées", "Social charges paid"),
        f"=IF({sheet.number}<={shift},0,ROUND(N(INDEX({charges.fixed},{sheet.number}-{shift})),2))",
        role="result",
        trace=Text("Charges du mois, payées après le délai (un mois en général)",
                   "Charges of the month, paid after the delay (usually one month)"),
        asked=Asked(Text("Charges sociales payées", "Social charges paid"),
                    Text("Les charges sociales d'un mois se paient le mois suivant.",
                         "Social charges of a month are paid in the month after."), 1),
    )  # fmt: skip


def _for_balance_sheet(draft: Draft, sheet: MonthSheet) -> None:
    given_rows(
        sheet,
        Text(
            "Pour le bilan de clôture (sans effet sur la trésorerie)",
            "For the closing balance sheet (no effect on cash)",
        ),
        "depreciation",
    )
    number = Text("Saisir un nombre.", "Enter a number.")
    for key, label in (
        ("tax_expense", Text("Impôt sur les bénéfices de la période", "Tax of the period")),
        (
            "closing_stock",
            Text("Stock final (vide : inchangé)", "Closing stock (blank: as before)"),
        ),
    ):
        sheet.sheet.label(sheet.at, LABEL, label)
        draft.cells[key] = sheet.sheet.input(sheet.at, FIRST, key, None, "amount")
        cell = draft.cells[key].a1
        faults: list[tuple[str, Words]] = [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', number)]
        if key == "closing_stock":
            faults.append((f"N({cell})<0", Text("Stock négatif.", "Negative stock.")))
        sheet.sheet.checks(sheet.at, draft.trace, faults, label, bold=False, font_size=9)
        sheet.at += 1


# The memo rows of what a marketing budget brought, by the row that holds it too.
CARRIED = {
    "other_payments": Text("Repris dans Autres décaissements", "Within Other payments"),
    "other_deductible_vat": Text("Repris dans Autre TVA déductible", "Within Other deductible VAT"),
    "other_receipts": Text("Repris dans Autres encaissements", "Within Other receipts"),
}


def _carried(sheet: MonthSheet) -> None:
    """What the marketing budget brought, so that a later run replaces it. Last on the sheet."""
    sheet.section(
        Text(
            "Pour mémoire : repris du budget marketing, déjà compris dans ces lignes",
            "Memo: carried over from the marketing budget, already within these rows",
        )
    )
    for key, label in CARRIED.items():
        sheet.inputs(f"carried.{key}", label)


def _tax(draft: Draft, sheet: MonthSheet) -> None:
    reference, balance = draft["tax_reference"], draft["tax_balance"]
    date = draft.same("calendar.date")
    due = f"AND(N({reference})>{draft['tax_threshold']},MOD(MONTH({date}),3)=0)"
    part = f"IF({due},ROUND(N({reference})/4,0),0)"
    rest = f"IF(MONTH({date})=5,ROUND(N({balance}),2),0)"
    given = used(sheet, "corporate_tax")
    computed = f"{draft['tax_mode']}={draft.book.q(choices.TAX_MODE['computed'])}"
    sheet.row(
        "tax.paid",
        Text("Impôt sur les sociétés payé", "Corporate tax paid"),
        f"=IF({sheet.number}=0,0,IF({computed},ROUND({part}+{rest},2),{given}))",
        role="result",
        trace=Text(
            "Montants donnés, ou acomptes (quart, si l'impôt dépasse le seuil) et solde",
            "Given amounts, or instalments (a quarter above the threshold) and balance",
        ),
        plain=not draft.plan.tax_computed,
        asked=Asked(
            Text("Impôt sur les sociétés payé", "Corporate tax paid"),
            Text(
                "Un quart de l'impôt de référence, s'il dépasse 3 000 €, le 15/3, 15/6, "
                "15/9 et 15/12 ; le solde en mai.",
                "A quarter of the reference tax if it exceeds 3,000 euros, on 15/3, 15/6, "
                "15/9, 15/12; the balance in May.",
            ),
            1,
        ),
    )
