"""The sheet of investments, loans, capital, partners and currencies."""

from __future__ import annotations

from typing import Any

from xlcrm.templates.builder import Words
from xlcrm.templates.formulas import column_letter
from xlcrm.templates.style import CellKind
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.choices import NOT_LISTED, not_listed
from xlcrm.templates.treasury.costs import given_rows, used
from xlcrm.templates.treasury.draft import FIRST, LABEL, MONTH, Asked, Draft, MonthSheet
from xlcrm.templates.treasury.lines import INVESTMENT_WORDS, write_lines
from xlcrm.texts import Text

FUNDING = Text("Investissement-financement", "Investment and funding")


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
    given_rows(
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
    if choices:
        faults = [(not_listed(draft.cells[key].a1, choices, draft.book), NOT_LISTED)]
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
    _parameter(
        draft,
        sheet,
        f"{key}.month",
        Text("Mois du versement (n°)", "Month received (no.)"),
        "integer",
        [
            (
                f"AND(N({amount})>0,OR(N({cell})<1,N({cell})>{draft['months_used']},N({cell})<>INT(N({cell}))))",
                Text(
                    "Donner le numéro d'un mois du budget.",
                    "Give the number of a month of the budget.",
                ),
            )
        ],
    )
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.rate", Text("Taux annuel", "Yearly rate"), "rate",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', text),
                (f"N({cell})<0", Text("Taux négatif.", "Negative rate.")),
                (f"N({cell})>1", Text("Taux supérieur à 100 % : taper 5 % ou 0,05, et non 5.",
                                      "Rate above 100%: type 5% or 0.05, not 5."))])  # fmt: skip
    free = draft.book.q(Text("Taux nul ou absent : emprunt sans intérêt.",
                             "No rate: a loan without interest."))  # fmt: skip
    sheet.sheet.formula(
        sheet.at - 1, MONTH, f'=IF(AND(N({amount})>0,N({cell})=0),{free},"")', "general", "trace"
    )
    cell = here.format(sheet.line)
    _parameter(
        draft,
        sheet,
        f"{key}.count",
        Text("Nombre de mensualités", "Monthly instalments"),
        "integer",
        [
            (
                f"AND(N({amount})>0,OR(N({cell})<1,N({cell})<>INT(N({cell}))))",
                Text(
                    "Un emprunt a au moins une mensualité.", "A loan has at least one instalment."
                ),
            )
        ],
    )
    _parameter(draft, sheet, f"{key}.mode", Text("Remboursement", "Repayment"), "text", [],
               choices.LOAN_MODE)  # fmt: skip
    _parameter(draft, sheet, f"{key}.conversion", Text("Taux mensuel", "Monthly rate"), "text", [],
               choices.CONVERSION)  # fmt: skip
    cell = here.format(sheet.line)
    _parameter(draft, sheet, f"{key}.fees", Text("Frais de dossier", "Fees"), "amount",
               [(f'AND({cell}<>"",NOT(ISNUMBER({cell})))', text),
                (f"N({cell})<0", Text("Montant négatif.", "Negative amount."))])  # fmt: skip
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
    actuarial = (
        f"{cells[f'{key}.conversion'].fixed}={draft.book.q(choices.CONVERSION['actuarial'])}"
    )
    valid = f"AND(N({amount})>0,N({count})>=1,N({month})>=1,N({month})<={draft['months_used']})"
    facts: list[tuple[str, Text, str, CellKind]] = [
        (
            "used",
            Text("Montant retenu", "Amount used"),
            f"=IF({valid},ROUND(N({amount}),2),0)",
            "amount",
        ),
        (
            "period_rate",
            Text("Taux d'un mois", "Rate of a month"),
            f"=IF({actuarial},(1+N({rate}))^(1/12)-1,N({rate})/12)",
            "rate",
        ),
    ]
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
        raw.label(
            sheet.at,
            draft.trace,
            Text(
                "VPM(taux du mois ; nombre ; montant), au centime",
                "PMT(monthly rate, number, amount), to the cent",
            ),
            "trace",
        )
    sheet.at += 1


