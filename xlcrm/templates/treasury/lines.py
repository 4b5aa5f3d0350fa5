"""Budgets of sales, purchases and investments: from amounts without VAT to cash and VAT."""

from __future__ import annotations

from dataclasses import dataclass

from xlcrm.budget.plan import SHARES
from xlcrm.templates.builder import Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.draft import FIRST, MONTH, Asked, Draft, MonthSheet
from xlcrm.texts import Text

SALES = Text("Budget des ventes", "Sales budget")
PURCHASES = Text("Budget des achats", "Purchases budget")
_PARAM = column_letter(FIRST)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a family of lines is called, for titles and traces."""

    invoiced: Text  # the section of amounts without VAT
    gross: Text
    paid: Text  # the section of payments by delay
    vat: Text
    left: Text
    total_paid: Text
    total_vat: Text


SALES_WORDS = Wording(
    Text("Ventes hors taxes", "Sales excluding VAT"),
    Text("Ventes toutes taxes comprises", "Sales including VAT"),
    Text("Encaissements par délai de règlement", "Receipts by payment delay"),
    Text("TVA collectée", "Collected VAT"),
    Text("Créances clients en fin de mois",
         "Receivables at the end of the month"),
    Text("Encaissements sur ventes", "Receipts from sales"),
    Text("TVA collectée sur ventes", "VAT collected on sales"),
)  # fmt: skip
PURCHASE_WORDS = Wording(
    Text("Achats et charges hors taxes", "Purchases and costs excluding VAT"),
    Text("Achats et charges toutes taxes comprises", "Purchases and costs including VAT"),
    Text("Décaissements par délai de règlement", "Payments by payment delay"),
    Text("TVA déductible sur biens et services", "Deductible VAT on goods and services"),
    Text("Dettes fournisseurs en fin de mois",
         "Payables at the end of the month"),
    Text("Décaissements sur achats", "Payments for purchases"),
    Text("TVA déductible sur achats", "VAT deductible on purchases"),
)  # fmt: skip
INVESTMENT_WORDS = Wording(
    Text("Investissements hors taxes", "Investments excluding VAT"),
    Text("Investissements toutes taxes comprises", "Investments including VAT"),
    Text("Décaissements par délai de règlement", "Payments by payment delay"),
    Text("TVA déductible sur immobilisations", "Deductible VAT on fixed assets"),
    Text("Fournisseurs d'immo. en fin de mois",
         "Payables on assets at the end of the month"),
    Text("Décaissements sur investissements", "Payments for investments"),
    Text("TVA déductible sur immobilisations", "VAT deductible on assets"),
)  # fmt: skip


def write_sales(draft: Draft) -> None:
    """The budget of sales."""
    sheet = draft.month_sheet(
        SALES, "input", Text("Budget des ventes", "Sales budget"),
        Text("Du hors taxes à l'encaissement : TTC, délais, TVA, créances.",
             "From sales to receipts: VAT, delays, receivables."),
        Text("Paramètre", "Parameter"),
    )  # fmt: skip
    write_lines(draft, sheet, "sales", SALES_WORDS)
    _credit_rows(draft, sheet)


def write_purchases(draft: Draft) -> None:
    """The budget of purchases and external costs."""
    sheet = draft.month_sheet(
        PURCHASES, "input", Text("Budget des achats et charges externes", "Purchases budget"),
        Text("Du hors taxes au décaissement : TTC, délais, TVA, dettes.",
             "From purchases to payments: VAT, delays, payables."),
        Text("Paramètre", "Parameter"),
    )  # fmt: skip
    write_lines(draft, sheet, "purchases", PURCHASE_WORDS)


def write_lines(draft: Draft, sheet: MonthSheet, name: str, words: Wording) -> None:
    """Every section of a family of lines."""
    keys = draft.keys(name)
    if not keys:
        return
    sheet.section(words.invoiced)
    for key in keys:
        row = sheet.inputs(f"{key}.amount", draft.cells[f"{key}.label"])
        sheet.sheet.formula(row.row, FIRST, f"=N({draft.cells[f'{key}.rate']})", "percent")
    nets = "+".join(f"ROUND(N({{c}}{draft.rows[f'{key}.amount'].line}),2)" for key in keys)
    label = Text("Total : {w}", "Total: {w}").format(w=words.invoiced)
    formula = f"=IF({sheet.number}=0,0,ROUND({nets},2))"
    sheet.row(f"{name}.net", label, formula, role="total", plain=True)
    sheet.section(words.gross)
    for key in keys:
        _gross(draft, sheet, key)
    _total(draft, sheet, f"{name}.gross", [f"{key}.gross" for key in keys], words.gross)
    sheet.section(words.paid)
    for key in keys:
        _parts(draft, sheet, key, words)
    _total(draft, sheet, f"{name}.paid", [f"{key}.paid" for key in keys], words.total_paid)
    sheet.section(words.vat)
    for key in keys:
        _vat(draft, sheet, key)
    _total(draft, sheet, f"{name}.vat", [f"{key}.vat" for key in keys], words.total_vat)
    sheet.section(words.left)
    sheet.row(
        f"{name}.left", words.left,
        f"=ROUND({{p}}{sheet.line}+{{c}}{draft[f'{name}.gross'].line}"
        f"-{{c}}{draft[f'{name}.paid'].line},2)",
        role="total", total=False, opening="=0",
        trace=Text("Solde du mois précédent + TTC facturé − réglé",
                   "Balance of the month before + invoiced − paid"),
        asked=Asked(words.left, Text(
            "Ce qui est facturé TTC et pas encore réglé : solde précédent + TTC − règlements.",
            "What is invoiced and not yet paid: balance before + invoiced − paid."), 1),
    )  # fmt: skip


def _total(draft: Draft, sheet: MonthSheet, key: str, keys: list[str], words: Words) -> None:
    cells = ",".join(f"{{c}}{draft.rows[k].line}" for k in keys)
    label = Text("Total : {w}", "Total: {w}").format(w=words)
    sheet.row(key, label, f"=ROUND(SUM({cells}),2)", role="total")


def _net(draft: Draft, sheet: MonthSheet, key: str) -> str:
    """The amount without VAT as it counts: rounded, a text is 0, nothing beyond the budget."""
    line = draft.rows[f"{key}.amount"].line
    return f"IF({sheet.number}=0,0,ROUND(N({{c}}{line}),2))"


def _gross(draft: Draft, sheet: MonthSheet, key: str) -> None:
    label = draft.cells[f"{key}.label"]
    sheet.row(
        f"{key}.gross", label, f"=ROUND({_net(draft, sheet, key)}*(1+${_PARAM}{sheet.line}),2)",
        opening=f"=N({draft.cells[f'{key}.rate']})", opening_kind="percent",
        trace=Text("HT × (1 + taux de TVA), au centime", "Amount × (1 + VAT rate), to the cent"),
        asked=Asked(
            Text("Montant TTC, par mois", "Amount including VAT, by month"),
            Text("HT × (1 + taux de TVA), arrondi au centime.",
                 "Amount without VAT × (1 + VAT rate), rounded to the cent."), 1),
    )  # fmt: skip


def _parts(draft: Draft, sheet: MonthSheet, key: str, words: Wording) -> None:
    """One row for each delay, in the month of payment; the last share takes the remainder."""
    first = sheet.line
    gross = draft.rows[f"{key}.gross"].fixed
    for k in range(SHARES):
        line = first + k
        due = f"INDEX({gross},{sheet.number}-{k})" if k else f"INDEX({gross},{sheet.number})"
        before = "".join(
            f"-INDEX(${column_letter(MONTH)}${first + q}:${draft.last_letter}${first + q},"
            f"{sheet.number}-{k - q})"
            for q in range(k)
        )
        share = f"${_PARAM}{line}"
        after = f"SUM(${_PARAM}{line + 1}:${_PARAM}{first + SHARES - 1})=0"
        last = f"AND({share}<>0,{after})" if k < SHARES - 1 else f"{share}<>0"
        delay = (
            Text("au comptant", "at once")
            if not k
            else Text(f"à {k} mois", f"after {k} month{'s' * (k > 1)}")
        )
        sheet.row(
            f"{key}.part.{k}", delay,
            f"=IF({sheet.number}<={k},0,IF({last},ROUND({due}{before},2),ROUND({due}*{share},2)))",
            opening=f"=N({draft.cells[f'{key}.share.{k + 1}']})", opening_kind="percent",
            indent=2, total=False,
            trace=Text(f"TTC facturé {k} mois plus tôt × part ; la dernière part prend le reste",
                       f"Invoiced {k} months earlier × share; the last share takes the rest")
            if k else Text("TTC du mois × part", "Invoiced this month × share"),
        )  # fmt: skip
    cells = f"{{c}}{first}:{{c}}{first + SHARES - 1}"
    sheet.row(
        f"{key}.paid", draft.cells[f"{key}.label"], f"=ROUND(SUM({cells}),2)", role="result",
        trace=Text("Somme des délais", "Sum of the delays"),
        asked=Asked(words.total_paid, Text(
            "Chaque facture TTC est répartie selon les parts ; la dernière part prend le reste.",
            "Each invoice is split by the shares; the last share takes the remainder."), 2),
    )  # fmt: skip


def _vat(draft: Draft, sheet: MonthSheet, key: str) -> None:
    net, rate = _net(draft, sheet, key), f"${_PARAM}{sheet.line}"
    invoiced = f"ROUND({{c}}{draft.rows[f'{key}.gross'].line}-{net},2)"
    formula = f"={invoiced}"
    trace = Text("TTC − HT, à la facture", "Including − excluding VAT, when invoiced")
    if f"{key}.timing" in draft.cells:
        on_payment = f"{draft.cells[f'{key}.timing']}={draft.book.q(choices.TIMING['payment'])}"
        paid = f"{{c}}{draft.rows[f'{key}.paid'].line}"
        formula = f"=IF({on_payment},ROUND({paid}*{rate}/(1+{rate}),2),{invoiced})"
        trace = Text("Débits : TTC − HT ; encaissements : réglé × t / (1 + t)",
                     "On invoice: incl. − excl.; on payment: paid × t / (1 + t)")  # fmt: skip
    sheet.row(
        f"{key}.vat", draft.cells[f"{key}.label"], formula, trace=trace,
        opening=f"=N({draft.cells[f'{key}.rate']})", opening_kind="percent",
        asked=Asked(
            Text("TVA de la ligne, par mois", "VAT of the line, by month"),
            Text("Débits : TTC − HT du mois. Encaissements : réglé du mois × t / (1 + t).",
                 "On invoice: incl. − excl. VAT. On payment: paid × t / (1 + t)."), 1),
    )  # fmt: skip


def _credit_rows(draft: Draft, sheet: MonthSheet) -> None:
    """What the scenarios act on: receipts on credit, and the VAT that goes with them."""
    if draft.book.mode != "plain":
        return
    keys = draft.keys("sales")
    sheet.section(Text("Repères pour les scénarios", "For the scenarios"))
    parts = ",".join(
        Ref(sheet.sheet.name, draft.rows[f"{key}.part.1"].row, MONTH,
            draft.rows[f"{key}.part.4"].row, MONTH).a1.replace(column_letter(MONTH), "{c}")
        for key in keys
    )  # fmt: skip
    sheet.row(
        "sales.credit_paid", Text("Encaissements de ventes à crédit", "Receipts from credit sales"),
        f"=ROUND(SUM({parts}),2)", plain=True,
        trace=Text("Délais de 1 à 4 mois", "Delays of 1 to 4 months"),
    )  # fmt: skip
    at_once = ",".join(f"{{c}}{draft.rows[f'{key}.part.0'].line}" for key in keys)
    sheet.row(
        "sales.credit_invoiced", Text("Ventes à crédit facturées", "Credit sales invoiced"),
        f"=ROUND({{c}}{draft['sales.gross'].line}-SUM({at_once}),2)", plain=True,
        trace=Text("TTC − réglé au comptant", "Including VAT − paid at once"),
    )  # fmt: skip
    terms = []
    for key in keys:
        timing = f"{draft.cells[f'{key}.timing']}={draft.book.q(choices.TIMING['payment'])}"
        rate = f"${_PARAM}{draft.rows[f'{key}.vat'].line}"
        cash = f"{{c}}{draft.rows[f'{key}.part.0'].line}"
        vat = f"{{c}}{draft.rows[f'{key}.vat'].line}"
        terms.append(f"IF({timing},{vat}-ROUND({cash}*{rate}/(1+{rate}),2),0)")
    sheet.row(
        "sales.credit_vat", Text("TVA sur encaissements de ventes à crédit",
                                 "VAT on receipts from credit sales"),
        f"=ROUND({'+'.join(terms)},2)", plain=True,
        trace=Text("Lignes sur encaissements seulement", "Lines on payment only"),
    )  # fmt: skip
    invoiced = [f"{{c}}{draft.rows[f'{key}.gross'].line}-{_net(draft, sheet, key)}" for key in keys]
    sheet.row(
        "sales.invoiced_vat", Text("TVA facturée", "Invoiced VAT"),
        f"=ROUND({'+'.join(invoiced)},2)", plain=True, trace=Text("TTC − HT", "Incl. − excl. VAT"),
    )  # fmt: skip
