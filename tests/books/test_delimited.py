"""Text tables whose encoding and separator nobody has told."""

from pathlib import Path

import pytest

from xlcrm.books.delimited import decode, read_delimited
from xlcrm.books.html_tables import read_html
from xlcrm.errors import SourceError

ROWS = [["Nom", "Ville", "CA"], ["Lefèvre", "Orléans", "12,50"], ["Noël & fils", "Nîmes", None]]
SENTENCE = "Été à l'hôtel : Zoé, Françoise et Gaël – forêt, naïf, Noël, où ça ? 12 € « œuf »\n"


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16", "mac_roman"]
)
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encoding_and_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [separator.join(value or "" for value in row) for row in ROWS]
    path = written(tmp_path / "a.csv", "\r\n".join(lines) + "\r\n", encoding)
    assert read_delimited(path) == ROWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.txt", "Nom;Ville\nLefèvre;Nîmes\n", encoding)
    assert read_delimited(path) == [["Nom", "Ville"], ["Lefèvre", "Nîmes"]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_letters_of_french_typography(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


def test_one_bad_byte_does_not_spoil_utf_8() -> None:
    content = SENTENCE.encode() * 3 + b"\xff" + SENTENCE.encode()
    assert decode(content) == SENTENCE * 3 + "\ufffd" + SENTENCE


def test_a_decimal_comma_is_no_separator(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Nom;CA;Part\nA;12,5;0,1\nB;3,25;0,9\n")
    assert read_delimited(path)[1] == ["A", "12,5", "0,1"]


def test_commas_with_quotes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'Nom,Adresse,CP\n"Petit, Zoé","3; rue ""B""\nfond",01000\n')
    assert read_delimited(path) == [
        ["Nom", "Adresse", "CP"],
        ["Petit, Zoé", '3; rue "B"\nfond', "01000"],
    ]


def test_a_quotation_mark_that_nobody_closes(tmp_path: Path) -> None:
    lines = [f"Nom{n};0{n:04d}" for n in range(200)]
    lines[3] = '"SARL Petit;01000'
    rows = read_delimited(written(tmp_path / "a.csv", "\n".join(lines)))
    assert len(rows) == 200
    assert (rows[2], rows[4]) == (["Nom2", "00002"], ["Nom4", "00004"])


def test_a_quotation_mark_that_swallows_a_few_lines(tmp_path: Path) -> None:
    text = 'Fichier\nNom;Note;CP;Ville\n"Petit;a;75011;Paris\nRoux;"b";44000;Nantes\n'
    rows = read_delimited(written(tmp_path / "a.csv", text))
    assert rows[2:] == [["Petit", "a", "75011", "Paris"], ["Roux", "b", "44000", "Nantes"]]


def test_lines_in_a_cell_stay_together(tmp_path: Path) -> None:
    path = tmp_path / "base.csv"
    path.write_text('Nom;Note;CP\nNoir;"c;\nd; e\nf";59000\n', "utf-8")
    assert read_delimited(path)[1] == ["Noir", "c;\nd; e\nf", "59000"]


def test_the_separator_may_be_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sep=|\nNom|CP\nA;B|01000\n")
    assert read_delimited(path) == [["Nom", "CP"], ["A;B", "01000"]]


def test_title_lines_and_blank_lines_stay(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Export du 21/11/2026\n\nNom;CP\nA;01000\nB;02000\n")
    assert read_delimited(path) == [
        ["Export du 21/11/2026", None],
        [None, None],
        ["Nom", "CP"],
        ["A", "01000"],
        ["B", "02000"],
    ]


def test_one_column(tmp_path: Path) -> None:
    assert read_delimited(written(tmp_path / "a.txt", "E-mail\na@b.fr\n")) == [
        ["E-mail"],
        ["a@b.fr"],
    ]


def test_a_page_that_was_named_xls(tmp_path: Path) -> None:
    page = (
        "<html><meta charset=utf-8><table><tr><td>menu</td></tr></table><table>"
        "<tr><th>Nom<th>Ville<th>CA</tr><tr><td>Lef&egrave;vre</td><td> Orl\néans </td>"
        "<td>12,50<br>TTC</td></tr><tr><td colspan=2>Total</td><td></td></tr></table></html>"
    )
    assert read_html(written(tmp_path / "a.xls", page)) == [
        ["Nom", "Ville", "CA"],
        ["Lefèvre", "Orl éans", "12,50\nTTC"],
        ["Total", None, None],
    ]


def test_a_page_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="page web sans tableau"):
        read_html(written(tmp_path / "a.xls", "<html><p>Connexion</p></html>"))
