"""A machine made of facts: files, registry, environment."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any

from xlcrm.front.machine import Machine

_PYTHON = "C:\\Users\\Zoé\\AppData\\Local\\xlcrm\\python\\Scripts"
DLL = "C:\\Users\\Zoé\\AppData\\Local\\xlcrm\\python\\xlwings64-0.37.8.dll"
EXCEL = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
PLATFORM = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration|Platform"


class FakeMachine(Machine):
    """Windows with Excel, and xlcrm well installed, until a fact is changed."""

    def __init__(self, **changes: Any) -> None:
        self.platform = "win32"
        self.executable = f"{_PYTHON}\\python.exe"
        self.prefix = "C:\\Users\\Zoé\\AppData\\Local\\xlcrm\\python"
        self.variables = {
            "APPDATA": "C:/Users/Zoé/AppData/Roaming",
            "USERPROFILE": "C:/Users/Zoé",
            "OneDrive": "C:\\Users\\Zoé\\OneDrive",
        }
        self.files: dict[str, bytes] = {
            f"{_PYTHON}\\python.exe": b"",
            f"{_PYTHON}\\pythonw.exe": b"",
            DLL: b"",
        }
        self.keys: dict[str, str] = {
            EXCEL: "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE",
            PLATFORM: "x64",
        }
        self.binary: list[bytes] = []
        self.modules = {"win32com"}
        self.__dict__.update(changes)

    def env(self, name: str) -> str:
        return self.variables.get(name, "")

    def home(self) -> Path:
        return Path("/Users/zoe")

    def exists(self, path: Path | str) -> bool:
        return str(path) in self.files or Path(path).exists()

    def glob(self, folder: Path | str, pattern: str) -> list[Path]:
        found = [PureWindowsPath(name) for name in self.files]
        return [  # type: ignore[return-value]
            p for p in found if str(p.parent) == str(folder) and p.match(pattern)
        ]

    def read(self, path: Path | str) -> bytes | None:
        return self.files.get(str(path)) if str(path) in self.files else super().read(path)

    def registry(self, key: str, name: str = "") -> str | None:
        return self.keys.get(f"{key}|{name}" if name else key)

    def registry_values(self, key: str) -> list[bytes]:
        return self.binary

    def has_module(self, name: str) -> bool:
        return name in self.modules
