"""Sheets of people who opted out bar them, and are no contacts."""

import openpyxl
import pytest

from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.commands.sheet_names import refusal_of
from xlcrm.commands.source import read_source

BASE = [
    ["N° client", "Prénom", "Nom", "E-mail", "Mobile", "Adresse", "CP", "Ville", "Newsletter"],
    [1, "Paul", "Durand", "paul@exemple.fr", "06 12 34 56 78", "1 rue X", "44000", "Nantes", "oui"],
    [2, "Anne", "Petit", "anne@exemple.fr", "06 12 34 56 79", "2 rue X", "44000", "Nantes", "oui"],
    [3, "Léa", "Martin", "lea@exemple.fr", "06 12 34 56 80", "3 rue X", "44000", "Nantes", "oui"],
    [4, "Luc", "Roux", "luc@exemple.fr", "06 12 34 56 81", "4 rue X", "44000", "Nantes", "oui"],
]


def target(sheets, channel="e-mail"):
    book = MemoryBook({"Clients": BASE} | sheets)
    report = run(find_command("target"), book, options={"canal": channel})
    table = book.results["target"].tables[0]
    place = [column.label for column in table.columns].index("Prénom")
    return [row[place] for row in table.rows], report


@pytest.mark.parametrize(
    ("name", "rows", "kept"),
    [
        ("Désabonnés", [["E-mail"], ["ANNE@exemple.fr "]], ["Paul", "Léa", "Luc"]),
        ("STOP", [["anne@exemple.fr"], ["paul@exemple.fr"]], ["Léa", "Luc"]),
        ("Oppositions", [["Tél", "Date"], [612345680.0, None]], ["Paul", "Anne", "Luc"]),
        ("Unsubscribed", [["Customer ID", "Reason"], [3, "x"], [4, "y"]], ["Paul", "Anne"]),
        ("Liste noire", [["Nom", "Prénom"], ["ROUX", "Luc"]], ["Paul", "Anne", "Léa"]),
        (
            "Ne plus contacter",
            [["Liste au 12/03/2026"], [], ["paul@exemple.fr"], ["+33612345679"]],
            ["Léa", "Luc"],
        ),
        ("Décédés", [["Nom complet"], ["Mme Léa Martin"]], ["Paul", "Anne", "Luc"]),
        (
            "Opposition",
            [["E-mail", "Opposition"], ["paul@exemple.fr", "non"], ["lea@exemple.fr", "oui"]],
            ["Paul", "Anne", "Luc"],
        ),
    ],
)
def test_a_list_bars_its_people(name, rows, kept):
    found, report = target({name: rows})
    assert found == kept
    assert report.labels["excluded_1"].partition(" : ")[2] == f"Sur la liste « {name} »"
    assert report.counts["excluded_1"] == 4 - len(kept)


def test_a_misspelt_address_bars_the_one_that_was_meant():
    base = [[*row[:3], str(row[3]).replace("exemple.fr", "gmail.com"), *row[4:]] for row in BASE]
    base[4][3] = "luc@gmial.com"
    typed = [["anne@@gmail.com"], ["paul@gmial.com"], ["luc@gmail.com"]]
    found, _ = target({"Clients": base, "Désabonnés": [["E-mail"], *typed]})
    assert found == ["Léa"]


