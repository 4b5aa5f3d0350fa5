"""Functions in cells: the price of the way from Excel, beside the function itself.

    python tests/benchmarks/excel_functions.py

The processor time of importing what Excel needs, as a share of importing pandas. Then, for a few
functions, over 10,000 different cells: the time of the function alone, of the call that
Excel makes (only COM is a stand-in), and their ratio, which should stay below 2; then the time of
a call for one cell, which should stay below 200 microseconds.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import com_stand_in as com

ROWS = 10_000
TIMES = 5


_FUNCTIONS = ("CRM_PHONE", "CRM_EMAIL", "CRM_LAST_NAME", "CRM_POSTCODE")


def best(runs: list[Callable[[], Any]]) -> float:
    """The shortest of several runs, in seconds of the processor.

    Each has cells of its own: a function may remember the values that it has seen.
    """
    shortest = float("inf")
    for run in runs:
        start = time.process_time()
        run()
        shortest = min(shortest, time.process_time() - start)
    return shortest


def import_time(module: str) -> float:
    """The shortest of several imports, each in a process of its own."""

    def run() -> None:
        compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # as pip leaves it
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True, env=compiled)

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    found = []
    for _ in range(TIMES):
        before = spent()
        run()
        found.append(spent() - before)
    return min(found)


def values(kind: str, series: int) -> list[Any]:
    """Cells as a sheet holds them, no two alike, in any two series."""
    makers: dict[str, Callable[[int], Any]] = {
        "CRM_PHONE": lambda n: f"06.{10 + n // 10000 % 90}.{n // 100 % 100:02}.{n % 100:02}.11",
        "CRM_EMAIL": lambda n: f"Prenom.Nom{n} @gmail.com",
        "CRM_LAST_NAME": lambda n: f"DUPONT-{chr(65 + n % 26)}{chr(97 + n // 26 % 26)}e{n}",
        "CRM_POSTCODE": lambda n: float(1000 + n % 98000),
    }
    return [makers[kind](n) for n in range(series * ROWS, (series + 1) * ROWS)]


def main() -> None:
    pandas, xlwings, ours = map(import_time, ("pandas", "xlwings", "xlcrm.front.udfs"))
    print(f"import: {ours / pandas:.2f} of pandas (xlwings alone {xlwings / pandas:.2f})")
    com.install()
    from xlwings import com_server

    from xlcrm.calling import read_value
    from xlcrm.catalogue import FUNCTIONS

    server = com_server.XLPython()
    print(f"{'function':<22}{'alone':>10}{'from Excel':>12}{'ratio':>8}{'one cell':>12}")
    for name in _FUNCTIONS:
        entry = FUNCTIONS[name]
        param = entry.params[0]
        rest = (com.MISSING,) * (len(entry.params) - 1)
        caller = com.reference([[None]])

        def alone(
            cells: list[Any], func: Any = entry.func, param: Any = param
        ) -> Callable[[], Any]:
            return lambda: [func(read_value(param, cell)) for cell in cells]

        def excel(
            given: Any, name: str = name, rest: Any = rest, caller: Any = caller
        ) -> Callable[[], Any]:
            args = (given, *rest)
            return lambda: server.CallUDF("xlcrm.front.udfs", name, args, None, caller)

        columns = [com.reference([[v] for v in values(name, s)]) for s in range(TIMES)]
        singles = [com.reference([[v]]) for v in values(name, 2 * TIMES)[:1000]]
        for column in (*columns, *singles):
            _ = column.Value  # what COM would do is not measured
        direct = best([alone(values(name, s)) for s in range(TIMES, 2 * TIMES)])
        whole = best([excel(column) for column in columns])
        start = time.process_time()
        for one in singles:
            excel(one)()
        single = (time.process_time() - start) / len(singles)
        print(
            f"{name:<22}{direct * 1000:>8.1f}ms{whole * 1000:>10.1f}ms"
            f"{whole / direct:>8.2f}{single * 1e6:>10.0f}us"
        )


if __name__ == "__main__":
    main()
