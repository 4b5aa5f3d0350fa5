"""The budget of costs (staff, taxes, other flows), of investment and financing, and of VAT."""

from __future__ import annotations

from typing import Any

from xlcrm.templates.builder import Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury import inputs
from xlcrm.templates.treasury.draft import FIRST, LABEL, Asked, Draft, MonthSheet
from xlcrm.templates.treasury.lines import INVESTMENT_WORDS, write_lines
from xlcrm.texts import Text

COSTS = Text("Budget des charges", "Costs budget")
FUNDING = Text("Investissement-financement", "Investment and funding")
VAT = Text("Budget de TVA", "VAT budget")
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
    "disposals": Text("Cessions d'immobilisations", "Disposals of assets"),
    "other_receipts": Text("Autres encaissements (subventions…)", "Other receipts (grants…)"),
    "other_payments": Text("Autres décaissements", "Other payments"),
    "vat_refunds": Text("Remboursement de crédit demandé", "Refund of the credit asked for"),
    "other_deductible_vat": Text("Autre TVA déductible", "Other deductible VAT"),
}


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


def _given(sheet: MonthSheet, title: Text | None, *keys: str) -> None:
    """Rows of given amounts, under a heading if there is any row."""
    shown = [key for key in keys if sheet.draft.shows(key)]
    if shown and title:
        sheet.section(title)
    for key in shown:
        sheet.inputs(key, ROW_LABELS[key], gaps=False)


