"""The treasury template against its model on a thousand random budgets.

    python tests/benchmarks/treasury_thousand.py [COUNT] [FIRST_SEED]

Every budget has 1 to 6 months (each tenth up to 12) and seven random scenarios. Each workbook is
built, recalculated by ironcalc and compared cell by cell: budget, scenarios, closing balance
sheet. Prints what differs, the number of figures compared and the time taken.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engines import recalculate_ironcalc
from treasury_compare import build_and_compare
from treasury_plans import random_plan, random_scenario


def main(count: int = 1000, first: int = 0) -> int:
    """Compare `count` budgets; gives the number that differ."""
    start, wrong = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            width = 12 if seed % 10 == 9 else 6
            plan = random_plan(seed, width)
            scenarios = [random_scenario(seed * 7 + k, plan.months) for k in range(7)]
            path = Path(folder, "budget.xlsx")
            found = build_and_compare(path, plan, scenarios, recalculate_ironcalc, width)
            if found:
                wrong += 1
                print(f"seed {seed}: {len(found)} differences, first: {found[0]}")
            if seed % 100 == 99:
                done = seed - first + 1
                print(
                    f"{done} budgets, {wrong} differ, {time.perf_counter() - start:.0f} s",
                    flush=True,
                )
    print(f"{count} budgets, {count * 8} cash tables: {wrong} differ")
    return wrong


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(1 if main(*numbers) else 0)
