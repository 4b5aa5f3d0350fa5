"""Loyalty and conversion: retention, attrition, share of wallet, basket, funnel rates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.scoring.ratios import ratio
from xlcrm.scoring.wording import number_text
from xlcrm.texts import Lang, Text


def _number(name: str, fr_name: str, fr: str, en: str) -> Param:
    return Param(name, fr_name, Text(fr=fr, en=en), kind=Kind.NUMBER)


_START = _number("start", "début", "Clients au début de la période.", "Customers at the start.")


@function(
    "CRM_RETENTION",
    "CRM_RETENTION",
    group="marketing",
    summary=Text(
        fr="Taux de rétention : (clients à la fin - nouveaux clients) / clients au début. Vide si "
        "le début est vide ou nul.",
        en="Retention rate: (customers at the end - new customers) / customers at the start. Blank "
        "where the start is blank or zero.",
    ),
    params=[
        _START,
        _number("end", "fin", "Clients à la fin de la période.", "Customers at the end."),
        _number(
            "new",
            "nouveaux",
            "Clients gagnés dans la période (0 par défaut).",
            "Customers won in the period (0 by default).",
        ),
    ],
    returns=Kind.NUMBER,
)
def retention(start: float | None, end: float | None, new: float | None = 0.0) -> float | None:
    """A share: 0.91 means 91 %. Blank where start is missing or not positive, or end missing.

    >>> round(retention(2340, 2135), 4), retention(0, 10), retention(100, 110, 30)
    (0.9124, None, 0.8)
    """
    if not start or start < 0 or end is None:
        return None
    return (end - (new or 0.0)) / start


@function(
    "CRM_ATTRITION",
    "CRM_ATTRITION",
    group="marketing",
    summary=Text(
        fr="Taux d'attrition : clients perdus / clients au début (et non à la fin). Vide si le "
        "début est vide ou nul.",
        en="Attrition rate: customers lost / customers at the start (not at the end). Blank where "
        "the start is blank or zero.",
    ),
    params=[
        _START,
        _number("lost", "perdus", "Clients perdus dans la période.", "Customers lost."),
    ],
    returns=Kind.NUMBER,
)
def attrition(start: float | None, lost: float | None) -> float | None:
    """A share; equals 1 - retention.

    >>> round(attrition(2340, 205), 4)
    0.0876
    """
    return ratio(lost, start)


@function(
    "CRM_SHARE_OF_WALLET",
    "CRM_TAUX_NOURRITURE",
    group="marketing",
    summary=Text(
        fr="Taux de nourriture : achats du client chez nous / ses achats totaux de la catégorie. "
        "Au-dessus de 100 %, une donnée est fausse (voir CRM_ALERTE_TAUX).",
        en="Share of wallet: what the customer buys from us / all that he buys in the category. "
        "Above 100 % a figure is wrong (see CRM_RATE_ISSUE).",
    ),
    params=[
        _number("ours", "chez_nous", "Achats du client chez nous.", "Bought from us."),
        _number("category", "total_catégorie", "Achats totaux de la catégorie.", "All he buys."),
    ],
    returns=Kind.NUMBER,
)
def share_of_wallet(ours: float | None, category: float | None) -> float | None:
    """A share; blank where the category spend is missing or not positive.

    >>> share_of_wallet(400, 1000)
    0.4
    """
    return ratio(ours, category)


@function(
    "CRM_AVERAGE_BASKET",
    "CRM_PANIER_MOYEN",
    group="marketing",
    summary=Text(
        fr="Panier moyen : ventes nettes d'avoirs / nombre de commandes. Un avoir baisse les "
        "ventes, pas le nombre.",
        en="Average basket: sales net of credit notes / number of orders. A credit note lowers the "
        "sales, not the count.",
    ),
    params=[
        _number("sales", "ventes", "Ventes nettes.", "Net sales."),
        _number("orders", "commandes", "Nombre de commandes.", "Number of orders."),
    ],
    returns=Kind.NUMBER,
)
def average_basket(sales: float | None, orders: float | None) -> float | None:
    """Euros for each order; blank without orders.

    >>> average_basket(1124, 10), average_basket(50, 0)
    (112.4, None)
    """
    return ratio(sales, orders)


@function(
    "CRM_CONVERSION",
    "CRM_TRANSFORMATION",
    group="marketing",
    summary=Text(
        fr="Taux de transformation d'une étape : sortants / entrants (ventes / rendez-vous, "
        "rendez-vous / contacts…). Vide sans entrants.",
        en="Conversion rate of a step: outcomes / entrants (sales / appointments, appointments / "
        "contacts…). Blank without entrants.",
    ),
    params=[
        _number("entrants", "entrants", "Nombre à l'entrée de l'étape.", "Number who enter."),
        _number("outcomes", "sortants", "Nombre à la sortie de l'étape.", "Number who leave."),
    ],
    returns=Kind.NUMBER,
)
def conversion(entrants: float | None, outcomes: float | None) -> float | None:
    """A share: 0.25 means 25 %.

    >>> conversion(40, 10)
    0.25
    """
    return ratio(outcomes, entrants)


@function(
    "CRM_FUNNEL",
    "CRM_ENTONNOIR",
    group="marketing",
    summary=Text(
        fr="Taux de transformation de chaque étape d'un entonnoir : chaque nombre / celui de "
        "l'étape d'avant ; puis le taux global : dernier / premier.",
        en="Conversion rate of each step of a funnel: each number / that of the step before; then "
        "the overall rate: last / first.",
    ),
    params=[
        Param(
            "steps",
            "étapes",
            Text(
                fr="Les nombres, de la première étape à la dernière.",
                en="The numbers, from the first step to the last.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        )
    ],
    returns=Kind.NUMBER,
)
def funnel(steps: Sequence[float | None]) -> list[float | None]:
    """One rate for each step after the first, then the overall rate, in one row.

    >>> funnel([1000, 40, 10])
    [0.04, 0.25, 0.01]
    """
    if len(steps) < 2:
        return [None]
    rates = [ratio(after, before) for before, after in pairwise(steps)]
    return [*rates, ratio(steps[-1], steps[0])]


@function(
    "CRM_RATE_ISSUE",
    "CRM_ALERTE_TAUX",
    group="marketing",
    summary=Text(
        fr="Ce qui cloche dans un taux : négatif, ou plus de 100 %. Vide si tout va bien.",
        en="What is wrong with a rate: negative, or above 100 %. Blank if nothing is.",
    ),
    params=[_number("rate", "taux", "Le taux (0,4 = 40 %).", "The rate (0.4 = 40 %).")],
)
def rate_issue(rate: float | None, lang: Lang = "fr") -> str | None:
    """A sentence, or blank.

    >>> rate_issue(1.2), rate_issue(0.4)
    ('120 % : plus de 100 %, vérifiez le numérateur et le dénominateur.', None)
    """
    if rate is None or 0 <= rate <= 1:
        return None
    text = (
        Text(
            fr="{rate} % : plus de 100 %, vérifiez le numérateur et le dénominateur.",
            en="{rate} %: above 100 %, check the numerator and the denominator.",
        )
        if rate > 1
        else Text(
            fr="{rate} % : un taux ne peut pas être négatif.",
            en="{rate} %: a rate cannot be negative.",
        )
    )
    return text.in_(lang).format(rate=number_text(round(rate * 100, 1), lang))
