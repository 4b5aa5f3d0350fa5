"""What goes wrong around a command in LibreOffice: a sentence, nothing lost, the office alive."""

import os
import signal
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import start_office, worker_pids

from xlcrm.books.live import LiveBook

BASE = [
    ["Nom", "Prénom", "Téléphone", "E-mail"],
    ["DURAND", "zoé", "06.12.34.56.78", "zoe@gmial.com"],
    ["martin", "JEAN", "01 42 00 00 00", "jean@exemple.fr"],
]
MANY = [BASE[0], *BASE[1:] * 1500]  # long enough to be interrupted


def state(book: Any) -> list[tuple[str, Any]]:
    """Names and values of every sheet."""
    return [(sheet.name, sheet.used_range.value) for sheet in book.sheets]


def fill(sheet: Any, rows: Any) -> Any:
    sheet.name = "Base"
    sheet["A1"].value = rows
    return sheet.book


def while_it_works(calc: Any, book: Any, disturb: Any) -> Any:
    """The outcome of a command that is disturbed once it writes."""
    outcomes: list[Any] = []
    runner = threading.Thread(target=lambda: outcomes.append(calc.run("clean", book)))
    runner.start()
    deadline = time.monotonic() + 60
    while len(book.impl.xl.Sheets.ElementNames) == 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    disturb()
    runner.join(60)
    assert not runner.is_alive()
    return outcomes[0]


def works(calc: Any, book: Any) -> None:
    """The office and a new worker do their job."""
    outcome = calc.run("clean", book)
    assert outcome.done, outcome.text
    assert len(LiveBook(book).made()) == 4


def test_the_worker_is_killed_in_the_middle(calc, sheet):
    book = fill(sheet, MANY)
    before = state(book)

    def kill() -> None:
        for pid in worker_pids(calc.office.process.pid):
            os.kill(pid, signal.SIGKILL)

    outcome = while_it_works(calc, book, kill)
    assert not outcome.done
    assert outcome.text.startswith("xlcrm ended in the middle of the work. Your workbook is as")
    assert state(book) == before
    assert not book.impl.xl.hasControllersLocked()
    assert book.app.calculation == "automatic"
    works(calc, book)


def test_the_document_is_closed_in_the_middle(calc, sheet):
    book = fill(calc.app.books.add().sheets[0], MANY)
    outcome = while_it_works(calc, book, book.close)
    assert not outcome.done
    assert outcome.text.startswith("The workbook was closed while xlcrm was working.")
    works(calc, fill(sheet, BASE))


def test_a_protected_document_and_a_protected_sheet(calc, sheet):
    book = fill(sheet, BASE)
    book.impl.xl.protect("")
    outcome = calc.run("clean", book)
    assert not outcome.done
    assert "The structure of" in outcome.text
    book.impl.xl.unprotect("")
    sheet.impl.xl.protect("")  # the user's sheet is only read
    works(calc, book)


def test_a_result_sheet_that_the_user_protected(calc, sheet):
    book = fill(sheet, BASE)
    works(calc, book)
    made = book.sheets["Clean contacts"]
    made.impl.xl.protect("")
    sheet["A2"].value = "Petit"
    before = state(book)
    outcome = calc.run("clean", book)
    assert not outcome.done
    assert outcome.text.startswith('The sheet "Clean contacts" is protected')
    assert state(book) == before
    again = book.sheets["Clean contacts"]
    assert again.impl.xl.isProtected()
    again.impl.xl.unprotect("")
    works(calc, book)
    assert again["B5"].value == "Petit"


def test_two_documents_of_the_same_name(calc, tmp_path):
    books = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        book = calc.app.books.add()
        fill(book.sheets[0], BASE)
        book.save(tmp_path / folder / "base.xlsx")
        books.append(book)
    outcome = calc.run("clean", books[0])
    assert outcome.done
    made = [len(book.impl.xl.Sheets.ElementNames) for book in books]
    assert made == [5, 1]
    for book in books:
        book.close()


