"""Rounding as a spreadsheet does it, and amounts shared without losing a cent.

A spreadsheet's ROUND works on the 15 digits it shows: =ROUND(1.005,2) is 1.01, although the
binary number is a little below 1.005. Every amount of the budgets goes through `round_cents`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from xlcrm.errors import ArgumentError, beyond_reach, percent_meant
from xlcrm.texts import shown

# Python's default context stops at 28 digits; the largest float has 309 before the point.
_EXACT = Context(prec=350, rounding=ROUND_HALF_UP)
# Below this size, what 15 digits cut off moves the scaled value by less than a thousandth.
_FAST_LIMIT = 1e11
_TIE_MARGIN = 1e-3
_SHARE_GAP = 1e-9


def round_cents(value: float, digits: int = 2) -> float:
    """Round as the ROUND function of Excel and Calc: half away from zero, on 15 digits.

    `digits` counts decimals; negative rounds to tens, hundreds. Raises ArgumentError for a value
    that is no finite number.

    >>> [round_cents(v) for v in (1.005, 2.675, -2.675, 1234.5)]
    [1.01, 2.68, -2.68, 1234.5]
    >>> round_cents(1250, -2)
    1300.0
    """
    if 0 <= digits <= 15:
        scale = 10.0**digits
        scaled = abs(value) * scale
        if scaled < _FAST_LIMIT:
            whole = math.floor(scaled)
            part = scaled - whole
            if abs(part - 0.5) > _TIE_MARGIN:
                cents = whole + (part > 0.5)
                return math.copysign(cents / scale, value) if cents else 0.0
    if not math.isfinite(value):
        raise beyond_reach()
    shown = Decimal(format(value, ".15g"))
    return float(shown.quantize(Decimal(1).scaleb(-digits), context=_EXACT)) + 0.0


def add_cents(*amounts: float) -> float:
    """The sum of amounts, rounded to the cent: no binary residue is left to meet a tie later.

    >>> add_cents(0.1, 0.2), add_cents()
    (0.3, 0.0)
    """
    return round_cents(math.fsum(amounts))


def split_cents(total: float, shares: Sequence[float]) -> list[float]:
    """Share an amount, to the cent; the last share that is not 0 takes what is left.

    `shares` are parts of one (0.3 means 30 %), each from 0 to 1, that sum to 1. The amounts sum
    to `total` rounded to the cent. Raises ArgumentError for shares that do not sum to 100 %.

    >>> split_cents(100, [1/3, 1/3, 1/3]), split_cents(0.01, [0.5, 0.5, 0])
    ([33.33, 33.33, 33.34], [0.01, 0.0, 0.0])
    """
    check_shares(shares)
    amounts = [round_cents(total * share) for share in shares]
    last = max(k for k, share in enumerate(shares) if share)
    amounts[last] = add_cents(round_cents(total), *(-a for a in amounts[:last]))
    return amounts


def check_shares(shares: Sequence[float]) -> None:
    """Raise ArgumentError unless the shares lie from 0 to 1 and sum to 1.

    >>> check_shares([0.3, 0.5])
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: La somme des parts est 80 %, elle doit être 100 %.
    """
    for share in shares:
        if share > 1 + _SHARE_GAP:
            raise percent_meant(share, "parts", "shares")
        if share < 0:
            raise ArgumentError(
                fr="Part {share} : une part va de 0 à 1 (0 % à 100 %).",
                en="Share {share}: a share goes from 0 to 1 (0 % to 100 %).",
                share=shown(share),
            )
    total = math.fsum(shares)
    if abs(total - 1) > _SHARE_GAP:
        raise ArgumentError(
            fr="La somme des parts est {total} %, elle doit être 100 %.",
            en="The shares sum to {total} %; they must sum to 100 %.",
            total=shown(total * 100),
        )
