"""The demo: the whole story on the sample base, in both languages."""

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


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_demo_tells_every_step_and_leaves_a_workbook(lang, tmp_path, capsys):
    assert main(["demo", str(tmp_path / "d"), "--lang", lang]) == 0
    told = capsys.readouterr().out.strip().splitlines()
    assert len(told) == 15
    names = {"fr": "marielle-nature-resultat.xlsx", "en": "marielle-nature-en-result.xlsx"}
    book = openpyxl.load_workbook(tmp_path / "d" / names[lang], read_only=True)
    wanted = {
        "fr": ["Vue unique", "Contacts nettoyés", "Anomalies", "Doublons", "Scores RFM", "Cible"],
        "en": ["Single view", "Clean contacts", "Anomalies", "Duplicates", "RFM scores", "Target"],
    }
    assert set(wanted[lang]) <= set(book.sheetnames)
    assert len(list((tmp_path / "d").glob("*.xlsx"))) == 6
