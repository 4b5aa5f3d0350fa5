"""Headers as people type them: titles above, merged groups, two rows, none."""

import pytest

from xlcrm.books.book import Grid
from xlcrm.commands.headers import find_header
from xlcrm.errors import SourceError


def keys(rows, **grid):
    return find_header(Grid("Base", rows, **grid)).keys


def test_first_row():
    assert keys([["Nom", "Prénom", "CP"], ["Durand", "Léa", "75011"]]) == [
        "last_name",
        "first_name",
        "postcode",
    ]


def test_title_and_blank_rows_above():
    rows = [["Fichier clients 2026"], [], ["Mise à jour : mai"], ["Nom", "E-mail"], ["A", "a@b.fr"]]
    header = find_header(Grid("Base", rows))
    assert header.position == 3
    assert header.keys == ["last_name", "email"]


def test_merged_group_gives_its_label_to_what_it_spans():
    rows = [
        ["Contact", None, "Accord", None],
        ["Nom", "Tél.", "Tél.", "E-mail"],
        ["Durand", "0612345678", "oui", "non"],
    ]
    merged = [(1, 1, 1, 2), (1, 3, 1, 4)]
    assert keys(rows, merged=merged) == ["last_name", "phone", "consent_phone", "consent_email"]


def test_header_merged_downward():
    rows = [["Nom", "Coordonnées", None], [None, "Mail", "CP"], ["Durand", "a@b.fr", 75011.0]]
    merged = [(1, 1, 2, 1), (1, 2, 1, 3)]
    assert keys(rows, merged=merged) == ["last_name", "email", "postcode"]


def test_title_merged_over_the_whole_table_is_no_group():
    rows = [["Adresse des clients", None], ["Nom", "Ville"], ["Durand", "Lille"]]
    assert keys(rows, merged=[(1, 1, 1, 2)]) == ["last_name", "town"]


def test_duplicate_headers_keep_their_own_names():
    header = find_header(Grid("B", [["Nom", "Nom", "Tel", "Tel"], ["a", "b", "1", "2"]]))
    assert header.labels == ["Nom", "Nom (2)", "Tel", "Tel (2)"]
    assert header.keys == ["last_name", None, "phone", "mobile"]


def test_column_without_a_label_is_called_by_its_letter():
    grid = Grid("B", [["Nom", None], ["Durand", "x"]], left=3)
    assert find_header(grid).labels == ["Nom", "D"]


@pytest.mark.parametrize("above", [["Remarque"], ["Ventes", 12.0]])
def test_a_header_below_many_filled_rows(above):
    rows = [above] * 60 + [["Nom", "E-mail", "CP"], ["Durand", "a@b.fr", "75011"]]
    assert find_header(Grid("B", rows)).position == 60


def test_unknown_labels_are_still_a_header():
    assert find_header(Grid("B", [["Couleur", "Pointure"], ["bleu", 38.0]])).labels == [
        "Couleur",
        "Pointure",
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "est vide"),
        ([[None], [""]], "est vide"),
        ([["Fichier clients"]], "n'a qu'un titre"),
        ([["Nom", "Prénom"]], "n'a qu'un titre ou une ligne d'en-tête, sans données"),
        ([["Durand", "a@b.fr", 75011.0], ["Petit", "c@d.fr", 59000.0]], "pas de ligne d'en-tête"),
        ([["M.", "Roux", "Paul"], ["Mme", "Petit", "Léa"]], "pas de ligne d'en-tête"),
        ([["M.", "Roux", "p@b.fr", "0612"]] * 3, "pas de ligne d'en-tête"),
        ([["Client", "Roux", "06 12 34 56 78"]] * 3, "pas de ligne d'en-tête"),
    ],
)
def test_what_is_no_table_is_said(rows, words):
    with pytest.raises(SourceError, match=r"« Base » \(clients.xlsx\)") as caught:
        find_header(Grid("Base", rows), "clients.xlsx")
    assert words in caught.value.in_("fr")
    assert "clients.xlsx" in caught.value.in_("en")


def test_an_explicit_mobile_wins_over_a_second_phone():
    assert keys([["Nom", "Tél", "Tel 2", "Portable"], ["a", "1", "2", "3"]]) == [
        "last_name",
        "phone",
        None,
        "mobile",
    ]
    assert keys([["Nom", "Tel 2", "Portable"], ["a", "2", "3"]]) == ["last_name", "phone", "mobile"]
    assert keys([["Nom", "Tél", "Tel 2"], ["a", "1", "2"]]) == ["last_name", "phone", "mobile"]


def test_columns_that_may_refuse_all_keep_their_key():
    row = ["Nom", "STOP", "Ne plus contacter", "E-mail", "Newsletter", "RGPD"]
    found = keys([row, ["a", "", "oui", "a@b.fr", "oui", "non"]])
    assert found == ["last_name", "opposition", "opposition", "email"] + ["consent_email"] * 2


CONTACT = ["Nom", "Prénom", "Tél"]
PERSON = ["Durand", "Léa", "0612345678"]


@pytest.mark.parametrize(
    ("header", "grid", "second"),
    [
        (
            [["Contact 1", None, None, "Contact 2", None, None], [*CONTACT, *CONTACT]],
            {"merged": [(1, 1, 1, 3), (1, 4, 1, 6)]},
            "Contact 2",
        ),
        ([["Père", None, None, "Mère", None, None], [*CONTACT, *CONTACT]], {}, "Mère"),
        ([["Nom 1", "Prénom 1", "Tél 1", "Nom 2", "Prénom 2", "Tél 2"]], {}, "Contact 2"),
        ([[*CONTACT, "Nom 2", "Prénom 2", "Tél 2"]], {}, "Contact 2"),
        ([[*CONTACT, *CONTACT]], {}, "Contact 2"),
    ],
)
def test_a_second_contact_on_the_row_is_kept_apart(header, grid, second):
    found = find_header(Grid("Base", [*header, [*PERSON, "Roux", "Paul", "0712345678"]], **grid))
    assert found.keys == ["last_name", "first_name", "phone", None, None, None]
    assert all(label.startswith(f"{second} – ") for label in found.labels[3:])
    assert found.beside == [second]


def test_columns_that_two_contacts_share_stay():
    header = ["Société", *CONTACT, *CONTACT, "Ville", "Remarque"]
    found = find_header(Grid("Base", [header, ["Alpha", *PERSON, *PERSON, "Lyon", "x"]]))
    assert [k for k in found.keys if k] == [
        *("company", "last_name", "first_name", "phone"),
        *("town", "comment"),
    ]
