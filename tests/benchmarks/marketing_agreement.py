"""The marketing template against its model on many random plans: prints the cells that differ.

python tests/benchmarks/marketing_agreement.py [plans] [first seed]
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from engines import recalculate_ironcalc
from marketing_plans import LISTS, disagreements, random_plan

from xlcrm.templates.marketing.build import write_budget


def main(plans=500, first=0):
    start, wrong = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "budget.xlsx")
        for seed in range(first, first + plans):
            plan = random_plan(seed)
            desk = write_budget(path, "fr", plan, LISTS)
            values = recalculate_ironcalc(path)
            found = values.errors() + disagreements(plan, desk, values)
            wrong += bool(found)
            if found:
                print(f"plan {seed}: {found[:5]}")
    print(f"{plans} plans, {wrong} that differ, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(*(int(arg) for arg in sys.argv[1:]))
