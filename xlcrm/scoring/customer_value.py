"""Customer lifetime value by a formula: simple, and actuarial (retention and discount rate)."""

from __future__ import annotations

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError, percent_meant
from xlcrm.texts import Text, shown


def _number(name: str, fr_name: str, fr: str, en: str, shape: Shape = Shape.EACH) -> Param:
    return Param(name, fr_name, Text(fr=fr, en=en), shape, Kind.NUMBER)


@function(
    "CRM_CLV_SIMPLE",
    "CRM_VALEUR_CLIENT_SIMPLE",
    group="marketing",
    summary=Text(
        fr="Valeur à vie simple : panier x achats par an x années (x taux de marge). Sans taux de "
        "marge c'est un chiffre d'affaires, pas une marge.",
        en="Simple lifetime value: basket x purchases a year x years (x margin rate). Without a "
        "margin rate it is revenue, not margin.",
    ),
    params=[
        _number("basket", "panier", "Panier moyen.", "Average basket."),
        _number("frequency", "fréquence", "Achats par an.", "Purchases a year."),
        _number("years", "années", "Durée de la relation, en années.", "Years of relation."),
        _number(
            "margin_rate",
            "taux_marge",
            "Taux de marge (0,3 = 30 %) ; 1 par défaut : chiffre d'affaires.",
            "Margin rate (0.3 = 30 %); 1 by default: revenue.",
        ),
    ],
    returns=Kind.NUMBER,
)
def clv_simple(
    basket: float | None,
    frequency: float | None,
    years: float | None,
    margin_rate: float | None = 1.0,
) -> float | None:
    """Euros, not discounted; a part of a year counts as a part. Raises ArgumentError for a
    margin rate above 100 % and for negative years.

    >>> clv_simple(50, 2, 5), clv_simple(50, 2, 5, 0.3), clv_simple(50, None, 5)
    (500.0, 150.0, None)
    """
    if basket is None or frequency is None or years is None or margin_rate is None:
        return None
    if margin_rate > 1:
        raise percent_meant(margin_rate, "taux_marge", "margin_rate")
    if years < 0:
        raise _wrong_years(years, Text(fr="un nombre d'années", en="a number of years"))
    return basket * frequency * years * margin_rate


@function(
    "CRM_CLV",
    "CRM_VALEUR_CLIENT",
    group="marketing",
    summary=Text(
        fr="Valeur à vie actuarielle : somme des marges m x r^t / (1 + i)^t moins le coût "
        "d'acquisition ; sans durée, à l'infini : m x r / (1 + i - r).",
        en="Actuarial lifetime value: sum of the margins m x r^t / (1 + i)^t less the acquisition "
        "cost; without a length, to infinity: m x r / (1 + i - r).",
    ),
    params=[
        _number("margin", "marge", "Marge annuelle d'un client (m).", "Yearly margin (m)."),
        _number(
            "retention", "rétention", "Taux de rétention (r) : 0,8 = 80 %.", "Retention rate (r)."
        ),
        _number("rate", "taux", "Taux d'actualisation annuel (i).", "Yearly discount rate (i)."),
        _number(
            "years",
            "années",
            "Nombre d'années, entier ; vide ou absent : à l'infini.",
            "Whole number of years; blank or absent: to infinity.",
        ),
        _number(
            "cost",
            "coût",
            "Coût d'acquisition à déduire (0).",
            "Acquisition cost to deduct (0).",
        ),
        Param(
            "first",
            "première_marge",
            Text(
                fr="Quand vient la première marge : 1 (au bout d'un an, par défaut) ou 0 (tout de "
                "suite, sans r : (1 + i) / (1 + i - r)).",
                en="When the first margin comes: 1 (after a year, default) or 0 (at once, without "
                "r: (1 + i) / (1 + i - r)).",
            ),
            Shape.ONE,
            Kind.INTEGER,
        ),
    ],
    returns=Kind.NUMBER,
)
def clv(
    margin: float | None,
    retention: float | None,
    rate: float | None,
    years: float | None = None,
    cost: float | None = 0.0,
    first: int = 1,
) -> float | None:
    """Euros of today. `years` margins are summed, the first at t = `first`. Blank where margin,
    retention or rate is missing. Raises ArgumentError for a retention outside 0 to 1, a rate not
    between -100 % and 100 %, years that are negative or not whole, or an endless sum that does
    not converge.

    >>> round(clv(100, 0.8, 0.1), 2), round(clv(100, 0.8, 0.1, first=0), 2)
    (266.67, 366.67)
    >>> round(clv(100, 0.8, 0.1, years=2, cost=20), 2)
    105.62
    """
    if margin is None or retention is None or rate is None:
        return None
    _check(retention, rate, first)
    step = retention / (1 + rate)
    if years is None:
        if step >= 1:
            raise ArgumentError(
                fr="Avec une rétention de {r} et un taux de {i}, la somme est infinie : donnez un "
                "nombre d'années.",
                en="With a retention of {r} and a rate of {i} the sum is infinite: give a number "
                "of years.",
                r=shown(retention),
                i=shown(rate),
            )
        total = (step if first else 1.0) / (1 - step)
    else:
        if years < 0 or years != int(years):
            whole = Text(fr="un nombre d'années entier", en="a whole number of years")
            raise _wrong_years(years, whole)
        total = step**first * (years if step == 1 else (1 - step**years) / (1 - step))
    return margin * total - (cost or 0.0)


def _wrong_years(years: float, wanted: Text) -> ArgumentError:
    return ArgumentError(
        fr="Argument « années » : {years} ; il faut {wanted}, 0 ou plus.",
        en='Argument "years": {years}; {wanted}, 0 or more, is needed.',
        wanted=wanted,
        years=shown(years),
    )


def _check(retention: float, rate: float, first: int) -> None:
    if retention > 1:
        raise percent_meant(retention, "rétention", "retention")
    if retention < 0:
        raise ArgumentError(
            fr="Le taux de rétention va de 0 à 1 (ici {r}) : 80 % s'écrit 0,8.",
            en="The retention rate goes from 0 to 1 (here {r}): 80 % is 0.8.",
            r=shown(retention),
        )
    if rate >= 1:
        raise percent_meant(rate, "taux", "rate")
    if rate <= -1:
        raise ArgumentError(
            fr="Le taux d'actualisation {i} est impossible.",
            en="The discount rate {i} is impossible.",
            i=shown(rate),
        )
    if first not in (0, 1):
        raise ArgumentError(
            fr="La première marge vient en 0 ou en 1 (ici {first}).",
            en="The first margin comes at 0 or at 1 (here {first}).",
            first=first,
        )
