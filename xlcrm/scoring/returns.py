"""What a marketing action costs and brings: CPL, CPA, CAC, ROI, ROMI, ROAS, break-even."""

from __future__ import annotations

import math

from xlcrm.catalogue import Kind, Param, function
from xlcrm.scoring.ratios import ratio
from xlcrm.texts import Text


def _number(name: str, fr_name: str, fr: str, en: str) -> Param:
    return Param(name, fr_name, Text(fr=fr, en=en), kind=Kind.NUMBER)


_COST = _number(
    "cost",
    "coût",
    "Coût de l'action (externe et interne).",
    "Cost of the action (external and internal).",
)


@function(
    "CRM_CPL",
    "CRM_COUT_PAR_PROSPECT",
    group="marketing",
    summary=Text(
        fr="Coût par prospect (CPL) : coût / nombre de prospects. Vide sans prospect.",
        en="Cost per lead (CPL): cost / number of leads. Blank without leads.",
    ),
    params=[_COST, _number("leads", "prospects", "Nombre de prospects.", "Number of leads.")],
    returns=Kind.NUMBER,
)
def cost_per_lead(cost: float | None, leads: float | None) -> float | None:
    """Euros for each lead.

    >>> cost_per_lead(1170, 40), cost_per_lead(1170, 0)
    (29.25, None)
    """
    return ratio(cost, leads)


@function(
    "CRM_CPA",
    "CRM_COUT_PAR_ACTION",
    group="marketing",
    summary=Text(
        fr="Coût par acquisition (CPA) : coût / nombre de conversions (ventes, inscriptions…). "
        "Vide sans conversion.",
        en="Cost per acquisition (CPA): cost / number of conversions (sales, sign-ups…). Blank "
        "without conversions.",
    ),
    params=[
        _COST,
        _number("conversions", "conversions", "Nombre de conversions.", "Number of conversions."),
    ],
    returns=Kind.NUMBER,
)
def cost_per_acquisition(cost: float | None, conversions: float | None) -> float | None:
    """Euros for each conversion.

    >>> cost_per_acquisition(3154, 10)
    315.4
    """
    return ratio(cost, conversions)


@function(
    "CRM_CAC",
    "CRM_COUT_ACQUISITION",
    group="marketing",
    summary=Text(
        fr="Coût d'acquisition d'un client (CAC) : coûts commerciaux et marketing / nombre de "
        "nouveaux clients seulement. Vide sans nouveau client.",
        en="Customer acquisition cost (CAC): sales and marketing costs / number of new customers "
        "only. Blank without new customers.",
    ),
    params=[
        _COST,
        _number(
            "new_customers",
            "nouveaux_clients",
            "Nombre de nouveaux clients.",
            "Number of new customers.",
        ),
    ],
    returns=Kind.NUMBER,
)
def acquisition_cost(cost: float | None, new_customers: float | None) -> float | None:
    """Euros for each new customer.

    >>> acquisition_cost(3154, 10)
    315.4
    """
    return ratio(cost, new_customers)


@function(
    "CRM_ROI",
    "CRM_ROI",
    group="marketing",
    summary=Text(
        fr="Retour sur investissement : (gain - coût) / coût. Le gain est une marge ; sur un "
        "chiffre d'affaires, écrivez « ROI sur CA ». Vide sans coût.",
        en="Return on investment: (gain - cost) / cost. The gain is a margin; over revenue, label "
        'it "revenue ROI". Blank without a cost.',
    ),
    params=[
        _number("gain", "gain", "Marge que l'action apporte.", "Margin that the action brings."),
        _COST,
    ],
    returns=Kind.NUMBER,
)
def roi(gain: float | None, cost: float | None) -> float | None:
    """A share: 1.5 means 150 %.

    >>> roi(50000, 20000)
    1.5
    """
    return None if gain is None or cost is None else ratio(gain - cost, cost)


