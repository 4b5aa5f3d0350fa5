"""Random scenarios of the small workbooks: formulas against models, to the cent.

    python tests/benchmarks/small_books_scenarios.py [scenarios of each workbook] [workbook...]

Prints for each workbook how many scenarios and cells agreed, how many checks of the workbook
complained without reason, how many cells showed an error, and how long building it takes.
"""

import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "templates")]

from handouts import Engine, disagreements  # noqa: E402
from small_books import BOOKS, SmallBook  # noqa: E402


def run(book: SmallBook, scenarios: int, folder: Path) -> bool:
    """Type random data into one workbook, again and again; tell what disagrees."""
    path = folder / f"{book.name}.xlsx"
    start = time.perf_counter()
    kit = book.build(path, "fr")
    built = time.perf_counter() - start
    engine = Engine(path, kit)
    wrong = complaints = errors = cells = 0
    start = time.perf_counter()
    for seed in range(1000, 1000 + scenarios):
        data = book.random(seed)
        engine.type(data)
        values = book.compute(data)
        found = disagreements(kit, values, engine.at)
        cells += sum(len(v) if isinstance(v, list) else 1 for v in values.values())
        wrong += bool(found)
        complaints += bool(engine.wrong_checks())
        errors += len(engine.errors()) if seed % 20 == 0 else 0
        if found:
            print(f"  {book.name}, seed {seed}: {found[:3]}")
    seconds = time.perf_counter() - start
    print(
        f"{book.name:16} {scenarios} scenarios, {cells} cells: {wrong} disagree, "
        f"{complaints} false complaints, {errors} errors; built in {built:.2f} s, "
        f"{seconds / scenarios * 1000:.0f} ms a scenario"
    )
    return not (wrong or complaints or errors)


def main() -> int:
    scenarios = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    names = sys.argv[2:] or list(BOOKS)
    with tempfile.TemporaryDirectory() as folder:
        fine = [run(BOOKS[name], scenarios, Path(folder)) for name in names]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
