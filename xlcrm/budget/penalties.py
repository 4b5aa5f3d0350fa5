"""Late payment between firms: days late, penalties, the fixed fee for recovery.

Article L441-10 of the Code de commerce: penalties run from the day after the due date, without a
reminder; at least 3 times the legal rate, by default the ECB's refinancing rate plus 10 points
(the rate of 1 January for the first half of the year, of 1 July for the second). Fixed fee of
40 euros an invoice: article D441-5. Rates change every half-year: they are arguments here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, not_negative, positive, rate_of
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.cells import to_date, to_number
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

FIXED_FEE = 40.0

_AMOUNT = Param(
    "amount",
    "montant",
    Text(fr="Montant TTC resté impayé, en euros.", en="Unpaid amount with VAT, in euros."),
    kind=Kind.NUMBER,
)
_DUE = Param("due", "échéance", Text(fr="Date d'échéance.", en="Due date."), kind=Kind.DATE)
_PAID = Param(
    "paid",
    "paiement",
    Text(
        fr="Date du paiement, ou date d'arrêté si rien n'est payé.",
        en="Date of the payment, or today's when nothing is paid.",
    ),
    kind=Kind.DATE,
)
_FEE = Param(
    "fixed_fee",
    "indemnité",
    Text(
        fr="Indemnité forfaitaire de recouvrement à ajouter : 40 € par facture. Par défaut : 0.",
        en="Fixed fee for recovery to add: 40 euros an invoice. Default: 0.",
    ),
    kind=Kind.NUMBER,
)
_BASE = Param(
    "base",
    "base",
    Text(fr="Jours de l'année : 365 (par défaut) ou 360.", en="Days of the year: 365 or 360."),
    kind=Kind.NUMBER,
)


@function(
    "CRM_DAYS_LATE",
    "CRM_JOURS_RETARD",
    group="budgets",
    summary=Text(
        fr="Nombre de jours de retard d'un paiement ; 0 s'il n'est pas en retard.",
        en="Number of days a payment is late; 0 when it is not.",
    ),
    params=[_DUE, _PAID],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def days_late(due: date, paid: date) -> int:
    """Days from the due date to the payment; the due date itself is not late.

    >>> due = date(2026, 3, 31)
    >>> days_late(due, date(2026, 4, 30)), days_late(due, date(2026, 3, 1))
    (30, 0)
    """
    return max(0, (paid - due).days)


@function(
    "CRM_LATE_PENALTY",
    "CRM_PENALITE_RETARD",
    group="budgets",
    summary=Text(
        fr="Pénalités de retard : montant TTC x taux annuel x jours / 365, plus l'indemnité "
        "forfaitaire si elle est donnée.",
        en="Late payment penalties: amount with VAT x yearly rate x days / 365, plus the fixed fee "
        "when one is given.",
    ),
    params=[
        _AMOUNT,
        Param(
            "days",
            "jours",
            Text(fr="Jours de retard.", en="Days late."),
            kind=Kind.NUMBER,
        ),
        Param(
            "rate",
            "taux",
            Text(fr="Taux annuel des pénalités : 15 %.", en="Yearly rate of penalties: 15 %."),
            kind=Kind.NUMBER,
        ),
        _BASE,
        _FEE,
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def late_penalty(
    amount: float, days: float, rate: float, base: float = 365, fixed_fee: float = 0
) -> float:
    """Penalties to the cent; the fixed fee is added only when the payment is late.

    >>> late_penalty(15000, 30, 0.15), late_penalty(15000, 30, 0.15, fixed_fee=40)
    (184.93, 224.93)
    """
    not_negative(amount, "montant", "amount")
    not_negative(fixed_fee, "indemnité", "fixed_fee")
    late = not_negative(days, "jours", "days")
    penalty = round_cents(amount * rate_of(rate) * late / positive(base, "base", "base"))
    return add_cents(penalty, round_cents(fixed_fee) if late and amount else 0.0)


@function(
    "CRM_LATE_PENALTY_DATED",
    "CRM_PENALITE_RETARD_DATEE",
    group="budgets",
    summary=Text(
        fr="Pénalités de retard quand le taux change en route : une table de taux datés (1er "
        "janvier, 1er juillet) dit lequel vaut chaque jour.",
        en="Late payment penalties when the rate changes on the way: a table of dated rates (1 "
        "January, 1 July) tells which one holds each day.",
    ),
    params=[
        Param(_AMOUNT.name, _AMOUNT.fr, _AMOUNT.help, Shape.ONE, Kind.NUMBER),
        Param(_DUE.name, _DUE.fr, _DUE.help, Shape.ONE, Kind.DATE),
        Param(_PAID.name, _PAID.fr, _PAID.help, Shape.ONE, Kind.DATE),
        Param(
            "rates",
            "taux_dates",
            Text(
                fr="Table à deux colonnes : date de début, taux annuel des pénalités.",
                en="Table of two columns: starting date, yearly rate of penalties.",
            ),
            Shape.TABLE,
            Kind.ANY,
        ),
        Param(_BASE.name, _BASE.fr, _BASE.help, Shape.ONE, Kind.NUMBER),
        Param(_FEE.name, _FEE.fr, _FEE.help, Shape.ONE, Kind.NUMBER),
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def late_penalty_dated(
    amount: float,
    due: date,
    paid: date,
    rates: Sequence[Sequence[Any]],
    base: float = 365,
    fixed_fee: float = 0,
) -> float:
    """Penalties to the cent, each stretch of one rate rounded. Rows without date are skipped.

    Raises ArgumentError when no rate holds on the first day late.

    >>> rates = [[date(2026, 1, 1), 0.12], [date(2026, 7, 1), 0.13]]
    >>> late_penalty_dated(10000, date(2026, 6, 20), date(2026, 7, 10), rates)
    68.5
    """
    table = sorted(
        (start, rate_of(rate))
        for row in rates
        if len(row) >= 2
        and (start := to_date(row[0])) is not None
        and (rate := to_number(row[1])) is not None
    )
    late = days_late(due, paid)
    first, last = due + timedelta(days=1), due + timedelta(days=late)
    if late and (not table or table[0][0] > first):
        raise ArgumentError(
            fr=f"Aucun taux ne vaut au {first:%d/%m/%Y} : la table commence plus tard.",
            en=f"No rate holds on {first.isoformat()}: the table starts later.",
        )
    parts = []
    ends = [start for start, _ in table[1:]] + [last + timedelta(days=1)]
    for (start, rate), end in zip(table, ends, strict=False):
        stretch = (min(end, last + timedelta(days=1)) - max(start, first)).days
        parts.append(late_penalty(amount, max(0, stretch), rate, base))
    return add_cents(*parts, late_penalty(amount, late, 0.0, base, fixed_fee))
