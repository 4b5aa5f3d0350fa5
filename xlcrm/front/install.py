"""Puts the add-in and its settings in place, and takes them away again.

Everything happens in folders of the user: no administrator, no trust in the VBA project needed.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from xlcrm.errors import RequestError, SourceError
from xlcrm.front.machine import Machine
from xlcrm.front.places import (
    ADDIN,
    applescript_file,
    built_addin,
    settings_file,
    settings_text,
    startup_folder,
)
from xlcrm.texts import Lang, Text

_ENCODING = "mbcs" if sys.platform == "win32" else "utf-8"  # VBA reads the code page of Windows


def install_excel(lang: Lang = "fr", machine: Machine | None = None) -> str:
    """Install the add-in for this user, and say what to do next.

    Raises RequestError where there is no Excel, SourceError where a folder cannot be written.
    """
    machine = machine or Machine()
    folder, settings = _places(machine)
    content = machine.read(built_addin())
    if content is None:
        raise SourceError(
            fr="Le complément {path} manque : réinstallez xlcrm, ou lancez « xlcrm build ».",
            en='The add-in {path} is missing: install xlcrm again, or run "xlcrm build".',
            path=built_addin(),
        )
    # Written, not copied: a mark of a download would make Excel block the copy too.
    _write(folder / ADDIN, content)
    _write(settings, settings_text(machine).encode(_ENCODING))
    if machine.platform == "darwin":
        _install_applescript(machine)
    return _DONE[machine.platform].format(path=folder / ADDIN).in_(lang)


def uninstall_excel(lang: Lang = "fr", machine: Machine | None = None) -> str:
    """Remove what install_excel wrote, and say what was removed."""
    machine = machine or Machine()
    folder, settings = _places(machine)
    removed = []
    for path in (folder / ADDIN, settings):
        if machine.exists(path):
            try:
                path.unlink()
            except OSError as error:
                raise _refused(path, error) from None
            removed.append(str(path))
    if not removed:
        text = Text(fr="xlcrm n'était pas installé dans Excel.", en="xlcrm was not in Excel.")
        return text.in_(lang)
    text = Text(
        fr="Supprimé : {paths}. Fermez et rouvrez Excel.",
        en="Removed: {paths}. Close Excel and open it again.",
    )
    return text.format(paths=", ".join(removed)).in_(lang)


_DONE = {
    "win32": Text(
        fr="xlcrm est installé : {path}. Fermez toutes les fenêtres d'Excel et rouvrez-le : "
        "l'onglet xlcrm apparaît. En cas de souci : xlcrm doctor.",
        en="xlcrm is installed: {path}. Close every window of Excel and open it again: the xlcrm "
        "tab appears. If it does not: xlcrm doctor.",
    ),
    "darwin": Text(
        fr="xlcrm est installé : {path}. Fermez et rouvrez Excel : l'onglet xlcrm apparaît. Sur "
        "Mac, les boutons marchent ; les fonctions dans les cellules demandent Windows ou "
        "LibreOffice.",
        en="xlcrm is installed: {path}. Close Excel and open it again: the xlcrm tab appears. On "
        "a Mac the buttons work; functions in cells need Windows or LibreOffice.",
    ),
}


def _places(machine: Machine) -> tuple[Path, Path]:
    folder, settings = startup_folder(machine), settings_file(machine)
    if folder is None or settings is None:
        raise RequestError(
            fr="Excel n'existe que sous Windows et macOS. Sur ce système, installez xlcrm dans "
            "LibreOffice : xlcrm install --libreoffice.",
            en="Excel exists only on Windows and macOS. On this system install xlcrm into "
            "LibreOffice: xlcrm install --libreoffice.",
        )
    return folder, settings


def _install_applescript(machine: Machine) -> None:
    found = version("xlwings")
    script = files("xlwings").joinpath(f"xlwings-{found}.applescript").read_bytes()
    _write(applescript_file(machine, found), script)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> SourceError:
    return SourceError(
        fr="{path} ne peut pas être modifié ({why}). Fermez Excel, puis recommencez.",
        en="{path} cannot be changed ({why}). Close Excel, then try again.",
        path=path,
        why=error.strerror or error,
    )
