"""What an overdraft costs: interest by days, the commission on the highest overdraft, its rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from xlcrm.budget.arguments import (
    blank_in_blank_out,
    not_negative,
    positive,
    rate_of,
    same_length,
    share_of,
)
from xlcrm.budget.days import BASE, CALENDAR_BASE
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text

_AMOUNT = Param(
    "amount",
    "montant",
    Text(
        fr="Montant du découvert, positif, en euros.",
        en="Amount of the overdraft, positive, in euros.",
    ),
    kind=Kind.NUMBER,
)
_DAYS = Param(
    "days",
    "jours",
    Text(fr="Durée en jours.", en="Time in days."),
    kind=Kind.NUMBER,
)
_RATE = Param(
    "rate",
    "taux",
    Text(fr="Taux débiteur annuel : 12 % ou 0,12.", en="Rate per year: 12 % or 0.12."),
    kind=Kind.NUMBER,
)


@function(
    "CRM_OVERDRAFT_INTEREST",
    "CRM_AGIOS",
    group="budgets",
    summary=Text(
        fr="Intérêts d'un découvert : montant x jours x taux / 360 (ou 365).",
        en="Interest of an overdraft: amount x days x rate / 360 (or 365).",
    ),
    params=[_AMOUNT, _DAYS, _RATE, BASE],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def overdraft_interest(amount: float, days: float, rate: float, base: float = 360) -> float:
    """Interest to the cent, positive. A credit balance (amount below 0) is refused.

    >>> overdraft_interest(50000, 59, 0.12)
    983.33
    """
    numbers = debit_numbers(amount, days)
    return round_cents(numbers * rate_of(rate) / positive(base, "base", "base"))


@function(
    "CRM_DEBIT_NUMBERS",
    "CRM_NOMBRES_DEBITEURS",
    group="budgets",
    summary=Text(
        fr="Nombres débiteurs d'une échelle d'intérêts : montant x jours.",
        en="Debit numbers of an interest scale: amount x days.",
    ),
    params=[_AMOUNT, _DAYS],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def debit_numbers(amount: float, days: float) -> float:
    """Amount times days, rounded to the cent.

    >>> debit_numbers(50000, 59)
    2950000.0
    """
    not_negative(amount, "montant", "amount")
    return round_cents(amount * not_negative(days, "jours", "days"))


@function(
    "CRM_HIGHEST_OVERDRAFT_FEE",
    "CRM_CPFD",
    group="budgets",
    summary=Text(
        fr="Commission du plus fort découvert : taux x plus fort découvert de chaque mois, "
        "plafonnée à une part des intérêts si elle est donnée.",
        en="Commission on the highest overdraft: rate x highest overdraft of each month, capped at "
        "a share of the interest when one is given.",
    ),
    params=[
        Param(
            "highest",
            "plus_forts_découverts",
            Text(
                fr="Plus fort découvert de chaque mois, positif ; vide ou 0 pour un mois sans.",
                en="Highest overdraft of each month, positive; blank or 0 for a month without.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "rate",
            "taux",
            Text(fr="Taux de la commission : 0,05 %.", en="Rate of the commission: 0.05 %."),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "interest",
            "intérêts",
            Text(
                fr="Intérêts débiteurs de la période, pour le plafond. Par défaut : sans plafond.",
                en="Interest of the period, for the cap. Default: no cap.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "cap",
            "plafond",
            Text(
                fr="Part des intérêts à ne pas dépasser. Par défaut : 50 %.",
                en="Share of the interest that may not be exceeded. Default: 50 %.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def highest_overdraft_fee(
    highest: Sequence[float | None],
    rate: float,
    interest: float | None = None,
    cap: float = 0.5,
) -> float:
    """The commission, each month rounded to the cent; capped only when the interest is given.

    >>> highest_overdraft_fee([50000, 50000, 50000], 0.0005)
    75.0
    >>> highest_overdraft_fee([50000, 50000, 50000], 0.0005, interest=100)
    50.0
    """
    rate_of(rate)
    share_of(cap, "plafond", "cap")
    months = [not_negative(h or 0.0, "plus_forts_decouverts", "highest") for h in highest]
    fee = add_cents(*(round_cents(month * rate) for month in months))
    if interest is None:
        return fee
    return min(fee, round_cents(not_negative(interest, "intérêts", "interest") * cap))


@function(
    "CRM_OVERDRAFT_REAL_RATE",
    "CRM_DECOUVERT_TAUX_REEL",
    group="budgets",
    summary=Text(
        fr="Taux réel annuel d'un découvert, commissions comprises : agios x 365 / nombres "
        "débiteurs.",
        en="Real rate per year of an overdraft, commissions included: charges x 365 / debit "
        "numbers.",
    ),
    params=[
        Param(
            "charges",
            "agios",
            Text(fr="Intérêts et commissions, en euros.", en="Interest and commissions, in euros."),
            kind=Kind.NUMBER,
        ),
        Param(
            "numbers",
            "nombres",
            Text(fr="Nombres débiteurs (montant x jours).", en="Debit numbers (amount x days)."),
            kind=Kind.NUMBER,
        ),
        CALENDAR_BASE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def overdraft_real_rate(charges: float, numbers: float, base: float = 365) -> float | None:
    """Charges over debit numbers, per year, rounded to 1e-6; None without an overdraft.

    >>> overdraft_real_rate(1058.33, 2950000)
    0.130946
    """
    not_negative(charges, "agios", "charges")
    if not_negative(numbers, "nombres", "numbers") == 0:
        return None
    return round_cents(charges * positive(base, "base", "base") / numbers, 6)


class ScaleLine(NamedTuple):
    """One line of an interest scale: the balance after a movement and how long it lasted."""

    day: date
    movement: float
    balance: float
    days: int
    debit_numbers: float
    credit_numbers: float


def interest_scale(
    days: Sequence[date],
    movements: Sequence[float],
    opening: float,
    end: date,
    start: date | None = None,
) -> list[ScaleLine]:
    """The lines of an interest scale, by value date; movements of one day are put together.

    Movements: credits positive, debits negative. Each balance runs to the next date, the last one
    to `end`. The opening balance counts from `start`, on a line of its own with no movement;
    without `start`, it counts for no day. Raises ArgumentError for a date outside the period.

    >>> for line in interest_scale([date(2026, 1, 1), date(2026, 1, 11)], [-500, 800], 100,
    ...                            date(2026, 1, 31)): print(*line)
    2026-01-01 -500.0 -400.0 10 4000.0 0.0
    2026-01-11 800.0 400.0 20 0.0 8000.0
    """
    by_day: dict[date, float] = {} if start is None else {start: 0.0}
    for day, movement in sorted(zip(days, movements, strict=True)):
        by_day[day] = add_cents(by_day.get(day, 0.0), round_cents(movement))
    stops = [*list(by_day)[1:], end]
    balance = round_cents(opening)
    lines = []
    for (day, movement), stop in zip(by_day.items(), stops, strict=False):
        _check_within(day, start, end)
        balance = add_cents(balance, movement)
        length = (stop - day).days
        numbers = round_cents(abs(balance) * length)
        debit = numbers if balance < 0 else 0.0
        lines.append(ScaleLine(day, movement, balance, length, debit, numbers - debit))
    return lines


def _check_within(day: date, start: date | None, end: date) -> None:
    if start is not None and day < start:
        raise ArgumentError(
            fr=f"Le mouvement du {day:%d/%m/%Y} vient avant le début ({start:%d/%m/%Y}).",
            en=f"The movement of {day} comes before the start ({start}).",
        )
    if day > end and day == start:
        raise ArgumentError(
            fr=f"Le début ({start:%d/%m/%Y}) vient après l'arrêté ({end:%d/%m/%Y}).",
            en=f"The start ({start}) comes after the closing date ({end}).",
        )
    if day > end:
        raise ArgumentError(
            fr=f"Le mouvement du {day:%d/%m/%Y} vient après l'arrêté ({end:%d/%m/%Y}).",
            en=f"The movement of {day} comes after the closing date ({end}).",
        )


_SCALE_HEADERS = Text(
    fr="Date de valeur|Mouvement|Solde|Jours|Nombres débiteurs|Nombres créditeurs",
    en="Value date|Movement|Balance|Days|Debit numbers|Credit numbers",
)
_SCALE_TOTALS = Text(fr="Total|Intérêts débiteurs", en="Total|Debit interest")


@function(
    "CRM_INTEREST_SCALE",
    "CRM_ECHELLE_INTERETS",
    group="budgets",
    summary=Text(
        fr="Échelle d'intérêts d'un compte : soldes en date de valeur, jours, nombres, et intérêts "
        "débiteurs à l'arrêté.",
        en="Interest scale of an account: balances by value date, days, numbers, and the debit "
        "interest at the closing date.",
    ),
    params=[
        Param(
            "days",
            "dates",
            Text(fr="Dates de valeur.", en="Value dates."),
            Shape.LIST,
            Kind.DATE,
        ),
        Param(
            "movements",
            "mouvements",
            Text(
                fr="Mouvements : crédits positifs, débits négatifs.",
                en="Movements: credits positive, debits negative.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param(
            "opening",
            "solde_initial",
            Text(
                fr="Solde avant le premier mouvement, négatif si découvert. Sans début (dernier "
                "argument), il ne porte pas intérêt avant la première date.",
                en="Balance before the first movement, negative when overdrawn. Without a start "
                "(last argument) it bears no interest before the first date.",
            ),
            Shape.ONE,
            Kind.NUMBER,
        ),
        Param(
            "end",
            "arrêté",
            Text(fr="Date d'arrêté du compte.", en="Closing date of the account."),
            Shape.ONE,
            Kind.DATE,
        ),
        Param("rate", "taux", _RATE.help, Shape.ONE, Kind.NUMBER),
        replace(BASE, shape=Shape.ONE),
        Param(
            "start",
            "début",
            Text(
                fr="Début de la période : le solde initial compte dès ce jour. Par défaut : la "
                "première date.",
                en="Start of the period: the opening balance counts from that day. Default: the "
                "first date.",
            ),
            Shape.ONE,
            Kind.DATE,
        ),
    ],
)
@blank_in_blank_out
def scale_table(
    days: Sequence[date | None],
    movements: Sequence[float | None],
    opening: float,
    end: date,
    rate: float,
    base: float = 360,
    start: date | None = None,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """The interest scale as a table; a line without date or movement is left out.

    >>> scale_table([date(2026, 1, 1)], [-500], 100, date(2026, 1, 31), 0.12)[-1]
    ['Intérêts débiteurs', None, None, None, 4.0]
    >>> scale_table([], [], -500, date(2026, 1, 31), 0.12, start=date(2026, 1, 1))[-1]
    ['Intérêts débiteurs', None, None, None, 5.0]
    """
    same_length({"dates/days": days, "mouvements/movements": movements})
    pairs = [
        (d, m) for d, m in zip(days, movements, strict=True) if d is not None and m is not None
    ]
    lines = interest_scale([d for d, _ in pairs], [m for _, m in pairs], opening, end, start)
    debit = add_cents(*(line.debit_numbers for line in lines))
    credit = add_cents(*(line.credit_numbers for line in lines))
    interest = round_cents(debit * rate_of(rate) / positive(base, "base", "base"))
    total, owed = _SCALE_TOTALS.in_(lang).split("|")
    return [
        _SCALE_HEADERS.in_(lang).split("|"),
        *(list(line) for line in lines),
        [total, None, None, sum(line.days for line in lines), debit, credit],
        [owed, None, None, None, interest],
    ]