def write_costs(draft: Draft) -> None:
    """Wages, social charges, taxes, and what else moves cash."""
    sheet = draft.month_sheet(
        COSTS, "input", Text("Budget des charges et autres flux", "Budget of costs and other flows"),
        Text("Salaires, charges sociales, impôts, flux divers (sans TVA).",
             "Wages, social charges, taxes, other flows (without VAT)."),
        Text("Paramètre", "Parameter"),
    )  # fmt: skip
    _given(sheet, Text("Personnel", "Staff"), "wages", "social_charges")
    if "social_charges" in draft.rows:
        _social(draft, sheet)
    sheet.section(Text("Impôts", "Taxes"))
    _given(sheet, None, "corporate_tax")
    _tax(draft, sheet)
    _given(sheet, None, "other_taxes")
    other = Text("Autres flux", "Other flows")
    _given(sheet, other, "other_receipts", "other_payments", "disposals")
    if draft.book.mode == "plain":
        _for_balance_sheet(draft, sheet)


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
    _given(
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
        sheet.sheet.checks(sheet.at, draft.trace, faults, label, bold=False, font_size=9)
        sheet.at += 1


def _tax(draft: Draft, sheet: MonthSheet) -> None:
    reference, balance = draft["tax_reference"], draft["tax_balance"]
    date = draft.same("calendar.date")
    part = f"IF(AND(N({reference})>{draft['tax_threshold']},MOD(MONTH({date}),3)=0),ROUND(N({reference})/4,0),0)"
    rest = f"IF(MONTH({date})=5,ROUND(N({balance}),2),0)"
    computed = f"{draft['tax_mode']}={draft.book.q(inputs.TAX_MODE['computed'])}"
    sheet.row(
        "tax.paid", Text("Impôt sur les sociétés payé", "Corporate tax paid"),
        f"=IF({sheet.number}=0,0,IF({computed},ROUND({part}+{rest},2),{used(sheet, 'corporate_tax')}))",
        role="result",
        trace=Text("Montants donnés, ou acomptes (quart, si l'impôt dépasse le seuil) et solde",
                   "Given amounts, or instalments (a quarter above the threshold) and balance"),
        plain=not draft.plan.tax_computed,
        asked=Asked(Text("Impôt sur les sociétés payé", "Corporate tax paid"),
                    Text("Un quart de l'impôt de référence, s'il dépasse 3 000 €, le 15/3, 15/6, "
                         "15/9 et 15/12 ; le solde en mai.",
                         "A quarter of the reference tax if it exceeds 3,000 euros, on 15/3, 15/6, "
                         "15/9, 15/12; the balance in May."), 1),
    )  # fmt: skip


def write_funding(draft: Draft) -> None:
    """Investments, loans, partners and capital, currencies."""
    sheet = draft.month_sheet(
        FUNDING, "input",
        Text("Investissement, financement, devises", "Investment, funding, currencies"),
        Text("Immobilisations, emprunts, capital, associés, placements, flux en devises.",
             "Assets, loans, capital, partners, placements, flows in currencies."),
        Text("Paramètre", "Parameter"),
    )  # fmt: skip
    write_lines(draft, sheet, "investments", INVESTMENT_WORDS)
    for k, key in enumerate(draft.keys("loans")):
        _loan(draft, sheet, key, k + 1)
    _given(
        sheet,
        Text(
            "Emprunts en cours, capital, associés, placements",
            "Existing loans, capital, partners, placements",
        ),
        "loan_principal",
        "loan_interest",
        "capital",
        "partners_in",
        "partners_out",
        "dividends",
        "placements_in",
        "placements_out",
    )
    for k, key in enumerate(draft.keys("currencies")):
        _currency(draft, sheet, key, k + 1)


def _parameter(
    draft: Draft, sheet: MonthSheet, key: str, label: Text, kind: CellKind,
    faults: list[tuple[str, Words]], choices: dict[str, Text] | None = None,
) -> None:  # fmt: skip
    """An assumption in the column before the months, with its check."""
    raw = sheet.sheet
    raw.label(sheet.at, LABEL, label)
    more: dict[str, Any] = {"font_size": 8} if choices else {}
    draft.cells[key] = raw.input(sheet.at, FIRST, key, None, kind, choices=choices, **more)
    if faults:
        place = f"{draft.book.t(label)} ({raw.name}, {draft.cells[key].a1})"
        raw.checks(sheet.at, draft.trace, faults, place, bold=False, font_size=9)
        raw.highlight(draft.cells[key], f"=OR({','.join(c for c, _ in faults)})")
    sheet.at += 1


def _loan(draft: Draft, sheet: MonthSheet, key: str, number: int) -> None:
    sheet.section(Text(f"Nouvel emprunt n° {number}", f"New loan no. {number}"))
    here = f"{column_letter(FIRST)}{{}}"
    text = Text("Saisir un nombre.", "Enter a number.")
    cell = here.format(sheet.line)
    amount = cell
    _parameter(draft, sheet, f"{key}.amount", Text("Montant emprunté", "Amount borrowed"), "amount",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', text),
                (f"N({cell})<0", Text("Montant négatif.", "Negative amount."))])  # fmt: skip
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.month", Text("Mois du versement (n°)", "Month received (no.)"),
               "integer",
               [(f"AND(N({amount})>0,OR(N({cell})<1,N({cell})>{draft['months_used']},N({cell})<>INT(N({cell}))))",
                 Text("Donner le numéro d'un mois du budget.", "Give the number of a month of the budget."))])  # fmt: skip
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.rate", Text("Taux annuel", "Yearly rate"), "rate",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', text),
                (f"N({cell})<0", Text("Taux négatif.", "Negative rate.")),
                (f"N({cell})>1", Text("Taux supérieur à 100 % : taper 5 % ou 0,05, et non 5.",
                                      "Rate above 100%: type 5% or 0.05, not 5."))])  # fmt: skip
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.count", Text("Nombre de mensualités", "Monthly instalments"),
               "integer",
               [(f"AND(N({amount})>0,OR(N({cell})<1,N({cell})<>INT(N({cell}))))",
                 Text("Un emprunt a au moins une mensualité.", "A loan has at least one instalment."))])  # fmt: skip
    _parameter(draft, sheet, f"{key}.mode", Text("Remboursement", "Repayment"), "text", [],
               inputs.LOAN_MODE)  # fmt: skip
    _parameter(draft, sheet, f"{key}.conversion", Text("Taux mensuel", "Monthly rate"), "text", [],
               inputs.CONVERSION)  # fmt: skip
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.fees", Text("Frais de dossier", "Fees"), "amount",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', text)])  # fmt: skip
    _loan_facts(draft, sheet, key)
    loan_rows(
        draft, sheet, key, draft.cells[f"{key}.used"].fixed, draft.cells[f"{key}.month"].fixed,
        draft.cells[f"{key}.count"].fixed, draft.cells[f"{key}.period_rate"].fixed,
        draft.cells[f"{key}.level"].fixed, draft.cells[f"{key}.fees"].fixed,
        mode=draft.cells[f"{key}.mode"].fixed,
    )  # fmt: skip


