"""Which column of a sheet is the amount of a purchase, and what was decided for the user.

The total with VAT, else a total that does not say, else the one without VAT; where there is no
total, the unit price times the quantity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold, recognise
from xlcrm.errors import ArgumentError
from xlcrm.scoring.purchases import read_amount, reads_two_ways
from xlcrm.texts import Text, listed, shown

if TYPE_CHECKING:
    from xlcrm.commands.source import Source

WITH, WITHOUT = "TTC", "HT"
_DECIMALS = re.compile(r"([.,])(?:\d{1,2}|\d{4,})\D*$")
_REDUCTION = {"remise", "rabais", "ristourne", "discount"}
_OF_AN_ORDER = {"commande", "facture", "ticket", "order", "invoice"}
_TAX_WORDS = re.compile(
    r"\b(?:(ttc|incl|including|gross|taxes? comprises?|tva (?:comprise|incluse))|"
    r"ht|excl|excluding|hors (?:taxes?|tva))\b"
)


def settle_amount(source: Source, prefer: str = WITH) -> None:
    """Give the key `amount` to the best column; `prefer` is WITH or WITHOUT tax.

    Columns without a value do not compete. Run again, it may choose another one, or another price.
    """
    if _is_computed(source):
        source.frame = source.frame.drop(columns="amount")
        del source.labels["amount"]
    elif _is_of_prices(source):
        _put_aside(source, "amount")
    candidates = amount_columns(source)
    if candidates:
        best = _best(source, candidates, prefer)
        if best != "amount":
            _exchange(source, "amount", best)
    elif "amount" not in source.frame and "order_date" in source.frame:
        _from_prices(source, prefer)
    elif "amount" in source.frame and _columns(source, "unit_price"):
        _put_aside(source, "amount")  # an empty total, as of formulas never computed
        _from_prices(source, prefer)


def amount_columns(source: Source) -> list[str]:
    """The columns of totals that hold something, in the order of the sheet."""
    return _columns(source, "amount")


def tax_bases(source: Source) -> set[str]:
    """What the amounts of a sheet can be, by its totals, or its prices where it has no total."""
    keys = ("amount", "unit_price") if _is_of_prices(source) else ("amount",)
    return {tax_basis(source.labels[c]) for key in keys for c in _columns(source, key)}


def _is_computed(source: Source) -> bool:
    quantity = source.labels.get("quantity")
    made = {f"{source.labels[c]} × {quantity}" for c in _columns(source, "unit_price")}
    return source.labels.get("amount") in made


def _is_of_prices(source: Source) -> bool:
    return _is_computed(source) or recognise(source.labels.get("amount", "")) == "unit_price"


def tax_basis(label: str) -> str:
    """TTC, HT, or nothing where a label does not say.

    >>> tax_basis("CA T.T.C."), tax_basis("Total HT (€)"), tax_basis("Montant")
    ('TTC', 'HT', '')
    >>> tax_basis("Montant hors taxes"), tax_basis("Montant hors frais")
    ('HT', '')
    """
    found = _TAX_WORDS.search(fold(label.replace(".", "")))
    return "" if found is None else WITH if found[1] else WITHOUT


def _columns(source: Source, key: str) -> list[str]:
    found = [
        column
        for column in source.frame.columns
        if column == key or (column not in COLUMNS and recognise(source.labels[column]) == key)
    ]
    return [c for c in found if not all(cells.is_blank(v) for v in source.frame[c])]


def _best(source: Source, columns: list[str], prefer: str) -> str:
    ranks = {prefer: 0, "": 1}
    return min(columns, key=lambda c: ranks.get(tax_basis(source.labels[c]), 2))


def _exchange(source: Source, key: str, column: str) -> None:
    """The column takes the key; the one that had it goes by its label."""
    if key in source.frame:
        _put_aside(source, key)
    source.frame = source.frame.rename(columns={column: key})
    source.labels[key] = source.labels.pop(column)


def _put_aside(source: Source, key: str) -> None:
    label = source.labels.pop(key)
    name = label if label not in source.frame else f"{label} (2)"
    source.frame = source.frame.rename(columns={key: name})
    source.labels[name] = label


def _from_prices(source: Source, prefer: str) -> None:
    prices = _columns(source, "unit_price")
    if not prices:
        return
    price = _best(source, prices, prefer)
    label = source.labels[price]
    if "quantity" in source.frame:
        pairs = zip(source.frame[price], source.frame["quantity"], strict=True)
        source.frame["amount"] = pd.Series([_product(*p) for p in pairs], dtype=object)
        source.labels["amount"] = f"{label} × {source.labels['quantity']}"
    else:
        _exchange(source, "amount", price)


def _product(price: Any, quantity: Any) -> Any:
    """The amount of a line; where one of the two is no number, what stands in its place."""
    of_one, count = _amount(price), _amount(quantity)
    if of_one is None or count is None:
        return price if reads_two_ways(price) else None
    return round(of_one * count, 4)


def say_amount(source: Source) -> Text | None:
    """Which column was taken, where the sheet has several or none."""
    taken = source.labels["amount"]
    others = [source.labels[c] for c in amount_columns(source) if c != "amount"]
    if not others and "×" not in taken:
        return None
    left = Text(fr="pas de total", en="no total there")
    words = ((label, fold(label).split()) for label in source.labels.values())
    if "×" in taken and (cut := next((n for n, w in words if _REDUCTION & set(w)), None)):
        left = Text(fr=f"« {cut} » n'est pas déduit", en=f'"{cut}" is not deducted')
    if others:
        left = Text(
            fr="pas " + listed(f"« {other} »" for other in others),
            en="not " + listed(f'"{other}"' for other in others),
        )
    return Text(
        fr="Montants de « {sheet} » : « {taken} » ({left}).",
        en='Amounts of "{sheet}": "{taken}" ({left}).',
    ).format(sheet=listed(source.names), taken=taken, left=left)


def _amount(value: Any, decimal: str = "") -> float | None:
    try:
        return read_amount(value, decimal)
    except ArgumentError:
        return None


def read_by_the_others(source: Source) -> None:
    """Texts become amounts where one such as 12.500 is told by the decimal sign of the others.

    Where nothing tells, they stay texts, and that one cannot be counted.
    """
    for column in amount_columns(source):
        values = source.frame[column]
        texts = {v for v in values if isinstance(v, str)}
        unclear = {v for v in texts if reads_two_ways(v)}
        signs = {found[1] for v in texts - unclear if (found := _DECIMALS.search(v))}
        if not unclear or len(signs) != 1:
            continue
        read = {v: number for v in texts if (number := _amount(v, *signs)) is not None}
        source.frame[column] = pd.Series([read.get(v, v) for v in values], dtype=object)
        example = sorted(unclear)[0]
        source.as_read[source.labels[column]] = example, read[example]


def say_reading(source: Source) -> Text | None:
    """How an amount of two readings was read, where the column taken has some."""
    example, value = source.as_read.get(source.labels["amount"], ("", None))
    if value is None:
        return None
    return Text(
        fr="Montants de « {sheet} » : « {example} » lu comme {value}, d'après les autres montants.",
        en='Amounts of "{sheet}": "{example}" read as {value}, after the other amounts.',
    ).format(sheet=listed(source.names), example=example, value=shown(value))


def once_an_order(source: Source) -> Text | None:
    """Drop the further lines of an order whose total stands on the first: the products of it.

    The total may be left blank on them, or stand there again, as "Total commande" does.
    """
    if "order_id" not in source.frame:
        return None
    orders = source.frame["order_id"]
    blank = source.frame["amount"].map(cells.is_blank) & orders.notna()
    further = blank & orders.isin(set(orders[~blank]))
    if orders[~blank].dropna().duplicated().any():
        further &= False  # lines have amounts of their own, and one was forgotten
    if _OF_AN_ORDER & set(fold(source.labels["amount"]).split()):
        keys = [c for c in ("order_id", "customer_id", "order_date") if c in source.frame]
        lines = source.frame[orders.notna() & ~further].astype({"amount": str})
        if (lines.groupby(keys, dropna=False)["amount"].nunique() == 1).all():
            again = lines.duplicated(keys)
            further.loc[again[again].index] = True
    if not further.any():
        return None
    source.drop(set(further[further].index))
    return Text(
        fr="« {label} » de « {sheet} » : compté une fois par commande (lignes répétées non "
        "comptées : {n}).",
        en='"{label}" of "{sheet}": counted once an order (repeated lines not counted: {n}).',
    ).format(label=source.labels["amount"], sheet=listed(source.names), n=int(further.sum()))
