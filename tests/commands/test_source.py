"""A sheet as a table: meanings of columns, provenance, what is left out."""

from datetime import date, datetime

import pytest

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.commands.purchases import purchase_sheets
from xlcrm.commands.source import contact_sheets, read_source, require
from xlcrm.errors import NothingFound, RequestError, SourceError


def read(rows, **extra):
    return read_source(MemoryBook({"Base": rows, **extra}), "Base")


def test_each_row_knows_its_line():
    source = read(
        [["Titre"], [], ["Nom", "CP"], ["Durand", 75011.0], [None, ""], ["Petit", "1000"]]
    )
    assert source.frame.to_dict("list") == {
        "last_name": ["Durand", "Petit"],
        "postcode": [75011.0, "1000"],
    }
    assert source.rows == [4, 6]
    assert source.names == ["Base"]


def test_a_column_of_whole_names_called_nom():
    source = read([["Nom", "CP"], ["Léa Durand", "75011"], ["Petit Paul", "01000"]])
    assert list(source.frame) == ["full_name", "postcode"]
    assert source.label("full_name") == "Nom"


def test_nom_beside_prenom_stays_the_last_name():
    source = read([["Nom", "Prénom"], ["Le Goff", "Léa"], ["De La Tour", "Paul"]])
    assert list(source.frame) == ["last_name", "first_name"]


def test_an_address_with_postcode_and_town_is_whole():
    source = read([["Nom", "Adresse"], ["Durand", "3 rue X, 75011 Paris"]])
    assert "full_address" in source.frame


def test_a_client_column_of_codes_is_the_customer_number():
    source = read([["Client", "Date", "Montant"], ["C-001", "01/02/2026", 12.0]])
    assert list(source.frame) == ["customer_id", "order_date", "amount"]
    assert source.holds_purchases()


def test_the_day_of_a_registration_is_no_purchase():
    source = read([["Nom", "E-mail", "Date d'inscription", "CA"], ["Durand", "a@b.fr", "x", 12.0]])
    assert source.holds_contacts()
    assert "order_date" not in source.frame


def test_days_of_purchases_in_words_are_days():
    source = read([["N° client", "Date d'achat", "Montant"], ["A", "12 juin 2026", 1.0],
                   ["A", "1er juin 2026", 1.0], ["A", "bientôt", 1.0]])  # fmt: skip
    assert source.frame["order_date"].tolist() == [date(2026, 6, 12), date(2026, 6, 1), "bientôt"]


def test_the_users_other_columns_come_along():
    source = read([["Nom", "Couleur", "Vide"], ["Durand", "bleu", None]])
    assert list(source.frame) == ["last_name", "Couleur"]


def test_a_total_line_is_left_out_and_said():
    rows = [
        ["N° client", "Date d'achat", "Montant"],
        ["A", "01/02/2026", 10.0],
        ["Total", None, 10.0],
    ]
    source = read(rows)
    assert source.frame["customer_id"].tolist() == ["A"]
    assert [(a.row, a.value) for a in source.anomalies] == [(3, "Total")]


def test_a_failed_formula_is_an_anomaly_with_its_place():
    source = read([["Nom", "Tél."], ["Durand", "#REF!"]])
    assert [(a.sheet, a.row, a.column, a.value) for a in source.anomalies] == [
        ("Base", 2, "Tél.", "#REF!")
    ]


def test_provenance_of_a_result_sheet_is_kept():
    source = read([["Nom", "Source", "Ligne"], ["Durand", "Salon", 17.0]])
    assert (source.sheets, source.rows) == (["Salon"], [17])
    assert list(source.frame) == ["last_name"]


def test_a_users_own_source_column_stays():
    source = read([["Nom", "Source"], ["Durand", "Salon de mai"]])
    assert source.frame["source"].tolist() == ["Salon de mai"]
    assert source.sheets == ["Base"]


def test_which_sheets_hold_what():
    book = MemoryBook(
        {
            "Contacts": [["Nom", "E-mail"], ["Durand", "a@b.fr"]],
            "Ventes": [["N° client", "Date d'achat", "Montant"], ["1", "01/02/2026", 5.0]],
            "Notes": [["à faire"]],
        }
    )
    assert list(contact_sheets(book)) == ["Contacts"]
    assert list(purchase_sheets(book)) == ["Ventes"]


def test_header_without_data():
    with pytest.raises(SourceError, match="sans données"):
        read([["Nom", "Prénom"], [None, None]])


