"""What goes into the treasury budget: payments with VAT and delays, VAT inside, receipts."""

from __future__ import annotations

from xlcrm.budget.marketing import MONTHS, MOST_DELAY
from xlcrm.budget.marketing_results import PAYMENT_MONTHS, payments
from xlcrm.templates.builder import TemplateSheet
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.marketing.desk import OVERALL, Desk
from xlcrm.texts import Text

# The name is the same in both languages: the treasury budget looks for it.
EXPORT = "xlcrm_marketing_payments"
ROWS = {
    "gross": Text("Paiements aux fournisseurs, TTC", "Payments to suppliers, with VAT"),
    "vat": Text("dont TVA déductible", "of which deductible VAT"),
    "receipts": Text(
        "Contributions des partenaires encaissées", "Partners' contributions received"
    ),
}
HEAD_LABEL = Text("Trésorerie marketing", "Marketing cash")
WIDTHS = [2, 40, *[11] * PAYMENT_MONTHS, 13, 12]
_HEAD, _MONTH = 5, 2
_TOTAL = _MONTH + PAYMENT_MONTHS


def write_cash(desk: Desk) -> None:
    """Twelve months and the four after them, in which the last invoices are paid."""
    sheet = desk.sheets["cash"]
    sheet.note(
        3, 1,
        Text("Factures HT du mois x (1 + TVA), payées après le délai de chaque action. Les heures "
             "internes sont déjà dans les salaires : elles n'y sont pas.",
             "Invoices of the month x (1 + VAT), paid after the delay of each action. Internal "
             "hours are wages already: they are not here."),
        _TOTAL,
    )  # fmt: skip
    sheet.label(_HEAD, 1, HEAD_LABEL, "header")
    for m in range(PAYMENT_MONTHS):
        sheet.formula(_HEAD, _MONTH + m, f"=EDATE({desk['start']},{m})", "month", "header")
    sheet.header(_HEAD, _TOTAL, [Text("Total", "Total")], 22)
    found = payments(desk.plan)
    rows = {"gross": found.gross, "vat": found.vat, "receipts": found.receipts}
    how = {
        "gross": Text("Chaque facture TTC, décalée de son délai de paiement.",
                      "Each invoice with VAT, moved by its payment delay."),
        "vat": Text("TTC - HT de ce qui est payé dans le mois.",
                    "With VAT - without VAT of what is paid in the month."),
        "receipts": Text("Contributions du mois, décalées du délai des partenaires.",
                         "Contributions of the month, moved by the partners' delay."),
    }  # fmt: skip
    for offset, (key, label) in enumerate(ROWS.items(), start=1):
        row = _HEAD + offset
        sheet.label(row, 1, label, "strong")
        desk.rows[key] = desk.asked(
            sheet, row, _MONTH, _formula(desk, key), rows[key], label=label,
            explanation=how[key], points=4 if key == "gross" else 2, verdict=(row, _TOTAL + 1),
        )  # fmt: skip
        _sum(desk, sheet, row)
    _balance(desk, sheet)
    desk.book.define(EXPORT, Ref(sheet.name, _HEAD, 1, _HEAD + len(ROWS), _TOTAL - 1))
    sheet.note(
        _HEAD + 8, 1,
        Text("Pour le budget de trésorerie : la plage nommée {name} porte les mois, les paiements "
             "TTC, la TVA et les encaissements ; la commande d'import les place, ou recopier les "
             "lignes dans « Autres décaissements », « Autre TVA déductible » et « Autres "
             "encaissements ».",
             "For the treasury budget: the named range {name} holds the months, the payments with "
             "VAT, the VAT and the receipts; the import command places them, or copy the rows to "
             '"Other payments", "Other deductible VAT" and "Other receipts".').format(name=EXPORT),
        _TOTAL,
    )  # fmt: skip
    if not desk.student:
        _checks(desk, sheet)
        _chart(desk, sheet)
    sheet.status(desk.book.t(OVERALL), _TOTAL)


