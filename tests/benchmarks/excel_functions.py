"""Functions in cells: the price of the way from Excel, beside the function itself.

    PYTHONPATH=tests python tests/benchmarks/excel_functions.py

For a few functions, over 10,000 different cells: the time of the function alone, of the call that
Excel makes (only COM is a stand-in), and their ratio, which should stay below 2; then the time of
a call for one cell, which should stay below 200 microseconds.
"""

import time
from collections.abc import Callable
from typing import Any

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
    com.install()
    start = time.perf_counter()
    from xlwings import com_server

    xlwings_loaded = time.perf_counter() - start
    start = time.perf_counter()
    from xlcrm.calling import read_value
    from xlcrm.catalogue import FUNCTIONS
    from xlcrm.front import udfs  # noqa: F401

    print(f"import: xlwings {xlwings_loaded:.2f} s, then ours {time.perf_counter() - start:.2f} s")
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