def loan_rows(
    draft: Draft, sheet: MonthSheet, key: str, amount: str, month: str, count: str, rate: str,
    level: str, fees: str, mode: str = "",
) -> None:  # fmt: skip
    """The rows of a loan by month, from cells that hold its terms; without mode, constant."""
    q, num, line = draft.book.q, sheet.number, sheet.line
    number, received, interest, principal = (f"{{c}}{line + k}" for k in range(4))
    before = f"{{p}}{line + 5}"
    constant = f"{mode}={q(choices.LOAN_MODE['level'])}" if mode else "TRUE"
    linear = f"{mode}={q(choices.LOAN_MODE['principal'])}" if mode else "FALSE"
    since = f"{num}-N({month})"
    sheet.row(f"{key}.number", Text("Échéance n°", "Instalment no."),
              f"=IF(OR({num}=0,{amount}=0,{since}<1,{since}>INT(N({count}))),0,{since})",
              kind="integer", total=False)  # fmt: skip
    sheet.row(f"{key}.received", Text("Emprunt reçu", "Loan received"),
              f"=IF(AND({num}>0,{num}=N({month})),{amount},0)", plain=True)  # fmt: skip
    last = f"AND({number}=INT(N({count})),{constant},{rate}<>0,{before}>0,{before}<={level})"
    sheet.row(
        f"{key}.interest",
        Text("Intérêts", "Interest"),
        f"=IF({number}=0,0,IF({last},ROUND({level}-{before},2),ROUND({before}*{rate},2)))",
        trace=Text(
            "Capital dû × taux du mois ; à la fin : échéance − capital dû",
            "Balance × monthly rate; at the end: instalment − balance",
        ),
        asked=Asked(
            Text("Intérêts de l'emprunt", "Interest of the loan"),
            Text("Capital restant dû × taux mensuel.", "Balance × monthly rate."),
            1,
        ),
    )
    share = f"MIN(ROUND({amount}/INT(N({count})),2),{before})"
    normal = f"IF({constant},MIN(ROUND({level}-{interest},2),{before}),IF({linear},{share},0))"
    sheet.row(
        f"{key}.principal",
        Text("Capital remboursé", "Principal repaid"),
        f"=IF({number}=0,0,IF({number}=INT(N({count})),{before},{normal}))",
        trace=Text("La dernière échéance solde l'emprunt", "The last instalment clears the loan"),
    )
    sheet.row(
        f"{key}.payment",
        Text("Échéance payée", "Instalment paid"),
        f"=ROUND({interest}+{principal},2)",
        role="result",
        asked=Asked(
            Text("Échéances de l'emprunt", "Instalments of the loan"),
            Text("Échéance constante : VPM au centime.", "Constant: PMT to the cent."),
            1,
        ),
    )
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
    _parameter(
        draft, sheet, f"{key}.direction", Text("Sens", "Side"), "text", [], choices.DIRECTION
    )
    _parameter(
        draft, sheet, f"{key}.quote", Text("Cotation", "Quotation"), "text", [], choices.QUOTE
    )
    cell = here.format(sheet.line)
    _parameter(
        draft,
        sheet,
        f"{key}.booked_rate",
        Text("Cours à la facturation", "Rate when invoiced"),
        "factor",
        [
            (
                f'AND({cell}<>"",NOT(ISNUMBER({cell})))',
                Text("Saisir un nombre.", "Enter a number."),
            ),
            (f"N({cell})<0", Text("Cours négatif.", "Negative rate.")),
        ],
    )
    sheet.inputs(
        f"{key}.amount",
        Text(
            "Montant en devise, au mois du règlement",
            "Amount in the currency, in the month of settlement",
        ),
        gaps=False,
    )
    amounts = draft.rows[f"{key}.amount"]
    rates = sheet.inputs(
        f"{key}.rate",
        Text("Cours du mois", "Rate of the month"),
        kind="factor",
        total=False,
        gaps=False,
    )
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
    per_euro = f"{cells[f'{key}.quote'].fixed}={q(choices.QUOTE['euro'])}"
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
        f"{key}.difference",
        Text("Écart : réglé − facturé", "Difference: settled − invoiced"),
        f"=ROUND({{c}}{booked_line + 1}-{{c}}{booked_line},2)",
        trace=Text(
            "Gain si on encaisse, perte si on paie", "A gain on receipts, a loss on payments"
        ),
    )