def _formula(desk: Desk, key: str) -> str:
    """The month's payments: invoices of each delay, from so many months before.

    A month is found by its date, so that one formula serves the whole row.
    """
    if desk.student:
        return ""
    month = f"{{c}}${_HEAD + 1}"
    if key == "receipts":
        delay = f"MIN({MOST_DELAY},MAX(0,INT(N({desk['partner_delay']}))))"
        block, heads = desk.rows["m_part"], desk.rows["m_part.heads"]
        return f"=ROUND(SUMPRODUCT(({heads}=EDATE({month},-{delay}))*{block}),2)"
    block, heads = desk.rows[f"m_{key}"], desk.rows[f"m_{key}.heads"]
    lags = desk.col("lag")
    parts = [
        f"SUMPRODUCT(({lags}={delay})*({heads}=EDATE({month},-{delay}))*{block})"
        for delay in range(MOST_DELAY + 1)
    ]
    return f"=ROUND({'+'.join(parts)},2)"


def _sum(desk: Desk, sheet: TemplateSheet, row: int) -> None:
    months = f"{column_letter(_MONTH)}{row + 1}:{column_letter(_TOTAL - 1)}{row + 1}"
    desk.calc(sheet, row, _TOTAL, f"=ROUND(SUM({months}),2)", "amount", "total")


def _balance(desk: Desk, sheet: TemplateSheet) -> None:
    """Net cash of the month, and cumulated: what the treasury budget will feel."""
    net, cumulated = _HEAD + 5, _HEAD + 6
    gross, receipts = _HEAD + 2, _HEAD + 4
    sheet.label(net, 1, Text("Effet sur la trésorerie", "Effect on cash"), "strong")
    sheet.label(cumulated, 1, Text("Effet cumulé", "Cumulated effect"))
    for m in range(PAYMENT_MONTHS):
        letter = column_letter(_MONTH + m)
        desk.calc(
            sheet, net, _MONTH + m, f"=ROUND({letter}{receipts}-{letter}{gross},2)", "amount",
            "result",
        )  # fmt: skip
        span = f"${column_letter(_MONTH)}{net + 1}:{letter}{net + 1}"
        desk.calc(sheet, cumulated, _MONTH + m, f"=ROUND(SUM({span}),2)")
    _sum(desk, sheet, net)
    desk.rows["cash.net"] = Ref(sheet.name, net, _MONTH, net, _TOTAL - 1)
    desk.rows["cash.cumulated"] = Ref(sheet.name, cumulated, _MONTH, cumulated, _TOTAL - 1)


def _checks(desk: Desk, sheet: TemplateSheet) -> None:
    letter = column_letter(_TOTAL)
    gross, part = desk.rows["m_gross"], desk.rows["m_part"]
    same = (
        f"AND(ABS({letter}{_HEAD + 2}-SUM({gross}))<0.005,"
        f"ABS({letter}{_HEAD + 4}-SUM({part}))<0.005)"
    )
    sheet.check(
        _HEAD + 9, 1, same,
        Text("Les paiements ne font pas les factures.", "The payments do not make the invoices."),
        Text("Paiements = factures TTC", "Payments = invoices with VAT"), bold=False,
    )  # fmt: skip


def _chart(desk: Desk, sheet: TemplateSheet) -> None:
    from xlcrm.templates.style import SERIES

    chart = desk.book.chart("column", Text("Paiements et encaissements", "Payments and receipts"))
    for offset, color in ((1, SERIES[4]), (3, SERIES[3])):
        chart.add_series(
            {
                "name": [sheet.name, _HEAD + offset, 1],
                "categories": [sheet.name, _HEAD, _MONTH, _HEAD, _MONTH + MONTHS + MOST_DELAY - 1],
                "values": [sheet.name, _HEAD + offset, _MONTH, _HEAD + offset, _TOTAL - 1],
                "fill": {"color": color},
            }
        )
    sheet.place(_HEAD + 11, 1, chart, 1100, 320)