def test_customer_numbers_on_a_list_have_lost_their_zeros():
    base = [[*BASE[0]], *([f"0012{row[0]}", *row[1:]] for row in BASE[1:])]
    found, _ = target({"Clients": base, "Désabonnés": [["N° client"], [123], ["00121 ; 00122"]]})
    assert found == ["Luc"]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([["Nom", "Prénom", "Dossier"], ["DURAND", "Paul", "612345678"]], ["Anne", "Léa", "Luc"]),
        ([["Nom", "Prénom", "Dossier"], ["DURAND", "Paul", 612345679]], ["Anne", "Léa", "Luc"]),
        ([["Nom", "Prénom", "Joindre au"], ["Durand", "Paul", "0612345679"]], ["Léa", "Luc"]),
        ([["Société", "SIREN"], ["ACME", 732829320]], ["Paul", "Anne", "Léa", "Luc"]),
        ([["Motif", "Commentaire"], ["x", 612345678]], ["Anne", "Léa", "Luc"]),
        ([[612345678], [612345679]], ["Léa", "Luc"]),
    ],
)
def test_nine_digits_in_any_column_are_no_phone(rows, kept):
    base = [*BASE, [5, None, None, "acme@exemple.fr", *[None] * 4, "oui"]]
    company = ["ACME" if row[0] == 5 else None for row in base]
    base = [[*row, name] for row, name in zip(base, ["Société", *company[1:]], strict=True)]
    found, _ = target({"Clients": base, "Désabonnés": rows})
    assert found == (kept if "Société" in rows[0] else [*kept, None])


def test_the_address_of_someone_on_a_list_is_not_used_for_another():
    lea = [*BASE[3]]
    lea[3] = "anne@exemple.fr"
    found, report = target({"Clients": [*BASE[:3], lea, BASE[4]], "STOP": [["N° client"], [2]]})
    assert found == ["Paul", "Luc"]
    assert "exclu : Même adresse e-mail qu'un contact qui a refusé" in report.labels.values()


def test_the_landline_of_someone_who_died_bars_nobody_else():
    base = [[*row[:4], "02 40 11 22 33", *row[5:]] if row[0] in (1, 2) else row for row in BASE]
    for died in (
        [["Prénom", "Nom", "Téléphone"], ["Paul", "Durand", "0240112233"]],
        [["N° client", "Téléphone"], [1, "0240112233"]],
    ):
        assert target({"Clients": base, "Décédés": died})[0] == ["Anne", "Léa", "Luc"]
    alone = [["Téléphone"], ["0240112233"]]
    assert target({"Clients": base, "Décédés": alone})[0] == ["Léa", "Luc"]


def test_a_list_of_another_channel_bars_nobody_and_says_so():
    lists = {"Bloctel": [["Téléphone"], ["06 12 34 56 78"]], "NPAI": [["N° client"], [2]]}
    found, report = target(lists)
    assert found == ["Paul", "Anne", "Léa", "Luc"]
    assert report.messages == [
        "Liste « Bloctel » : sans effet sur ce canal.",
        "Liste « NPAI » : sans effet sur ce canal.",
    ]
    assert target(lists, "courrier")[0] == ["Paul", "Léa", "Luc"]


def test_a_list_that_tells_of_nobody_is_told():
    found, report = target({"STOP": [["Motif", "Suite"], ["trop de mails", "aucune"]]})
    assert found == ["Paul", "Anne", "Léa", "Luc"]
    assert report.messages[0].startswith("ATTENTION : la feuille « STOP »")
    assert [(a["sheet"], a["row"]) for a in report.anomalies] == [("STOP", 2)]


def test_rows_that_tell_of_nobody_are_listed_beside_the_others():
    rows = [["E-mail", "Nom"], ["anne@exemple.fr", None], [None, "Roux"]]
    found, report = target({"STOP": rows})
    assert found == ["Paul", "Léa", "Luc"]
    assert report.messages == [
        "Liste « STOP » appliquée : 1 ligne lue sur 2, 1 contact de la base."
    ]
    assert [(a["sheet"], a["row"]) for a in report.anomalies] == [("STOP", 3)]


