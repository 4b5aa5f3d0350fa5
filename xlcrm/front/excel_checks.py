"""What xlcrm doctor looks at in Excel: program, DLL, macros, add-in, settings."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PureWindowsPath

from xlcrm.front.check import Check, bad, info, ok
from xlcrm.front.machine import Machine
from xlcrm.front.places import (
    ADDIN,
    applescript_file,
    built_addin,
    interpreter,
    read_settings,
    settings_file,
    startup_folder,
)
from xlcrm.texts import Text

_EXCEL = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
_CLICK_TO_RUN = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
_SECURITY = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Security"
_POLICY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"
_DISABLED = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Resiliency\\DisabledItems"


_INSTALL = Text(fr="Lancez : xlcrm install", en="Run: xlcrm install")


def excel_checks(machine: Machine) -> Iterator[Check]:
    """The checks of Excel that make sense on this system."""
    if machine.platform == "win32":
        yield from _excel(machine)
        yield from _dll(machine)
        yield from _macros(machine)
    elif machine.platform == "darwin":
        yield from _mac(machine)
    else:
        yield info(
            "excel",
            "Excel : ce système n'en a pas ; les vérifications d'Excel se font sous Windows et "
            "macOS.",
            "Excel: this system has none; the checks of Excel run on Windows and macOS.",
        )
        return
    yield from _addin(machine)
    yield from _settings(machine)


def _excel(machine: Machine) -> Iterator[Check]:
    path = machine.registry(_EXCEL)
    if path is None:
        yield bad(
            "excel",
            Text(
                fr="Excel n'est pas installé sur cette machine.",
                en="Excel is not installed on this machine.",
            ),
            Text(
                fr="Installez Excel, ou utilisez LibreOffice : xlcrm install --libreoffice.",
                en="Install Excel, or use LibreOffice: xlcrm install --libreoffice.",
            ),
        )
        return
    if "\\windowsapps\\" in path.lower():
        yield bad(
            "store_office",
            Text(
                fr="Excel vient du Microsoft Store : il ne peut pas parler à Python.",
                en="Excel comes from the Microsoft Store: it cannot talk to Python.",
            ),
            Text(
                fr="Désinstallez Office dans Paramètres > Applications, puis installez-le depuis "
                "office.com avec le même compte.",
                en="Uninstall Office in Settings > Apps, then install it from office.com with "
                "the same account.",
            ),
        )
        return
    kind = machine.registry(_CLICK_TO_RUN, "Platform") or "?"
    yield ok("excel", "Excel ({kind}) : {path}", "Excel ({kind}): {path}", kind=kind, path=path)


def _dll(machine: Machine) -> Iterator[Check]:
    """xlwings' DLL stands beside Python, or beside the environment's folder of scripts."""
    bits = "32" if machine.registry(_CLICK_TO_RUN, "Platform") == "x86" else "64"
    name = f"xlwings{bits}-{version('xlwings')}.dll"
    folder = PureWindowsPath(machine.executable).parent
    folders = [str(folder), str(folder.parent)]
    if any(machine.exists(f"{place}\\{name}") for place in folders):
        yield ok("dll", "{name} est en place.", "{name} is in place.", name=name)
    else:
        others = [p.name for place in folders for p in machine.glob(place, "xlwings*.dll")]
        yield _dll_problem(name, sorted(set(others)))
    if not machine.has_module("win32com"):
        yield bad(
            "pywin32",
            Text(fr="pywin32 manque à ce Python.", en="This Python lacks pywin32."),
            Text(fr="Lancez : pip install pywin32", en="Run: pip install pywin32"),
        )


def _dll_problem(name: str, others: list[str]) -> Check:
    if others:
        return bad(
            "dll_version",
            Text(
                fr="{name} manque ; il y a {others} : xlwings a changé de version.",
                en="{name} is missing; there is {others}: xlwings has changed its version.",
            ).format(name=name, others=", ".join(others)),
            Text(
                fr="Lancez : pip install --force-reinstall xlwings=={v} puis xlcrm install",
                en="Run: pip install --force-reinstall xlwings=={v} then xlcrm install",
            ).format(v=version("xlwings")),
        )
    return bad(
        "dll",
        Text(
            fr="{name} manque à côté de Python : un antivirus l'a sans doute retiré.",
            en="{name} is missing beside Python: an antivirus has probably removed it.",
        ).format(name=name),
        Text(
            fr="Rétablissez-le dans l'historique de l'antivirus et autorisez le dossier de "
            "Python, puis : pip install --force-reinstall xlwings=={v}",
            en="Restore it in the antivirus history and allow the folder of Python, then: pip "
            "install --force-reinstall xlwings=={v}",
        ).format(v=version("xlwings")),
    )


def _macros(machine: Machine) -> Iterator[Check]:
    level = machine.registry(_POLICY, "VBAWarnings") or machine.registry(_SECURITY, "VBAWarnings")
    if level in ("3", "4"):
        yield bad(
            "macros",
            Text(
                fr="Excel bloque les macros sans rien demander (réglage {level}).",
                en="Excel blocks macros without asking (setting {level}).",
            ).format(level=level),
            Text(
                fr="Fichier > Options > Centre de gestion de la confidentialité > Paramètres des "
                "macros : « Désactiver avec notification ». Si c'est grisé, demandez à votre "
                "service informatique ; les modèles .xlsx marchent sans macro.",
                en="File > Options > Trust Center > Macro Settings: disable with notification. "
                "If it is greyed out, ask your IT department; the .xlsx templates need no macro.",
            ),
        )
    yield from _trusted_locations(machine)
    yield from _disabled_items(machine)


def _trusted_locations(machine: Machine) -> Iterator[Check]:
    if machine.registry(f"{_POLICY}\\Trusted Locations", "AllLocationsDisabled") == "1":
        yield bad(
            "trusted_locations",
            Text(
                fr="Les emplacements approuvés d'Excel sont désactivés.",
                en="The trusted locations of Excel are switched off.",
            ),
            Text(
                fr="Demandez à votre service informatique d'approuver le dossier XLSTART.",
                en="Ask your IT department to trust the folder XLSTART.",
            ),
        )


def _disabled_items(machine: Machine) -> Iterator[Check]:
    if any(ADDIN.encode("utf-16-le") in value for value in machine.registry_values(_DISABLED)):
        yield bad(
            "disabled",
            Text(
                fr="Excel a désactivé {name} après un arrêt brutal.",
                en="Excel has disabled {name} after a crash.",
            ).format(name=ADDIN),
            Text(
                fr="Fichier > Options > Compléments > Gérer : Éléments désactivés > Atteindre, "
                "puis activez-le.",
                en="File > Options > Add-ins > Manage: Disabled Items > Go, then enable it.",
            ),
        )


def _mac(machine: Machine) -> Iterator[Check]:
    if not machine.exists(applescript_file(machine, version("xlwings"))):
        yield bad(
            "applescript",
            Text(
                fr="Le script par lequel Excel démarre Python manque.",
                en="The script through which Excel starts Python is missing.",
            ),
            _INSTALL,
        )
    yield info(
        "mac_functions",
        "Excel pour Mac : les boutons marchent, pas les fonctions dans les cellules.",
        "Excel for Mac: the buttons work, functions in cells do not.",
    )


def _addin(machine: Machine) -> Iterator[Check]:
    folder = startup_folder(machine)
    path = (folder or Path()) / ADDIN
    content = machine.read(path)
    if content is None:
        missing = Text(
            fr="Le complément n'est pas installé : {path}", en="The add-in is not installed: {path}"
        )
        yield bad("addin", missing.format(path=path), _INSTALL)
        return
    zone = machine.read(f"{path}:Zone.Identifier") or b""
    if b"ZoneId=3" in zone or b"ZoneId=4" in zone:
        yield bad(
            "mark_of_the_web",
            Text(
                fr="{path} porte la marque d'un téléchargement : Excel bloque ses macros.",
                en="{path} bears the mark of a download: Excel blocks its macros.",
            ).format(path=path),
            _INSTALL,
        )
    elif content != machine.read(built_addin()):
        yield bad(
            "addin_version",
            Text(
                fr="Le complément dans Excel n'est pas celui de cette version de xlcrm.",
                en="The add-in in Excel is not that of this version of xlcrm.",
            ),
            _INSTALL,
            "warning",
        )
    else:
        yield ok("addin", "Complément : {path}", "Add-in: {path}", path=path)


def _settings(machine: Machine) -> Iterator[Check]:
    path = settings_file(machine)
    content = machine.read(path) if path is not None else None
    if content is None:
        missing = Text(fr="Les réglages manquent : {path}", en="The settings are missing: {path}")
        yield bad("settings", missing.format(path=path), _INSTALL)
        return
    if content.endswith((b"\n\n", b"\r\n\r\n")):
        blank = Text(
            fr="{path} finit par une ligne vide, qu'Excel ne sait pas lire.",
            en="{path} ends in a blank line, which Excel cannot read.",
        )
        yield bad("settings_blank_line", blank.format(path=path), _INSTALL)
    pairs = read_settings(content)
    yield _interpreter(machine, path, pairs)
    if pairs.get("ADD_WORKBOOK_TO_PYTHONPATH", "").lower() != "false":
        folder = Text(
            fr="Un classeur de OneDrive peut empêcher Python de démarrer.",
            en="A workbook in OneDrive may keep Python from starting.",
        )
        yield bad("add_workbook", folder, _INSTALL, "warning")


def _interpreter(machine: Machine, path: Path | None, pairs: dict[str, str]) -> Check:
    """The Python that the settings name: that it exists, and that it is this one."""
    key = "INTERPRETER_MAC" if machine.platform == "darwin" else "INTERPRETER_WIN"
    wanted, given = interpreter(machine), pairs.get(key, "")
    if not given or not machine.exists(given):
        wrong = Text(
            fr="Les réglages nomment un Python qui n'existe pas : « {given} ».",
            en='The settings name a Python that does not exist: "{given}".',
        )
        return bad("interpreter", wrong.format(given=given), _INSTALL)
    if given.lower() != wanted.lower():
        other = Text(
            fr="Excel utilise un autre Python ({given}) que celui-ci ({wanted}).",
            en="Excel uses another Python ({given}) than this one ({wanted}).",
        )
        return bad("interpreter", other.format(given=given, wanted=wanted), _INSTALL, "warning")
    return ok("settings", "Réglages : {path}", "Settings: {path}", path=path)
