"""Installing into Excel: what is written where, and what is said."""

from pathlib import Path

import pytest
from fake_machine import FakeMachine

from xlcrm.errors import RequestError, SourceError
from xlcrm.front import places
from xlcrm.front.install import install_excel, uninstall_excel
from xlcrm.front.places import read_settings, settings_text


@pytest.fixture
def addin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A built add-in, wherever the project keeps it."""
    folder = tmp_path / "macros"
    folder.mkdir()
    (folder / "xlcrm.xlam").write_bytes(b"PK add-in")
    monkeypatch.setattr(places, "macros_folder", lambda: folder)
    return b"PK add-in"


def _mac(home: Path) -> FakeMachine:
    machine = FakeMachine(platform="darwin", executable="/opt/xlcrm/bin/python3")
    machine.home = lambda: home  # type: ignore[method-assign]
    return machine


def test_on_a_mac_three_files_are_written(tmp_path: Path, addin: bytes) -> None:
    told = install_excel("fr", _mac(tmp_path))
    library = tmp_path / "Library"
    startup = (
        library / "Group Containers/UBF8T346G9.Office/User Content.localized"
        "/Startup.localized/Excel/xlcrm.xlam"
    )
    settings = library / "Containers/com.microsoft.Excel/Data/xlcrm.conf"
    script = library / "Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript"
    assert startup.read_bytes() == addin
    assert read_settings(settings.read_bytes())["INTERPRETER_MAC"] == "/opt/xlcrm/bin/python3"
    assert b"VbaHandler" in script.read_bytes()
    assert "les boutons marchent" in told
    assert uninstall_excel("en", _mac(tmp_path)).startswith(f"Removed: {startup}")
    assert not startup.exists()
    assert uninstall_excel("en", _mac(tmp_path)) == "xlcrm was not in Excel."


def test_on_windows_nothing_needs_an_administrator(tmp_path: Path, addin: bytes) -> None:
    machine = FakeMachine(variables={"APPDATA": str(tmp_path), "USERPROFILE": str(tmp_path)})
    told = install_excel("en", machine)
    path = tmp_path / "Microsoft" / "Excel" / "XLSTART" / "xlcrm.xlam"
    assert path.read_bytes() == addin
    assert (tmp_path / ".xlcrm" / "xlcrm.conf").exists()
    assert told.startswith(f"xlcrm is installed: {path}")


def test_the_settings_are_those_that_xlwings_reads() -> None:
    assert settings_text(FakeMachine()).split("\r\n") == [
        '"INTERPRETER_WIN","C:\\Users\\Zoé\\AppData\\Local\\xlcrm\\python\\Scripts\\pythonw.exe"',
        '"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        '"USE UDF SERVER","True"',
        '"UDF MODULES","xlcrm.front.udfs"',
        '"SHOW CONSOLE","False"',
    ]


def test_a_python_without_a_silent_twin_is_named_itself() -> None:
    machine = FakeMachine()
    del machine.files[f"{Path(machine.executable)}".replace("python.exe", "pythonw.exe")]
    assert "python.exe" in settings_text(machine)


def test_off_windows_and_mac_the_sentence_says_where_to_go() -> None:
    with pytest.raises(RequestError, match="xlcrm install --libreoffice"):
        install_excel("fr", FakeMachine(platform="linux"))


def test_a_missing_add_in_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "macros_folder", lambda: tmp_path)
    with pytest.raises(SourceError, match="xlcrm build"):
        install_excel("fr", _mac(tmp_path))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, addin: bytes) -> None:
    (tmp_path / "Library").write_text("a file where a folder should be")
    with pytest.raises(SourceError, match=r"ne peut pas être modifié.*Fermez Excel"):
        install_excel("fr", _mac(tmp_path))
