"""What a customer may cost: ratios of solvency, score, credit limit and outstanding."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, positive, rate_of, share_of
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text, shown


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of balance-sheet items and its usual reference."""

    key: str
    label: Text
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    rule: str  # "min", "max" or ""
    reference: float | None
    unit: str


@functools.cache
def solvency_ratios() -> tuple[Ratio, ...]:
    """The ratios of xlcrm/data/solvency_ratios.csv.

    >>> [ratio.key for ratio in solvency_ratios()][:2]
    ['general_liquidity', 'quick_liquidity']
    """
    return tuple(
        Ratio(
            row["key"],
            Text(fr=row["fr"], en=row["en"]),
            tuple(row["numerator"].split("+")),
            tuple(row["denominator"].split("+")),
            row["rule"],
            float(row["reference"]) if row["reference"] else None,
            row["unit"],
        )
        for row in read_rows("solvency_ratios")
    )


def ratio_value(ratio: Ratio, items: dict[str, float | None]) -> float | None:
    """The value of a ratio, rounded to 1e-4; None when an item is missing or divides by 0.

    >>> ratio_value(solvency_ratios()[2], {"cash": 20000, "short_debt": 80000})
    0.25
    """
    above = [items.get(name) for name in ratio.numerator]
    below = [items.get(name) for name in ratio.denominator]
    if any(v is None for v in (*above, *below)):
        return None
    divisor = sum(v or 0.0 for v in below)
    # Equity or cash flow below 0 would turn the meaning of the ratio round.
    return round_cents(sum(v or 0.0 for v in above) / divisor, 4) if divisor > 0 else None


def is_alarming(ratio: Ratio, items: dict[str, float | None]) -> bool:
    """Whether a ratio has no value because its divisor is negative, or debts meet a divisor of 0.

    >>> gearing = solvency_ratios()[5]
    >>> [is_alarming(gearing, {"long_debt": 20000, "equity": e}) for e in (-30000, 0, 30000, None)]
    [True, True, False, False]
    """
    above = [items.get(name) for name in ratio.numerator]
    below = [items.get(name) for name in ratio.denominator]
    if any(v is None for v in (*above, *below)):
        return False
    divisor = sum(v or 0.0 for v in below)
    return divisor < 0 or (divisor == 0 and ratio.rule == "max" and any(above))


def is_met(ratio: Ratio, value: float | None) -> bool | None:
    """Whether a value meets the reference; None where there is nothing to compare.

    >>> is_met(solvency_ratios()[0], 1.2), is_met(solvency_ratios()[2], 0.25)
    (True, None)
    """
    if value is None or ratio.reference is None:
        return None
    return value >= ratio.reference if ratio.rule == "min" else value <= ratio.reference


_ITEMS = (
    ("equity", "capitaux_propres", "Capitaux propres.", "Equity."),
    ("total", "total_bilan", "Total du bilan.", "Balance sheet total."),
    ("long_debt", "dettes_financières", "Dettes financières.", "Long-term debt."),
    ("stocks", "stocks", "Stocks.", "Stocks."),
    ("receivables", "créances", "Créances à moins d'un an.", "Receivables under one year."),
    ("cash", "disponibilités", "Disponibilités et placements.", "Cash and placements."),
    ("short_debt", "dettes_court_terme", "Dettes à moins d'un an.", "Debts under one year."),
    ("cash_flow", "caf", "Capacité d'autofinancement.", "Cash flow (CAF)."),
)
_HEADERS = Text(fr="Ratio|Valeur|Référence|Avis", en="Ratio|Value|Reference|Verdict")
_VERDICTS = {
    True: Text(fr="Correct", en="Sound"),
    False: Text(fr="À surveiller", en="To watch"),
    None: Text(fr="", en=""),
}