def test_no_contacts_and_an_unknown_command(calc, sheet):
    assert "is empty" in calc.run("clean", sheet.book).text
    assert "there are:" in calc.run("wash", sheet.book).text


def test_one_undo_takes_the_whole_result_back_and_redo_brings_it_again(calc, sheet):
    book = fill(sheet, BASE)
    sheet["A4"].impl.xl.getCellByPosition(0, 0).setString("Petit")  # as somebody types
    before = state(book)
    works(calc, book)
    after = state(book)
    undo = book.impl.xl.getUndoManager()
    assert undo.getCurrentUndoActionTitle() == "xlcrm: Clean"
    undo.undo()
    assert state(book) == before
    undo.redo()
    assert state(book) == after
    sheet["A5"].impl.xl.getCellByPosition(0, 0).setString("Blanc")
    outcome = calc.run("clean", book)  # a second time: what is there is written anew
    assert outcome.done
    assert state(book) != after
    undo.undo()
    undo.undo()  # the name that was typed
    assert state(book) == after
    undo.undo()
    assert state(book) == before
    undo.undo()  # the user's own last change
    assert book.sheets[0]["A4"].value is None


def test_without_a_python_of_ours(other_profile, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    calc = start_office(other_profile, environment=dict(os.environ))
    try:
        book = fill(calc.app.books.add().sheets[0], BASE)
        book.sheets[0]["F1"].formula = "=CRM_TELEPHONE(C2)"
        assert book.sheets[0]["F1"].options(err_to_str=True).value == "#NAME?"
        outcome = calc.run("clean", book)
        assert (outcome.done, "xlcrm is not installed" in outcome.text) == (False, True)
        assert [s.name for s in book.sheets] == ["Base"]
        book.sheets[0]["G1"].value = 5
        assert book.sheets[0]["G1"].value == 5
    finally:
        calc.app.quit()


def test_an_xlcrm_that_lacks_a_part(other_profile, monkeypatch, tmp_path):
    """The worker answers functions; the commands cannot be imported."""
    partly = tmp_path / "python"
    partly.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "sys.modules['xlcrm.front.calc_tasks'] = None\n"
        "from xlcrm.front.worker import main\n"
        "main()\n"
    )
    partly.chmod(0o755)
    monkeypatch.setenv("XLCRM_PYTHON", str(partly))
    calc = start_office(other_profile, environment=dict(os.environ))
    try:
        book = fill(calc.app.books.add().sheets[0], BASE)
        outcome = calc.run("clean", book)
        assert (outcome.done, "An unforeseen error stopped" in outcome.text) == (False, True)
        assert [s.name for s in book.sheets] == ["Base"]
        book.sheets[0]["F1"].formula = "=CRM_TELEPHONE(C2)"
        assert book.sheets[0]["F1"].value == "06 12 34 56 78"
    finally:
        calc.app.quit()


@pytest.mark.parametrize("script", ["import sys; sys.exit(3)", "print('not ready')"])
def test_a_python_that_breaks_down(other_profile, monkeypatch, tmp_path, script):
    broken = tmp_path / "python"
    broken.write_text(f"#!/usr/bin/python3\n{script}\n")
    broken.chmod(0o755)
    monkeypatch.setenv("XLCRM_PYTHON", str(broken))
    calc = start_office(other_profile, environment=dict(os.environ))
    try:
        book = fill(calc.app.books.add().sheets[0], BASE)
        assert "does not start" in calc.run("clean", book).text
    finally:
        calc.app.quit()


def test_what_nobody_foresaw_is_a_sentence_too(calc, sheet):
    """Here a macro gives a sheet where a document belongs."""
    outcome = calc.run("clean", SimpleNamespace(impl=SimpleNamespace(xl=sheet.impl.xl)))
    assert not outcome.done
    assert outcome.text.startswith("LibreOffice did not let xlcrm work on this workbook (")
    works(calc, fill(sheet, BASE))
