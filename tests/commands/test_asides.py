"""Lines beside the data: they are left out, and each is said with its row."""

import pytest

from xlcrm.books.book import Grid
from xlcrm.books.memory import MemoryBook
from xlcrm.commands.source import read_source

HEADER = ["Nom", "Prénom", "E-mail", "CP"]
DATA = [["Petit", "Léa", "lea@free.fr", "75011"], ["Roux", "Paul", "p@free.fr", "44000"]]


def read(rows):
    return read_source(MemoryBook({"Base": rows}), "Base")


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ([["Total général : 2 contacts"]], {4: "Ligne de total : laissée de côté."}),
        ([["Nombre de clients : 2"]], {4: "Remarque sous le tableau : laissée de côté."}),
        ([["Édité le 12/03/2026"]], {4: "Remarque sous le tableau : laissée de côté."}),
        (
            [[], ["Fichier de la boutique"], ["Édité le 12/03/2026"]],
            {
                5: "Remarque sous le tableau : laissée de côté.",
                6: "Remarque sous le tableau : laissée de côté.",
            },
        ),
        (
            [["Page 1 / 2"], HEADER],
            {4: "Numéro de page : laissé de côté.", 5: "En-tête répété : laissé de côté."},
        ),
    ],
)
def test_lines_beside_the_data(below, said):
    source = read([HEADER, *DATA, *below])
    assert source.rows == [2, 3]
    assert {a.row: a.problem.fr for a in source.anomalies} == said


def test_a_header_again_between_the_lines():
    source = read([HEADER, *DATA, ["Page 1"], HEADER, *DATA])
    assert source.rows == [2, 3, 6, 7]


def test_the_header_in_another_language_below_itself():
    source = read([HEADER, ["Last name", "First name", "E-mail", "Postcode"], *DATA])
    assert source.rows == [3, 4]


def test_lone_cells_that_are_contacts_stay():
    lone = [["Total Énergies"], ["Durand"], [None, None, "anne@free.fr"]]
    assert read([HEADER, *DATA, *lone]).rows == [2, 3, 4, 5, 6]


def test_a_base_of_lone_names_stays_whole():
    lone = [row for name in "ABCDEFGH" for row in ([name], [])]
    assert read([HEADER, *lone]).frame["last_name"].tolist() == list("ABCDEFGH")


@pytest.mark.parametrize(
    "title",
    ["Clients de Nantes", "Prospects", "A", "44 - Loire-Atlantique", "2025", "Secteur Nord :"],
)
def test_a_title_inside_the_list_is_no_contact(title):
    source = read([HEADER, [title], *DATA, [title], *DATA])
    assert source.rows == [3, 4, 6, 7]
    assert [(a.row, a.value, a.problem.fr) for a in source.anomalies] == [
        (2, title, "Titre de section : laissé de côté."),
        (5, title, "Titre de section : laissé de côté."),
    ]


def test_a_town_above_its_contacts_is_a_title():
    rows = [["Nom", "E-mail", "Ville"], ["Nantes"], ["Petit", "lea@free.fr", "Nantes"]]
    assert read([*rows, ["Lyon"], ["Roux", "paul@free.fr", "LYON"]]).rows == [3, 5]


def test_a_text_merged_across_the_columns_is_a_title():
    rows = [HEADER, DATA[0], ["Durand", None, None, None], DATA[1]]
    assert read(rows).rows == [2, 3, 4]
    assert read(Grid("Base", rows, merged=[(3, 1, 3, 4)])).rows == [2, 4]


def test_a_contact_called_total_stays():
    company = ["TOTAL", None, "contact@total.com", None]
    assert read([HEADER, *DATA, company]).rows == [2, 3, 4]
    assert read([HEADER, *DATA, ["Total", None, None, "92400"]]).rows == [2, 3, 4]
    assert read([HEADER, *DATA, ["Total", "2 contacts", None, None]]).rows == [2, 3]


@pytest.mark.parametrize("name", ["Région Bretagne", "Section 8 SARL", "3M", "Groupe Bertrand"])
def test_companies_that_sound_like_a_title_stay(name):
    company = ["Alpha", "0240123456", "Nantes"]
    assert read([["Société", "Tél", "Ville"], company, [name], company]).rows == [2, 3, 4]
