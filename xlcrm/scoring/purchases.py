"""Purchase lines read as orders: what each customer bought, how often, when last.

Refunds lower the sales, never the count of orders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from xlcrm import cells
from xlcrm.errors import ArgumentError, RequestError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Refunds = Literal["order", "date", "ignore"]
SameDay = Literal["separate", "together"]
BasketSpan = Literal["history", "window"]

_FIRST_DAY = "1950-01-01"  # an empty date cell is 30 or 31/12/1899, a slip of a year 1926 or 0226
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_AROUND = re.compile(r"^(€|eur)|(€|euros?|eur)?(ttc|ht)?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((.*)\)")
_SPACES = re.compile(r"\s")
_EUROS_AND_CENTS = re.compile(r"([+-]?\d+)€(\d\d)")


@dataclass(frozen=True, slots=True)
class Purchases:
    """`customers`: customer_id, first_purchase, last_purchase, orders (all), window_orders,
    basket_orders and sales (both of the span asked for). `anomalies`: line, column, value,
    problem."""

    customers: pd.DataFrame
    anomalies: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Orders:
    """Customer (a position) and first day of each order; customer -1 for a number never sold."""

    who: np.ndarray
    day: np.ndarray
    find: Callable[[Any, Any], Any]  # (order numbers, customers) -> positions, -1 unknown


def read_purchases(
    lines: pd.DataFrame,
    as_of: date,
    window_start: date,
    *,
    refunds: Refunds = "order",
    same_day: SameDay = "separate",
    basket_over: BasketSpan = "history",
    customers: Any = None,
) -> Purchases:
    """Orders, dates and net sales of each customer; columns and policies as in
    xlcrm.scoring.rfm. Raises RequestError for a missing column.

    >>> import pandas as pd
    >>> lines = pd.DataFrame({"customer_id": ["A", "A", "A"], "order_id": ["1", "2", "2"],
    ...     "order_date": ["2026-01-05", "2026-02-05", "2026-03-01"], "amount": [20, 50, -10]})
    >>> found = read_purchases(lines, date(2026, 3, 31), date(2026, 2, 1)).customers
    >>> found[["orders", "window_orders", "sales"]].values.tolist()
    [[2.0, 1.0, 60.0]]
    """
    import numpy as np

    _check_columns(lines)
    start = np.datetime64(window_start, "D")
    days, amounts, refund = read_lines(lines)
    who, names = _number_customers(lines["customer_id"], customers)
    follows = refund if refunds == "order" else np.zeros_like(refund)
    masks = _unusable(lines, days, amounts, as_of, follows)
    usable = ~np.logical_or.reduce([mask for _, mask in masks.values()])
    sales = np.flatnonzero(usable & ~refund & (who >= 0))
    orders = _number_orders(lines, who, days, sales, len(names))
    back = np.flatnonzero(usable & refund)
    if len(back):
        linked = orders.find(_refunded_orders(lines, back), who[back])
        found, at = back[linked >= 0], linked[linked >= 0]
        who[found] = orders.who[at]
        if refunds == "order":
            days[found] = orders.day[at]
            masks["refund_without_order"] = ("amount", _marked(back[linked < 0], len(lines)))
    stray = usable & (who < 0)
    if stray.any():
        named = lines["customer_id"].notna().to_numpy()
        masks["no_customer"] = ("customer_id", stray & ~named)
        masks["unknown_customer"] = ("customer_id", stray & named)
    counted = usable & (who >= 0)
    if refunds == "ignore":
        counted &= ~refund
    if basket_over == "window":
        counted &= days >= start
    table = _by_customer(names, orders, start, same_day, basket_over)
    table["sales"] = np.bincount(who[counted], amounts[counted], minlength=len(names))
    return Purchases(table, list_anomalies(lines, masks))


def dated_lines(
    lines: pd.DataFrame, as_of: date | None = None, refunds: Refunds = "order"
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The day of each line, a refund on that of its order where `refunds` says so and it is found;
    the amount; whether it is a refund; whether it counts."""
    import numpy as np
    import pandas as pd

    days, amounts, refund = read_lines(lines)
    known = ~np.isnan(amounts)
    if as_of is not None:
        known &= ~(days > np.datetime64(as_of, "D"))
    if refunds == "order" and refund.any():
        who, names = pd.factorize(lines["customer_id"], use_na_sentinel=False)
        sales = np.flatnonzero(known & ~refund & ~np.isnat(days))
        back = np.flatnonzero(known & refund)
        orders = _number_orders(lines, who, days.copy(), sales, len(names))
        at = orders.find(_refunded_orders(lines, back), who[back])
        days[back[at >= 0]] = orders.day[at[at >= 0]]
    counted = known & ~np.isnat(days)
    return days, amounts, refund, counted & ~refund if refunds == "ignore" else counted


