"""RFM on 2 million purchase lines against one pandas groupby of them: prints the ratios.

python tests/benchmarks/rfm.py [lines] [customers]
"""

import sys
import time
from datetime import date

import numpy as np
import pandas as pd

from xlcrm.scoring.grids import shipped_grid
from xlcrm.scoring.rfm import rfm_from_purchases

AS_OF = date(2026, 11, 21)


def purchases(lines, customers, numbered):
    """Orders of two lines, 2 % refunds; identifiers as numbers, or as texts."""
    rng = np.random.default_rng(20261121)
    orders = lines // 2
    days = np.datetime64("2022-04-01", "s") + rng.integers(0, 1690, orders) * np.timedelta64(1, "D")
    frame = pd.DataFrame(
        {
            "customer_id": rng.integers(0, customers, orders).repeat(2),
            "order_id": np.arange(orders).repeat(2),
            "order_date": days.repeat(2),
            "amount": np.round(rng.gamma(2, 30, orders * 2), 2),
        }
    )
    refunds = rng.random(orders * 2) < 0.02
    frame.loc[refunds, "amount"] *= -1
    if not numbered:
        frame["customer_id"] = "C" + frame["customer_id"].astype(str)
        frame["order_id"] = "F" + frame["order_id"].astype(str)
    return frame


def seconds(work, *args, times=3):
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work(*args)
        best = min(best, time.perf_counter() - start)
    return best


def one_groupby(frame):
    frame.groupby("customer_id").agg(
        last=("order_date", "max"), orders=("order_id", "nunique"), sales=("amount", "sum")
    )


def scores(frame, why):
    rfm_from_purchases(frame, AS_OF, shipped_grid("Marielle Nature"), why=why)


def main(lines=2_000_000, customers=200_000):
    for numbered in (True, False):
        frame = purchases(lines, customers, numbered)
        base = seconds(one_groupby, frame)
        print(f"identifiers as {'numbers' if numbered else 'texts'}: groupby {base:.2f} s")
        for why in (False, True):
            own = seconds(scores, frame, why)
            label = "with the reasons" if why else "scores"
            print(f"  {label:18} {own:.2f} s, {own / base:.2f} times the groupby (target 3)")


if __name__ == "__main__":
    main(*(int(arg) for arg in sys.argv[1:]))