def test_an_address_set_aside_by_a_merge_still_bars():
    double = [5, *BASE[1][1:]]
    double[3:5] = ["paul.durand@exemple.fr", "06 12 34 56 90"]
    sheets = {
        "Clients": [*BASE, double],
        "Désabonnés": [["E-mail", "Téléphone"], ["paul.durand@exemple.fr", None]],
    }
    book = MemoryBook(sheets)
    assert run(find_command("merge"), book).counts["contacts"] == 4
    for row in (
        ["paul.durand@exemple.fr", None],
        ["paul@exemple.fr", None],
        [None, 612345678],
        [None, "0612345690"],
    ):
        book._grids["Désabonnés"].rows[1:] = [row]
        report = run(find_command("target"), book, options={"canal": "e-mail"})
        assert report.counts["kept"] == 3


def test_the_address_of_someone_who_refused_is_not_used_for_another():
    again = [5, "P.", "Durant", "paul@exemple.fr", None, None, None, None, "non"]
    found, report = target({"Clients": [*BASE, again]})
    assert found == ["Anne", "Léa", "Luc"]
    assert [report.labels["excluded_1"], report.labels["excluded_2"]] == [
        "exclu : Même adresse e-mail qu'un contact qui a refusé",
        "exclu : Refus du canal e-mail",
    ]


@pytest.mark.parametrize("mobile", ["06 12 34 56 78", "06 39 98 12 34"])  # one kept for fiction
def test_the_mobile_of_someone_who_refused_is_not_used_for_another(mobile):
    header = ["Prénom", "Nom", "Mobile", "Accord SMS"]
    people = [["Paul", "Durand", mobile, "non"], ["Anne", "Petit", mobile, "oui"]]
    found, report = target({"Clients": [header, *people]}, "SMS")
    assert found == []
    assert "exclu : Même mobile qu'un contact qui a refusé" in report.labels.values()


def test_what_a_merge_set_aside_is_still_of_who_refused():
    header = ["Prénom", "Nom", "E-mail", "Newsletter", "Autres valeurs"]
    paul = ["Paul", "Durand", "paul@exemple.fr", "non", "E-mail : foyer@exemple.fr"]
    anne = ["Anne", "Petit", "foyer@exemple.fr", "oui", None]
    assert target({"Clients": [header, paul, anne]})[0] == []


def test_a_list_is_not_united_with_the_contacts():
    rows = [["Prénom", "Nom", "E-mail"], ["Zoé", "Blanc", "zoe@exemple.fr"]]
    book = MemoryBook({"Clients": BASE, "Désabonnés": rows})
    report = run(find_command("unify"), book)
    assert report.counts == {"sheets": 1, "rows": 4}
    assert report.messages == [
        "Listes de refus, pas mêlées aux contacts : Désabonnés. « Cibler » les applique."
    ]


def test_a_list_that_is_united_on_demand_bears_its_refusal():
    rows = [["Prénom", "Nom", "E-mail"], ["Zoé", "Blanc", "zoe@exemple.fr"]]
    book = MemoryBook({"Clients": BASE, "Désabonnés": rows})
    run(find_command("unify"), book, options={"sheets": "Clients;Désabonnés"})
    table = book.results["single_view"].tables[0]
    place = [column.label for column in table.columns].index("Opposition")
    assert [row[place] for row in table.rows] == [None] * 4 + ["Désabonnés"]


def test_the_list_is_the_reason_where_there_is_no_consent_either():
    base = [row[:-1] for row in BASE]
    found, report = target({"Clients": base, "STOP": [["anne@exemple.fr"]]})
    assert found == []
    assert report.labels["excluded_2"] == "exclu : Sur la liste « STOP »"
    assert report.messages[1] == (
        "Pas de colonne « Accord e-mail » dans la base : personne n'y a donné d'accord."
    )


def test_columns_that_sound_like_a_consent_and_are_not_read_are_told():
    base = [[*row, note] for row, note in zip(BASE, ["Accord papier", 1, 1, 1, 1], strict=True)]
    report = target({"Clients": base})[1]
    assert report.messages == [
        "ATTENTION : 1 colonne non lue parle d'accord ou de refus : Accord papier. Renommez ce qui "
        "compte (Accord e-mail, Opposition…)."
    ]


