"""Loans: the instalment, the whole schedule, what it costs and the effective rate.

Three ways to repay: constant instalment, constant principal, bullet (all at the end). Every
amount is rounded to the cent, line by line, as in a lender's schedule.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from xlcrm.budget.arguments import (
    Choices,
    blank_in_blank_out,
    choice_of,
    count_of,
    positive,
    rate_of,
    words_of,
)
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.texts import Lang, Text

MODES: Choices = {
    "level": ("échéance constante", "constant instalment", "annuité constante", "constante"),
    "principal": (
        "amortissement constant",
        "constant principal",
        "capital constant",
        "remboursement constant",
    ),
    "bullet": ("in fine", "bullet"),
}
FREQUENCIES: Choices = {
    "12": ("mois", "month", "mensuel", "mensuelle", "monthly"),
    "4": ("trimestre", "quarter", "trimestriel", "trimestrielle", "quarterly"),
    "2": ("semestre", "half-year", "semestriel", "semestrielle"),
    "1": ("an", "year", "annuel", "annuelle", "année", "yearly"),
}
CONVERSIONS: Choices = {
    "proportional": ("proportionnel", "proportional"),
    "actuarial": ("actuariel", "actuarial", "équivalent", "equivalent"),
}
DEFERRALS: Choices = {
    "partial": ("partiel", "partial"),
    "total": ("total", "total"),
}


class LoanLine(NamedTuple):
    """One line of a schedule, in euros to the cent."""

    number: int
    opening: float
    interest: float
    principal: float
    payment: float
    closing: float


HEADERS = Text(
    fr="N°|Capital dû au début|Intérêts|Amortissement|Échéance|Capital restant dû",
    en="No.|Opening balance|Interest|Principal|Instalment|Closing balance",
)

AMOUNT = Param(
    "amount",
    "montant",
    Text(fr="Capital emprunté, en euros.", en="Amount borrowed, in euros."),
    kind=Kind.NUMBER,
)
RATE = Param(
    "rate",
    "taux",
    Text(fr="Taux annuel : 5 % ou 0,05.", en="Rate per year: 5 % or 0.05."),
    kind=Kind.NUMBER,
)
PERIODS = Param(
    "periods",
    "échéances",
    Text(
        fr="Nombre d'échéances en tout, différé compris : 48 pour 4 ans par mois.",
        en="Number of instalments in all, deferral included: 48 for 4 years by month.",
    ),
    kind=Kind.NUMBER,
)
FREQUENCY = Param(
    "frequency",
    "périodicité",
    Text(
        fr=f"Périodicité : {words_of(FREQUENCIES).fr} (ou 12, 4, 2, 1). Par défaut : mois.",
        en=f"Frequency: {words_of(FREQUENCIES).en} (or 12, 4, 2, 1). Default: month.",
    ),
)
MODE = Param(
    "mode",
    "mode",
    Text(
        fr=f"Remboursement : {words_of(MODES).fr}. Par défaut : échéance constante.",
        en=f"Repayment: {words_of(MODES).en}. Default: constant instalment.",
    ),
)
_CONVERSION = Param(
    "conversion",
    "conversion",
    Text(
        fr="Taux de la période : proportionnel (t/12, par défaut) ou actuariel ((1+t)^(1/12)-1).",
        en="Rate of a period: proportional (t/12, the default) or actuarial ((1+t)^(1/12)-1).",
    ),
)
_DEFERRED = Param(
    "deferred",
    "différé",
    Text(
        fr="Nombre d'échéances de différé au début. Par défaut : 0.",
        en="Number of deferred instalments at the start. Default: 0.",
    ),
    kind=Kind.NUMBER,
)
_DEFERRAL = Param(
    "deferral",
    "type_différé",
    Text(
        fr="partiel : seuls les intérêts sont payés (par défaut) ; total : ils s'ajoutent à la "
        "dette.",
        en="partial: only the interest is paid (the default); total: it is added to the debt.",
    ),
)


def periods_a_year(frequency: str) -> int:
    """12, 4, 2 or 1.

    >>> periods_a_year("trimestre"), periods_a_year("12")
    (4, 12)
    """
    return int(choice_of(frequency, FREQUENCIES, "périodicité", "frequency"))


@function(
    "CRM_PERIOD_RATE",
    "CRM_TAUX_PERIODE",
    group="budgets",
    summary=Text(
        fr="Taux d'une période (mois, trimestre…) à partir du taux annuel, proportionnel ou "
        "actuariel.",
        en="Rate of a period (month, quarter…) from the rate per year, proportional or actuarial.",
    ),
    params=[RATE, FREQUENCY, _CONVERSION],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def period_rate(rate: float, frequency: str = "12", conversion: str = "proportional") -> float:
    """The rate of one period, not rounded.

    >>> round(period_rate(0.06), 6), round(period_rate(0.15466, "mois", "actuariel"), 7)
    (0.005, 0.0120559)
    """
    rate_of(rate)
    per_year = periods_a_year(frequency)
    if choice_of(conversion, CONVERSIONS, "conversion", "conversion") == "actuarial":
        return float((1 + rate) ** (1 / per_year) - 1)
    return rate / per_year


@function(
    "CRM_LOAN_PAYMENT",
    "CRM_EMPRUNT_ECHEANCE",
    group="budgets",
    summary=Text(
        fr="Échéance constante d'un emprunt (annuité, mensualité…), au centime.",
        en="Constant instalment of a loan (per year, month…), to the cent.",
    ),
    params=[AMOUNT, RATE, PERIODS, FREQUENCY, _CONVERSION],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def loan_payment(
    amount: float,
    rate: float,
    periods: float,
    frequency: str = "12",
    conversion: str = "proportional",
) -> float:
    """The constant instalment, a positive amount: ROUND(-PMT(i, n, amount), 2).

    Raises ArgumentError for an amount that is not above 0, a rate typed as 5 for 5 %, 0 periods.

    >>> loan_payment(20000, 0.05, 4, "an"), loan_payment(1200, 0, 12)
    (5640.24, 100.0)
    """
    positive(amount, "montant", "amount")
    count = count_of(periods, "échéances", "periods")
    return _level_payment(amount, period_rate(rate, frequency, conversion), count)


def _level_payment(amount: float, rate: float, count: int) -> float:
    if rate == 0:
        return round_cents(amount / count)
    # As precise as floats are: (1 + rate) ** -count loses digits that decide half a cent.
    return round_cents(amount * rate / -math.expm1(-count * math.log1p(rate)))


def loan_schedule(
    amount: float,
    rate: float,
    periods: float,
    frequency: str = "12",
    mode: str = "level",
    conversion: str = "proportional",
    deferred: float = 0,
    deferral: str = "partial",
) -> list[LoanLine]:
    """Every line of a loan. The principals sum to the amount (and to the interest added to it).

    With a constant instalment, the last principal clears the balance and the last interest is the
    rest of the instalment, so that all instalments are equal; where that would leave less than
    nothing (or the rate is 0), the last instalment is the balance and its interest. Interest is
    ROUND(balance x rate of the period, 2). `periods` includes the `deferred` ones.

    >>> for line in loan_schedule(20000, 0.05, 4, "an"): print(*line)
    1 20000.0 1000.0 4640.24 5640.24 15359.76
    2 15359.76 767.99 4872.25 5640.24 10487.51
    3 10487.51 524.38 5115.86 5640.24 5371.65
    4 5371.65 268.59 5371.65 5640.24 0.0
    """
    positive(amount, "montant", "amount")
    count = count_of(periods, "échéances", "periods")
    wait = count_of(deferred, "différé", "deferred", least=0, most=count - 1)
    kind = choice_of(mode, MODES, "mode", "mode")
    total = choice_of(deferral, DEFERRALS, "type_differe", "deferral") == "total"
    i = period_rate(rate, frequency, conversion)
    lines: list[LoanLine] = []
    balance = round_cents(amount)
    for number in range(1, wait + 1):
        interest = round_cents(balance * i)
        paid = 0.0 if total else interest
        added = add_cents(interest, -paid)
        closing = add_cents(balance, added)
        lines.append(LoanLine(number, balance, interest, -added + 0.0, paid, closing))
        balance = closing
    return lines + _repaid(balance, i, wait + 1, count, kind)


def _repaid(amount: float, i: float, first: int, count: int, kind: str) -> list[LoanLine]:
    """The lines that repay an amount from the instalment `first` to the instalment `count`."""
    size = count - first + 1
    level = _level_payment(amount, i, size)
    part = round_cents(amount / size)
    balance = amount
    lines = []
    for number in range(first, count + 1):
        interest = round_cents(balance * i)
        if number == count:
            principal = balance
            if kind == "level" and i and 0 < balance <= level:
                interest = add_cents(level, -balance)
        elif kind == "level":
            principal = min(add_cents(level, -interest), balance)
        else:
            principal = min(part, balance) if kind == "principal" else 0.0
        payment = add_cents(interest, principal)
        closing = add_cents(balance, -principal)
        lines.append(LoanLine(number, balance, interest, principal, payment, closing))
        balance = closing
    return lines


@function(
    "CRM_LOAN_SCHEDULE",
    "CRM_EMPRUNT_TABLEAU",
    group="budgets",
    summary=Text(
        fr="Tableau d'amortissement complet d'un emprunt : capital dû, intérêts, amortissement, "
        "échéance, capital restant dû.",
        en="The whole schedule of a loan: opening balance, interest, principal, instalment, "
        "closing balance.",
    ),
    params=[
        Param(p.name, p.fr, p.help, Shape.ONE, p.kind)
        for p in (
            AMOUNT,
            RATE,
            PERIODS,
            FREQUENCY,
            MODE,
            _CONVERSION,
            _DEFERRED,
            _DEFERRAL,
        )
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def loan_table(
    amount: float,
    rate: float,
    periods: float,
    frequency: str = "12",
    mode: str = "level",
    conversion: str = "proportional",
    deferred: float = 0,
    deferral: str = "partial",
    lang: Lang = "fr",
) -> list[list[Any]]:
    """The schedule of a loan as a table under a header row.

    >>> loan_table(1000, 0.12, 2, mode="in fine")[1:]
    [[1, 1000.0, 10.0, 0.0, 10.0, 1000.0], [2, 1000.0, 10.0, 1000.0, 1010.0, 0.0]]
    """
    lines = loan_schedule(amount, rate, periods, frequency, mode, conversion, deferred, deferral)
    return [HEADERS.in_(lang).split("|"), *(list(line) for line in lines)]


@function(
    "CRM_LOAN_BALANCE",
    "CRM_EMPRUNT_RESTE_DU",
    group="budgets",
    summary=Text(
        fr="Capital restant dû d'un emprunt après un nombre d'échéances.",
        en="Balance of a loan after a number of instalments.",
    ),
    params=[
        AMOUNT,
        RATE,
        PERIODS,
        Param(
            "paid",
            "payees",
            Text(fr="Nombre d'échéances déjà payées.", en="Number of instalments already paid."),
            kind=Kind.NUMBER,
        ),
        FREQUENCY,
        MODE,
        _CONVERSION,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def loan_balance(
    amount: float,
    rate: float,
    periods: float,
    paid: float,
    frequency: str = "12",
    mode: str = "level",
    conversion: str = "proportional",
) -> float:
    """The closing balance of that line of the schedule, to the cent; 0 after the last one.

    >>> [loan_balance(20000, 0.05, 4, k, "an") for k in (0, 1, 4)]
    [20000.0, 15359.76, 0.0]
    """
    lines = loan_schedule(amount, rate, periods, frequency, mode, conversion)
    done = count_of(paid, "payées", "paid", least=0, most=len(lines))
    return lines[done - 1].closing if done else round_cents(amount)


def yearly_rate(i: float, per_year: int, method: str) -> float:
    """The yearly rate of a period's rate, rounded to 1e-6.

    >>> yearly_rate(0.01, 12, "actuarial"), yearly_rate(0.01, 12, "proportional")
    (0.126825, 0.12)
    """
    if choice_of(method, CONVERSIONS, "méthode", "method") == "actuarial":
        return round_cents((1 + i) ** per_year - 1, 6)
    return round_cents(i * per_year, 6)
