"""The demo: the whole story on the sample base, in both languages."""

import re

import openpyxl
import pytest

from xlcrm.front.cli import main


def test_a_place_that_is_no_folder_is_said(tmp_path, capsys):
    place = tmp_path / "base.xlsx"
    place.touch()
    assert main(["demo", str(place)]) == 1
    assert capsys.readouterr().err == (
        f"Le dossier {place} ne peut pas être créé ; choisissez : xlcrm demo DOSSIER.\n"
    )


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    place = tmp_path / "marielle-nature.xlsx"
    place.mkdir()  # where the sample base would go
    for argv in (["demo", str(tmp_path)], ["template", "bfr", "-o", str(tmp_path / "non" / "b")]):
        assert main(argv) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert " n'a pas pu être enregistré : " in line


# The sheets of the result whose rows of data a line of the demo counts: line, place, sheets.
COUNTED = (
    (0, 0, ("Vue unique", "Single view")),
    (1, 0, ("Journal", "Journal")),
    (3, 3, ("Base fusionnée", "Merged base")),
    (6, 2, ("Cible", "Target")),
)


def figures(lines: list[str]) -> list[list[str]]:
    """The numbers of each line, as both languages have them: 1200, 79.5."""
    joined = [re.sub(r"(?<=\d)[ ,](?=\d{3}\b)", "", line).replace(",", ".") for line in lines]
    return [re.findall(r"\d+(?:\.\d+)?", line) for line in joined]


@pytest.mark.slow
def test_demo_tells_it_in_ten_lines_and_leaves_a_workbook(tmp_path, capsys):
    told = {}
    for lang in ("fr", "en"):
        assert main(["demo", str(tmp_path / lang), "--lang", lang]) == 0
        told[lang] = capsys.readouterr().out.splitlines()
        assert len(told[lang]) == 10
        assert max(len(line) for line in told[lang][:9]) <= 80
        assert len(list((tmp_path / lang).glob("*.xlsx"))) == 6
    labels = [line[:17].rstrip() for line in told["fr"]]
    assert labels == (
        "Vue unique|Nettoyer|Qualifier|Dédoublonner|Scorer (RFM)|Segmenter|Cibler|Budget marketing"
        "|Tableau de bord|Résultat"
    ).split("|")
    seen = figures(told["fr"][:9])
    assert seen == figures(told["en"][:9])
    assert [len(numbers) for numbers in seen] == [2, 2, 2, 4, 2, 2, 4, 3, 3]
    names = ("marielle-nature-resultat.xlsx", "marielle-nature-en-result.xlsx")
    for lang, name, at in zip(("fr", "en"), names, (0, 1), strict=True):
        assert told[lang][9].endswith(str(tmp_path / lang / name))
        book = openpyxl.load_workbook(tmp_path / lang / name, read_only=True)
        for line, place, sheets in COUNTED:
            assert seen[line][place] == str(listed_rows(book[sheets[at]])), sheets[at]


def listed_rows(sheet) -> int:
    """How many rows stand under the header, the first row of four cells or more."""
    filled = [sum(v is not None for v in row) for row in sheet.iter_rows(values_only=True)]
    return len(filled) - 1 - next(i for i, count in enumerate(filled) if count >= 4)
