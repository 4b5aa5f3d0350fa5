"""xlcrm doctor: what is installed, which spreadsheet programs are reachable, what to do.

The traps are those that users of Excel with Python report most: programs from the Microsoft Store,
a missing or mismatched DLL, a wrong interpreter, blocked macros, marks of a download, OneDrive,
and antivirus programs that take files away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import xlcrm
from xlcrm.books.calc_engine.office import find_soffice
from xlcrm.front.calc_extension.environment import config_path, find_python
from xlcrm.front.check import Check, Status, bad, info, ok
from xlcrm.front.excel_checks import excel_checks
from xlcrm.front.log import log_path
from xlcrm.front.machine import Machine
from xlcrm.texts import Lang, Text

_SIGNS: dict[Status, str] = {"ok": "✓", "info": "·", "warning": "!", "problem": "✗"}


def checks(machine: Machine | None = None) -> list[Check]:
    """Every check that makes sense on this system."""
    machine = machine or Machine()
    return [*_python(machine), *excel_checks(machine), *_libreoffice(machine), _log()]


def report_text(found: list[Check], lang: Lang) -> str:
    """The checks as lines for a person, and a last line that sums up."""
    lines = []
    for check in found:
        lines.append(f"{_SIGNS[check.status]} {check.found.in_(lang)}")
        if check.remedy is not None:
            lines.append(f"    → {check.remedy.in_(lang)}")
    problems = sum(check.status == "problem" for check in found)
    verdict = Text(fr="Tout va bien.", en="All is well.")
    if problems:
        verdict = Text(
            fr="{n} problème(s) à régler : suivez les flèches.",
            en="{n} problem(s) to solve: follow the arrows.",
        ).format(n=problems)
    return "\n".join([*lines, "", verdict.in_(lang)])


def print_checks(lang: Lang, as_json: bool = False) -> int:
    """Print the checks; 1 when there is a problem, else 0."""
    found = checks()
    if as_json:
        print(json.dumps([c.as_json(lang) for c in found], ensure_ascii=False, indent=1))
    else:
        print(report_text(found, lang))
    return int(any(check.status == "problem" for check in found))


def _python(machine: Machine) -> Iterator[Check]:
    yield ok(
        "versions",
        "xlcrm {x}, xlwings {w}, Python {p} : {path}",
        "xlcrm {x}, xlwings {w}, Python {p}: {path}",
        x=xlcrm.__version__,
        w=version("xlwings"),
        p=machine.python_version,
        path=machine.executable,
    )
    yield from _store_python(machine)
    yield from _onedrive(machine)


def _store_python(machine: Machine) -> Iterator[Check]:
    if "\\windowsapps\\" in machine.executable.lower():
        yield bad(
            "store_python",
            Text(
                fr="Ce Python vient du Microsoft Store : Excel ne peut pas le démarrer.",
                en="This Python comes from the Microsoft Store: Excel cannot start it.",
            ),
            Text(
                fr="Installez Python depuis python.org (pour vous seul, sans administrateur), "
                "puis xlcrm avec lui.",
                en="Install Python from python.org (for you alone, no administrator needed), "
                "then xlcrm with it.",
            ),
        )


def _onedrive(machine: Machine) -> Iterator[Check]:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        folder = machine.env(name)
        if folder and machine.prefix.lower().startswith(folder.lower()):
            yield bad(
                "onedrive",
                Text(
                    fr="Python est dans OneDrive ({folder}) : ses fichiers peuvent manquer.",
                    en="Python is in OneDrive ({folder}): its files may be missing.",
                ).format(folder=folder),
                Text(
                    fr="Installez-le hors de OneDrive, par exemple dans "
                    "%LOCALAPPDATA%\\xlcrm\\python.",
                    en="Install it outside OneDrive, such as in %LOCALAPPDATA%\\xlcrm\\python.",
                ),
            )
            break


def _libreoffice(machine: Machine) -> Iterator[Check]:
    program = find_soffice()
    if program is None:
        yield info(
            "libreoffice",
            "LibreOffice : pas trouvé (facultatif).",
            "LibreOffice: not found (optional).",
        )
        return
    if _has_extension(machine):
        yield ok(
            "libreoffice",
            "LibreOffice, avec l'extension xlcrm : {program}",
            "LibreOffice, with the extension xlcrm: {program}",
            program=program,
        )
        yield _calc_python()
        return
    yield Check(
        "libreoffice",
        "info",
        Text(
            fr="LibreOffice : {program}, sans l'extension xlcrm.",
            en="LibreOffice: {program}, without the extension xlcrm.",
        ).format(program=program),
        Text(
            fr="Pour l'ajouter : xlcrm install --libreoffice",
            en="To add it: xlcrm install --libreoffice",
        ),
    )


def _calc_python() -> Check:
    """The Python that the extension starts for functions and commands."""
    python = find_python()
    if python is None:
        return bad(
            "libreoffice_python",
            Text(
                fr="L'extension LibreOffice ne trouve pas le Python de xlcrm ({config}).",
                en="The LibreOffice extension cannot find the Python of xlcrm ({config}).",
            ).format(config=config_path()),
            Text(
                fr="Relancez : xlcrm install --libreoffice",
                en="Run again: xlcrm install --libreoffice",
            ),
        )
    return ok(
        "libreoffice_python",
        "Python de l'extension LibreOffice : {python}",
        "Python of the LibreOffice extension: {python}",
        python=python,
    )


def _has_extension(machine: Machine) -> bool:
    profiles = {
        "win32": Path(machine.env("APPDATA")) / "LibreOffice",
        "darwin": machine.home() / "Library/Application Support/LibreOffice",
    }
    profile = profiles.get(machine.platform, machine.home() / ".config/libreoffice")
    return bool(machine.glob(profile, "*/user/uno_packages/cache/uno_packages/*/*xlcrm*.oxt"))


def _log() -> Check:
    return info("log", "Journal des erreurs : {path}", "Error log: {path}", path=log_path())
