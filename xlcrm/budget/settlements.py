"""Amounts over time as formulas: with and without VAT, shared out, cashed with delays, and the
monthly settlement of VAT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, rate_of, same_length
from xlcrm.budget.rounding import add_cents, check_shares, round_cents, split_cents
from xlcrm.budget.vat import settle_vat, vat_inside, with_vat
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text

Rows = list[list[Any]]

_RATE = Param(
    "rate",
    "taux",
    Text(fr="Taux de TVA. Par défaut : 20 %.", en="VAT rate. Default: 20 %."),
    kind=Kind.NUMBER,
)
_NET = Param("net", "ht", Text(fr="Montant hors taxes.", en="Amount before VAT."), kind=Kind.NUMBER)
_GROSS = Param("gross", "ttc", Text(fr="Montant TTC.", en="Amount with VAT."), kind=Kind.NUMBER)


@function(
    "CRM_GROSS",
    "CRM_TTC",
    group="budgets",
    summary=Text(
        fr="Montant TTC à partir du montant hors taxes, au centime.",
        en="Amount with VAT from the amount before VAT, to the cent.",
    ),
    params=[_NET, _RATE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def gross_amount(net: float, rate: float = 0.20) -> float:
    """ROUND(net x (1 + rate), 2).

    >>> gross_amount(1000), gross_amount(100, 0.055)
    (1200.0, 105.5)
    """
    return with_vat(net, rate_of(rate))


@function(
    "CRM_NET",
    "CRM_HT",
    group="budgets",
    summary=Text(
        fr="Montant hors taxes à partir du montant TTC, au centime.",
        en="Amount before VAT from the amount with VAT, to the cent.",
    ),
    params=[_GROSS, _RATE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def net_amount(gross: float, rate: float = 0.20) -> float:
    """Gross less the VAT inside it, so that net and VAT always sum to gross.

    >>> net_amount(1200), net_amount(100, 0.055)
    (1000.0, 94.79)
    """
    return add_cents(round_cents(gross), -vat_inside(gross, rate_of(rate)))


@function(
    "CRM_VAT",
    "CRM_TVA",
    group="budgets",
    summary=Text(
        fr="TVA d'un montant hors taxes, ou contenue dans un montant TTC, au centime.",
        en="VAT on an amount before VAT, or inside an amount with VAT, to the cent.",
    ),
    params=[
        Param("amount", "montant", Text(fr="Montant.", en="Amount."), kind=Kind.NUMBER),
        _RATE,
        Param(
            "included",
            "ttc",
            Text(
                fr="VRAI si le montant est TTC. Par défaut : FAUX (hors taxes).",
                en="TRUE when the amount includes VAT. Default: FALSE (before VAT).",
            ),
            kind=Kind.FLAG,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def vat_amount(amount: float, rate: float = 0.20, included: bool = False) -> float:
    """The VAT, to the cent.

    >>> vat_amount(1000), vat_amount(1200, included=True)
    (200.0, 200.0)
    """
    if included:
        return vat_inside(amount, rate_of(rate))
    return add_cents(with_vat(amount, rate_of(rate)), -round_cents(amount))


@function(
    "CRM_SPLIT",
    "CRM_REPARTITION",
    group="budgets",
    summary=Text(
        fr="Partage un montant selon des parts, au centime près : la dernière part prend le reste.",
        en="Shares out an amount to the cent: the last share takes what is left.",
    ),
    params=[
        Param(
            "total", "montant", Text(fr="Montant à partager.", en="Amount."), Shape.ONE, Kind.NUMBER
        ),
        Param(
            "shares",
            "parts",
            Text(
                fr="Parts, dont la somme est 100 % : 30 %, 50 %, 20 %.",
                en="Shares, that sum to 100 %: 30 %, 50 %, 20 %.",
            ),
            Shape.TABLE,
            Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def split(total: float, shares: Sequence[Sequence[float | None]]) -> Rows | None:
    """The amounts in the shape of the shares; a blank share is 0, only blanks give a blank.

    >>> split(100.01, [[0.3, 0.5, 0.2]])
    [[30.0, 50.01, 20.0]]
    """
    if all(share is None for row in shares for share in row):
        return None
    flat = [share or 0.0 for row in shares for share in row]
    amounts = iter(split_cents(total, flat))
    return [[next(amounts) for _ in row] for row in shares]


@function(
    "CRM_CASH_SCHEDULE",
    "CRM_ECHELONNEMENT",
    group="budgets",
    summary=Text(
        fr="Encaissements (ou décaissements) d'une série de factures TTC : chaque mois reçoit les "
        "parts des mois d'avant.",
        en="Receipts (or payments) of a series of invoices with VAT: each month gets the shares of "
        "the months before.",
    ),
    params=[
        Param(
            "amounts",
            "factures",
            Text(
                fr="Montants TTC par mois, en ligne ou en colonne (ou plusieurs lignes).",
                en="Amounts with VAT by month, in a row or a column (or several rows).",
            ),
            Shape.TABLE,
            Kind.NUMBER,
        ),
        Param(
            "shares",
            "parts",
            Text(
                fr="Parts payées au comptant, à 1 mois, à 2 mois… ; somme 100 %.",
                en="Shares paid at once, after 1 month, after 2 months…; they sum to 100 %.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "opening",
            "report",
            Text(
                fr="Créances (ou dettes) du bilan d'ouverture, par mois de règlement. Facultatif.",
                en="Receivables (or debts) of the opening balance, by month of payment. Optional.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "tail",
            "suite",
            Text(
                fr="VRAI pour voir aussi les mois qui suivent la série. Par défaut : FAUX.",
                en="TRUE to see the months after the series too. Default: FALSE.",
            ),
            Shape.ONE,
            Kind.FLAG,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def cash_schedule(
    amounts: Sequence[Sequence[float | None]],
    shares: Sequence[float | None],
    opening: Sequence[float | None] = (),
    tail: bool = False,
) -> Rows | None:
    """What is paid each month, in the shape of the amounts; a blank month is 0.

    Each invoice is shared to the cent, the last share that is not 0 taking the rest.

    >>> cash_schedule([[240000, 300000, 350000]], [0.3, 0.5, 0.2], [30000, 60000, 30000])
    [[102000.0, 270000.0, 333000.0]]
    """
    if all(share is None for share in shares):
        return None
    parts = [share or 0.0 for share in shares]
    check_shares(parts)
    upright = len(amounts) > 1 and all(len(row) == 1 for row in amounts)
    series = [[row[0] for row in amounts]] if upright else amounts
    paid = [_paid([a or 0.0 for a in row], parts, opening, tail) for row in series]
    return [[value] for value in paid[0]] if upright else paid


def _paid(
    amounts: Sequence[float],
    shares: Sequence[float],
    opening: Sequence[float | None],
    tail: bool,
) -> list[float]:
    months: list[list[float]] = [[] for _ in range(len(amounts) + len(shares) - 1)]
    for month, amount in enumerate(amounts):
        for delay, part in enumerate(split_cents(amount, shares)):
            months[month + delay].append(part)
    for month, carried in enumerate(opening[: len(months)]):
        months[month].append(round_cents(carried or 0.0))
    paid = [add_cents(*parts) for parts in months]
    return paid if tail else paid[: len(amounts)]


_SETTLEMENT = Text(
    fr="TVA nette|TVA due|Crédit à reporter|TVA payée dans le mois",
    en="Net VAT|VAT due|Credit carried forward|VAT paid in the month",
)


@function(
    "CRM_VAT_SETTLEMENT",
    "CRM_TVA_DECLARATION",
    group="budgets",
    summary=Text(
        fr="TVA à décaisser mois par mois : nette, due, crédit reporté, payée le mois suivant.",
        en="VAT to pay month by month: net, due, credit carried forward, paid the month after.",
    ),
    params=[
        Param(
            "collected",
            "collectée",
            Text(fr="TVA collectée de chaque mois.", en="VAT collected in each month."),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "deductible",
            "déductible",
            Text(
                fr="TVA déductible de chaque mois (biens, services et immobilisations).",
                en="Deductible VAT of each month (goods, services and fixed assets).",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "credit",
            "crédit_initial",
            Text(
                fr="Crédit de TVA au départ. Par défaut : 0.",
                en="VAT credit at the start. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "due_before",
            "tva_due_initiale",
            Text(
                fr="TVA du mois précédent, payée le premier mois. Par défaut : 0.",
                en="VAT of the month before, paid in the first month. Default: 0.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
@blank_in_blank_out
def vat_settlement(
    collected: Sequence[float | None],
    deductible: Sequence[float | None],
    credit: float = 0,
    due_before: float = 0,
    lang: Lang = "fr",
) -> Rows:
    """Four rows with their labels, one column a month; a blank month is 0.

    >>> vat_settlement([15200, 17100, 19000, 20900], [6840, 29070, 12920, 13775], 7500)[1]
    ['TVA due', 860.0, 0.0, 0.0, 1235.0]
    """
    same_length({"collectee/collected": collected, "deductible": deductible})
    table = settle_vat(
        [v or 0.0 for v in collected],
        [v or 0.0 for v in deductible],
        credit=credit,
        due_before=due_before,
    )
    rows = (table.net, table.due, table.credit, table.paid)
    return [
        [label, *row] for label, row in zip(_SETTLEMENT.in_(lang).split("|"), rows, strict=True)
    ]