def check_lines(lines: pd.DataFrame, as_of: date, refunds: Refunds = "order") -> pd.DataFrame:
    """The lines that an activity by month cannot count, or counts for nobody: line, column,
    value, problem, as in `Purchases.anomalies`.

    >>> import pandas as pd
    >>> lines = pd.DataFrame({"customer_id": ["A", None], "amount": [50, 30],
    ...     "order_date": ["1899-12-30", "2026-02-10"]})
    >>> check_lines(lines, date(2026, 3, 31))[["line", "problem"]].values.tolist()
    [[0, 'no_date'], [1, 'anonymous']]
    """
    import numpy as np

    days, amounts, refund = read_lines(lines)
    counted = dated_lines(lines, as_of, refunds)[-1]
    masks = _unusable(lines, days, amounts, as_of, refund & counted)
    bad = np.logical_or.reduce([mask for _, mask in masks.values()])
    masks["anonymous"] = ("customer_id", ~bad & lines["customer_id"].isna().to_numpy())
    return list_anomalies(lines, masks)


def read_lines(lines: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The day (NaT), the amount (NaN; a refund is negative) of each line, and whether it is a
    refund."""
    import numpy as np

    days = read_purchase_days(lines, "order_date").to_numpy().astype("datetime64[D]")
    amounts = _read_amounts(lines["amount"])
    refund = _is_refund(lines, amounts)
    amounts[refund] = -np.abs(amounts[refund])
    return days, amounts, refund


def _unusable(
    lines: pd.DataFrame, days: np.ndarray, amounts: np.ndarray, as_of: date, follows: Any = False
) -> dict[str, tuple[str, Any]]:
    """Why lines cannot be counted; those that follow their order need no date."""
    import numpy as np

    missing = np.isnan(amounts)
    unclear = missing.copy()
    unclear[missing] = [reads_two_ways(v) for v in lines["amount"].to_numpy()[missing]]
    return {
        "ambiguous_amount": ("amount", unclear),
        "no_amount": ("amount", missing & ~unclear),
        "no_date": ("order_date", np.isnat(days) & ~np.asarray(follows)),
        "future_date": ("order_date", days > np.datetime64(as_of, "D")),
    }


def _read_amounts(values: pd.Series) -> np.ndarray:
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(dtype="float64", copy=True)
    return _read_each(values, read_amount).astype("float64").to_numpy(copy=True)


def read_amount(value: Any, decimal: str = "") -> float | None:
    """An amount, also as bookkeepers type it; None where it can be read in two ways and its
    decimal sign is not given.

    >>> read_amount("(12,50 €)"), read_amount("1.234.567 EUR"), read_amount("12.500")
    (-12.5, 1234567.0, None)
    >>> read_amount("12.500", ","), read_amount("12.500", "."), read_amount("12€50 TTC")
    (12500.0, 12.5, 12.5)
    """
    if not isinstance(value, str):
        return cells.to_number(value)
    text = _bare(value)
    if _TWO_WAYS.fullmatch(text):
        if not decimal:
            return None
        text = text.replace("." if decimal == "," else ",", "")
    return cells.to_number(text.replace(".", "") if text.count(".") > 1 else text)


def _bare(text: str) -> str:
    """An amount as text without spaces, brackets, and what stands around it: € or TTC."""
    text = _AROUND.sub("", _SPACES.sub("", text))
    if found := _IN_BRACKETS.fullmatch(text):
        text = f"-{_AROUND.sub('', found[1])}"
    return _EUROS_AND_CENTS.sub(r"\1,\2", text)


def reads_two_ways(value: Any) -> bool:
    """Whether an amount is a text such as 12.500, which is 12500 or 12.5.

    >>> [reads_two_ways(v) for v in ("12.500 €", "(12,500)", "12.50", "1 012.500", "0,500", 12.5)]
    [True, True, False, False, False, False]
    """
    return isinstance(value, str) and bool(_TWO_WAYS.fullmatch(_bare(value)))


def _check_columns(lines: pd.DataFrame) -> None:
    for column in ("customer_id", "order_date", "amount"):
        if column not in lines:
            raise RequestError(
                fr="Il manque la colonne « {column} » dans les achats ; il y a : {there}.",
                en='No column "{column}" in the purchases; there are: {there}.',
                column=column,
                there=", ".join(map(str, lines.columns)),
            )


def _number_customers(ids: pd.Series, customers: Any) -> tuple[np.ndarray, pd.Index]:
    """The position of each line's customer, and the IDs; -1 for none or for an unknown one."""
    import pandas as pd

    if customers is None:
        codes, names = pd.factorize(ids)
        return codes, pd.Index(names)
    names = pd.Index(pd.Series(customers).dropna().unique())
    codes, found = pd.factorize(ids)
    positions = names.get_indexer(pd.Index(found).astype(names.dtype, copy=False))
    import numpy as np

    return np.append(positions, -1)[codes], names


def _is_refund(lines: pd.DataFrame, amounts: np.ndarray) -> np.ndarray:
    refund = amounts < 0
    if "refund_of" in lines:
        refund |= lines["refund_of"].notna().to_numpy()
    return refund


def _refunded_orders(lines: pd.DataFrame, back: np.ndarray) -> pd.Series:
    """The order that each refund gives back: the one it names, else its own number."""
    import pandas as pd

    rows = lines.iloc[back]
    own = rows["order_id"] if "order_id" in rows else pd.Series(None, rows.index, dtype="object")
    return rows["refund_of"].fillna(own) if "refund_of" in rows else own


def _number_orders(
    lines: pd.DataFrame, who: np.ndarray, days: np.ndarray, sales: np.ndarray, customers: int
) -> _Orders:
    """The orders of the sale lines; their lines then carry the first day of their order."""
    import numpy as np
    import pandas as pd

    buyer = who[sales]
    if "order_id" in lines:
        raw, ids = pd.factorize(lines["order_id"].iloc[sales])
    else:
        raw, ids = np.full(len(sales), -1), pd.Index([], dtype="object")
    owner = np.full(len(ids), -1)
    numbered = raw >= 0
    owner[raw[numbered]] = buyer[numbered]
    index = pd.Index(ids)
    if (owner[raw[numbered]] == buyer[numbered]).all():

        def find(numbers: Any, people: Any) -> Any:
            return index.get_indexer(pd.Index(numbers))

        codes, count = raw, len(ids)
    else:  # a number that several customers share is several orders
        pairs, keys = pd.factorize(raw[numbered].astype("int64") * customers + buyer[numbered])
        codes, count = raw.copy(), len(keys)
        codes[numbered] = pairs
        key_index = pd.Index(keys)
        shared = np.zeros(len(ids), dtype=bool)
        shared[raw[numbered][owner[raw[numbered]] != buyer[numbered]]] = True

        def find(numbers: Any, people: Any) -> Any:
            known = index.get_indexer(pd.Index(numbers))
            people = np.where(shared[known], people, owner[known])
            wanted = np.where((known >= 0) & (people >= 0), known * customers + people, -1)
            return key_index.get_indexer(pd.Index(wanted))

    if not numbered.all():  # without a number, the lines of a customer on a day are one order
        loose = buyer[~numbered] * 1_000_000 + days[sales][~numbered].astype("int64")
        extra, unique = pd.factorize(loose)
        codes = codes.copy()
        codes[~numbered] = count + extra
        count += len(unique)
    order_who = np.full(count, -1)
    order_who[codes] = buyer
    order_day = np.full(count, np.iinfo("int64").max)
    np.minimum.at(order_day, codes, days[sales].astype("int64"))
    first_day = order_day.astype("datetime64[D]")
    days[sales] = first_day[codes]
    return _Orders(order_who, first_day, find)


def _by_customer(
    names: pd.Index, orders: _Orders, start: np.datetime64, same_day: SameDay, span: BasketSpan
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    who, day = orders.who, orders.day
    first = np.full(len(names), np.iinfo("int64").max)
    last = np.full(len(names), np.iinfo("int64").min)  # which is NaT
    numbers = day.astype("int64")
    np.minimum.at(first, who, numbers)
    np.maximum.at(last, who, numbers)
    first[last == np.iinfo("int64").min] = np.iinfo("int64").min
    if same_day == "together":
        once = ~pd.Series(who.astype("int64") * 1_000_000 + numbers).duplicated().to_numpy()
        who, day = who[once], day[once]
    every = np.bincount(who, minlength=len(names))
    recent = np.bincount(who[day >= start], minlength=len(names))
    return pd.DataFrame(
        {
            "customer_id": names,
            "first_purchase": first.astype("datetime64[D]").astype("datetime64[s]"),
            "last_purchase": last.astype("datetime64[D]").astype("datetime64[s]"),
            "orders": every,
            "window_orders": recent,
            "basket_orders": recent if span == "window" else every,
        }
    )


def _marked(positions: np.ndarray, length: int) -> np.ndarray:
    import numpy as np

    mask = np.zeros(length, dtype=bool)
    mask[positions] = True
    return mask


def read_dates(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as datetimes; what is no date is NaT, and so is a column that is not there."""
    import pandas as pd

    if column not in frame:
        return pd.Series(pd.NaT, frame.index, dtype="datetime64[s]")
    values = frame[column]
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    return pd.to_datetime(_read_each(values, cells.to_date), errors="coerce")


def read_purchase_days(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as datetimes of purchases: what is before 1950 is no purchase, and NaT."""
    import pandas as pd

    days = read_dates(frame, column)
    return days.where(days >= pd.Timestamp(_FIRST_DAY))


def read_numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column as numbers; what is no number is NaN, and so is a column that is not there."""
    import pandas as pd

    if column not in frame:
        return pd.Series(float("nan"), frame.index, dtype="float64")
    values = frame[column]
    if pd.api.types.is_numeric_dtype(values):
        return values.astype("float64")
    return _read_each(values, cells.to_number).astype("float64")


def _read_each(values: pd.Series, read: Callable[[Any], Any]) -> pd.Series:
    known: dict[Any, Any] = {}
    for value in values.unique():
        try:
            known[value] = read(value)
        except ArgumentError:
            known[value] = None
    return values.map(known)


def list_anomalies(frame: pd.DataFrame, masks: Mapping[str, tuple[str, Any]]) -> pd.DataFrame:
    """The rows that each mask marks, as line (index label), column, value, problem."""
    import numpy as np
    import pandas as pd

    labels = frame.index.to_numpy()
    rows = []
    for problem, (column, mask) in masks.items():
        for position in np.flatnonzero(mask):
            value = frame[column].iloc[position] if column in frame else None
            rows.append((labels[position], column, value, problem))
    return pd.DataFrame(rows, columns=["line", "column", "value", "problem"])