@function(
    "CRM_ROMI",
    "CRM_ROMI",
    group="marketing",
    summary=Text(
        fr="Retour sur investissement marketing : (marge supplémentaire - coût) / coût, la marge "
        "supplémentaire étant la marge avec l'action moins la marge sans elle.",
        en="Return on marketing investment: (incremental margin - cost) / cost, the incremental "
        "margin being the margin with the action less the margin without it.",
    ),
    params=[
        _number("margin", "marge", "Marge avec l'action.", "Margin with the action."),
        _COST,
        _number(
            "baseline",
            "marge_sans",
            "Marge qui serait venue sans l'action (0 par défaut).",
            "Margin that would have come without the action (0 by default).",
        ),
    ],
    returns=Kind.NUMBER,
)
def romi(margin: float | None, cost: float | None, baseline: float | None = 0.0) -> float | None:
    """A share: 0.5 means 50 %.

    >>> romi(9000, 4000, 3000)
    0.5
    """
    if margin is None or cost is None:
        return None
    return ratio(margin - (baseline or 0.0) - cost, cost)


@function(
    "CRM_ROAS",
    "CRM_ROAS",
    group="marketing",
    summary=Text(
        fr="Rendement des dépenses publicitaires (ROAS) : CA attribué à la publicité / dépenses "
        "publicitaires. Vide sans dépense.",
        en="Return on ad spend (ROAS): revenue from the ads / ad spend. Blank without spend.",
    ),
    params=[
        _number("revenue", "ca", "CA attribué à la publicité.", "Revenue from the ads."),
        _number("spend", "dépenses", "Dépenses publicitaires.", "Ad spend."),
    ],
    returns=Kind.NUMBER,
)
def roas(revenue: float | None, spend: float | None) -> float | None:
    """Euros of revenue for each euro spent.

    >>> roas(12000, 3000)
    4.0
    """
    return ratio(revenue, spend)


@function(
    "CRM_CAMPAIGN_BREAK_EVEN",
    "CRM_SEUIL_CAMPAGNE",
    group="marketing",
    summary=Text(
        fr="Nombre de ventes qui rembourse une campagne : coût / marge par vente, arrondi à la "
        "vente entière au-dessus. Vide si la marge n'est pas positive : jamais.",
        en="Number of sales that pays a campaign back: cost / margin per sale, rounded up to a "
        "whole sale. Blank where the margin is not positive: never.",
    ),
    params=[
        _COST,
        _number("unit_margin", "marge_unitaire", "Marge d'une vente.", "Margin of one sale."),
    ],
    returns=Kind.NUMBER,
)
def campaign_break_even(cost: float | None, unit_margin: float | None) -> float | None:
    """Whole sales, rounded up; an exact quotient is not pushed to the next by binary residue.

    >>> campaign_break_even(3154, 80), campaign_break_even(0.3, 0.1), campaign_break_even(10, 0)
    (40.0, 3.0, None)
    """
    needed = ratio(cost, unit_margin)
    if needed is None or needed < 0:
        return None
    return float(math.ceil(round(needed, 9)))


@function(
    "CRM_CAMPAIGN_BREAK_EVEN_RATE",
    "CRM_TAUX_SEUIL_CAMPAGNE",
    group="marketing",
    summary=Text(
        fr="Taux de transformation à partir duquel une campagne est rentable : coût / (marge par "
        "vente x nombre de contacts). Vide sans marge ou sans contact.",
        en="Conversion rate from which a campaign pays: cost / (margin per sale x number of "
        "contacts). Blank without margin or contacts.",
    ),
    params=[
        _COST,
        _number("unit_margin", "marge_unitaire", "Marge d'une vente.", "Margin of one sale."),
        _number("contacts", "contacts", "Nombre de contacts visés.", "Number of contacts."),
    ],
    returns=Kind.NUMBER,
)
def campaign_break_even_rate(
    cost: float | None, unit_margin: float | None, contacts: float | None
) -> float | None:
    """A share of the contacts; above 1 the campaign cannot pay.

    >>> campaign_break_even_rate(3200, 80, 1000)
    0.04
    """
    return ratio(ratio(cost, unit_margin), contacts)