def test_comments_about_a_refusal_are_told():
    notes = ["Commentaire", "ne plus contacter !", None, "DCD", "gentil"]
    base = [[*row, note] for row, note in zip(BASE, notes, strict=True)]
    found, report = target({"Clients": base})
    assert found == ["Paul", "Anne", "Léa", "Luc"]
    assert [(a["row"], a["value"]) for a in report.anomalies] == [
        (2, "ne plus contacter !"),
        (4, "DCD"),
    ]
    assert report.messages[0].startswith("2 contacts de la cible portent un commentaire")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Désabonnées", "opposition"),
        ("Oppositions 2026", "opposition"),
        ("Opt-outs", "opposition"),
        ("Ne pas appeler", "opposition_phone"),
        ("STOP SMS", "opposition_sms"),
        ("Désabonnés newsletter", "opposition_email"),
        ("Décès", "deceased"),
        ("Retours NPAI", "returned"),
        ("Do not call", "opposition_phone"),
        ("Not unsubscribed", None),
        ("Clients sans opposition", None),
        ("Déc 2026", None),
        ("Clients", None),
        ("Nantes", None),
        ("cleaned_members_export_3f2", "opposition_email"),
        ("Cleaned", "opposition_email"),
        ("Contacts cleaned", None),
        ("Cleaned data", None),
        ("Dead stock", None),
        ("Refus devis", None),
        ("Refus de commandes", None),
        ("Stop factures", None),
        ("Refus", "opposition"),
    ],
)
def test_names_of_sheets(name, key):
    assert refusal_of(name) == key


@pytest.mark.parametrize("label", ["Statut", "Statut de l'abonnement", "Email status"])
def test_a_status_that_refuses_bars_and_stays_a_status(label):
    rows = [
        ["Prénom", "Nom", "E-mail", label, "Newsletter"],
        ["Paul", "Durand", "paul@exemple.fr", "Abonné", "oui"],
        ["Anne", "Petit", "anne@exemple.fr", "Désabonnée", "oui"],
        ["Léa", "Martin", "lea@exemple.fr", "décédée", "oui"],
        ["Luc", "Roux", "luc@exemple.fr", "Unsubscribed", "oui"],
        ["Zoé", "Roux", "zoe@exemple.fr", "cliente", "oui"],
    ]
    found, report = target({"Clients": rows})
    assert found == ["Paul", "Zoé"]
    excluded = {report.labels[key]: n for key, n in report.counts.items() if "excluded" in key}
    assert excluded == {"exclus : Opposition du contact": 2, "exclu : Personne décédée": 1}
    assert "legal_form" not in read_source(MemoryBook({"Clients": rows}), "Clients").frame


def test_a_status_of_companies_is_their_legal_form():
    rows = [["Société", "Statut", "E-mail"], ["Durand", "SARL", "a@b.fr"], ["Petit", "SAS", None]]
    frame = read_source(MemoryBook({"Clients": rows}), "Clients").frame
    assert frame["legal_form"].tolist() == ["SARL", "SAS"]
    assert "opposition" not in frame


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("Désabonné le 12/03/2024", "opposition"),
        ("12/03/2024 : désabonnée", "opposition"),
        ("désabonnés", "opposition"),
        ("Ne souhaite plus être contacté", "opposition"),
        ("Ne veut pas recevoir nos mails", "opposition"),
        ("STOP pub", "opposition"),
        ("Décédée en 2024", "deceased"),
        ("NPAI 03/2024", "returned"),
        ("Dead", "deceased"),
        ("Dead lead", None),
        ("Client", None),
        ("Abonné", None),
    ],
)
def test_a_status_is_heard_by_how_it_begins(status, key):
    rows = [["Nom", "E-mail", "Statut"], ["Durand", "a@b.fr", status], ["Roux", "c@d.fr", "x"]]
    frame = read_source(MemoryBook({"Clients": rows}), "Clients").frame
    heard = {k: frame[k].tolist() for k in ("opposition", "deceased", "returned") if k in frame}
    assert heard == ({key: [status, None]} if key else {})


