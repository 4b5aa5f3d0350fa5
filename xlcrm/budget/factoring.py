"""What factoring brings and costs: commission on the invoices, interest on the advance."""

from __future__ import annotations

from typing import Any, NamedTuple

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, positive, rate_of
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text


class Factoring(NamedTuple):
    """A year of factoring, in euros to the cent."""

    outstanding: float  # receivables at any time
    guarantee: float  # what the factor keeps back of them
    available: float  # what can be drawn
    drawn: float
    commission: float
    interest: float
    fixed_fees: float
    total: float
    rate: float  # total over turnover


def factoring(
    turnover: float,
    days: float,
    commission_rate: float,
    guarantee: float,
    financing_rate: float,
    usage: float = 1.0,
    fixed_fees: float = 0.0,
    base: float = 365,
) -> Factoring:
    """A year of factoring of a turnover with VAT, paid by customers after `days` on average.

    Outstanding = turnover x days / base; available = outstanding less the guarantee fund;
    interest on the part of it that is drawn (`usage`, from 0 to 1).

    >>> year = factoring(500000, 60, 0.009, 0.10, 0.032)
    >>> year.commission, year.interest, year.total
    (4500.0, 2367.12, 6867.12)
    """
    not_negative(turnover, "chiffre d'affaires", "turnover")
    not_negative(days, "jours", "days")
    rate_of(commission_rate, "taux de commission", "commission rate")
    rate_of(guarantee, "fonds de garantie", "guarantee")
    rate_of(financing_rate, "taux de financement", "financing rate")
    share = usage if usage == 1 else rate_of(usage, "utilisation", "usage")
    outstanding = round_cents(turnover * days / positive(base, "base", "base"))
    kept = round_cents(outstanding * guarantee)
    available = add_cents(outstanding, -kept)
    drawn = round_cents(available * share)
    commission = round_cents(turnover * commission_rate)
    interest = round_cents(drawn * financing_rate)
    fees = round_cents(not_negative(fixed_fees, "frais fixes", "fixed fees"))
    total = add_cents(commission, interest, fees)
    rate = round_cents(total / turnover, 6) if turnover else 0.0
    return Factoring(outstanding, kept, available, drawn, commission, interest, fees, total, rate)


_LABELS = Text(
    fr="Encours moyen des factures cédées|Fonds de garantie|Disponible|Financement utilisé"
    "|Commission d'affacturage|Intérêts de financement|Frais fixes|Coût total"
    "|Coût en % du chiffre d'affaires",
    en="Average invoices outstanding|Guarantee fund|Available|Advance drawn"
    "|Factoring commission|Interest on the advance|Fixed fees|Total cost"
    "|Cost in % of turnover",
)


_PARAMS = [
    Param(
        "turnover",
        "chiffre_affaires",
        Text(
            fr="Chiffre d'affaires TTC cédé dans l'année.",
            en="Yearly turnover with VAT handed to the factor.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "days",
        "jours",
        Text(
            fr="Délai moyen de paiement des clients, en jours.",
            en="Average delay of customers, in days.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "commission_rate",
        "taux_commission",
        Text(fr="Commission d'affacturage : 0,9 %.", en="Factoring commission: 0.9 %."),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "guarantee",
        "garantie",
        Text(
            fr="Part retenue en fonds de garantie : 10 %.",
            en="Share kept as a guarantee fund: 10 %.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "financing_rate",
        "taux_financement",
        Text(
            fr="Taux annuel de la commission de financement : 3,2 %.",
            en="Yearly rate of the advance: 3.2 %.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "usage",
        "utilisation",
        Text(
            fr="Part du disponible qui est utilisée, de 0 à 100 %. Par défaut : 100 %.",
            en="Share of the available amount that is drawn, 0 to 100 %. Default: 100 %.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "fixed_fees",
        "frais_fixes",
        Text(
            fr="Frais fixes de l'année, HT. Par défaut : 0.",
            en="Fixed fees of the year, before VAT. Default: 0.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
    Param(
        "base",
        "base",
        Text(
            fr="Jours de l'année : 365 (par défaut) ou 360.",
            en="Days of the year: 365 or 360.",
        ),
        Shape.ONE,
        Kind.NUMBER,
    ),
]


@function(
    "CRM_FACTORING",
    "CRM_AFFACTURAGE",
    group="budgets",
    summary=Text(
        fr="Coût annuel de l'affacturage, ligne par ligne : encours, garantie, disponible, "
        "commission, intérêts, total.",
        en="Yearly cost of factoring, line by line: outstanding, guarantee, available, commission, "
        "interest, total.",
    ),
    params=_PARAMS,
)
@blank_in_blank_out
def factoring_table(
    turnover: float,
    days: float,
    commission_rate: float,
    guarantee: float,
    financing_rate: float,
    usage: float = 1.0,
    fixed_fees: float = 0.0,
    base: float = 365,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """The lines of a year of factoring, label and value.

    >>> factoring_table(500000, 60, 0.009, 0.10, 0.032)[-2]
    ['Coût total', 6867.12]
    """
    year = factoring(
        turnover, days, commission_rate, guarantee, financing_rate, usage, fixed_fees, base
    )
    labels = _LABELS.in_(lang).split("|")
    return [[label, value] for label, value in zip(labels, year, strict=True)]


@function(
    "CRM_FACTORING_COST",
    "CRM_AFFACTURAGE_COUT",
    group="budgets",
    summary=Text(
        fr="Coût total de l'affacturage sur un an, en euros.",
        en="Total cost of factoring over a year, in euros.",
    ),
    params=[Param(p.name, p.fr, p.help, Shape.EACH, p.kind) for p in _PARAMS],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def factoring_cost(
    turnover: float,
    days: float,
    commission_rate: float,
    guarantee: float,
    financing_rate: float,
    usage: float = 1.0,
    fixed_fees: float = 0.0,
    base: float = 365,
) -> float:
    """Commission, interest and fixed fees of a year, to the cent.

    >>> factoring_cost(500000, 60, 0.009, 0.10, 0.032, 0.7)
    6156.99
    """
    return factoring(
        turnover, days, commission_rate, guarantee, financing_rate, usage, fixed_fees, base
    ).total
