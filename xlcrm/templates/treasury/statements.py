"""The sheet Résultat et bilan: income by month, opening and closing balance sheets."""

from __future__ import annotations

from xlcrm.templates.formulas import Ref
from xlcrm.templates.treasury import inputs
from xlcrm.templates.treasury.costs import ROW_LABELS, used
from xlcrm.templates.treasury.draft import FIRST, LABEL, MONTH, Draft, MonthSheet
from xlcrm.templates.treasury.opening import LABELS
from xlcrm.texts import Text

NAME = Text("Résultat et bilan", "Income and balance")


def write_statements(draft: Draft) -> None:
    """What the months earn, and the balance sheet they lead to."""
    sheet = draft.month_sheet(
        NAME,
        "output",
        Text("Résultat prévisionnel et bilan de clôture", "Income and closing balance sheet"),
        Text(
            "Le bilan de clôture s'équilibre si tous les flux sont bien pris en compte.",
            "The closing balance sheet balances if every flow has been taken into account.",
        ),
        one_page=True,
    )
    result = _income(draft, sheet)
    _balance_sheets(draft, sheet, result)


def _income(draft: Draft, sheet: MonthSheet) -> Ref:
    """Income and expenses by month, without VAT; gives the cell of the result."""
    sheet.section(Text("Produits (hors taxes)", "Income (excluding VAT)"))
    first = sheet.line
    loans = "+".join(draft.month(f"{key}.interest") for key in draft.keys("loans"))
    principal = "".join(f"+{draft.month(f'{key}.principal')}" for key in draft.keys("loans"))
    income = {
        "sales": (Text("Ventes", "Sales"), draft.month("sales.net")),
        "currency": (
            Text("Ventes en devises", "Sales in currencies"),
            draft.month("in.currency.receipts"),
        ),
        "difference": (
            Text("Différences de change", "Exchange differences"),
            draft.month("in.currency.difference"),
        ),
        "disposals": (ROW_LABELS["disposals"], draft.month("in.disposals")),
        "other_receipts": (ROW_LABELS["other_receipts"], draft.month("in.other.receipts")),
        "other_vat": (
            Text(
                "TVA récupérée sur décaissements saisis TTC",
                "VAT recovered on payments typed with VAT",
            ),
            used(sheet, "other_deductible_vat"),
        ),
    }
    for key, (label, formula) in income.items():
        sheet.row(f"income.{key}", label, f"={formula}", plain=True)
    last_income = sheet.line - 1
    sheet.section(Text("Charges (hors taxes)", "Expenses (excluding VAT)"))
    first_cost = sheet.line
    costs = {
        "purchases": (
            Text("Achats et charges externes", "Purchases"),
            draft.month("purchases.net"),
        ),
        "currency": (
            Text("Achats en devises", "Purchases in currencies"),
            draft.month("out.currency.payments"),
        ),
        "wages": (ROW_LABELS["wages"], draft.month("out.wages")),
        "social": (ROW_LABELS["social_charges"], used(sheet, "social_charges")),
        "taxes": (ROW_LABELS["other_taxes"], draft.month("out.other_taxes")),
        "interest": (
            Text("Intérêts des emprunts", "Interest of loans"),
            f"ROUND({used(sheet, 'loan_interest')}+{loans},2)",
        ),
        "fees": (Text("Frais d'emprunt", "Loan fees"), draft.month("out.loans.fees")),
        "bank": (
            Text("Agios et intérêts d'équilibrage", "Bank charges and balancing interest"),
            f"ROUND({draft.month('cash.charges')}+{draft.month('cash.partners_interest')}"
            f"+{draft.month('cash.same')},2)",
        ),
        "other_payments": (ROW_LABELS["other_payments"], draft.month("out.other.payments")),
        "other_vat": (
            Text(
                "TVA collectée sur encaissements saisis TTC",
                "VAT collected on receipts typed with VAT",
            ),
            used(sheet, "other_collected_vat"),
        ),
        "depreciation": (ROW_LABELS["depreciation"], used(sheet, "depreciation")),
    }
    for key, (label, formula) in costs.items():
        sheet.row(f"expense.{key}", label, f"={formula}", plain=True)
    last_cost = sheet.line - 1
    sheet.row(
        "repaid_principal",
        Text("Capital remboursé (pour mémoire)", "Principal repaid (memo)"),
        f"=ROUND({used(sheet, 'loan_principal')}{principal},2)",
        plain=True,
    )
    sheet.row(
        "income.result", Text("Résultat avant stocks et impôt", "Result before stock and tax"),
        f"=ROUND(SUM({{c}}{first}:{{c}}{last_income})-SUM({{c}}{first_cost}:{{c}}{last_cost}),2)",
        role="total", plain=True, trace=Text("Produits − charges", "Income − expenses"),
    )  # fmt: skip
    return _result(draft, sheet)


def _result(draft: Draft, sheet: MonthSheet) -> Ref:
    raw, total = sheet.sheet, draft.total
    opening, given = draft.cell("opening.stock"), draft["closing_stock"]
    stock = f"IF(ISNUMBER({given}),{given},{opening})"
    lines = [
        (Text("Variation des stocks", "Change of stock"), f"=ROUND({stock}-{opening},2)"),
        (Text("Impôt sur les bénéfices de la période", "Tax of the period"),
         f"=-ROUND({draft.cell('tax_expense')},2)"),
    ]  # fmt: skip
    first = Ref(raw.name, sheet.at - 1, total)
    for label, formula in lines:
        raw.label(sheet.at, LABEL, label)
        raw.formula(sheet.at, total, formula, "amount")
        sheet.at += 1
    raw.label(sheet.at, LABEL, Text("Résultat de la période", "Result of the period"), "strong")
    cells = Ref(raw.name, first.row, total, sheet.at - 1, total)
    result = raw.formula(sheet.at, total, f"=ROUND(SUM({cells.a1}),2)", "amount", "total")
    sheet.at += 1
    return result


