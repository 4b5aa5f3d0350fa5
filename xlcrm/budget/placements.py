"""Placements of spare cash: simple and compound interest, savings accounts by fortnights, offers
compared after fees and tax."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xlcrm.budget.arguments import (
    Choices,
    blank_in_blank_out,
    choice_of,
    not_negative,
    positive,
    rate_of,
)
from xlcrm.budget.days import BASE
from xlcrm.budget.loans import periods_a_year
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

METHODS: Choices = {
    "compound": ("composé", "compound", "intérêts composés"),
    "simple": ("simple", "simple", "intérêts simples"),
}
_FORTNIGHTS = 24

_AMOUNT = Param(
    "amount",
    "montant",
    Text(fr="Montant placé, en euros.", en="Amount placed, in euros."),
    kind=Kind.NUMBER,
)
_RATE = Param(
    "rate",
    "taux",
    Text(fr="Taux annuel : 3 % ou 0,03.", en="Rate per year: 3 % or 0.03."),
    kind=Kind.NUMBER,
)
_YEARS = Param(
    "years",
    "années",
    Text(
        fr="Durée en années : 0,5 pour 6 mois, 90/360 pour 90 jours.",
        en="Time in years: 0.5 for 6 months, 90/360 for 90 days.",
    ),
    kind=Kind.NUMBER,
)
_METHOD = Param(
    "method",
    "méthode",
    Text(fr="composé (par défaut) ou simple.", en="compound (the default) or simple."),
)


@function(
    "CRM_SIMPLE_INTEREST",
    "CRM_INTERETS_SIMPLES",
    group="budgets",
    summary=Text(
        fr="Intérêts simples : montant x taux x jours / 360 (ou 365).",
        en="Simple interest: amount x rate x days / 360 (or 365).",
    ),
    params=[
        _AMOUNT,
        _RATE,
        Param("days", "jours", Text(fr="Durée en jours.", en="Time in days."), kind=Kind.NUMBER),
        BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def simple_interest(amount: float, rate: float, days: float, base: float = 360) -> float:
    """Interest to the cent.

    >>> simple_interest(12000, 0.04, 90), simple_interest(12000, 0.04, 90, 365)
    (120.0, 118.36)
    """
    not_negative(amount, "montant", "amount")
    share = rate_of(rate) * not_negative(days, "jours", "days") / positive(base, "base", "base")
    return round_cents(amount * share)


@function(
    "CRM_FUTURE_VALUE",
    "CRM_VALEUR_ACQUISE",
    group="budgets",
    summary=Text(
        fr="Valeur acquise d'un placement au bout de n années, à intérêts composés ou simples.",
        en="Future value of a placement after n years, at compound or simple interest.",
    ),
    params=[_AMOUNT, _RATE, _YEARS, _METHOD],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def future_value(amount: float, rate: float, years: float, method: str = "compound") -> float:
    """Amount and interest, to the cent.

    >>> future_value(10000, 0.03, 2), future_value(10000, 0.03, 2, "simple")
    (10609.0, 10600.0)
    """
    not_negative(amount, "montant", "amount")
    return round_cents(amount * _growth(rate, years, method))


@function(
    "CRM_PRESENT_VALUE",
    "CRM_VALEUR_ACTUELLE",
    group="budgets",
    summary=Text(
        fr="Valeur actuelle d'une somme à recevoir dans n années, à intérêts composés ou simples.",
        en="Present value of a sum to come in n years, at compound or simple interest.",
    ),
    params=[_AMOUNT, _RATE, _YEARS, _METHOD],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def present_value(amount: float, rate: float, years: float, method: str = "compound") -> float:
    """The sum to place now to get `amount` then, to the cent.

    >>> present_value(10609, 0.03, 2)
    10000.0
    """
    not_negative(amount, "montant", "amount")
    return round_cents(amount / _growth(rate, years, method))


def _growth(rate: float, years: float, method: str) -> float:
    rate_of(rate)
    not_negative(years, "années", "years")
    if choice_of(method, METHODS, "méthode", "method") == "simple":
        return 1 + rate * years
    return float((1 + rate) ** years)


@function(
    "CRM_EQUIVALENT_RATE",
    "CRM_TAUX_EQUIVALENT",
    group="budgets",
    summary=Text(
        fr="Taux annuel effectif d'un taux nominal capitalisé plusieurs fois par an.",
        en="Effective yearly rate of a nominal rate that is compounded several times a year.",
    ),
    params=[
        _RATE,
        Param(
            "frequency",
            "périodicité",
            Text(
                fr="Capitalisation : mois (par défaut), trimestre, semestre, an.",
                en="Compounding: month (the default), quarter, half-year, year.",
            ),
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def equivalent_rate(rate: float, frequency: str = "12") -> float:
    """(1 + rate / m)^m - 1, rounded to 1e-8.

    >>> equivalent_rate(0.06), equivalent_rate(0.06, "an")
    (0.06167781, 0.06)
    """
    count = periods_a_year(frequency)
    return round_cents((1 + rate_of(rate) / count) ** count - 1, 8)


@function(
    "CRM_FORTNIGHT_INTEREST",
    "CRM_INTERETS_QUINZAINES",
    group="budgets",
    summary=Text(
        fr="Intérêts d'un livret, comptés par quinzaines entières : un dépôt rapporte à partir du "
        "1er ou du 16 qui suit.",
        en="Interest of a French savings account, by whole fortnights: a deposit earns from the "
        "1st or the 16th that follows.",
    ),
    params=[
        _AMOUNT,
        _RATE,
        Param(
            "deposit",
            "dépôt",
            Text(fr="Date du dépôt.", en="Date of the deposit."),
            kind=Kind.DATE,
        ),
        Param(
            "withdrawal",
            "retrait",
            Text(fr="Date du retrait.", en="Date of the withdrawal."),
            kind=Kind.DATE,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def fortnight_interest(amount: float, rate: float, deposit: date, withdrawal: date) -> float:
    """amount x rate x fortnights / 24, to the cent, without compounding at year end.

    >>> fortnight_interest(10000, 0.03, date(2026, 1, 10), date(2026, 4, 20))
    75.0
    """
    not_negative(amount, "montant", "amount")
    return round_cents(amount * rate_of(rate) * fortnights(deposit, withdrawal) / _FORTNIGHTS)


def fortnights(deposit: date, withdrawal: date) -> int:
    """Whole fortnights (1st to 15th, 16th to the end) that a sum stays on a savings account.

    It earns from the 1st or 16th after the day of the deposit to the one before the withdrawal
    (article R221-5 of the Code monétaire et financier). Raises ArgumentError for a withdrawal
    before the deposit.

    >>> fortnights(date(2026, 1, 10), date(2026, 4, 20))
    6
    >>> fortnights(date(2026, 1, 1), date(2027, 1, 1))  # left until the end of the year
    23
    """
    if withdrawal < deposit:
        raise ArgumentError(
            fr=f"Le retrait ({withdrawal:%d/%m/%Y}) vient avant le dépôt ({deposit:%d/%m/%Y}).",
            en=f"The withdrawal ({withdrawal}) comes before the deposit ({deposit}).",
        )
    return max(0, _fortnight(withdrawal) - _fortnight(deposit) - 1)


def _fortnight(day: date) -> int:
    return (day.year * 12 + day.month) * 2 + (day.day > 15)


class PlacementResult(NamedTuple):
    """What a placement brings, in euros to the cent; `net_yield` is per year."""

    entry_fees: float
    interest: float
    exit_fees: float
    tax: float
    gain: float
    value: float
    net_yield: float


def placement_result(
    amount: float,
    rate: float,
    years: float,
    method: str = "compound",
    entry_fee: float = 0.0,
    exit_fee: float = 0.0,
    fixed_fees: float = 0.0,
    tax_rate: float = 0.0,
) -> PlacementResult:
    """What is left of a placement once fees and tax are paid.

    Entry fee on the amount, interest on what is then placed, exit fee on its value; tax on the
    interest less these two fees, where positive. The yield is (1 + gain / amount)^(1 / years) - 1,
    or gain / amount / years at simple interest, rounded to 1e-6.

    >>> placement_result(10000, 0.03, 2, entry_fee=0.01, tax_rate=0.3).gain
    352.04
    """
    positive(amount, "montant", "amount")
    positive(years, "années", "years")
    entry = round_cents(amount * rate_of(entry_fee, "frais d'entrée", "entry fee"))
    placed = add_cents(round_cents(amount), -entry)
    interest = round_cents(placed * (_growth(rate, years, method) - 1))
    leaving = add_cents(placed, interest) * rate_of(exit_fee, "frais de sortie", "exit fee")
    out = round_cents(leaving)
    taxable = max(0.0, add_cents(interest, -entry, -out))
    tax = round_cents(taxable * rate_of(tax_rate, "impôt", "tax"))
    fixed = round_cents(not_negative(fixed_fees, "frais fixes", "fixed fees"))
    gain = add_cents(interest, -entry, -out, -tax, -fixed)
    value = add_cents(round_cents(amount), gain)
    growth = max(0.0, value / amount)
    simple = choice_of(method, METHODS, "méthode", "method") == "simple"
    net_yield = (growth - 1) / years if simple else growth ** (1 / years) - 1
    return PlacementResult(entry, interest, out, tax, gain, value, round_cents(net_yield, 6))


_OFFER = [
    _AMOUNT,
    _RATE,
    _YEARS,
    _METHOD,
    Param(
        "entry_fee",
        "frais_entree",
        Text(fr="Frais d'entrée, en % du montant.", en="Entry fee, in % of the amount."),
        kind=Kind.NUMBER,
    ),
    Param(
        "exit_fee",
        "frais_sortie",
        Text(fr="Frais de sortie, en % de la valeur.", en="Exit fee, in % of the value."),
        kind=Kind.NUMBER,
    ),
    Param(
        "fixed_fees",
        "frais_fixes",
        Text(fr="Frais fixes en tout, en euros.", en="Fixed fees in all, in euros."),
        kind=Kind.NUMBER,
    ),
    Param(
        "tax_rate",
        "impôt",
        Text(fr="Taux d'imposition du gain : 25 %.", en="Tax rate on the gain: 25 %."),
        kind=Kind.NUMBER,
    ),
]


@function(
    "CRM_PLACEMENT_NET_GAIN",
    "CRM_PLACEMENT_GAIN_NET",
    group="budgets",
    summary=Text(
        fr="Gain net d'un placement : intérêts, moins les frais d'entrée, de sortie et fixes, "
        "moins l'impôt sur le gain.",
        en="Net gain of a placement: interest, less entry, exit and fixed fees, less the tax on "
        "the gain.",
    ),
    params=_OFFER,
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def placement_gain(
    amount: float,
    rate: float,
    years: float,
    method: str = "compound",
    entry_fee: float = 0.0,
    exit_fee: float = 0.0,
    fixed_fees: float = 0.0,
    tax_rate: float = 0.0,
) -> float:
    """The net gain in euros, negative when fees eat up the interest.

    >>> placement_gain(10000, 0.03, 0.5, "simple", tax_rate=0.25)
    112.5
    """
    return placement_result(
        amount, rate, years, method, entry_fee, exit_fee, fixed_fees, tax_rate
    ).gain


@function(
    "CRM_PLACEMENT_NET_YIELD",
    "CRM_PLACEMENT_RENDEMENT_NET",
    group="budgets",
    summary=Text(
        fr="Rendement annuel net d'un placement, après frais et impôt, pour comparer des offres.",
        en="Net yield per year of a placement, after fees and tax, to compare offers.",
    ),
    params=_OFFER,
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def placement_yield(
    amount: float,
    rate: float,
    years: float,
    method: str = "compound",
    entry_fee: float = 0.0,
    exit_fee: float = 0.0,
    fixed_fees: float = 0.0,
    tax_rate: float = 0.0,
) -> float:
    """The net yield per year, rounded to 1e-6.

    >>> placement_yield(10000, 0.03, 0.5, "simple", tax_rate=0.25)
    0.0225
    """
    return placement_result(
        amount, rate, years, method, entry_fee, exit_fee, fixed_fees, tax_rate
    ).net_yield
