"""Where Excel and xlwings look for what xlcrm installs, on each system."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path, PureWindowsPath

from xlcrm.front.machine import Machine
from xlcrm.texts import Lang

PROJECT = "xlcrm"  # by which xlwings' VBA finds its settings
ADDIN = f"{PROJECT}.xlam"
_MAC_CONTAINER = Path("Library/Containers/com.microsoft.Excel/Data")
_MAC_STARTUP = Path(
    "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
)
_MAC_SCRIPTS = Path("Library/Application Scripts/com.microsoft.Excel")


def macros_folder() -> Path:
    """Where macros and add-in are."""
    return _delivered("macros")


def built_reference(lang: Lang) -> Path:
    """The reference that came with this version of xlcrm, as Markdown."""
    return _delivered("docs") / ("reference.md" if lang == "en" else "reference.fr.md")


def _delivered(name: str) -> Path:
    """A folder of built files: in a checkout beside the package, else where pip puts data."""
    checkout = Path(__file__).parents[2] / name
    if checkout.is_dir():
        return checkout
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    shared = [Path(sysconfig.get_path("data", scheme)) / "share/xlcrm" / name for scheme in schemes]
    return next((folder for folder in shared if folder.is_dir()), shared[0])


def built_addin() -> Path:
    """The add-in that came with this version of xlcrm."""
    return macros_folder() / ADDIN


def startup_folder(machine: Machine) -> Path | None:
    """The folder from which Excel loads add-ins when it starts; None where there is no Excel."""
    if machine.platform == "win32":
        return Path(machine.env("APPDATA")) / "Microsoft" / "Excel" / "XLSTART"
    if machine.platform == "darwin":
        return machine.home() / _MAC_STARTUP
    return None


def settings_file(machine: Machine) -> Path | None:
    """The file in which xlwings' VBA finds the interpreter of this user."""
    if machine.platform == "win32":
        return Path(machine.env("USERPROFILE")) / f".{PROJECT}" / f"{PROJECT}.conf"
    if machine.platform == "darwin":
        return machine.home() / _MAC_CONTAINER / f"{PROJECT}.conf"
    return None


def applescript_file(machine: Machine, version: str) -> Path:
    """The script through which Excel for Mac starts Python."""
    return machine.home() / _MAC_SCRIPTS / f"xlwings-{version}.applescript"


def interpreter(machine: Machine) -> str:
    """The Python that Excel is to start: this one, on Windows without a console window."""
    if machine.platform != "win32":
        return machine.executable
    path = PureWindowsPath(machine.executable)
    silent = path.with_name("pythonw.exe")
    return str(silent) if machine.exists(str(silent)) else str(path)


def settings_text(machine: Machine) -> str:
    """The settings of xlwings' VBA, a pair in quotes on each line; no blank line at the end."""
    key = "INTERPRETER_MAC" if machine.platform == "darwin" else "INTERPRETER_WIN"
    pairs = {
        key: interpreter(machine),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # a path of OneDrive would stop xlwings
        "USE UDF SERVER": "True",  # buttons share the Python that functions have started
        "UDF MODULES": "xlcrm.front.udfs",
        "SHOW CONSOLE": "False",
    }
    return "\r\n".join(f'"{name}","{value}"' for name, value in pairs.items())


def read_settings(content: bytes) -> dict[str, str]:
    """The pairs of a settings file, by name in capitals."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:  # the code page of Windows, which VBA reads
        text = content.decode("mbcs" if sys.platform == "win32" else "cp1252", "replace")
    pairs = {}
    for line in text.splitlines():
        name, _, value = line.partition(",")
        if name.strip():
            pairs[name.strip().strip('"').upper()] = value.strip().strip('"')
    return pairs
