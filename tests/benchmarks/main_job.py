"""Cleaning a base against reading and writing the same table: alone, and the whole command.

The base is that of 20,000 persons and families, with a phone and an e-mail of its own in each row;
`cleaning_speed.py` has a harder one, in which nearly every value is met once.

    python tests/benchmarks/main_job.py [ROWS]

Prints ratios within one run: seconds depend on the machine, ratios much less.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from xlcrm.contacts.cleaning import clean_table
from xlcrm.templates.sample import mess
from xlcrm.templates.sample.world import make_people

LABELS = (
    "N° client;Civilité;Nom;Prénom;Adresse;CP;Ville;Tél.;Mail;Date;Accord e-mail;Remarques"
).split(";")

KEYS = (
    "customer_id civility last_name first_name address postcode town phone email birth_date "
    "consent_email notes"
).split()


def messy_file(path: Path, rows: int) -> None:
    """A messy base of 12 columns."""
    rng = Random(1)
    people = make_people(rng, min(rows, 20_000))
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet("Base")
    sheet.write_row(0, 0, LABELS)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(1, rows + 1):
        person = people[rng.randrange(len(people))]
        number = f"{rng.randint(0, 99_999_999):08d}"
        values = [
            f"C{row}",
            mess.civility(rng, person.civility),
            mess.name(rng, person.last),
            mess.name(rng, person.first),
            mess.street(rng, f"{rng.randint(1, 200)} {person.street.split(' ', 1)[1]}"),
            mess.postcode(rng, person.postcode),
            mess.town(rng, person.town),
            mess.phone(rng, "06" + number),
            mess.email(rng, f"p{row}.{person.email}"),
            person.birth,
            mess.flag(rng, True),
            "vu au salon",
        ]
        for column, value in enumerate(values):
            if column == 9:
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    book.close()


def read(path: Path) -> tuple[float, list[list[object]]]:
    start = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - start, rows


def write(path: Path, rows: list[list[object]]) -> float:
    start = time.perf_counter()
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Base")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return time.perf_counter() - start


def clean(rows: list[list[object]]) -> float:
    """Seconds to clean the table alone."""
    columns = zip(KEYS, zip(*rows[1:], strict=True), strict=True)
    frame = pd.DataFrame({key: pd.Series(list(values), dtype=object) for key, values in columns})
    start = time.perf_counter()
    clean_table(frame)
    return time.perf_counter() - start


def run_clean(source: Path, output: Path) -> tuple[float, float]:
    """Seconds and peak memory (GB) of the command line."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "xlcrm.front.cli", "run", "clean", str(source)]
    subprocess.run([*command, "-o", str(output)], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    return seconds, peak


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "base.xlsx")
        messy_file(source, rows)
        # First: the peak of a child is at least what its parent held when it was started.
        cleaning, peak = run_clean(source, Path(folder, "out.xlsx"))
        reading, table = read(source)
        writing = write(Path(folder, "copy.xlsx"), table)
        alone = clean(table)
    print(f"{rows} rows x {len(LABELS)} columns")
    print(f"calamine read {reading:.2f} s, XlsxWriter write {writing:.2f} s")
    print(f"cleaning alone {alone:.2f} s")
    print(f"ratio cleaning alone / read = {alone / reading:.2f}  (to reach: 1.50)")
    print(f"xlcrm run clean {cleaning:.2f} s, peak {peak:.2f} GB")
    print(f"ratio clean / (read + write) = {cleaning / (reading + writing):.2f}  (to reach: 2.00)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
