"""Time to clean a base of contacts, against the time python-calamine needs to read its file.

Run: python tests/benchmarks/cleaning_speed.py [rows] [share of cells mistyped, 0.5] [times, 5]

Nearly every e-mail, phone, address and town is met once. Each time is a fresh process, which reads
the same file and cleans it; the median ratio counts, because a shared machine is never quiet.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).parent))
import cleaning_mess as mess

from xlcrm.contacts.cleaning import clean_table

COLUMNS = (
    "customer_id civility first_name last_name birth_date email phone mobile address postcode town "
    "siret"
).split()

AT = re.compile(r"(\s*(?:@|\(at\)|\[at\]))")


def messy_rows(count: int, seed: int = 1, mistyped: float = 0.5) -> list[list[object]]:
    """Rows of twelve columns, nearly all e-mails, phones and addresses distinct."""
    rng = random.Random(seed)
    pairs = mess.communes()
    large = [p for p in pairs if p[0].endswith("00")]
    first_day = datetime(1940, 1, 1)

    def typed(case: mess.Case) -> object:
        """A share of the cells is typed otherwise than it should be."""
        return case.typed if case.truth is None or rng.random() < mistyped else case.truth

    rows = []
    for number in range(count):
        town = mess.town(rng, pairs, large)
        street = f"{rng.randrange(1, 180)}{rng.choice((', ', ' '))}{rng.choice(mess.PLACES)}"
        rows.append(
            [
                float(number),
                typed(mess.civility(rng)),
                typed(mess.first_name(rng)),
                typed(mess.last_name(rng)),
                first_day + timedelta(days=rng.randrange(24_000)),
                AT.sub(rf"{number}\1", str(typed(mess.email(rng))), count=1),
                typed(mess.phone(rng)),
                typed(mess.phone(rng)) if rng.random() < 0.7 else None,
                f"{street} {rng.choice(mess.STREETS)} {rng.choice(mess.LAST).replace('|', ' ')}",
                town.with_postcode,
                typed(town),
                mess.siret(rng) if rng.random() < 0.3 else None,
            ]
        )
    return rows


def write(rows: list[list[object]], path: Path) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    book.close()


def once(path: Path) -> None:
    """Read and clean the file; print the seconds of both and the peak memory (GB)."""
    start = time.process_time()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    reading = time.process_time() - start
    columns = zip(rows[0], zip(*rows[1:], strict=True), strict=True)
    frame = pd.DataFrame({key: pd.Series(list(values), dtype=object) for key, values in columns})
    del rows
    start = time.process_time()
    cleaned = clean_table(frame)
    cleaning = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    share = len(cleaned.changes) / (len(frame) * len(COLUMNS))
    print(reading, cleaning, peak, share, len(cleaned.issues))


def main(count: int = 100_000, mistyped: float = 0.5, times: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        write(messy_rows(count, mistyped=mistyped), path)
        command = [sys.executable, __file__, str(path)]
        runs = [
            [float(figure) for figure in subprocess.check_output(command, text=True).split()]
            for _ in range(times)
        ]
    print(f"{count} rows x {len(COLUMNS)} columns, processor time")
    for reading, cleaning, *_ in runs:
        print(f"calamine reads in {reading:.2f} s, cleaning takes {cleaning:.2f} s")
    _, _, peak, share, issues = runs[0]
    print(f"{share:.0%} of the cells changed, {issues:.0f} to check; peak memory {peak:.2f} GB")
    ratios = sorted(cleaning / reading for reading, cleaning, *_ in runs)
    print(
        f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}; 1.5 wanted)"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and not given[0].isdecimal():
        once(Path(given[0]))
    else:
        main(*[kind(text) for kind, text in zip((int, float, int), given, strict=False)])