def _loan_facts(draft: Draft, sheet: MonthSheet, key: str) -> None:
    raw, cells = sheet.sheet, draft.cells
    amount, month, rate, count = (
        cells[f"{key}.{k}"].fixed for k in ("amount", "month", "rate", "count")
    )
    actuarial = f"{cells[f'{key}.conversion'].fixed}={draft.book.q(inputs.CONVERSION['actuarial'])}"
    valid = f"AND(N({amount})>0,N({count})>=1,N({month})>=1,N({month})<={draft['months_used']})"
    facts: list[tuple[str, Text, str, CellKind]] = [
        ("used", Text("Montant retenu", "Amount used"), f"=IF({valid},ROUND(N({amount}),2),0)", "amount"),
        ("period_rate", Text("Taux d'un mois", "Rate of a month"),
         f"=IF({actuarial},(1+N({rate}))^(1/12)-1,N({rate})/12)", "rate"),
    ]  # fmt: skip
    for name, label, formula, kind in facts:
        raw.label(sheet.at, LABEL, label)
        cells[f"{key}.{name}"] = raw.formula(sheet.at, FIRST, formula, kind)
        sheet.at += 1
    used_amount, i = cells[f"{key}.used"].fixed, cells[f"{key}.period_rate"].fixed
    raw.label(sheet.at, LABEL, Text("Échéance constante", "Constant instalment"))
    level = f"=IF({used_amount}=0,0,ROUND(-PMT({i},INT({count}),{used_amount}),2))"
    if draft.student:
        cells[f"{key}.level"] = raw.value(sheet.at, FIRST, None, "formula", "amount", locked=False)
    else:
        cells[f"{key}.level"] = raw.formula(sheet.at, FIRST, level, "amount")
        raw.label(sheet.at, draft.trace, Text("VPM(taux du mois ; nombre ; montant), au centime",
                                              "PMT(monthly rate, number, amount), to the cent"), "trace")  # fmt: skip
    sheet.at += 1


