"""Break-even: the sales that cover fixed costs, and how safe the year is.

Sales and costs of a year, before VAT, positive. Margin rate = (sales - variable costs) / sales.
"""

from __future__ import annotations

import math

from xlcrm.budget.arguments import (
    blank_in_blank_out,
    not_negative,
    positive,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, function
from xlcrm.texts import Text

_DUST = 1e-9

SALES = Param(
    "sales",
    "chiffre_affaires",
    Text(fr="Chiffre d'affaires HT de la période.", en="Sales of the period, before VAT."),
    kind=Kind.NUMBER,
)
_VARIABLE = Param(
    "variable_costs",
    "charges_variables",
    Text(fr="Charges variables de la période.", en="Variable costs of the period."),
    kind=Kind.NUMBER,
)
_FIXED = Param(
    "fixed_costs",
    "charges_fixes",
    Text(fr="Charges fixes de la période.", en="Fixed costs of the period."),
    kind=Kind.NUMBER,
)
BREAK_EVEN = Param(
    "break_even",
    "seuil",
    Text(fr="Seuil de rentabilité, en euros.", en="Break-even sales, in euros."),
    kind=Kind.NUMBER,
)


@function(
    "CRM_MARGIN_RATE",
    "CRM_TAUX_MARGE",
    group="budgets",
    summary=Text(
        fr="Taux de marge sur coût variable : (chiffre d'affaires - charges variables) / chiffre "
        "d'affaires.",
        en="Margin rate on variable costs: (sales - variable costs) / sales.",
    ),
    params=[SALES, _VARIABLE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def margin_rate(sales: float, variable_costs: float) -> float | None:
    """The rate, not rounded (a rounded rate moves the break-even); None without sales.

    >>> margin_rate(950000, 632300)
    0.33442105263157895
    """
    not_negative(sales, "chiffre_affaires", "sales")
    not_negative(variable_costs, "charges_variables", "variable_costs")
    return (sales - variable_costs) / sales if sales else None


@function(
    "CRM_BREAK_EVEN",
    "CRM_SEUIL_RENTABILITE",
    group="budgets",
    summary=Text(
        fr="Seuil de rentabilité : ventes qui couvrent les charges fixes (et le résultat "
        "visé s'il y en a un).",
        en="Break-even: sales that cover the fixed costs (and the target profit if there is one).",
    ),
    params=[
        SALES,
        _VARIABLE,
        _FIXED,
        Param(
            "target",
            "résultat_visé",
            Text(fr="Résultat à atteindre. Par défaut : 0.", en="Profit to reach. Default: 0."),
            kind=Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def break_even(
    sales: float, variable_costs: float, fixed_costs: float, target: float = 0
) -> float | None:
    """(fixed costs + target) x sales / margin, to the cent; None when no sales can cover them.

    >>> break_even(600000, 337500, 250000), break_even(100, 120, 50) is None
    (571428.57, True)
    """
    not_negative(sales, "chiffre_affaires", "sales")
    not_negative(variable_costs, "charges_variables", "variable_costs")
    not_negative(fixed_costs, "charges_fixes", "fixed_costs")
    margin = sales - variable_costs
    if margin <= 0 or fixed_costs + target < 0:
        return None
    return round_cents((fixed_costs + target) * sales / margin)


@function(
    "CRM_BREAK_EVEN_UNITS",
    "CRM_SEUIL_QUANTITE",
    group="budgets",
    summary=Text(
        fr="Quantité à vendre pour couvrir les charges fixes, à l'unité entière supérieure.",
        en="Quantity to sell to cover the fixed costs, up to the next whole unit.",
    ),
    params=[
        _FIXED,
        Param(
            "price",
            "prix",
            Text(fr="Prix de vente unitaire HT.", en="Unit price before VAT."),
            kind=Kind.NUMBER,
        ),
        Param(
            "unit_cost",
            "coût_variable_unitaire",
            Text(fr="Coût variable unitaire.", en="Variable cost of a unit."),
            kind=Kind.NUMBER,
        ),
        Param(
            "target",
            "résultat_visé",
            Text(fr="Résultat à atteindre. Par défaut : 0.", en="Profit to reach. Default: 0."),
            kind=Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def break_even_units(
    fixed_costs: float, price: float, unit_cost: float, target: float = 0
) -> int | None:
    """Whole units; None when a unit leaves no margin.

    >>> break_even_units(10000, 25, 15), break_even_units(10001, 25, 15)
    (1000, 1001)
    """
    not_negative(fixed_costs, "charges_fixes", "fixed_costs")
    not_negative(unit_cost, "cout_variable_unitaire", "unit_cost")
    margin = price - unit_cost
    if margin <= 0 or fixed_costs + target < 0:
        return None
    return math.ceil((fixed_costs + target) / margin - _DUST)


@function(
    "CRM_SAFETY_MARGIN",
    "CRM_MARGE_SECURITE",
    group="budgets",
    summary=Text(
        fr="Marge de sécurité : chiffre d'affaires moins seuil de rentabilité, en euros. Négative "
        "sous le seuil.",
        en="Margin of safety: sales less break-even, in euros. Negative below the break-even.",
    ),
    params=[SALES, BREAK_EVEN],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def safety_margin(sales: float, break_even: float) -> float:
    """By how much sales may fall before a loss, to the cent.

    >>> safety_margin(2112760, 1238182)
    874578.0
    """
    return add_cents(not_negative(sales, "chiffre_affaires", "sales"), -break_even)


@function(
    "CRM_SAFETY_INDEX",
    "CRM_INDICE_SECURITE",
    group="budgets",
    summary=Text(
        fr="Indice de sécurité : marge de sécurité / chiffre d'affaires. 0,41 = les ventes peuvent "
        "baisser de 41 % avant la perte.",
        en="Safety index: margin of safety / sales. 0.41 = sales may fall by 41 % before a loss.",
    ),
    params=[SALES, BREAK_EVEN],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def safety_index(sales: float, break_even: float) -> float | None:
    """The index as a part of one, rounded to 1e-6; None without sales.

    >>> safety_index(2112760, 1238182)
    0.41395
    """
    margin = safety_margin(sales, break_even)
    return round_cents(margin / sales, 6) if sales else None


@function(
    "CRM_OPERATING_LEVERAGE",
    "CRM_LEVIER_OPERATIONNEL",
    group="budgets",
    summary=Text(
        fr="Levier opérationnel : marge sur coût variable / résultat. 2 = quand les ventes montent "
        "de 1 %, le résultat monte de 2 %.",
        en="Operating leverage: margin on variable costs / profit. 2 = when sales rise by 1 %, the "
        "profit rises by 2 %.",
    ),
    params=[SALES, _VARIABLE, _FIXED],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def operating_leverage(sales: float, variable_costs: float, fixed_costs: float) -> float | None:
    """The leverage, rounded to 1e-4; None where the profit is 0.

    >>> operating_leverage(2112760, 1412395, 326880)
    1.8752
    """
    positive(sales, "chiffre_affaires", "sales")
    margin = sales - variable_costs
    profit = round_cents(margin - fixed_costs)
    return round_cents(margin / profit, 4) if profit else None
