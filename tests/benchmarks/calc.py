"""LibreOffice Calc: functions in cells, blocks of cells, the first call, the size of the extension.

    PYTHONPATH=tests python tests/benchmarks/calc.py

Starts an office of its own with the extension in a fresh profile. Each line has the time, or the
size, and the most that it should be.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "libreoffice"))

from conftest import start_office

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.front.libreoffice import install_libreoffice, oxt_bytes

CELLS, ARRAY, WIDTH, HEIGHT = 1_000, 100_000, 20, 10_000
TIMES = 3


def seconds(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def amounts(series: int, count: int) -> list[list[float]]:
    return [[float(n)] for n in range(series * count, (series + 1) * count)]


def report(what: str, found: float, most: float, unit: str) -> None:
    print(
        f"{what:<62}{found:>9.2f} {unit:<3} at most {most:g}  {'' if found <= most else 'MISSED'}"
    )


def phones(series: int, count: int) -> list[list[str]]:
    """Numbers as typed, no two alike, in any two series: a function may remember what it saw."""
    first = series * 1_000_000
    return [[f"06.{n // 10000 % 90 + 10}.{n // 100 % 100:02}.{n % 100:02}.{n // 900000 % 90 + 10}"]
            for n in range(first, first + count)]  # fmt: skip


def functions(sheet: Any) -> None:
    sheet["A1"].value = [["06.12.34.56.78"]]
    first = seconds(lambda: setattr(sheet["B1"], "formula", "=CRM_TELEPHONE(A1)"))
    report("first call after the start of the office", first, 2, "s")
    times = []
    for series in range(TIMES):
        sheet["A1"].value = phones(series, CELLS)
        target = sheet.range((1, 3), (CELLS, 3))
        target.clear_contents()
        formulas = [[f"=CRM_TELEPHONE(A{row})"] for row in range(1, CELLS + 1)]
        times.append(seconds(lambda t=target, f=formulas: setattr(t, "formula", f)))
    assert target.value[-1].startswith("06 ")
    report(f"{CELLS:,} function cells", min(times), 2, "s")
    target.clear_contents()
    for width in (1, 100):
        array(sheet, "numbers", "CRM_TTC", amounts, width)
        array(sheet, "texts", "CRM_TELEPHONE", phones, width)


def array(
    sheet: Any, what: str, name: str, make: Callable[[int, int], list[list[Any]]], width: int
) -> None:
    """LibreOffice 7.4 puts texts into a column of an array slower, the longer it is."""
    entry = find_function(name)
    height = ARRAY // width
    sheet = sheet.book.sheets.add()
    source = sheet.range((1, 1), (height, width))
    target = sheet.range((1, width + 2), (height, 2 * width + 1))
    formula = f"={name}({source.get_address(False, False)})"
    times = []
    for series in range(TIMES):
        flat = [row[0] for row in make(series + TIMES, ARRAY)]
        rows = [flat[start : start + width] for start in range(0, ARRAY, width)]
        target.clear_contents()
        source.value = rows
        alone = seconds(lambda r=rows: call(entry, [r], "fr"))
        whole = seconds(lambda: _enter(target, formula))
        times.append((whole - alone, whole, alone))
    over, whole, alone = min(times)
    print(f"  {height:,} x {width} {what}: {whole:.2f} s, the direct call alone: {alone:.2f} s")
    report(f"array of {height:,} x {width} {what}, over the direct call", over, 0.5, "s")


def _enter(target: Any, formula: str) -> None:
    target.formula_array = formula
    assert target[-1, -1].value is not None  # what is not shown may be computed when it is read


def blocks(sheet: Any) -> None:
    rows = [[float(r * WIDTH + c) if c % 2 else f"cell {r} {c}" for c in range(WIDTH)]
            for r in range(HEIGHT)]  # fmt: skip
    area = sheet.range((1, 1), (HEIGHT, WIDTH))
    bare = sheet.impl.xl.getCellRangeByPosition(0, 0, WIDTH - 1, HEIGHT - 1)
    data = tuple(tuple(row) for row in rows)
    for what, ours, uno in (
        ("written", lambda: setattr(area, "value", rows), lambda: bare.setDataArray(data)),
        ("read", lambda: area.value, bare.getDataArray),
    ):
        engine, plain = (min(seconds(run) for _ in range(TIMES)) for run in (ours, uno))
        print(f"  {WIDTH * HEIGHT:,} cells {what}: {engine:.2f} s, bare UNO: {plain:.2f} s")
        report(
            f"{WIDTH * HEIGHT:,} cells {what} by the engine, to bare UNO", engine / plain, 3, "x"
        )


def main() -> None:
    report("the extension", len(oxt_bytes()) / 1_000_000, 1, "MB")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        os.environ.pop("XLCRM_PYTHON", None)
        profile = Path(folder) / "profile"
        install_libreoffice("en", profile)
        calc = start_office(profile)
        try:
            functions(calc.app.books.add().sheets[0])
            blocks(calc.app.books.add().sheets[0])
        finally:
            calc.app.quit()


if __name__ == "__main__":
    main()
