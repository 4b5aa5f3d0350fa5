"""Amounts with VAT and without: one from the other where the line says its VAT, never by guess."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold
from xlcrm.commands.amounts import WITH, WITHOUT, amount_columns, tax_basis
from xlcrm.commands.source import Source
from xlcrm.errors import ArgumentError
from xlcrm.scoring.purchases import read_amount
from xlcrm.texts import Text, listed

# Metropolitan rates, and the usual one overseas. Source: articles 278 to 281 nonies and 296 CGI.
_RATES = (0.0, 0.021, 0.055, 0.085, 0.1, 0.2)
_CENT = 0.011  # of rounding, with what binary fractions add to it
_VAT = re.compile(r"(montant |mt |taux )?(de )?(la )?tva( montant| taux)?|vat( amount| rate)?")
_IS_RATE = re.compile(r"%|\b(taux|rate)\b", re.IGNORECASE)
_BLANK = Text(
    fr="{taken} vide, {other} présent : ligne laissée de côté. Remplissez « {label} », ou {vat}.",
    en='{taken} blank, {other} there: line left out. Fill in "{label}", or {vat}.',
)
_NO_VAT = Text(fr="une colonne « TVA » (taux ou montant)", en='a column "VAT" (rate or amount)')
_FILLED = Text(
    fr="« {label} » de « {sheet} », vide sur {n} ligne(s) : calculé d'après « {other} » et « {vat} ».",
    en='"{label}" of "{sheet}", blank on {n} row(s): computed from "{other}" and "{vat}".',
)


def same_order(one: float, other: float, bases: tuple[str, str], lines: int) -> bool:
    """Whether two totals of one order number are its amounts without VAT and with it.

    Where one of the sheets does not say what its amounts are, only a plain rate counts: an order
    of several rates lies between.

    >>> same_order(100.0, 120.0, ("HT", "TTC"), 1), same_order(100.0, 114.0, ("HT", "TTC"), 2)
    (True, True)
    >>> same_order(120.0, 100.0, ("HT", "TTC"), 1), same_order(100.0, 114.0, ("HT", ""), 1)
    (False, False)
    """
    if (WITH not in bases and WITHOUT not in bases) or bases[0] == bases[1]:
        return False
    first_is_net = bases[0] == WITHOUT or bases[1] == WITH
    net, gross = (one, other) if first_is_net else (other, one)
    slack = _CENT * lines
    if set(bases) == {WITH, WITHOUT}:
        bounds = sorted((net * (1 + _RATES[1]), net * (1 + _RATES[-1])))
        return bounds[0] - slack <= gross <= bounds[1] + slack
    return any(abs(net * (1 + rate) - gross) <= slack for rate in _RATES[1:])


def fill_amounts(source: Source) -> Text | None:
    """Amounts that are blank while the other basis is filled: by the VAT of the line."""
    other, vat = _other(source), vat_column(source)
    if other is None or vat is None or not _line_by_line(source, other):
        return None
    label = source.labels["amount"]
    values, filled = source.frame["amount"].tolist(), 0
    is_rate = _is_rate(source, vat, other)
    for at in _lacking(source, other):
        known, tax = (source.frame[c].iloc[at] for c in (other, vat))
        values[at] = converted(_number(known), _tax(tax), is_rate, tax_basis(label) == WITHOUT)
        filled += values[at] is not None
    if not filled:
        return None
    source.frame["amount"] = pd.Series(values, dtype=object)
    names = {"other": source.labels[other], "vat": source.labels[vat]}
    return _FILLED.format(label=label, sheet=listed(source.names), n=filled, **names)


def leave_unpriced(source: Source) -> None:
    """Leave out, each with its anomaly, the lines that are filled in the other basis alone."""
    other = _other(source)
    if other is None:
        return
    left = _lacking(source, other)
    label, vat = source.labels["amount"], vat_column(source)
    fill = Text(f"« {source.labels[vat]} »", f'"{source.labels[vat]}"') if vat else _NO_VAT
    problem = _BLANK.format(
        taken=tax_basis(label),
        other=tax_basis(source.labels[other]),
        label=label,
        vat=fill,
    )
    for at in left:
        source.note(at, other, source.frame[other].iloc[at], problem)
    source.drop(set(left))


def add_vat(source: Source) -> bool:
    """Amounts without VAT become amounts with it, where every line says its VAT."""
    vat, label = vat_column(source), source.labels["amount"]
    if vat is None:
        return False
    values, is_rate = source.frame["amount"].tolist(), _is_rate(source, vat, "amount")
    for at, tax in enumerate(source.frame[vat]):
        if (net := _number(values[at])) is not None:
            values[at] = converted(net, _tax(tax), is_rate)
            if values[at] is None:
                return False
    source.frame["amount"] = pd.Series(values, dtype=object)
    source.labels["amount"] = f"{WITH} ({label} + {source.labels[vat]})"
    return True


def converted(
    known: float | None, tax: float | None, is_rate: bool | None, back: bool = False
) -> float | None:
    """An amount with VAT from one without (`back`: the other way); None where it is not sure.

    `tax` is a rate (0.2, or 20), an amount, or (`is_rate` is None) what one of them alone gives.

    >>> converted(50.0, 20.0, True), converted(50.0, 10.0, None), converted(60.0, 0.2, True, True)
    (60.0, None, 50.0)
    """
    if known is None or tax is None:
        return None
    readings = set()
    if is_rate is not False and (rate := _rate(tax)) is not None:
        readings.add(round(known / (1 + rate) if back else known * (1 + rate), 2))
    if not is_rate and _is_amount(tax, known - tax if back else known):
        readings.add(round(known - tax if back else known + tax, 2))
    return readings.pop() if len(readings) == 1 else None


def _rate(tax: float) -> float | None:
    return next((r for r in _RATES if min(abs(tax - r), abs(tax - 100 * r)) < 1e-9), None)


def _is_amount(tax: float, net: float) -> bool:
    """Whether a VAT can be that of an amount: of a usual rate where it looks like a rate, too."""
    if _rate(tax) is None:
        return tax * net >= 0 and abs(tax) <= abs(net) * _RATES[-1] + _CENT
    return any(abs(net * rate - tax) < _CENT for rate in _RATES)


def vat_column(source: Source) -> str | None:
    """The column of VAT, as a rate or as an amount."""
    for column in source.frame.columns:
        label = fold(source.labels[column])
        if _VAT.fullmatch(label) and (column == "vat" or column not in COLUMNS):
            return str(column)
    return None


def _other(source: Source) -> str | None:
    """The column of the same totals with VAT, or without, beside the one that was taken."""
    basis = tax_basis(source.labels["amount"])
    wanted = {WITH: WITHOUT, WITHOUT: WITH}.get(basis)
    beside = (c for c in amount_columns(source) if c != "amount")
    return next((c for c in beside if tax_basis(source.labels[c]) == wanted), None)


def _lacking(source: Source, other: str) -> list[int]:
    rows = enumerate(zip(source.frame["amount"], source.frame[other], strict=True))
    return [at for at, (amount, o) in rows if cells.is_blank(amount) and _number(o) is not None]


def _line_by_line(source: Source, other: str) -> bool:
    """Whether both totals are of the line: a total of the order may stand on its first line."""
    pairs = zip(source.frame["amount"], source.frame[other], strict=True)
    both = [(a, b) for x, y in pairs if (a := _number(x)) is not None and (b := _number(y))]
    if tax_basis(source.labels["amount"]) == WITHOUT:
        both = [(b, a) for a, b in both]
    most = 1 + _RATES[-1]
    return all(abs(b) - _CENT <= abs(a) <= abs(b) * most + _CENT for a, b in both)


def _number(value: Any) -> float | None:
    try:
        return read_amount(value)
    except ArgumentError:
        return None


def _is_rate(source: Source, vat: str, column: str) -> bool | None:
    """Whether a column of VAT holds rates, beside these amounts; None where both could be."""
    label = source.labels[vat]
    if _IS_RATE.search(label):
        return True
    pairs = zip(source.frame[vat], source.frame[column], strict=True)
    both = [
        (t, n) for x, y in pairs if (t := _tax(x)) is not None and (n := _number(y)) is not None
    ]
    if any(_rate(tax) is None for tax, _ in both):
        return False
    back = tax_basis(source.labels[column]) == WITH
    return None if all(_is_amount(t, n - t if back else n) for t, n in both) else True


def _tax(value: Any) -> float | None:
    try:
        return cells.to_number(value)
    except ArgumentError:
        return None