@function(
    "CRM_SOLVENCY_RATIOS",
    "CRM_RATIOS_SOLVABILITE",
    group="budgets",
    summary=Text(
        fr="Ratios de solvabilité d'un client à partir de son bilan : liquidité, autonomie, "
        "endettement, remboursement, avec la référence d'usage.",
        en="Solvency ratios of a customer from its balance sheet: liquidity, autonomy, gearing, "
        "repayment, with the usual reference.",
    ),
    params=[
        Param(name, fr, Text(fr=help_fr, en=help_en), Shape.ONE, Kind.NUMBER)
        for name, fr, help_fr, help_en in _ITEMS
    ],
)
def solvency_table(
    equity: float | None,
    total: float | None = None,
    long_debt: float | None = None,
    stocks: float | None = None,
    receivables: float | None = None,
    cash: float | None = None,
    short_debt: float | None = None,
    cash_flow: float | None = None,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """Ratio, value, reference, verdict. A ratio whose items are missing stays blank.

    Equity or cash flow below 0 gives no gearing and no years to repay, and the verdict "to watch".

    >>> solvency_table(30000, 120000)[4]
    ['Autonomie financière', 0.25, '>= 0,2', 'Correct']
    """
    items = {
        "equity": equity,
        "total": total,
        "long_debt": long_debt,
        "stocks": stocks,
        "receivables": receivables,
        "cash": cash,
        "short_debt": short_debt,
        "cash_flow": cash_flow,
    }
    rows: list[list[Any]] = [_HEADERS.in_(lang).split("|")]
    for ratio in solvency_ratios():
        value = ratio_value(ratio, items)
        sign = ">=" if ratio.rule == "min" else "<="
        usual = None if ratio.reference is None else f"{sign} {shown(ratio.reference).in_(lang)}"
        met = False if is_alarming(ratio, items) else is_met(ratio, value)
        rows.append([ratio.label.in_(lang), value, usual, _VERDICTS[met].in_(lang) or None])
    return rows


def _item(name: str, fr: str, help_fr: str, help_en: str) -> Param:
    return Param(name, fr, Text(fr=help_fr, en=help_en), kind=Kind.NUMBER)


@function(
    "CRM_CONAN_HOLDER",
    "CRM_SCORE_CONAN_HOLDER",
    group="budgets",
    summary=Text(
        fr="Score de Conan et Holder d'une entreprise : au-dessus de 9 saine, entre 4 et 9 "
        "prudence, en dessous de 4 danger.",
        en="Conan and Holder's score of a French firm: above 9 sound, 4 to 9 caution, below 4 "
        "danger.",
    ),
    params=[
        _item("ebitda", "ebe", "Excédent brut d'exploitation.", "Gross operating surplus (EBE)."),
        _item("debt", "dettes", "Total des dettes.", "All debts."),
        _item(
            "permanent",
            "capitaux_permanents",
            "Capitaux propres et dettes à plus d'un an.",
            "Equity and debts beyond one year.",
        ),
        _item("total", "total_bilan", "Total du bilan.", "Balance sheet total."),
        _item(
            "liquid",
            "réalisable_disponible",
            "Créances et disponibilités (sans les stocks).",
            "Receivables and cash (without stocks).",
        ),
        _item("interest", "charges_financières", "Charges financières.", "Interest paid."),
        _item("sales", "chiffre_affaires", "Chiffre d'affaires HT.", "Sales before VAT."),
        _item("wages", "charges_personnel", "Charges de personnel.", "Personnel costs."),
        _item("added_value", "valeur_ajoutée", "Valeur ajoutée.", "Value added."),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def conan_holder(
    ebitda: float,
    debt: float,
    permanent: float,
    total: float,
    liquid: float,
    interest: float,
    sales: float,
    wages: float,
    added_value: float,
) -> float | None:
    """The score: 24 EBE/debt + 22 permanent/total + 16 liquid/total - 87 interest/sales
    - 10 wages/added value.

    Rounded to the hundredth; None when a divisor is not above 0. Source: Conan and Holder (1979).

    >>> conan_holder(60000, 200000, 180000, 300000, 120000, 8000, 400000, 110000, 170000)
    18.59
    """
    if min(debt, total, sales, added_value) <= 0:
        return None
    return round_cents(
        24 * ebitda / debt
        + 22 * permanent / total
        + 16 * liquid / total
        - 87 * interest / sales
        - 10 * wages / added_value
    )


@function(
    "CRM_CREDIT_LIMIT",
    "CRM_PLAFOND_CREDIT",
    group="budgets",
    summary=Text(
        fr="Plafond d'encours conseillé pour un client : ses achats TTC prévus x délai / 360, sans "
        "dépasser une part de ses capitaux propres.",
        en="Advised credit limit of a customer: expected yearly purchases with VAT x delay / 360, "
        "within a share of its equity.",
    ),
    params=[
        _item(
            "purchases",
            "achats",
            "Achats TTC attendus de ce client sur l'année.",
            "Purchases with VAT expected of this customer over the year.",
        ),
        _item("days", "délai", "Délai de paiement accordé, en jours.", "Delay granted, in days."),
        _item(
            "equity",
            "capitaux_propres",
            "Capitaux propres du client. Facultatif.",
            "Equity of the customer. Optional.",
        ),
        _item(
            "share",
            "part",
            "Part des capitaux propres à ne pas dépasser. Par défaut : 10 %.",
            "Share of the equity not to exceed. Default: 10 %.",
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def credit_limit(
    purchases: float, days: float, equity: float | None = None, share: float = 0.10
) -> float:
    """Euros to the cent; 0 for a customer whose equity is not above 0.

    >>> credit_limit(72000, 60), credit_limit(72000, 60, 90000), credit_limit(72000, 60, -5000)
    (12000.0, 9000.0, 0.0)
    """
    not_negative(purchases, "achats", "purchases")
    not_negative(days, "délai", "days")
    rate_of(share, "part", "share")
    need = round_cents(purchases * days / 360)
    return need if equity is None else max(0.0, min(need, round_cents(equity * share)))


_STATUS = {
    "ok": Text(fr="Accepter", en="Accept"),
    "watch": Text(fr="À surveiller", en="Watch"),
    "over": Text(fr="Plafond dépassé", en="Over the limit"),
}


@function(
    "CRM_CREDIT_STATUS",
    "CRM_ENCOURS_ALERTE",
    group="budgets",
    summary=Text(
        fr="Dit si l'encours d'un client, commande comprise, tient dans son plafond : Accepter, À "
        "surveiller ou Plafond dépassé.",
        en="Tells whether the outstanding of a customer, new order included, is within its limit: "
        "Accept, Watch or Over the limit.",
    ),
    params=[
        _item("outstanding", "encours", "Encours actuel TTC.", "Present outstanding with VAT."),
        _item("limit", "plafond", "Plafond de crédit.", "Credit limit."),
        _item(
            "order",
            "commande",
            "Nouvelle commande TTC. Par défaut : 0.",
            "New order with VAT. Default: 0.",
        ),
        _item(
            "alert",
            "seuil_alerte",
            "Part du plafond à partir de laquelle surveiller. Par défaut : 80 %.",
            "Share of the limit from which to watch. Default: 80 %.",
        ),
    ],
)
@blank_in_blank_out
def credit_status(
    outstanding: float, limit: float, order: float = 0, alert: float = 0.80, lang: Lang = "fr"
) -> str:
    """One of three words; exactly at the limit is still within it.

    >>> [credit_status(7000, 10000, order) for order in (0, 3000, 3001)]
    ['Accepter', 'À surveiller', 'Plafond dépassé']
    """
    not_negative(limit, "plafond", "limit")
    not_negative(order, "commande", "order")
    share_of(positive(alert, "seuil_alerte", "alert"), "seuil_alerte", "alert")
    after = add_cents(outstanding, order)
    key = "over" if after > limit else "watch" if after and after >= limit * alert else "ok"
    return _STATUS[key].in_(lang)
