"""Ageing of receivables: how late each invoice is, and by customer how much in each bracket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlcrm.budget.arguments import blank_in_blank_out, folded, same_length
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text

BOUNDS = (30.0, 60.0, 90.0)

_BOUNDS = Text(
    fr="Bornes des tranches, en jours de retard. Par défaut : 30, 60, 90.",
    en="Bounds of the brackets, in days late. Default: 30, 60, 90.",
)
_HEADERS = Text(fr="Client|Sans échéance", en="Customer|No due date")
_AS_OF = Text(
    fr="Date à laquelle on regarde (en général aujourd'hui).",
    en="Date on which one looks (usually today).",
)


def bracket_labels(bounds: Sequence[float] = BOUNDS, lang: Lang = "fr") -> list[str]:
    """The name of every bracket, from not due to the oldest.

    >>> bracket_labels()
    ['Non échu', '1 à 30 j', '31 à 60 j', '61 à 90 j', 'Plus de 90 j']
    """
    steps = read_bounds(bounds)
    not_due, between, over = (
        Text(fr="Non échu", en="Not due"),
        Text(fr="{low} à {high} j", en="{low} to {high} d"),
        Text(fr="Plus de {low} j", en="Over {low} d"),
    )
    lows = [0, *steps]
    middle = [
        between.format(low=low + 1, high=high).in_(lang)
        for low, high in zip(lows, steps, strict=False)
    ]
    return [not_due.in_(lang), *middle, over.format(low=steps[-1]).in_(lang)]


def read_bounds(bounds: Sequence[float | None]) -> list[int]:
    """Whole, rising numbers of days above 0, or ArgumentError.

    >>> read_bounds([30.0, 60.0, None])
    [30, 60]
    """
    steps = [b for b in bounds if b is not None]
    rising = all(a < b for a, b in zip([0.0, *steps], steps, strict=False))
    if not steps or not rising or any(b != int(b) for b in steps):
        raise ArgumentError(
            fr="Les bornes doivent être des jours entiers croissants, par exemple 30, 60, 90.",
            en="The bounds must be whole, rising numbers of days, such as 30, 60, 90.",
        )
    return [int(b) for b in steps]


def bracket_of(due: date, as_of: date, bounds: Sequence[int]) -> int:
    """0 for not due, then the rank of the bracket; the due date itself is not late.

    >>> [bracket_of(date(2026, 3, d), date(2026, 4, 1), [30]) for d in (1, 2, 31)]
    [2, 1, 1]
    """
    late = (as_of - due).days
    if late <= 0:
        return 0
    return 1 + sum(late > bound for bound in bounds)


@function(
    "CRM_AGE_BRACKET",
    "CRM_TRANCHE_RETARD",
    group="budgets",
    summary=Text(
        fr="Tranche de retard d'une facture à une date : Non échu, 1 à 30 j, 31 à 60 j…",
        en="Bracket of lateness of an invoice on a date: Not due, 1 to 30 d, 31 to 60 d…",
    ),
    params=[
        Param("due", "échéance", Text(fr="Date d'échéance.", en="Due date."), kind=Kind.DATE),
        Param("as_of", "à_la_date", _AS_OF, Shape.ONE, Kind.DATE),
        Param("bounds", "bornes", _BOUNDS, Shape.LIST, Kind.NUMBER),
    ],
)
@blank_in_blank_out
def age_bracket(due: date, as_of: date, bounds: Sequence[float] = BOUNDS, lang: Lang = "fr") -> str:
    """The name of the bracket.

    >>> age_bracket(date(2026, 2, 10), date(2026, 4, 1))
    '31 à 60 j'
    """
    return bracket_labels(bounds, lang)[bracket_of(due, as_of, read_bounds(bounds))]


@function(
    "CRM_AGEING",
    "CRM_BALANCE_AGEE",
    group="budgets",
    summary=Text(
        fr="Balance âgée : pour chaque client, ce qui n'est pas échu, ce qui est en retard par "
        "tranche et ce qui est sans échéance, avec les totaux. Dupont et DUPONT sont un client.",
        en="Ageing of receivables: for each customer, what is not due, what is late by bracket and "
        "what has no due date, with totals. Dupont and DUPONT are one customer.",
    ),
    params=[
        Param(
            "customers",
            "clients",
            Text(fr="Client de chaque facture.", en="Customer of each invoice."),
            Shape.LIST,
        ),
        Param(
            "dues",
            "échéances",
            Text(
                fr="Échéance de chaque facture ; vide : colonne « Sans échéance ».",
                en='Due date of each invoice; blank: column "No due date".',
            ),
            Shape.LIST,
            Kind.DATE,
        ),
        Param(
            "amounts",
            "montants",
            Text(
                fr="Reste à payer TTC ; négatif pour un avoir.",
                en="Amount still due with VAT; negative for a credit note.",
            ),
            Shape.LIST,
            Kind.NUMBER,
        ),
        Param("as_of", "à_la_date", _AS_OF, Shape.ONE, Kind.DATE),
        Param("bounds", "bornes", _BOUNDS, Shape.LIST, Kind.NUMBER),
    ],
)
@blank_in_blank_out
def ageing_table(
    customers: Sequence[str | None],
    dues: Sequence[date | None],
    amounts: Sequence[float | None],
    as_of: date,
    bounds: Sequence[float] = BOUNDS,
    lang: Lang = "fr",
) -> list[list[Any]]:
    """Customers in order of first appearance, brackets, no due date, total; last row: totals.

    A customer goes by its first spelling: capitals, accents and spaces make no other one. A line
    without amount is left out; one without customer counts under a blank.

    >>> dues = [date(2026, 3, 1), date(2026, 5, 1)]
    >>> ageing_table(["A", "B"], dues, [100, 50], date(2026, 4, 1))[1:]
    [['A', 0.0, 0.0, 100.0, 0.0, 0.0, 0.0, 100.0],
     ['B', 50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 50.0],
     ['Total', 50.0, 0.0, 100.0, 0.0, 0.0, 0.0, 150.0]]
    """
    same_length({"clients/customers": customers, "échéances/dues": dues, "montants": amounts})
    steps = read_bounds(bounds)
    width = len(steps) + 3
    spelling: dict[str, str] = {}
    found: dict[str, list[list[float]]] = {}
    for customer, due, amount in zip(customers, dues, amounts, strict=True):
        if amount is None:
            continue
        key = folded(customer or "")
        spelling.setdefault(key, customer or "")
        columns = found.setdefault(key, [[] for _ in range(width)])
        columns[-1 if due is None else bracket_of(due, as_of, steps)].append(round_cents(amount))
    sums = {spelling[key]: [add_cents(*c) for c in columns] for key, columns in found.items()}
    totals = [add_cents(*column) for column in zip(*sums.values(), strict=True)] or [0.0] * width
    name, undated = _HEADERS.in_(lang).split("|")
    return [
        [name, *bracket_labels(bounds, lang), undated, "Total"],
        *([customer or None, *row, add_cents(*row)] for customer, row in sums.items()),
        ["Total", *totals, add_cents(*totals)],
    ]