def loan_rows(
    draft: Draft, sheet: MonthSheet, key: str, amount: str, month: str, count: str, rate: str,
    level: str, fees: str, mode: str = "",
) -> None:  # fmt: skip
    """The rows of a loan by month, from cells that hold its terms; without mode, constant."""
    q, num, line = draft.book.q, sheet.number, sheet.line
    number, received, interest, principal = (f"{{c}}{line + k}" for k in range(4))
    before = f"{{p}}{line + 5}"
    constant = f"{mode}={q(inputs.LOAN_MODE['level'])}" if mode else "TRUE"
    linear = f"{mode}={q(inputs.LOAN_MODE['principal'])}" if mode else "FALSE"
    since = f"{num}-N({month})"
    sheet.row(f"{key}.number", Text("Échéance n°", "Instalment no."),
              f"=IF(OR({num}=0,{amount}=0,{since}<1,{since}>INT(N({count}))),0,{since})",
              kind="integer", total=False)  # fmt: skip
    sheet.row(f"{key}.received", Text("Emprunt reçu", "Loan received"),
              f"=IF(AND({num}>0,{num}=N({month})),{amount},0)", plain=True)  # fmt: skip
    last = f"AND({number}=INT(N({count})),{constant},{rate}<>0,{before}>0,{before}<={level})"
    sheet.row(f"{key}.interest", Text("Intérêts", "Interest"),
              f"=IF({number}=0,0,IF({last},ROUND({level}-{before},2),ROUND({before}*{rate},2)))",
              trace=Text("Capital dû × taux du mois ; à la fin : échéance − capital dû",
                         "Balance × monthly rate; at the end: instalment − balance"),
              asked=Asked(Text("Intérêts de l'emprunt", "Interest of the loan"),
                          Text("Capital restant dû × taux mensuel.", "Balance × monthly rate."), 1))  # fmt: skip
    share = f"MIN(ROUND({amount}/INT(N({count})),2),{before})"
    normal = f"IF({constant},MIN(ROUND({level}-{interest},2),{before}),IF({linear},{share},0))"
    sheet.row(f"{key}.principal", Text("Capital remboursé", "Principal repaid"),
              f"=IF({number}=0,0,IF({number}=INT(N({count})),{before},{normal}))",
              trace=Text("La dernière échéance solde l'emprunt", "The last instalment clears the loan"))  # fmt: skip
    sheet.row(f"{key}.payment", Text("Échéance payée", "Instalment paid"),
              f"=ROUND({interest}+{principal},2)", role="result",
              asked=Asked(Text("Échéances de l'emprunt", "Instalments of the loan"),
                          Text("Échéance constante : VPM au centime.", "Constant: PMT to the cent."), 1))  # fmt: skip
    sheet.row(f"{key}.outstanding", Text("Capital restant dû", "Outstanding"),
              f"=ROUND({before}+{received}-{principal},2)", total=False, opening="=0")  # fmt: skip
    sheet.row(f"{key}.paid_fees", Text("Frais payés", "Fees paid"),
              f"=IF(AND({received}>0,{amount}>0),ROUND(N({fees}),2),0)", plain=True)  # fmt: skip


def _currency(draft: Draft, sheet: MonthSheet, key: str, number: int) -> None:
    sheet.section(Text(f"Flux en devises n° {number}", f"Flow in a currency no. {number}"))
    raw, cells, q = sheet.sheet, draft.cells, draft.book.q
    here = f"{column_letter(FIRST)}{{}}"
    _parameter(
        draft, sheet, f"{key}.label", Text("Devise ou client", "Currency or party"), "text", []
    )
    _parameter(draft, sheet, f"{key}.direction", Text("Sens", "Side"), "text", [], inputs.DIRECTION)
    _parameter(
        draft, sheet, f"{key}.quote", Text("Cotation", "Quotation"), "text", [], inputs.QUOTE
    )
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.booked_rate", Text("Cours à la facturation", "Rate when invoiced"),
               "factor",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', Text("Saisir un nombre.", "Enter a number.")),
                (f"N({cell})<0", Text("Cours négatif.", "Negative rate."))])  # fmt: skip
    sheet.inputs(f"{key}.amount", Text("Montant en devise, au mois du règlement",
                                       "Amount in the currency, in the month of settlement"), gaps=False)  # fmt: skip
    amounts = draft.rows[f"{key}.amount"]
    rates = sheet.inputs(f"{key}.rate", Text("Cours du mois", "Rate of the month"), kind="factor",
                         total=False, gaps=False)  # fmt: skip
    missing = f'SUMPRODUCT(({amounts.a1}<>0)*({amounts.a1}<>"")*({rates.a1}=0))>0'
    no_rate: list[tuple[str, Words]] = [
        (f"AND(COUNT({amounts.a1})>0,N({cell})=0)",
         Text("Cours à la facturation manquant.", "Rate when invoiced missing.")),
        (missing, Text("Cours manquant pour un mois où il y a un montant.",
                       "Rate missing in a month that has an amount.")),
    ]  # fmt: skip
    label = Text(f"Cours de la devise n° {number}", f"Rates of currency no. {number}")
    raw.label(sheet.at, LABEL, Text("Contrôle des cours", "Check of the rates"))
    raw.checks(sheet.at, draft.trace, no_rate, label, bold=False, font_size=9)
    sheet.at += 1
    per_euro = f"{cells[f'{key}.quote'].fixed}={q(inputs.QUOTE['euro'])}"
    amount = used(sheet, f"{key}.amount")
    booked_rate, rate = f"N({cells[f'{key}.booked_rate'].fixed})", f"N({{c}}{rates.line})"
    booked_line = sheet.line
    for name, label, at in (
        (
            "booked",
            Text("En euros au cours de la facture", "Euros at the rate of the invoice"),
            booked_rate,
        ),
        ("settled", Text("En euros au cours du mois", "Euros at the rate of the month"), rate),
    ):
        trace = Text("Montant × cours, ou ÷ cours si 1 € = x devise",
                     "Amount × rate, or ÷ rate where 1 € = x units")  # fmt: skip
        sheet.row(
            f"{key}.{name}", label,
            f"=IF({at}=0,0,IF({per_euro},ROUND({amount}/{at},2),ROUND({amount}*{at},2)))",
            trace=trace if name == "settled" else "",
            asked=Asked(label, Text("Montant × cours, ou ÷ cours si 1 € = x devise.",
                                    "Amount × rate, or ÷ rate."), 1),
        )  # fmt: skip
    sheet.row(
        f"{key}.difference", Text("Écart : réglé − facturé", "Difference: settled − invoiced"),
        f"=ROUND({{c}}{booked_line + 1}-{{c}}{booked_line},2)",
        trace=Text("Gain si on encaisse, perte si on paie", "A gain on receipts, a loss on payments"),
    )  # fmt: skip


