"""The file book and a real spreadsheet program: each reads what the other wrote."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from book_contract import TEXTS, column, grid_settings, people
from rich_workbooks import by_openpyxl, by_xlsxwriter, minimal
from test_file_preservation import TOUCHED, assert_sound, contents, raw_entries, segments

from xlcrm.books.calc_engine.office import find_soffice
from xlcrm.books.file import FileBook

pytestmark = pytest.mark.libreoffice
RESULTS = [people([[text] for text in TEXTS]), segments(), grid_settings(10)]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soffice")


def saved_by_libreoffice(path: Path, profile: Path, kind: str = "xlsx") -> Path:
    """The file as LibreOffice writes it after it has opened it."""
    folder = path.parent / "libreoffice"
    command = [find_soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind}"


@pytest.mark.parametrize("build", [by_xlsxwriter, by_openpyxl, minimal])
def test_libreoffice_reads_the_result(tmp_path: Path, profile: Path, build) -> None:
    path = tmp_path / "base.xlsx"
    build(path)
    book = FileBook.open(path)
    book.write(RESULTS)
    again = FileBook.open(saved_by_libreoffice(book.output, profile))
    assert again.made() == book.made()
    for sheet in ["Base", *book.made().values()]:
        assert again.read(sheet).rows == book.read(sheet).rows
    assert column(again, "Contacts", "Nom") == TEXTS


def test_what_libreoffice_saved_is_written_to_again(tmp_path: Path, profile: Path) -> None:
    path = tmp_path / "base.xlsx"
    by_xlsxwriter(path)
    book = FileBook.open(path)
    book.write(RESULTS)
    saved = saved_by_libreoffice(book.output, profile)
    again = FileBook.open(saved, saved)
    assert again.write([people([["Petit"]])]) == ["Contacts"]
    assert column(again, "Contacts", "Nom") == ["Petit"]
    assert_sound(saved)
    last = FileBook.open(saved_by_libreoffice(saved, profile))
    assert (last.made(), column(last, "Contacts", "Nom")) == (book.made(), ["Petit"])


def test_a_workbook_of_libreoffice_keeps_its_bytes(tmp_path: Path, profile: Path) -> None:
    path = tmp_path / "base.xlsx"
    by_xlsxwriter(path)
    source = saved_by_libreoffice(path, profile)
    book = FileBook.open(source)
    book.write(RESULTS)
    before, after = raw_entries(source), raw_entries(book.output)
    assert {name for name in before if before[name] != after.get(name)} == {
        name for name in before if name.endswith(TOUCHED)
    }
    assert_sound(book.output)
    dropped = FileBook.open(book.output, book.output)
    dropped.drop()
    assert contents(book.output) == contents(source)


def test_charts_lists_and_filters_arrive(tmp_path: Path, profile: Path) -> None:
    path = tmp_path / "base.xlsx"
    minimal(path)
    book = FileBook.open(path)
    book.write([segments()])
    with zipfile.ZipFile(saved_by_libreoffice(book.output, profile, "ods")) as archive:
        content = archive.read("content.xml").decode()
    chart = "Segments.A5:Segments.A6 Segments.B4:Segments.B4 Segments.B5:Segments.B6"
    assert content.count(f'draw:notify-on-update-of-ranges="{chart}"') == 2
    assert 'table:name="Segments" table:base-cell-address="$Base.$A$1" ' in content
    assert 'target-range-address="Segments.A4:Segments.B6"' in content  # the filter
    assert "Critère" in content  # the note of the header
