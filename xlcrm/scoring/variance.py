"""Actual against planned: variance, its rate, and whether it calls for action."""

from __future__ import annotations

from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError, percent_meant
from xlcrm.texts import Lang, Text, shown

_PLANNED = Param(
    "planned",
    "prévu",
    Text(fr="Le montant prévu (ou l'objectif).", en="The planned amount (or the target)."),
    kind=Kind.NUMBER,
)
_ACTUAL = Param(
    "actual", "réalisé", Text(fr="Le montant réalisé.", en="The actual amount."), kind=Kind.NUMBER
)
_NATURE = Param(
    "nature",
    "nature",
    Text(
        fr="charge (par défaut) : dépasser est défavorable ; produit : dépasser est favorable.",
        en="cost (default): above plan is unfavourable; income: above plan is favourable.",
    ),
    Shape.ONE,
    choices=("charge", "produit", "cost", "income"),
)
STATUS: dict[str, Text] = {
    "good": Text(fr="Conforme", en="On track"),
    "amber": Text(fr="À surveiller", en="Watch"),
    "red": Text(fr="Alerte", en="Alert"),
}


@function(
    "CRM_VARIANCE",
    "CRM_ECART",
    group="marketing",
    summary=Text(
        fr="Écart : réalisé - prévu, en euros. Positif quand le réalisé dépasse le prévu.",
        en="Variance: actual - planned, in euros. Positive where actual is above plan.",
    ),
    params=[_PLANNED, _ACTUAL],
    returns=Kind.NUMBER,
)
def variance(planned: float | None, actual: float | None) -> float | None:
    """Blank where either is missing: nothing actual yet is not a variance of minus everything.

    >>> variance(1000, 1150), variance(1000, None)
    (150, None)
    """
    return None if planned is None or actual is None else actual - planned


@function(
    "CRM_VARIANCE_RATE",
    "CRM_ECART_TAUX",
    group="marketing",
    summary=Text(
        fr="Écart en % : (réalisé - prévu) / |prévu|. Vide si le prévu est vide ou nul.",
        en="Variance in %: (actual - planned) / |planned|. Blank where the plan is blank or zero.",
    ),
    params=[_PLANNED, _ACTUAL],
    returns=Kind.NUMBER,
)
def variance_rate(planned: float | None, actual: float | None) -> float | None:
    """A share of the absolute plan: 0.15 means 15 % above.

    >>> variance_rate(1000, 1150), variance_rate(0, 50)
    (0.15, None)
    """
    if not planned or actual is None:
        return None
    return (actual - planned) / abs(planned)


@function(
    "CRM_VARIANCE_STATUS",
    "CRM_ECART_STATUT",
    group="marketing",
    summary=Text(
        fr="Statut d'un écart : Conforme, À surveiller ou Alerte, selon l'écart défavorable divisé "
        "par le prévu et deux seuils (5 % et 10 %).",
        en="Status of a variance: On track, Watch or Alert, by the unfavourable variance over the "
        "plan and two thresholds (5 % and 10 %).",
    ),
    params=[
        _PLANNED,
        _ACTUAL,
        _NATURE,
        Param(
            "amber",
            "seuil_orange",
            Text(fr="À surveiller au-delà de (0,05).", en="Watch above (0.05)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "red",
            "seuil_rouge",
            Text(fr="Alerte au-delà de (0,10).", en="Alert above (0.10)."),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
)
def variance_status(
    planned: float | None,
    actual: float | None,
    nature: str = "charge",
    amber: float = 0.05,
    red: float = 0.10,
    lang: Lang = "fr",
) -> str | None:
    """A favourable variance is always on track; a variance equal to a threshold has not passed
    it. Spending without a plan is an alert; no plan and nothing actual is on track. Blank where
    either is missing.

    >>> variance_status(1000, 1050), variance_status(1000, 1080), variance_status(1000, 1200)
    ('Conforme', 'À surveiller', 'Alerte')
    >>> variance_status(1000, 1200, "produit"), variance_status(1000, None)
    ('Conforme', None)
    """
    for value, fr, en in ((amber, "seuil_orange", "amber"), (red, "seuil_rouge", "red")):
        if value > 1:
            raise percent_meant(value, fr, en)
    if amber > red or amber < 0:
        raise ArgumentError(
            fr="Le seuil orange ({amber}) doit être entre 0 et le seuil rouge ({red}).",
            en="The amber threshold ({amber}) must lie between 0 and the red one ({red}).",
            amber=shown(amber),
            red=shown(red),
        )
    if planned is None or actual is None:
        return None
    gap = actual - planned if nature in ("charge", "cost") else planned - actual
    limit = abs(planned)
    key = "good"
    if gap > red * limit + 1e-9 * limit:
        key = "red"
    elif gap > amber * limit + 1e-9 * limit:
        key = "amber"
    return STATUS[key].in_(lang)
