"""Where the Python of xlcrm is, and how a process of it is started from within an office."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

# What an office sets for its own Python, and what would lead another one astray.
_MISLEADING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONEXECUTABLE",
    "LD_LIBRARY_PATH",
    "__PYVENV_LAUNCHER__",
)


def config_folder() -> Path:
    """The folder where `xlcrm install --libreoffice` leaves the path of its Python."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))) / "xlcrm"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "xlcrm"
    return Path(os.environ.get("XDG_CONFIG_HOME", str(home / ".config"))) / "xlcrm"


def config_path() -> Path:
    return config_folder() / "libreoffice.json"


def find_python() -> str | None:
    """The Python that has xlcrm: by variable, by configuration, by the usual places, by PATH."""
    for candidate in (os.environ.get("XLCRM_PYTHON"), _configured(), *_usual(), _beside_command()):
        if candidate and os.path.isfile(candidate):
            return candidate
    return None


def _configured() -> str | None:
    try:
        with open(config_path(), encoding="utf-8") as file:
            found = json.load(file).get("python")
    except (OSError, ValueError):
        return None
    return str(found) if found else None


def _usual() -> list[str]:
    """The environment that a trainer puts on a machine for everybody, or a user for himself."""
    folder = config_folder() / "python"
    places = (("Scripts", "python.exe"), ("python.exe",), ("bin", "python"))
    return [str(folder.joinpath(*place)) for place in places]


def _beside_command() -> str | None:
    command = shutil.which("xlcrm")
    if command is None:
        return None
    folder = os.path.dirname(os.path.realpath(command))
    return os.path.join(folder, "python.exe" if sys.platform == "win32" else "python")


def worker_environment() -> dict[str, str]:
    """The variables for a worker: those of the user, without what belongs to the office."""
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    kept["PYTHONIOENCODING"] = "utf-8"
    kept["PYTHONUTF8"] = "1"
    return kept