def test_a_missing_column_is_named_with_those_that_are_there():
    source = read([["Nom", "E-mail"], ["Durand", "a@b.fr"]])
    with pytest.raises(RequestError) as caught:
        require(source, "amount")
    assert caught.value.in_("fr") == (
        "Pas de colonne « Montant » dans la feuille « Base » ; elle a : Nom, E-mail."
    )


def test_a_failed_formula_is_read_as_blank():
    source = read([["Nom", "Remise"], ["Durand", "#N/A"], ["Petit", 0.1]])
    assert source.frame["Remise"].tolist() == [None, 0.1]


def test_a_list_of_mere_emails_is_contacts_but_not_beside_a_base():
    newsletter = [["E-mail"], ["a@exemple.fr"]]
    assert list(contact_sheets(MemoryBook({"Inscrits": newsletter}))) == ["Inscrits"]
    both = MemoryBook({"Stop": newsletter, "Base": [["Nom"], ["Durand"]]})
    assert list(contact_sheets(both)) == ["Base"]


@pytest.mark.parametrize("command", ["unify", "clean", "score", "quality", "target"])
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "La feuille « Base » (memory.xlsx) est vide."),
        ([["Fichier 2026"]], "La feuille « Base » (memory.xlsx) n'a qu'un titre, sans données."),
        (
            [["DURAND", "0612345678"], ["PETIT", "0712345678"]],
            "n'a pas de ligne d'en-tête : ajoutez au-dessus des données une ligne",
        ),
    ],
)
def test_a_workbook_without_a_table_is_told_why(command, rows, words):
    with pytest.raises((NothingFound, SourceError)) as caught:
        run(find_command(command), MemoryBook({"Base": rows}))
    assert words in caught.value.in_("fr")


def test_each_sheet_without_a_table_has_its_sentence():
    with pytest.raises(SourceError) as caught:
        run(find_command("clean"), MemoryBook({"A": [], "B": [["Fichier 2026"]]}))
    assert caught.value.in_("en") == (
        'Sheet "A" (memory.xlsx) is empty. Sheet "B" (memory.xlsx) has only a title, no data.'
    )


def test_columns_that_hold_no_contacts_are_named_in_the_language_of_the_run():
    book = MemoryBook({"Base": [["Couleur", "Pointure"], ["bleu", 38.0]]})
    with pytest.raises(RequestError) as caught:
        run(find_command("clean"), book)
    assert caught.value.in_("en").endswith('Columns found: "Base": Couleur, Pointure.')
    assert caught.value.in_("fr").endswith("Colonnes trouvées : « Base » : Couleur, Pointure.")


def test_cleaning_says_which_columns_it_does_not_know():
    book = MemoryBook({"Base": [["Nom", "E-mail", "E-mail"], ["Durand", "a@b.fr", "c@d.fr"]]})
    report = run(find_command("clean"), book)
    assert report.messages == [
        "Colonnes que xlcrm ne connaît pas, gardées telles quelles : E-mail (2)."
    ]


def test_a_failed_formula_is_shown_by_its_error_in_the_report():
    report = run(find_command("clean"), MemoryBook({"Base": [["Nom"], ["Durand"], ["#REF!"]]}))
    assert [(a["row"], a["value"]) for a in report.anomalies] == [(3, "#REF!")]


def test_segmenting_without_a_criterion_says_what_to_add():
    with pytest.raises(RequestError) as caught:
        run(find_command("segment"), MemoryBook({"Base": [["Nom"], ["Durand"]]}))
    assert "Âge, Genre, Département" in caught.value.in_("fr")
    assert "lancez « Scorer (RFM) » d'abord" in caught.value.in_("fr")


def test_totals_between_the_lines_and_a_remark_below_are_left_out_and_said():
    source = read(
        [
            ["N° client", "Date d'achat", "Montant"],
            ["A", "01/02/2026", 10.0],
            ["Total février", None, 10.0],
            ["B", "01/03/2026", 20.0],
            ["Sous-total", None, 20.0],
            ["C", "02/03/2026", 5.0],
            ["D", "03/03/2026", 5.0],
            [None, None, None],
            ["Édité le 12/03/2026", None, None],
        ]
    )
    assert source.frame["customer_id"].tolist() == ["A", "B", "C", "D"]
    assert source.rows == [2, 4, 6, 7]
    assert [a.row for a in source.anomalies] == [3, 5, 9]