def _balance_sheets(draft: Draft, sheet: MonthSheet, result: Ref) -> None:
    raw = sheet.sheet
    sheet.section(Text("Bilans", "Balance sheets"))
    heads = [Text("Poste", "Item"), Text("Ouverture", "Opening"), Text("Clôture", "Closing")]
    raw.header(sheet.at, LABEL, [*heads, Text("Variation", "Change")])
    sheet.at += 1
    closing = _closing(draft, result)
    totals = []
    liabilities = [name for name in inputs.LIABILITIES if name != "vat_pending"]
    liabilities.insert(1, "result")
    for title, names in (
        (Text("Total de l'actif", "Total assets"), inputs.ASSETS),
        (Text("Total du passif", "Total equity and liabilities"), liabilities),
    ):
        first = sheet.at
        for name in names:
            opening = draft.cell(f"opening.{name}")
            if name == "vat_due":
                opening = f"{opening}+{draft.cell('opening.vat_pending')}"
            _item(draft, sheet, name, f"=ROUND({opening},2)", f"=ROUND({closing[name]},2)")
        raw.label(sheet.at, LABEL, title, "total")
        for col in (FIRST, MONTH, MONTH + 1):
            cells = Ref(raw.name, first, col, sheet.at - 1, col).a1
            total = raw.formula(sheet.at, col, f"=ROUND(SUM({cells}),2)", "amount", "total")
            if col == MONTH:
                totals.append(total)
        sheet.at += 2
    draft.cells["closing.gap"] = raw.formula(
        sheet.at, MONTH, f"=ROUND({totals[0].a1}-{totals[1].a1},2)", "amount", "result"
    )
    raw.label(sheet.at, LABEL, Text("Écart actif − passif", "Assets − liabilities"), "strong")


def _item(draft: Draft, sheet: MonthSheet, name: str, opening: str, closing: str) -> None:
    raw = sheet.sheet
    words = LABELS[name]
    if name == "vat_due":
        words = Text("TVA à décaisser ou en cours", "VAT due or under way")
    raw.label(sheet.at, LABEL, words)
    before = raw.formula(sheet.at, FIRST, opening, "amount").a1
    after = raw.formula(sheet.at, MONTH, closing, "amount", "result")
    raw.formula(sheet.at, MONTH + 1, f"=ROUND({after.a1}-{before},2)", "amount")
    draft.cells[f"closing.{name}"] = after
    sheet.at += 1


def _closing(draft: Draft, result: Ref) -> dict[str, str]:
    """Every closing item: the opening one, plus what was invoiced, less what was paid."""

    def total(key: str) -> str:
        return f"SUM({draft.rows[key]})"

    def opening(name: str) -> str:
        return draft.cell(f"opening.{name}")

    def left(name: str) -> str:
        return f"{opening(name)}-{total(f'opening.{name}')}"

    loans = draft.keys("loans")
    received = "".join(f"+{total(f'{key}.received')}" for key in loans)
    stock = draft["closing_stock"]
    vat_in = "+".join(
        f"{total(f'purchases.{k + 1}.gross')}" for k in range(draft.counts["purchases"])
    )
    net, due = draft.last("cash.net"), draft.opening("vat.due")
    carried = draft.last("vat.carried")
    return {
        "fixed_assets": f"{opening('fixed_assets')}+{total('investments.net')}"
        f"-{total('expense.depreciation')}",
        "stock": f"IF(ISNUMBER({stock}),{stock},{opening('stock')})",
        "receivables": f"{left('receivables')}+{draft.last('sales.left')}",
        "other_receivables": left("other_receivables"),
        "vat_credit": f"MAX(0,-{carried})",
        "vat_waiting_deductible": f"{opening('vat_waiting_deductible')}+({vat_in})"
        f"-{total('purchases.net')}-{total('vat.deductible')}+{total('income.other_vat')}",
        "placements": f"{opening('placements')}+{total('out.placements.out')}"
        f"-{total('in.placements.in')}",
        "cash": f"MAX(0,{net})",
        "equity": f"{opening('equity')}+{total('in.capital')}-{total('out.dividends')}",
        "result": str(result),
        "loans": f"{opening('loans')}{received}-{total('repaid_principal')}",
        "partners": f"{opening('partners')}+{total('in.partners.in')}-{total('out.partners.out')}"
        f"+{total('cash.partners')}-{total('cash.repaid')}",
        "payables": f"{left('payables')}+{draft.last('purchases.left')}",
        "asset_payables": f"{left('asset_payables')}+{draft.last('investments.left')}",
        "social": f"{opening('social')}+{total('expense.social')}-{total('out.social')}",
        "taxes": f"{opening('taxes')}+ROUND({draft.cell('tax_expense')},2)"
        f"-{total('out.corporate_tax')}",
        "vat_due": f"{due}+{total('vat.due')}-{total('vat.paid')}+MAX(0,{carried})",
        "vat_waiting_collected": f"{opening('vat_waiting_collected')}"
        f"+{total('sales.invoiced_vat')}-{total('vat.collected')}+{total('expense.other_vat')}",
        "other_debts": left("other_debts"),
        "overdraft": f"MAX(0,-{net})",
    }
