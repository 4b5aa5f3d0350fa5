"""Every command, dispatched in LibreOffice, gives the sheets that the file book gives."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import xlcrm.commands
import xlcrm.templates  # noqa: F401  both fill the catalogue
from xlcrm.books.file import FileBook
from xlcrm.books.live import LiveBook
from xlcrm.catalogue import COMMANDS, commands_in_order, find_template
from xlcrm.commands.job import run
from xlcrm.errors import XlcrmError
from xlcrm.front.demo import LINES
from xlcrm.front.templates import write_template

MAIN_JOB = [step.command for line in LINES for step in line]
TREASURY = ["simulate", "actual", "exercise"]
OTHERS = [e.name for e in commands_in_order() if e.name not in (*MAIN_JOB, *TREASURY)]


def sheets_of(book: Any) -> dict[str, list[list[Any]]]:
    """The values of every sheet that a command made."""
    return {
        name: [[plain(v) for v in row] for row in book.read(name).rows]
        for name in sorted(book.made().values())
    }


def plain(value: Any) -> Any:
    """A value as every kind of book gives it: a date without its time, numbers as floats."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def run_everywhere(
    calc: Any, template: str, tasks: list[str], folder: Path, variant: str | None = None
) -> tuple[Any, Any]:
    """The sheets that tasks make in Calc, and those that they make in the file."""
    for place in ("calc", "file"):
        (folder / place).mkdir()
        path = folder / place / "base.xlsx"
        write_template(find_template(template), path, "en", variant=variant)
    opened = calc.app.books.open(str(folder / "calc" / "base.xlsx"))
    live, path = LiveBook(opened, "en"), folder / "file" / "base.xlsx"
    try:
        for task in tasks:
            here = live.active() if live.active() in live.sheets() else None
            outcome = calc.run(task, opened)
            refused = refusal(task, path, here)
            assert (outcome.done, refused and outcome.text) == (refused is None, refused)
        return sheets_of(live), sheets_of(FileBook.open(path, path, "en"))
    finally:
        opened.close()


def refusal(task: str, path: Path, sheet: str | None) -> str | None:
    """What the command says when it refuses the file; None when it is done."""
    try:
        book = FileBook.open(path, path, "en")
        run(COMMANDS[task], book, lang="en", sheet=sheet, standing=True)
    except XlcrmError as error:
        return error.in_("en")
    return None


def test_the_main_job_from_the_sample_base_to_the_target_list(calc, tmp_path):
    in_calc, in_file = run_everywhere(calc, "sample", MAIN_JOB, tmp_path)
    assert sorted(in_calc) == sorted(in_file)
    for name, rows in in_file.items():
        assert in_calc[name] == rows, name


def test_the_treasury_commands_on_their_template(calc, tmp_path):
    in_calc, in_file = run_everywhere(calc, "treasury", TREASURY, tmp_path, "example")
    assert in_calc == in_file
    assert "Scenarios compared" in in_file


@pytest.mark.parametrize("task", OTHERS)
def test_every_other_command_on_the_sample_base(calc, tmp_path, task):
    in_calc, in_file = run_everywhere(calc, "sample", [task], tmp_path)
    assert in_calc == in_file
