"""Figures of a text file: which columns become numbers, and which stay as typed."""

import pandas as pd
import pytest

from xlcrm.books.file import FileBook
from xlcrm.catalogue import find_command
from xlcrm.commands.figures import read_figures
from xlcrm.commands.job import run


def read(name, values, **others):
    return read_figures(pd.DataFrame({name: values, **others}, dtype=object))[name].tolist()


@pytest.mark.parametrize(
    ("values", "figures"),
    [
        (["1 234,50", "12,5", None, "0"], [1234.5, 12.5, None, 0.0]),
        (["1\u202f234,50 €", "-3,00 €"], [1234.5, -3.0]),
        (["1.234,50", "12"], [1234.5, 12.0]),
        (["1,234.50", "12.5"], [1234.5, 12.5]),
        (["461", "1200"], [461.0, 1200.0]),
        (["461", "NC", "-"], [461.0, "NC", "-"]),
    ],
)
def test_figures(values, figures):
    assert read("Encours", values) == figures
    assert read("headcount", values) == figures


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("postcode", ["44000", "75011"]),
        ("customer_id", ["12", "13"]),
        ("Code article", ["12", "13"]),
        ("N° adhérent", ["12", "13"]),
        ("Dépt", ["44", "75"]),
        ("Balance", ["007", "12"]),  # a leading zero
        ("Joindre", ["612345678", "199001234"]),  # a phone
        ("Encours", ["1,234", "5,678"]),  # thousands in English, thousandths in French
        ("Encours", ["12,5", "3.75"]),
        ("Encours", ["12", "environ 15"]),
        ("Remise", ["20 %", "5 %"]),
        ("Encours", [None, None]),
    ],
)
def test_what_is_no_figure_stays(name, values):
    assert read(name, values) == values


def test_digits_alone_in_a_typed_table_stay_as_the_workbook_has_them():
    assert read("Points", ["461", "1200"], Note=[1.0, 2.0]) == ["461", "1200"]
    assert read("Points", ["461,5", "1200"], Note=[1.0, 2.0]) == [461.5, 1200.0]


def test_clean_gives_the_numbers_of_a_csv(tmp_path):
    path = tmp_path / "base.csv"
    path.write_text(
        "Nom;CP;Encours;Points\nDURAND;01000;1 234,50;12\nPETIT;75011;8,00;7\n", "utf-8"
    )
    book = FileBook.open(path)
    (sheet, *_) = run(find_command("clean"), book).sheets
    rows = [row for row in book.read(sheet).rows if row and row[0] in ("Durand", "Petit")]
    assert [row[1:4] for row in rows] == [["01000", 1234.5, 12.0], ["75011", 8.0, 7.0]]
