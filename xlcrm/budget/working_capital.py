"""Working capital: fonds de roulement, BFR, trésorerie nette, rotations, and the normative BFR
in days of turnover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, positive, same_length
from xlcrm.budget.days import BASE
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text


def _amount(name: str, fr: str, help_fr: str, help_en: str) -> Param:
    return Param(name, fr, Text(fr=help_fr, en=help_en), kind=Kind.NUMBER)


@function(
    "CRM_WORKING_CAPITAL",
    "CRM_FONDS_ROULEMENT",
    group="budgets",
    summary=Text(
        fr="Fonds de roulement net global : ressources stables - emplois stables.",
        en="Net working capital (FRNG): stable resources - fixed assets.",
    ),
    params=[
        _amount(
            "stable_resources",
            "ressources_stables",
            "Capitaux propres, amortissements, provisions et dettes financières.",
            "Equity, depreciation, provisions and long-term debt.",
        ),
        _amount(
            "fixed_assets",
            "emplois_stables",
            "Immobilisations brutes.",
            "Fixed assets before depreciation.",
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def working_capital(stable_resources: float, fixed_assets: float) -> float:
    """Euros to the cent; negative when fixed assets are not wholly financed.

    >>> working_capital(500000, 420000)
    80000.0
    """
    return add_cents(stable_resources, -fixed_assets)


@function(
    "CRM_WORKING_CAPITAL_NEED",
    "CRM_BFR",
    group="budgets",
    summary=Text(
        fr="Besoin en fonds de roulement : stocks + créances - dettes (fournisseurs, fiscales et "
        "sociales).",
        en="Working capital need (BFR): stocks + receivables - payables (suppliers, tax, social).",
    ),
    params=[
        _amount("stocks", "stocks", "Stocks.", "Stocks."),
        _amount(
            "receivables",
            "créances",
            "Créances clients et autres créances.",
            "Receivables from customers and others.",
        ),
        _amount(
            "payables",
            "dettes",
            "Dettes fournisseurs, fiscales et sociales.",
            "Payables to suppliers, tax and social bodies.",
        ),
        _amount(
            "discounted",
            "effets_escomptés",
            "Facultatif : effets escomptés non échus, hors bilan ; ils s'ajoutent aux créances, et "
            "aux concours bancaires dans la trésorerie nette.",
            "Optional: discounted bills not yet due, off the balance sheet; they add to the "
            "receivables, and to the bank overdrafts in net cash.",
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def working_capital_need(
    stocks: float, receivables: float, payables: float, discounted: float = 0.0
) -> float:
    """Euros to the cent; negative when payables finance more than the cycle needs.

    >>> working_capital_need(60000, 90000, 80000)
    70000.0
    >>> working_capital_need(60000, 90000, 80000, 15000)
    85000.0
    """
    return add_cents(
        stocks, receivables, not_negative(discounted, "effets_escomptés", "discounted"), -payables
    )


@function(
    "CRM_NET_CASH",
    "CRM_TRESORERIE_NETTE",
    group="budgets",
    summary=Text(
        fr="Trésorerie nette : fonds de roulement - besoin en fonds de roulement.",
        en="Net cash: working capital - working capital need.",
    ),
    params=[
        _amount("capital", "fonds_roulement", "Fonds de roulement.", "Working capital."),
        _amount("need", "bfr", "Besoin en fonds de roulement.", "Working capital need."),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def net_cash(capital: float, need: float) -> float:
    """Euros to the cent.

    >>> net_cash(80000, 70000)
    10000.0
    """
    return add_cents(capital, -need)


def _days(stock: float, flow: float, base: float, fr: str, en: str) -> float | None:
    not_negative(stock, fr, en)
    not_negative(flow, "flux", "flow")
    positive(base, "base", "base")
    return round_cents(stock * base / flow) if flow else None


@function(
    "CRM_CUSTOMER_DAYS",
    "CRM_DELAI_CLIENTS",
    group="budgets",
    summary=Text(
        fr="Délai moyen de paiement des clients, en jours : créances TTC x 360 / chiffre "
        "d'affaires TTC.",
        en="Average delay of customers in days (DSO): receivables x 360 / sales, both with VAT.",
    ),
    params=[
        _amount(
            "receivables",
            "créances",
            "Créances clients et effets escomptés non échus, TTC.",
            "Receivables and discounted bills not yet due, with VAT.",
        ),
        _amount(
            "sales", "ventes", "Chiffre d'affaires TTC de l'année.", "Sales of the year with VAT."
        ),
        BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def customer_days(receivables: float, sales: float, base: float = 360) -> float | None:
    """Days rounded to the hundredth; None without sales.

    >>> customer_days(90000, 540000)
    60.0
    """
    return _days(receivables, sales, base, "créances", "receivables")


@function(
    "CRM_SUPPLIER_DAYS",
    "CRM_DELAI_FOURNISSEURS",
    group="budgets",
    summary=Text(
        fr="Délai moyen de paiement aux fournisseurs, en jours : dettes TTC x 360 / achats TTC.",
        en="Average delay to suppliers in days (DPO): payables x 360 / purchases, both with VAT.",
    ),
    params=[
        _amount("payables", "dettes", "Dettes fournisseurs TTC.", "Payables with VAT."),
        _amount("purchases", "achats", "Achats TTC de l'année.", "Purchases of the year with VAT."),
        BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def supplier_days(payables: float, purchases: float, base: float = 360) -> float | None:
    """Days rounded to the hundredth; None without purchases.

    >>> supplier_days(45000, 360000)
    45.0
    """
    return _days(payables, purchases, base, "dettes", "payables")


@function(
    "CRM_STOCK_DAYS",
    "CRM_DUREE_STOCK",
    group="budgets",
    summary=Text(
        fr="Durée moyenne de stockage, en jours : stock moyen x 360 / coût d'achat des "
        "marchandises vendues (ou des matières consommées).",
        en="Average time in stock, in days (DIO): average stock x 360 / cost of goods sold.",
    ),
    params=[
        _amount("stock", "stock_moyen", "Stock moyen HT.", "Average stock before VAT."),
        _amount(
            "cost", "coût", "Coût annuel des sorties, HT.", "Yearly cost of goods, before VAT."
        ),
        BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def stock_days(stock: float, cost: float, base: float = 360) -> float | None:
    """Days rounded to the hundredth; None without cost.

    >>> stock_days(25000, 300000)
    30.0
    """
    return _days(stock, cost, base, "stock_moyen", "stock")


@function(
    "CRM_STOCK_TURNS",
    "CRM_ROTATION_STOCK",
    group="budgets",
    summary=Text(
        fr="Coefficient de rotation du stock : coût des sorties / stock moyen, le stock moyen "
        "étant la demi-somme du début et de la fin.",
        en="Stock turnover: cost of goods / average stock, the average being half the sum of "
        "opening and closing stock.",
    ),
    params=[
        _amount(
            "cost", "coût", "Coût annuel des sorties, HT.", "Yearly cost of goods, before VAT."
        ),
        _amount("opening", "stock_initial", "Stock initial.", "Opening stock."),
        _amount("closing", "stock_final", "Stock final.", "Closing stock."),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def stock_turns(cost: float, opening: float, closing: float) -> float | None:
    """Times a year, rounded to 1e-4; None without stock.

    >>> stock_turns(300000, 20000, 30000)
    12.0
    """
    average = (not_negative(opening, "stock_initial", "opening") + closing) / 2
    not_negative(closing, "stock_final", "closing")
    not_negative(cost, "coût", "cost")
    return round_cents(cost / average, 4) if average else None


@function(
    "CRM_NEED_DAYS",
    "CRM_BFR_JOURS",
    group="budgets",
    summary=Text(
        fr="Un poste du BFR normatif en jours de chiffre d'affaires HT : temps d'écoulement x "
        "montant annuel / chiffre d'affaires HT.",
        en="One item of the normative working capital need in days of sales before VAT: flow time "
        "x yearly amount / sales.",
    ),
    params=[
        _amount(
            "flow_time",
            "temps_écoulement",
            "Temps d'écoulement du poste, en jours.",
            "Flow time of the item, in days.",
        ),
        _amount(
            "amount",
            "montant",
            "Montant annuel du flux (TTC pour les clients et les fournisseurs).",
            "Yearly amount of the flow (with VAT for customers and suppliers).",
        ),
        _amount(
            "turnover",
            "chiffre_affaires",
            "Chiffre d'affaires HT annuel.",
            "Yearly sales before VAT.",
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def need_days(flow_time: float, amount: float, turnover: float) -> float | None:
    """Flow time x structure coefficient, rounded to 1e-4; None without turnover.

    >>> need_days(30, 540000, 450000)
    36.0
    """
    not_negative(flow_time, "temps_écoulement", "flow_time")
    not_negative(amount, "montant", "amount")
    not_negative(turnover, "chiffre_affaires", "turnover")
    return round_cents(flow_time * amount / turnover, 4) if turnover else None


_HEADERS = Text(
    fr="Temps d'écoulement|Coefficient de structure|Besoins (jours)|Ressources (jours)",
    en="Flow time|Structure coefficient|Needs (days)|Resources (days)",
)


@function(
    "CRM_NORMATIVE_NEED",
    "CRM_BFR_NORMATIF",
    group="budgets",
    summary=Text(
        fr="BFR normatif : temps d'écoulement, coefficient de structure, besoins et ressources en "
        "jours de chiffre d'affaires HT, total en jours et en euros.",
        en="Normative working capital need: flow times, structure coefficients, needs and "
        "resources in days of sales, total in days and in euros.",
    ),
    params=[
        Param(
            "flow_times",
            "temps_écoulement",
            Text(fr="Temps d'écoulement de chaque poste.", en="Flow time of each item."),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "amounts",
            "montants",
            Text(
                fr="Montant annuel de chaque poste : positif pour un besoin, négatif pour une "
                "ressource.",
                en="Yearly amount of each item: positive for a need, negative for a resource.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "turnover",
            "chiffre_affaires",
            Text(fr="Chiffre d'affaires HT annuel.", en="Yearly sales before VAT."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        replace(BASE, shape=Shape.ONE),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def normative_table(
    flow_times: Sequence[float | None],
    amounts: Sequence[float | None],
    turnover: float,
    base: float = 360,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """Items with needs and resources in days, their totals, the BFR in days and in euros.

    A line with a blank stays blank. Coefficients rounded to 1e-4 in the display only.

    >>> normative_table([30, 45], [540000, -180000], 450000)[-2:]
    [['BFR', 'en jours', 18.0, None], ['BFR', 'en euros', 22500.0, None]]
    """
    same_length({"temps_ecoulement/flow_times": flow_times, "montants/amounts": amounts})
    positive(turnover, "chiffre_affaires", "turnover")
    rows: list[list[Any]] = [_HEADERS.in_(lang).split("|")]
    needs = resources = 0.0
    for time, amount in zip(flow_times, amounts, strict=True):
        if time is None or amount is None:
            rows.append([None] * 4)
            continue
        days = not_negative(time, "temps_écoulement", "flow_times") * amount / turnover
        needs, resources = needs + max(days, 0.0), resources + max(-days, 0.0)
        shown = round_cents(abs(days), 4)
        coefficient = round_cents(abs(amount) / turnover, 4)
        rows.append([time, coefficient, *((shown, None) if amount >= 0 else (None, shown))])
    total = Text(fr="Total|BFR|en jours|en euros", en="Total|Need|in days|in euros")
    all_of_it, name, in_days, in_euros = total.in_(lang).split("|")
    euros = round_cents((needs - resources) * turnover / positive(base, "base", "base"))
    rows.append([all_of_it, None, round_cents(needs, 4), round_cents(resources, 4)])
    rows.append([name, in_days, round_cents(needs - resources, 4), None])
    rows.append([name, in_euros, euros, None])
    return rows
