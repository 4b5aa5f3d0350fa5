"""Time to clean a base of contacts, against the time python-calamine needs to read its file.

Run: python tests/benchmarks/cleaning_speed.py [rows] [share of cells mistyped, 0.5]
"""

from __future__ import annotations

import random
import resource
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
                str(typed(mess.email(rng))).replace("@", f"{number}@", 1),
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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    mistyped = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        write(messy_rows(count, mistyped=mistyped), path)
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
    print(f"{count} rows x {len(COLUMNS)} columns")
    print(f"calamine reads in {reading:.2f} s, cleaning takes {cleaning:.2f} s (processor time)")
    print(f"ratio {cleaning / reading:.2f} (at most 1.5 wanted); peak memory {peak:.2f} GB")
    share = len(cleaned.changes) / (len(frame) * len(COLUMNS))
    print(f"{share:.0%} of the cells changed, {len(cleaned.issues)} to check")


if __name__ == "__main__":
    main()
