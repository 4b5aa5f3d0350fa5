"""The delivered files are those that the code makes."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from xlcrm.catalogue import TemplateEntry
from xlcrm.errors import SourceError
from xlcrm.front import build
from xlcrm.front.build import build_all, checked_addin, same_content
from xlcrm.front.package import read_parts
from xlcrm.front.places import built_addin
from xlcrm.texts import Lang, Text


def _archive(kind: int, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("part", content)
    return out.getvalue()


_ADDIN = _archive(zipfile.ZIP_STORED, "x")


@pytest.fixture
def one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue with one small template, and an add-in and a reference that are quick to make."""

    def make(path: Path, lang: Lang, teacher: bool = False) -> None:
        with xlsxwriter.Workbook(path) as book:
            book.set_properties({"created": datetime(2026, 1, 1)})
            book.add_worksheet("Été").write("A1", f"{lang} {teacher}")

    words = Text(fr="Essai", en="Trial")
    entry = TemplateEntry("trial", "essai", "budgets", words, words, "Help", make, True)
    monkeypatch.setattr(build, "TEMPLATES", {"trial": entry})
    monkeypatch.setattr(build, "addin_bytes", lambda: _ADDIN)
    monkeypatch.setattr(build, "check_macros", lambda parts, suffix: [])
    monkeypatch.setattr(build, "references", lambda: {"docs/reference.md": "texte\n"})


@pytest.mark.usefixtures("one_template")
def test_build_writes_and_check_finds_it_as_it_should_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_all(tmp_path) == 0
    names = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert names == {
        "macros/xlcrm.xlam",
        "docs/reference.md",
        "workbooks/fr/essai.xlsx",
        "workbooks/fr/essai.xlsm",
        "workbooks/fr/essai-formateur.xlsx",
        "workbooks/en/trial.xlsx",
        "workbooks/en/trial.xlsm",
        "workbooks/en/trial-teacher.xlsx",
    }
    assert b"xl/vbaProject.bin" in (tmp_path / "workbooks/fr/essai.xlsm").read_bytes()
    capsys.readouterr()
    assert build_all(tmp_path, check=True) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("one_template")
def test_check_names_what_is_not_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_all(tmp_path)
    (tmp_path / "docs/reference.md").write_text("autre")
    (tmp_path / "workbooks/en/trial.xlsx").unlink()
    (tmp_path / "workbooks/fr/ancien.xlsm").write_bytes(b"")
    capsys.readouterr()
    assert build_all(tmp_path, check=True) == 1
    assert capsys.readouterr().out.splitlines() == [
        "workbooks/en/trial.xlsx n'est pas à jour : lancez « xlcrm build ».",
        "docs/reference.md n'est pas à jour : lancez « xlcrm build ».",
        "workbooks/fr/ancien.xlsm est en trop.",
    ]
    build_all(tmp_path)
    assert not (tmp_path / "workbooks/fr/ancien.xlsm").exists()


@pytest.mark.usefixtures("one_template")
def test_an_add_in_that_excel_would_refuse_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "check_macros", lambda parts, suffix: ["no relation"])
    with pytest.raises(SourceError, match="Excel refuserait le complément : no relation"):
        build_all(tmp_path)


def test_compression_makes_no_difference() -> None:
    files = [_archive(kind, "x" * 1000) for kind in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)]
    assert files[0] != files[1]
    assert same_content(*files)
    assert not same_content(files[0], b"text")


def test_the_delivered_add_in_is_that_of_the_catalogue() -> None:
    """Where it fails: `xlcrm build`, and commit macros/xlcrm.xlam."""
    delivered = read_parts(built_addin().read_bytes())
    fresh = read_parts(checked_addin())
    assert {n for n in delivered | fresh if delivered.get(n) != fresh.get(n)} == set()
