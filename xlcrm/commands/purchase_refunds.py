"""Refunds in a column of their own: what was given back of a purchase, on its line."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold
from xlcrm.commands.amounts import tax_basis
from xlcrm.commands.source import Source
from xlcrm.contacts.dates import read_date
from xlcrm.errors import ArgumentError
from xlcrm.scoring.purchases import read_amount
from xlcrm.texts import Text, listed, shown

_WORDS = r"(rembourse(e|s|ment|ments)?|avoirs?|refund(s|ed)?|note de credit|credit note)"
_LABEL = re.compile(
    rf"(montant |total |dont )?(de )?(l )?{_WORDS}( montant| amount| le| on)?( ttc| ht)?|amount refunded"
)
_TOLD = Text(
    fr="« {sheet} » : « {refund} » déduit de « {amount} » sur {n} ligne(s) ({total} en tout).",
    en='"{sheet}": "{refund}" deducted from "{amount}" on {n} line(s) ({total} in all).',
)
_NOT_TOLD = Text(
    fr="« {sheet} » : « {refund} » n'est pas déduit de « {amount} », l'un est HT et l'autre TTC.",
    en='"{sheet}": "{refund}" is not deducted from "{amount}": one is with VAT, the other without.',
)
_TOO_MUCH = Text(
    fr="Remboursé plus que le montant : non déduit.",
    en="Refunded more than the amount: not deducted.",
)
_ON_A_LINE = Text(
    fr="Commande remboursée du même montant sur une ligne à part : non déduit une seconde fois.",
    en="Order refunded by the same amount on a line of its own: not deducted twice.",
)
_ALL_BACK = Text(
    fr="« {label} » : {value} ; commande remboursée, ligne laissée de côté.",
    en='"{label}": {value}; order refunded, line left out.',
)


def deduct_refunds(source: Source) -> Text | None:
    """Lower the amounts by the refunds that stand beside them; a mere "oui", or a day, is all."""
    column = next(filter(lambda c: _is_of_refunds(source, c), source.frame.columns), None)
    if column is None:
        return None
    label, values = source.labels[column], source.frame[column].tolist()
    amounts, numbers = source.frame["amount"].tolist(), _orders(source)
    if column == "refund_of":  # no order that is refunded, nor a line that is a refund
        source.frame = source.frame.drop(columns=column)
    names = {"sheet": listed(source.names), "refund": label, "amount": source.labels["amount"]}
    flags = [_flag(value) for value in values]
    if not any(f is None and not cells.is_blank(v) for f, v in zip(flags, values, strict=True)):
        back = [at for at, flag in enumerate(flags) if flag]
        kept = _on_lines({at: _number(amounts[at]) or 0.0 for at in back}, amounts, numbers)
        for at in kept:
            source.note(at, "amount", amounts[at], _ON_A_LINE)
        back = [at for at in back if at not in kept]
        for at in back:
            value = cells.to_text(values[at])
            source.note(at, "", values[at], _ALL_BACK.format(label=label, value=value))
        source.drop(set(back))
        return None
    if {tax_basis(label), tax_basis(names["amount"])} == {"HT", "TTC"}:
        return _NOT_TOLD.format(**names)
    refunds = {at: abs(n) for at, v in enumerate(values) if (n := _number(v))}
    kept = _on_lines(refunds, amounts, numbers)
    total, lines = 0.0, 0
    for at, refund in refunds.items():
        amount = _number(amounts[at]) or 0.0
        if at in kept:
            source.note(at, "amount", amounts[at], _ON_A_LINE)
        elif refund > amount + 0.005:
            source.note(at, "amount", amounts[at], _TOO_MUCH)
        else:
            amounts[at], total, lines = round(amount - refund, 4), total + refund, lines + 1
    source.frame["amount"] = pd.Series(amounts, dtype=object)
    return _TOLD.format(**names, n=lines, total=shown(total, 2)) if lines else None


def _orders(source: Source) -> list[tuple[str | None, str | None]]:
    """The number of the order of each line, and that of the order that it refunds."""
    blank = [None] * len(source.frame)
    of = (source.frame.get(column, blank) for column in ("order_id", "refund_of"))
    return [(cells.to_label(a), cells.to_label(b)) for a, b in zip(*of, strict=True)]


def _on_lines(
    refunds: dict[int, float], amounts: list[Any], numbers: list[tuple[str | None, str | None]]
) -> set[int]:
    """The lines whose refunds are those of their order on negative lines of its own, to the cent."""
    told: dict[str, float] = {}
    for at, refund in refunds.items():
        if order := numbers[at][0]:
            told[order] = told.get(order, 0.0) + refund
    for at, amount in enumerate(amounts):
        order = next((o for o in reversed(numbers[at]) if o in told), None)
        if order and at not in refunds and (back := _number(amount)) and back < 0:
            told[order] += back
    return {at for at in refunds if abs(told.get(numbers[at][0] or "", 1.0)) < 0.005}


def _is_of_refunds(source: Source, column: str) -> bool:
    """Whether a column holds refunds, as amounts or as yes and no, and not order numbers."""
    label = fold(source.labels[column])
    if not _LABEL.fullmatch(label) or (column in COLUMNS and column != "refund_of"):
        return False
    values = [v for v in source.frame[column].unique() if not cells.is_blank(v)]
    orders = {cells.to_label(v) for v in source.frame.get("order_id", ())}
    is_numbers = bool(orders) and all(cells.to_label(v) in orders for v in values)
    return (
        bool(values)
        and not is_numbers
        and all(_number(v) is not None or _flag(v) is not None for v in values)
    )


def _flag(value: Any) -> bool | None:
    """Yes or no; the day of a refund is a yes."""
    try:
        return isinstance(value, date) or cells.to_flag(value)
    except ArgumentError:
        return True if _number(value) is None and read_date(value).value else None


def _number(value: Any) -> float | None:
    try:
        return read_amount(value)
    except ArgumentError:
        return None
