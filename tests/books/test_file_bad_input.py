"""Every file that cannot be served gets one clear sentence, and nothing is written."""

import errno
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from book_contract import BASE, people
from msoffcrypto.format.ooxml import OOXMLFile
from rich_workbooks import by_xlsxwriter, minimal, with_parts
from test_file import build

from xlcrm.books import file, saving
from xlcrm.books.file import FileBook
from xlcrm.errors import RequestError, SourceError

CASES = Path(__file__).parents[1] / "cases" / "books"


def refused(path: Path, sheet: str = "Base") -> str:
    """The French sentence with which a file is refused, on opening or on reading."""
    with pytest.raises(SourceError) as caught:
        FileBook.open(path).read(sheet)
    french, english = caught.value.in_("fr"), caught.value.in_("en")
    assert path.name in french
    assert path.name in english
    assert "\n" not in french + english
    return french


def rewritten(path: Path, part: str, content: bytes) -> None:
    """Give a part of a package another content."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_missing_file_names_those_alike(tmp_path: Path) -> None:
    build(tmp_path / "clients 2026.xlsx", {"Base": BASE})
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    sentence = refused(tmp_path / "client 2026.xlsx")
    assert sentence.endswith("est introuvable ; ce dossier contient : clients 2026.xlsx.")
    assert "n'existe pas" in refused(tmp_path / "ailleurs" / "a.xlsx")


def test_folder(tmp_path: Path) -> None:
    assert "est un dossier, pas un fichier" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.xlsx", b"", "est vide (0 octet)"),
        ("vide.csv", b"", "est vide (0 octet)"),
        ("texte.xlsx", b"Nom;CP\nDurand;44000\n", "n'est pas un classeur .xlsx mais un texte"),
        ("page.xlsx", b"<html><body>Connexion</body></html>", "mais une page web"),
        ("page.xls", b"<html><body>Connexion</body></html>", "est une page web sans tableau"),
        ("facture.xlsx", b"%PDF-1.7\n", "n'est pas un classeur .xlsx mais un PDF"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "n'est ni un classeur ni un texte"),
        ("lettre.docx", b"PK\x03\x04", "n'est pas un classeur que xlcrm sait lire"),
        ("bruit.xlsx", b"PK\x03\x04" + bytes(range(256)), "est incomplet ou abîmé"),
        (
            "2003.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "est une feuille de calcul XML de 2003",
        ),
    ],
)
def test_content_that_is_no_workbook(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refused(path)


def test_truncated_workbook(tmp_path: Path) -> None:
    path = tmp_path / "coupé.xlsx"
    by_xlsxwriter(path)
    content = path.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(content[: int(len(content) * share)])
        assert "est incomplet ou abîmé. Téléchargez-le de nouveau" in refused(path)


def test_a_truncated_workbook_of_1997(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "coupé.xls"
    content = (CASES / "clients.xls").read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(content[: int(len(content) * share)])
        assert "coupé.xls " in refused(path)
    assert capfd.readouterr() == ("", "")


def test_a_damaged_entry(tmp_path: Path) -> None:
    path = tmp_path / "abîmé.xlsx"
    by_xlsxwriter(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 60 : start + 90] = bytes(30)
    path.write_bytes(content)
    assert "est incomplet ou abîmé" in refused(path)


def test_password(tmp_path: Path) -> None:
    clear = tmp_path / "clair.xlsx"
    build(clear, {"Base": BASE})
    path = tmp_path / "secret.xlsx"
    with clear.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("motdepasse", target)
    assert "est protégé par un mot de passe" in refused(path)


def test_a_word_document_of_1997(tmp_path: Path) -> None:
    path = tmp_path / "lettre.xls"
    directory = b"".join(n.encode("utf-16-le") for n in ("Root Entry", "WordDocument"))
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory)
    assert "mais un autre document Office" in refused(path)


def test_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bombe.xlsx"
    minimal(path)
    rewritten(path, "xl/worksheets/sheet.xml", b"<x>" + bytes(80 << 20))
    assert "se déplie en une taille anormale" in refused(path)


def test_an_entry_larger_than_it_says(tmp_path: Path) -> None:
    path = tmp_path / "menteur.xlsx"
    minimal(path)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "est incomplet ou abîmé" in refused(path)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "est une archive zip, pas un classeur" in refused(path)


def test_missing_workbook_part(tmp_path: Path) -> None:
    path = tmp_path / "sans.xlsx"
    minimal(path)
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n != "xl/workbook.xml"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "n'est pas un classeur (aucune partie « workbook »)" in refused(path)


def test_a_text_document_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "lettre.xlsx"
    minimal(path)
    rewritten(path, "xl/workbook.xml", b'<w:document xmlns:w="urn:w"><w:body/></w:document>')
    assert "n'est pas un classeur (aucune partie « workbook »)" in refused(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet.xml"])
def test_entity_bomb(tmp_path: Path, part: str) -> None:
    path = tmp_path / "entités.xlsx"
    minimal(path)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(part)
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    head, body = xml.split(b"\n", 1)
    rewritten(path, part, head + lol + body)
    assert "est abîmé (partie «" in refused(path)


def test_broken_xml(tmp_path: Path) -> None:
    path = tmp_path / "cassé.xlsx"
    minimal(path)
    rewritten(path, "xl/workbook.xml", b"<workbook><sheets>")
    assert "est abîmé (partie « xl/workbook.xml » illisible)" in refused(path)


def test_a_lone_cell_far_away(tmp_path: Path) -> None:
    path = tmp_path / "loin.xlsx"
    minimal(path)
    lie = '<dimension ref="A1:C3"/><sheetData>'
    with_parts(path, {}, {}, {}, [("xl/worksheets/sheet.xml", "<sheetData>", lie)])
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with_parts(path, {}, {}, {}, [("xl/worksheets/sheet.xml", "</sheetData>", far)])
    assert "va jusqu'à la cellule XFD1048576" in refused(path)


def test_formatted_cells_far_away_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "format.xlsx"
    minimal(path)
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    with_parts(path, {}, {}, {}, [("xl/worksheets/sheet.xml", "</sheetData>", far)])
    assert len(FileBook.open(path).read("Base").rows) == 3


def test_protected_structure(tmp_path: Path) -> None:
    path = tmp_path / "protégé.xlsx"
    minimal(path, properties='<workbookProtection lockStructure="1"/>')
    book = FileBook.open(path)
    assert len(book.read("Base").rows) == 3
    with pytest.raises(SourceError, match=r"La structure de protégé.xlsx est protégée"):
        book.write([people([["Durand"]])])
    assert [p.name for p in tmp_path.iterdir()] == ["protégé.xlsx"]


def test_chart_sheets_and_hidden_sheets_are_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    by_xlsxwriter(path)
    book = FileBook.open(path)
    assert book.sheets() == ["Base", "Ventes"]
    assert book.read("Très cachée").rows == []
    with pytest.raises(RequestError, match="Pas de feuille « Graphique »"):
        book.read("Graphique")


def test_error_cells_are_their_text(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    minimal(path)
    cells = (
        '<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4" t="str"><f>"x"</f><v>x</v></c>'
        '<c r="C4" s="0" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    )
    with_parts(path, {}, {}, {}, [("xl/worksheets/sheet.xml", "</sheetData>", cells)])
    assert FileBook.open(path).read("Base").rows[3] == ["#N/A", "x", "#DIV/0!"]


def test_a_workbook_renamed_is_read_by_its_content(tmp_path: Path) -> None:
    expected = [["Nom", "CP", "Né le", "CA"]]
    shutil.copy(CASES / "clients.xls", tmp_path / "ancien.xlsx")
    build(tmp_path / "neuf.csv", {"Base": expected})
    for name in ("ancien.xlsx", "neuf.csv"):
        book = FileBook.open(tmp_path / name)
        assert book.read("Base").rows[:1] == expected
        assert book.output.suffix == ".xlsx"


def test_output_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    with pytest.raises(
        SourceError, match=r"doit être un fichier .xlsx : .* r.xlsx au lieu de r.csv"
    ):
        FileBook.open(path, tmp_path / "r.csv")
    with pytest.raises(SourceError, match=r"doit être un fichier .xlsx"):
        FileBook.open(path, tmp_path / "r.xlsm")


def test_output_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    with pytest.raises(SourceError, match=r"r.xlsx n'a pas pu .*ailleurs n'existe pas"):
        FileBook.open(path, tmp_path / "ailleurs" / "r.xlsx")


def test_output_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    monkeypatch.setattr(saving.os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(SourceError, match="vous n'avez pas le droit d'écrire dans"):
        FileBook.open(path, tmp_path / "r.xlsx")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left"), "le disque est plein"),
        (PermissionError(errno.EACCES, "Denied"), "il est ouvert dans un autre programme"),
        (OSError(errno.EROFS, "Read-only"), "vous n'avez pas le droit d'écrire"),
        (OSError(errno.EIO, "Input/output error"), "le disque a refusé l'écriture"),
        (OSError(errno.EFBIG, "File too large"), "plus gros que ce que ce disque accepte"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str, call: str
) -> None:
    path, output = tmp_path / "base.xlsx", tmp_path / "sortie.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path, output)
    book.write([people([["Durand"]])])
    before = output.read_bytes()

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(saving.os, call, fail)
    with pytest.raises(SourceError, match=f"sortie.xlsx n'a pas pu être enregistré : .*{said}"):
        book.write([people([["Petit"]])])
    assert output.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["base.xlsx", "sortie.xlsx"]


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    before = path.read_bytes()

    class Stopped(list[Any]):
        def __getitem__(self, place: Any) -> Any:
            raise KeyboardInterrupt

    book = FileBook.open(path)
    with pytest.raises(KeyboardInterrupt):
        book.write([people(Stopped([["a"]]))])
    assert [p.name for p in tmp_path.iterdir()] == ["base.xlsx"]
    assert path.read_bytes() == before


def test_a_source_saved_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})
    book = FileBook.open(path)
    book.read("Base")
    build(path, {"Base": [*BASE, *BASE]})
    os.utime(path, ns=(1, 1))
    with pytest.raises(SourceError, match=r"base.xlsx a changé pendant le travail"):
        book.write([people([["Durand"]])])


def test_a_text_table_longer_than_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "achats.csv"
    path.write_text("Client;CA\n" + "A;1\n" * 30)
    monkeypatch.setattr(file, "_MOST_ROWS", 20)
    book = FileBook.open(path)
    assert len(book.read("achats").rows) == 31
    book.write([people([["Durand"]])])
    sentence = "Les 31 lignes de achats.csv ne tiennent pas dans une feuille ; elles restent"
    assert book.told == [f"{sentence} dans ce fichier."]
    assert book.read("achats").rows == [[f"{sentence} dans ce fichier."]]


def test_a_table_longer_than_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "base.xlsx"
    build(path, {"Base": BASE})

    class Long(list[Any]):
        def __len__(self) -> int:
            return 1_048_576

    with pytest.raises(SourceError, match="1 048 576 lignes"):
        FileBook.open(path).write([people(Long())])
    assert [p.name for p in tmp_path.iterdir()] == ["base.xlsx"]
