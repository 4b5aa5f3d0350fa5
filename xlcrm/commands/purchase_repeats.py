"""Purchases that stand on several sheets: which are the same, and which only have one number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.commands.amounts import WITH, tax_basis
from xlcrm.commands.customers import buyers
from xlcrm.commands.purchase_vat import same_order
from xlcrm.commands.source import Source
from xlcrm.scoring.purchases import read_lines
from xlcrm.texts import Text, listed

_TWICE = Text(
    fr="Même achat que « {sheet} », ligne {row} : compté une seule fois.",
    en='Same purchase as "{sheet}", row {row}: counted once.',
)
_OTHER_AMOUNT = Text(
    fr="Même commande que « {sheet} », ligne {row}, mais autre montant : les deux comptent.",
    en='Same order as "{sheet}", row {row}, but another amount: both count.',
)
_OTHER_BASIS = Text(
    fr="Même commande que « {sheet} », ligne {row}, l'une HT et l'autre TTC : comptée une seule fois"
    ", au montant {kept}.",
    en='Same order as "{sheet}", row {row}, one without VAT and one with: counted once, by the '
    "amount {kept}.",
)
_DOUBLES = Text(
    fr="Lignes identiques d'une même commande : {rows}. Toutes comptent ; si elles sont saisies "
    "deux fois, n'en gardez qu'une et relancez.",
    en="Identical lines of one order: {rows}. All of them count; if they were typed twice, keep "
    "one and run again.",
)
_OTHER_COUNT = Text(
    fr="Même achat que « {sheet} », ligne {row}, mais pas autant de fois : tous comptent.",
    en='Same purchase as "{sheet}", row {row}, but not as many times: all count.',
)


def count_once(source: Source) -> None:
    """Drop the purchases of an earlier sheet: same number, customer, day and total.

    Without numbers, lines are the same by customer, day, amount and product. A number that
    another sheet has for another day is another order.
    """
    days, amounts, _ = read_lines(source.frame)
    numbers = _labels(source, "order_id")
    products = _labels(source, "product")
    found: dict[Any, dict[str, list[int]]] = {}
    by_number: dict[Any, dict[str, Any]] = {}
    people = buyers(source)
    for at, (who, number, day) in enumerate(zip(people, numbers, days.tolist(), strict=True)):
        if who and day and amounts[at] == amounts[at]:
            key = (who, day, number) if number else (who, day, amounts[at], products[at])
            found.setdefault(key, {}).setdefault(source.sheets[at], []).append(at)
            if number and amounts[at] > 0:
                by_number.setdefault((who, number), {}).setdefault(source.sheets[at], day)
    drop: set[int] = set()
    for (_, _, *what), by_sheet in found.items():
        if len(by_sheet) > 1:
            sheets = list(by_sheet.values())
            if len(what) == 1:
                sheets, other = _without_other_basis(source, sheets, amounts)
                drop |= other
            drop |= _repeated(
                source, sheets, amounts, _OTHER_AMOUNT if len(what) == 1 else _OTHER_COUNT
            )
    _number_apart(source, by_number, numbers)
    source.drop(drop)


def note_doubles(source: Source) -> None:
    """Tell, in one anomaly, the lines of a sheet that are alike in all that they say.

    Without the number of an order nothing tells a line typed twice from two purchases.
    """
    if "order_id" not in source.frame:
        return
    lines = source.frame[source.frame["order_id"].notna()]
    lines = lines[lines.duplicated(["order_id", "amount"], keep=False)].astype(str)
    lines = lines[lines.duplicated(keep=False)]
    groups = [places.tolist() for places in lines.groupby(list(lines), sort=False).groups.values()]
    if groups:
        first = groups[0][0]
        rows = [[source.rows[at] for at in group] for group in groups]
        told = Text(
            fr=listed(_and(group, "et") for group in rows),
            en=listed((_and(group, "and") for group in rows), "en"),
        )
        value = source.frame["order_id"].iloc[first]
        source.note(first, "order_id", value, _DOUBLES.format(rows=told))


def _and(rows: list[int], word: str) -> str:
    return f"{', '.join(map(str, rows[:-1]))} {word} {rows[-1]}"


def _without_other_basis(
    source: Source, sheets: list[list[int]], amounts: Any
) -> tuple[list[list[int]], set[int]]:
    """The lines of one order by sheet, without those that are another sheet's in the other basis;
    and these. The amount with VAT is kept; where none says so, the earlier one."""
    kept: list[list[int]] = []
    drop: set[int] = set()
    ranks = {WITH: 0, "": 1}
    for lines in sorted(sheets, key=lambda lines: ranks.get(_basis(source, lines), 2)):
        total, basis = float(amounts[lines].sum()), _basis(source, lines)
        for other in kept:
            counted, most = float(amounts[other].sum()), len(lines) + len(other)
            if same_order(total, counted, (basis, _basis(source, other)), most):
                place = source.place(other[0]) | {"kept": _basis(source, other) or WITH}
                for at in lines:
                    value = source.frame["amount"].iloc[at]
                    source.note(at, "amount", value, _OTHER_BASIS.format(**place))
                drop |= set(lines)
                break
        else:
            kept.append(lines)
    return sorted(kept), drop


def _basis(source: Source, lines: list[int]) -> str:
    return tax_basis(source.label("amount", position=lines[0]))


def _repeated(source: Source, sheets: list[list[int]], amounts: Any, unlike: Text) -> set[int]:
    """The lines of one order that an earlier sheet has with the same total; else it is told."""
    drop: set[int] = set()
    kept: dict[float, int] = {}
    for lines in sheets:
        total = round(float(amounts[lines].sum()), 2)
        first = kept.get(total)
        other = first if first is not None else next(iter(kept.values()), None)
        kept.setdefault(total, lines[0])
        if other is not None:
            problem = unlike if first is None else _TWICE
            place = source.place(other)
            for at in lines if first is not None else lines[:1]:
                value = source.frame["amount"].iloc[at]
                source.note(at, "amount", value, problem.format(**place))
            drop |= set(lines) if first is not None else set()
    return drop


def _number_apart(
    source: Source, days: dict[Any, dict[str, Any]], numbers: list[str | None]
) -> None:
    """Where numbers start again on another sheet, those of the later sheets get its name."""
    again = {
        (number, sheet)
        for (_, number), by_sheet in days.items()
        for sheet, day in list(by_sheet.items())[1:]
        if day != next(iter(by_sheet.values()))
    }
    for column in ("order_id", "refund_of") if again else ():
        if column in source.frame:
            values = numbers if column == "order_id" else _labels(source, column)
            source.frame[column] = pd.Series(
                [
                    f"{value} ({sheet})" if (value, sheet) in again else value
                    for value, sheet in zip(values, source.sheets, strict=True)
                ],
                dtype=object,
            )


def _labels(source: Source, column: str) -> list[str | None]:
    if column not in source.frame:
        return [None] * len(source.frame)
    return [cells.to_label(value) for value in source.frame[column]]
