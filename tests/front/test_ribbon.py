"""What a click does, on xlwings' own code over the engine in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from excel_in_memory import Refused, book

from xlcrm.books import live
from xlcrm.catalogue import COMMANDS, TEMPLATES
from xlcrm.commands import job
from xlcrm.front import log, ribbon

BASE = [
    ["Nom", "Tél."],
    ["DURAND", "06.12.34.56.78"],
    ["Petit", "061234"],
]


@pytest.fixture
def xl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A workbook that called, a folder of its own for what is written, and no browser."""
    caller = book("base.xlsx", Base=BASE, Vide=[])
    caller.set_mock_caller()
    monkeypatch.setattr(ribbon, "user_folder", lambda: tmp_path)
    monkeypatch.setattr(ribbon, "documents_folder", lambda: tmp_path)
    monkeypatch.setattr(live, "documents_folder", lambda: tmp_path)
    yield caller
    del xw.Book._mock_caller


def _told(xl: Any) -> str:
    return "\n".join(xl.impl.app.alerts)


def _settings(xl: Any) -> tuple[Any, ...]:
    return xl.app.screen_updating, xl.app.calculation, xl.app.status_bar


def test_a_command_writes_tells_and_shows_its_first_sheet(xl: Any) -> None:
    ribbon.run("clean")
    assert "Contacts nettoyés" in [sheet.name for sheet in xl.sheets]
    assert xl.sheets.active.name == "Contacts nettoyés"
    assert _told(xl).startswith("Nettoyer (")
    assert "2 contacts lus" in _told(xl)
    assert "Feuilles : Contacts nettoyés" in _told(xl)
    assert _settings(xl) == (True, "automatic", False)


def test_it_answers_in_the_language_of_office(xl: Any) -> None:
    ribbon.run("clean", "en")
    assert "2 contacts read" in _told(xl)


def test_what_the_user_must_change_is_said(xl: Any) -> None:
    xl.impl.active_sheet = xl.impl.sheet("Vide")
    ribbon.run("clean")
    assert "« Vide »" in _told(xl)
    assert [sheet.name for sheet in xl.sheets] == ["Base", "Vide"]
    assert _settings(xl) == (True, "automatic", False)


def test_a_workbook_that_refuses_is_said_and_stays_as_it_was(xl: Any) -> None:
    xl.app.calculation = "manual"
    xl.impl.protected = True
    ribbon.run("clean")
    assert "refuse de lire ou de modifier base.xlsx" in _told(xl)
    assert _settings(xl) == (True, "manual", False)


