"""Activity month by month: sales, orders, customers won and lost, from purchase lines.

A customer is active on a day if an order lies in the months before it (12 by default). Those who
become active in a month are won (new, or back), those who cease to be are lost: active at the
end = active at the start + won - lost.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from xlcrm.scoring.purchases import Refunds, dated_lines, read_lines
from xlcrm.scoring.recency import shift_months

if TYPE_CHECKING:
    import pandas as pd


def monthly_activity(
    lines: pd.DataFrame,
    start: date,
    months: int,
    window: int = 12,
    as_of: date | None = None,
    refunds: Refunds = "order",
) -> pd.DataFrame:
    """One row a month from the month of `start`: month (its first day), sales, orders, won, lost,
    active (at its end, or on `as_of` in the month of it).

    `lines`: customer_id, order_date, amount, and order_id where there is one. A refund (negative)
    lowers the sales of the month of its order, where that is found and `refunds` does not say
    otherwise, else of its own; it is no order. Lines without a date, an amount or, for
    customers, an ID are left out (check_lines names them); nothing after `as_of` counts.

    >>> import pandas as pd
    >>> lines = pd.DataFrame({"customer_id": ["A", "B", "A"], "amount": [50, 30, -10],
    ...     "order_date": ["2026-01-05", "2026-02-10", "2026-02-20"]})
    >>> monthly_activity(lines, date(2026, 1, 1), 2)[["sales", "orders", "won"]].values.tolist()
    [[50.0, 1.0, 1.0], [20.0, 1.0, 1.0]]
    """
    import numpy as np
    import pandas as pd

    days, amounts, refund, usable = dated_lines(lines, as_of, refunds)
    sale = usable & ~refund
    orders = pd.DataFrame(
        {
            "who": lines["customer_id"].to_numpy(),
            "order": lines["order_id"].to_numpy() if "order_id" in lines else days,
            "day": days,
        }
    )[sale]
    orders["order"] = orders["order"].where(orders["order"].notna(), orders["day"])
    orders = orders.drop_duplicates(["who", "order"])
    known = orders[orders["who"].notna()]
    first = start.replace(day=1)
    rows = []
    before = _active(known, first - timedelta(days=1), window)
    for number in range(months):
        begin = shift_months(first, number)
        end = shift_months(first, number + 1) - timedelta(days=1)
        if as_of is not None and begin <= as_of:
            end = min(end, as_of)
        inside = (days >= np.datetime64(begin)) & (days <= np.datetime64(end)) & usable
        ordered = orders["day"].between(pd.Timestamp(begin), pd.Timestamp(end))
        after = _active(known, end, window)
        rows.append(
            {
                "month": begin,
                "sales": round(float(amounts[inside].sum()), 2),
                "orders": int(ordered.sum()),
                "won": len(after - before),
                "lost": len(before - after),
                "active": len(after),
            }
        )
        before = after
    return pd.DataFrame(rows)


def first_purchase(lines: pd.DataFrame) -> date | None:
    """The day from which on purchases are known: that of the first line with an amount.

    >>> import pandas as pd
    >>> first_purchase(pd.DataFrame({"customer_id": ["A", "B"], "amount": [50, 30],
    ...     "order_date": ["2026-02-10", "2026-01-05"]}))
    datetime.date(2026, 1, 5)
    """
    import numpy as np

    days, amounts, _ = read_lines(lines)
    known = days[~np.isnat(days) & ~np.isnan(amounts)]
    return known.min().astype("datetime64[D]").item() if len(known) else None


def _active(orders: pd.DataFrame, day: date, window: int) -> set[object]:
    import pandas as pd

    since = pd.Timestamp(shift_months(day, -window))
    found = orders["who"][(orders["day"] > since) & (orders["day"] <= pd.Timestamp(day))]
    return set(found)