def write_vat(draft: Draft) -> None:
    """What is collected, deducted, due, carried and paid."""
    sheet = draft.month_sheet(
        VAT, "work", Text("Budget de TVA", "VAT budget"),
        Text("TVA due ou crédit, mois par mois ; payée le mois qui suit la déclaration.",
             "VAT due or credit, month by month; paid in the month after the return."),
        Text("Ouverture", "Opening"),
    )  # fmt: skip
    _given(sheet, Text("Données", "Data"), "other_deductible_vat", "vat_refunds")
    sheet.section(Text("TVA collectée et déductible", "Collected and deductible VAT"))
    _opening_vat(draft, sheet, "receivables", Text("Sur créances d'ouverture encaissées",
                                                   "On opening receivables paid"))  # fmt: skip
    sums = [draft.same("sales.vat")] if draft.keys("sales") else []
    _sum_row(draft, sheet, "vat.collected", Text("TVA collectée", "Collected VAT"),
             [*sums, _here(draft, "vat.opening.receivables")], 2)  # fmt: skip
    _opening_vat(draft, sheet, "payables", Text("Sur dettes d'ouverture payées",
                                                "On opening payables paid"))  # fmt: skip
    sums = [draft.same("purchases.vat")] if draft.keys("purchases") else []
    _sum_row(draft, sheet, "vat.deductible",
             Text("TVA déductible sur biens et services", "Deductible VAT on goods and services"),
             [*sums, _here(draft, "vat.opening.payables"), used(sheet, "other_deductible_vat")], 2)  # fmt: skip
    sums = [draft.same("investments.vat")] if draft.keys("investments") else ["0"]
    _sum_row(draft, sheet, "vat.assets",
             Text("TVA déductible sur immobilisations", "Deductible VAT on fixed assets"), sums, 1)  # fmt: skip
    sheet.section(Text("Déclaration", "Return"))
    _return_rows(draft, sheet)


def _opening_vat(draft: Draft, sheet: MonthSheet, side: str, label: Text) -> None:
    if f"opening.{side}_vat_rate" not in draft.cells:
        return
    rate = f"N({draft.cells[f'opening.{side}_vat_rate']})"
    sheet.row(f"vat.opening.{side}", label,
              f"=ROUND({draft.same(f'opening.{side}')}*{rate}/(1+{rate}),2)",
              trace=Text("Réglé × t / (1 + t), si la TVA est encore due",
                         "Paid × t / (1 + t), where VAT is still due"))  # fmt: skip


def _here(draft: Draft, key: str) -> str:
    return f"{{c}}{draft.rows[key].line}" if key in draft.rows else "0"


