"""What a machine tells about itself: files, registry, environment. One class, so that the checks
can be tried on facts of machines that are not at hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from platform import python_version

_HIVES = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}


class Machine:
    """The machine that this process runs on."""

    platform = sys.platform
    executable = sys.executable
    prefix = sys.prefix
    python_version = python_version()
    is_64_bit = sys.maxsize > 2**32

    def env(self, name: str) -> str:
        return os.environ.get(name, "")

    def home(self) -> Path:
        return Path.home()

    def exists(self, path: Path | str) -> bool:
        return os.path.exists(path)

    def glob(self, folder: Path | str, pattern: str) -> list[Path]:
        return sorted(Path(folder).glob(pattern)) if os.path.isdir(folder) else []

    def read(self, path: Path | str) -> bytes | None:
        """The content of a file, or of a stream beside it (`name:Zone.Identifier`)."""
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError:
            return None

    def registry(self, key: str, name: str = "") -> str | None:
        """A value of the Windows registry, as text: `HKCU\\Software\\…`; None off Windows."""
        if self.platform != "win32":
            return None
        import winreg

        hive, _, path = key.partition("\\")
        try:
            with winreg.OpenKey(getattr(winreg, _HIVES[hive]), path) as opened:  # type: ignore[attr-defined]
                return str(winreg.QueryValueEx(opened, name)[0])  # type: ignore[attr-defined]
        except OSError:
            return None

    def registry_values(self, key: str) -> list[bytes]:
        """The binary values of a registry key; none off Windows or where there is no such key."""
        if self.platform != "win32":
            return []
        import winreg

        hive, _, path = key.partition("\\")
        values: list[bytes] = []
        try:
            with winreg.OpenKey(getattr(winreg, _HIVES[hive]), path) as opened:  # type: ignore[attr-defined]
                for index in range(winreg.QueryInfoKey(opened)[1]):  # type: ignore[attr-defined]
                    value = winreg.EnumValue(opened, index)[1]  # type: ignore[attr-defined]
                    values.append(value if isinstance(value, bytes) else str(value).encode())
        except OSError:
            return values
        return values

    def has_module(self, name: str) -> bool:
        from importlib.util import find_spec

        return find_spec(name) is not None