def test_a_status_is_heard_beside_a_column_of_opposition():
    rows = [
        ["Nom", "E-mail", "Opposition", "Statut"],
        ["Durand", "a@b.fr", None, "Désabonné"],
        ["Roux", "c@d.fr", "x", "NPAI"],
        ["Noir", "e@f.fr", "non", "Client"],
    ]
    source = read_source(MemoryBook({"Clients": rows}), "Clients")
    assert source.frame["opposition"].tolist() == ["Désabonné", "x", "non"]
    assert source.frame["returned"].tolist() == [None, "NPAI", None]
    assert source.label("opposition") == "Opposition + Statut"


def test_an_address_that_looks_like_a_filler_is_one_on_a_list():
    _, report = target({"STOP": [["E-mail"], ["inconnu@free.fr"], ["paul@exemple.fr"]]})
    assert [a for a in report.anomalies if a.sheet == "STOP"] == []


@pytest.mark.parametrize(
    ("said", "barred"),
    [
        ("SMS", ["SMS"]),
        ("e-mail", ["e-mail"]),
        ("E-mails et SMS", ["e-mail", "SMS"]),
        ("Tél.", ["téléphone"]),
        ("Appels", ["téléphone"]),
        ("courrier postal", ["courrier"]),
        ("mobile", ["téléphone", "SMS"]),
        ("tous les canaux", ["téléphone", "e-mail", "SMS", "courrier"]),
        (None, ["téléphone", "e-mail", "SMS", "courrier"]),
        ("fax", ["téléphone", "e-mail", "SMS", "courrier"]),
    ],
)
def test_a_column_of_channels_says_what_a_row_refuses(said, barred):
    rows = [["E-mail", "Canal"], ["anne@exemple.fr", said], ["luc@exemple.fr", "tous"]]
    base = [
        [*BASE[0], "Accord SMS", "Accord téléphone"],
        *([*row, "oui", "oui"] for row in BASE[1:]),
    ]
    found = []
    for channel in ("téléphone", "e-mail", "SMS", "courrier"):
        names, report = target({"Clients": base, "Refus": rows}, channel)
        assert "Luc" not in names
        found += [channel] if "Anne" not in names else []
        told = "Liste « Refus » : canal non compris (fax) ; ces refus valent pour tous les canaux."
        assert (told in report.messages) is (said == "fax")
    assert found == barred


def test_a_list_of_one_channel_keeps_it_beside_what_its_rows_say():
    rows = [["E-mail", "Canal"], ["anne@exemple.fr", "e-mail"]]
    sms = [[*BASE[0], "Accord SMS"], *([*row, "oui"] for row in BASE[1:])]
    for channel in ("e-mail", "SMS"):
        assert "Anne" not in target({"Clients": sms, "STOP SMS": rows}, channel)[0]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_list_is_applied_and_told(tmp_path, state):
    path = tmp_path / "base.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in BASE:
        book.active.append(row)
    for name, rows in {"STOP": [["E-mail"], ["anne@exemple.fr"]], "Refus": [["prix"], ["délai"]],
                       "Anciens": BASE}.items():  # fmt: skip
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    book.save(path)
    report = run(find_command("target"), FileBook.open(path), options={"canal": "e-mail"})
    assert report.counts["kept"] == 3
    assert report.messages[:2] == [
        "Liste « STOP » (feuille masquée) appliquée : 1 ligne lue sur 1, 1 contact de la base.",
        "ATTENTION : la feuille « Refus » (feuille masquée) a l'air d'une liste de refus, mais n'a "
        "ni e-mail, ni téléphone, ni N° client, ni nom complet : elle n'est pas appliquée.",
    ]
    assert report.anomalies == []