def test_an_error_nobody_foresaw_is_noted_not_shown(
    xl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(run: job.Job) -> None:
        raise ZeroDivisionError("secret")

    noted: list[str] = []
    monkeypatch.setattr(ribbon.logger, "exception", lambda text, *args: noted.append(text % args))
    monkeypatch.setitem(COMMANDS, "clean", _with_func(COMMANDS["clean"], fail))
    ribbon.run("clean")
    assert "Une erreur que xlcrm n'avait pas prévue" in _told(xl)
    assert "secret" not in _told(xl)
    assert noted == ["task clean"]
    assert _settings(xl) == (True, "automatic", False)


def _with_func(entry: Any, func: Any) -> Any:
    import dataclasses

    return dataclasses.replace(entry, func=func)


def _coded(text: str) -> str:
    return "".join(f"{ord(c):04X}" for c in text)


def test_options_are_read_as_typed(xl: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    entry = COMMANDS["unify"]
    monkeypatch.setitem(COMMANDS, "unify", _with_func(entry, lambda run: seen.append(run)))
    ribbon.run("unify", "fr", _coded(" feuilles = Salon ; Été |"))
    assert seen[0].options["sheets"] == "Salon ; Été"


def test_options_written_otherwise_are_answered_with_the_way_to_write_them(xl: Any) -> None:
    ribbon.run("clean", "fr", _coded("douze"))
    assert _told(xl) == "« douze » : écrivez les options ainsi : nom=valeur | nom=valeur."


def test_a_file_of_its_own_goes_beside_the_workbook_or_among_the_documents(
    xl: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def work(run: job.Job) -> None:
        run.documents["plan.xlsx"] = b"PK"

    monkeypatch.setitem(COMMANDS, "clean", _with_func(COMMANDS["clean"], work))
    ribbon.run("clean")
    assert (tmp_path / "plan.xlsx").read_bytes() == b"PK"
    assert f"Fichier écrit : {tmp_path / 'plan.xlsx'}" in _told(xl)


def test_undo_removes_results_and_keeps_settings(xl: Any) -> None:
    ribbon.run("clean")
    ribbon.run("dedupe")
    made = {name.name for name in xl.sheets}
    ribbon.run("undo")
    left = [sheet.name for sheet in xl.sheets]
    assert left == ["Base", "Vide", "Règles de doublons"]
    assert {"Contacts nettoyés", "Doublons"} <= made - set(left)
    assert _told(xl).splitlines()[-1].startswith("Supprimé : ")


def test_undo_asks_first(xl: Any) -> None:
    ribbon.run("clean")
    before = [sheet.name for sheet in xl.sheets]
    xl.impl.app.answer = "cancel"
    ribbon.run("undo")
    assert [sheet.name for sheet in xl.sheets] == before
    assert _told(xl).endswith("Rien n'a été supprimé.")


def test_undo_without_a_result_is_said(xl: Any) -> None:
    ribbon.run("undo")
    assert _told(xl).startswith("Rien à annuler")


def test_the_journal_comes_to_the_front(xl: Any) -> None:
    ribbon.run("journal")
    assert _told(xl).startswith("Pas encore de Journal")
    ribbon.run("clean")
    ribbon.run("journal")
    assert xl.sheets.active.name == "Journal"


def test_why_explains_the_selected_cell(xl: Any) -> None:
    ribbon.run("clean")
    xl.impl.app.alerts.clear()
    xl.impl.active_sheet = xl.impl.sheet("Base")
    xl.impl.app.selected = xl.impl.sheet("Base").range("B2:C9,A1")
    ribbon.run("why")
    assert _told(xl).startswith("Tél. : « 06.12.34.56.78 » est devenu « 06 12 34 56 78 »")


def test_why_reads_the_formula_of_the_cell(xl: Any) -> None:
    cell = xl.impl.sheet("Base").range("D3")
    cell.formula = "=CRM_PHONE(B3)"
    xl.impl.app.selected = cell
    ribbon.run("why", "en")
    assert _told(xl).startswith("CRM_PHONE : ")


def test_why_without_a_cell_is_said(xl: Any) -> None:
    ribbon.run("why")
    assert _told(xl) == "Sélectionnez d'abord la cellule à expliquer."


def test_help_opens_the_reference(xl: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(ribbon.webbrowser, "open", opened.append)
    ribbon.run("help")
    page = (tmp_path / "aide-fr.html").read_text("utf-8")
    assert opened == [(tmp_path / "aide-fr.html").as_uri()]
    assert "<code>=CRM_TELEPHONE(" in page
    assert "Dédoublonner" in page
    assert "**" not in page


def test_doctor_shows_its_checks(xl: Any) -> None:
    ribbon.run("doctor")
    assert "xlwings 0.37.8" in _told(xl)


def test_a_template_is_written_and_opened_under_a_free_name(xl: Any, tmp_path: Path) -> None:
    name = next(iter(TEMPLATES))
    ribbon.run(f"template:{name}")
    ribbon.run(f"template:{name}")
    stem = TEMPLATES[name].fr
    expected = [tmp_path / f"{stem}.xlsx", tmp_path / f"{stem} (2).xlsx"]
    assert xl.impl.app.opened == [str(path) for path in expected]
    assert all(path.exists() for path in expected)


def test_a_template_never_takes_the_name_of_an_open_workbook(xl: Any, tmp_path: Path) -> None:
    name = next(iter(TEMPLATES))
    xl.impl._name = f"{TEMPLATES[name].fr}.xlsx".upper()  # Excel refuses two books of one name
    ribbon.run(f"template:{name}")
    assert xl.impl.app.opened == [str(tmp_path / f"{TEMPLATES[name].fr} (2).xlsx")]


def test_an_unknown_task_is_said(xl: Any) -> None:
    ribbon.run("danser")
    assert _told(xl).startswith("Pas de commande « danser »")


def test_a_failure_of_excel_itself_is_no_traceback(
    xl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> Any:
        raise Refused("busy")

    monkeypatch.setattr(ribbon, "find_command", refuse)
    monkeypatch.setattr(ribbon.logger, "exception", lambda *args: None)
    ribbon.run("clean")
    assert "n'avait pas prévue" in _told(xl)


def test_a_log_that_cannot_be_written_stays_silent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(log, "log_path", lambda: tmp_path / "file" / "x" / "xlcrm.log")
    assert type(log._handler()).__name__ == "NullHandler"
