"""Reading and writing workbooks, beside the libraries that do it alone.

    python tests/benchmarks/books.py [ROWS]

Prints, for a table of 12 columns (100,000 rows unless told), the CPU time of FileBook and of
python-calamine or XlsxWriter on the same cells, their ratio, and the peak memory.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from xlcrm.books.file import FileBook
from xlcrm.books.results import Column, ResultSheet, Table

COLUMNS = [
    Column("N°", "integer"),
    Column("Civilité"),
    Column("Nom"),
    Column("Prénom"),
    Column("E-mail"),
    Column("Téléphone", "label"),
    Column("Adresse"),
    Column("CP", "label"),
    Column("Ville"),
    Column("CA", "money"),
    Column("Client depuis", "date"),
    Column("Note"),
]


def make_rows(count: int) -> list[list[Any]]:
    """Contacts such as they are: repeated towns, unique e-mails, one cell in ten blank."""
    draw = random.Random(2026)
    towns = [f"Ville {n}" for n in range(500)]
    start = date(2015, 1, 1)
    rows = []
    for number in range(count):
        name = f"Nom{draw.randrange(20_000)}"
        rows.append(
            [
                number,
                draw.choice(("M.", "Mme")),
                name,
                f"Prénom{draw.randrange(900)}",
                f"{name.lower()}.{number}@exemple.fr" if draw.random() < 0.9 else None,
                f"06 {draw.randrange(10**8):08d}",
                f"{draw.randrange(200)} rue du Port & d'Orléans",
                f"{draw.randrange(95_000):05d}",
                draw.choice(towns),
                round(draw.random() * 1000, 2),
                start + timedelta(days=draw.randrange(4000)),
                None if draw.random() < 0.8 else "rappeler le soir",
            ]
        )
    return rows


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def with_xlsxwriter(path: Path, rows: list[list[Any]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, {**options, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Base")
        sheet.write_row(0, 0, [column.label for column in COLUMNS])
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)


def with_calamine(path: Path) -> Any:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def with_file_book(path: Path, output: Path, rows: list[list[Any]]) -> None:
    sheet = ResultSheet("Résultat", "result", "Résultat", [Table(COLUMNS, rows)])
    FileBook.open(path, output).write([sheet])


def told(what: str, ours: float, theirs: float, library: str) -> None:
    print(f"{what:<10} {ours:6.2f} s   {library} {theirs:6.2f} s   ratio {ours / theirs:.2f}")


def main(count: int) -> None:
    rows = make_rows(count)
    with tempfile.TemporaryDirectory() as folder:
        path, output = Path(folder, "base.xlsx"), Path(folder, "sortie.xlsx")
        write_theirs, _ = timed(partial(with_xlsxwriter, path, rows))
        write_ours, _ = timed(partial(with_file_book, path, output, rows))
        del rows
        read_theirs, _ = timed(lambda: with_calamine(path))
        read_ours, _ = timed(lambda: FileBook.open(path).read("Base"))
        size = output.stat().st_size / path.stat().st_size
    print(f"{count:,} rows of {len(COLUMNS)} columns (CPU time)")
    told("reading", read_ours, read_theirs, "calamine  ")
    told("writing", write_ours, write_theirs, "XlsxWriter")
    print(f"the output, with the source in it, is {size:.2f} times the file of XlsxWriter")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