def _sum_row(
    draft: Draft, sheet: MonthSheet, key: str, label: Text, parts: list[str], points: float
) -> None:
    sheet.row(key, label, f"=ROUND({'+'.join(parts)},2)", role="total",
              asked=Asked(label, Text("Somme des lignes du mois.", "Sum of the month's lines."), points))  # fmt: skip


def _return_rows(draft: Draft, sheet: MonthSheet) -> None:
    line = sheet.line
    carried_before, refund, net, _, credit = (f"{{c}}{line + k}" for k in range(5))
    sheet.row("vat.before", Text("Report du mois précédent (crédit en −)", "Brought forward (credit −)"),
              f"={{p}}{line + 5}", total=False)  # fmt: skip
    asked = used(sheet, "vat_refunds")
    sheet.row("vat.refund", Text("Remboursement de crédit reçu", "Refund received"),
              f"=MIN({asked},MAX(0,-{carried_before}))")  # fmt: skip
    sheet.row("vat.net", Text("TVA nette", "Net VAT"),
              f"=ROUND({{c}}{draft['vat.collected'].line}-{{c}}{draft['vat.deductible'].line}"
              f"-{{c}}{draft['vat.assets'].line}+{carried_before}+{refund},2)", total=False,
              trace=Text("Collectée − déductible + report + remboursement",
                         "Collected − deductible + brought forward + refund"))  # fmt: skip
    declares = draft.same("calendar.declares")
    sheet.row("vat.due", Text("TVA à décaisser", "VAT due"), f"=IF({declares}=1,MAX(0,{net}),0)",
              role="result", trace=Text("Partie positive, le mois de la déclaration",
                                        "Positive part, in the month of the return"),
              asked=Asked(Text("TVA à décaisser", "VAT due"),
                          Text("Collectée − déductible − crédit du mois précédent, si c'est positif.",
                               "Collected − deductible − credit of the month before, if positive."), 2))  # fmt: skip
    sheet.row("vat.credit", Text("Crédit de TVA à reporter", "VAT credit to carry"),
              f"=IF({declares}=1,MAX(0,-{net}),0)", role="result", total=False,
              trace=Text("Partie négative, le mois de la déclaration",
                         "Negative part, in the month of the return"),
              asked=Asked(Text("Crédit de TVA à reporter", "VAT credit to carry"),
                          Text("Ce que la TVA déductible a de plus, reporté sur le mois suivant.",
                               "The excess of deductible VAT, carried to the next month."), 2))  # fmt: skip
    opening = f"=ROUND({draft.cell('opening.vat_pending')}-{draft.cell('opening.vat_credit')},2)"
    sheet.row("vat.carried", Text("Report sur le mois suivant", "Carried forward"),
              f"=IF({declares}=1,-{credit},{net})", total=False, opening=opening,
              trace=Text("Crédit en − ; trimestre en cours en +", "Credit −; quarter under way +"))  # fmt: skip
    sheet.row("vat.paid", Text("TVA décaissée", "VAT paid"),
              f"=IF({sheet.number}=0,0,{{p}}{line + 3})", role="total",
              trace=Text("TVA due du mois précédent", "VAT due of the month before"),
              asked=Asked(Text("TVA décaissée", "VAT paid"),
                          Text("La TVA d'un mois se paie le mois suivant.",
                               "The VAT of a month is paid in the month after."), 1))  # fmt: skip
    sheet.sheet.formula(
        line + 2, FIRST, f"=ROUND({draft.cell('opening.vat_due')},2)", "amount", "result"
    )
    if "vat_refunds" not in draft.rows:
        return
    row = draft["vat.refund"].row
    too_much = f"SUM({draft['vat_refunds'].a1})>SUM({draft['vat.refund'].a1})+0.004"
    words = Text("Remboursement demandé supérieur au crédit : il est ramené au crédit.",
                 "Refund above the credit: it is cut to the credit.")  # fmt: skip
    label = Text("Remboursement de crédit de TVA", "Refund of the VAT credit")
    at = Ref(sheet.sheet.name, row, draft.trace)
    sheet.sheet.checks(at.row, at.col, [(too_much, words)], label, bold=False, font_size=9)