def test_rows_above_a_deep_header_are_said():
    source = read([["Petit", "Léa"]] * 40 + [["Nom", "Prénom"], ["Roux", "Paul"]])
    assert source.frame["last_name"].tolist() == ["Roux"]
    assert [(a.row, a.problem.fr) for a in source.anomalies] == [
        (1, "40 lignes au-dessus de l'en-tête : non lues.")
    ]


def test_a_company_called_total_stays():
    rows = [
        ["Société", "Téléphone", "CA"],
        ["Total", 612345678.0, 10.0],
        ["Total Énergies", "0612345678", None],
        *[[name, None, 1.0] for name in "ABCD"],
    ]
    assert read(rows).frame["company"].tolist()[:2] == ["Total", "Total Énergies"]


def test_a_users_own_source_and_row_columns_are_no_provenance():
    source = read([["Nom", "Source", "Ligne"], ["Durand", "site", "x"], ["Petit", None, 12.0]])
    assert (source.sheets, source.rows) == (["Base", "Base"], [2, 3])
    assert source.frame["Ligne (2)"].tolist() == ["x", 12.0]


def test_dates_of_1899_and_2099_are_kept_and_said():
    rows = [
        ["Nom", "Date de naissance", "Date de création"],
        ["Durand", datetime(1900, 1, 1), "31/12/2099"],
        ["Petit", "01/01/1899", datetime(2026, 11, 21)],
        ["Noir", datetime(1980, 5, 1), datetime(2026, 11, 22)],
    ]
    book = MemoryBook({"Base": rows})
    report = run(find_command("clean"), book, as_of=date(2026, 11, 21))
    assert [(a["row"], a["column"], a["problem"]) for a in report.anomalies] == [
        (2, "Date de naissance", "date trop ancienne : à vérifier"),
        (3, "Date de naissance", "date trop ancienne : à vérifier"),
        (2, "Date de création", "date dans le futur : à vérifier"),
        (4, "Date de création", "date dans le futur : à vérifier"),
    ]
    assert report.counts["odd_dates"] == 4
    assert book.results["clean"].tables[0].rows[0][2] == date(2099, 12, 31)


def test_a_second_contact_on_the_row_is_told():
    rows = [["Nom", "Tél", "Nom", "Tél"], ["Durand", "0612345678", "Roux", "0712345678"]]
    source = read_source(MemoryBook({"Base": rows}), "Base")
    assert [(a.row, a.column) for a in source.anomalies] == [(1, "Contact 2")]
    assert source.frame.columns.tolist() == [
        *("last_name", "phone"),
        *("Contact 2 – Nom", "Contact 2 – Tél"),
    ]


def test_what_a_second_column_of_consent_refuses_counts():
    rows = [
        ["Nom", "Newsletter", "RGPD", "STOP", "Ne plus contacter"],
        ["Durand", "oui", "non", None, None],
        ["Petit", None, "oui", "non", "x"],
        ["Roux", "oui", "à voir", "oui", None],
    ]
    source = read_source(MemoryBook({"Base": rows}), "Base")
    assert source.frame["consent_email"].tolist() == ["non", "oui", "à voir"]
    assert source.frame["opposition"].tolist() == [None, "x", "oui"]
    assert source.labels["opposition"] == "STOP + Ne plus contacter"


def test_a_second_column_of_consent_is_read_and_stays():
    rows = [
        ["Nom", "E-mail", "Newsletter", "RGPD"],
        ["Durand", "a@b.fr", None, "oui le 12/03/2024"],
        ["Petit", "c@d.fr", "non", "oui"],
        ["Roux", "e@f.fr", "oui", None],
        ["Noir", "g@h.fr", "non", "à voir"],
    ]
    book = MemoryBook({"Base": rows})
    report = run(find_command("clean"), book)
    assert report.messages == []
    table = book.results["clean"].tables[0]
    labels = [column.label for column in table.columns]
    places = [labels.index(label) for label in ("Accord e-mail", "RGPD")]
    assert [[row[i] for i in places] for row in table.rows] == [
        ["oui le 12/03/2024", "oui le 12/03/2024"],
        ["non", "oui"],
        ["oui", None],
        ["non", "à voir"],
    ]
    report = run(find_command("target"), book, options={"canal": "e-mail"})
    assert (report.counts["kept"], report.messages) == (2, [])
