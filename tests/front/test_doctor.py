"""xlcrm doctor on machines that are not at hand: each trap, and what to do about it."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_machine import DLL, EXCEL, PLATFORM, FakeMachine

from xlcrm.front import doctor, places
from xlcrm.front.doctor import checks, print_checks, report_text
from xlcrm.front.places import settings_text

_XLSTART = "C:/Users/Zoé/AppData/Roaming/Microsoft/Excel/XLSTART/xlcrm.xlam"
_ZONE = f"{_XLSTART}:Zone.Identifier"
_CONF = "C:/Users/Zoé/.xlcrm/xlcrm.conf"
_SECURITY = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Security|VBAWarnings"
_POLICY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeMachine:
    """Windows with everything in place."""
    (tmp_path / "xlcrm.xlam").write_bytes(b"PK add-in")
    monkeypatch.setattr(places, "macros_folder", lambda: tmp_path)
    monkeypatch.setattr(doctor, "find_soffice", lambda: None)
    made = FakeMachine()
    made.files[_XLSTART] = b"PK add-in"
    made.files[_CONF] = settings_text(made).encode()
    return made


def _bad(machine: FakeMachine) -> dict[str, str]:
    return {c.key: c.status for c in checks(machine) if c.status in ("problem", "warning")}


def test_a_good_machine_is_well(machine: FakeMachine) -> None:
    assert _bad(machine) == {}
    assert report_text(checks(machine), "fr").endswith("Tout va bien.")
    assert report_text(checks(machine), "en").endswith("All is well.")


def test_a_path_with_accents_in_the_code_page_of_windows_is_well(machine: FakeMachine) -> None:
    machine.files[_CONF] = settings_text(machine).encode("cp1252")
    assert _bad(machine) == {}


def _set(machine: FakeMachine, what: str, value: Any) -> None:
    """Change one fact: `files:name`, `keys:name`, `variables:name`, or an attribute."""
    kind, _, name = what.partition(":")
    if not name:
        setattr(machine, kind, value)
    elif value is None:
        getattr(machine, kind).pop(name, None)
    else:
        getattr(machine, kind)[name] = value


TRAPS: list[tuple[str, Any, dict[str, str]]] = [
    (f"keys:{EXCEL}", None, {"excel": "problem"}),
    (
        f"keys:{EXCEL}",
        "C:\\Program Files\\WindowsApps\\Microsoft.Office.Desktop\\EXCEL.EXE",
        {"store_office": "problem"},
    ),
    (f"files:{DLL}", None, {"dll": "problem"}),
    (f"keys:{PLATFORM}", "x86", {"dll_version": "problem"}),
    ("modules", set(), {"pywin32": "problem"}),
    (f"keys:{_SECURITY}", "4", {"macros": "problem"}),
    (f"keys:{_SECURITY}", "2", {}),
    (f"keys:{_POLICY}|VBAWarnings", "3", {"macros": "problem"}),
    (
        f"keys:{_POLICY}\\Trusted Locations|AllLocationsDisabled",
        "1",
        {"trusted_locations": "problem"},
    ),
    ("binary", [b"\x00" + "C:\\xlcrm.xlam".encode("utf-16-le")], {"disabled": "problem"}),
    (f"files:{_XLSTART}", None, {"addin": "problem"}),
    (f"files:{_XLSTART}", b"PK older", {"addin_version": "warning"}),
    (f"files:{_ZONE}", b"[ZoneTransfer]\r\nZoneId=3", {"mark_of_the_web": "problem"}),
    (f"files:{_ZONE}", b"[ZoneTransfer]\r\nZoneId=0", {}),
    (f"files:{_CONF}", None, {"settings": "problem"}),
    (
        f"files:{_CONF}",
        b'"INTERPRETER_WIN","C:\\old\\pythonw.exe"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        {"interpreter": "problem"},
    ),
    (
        f"files:{_CONF}",
        f'"INTERPRETER_WIN","{DLL}"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"'.encode(),
        {"interpreter": "warning"},
    ),
    (
        "prefix",
        "C:\\Users\\Zoé\\OneDrive\\python",
        {"onedrive": "problem"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(TRAPS)))
def test_a_trap_is_found_with_its_remedy(number: int, machine: FakeMachine) -> None:
    what, value, expected = TRAPS[number]
    _set(machine, what, value)
    assert _bad(machine) == expected
    assert all(c.remedy for c in checks(machine) if c.status in ("problem", "warning"))


def test_the_python_of_the_store_is_found(machine: FakeMachine) -> None:
    store = "C:\\Users\\Zoé\\AppData\\Local\\Microsoft\\WindowsApps"
    machine.executable = f"{store}\\python.exe"
    machine.files |= {f"{store}\\python.exe": b"", f"{store}\\xlwings64-0.37.8.dll": b""}
    assert _bad(machine) == {"store_python": "problem", "interpreter": "warning"}


def test_a_dll_of_another_version_is_named(machine: FakeMachine) -> None:
    del machine.files[DLL]
    machine.files[DLL.replace("0.37.8", "0.30.0")] = b""
    found = next(c for c in checks(machine) if c.key == "dll_version")
    assert "il y a xlwings64-0.30.0.dll" in found.found.fr
    assert "xlwings==0.37.8" in found.remedy.fr if found.remedy else False


def test_a_blank_last_line_and_onedrive_are_found(machine: FakeMachine) -> None:
    text = settings_text(machine).replace('PYTHONPATH","False"', 'PYTHONPATH","True"')
    machine.files[_CONF] = f"{text}\r\n\r\n".encode()
    assert _bad(machine) == {"settings_blank_line": "problem", "add_workbook": "warning"}


def test_problems_are_counted(machine: FakeMachine) -> None:
    machine.files.pop(_XLSTART)
    machine.files.pop(_CONF)
    text = report_text(checks(machine), "fr")
    assert "✗ Le complément n'est pas installé" in text
    assert "    → Lancez : xlcrm install" in text
    assert text.endswith("2 problèmes à régler : suivez les flèches.")


def test_on_a_mac_functions_are_told_not_to_work(machine: FakeMachine) -> None:
    machine.platform = "darwin"
    found = {c.key: c.status for c in checks(machine)}
    assert found["mac_functions"] == "info"
    assert found["applescript"] == "problem"


def test_libreoffice_is_found_with_and_without_the_extension(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_soffice", lambda: "/usr/bin/soffice")
    found = next(c for c in checks(machine) if c.key == "libreoffice")
    assert found.status == "info"
    assert found.remedy is not None
    monkeypatch.setattr(machine, "glob", lambda folder, pattern: [Path("xlcrm.oxt")])
    for python, status in (("/usr/bin/python3", "ok"), (None, "problem")):
        monkeypatch.setattr(doctor, "find_python", lambda python=python: python)
        found = {c.key: c.status for c in checks(machine)}
        assert (found["libreoffice"], found["libreoffice_python"]) == ("ok", status)


def test_here_it_runs_and_says_what_it_can_check(capsys: pytest.CaptureFixture[str]) -> None:
    code = print_checks("fr", as_json=True)
    found = {c["key"]: c for c in json.loads(capsys.readouterr().out)}
    assert set(found) >= {"versions", "libreoffice", "log"}
    assert code == int(any(c["status"] == "problem" for c in found.values()))
    print_checks("en")
    assert "xlwings 0.37.8" in capsys.readouterr().out
