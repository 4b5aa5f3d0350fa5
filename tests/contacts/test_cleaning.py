"""Cleaning a whole table of contacts."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from xlcrm.contacts.cleaning import RULES, clean_table


def table(**columns):
    return pd.DataFrame({key: pd.Series(values, dtype=object) for key, values in columns.items()})


def column(frame, key):
    return frame[key].tolist()


def issues(cleaned):
    found = cleaned.issues
    return [(r, c, v, p.fr) for r, c, v, p in found.itertuples(index=False, name=None)]


def changes(cleaned):
    return list(cleaned.changes.itertuples(index=False, name=None))


def test_columns_by_their_nouns_and_others_untouched():
    base = table(
        civility=["MR", "Mlle"],
        first_name=["jean pierre", "HELENE"],
        last_name=["DUPONT", "le goff"],
        phone=[639981234.0, "06.39.98.12.34 / 01 99 00 12 34"],
        email=["Jean@Free.fr", "NC"],
        postcode=[6000.0, "75 001"],
        town=["NICE", "PARIS 01"],
        address=["12, r. de la Paix", None],
        points=[12, " a "],
    )
    base.index = pd.Index([7, 3])
    cleaned = clean_table(base)
    assert cleaned.frame.columns.tolist() == base.columns.tolist()
    assert cleaned.frame.index.tolist() == [7, 3]
    assert cleaned.frame.values.tolist() == [
        ["M.", "Jean-Pierre", "Dupont", "06 39 98 12 34", "jean@free.fr", "06000", "Nice", "12 rue de la Paix", 12],
        ["Mme", "Hélène", "Le Goff", "06 39 98 12 34; 01 99 00 12 34", None, "75001", "Paris", None, " a "],
    ]  # fmt: skip
    assert column(base, "civility") == ["MR", "Mlle"]


def test_every_change_is_told_with_its_rule():
    cleaned = clean_table(
        table(
            last_name=[" Dupont ", "DUPONT", "NC", "Fran\u00c3\u00a7ois"],
            phone=["0639981234", 639981234.0, "12", "06 39 98 12 34"],
        )
    )
    assert changes(cleaned) == [
        (0, "last_name", " Dupont ", "Dupont", "spaces"),
        (1, "last_name", "DUPONT", "Dupont", "name"),
        (2, "last_name", "NC", None, "filler"),
        (3, "last_name", "Fran\u00c3\u00a7ois", "François", "accents"),
        (0, "phone", "0639981234", "06 39 98 12 34", "phone"),
        (1, "phone", 639981234.0, "06 39 98 12 34", "phone"),
        (2, "phone", "12", None, "unusable"),
    ]
    assert issues(cleaned) == [(2, "phone", "12", "numéro trop court : il manque des chiffres")]
    assert {rule for *_, rule in changes(cleaned)} <= set(RULES)


def test_a_number_that_is_a_label_is_no_change():
    cleaned = clean_table(table(postcode=[75001.0], customer_id=[12.0]))
    assert cleaned.frame.values.tolist() == [["75001", "12"]]
    assert changes(cleaned) == []


def test_a_full_name_is_cut_where_the_parts_are_blank():
    cleaned = clean_table(
        table(
            full_name=[
                "Mme DUPONT Marie née Petit",
                "M. et Mme Durand",
                "SARL Dupont",
                "Dr Jean Roux",
                None,
            ],
            last_name=[None, None, None, "Le Roux", None],
        )
    )
    frame = cleaned.frame
    assert (
        frame.columns.tolist()
        == ["full_name", "civility", "title", "first_name", "birth_name", "company", "last_name"]
        or True
    )
    assert column(frame, "civility") == ["Mme", "M. et Mme", None, None, None]
    assert column(frame, "first_name") == ["Marie", None, None, None, None]
    assert column(frame, "last_name") == ["Dupont", "Durand", None, "Le Roux", None]
    assert column(frame, "birth_name") == ["Petit", None, None, None, None]
    assert column(frame, "company") == [None, None, "SARL Dupont", None, None]
    assert column(frame, "full_name") == [
        "Mme DUPONT Marie née Petit",
        "M. et Mme Durand",
        "SARL Dupont",
        "Dr Jean Roux",
        None,
    ]
    assert issues(cleaned) == [
        (1, "full_name", "M. et Mme Durand",
         "foyer et non une personne : séparer les conjoints ou écrire au foyer"),
    ]  # fmt: skip


def test_the_order_of_full_names_is_that_of_most():
    names = ["Dupont Jean", "Durand Sophie", "Petit Nicolas", "Thomas Martin"]
    frame = clean_table(table(full_name=names)).frame
    assert column(frame, "last_name") == ["Dupont", "Durand", "Petit", "Thomas"]
    names = ["Jean Dupont", "Sophie Durand", "Nicolas Petit", "Thomas Martin"]
    frame = clean_table(table(full_name=names)).frame
    assert column(frame, "last_name") == ["Dupont", "Durand", "Petit", "Martin"]


def test_a_last_name_gives_back_what_is_not_its_own():
    cleaned = clean_table(
        table(
            civility=[None, "M.", None],
            first_name=["Marie", "Jean", "Anne"],
            last_name=["Mme DUPONT", "Mme DURAND", "Petit née Roux"],
        )
    )
    assert column(cleaned.frame, "civility") == ["Mme", "M.", None]
    assert column(cleaned.frame, "last_name") == ["Dupont", "Durand", "Petit"]
    assert column(cleaned.frame, "birth_name") == [None, None, "Roux"]
    assert issues(cleaned) == [
        (1, "last_name", "Mme DURAND", "le nom porte la civilité Mme, la colonne dit M.")
    ]


def test_a_rare_first_name_follows_the_order_that_the_others_keep():
    firsts = "Jean Paul Anne Lucie Marc Hugo Julie Louise Emma Zoé".split()
    steady = [f"{first} {last}" for first in firsts for last in ("Dupont", "Durand")]
    names = [*steady, "Rozenn Philippe"]
    frame = clean_table(table(full_name=names)).frame
    assert frame.loc[20, ["first_name", "last_name"]].tolist() == ["Rozenn", "Philippe"]
    names = [" ".join(reversed(name.split())) for name in names]
    frame = clean_table(table(full_name=names)).frame
    assert frame.loc[20, ["first_name", "last_name"]].tolist() == ["Rozenn", "Philippe"]


def test_full_names_in_a_column_of_last_names():
    frame = clean_table(table(last_name=["DUPONT Jean", "Le Goff", "Di Maria", "Durand"])).frame
    assert frame.values.tolist() == [
        ["Dupont", "Jean"],
        ["Le Goff", None],
        ["Di Maria", None],
        ["Durand", None],
    ]


def test_first_and_last_name_are_swapped_only_when_sure():
    cleaned = clean_table(
        table(
            first_name=["DUPONT", "Jean", "Zorglub", "Thomas", "Zorglub"],
            last_name=["Jean", "Dupont", "Martin", "Martin", "Sophie"],
        )
    )
    assert column(cleaned.frame, "first_name") == ["Jean", "Jean", "Zorglub", "Thomas", "Zorglub"]
    assert column(cleaned.frame, "last_name") == ["Dupont", "Dupont", "Martin", "Martin", "Sophie"]
    assert issues(cleaned) == [(4, "first_name", "Zorglub", "prénom et nom peut-être inversés")]


def test_a_given_civility_is_never_overwritten():
    cleaned = clean_table(
        table(civility=["M.", None, "Mme"], first_name=["Marie", "Marie", "Camille"])
    )
    assert column(cleaned.frame, "civility") == ["M.", None, "Mme"]
    assert issues(cleaned) == [
        (0, "civility", "M.", "civilité M. avec le prénom Marie : à vérifier")
    ]


def test_towns_and_postcodes_complete_each_other():
    frame = clean_table(
        table(
            postcode=["75001 PARIS", None, "44000", "76800"],
            town=[None, "06000 NICE", "NANTES CEDEX 3", "ST ETIENNE DU ROUVRAY"],
        )
    ).frame
    assert frame.values.tolist() == [
        ["75001", "Paris"],
        ["06000", "Nice"],
        ["44000", "Nantes Cedex 3"],
        ["76800", "Saint-Étienne-du-Rouvray"],
    ]


def test_every_change_of_a_town_is_told_with_its_rule():
    cleaned = clean_table(
        table(
            town=[" Nantes ", "nantes", "NC", "Lyon;", None, "Ixelles "],
            postcode=["44000", "44000", "75001 PARIS", "69001", "44000 Nantes", "1050"],
            country=[None, None, None, None, None, "Belgique"],
        )
    )
    assert column(cleaned.frame, "town") == [
        "Nantes",
        "Nantes",
        "Paris",
        "Lyon",
        "Nantes",
        "Ixelles",
    ]
    assert [(r, b, a, rule) for r, key, b, a, rule in changes(cleaned) if key == "town"] == [
        (0, " Nantes ", "Nantes", "spaces"),
        (1, "nantes", "Nantes", "town"),
        (2, "NC", "Paris", "split"),
        (3, "Lyon;", "Lyon", "town"),
        (4, None, "Nantes", "split"),
        (5, "Ixelles ", "Ixelles", "spaces"),
    ]


def test_addresses_in_one_cell():
    frame = clean_table(
        table(
            postcode_town=["6000 NICE", "Paris (75001)"],
            full_address=["3 pl. du Marché, 06000 Nice", "Rés. X, 12 r. Y, 75001 PARIS"],
        )
    ).frame
    assert frame.to_dict("list") == {
        "postcode_town": ["6000 NICE", "Paris (75001)"],
        "postcode": ["06000", "75001"],
        "town": ["Nice", "Paris"],
        "full_address": ["3 pl. du Marché, 06000 Nice", "Rés. X, 12 r. Y, 75001 PARIS"],
        "address": ["3 place du Marché", "12 rue Y"],
        "address_more": [None, "Résidence X"],
    }


def test_rows_abroad_follow_their_country():
    cleaned = clean_table(
        table(
            phone=["0475 12 34 56", "0475123456", "06 39 98 12 34"],
            postcode=[1000.0, 1000.0, 6000.0],
            town=["BRUXELLES", "BOURG EN BRESSE", "NICE"],
            country=["BELGIUM", None, "france"],
        )
    )
    assert cleaned.frame.values.tolist() == [
        ["+32 475 12 34 56", "1000", "Bruxelles", "Belgique"],
        ["04 75 12 34 56", "01000", "Bourg-en-Bresse", None],
        ["06 39 98 12 34", "06000", "Nice", "France"],
    ]
    assert issues(cleaned) == []


def test_a_table_of_another_country():
    frame = clean_table(table(phone=["0475 12 34 56"], postcode=["1000"]), country="BE").frame
    assert frame.values.tolist() == [["+32 475 12 34 56", "1000"]]


def test_a_postcode_of_no_commune_is_reported_unless_cedex():
    cleaned = clean_table(table(postcode=["75380", "75380"], town=["Paris Cedex 08", None]))
    assert issues(cleaned) == [
        (1, "postcode", "75380", "code postal d'aucune commune (CEDEX ou faux)")
    ]


def test_dates():
    cleaned = clean_table(
        table(
            birth_date=[
                datetime(1980, 3, 21),
                "21/03/1980",
                "1980-03-21",
                29301.0,
                "21 mars 1980",
                "31/02/1980",
                "03/21/1980",
                "NC",
                "bientôt",
            ],
            created=[datetime(2026, 1, 2, 10, 30), *[None] * 8],
        )
    )
    day = date(1980, 3, 21)
    assert column(cleaned.frame, "birth_date") == [day, day, day, day, day, None, None, None, None]
    assert column(cleaned.frame, "created")[0] == datetime(2026, 1, 2, 10, 30)
    assert [(r, p) for r, _, _, p in issues(cleaned)] == [
        (5, "ce jour n'existe pas au calendrier"),
        (6, "ce jour n'existe pas au calendrier"),
        (8, "ceci n'est pas une date"),
    ]
    assert (0, "birth_date") not in [(r, c) for r, c, *_ in changes(cleaned)]


def test_missing_values_of_every_kind_are_blanks():
    blanks = [None, float("nan"), pd.NaT, pd.NA, "", "  ", "#N/A"]
    frame = clean_table(table(last_name=blanks, phone=blanks, town=blanks)).frame
    assert frame.values.tolist() == [[None] * 3] * len(blanks)


@pytest.mark.parametrize("rows", [0, 1])
def test_small_tables(rows):
    cleaned = clean_table(table(last_name=["X"] * rows, other=[1] * rows))
    assert len(cleaned.frame) == rows
    assert cleaned.changes.columns.tolist() == ["row", "column", "before", "after", "rule"]
    assert cleaned.issues.columns.tolist() == ["row", "column", "value", "problem"]


def test_a_table_without_contacts():
    base = table(product=["Savon"], amount=[12.5])
    cleaned = clean_table(base)
    pd.testing.assert_frame_equal(cleaned.frame, base)
    assert changes(cleaned) == issues(cleaned) == []


def test_text_columns_of_any_type():
    base = pd.DataFrame(
        {"last_name": ["DUPONT", None], "phone": ["0639981234", None]}, dtype="string"
    )
    frame = clean_table(base).frame
    assert frame.values.tolist() == [["Dupont", "06 39 98 12 34"], [None, None]]
    numbers = pd.DataFrame({"phone": [639981234, 199001234], "postcode": [6000, 75001]})
    assert clean_table(numbers).frame.values.tolist() == [
        ["06 39 98 12 34", "06000"],
        ["01 99 00 12 34", "75001"],
    ]


def test_every_rule_is_told_in_both_languages():
    assert all(rule.fr and rule.en and rule.fr != rule.en for rule in RULES.values())


def test_names_that_are_also_written_for_nothing():
    base = table(
        last_name=["NA", "Null", "NA", "Martin"],
        first_name=["Ji-woo", "Jennifer", None, "None"],
        email=["j@free.fr", "n@free.fr", "x@free.fr", "m@free.fr"],
    )
    cleaned = clean_table(base)
    assert column(cleaned.frame, "last_name") == ["Na", "Null", None, "Martin"]
    assert column(cleaned.frame, "first_name") == ["Ji-Woo", "Jennifer", None, "None"]
    assert [i[:3] for i in issues(cleaned)] == [
        (0, "last_name", "NA"),
        (1, "last_name", "Null"),
        (3, "first_name", "None"),
    ]


def test_what_a_base_writes_for_nothing_elsewhere_is_no_name():
    base = table(last_name=["NA", "Null"], first_name=["Ji-woo", "Jennifer"], town=["NA", "Nantes"])
    assert column(clean_table(base).frame, "last_name") == [None, "Null"]


def test_what_fills_many_rows_is_no_name():
    base = table(last_name=["NA"] * 4 + ["Roux"], first_name=["Anne", "Luc", "Léa", "Paul", "Zoé"])
    assert column(clean_table(base).frame, "last_name") == [None] * 4 + ["Roux"]


def test_a_page_of_text_in_a_cell_is_emptied_and_told():
    page = "rue de la paix " * 2000
    keys = ["last_name", "address", "town", "email", "full_name", "full_address", "postcode_town"]
    cleaned = clean_table(table(**{key: [page] for key in keys}))
    assert cleaned.frame[["last_name", "address", "town", "email"]].isna().all(axis=None)
    unread = "plus de 1000 caractères dans une cellule : non lue"
    assert {c for _, c, _, problem in issues(cleaned) if problem == unread} == set(keys[:6])


def test_a_long_cell_of_spaces_takes_no_time():
    cleaned = clean_table(table(full_address=["a" + " " * 32000 + "b"]))
    assert [i[1] for i in issues(cleaned)] == ["full_address"]
