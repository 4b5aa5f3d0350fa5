"""Six postal lines. Source of the rules: AFNOR NF Z 10-011, as taught by La Poste SNA."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.contacts.postal_lines import (
    WIDTH,
    company_postal_lines,
    postal_issue,
    postal_lines,
    street_line,
)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("12 rue de la Paix", "12 RUE DE LA PAIX"),
        ("12/14 rue de la Paix", "12 RUE DE LA PAIX"),
        ("12-14, avenue du Gal Leclerc", "12 AVENUE DU GENERAL LECLERC"),
        ("12 bis, rue de l'Église", "12 B RUE DE L EGLISE"),
        ("12 ter rue de l'Église", "12 T RUE DE L EGLISE"),
        ("12 quater rue de l'Église", "12 Q RUE DE L EGLISE"),
        ("12C rue de l'Église", "12 C RUE DE L EGLISE"),
        ("3, av. d'Alésia", "3 AVENUE D ALESIA"),
        ("5 pl. St-Michel", "5 PLACE SAINT MICHEL"),
        ("40 boulevard du Maréchal de Lattre", "40 BOULEVARD DU MARECHAL DE LATTRE"),
        ("40 boulevard du Maréchal de Lattre de Tassigny", "40 BD DU MAL DE LATTRE DE TASSIGNY"),
        (
            "3 boulevard du Maréchal Alexandre de Lattre de Tassigny",
            "3 BD MAL A DE LATTRE DE TASSIGNY",
        ),
        ("6 avenue du Président Franklin Roosevelt", "6 AV DU PDT FRANKLIN ROOSEVELT"),
        ("1 rue du 8 mai 1945", "1 RUE DU 8 MAI 1945"),
        ("lieu-dit Kerguen", "LIEU DIT KERGUEN"),
        ("BP 12", ""),
    ],
)
def test_the_street_line(typed, line):
    assert street_line(typed) == line


@pytest.mark.parametrize(
    ("given_", "lines"),
    [
        (
            ("Mr", "jean", "DUPONT", "12 bis, r. de l'Église", "44000", "nantes"),
            ["M. Jean Dupont", "12 B RUE DE L EGLISE", "44000 NANTES", None, None, None],
        ),
        (
            (
                "Mme",
                "Marie",
                "LE GOFF",
                "3 av de Paris",
                "76800",
                "ST ETIENNE DU ROUVRAY",
                "Appt 12, Bât. B",
            ),
            [
                "Mme Marie Le Goff",
                "APPT 12",
                "BAT B",
                "3 AVENUE DE PARIS",
                "76800 ST ETIENNE DU ROUVRAY",
                None,
            ],
        ),
        (
            (
                "Mlle",
                "Zoé",
                "Petit",
                "8 rue X",
                "6000",
                "NICE",
                "3e étage, Résidence les Pins, BP 12",
            ),
            ["Mme Zoé Petit", "3E ETAGE", "RESIDENCE LES PINS", "8 RUE X", "BP 12", "06000 NICE"],
        ),
        (
            (
                "M.",
                "Jean-Baptiste",
                "de La Rochefoucauld d'Estissac",
                "8 rue X",
                "75008",
                "Paris Cedex 08",
            ),
            ["M. J.-B. de La Rochefoucauld", "8 RUE X", "75008 PARIS CEDEX 08", None, None, None],
        ),
        ((None, None, "Dupont", None, "44000", "Nantes"), ["Dupont", "44000 NANTES"] + [None] * 4),
    ],
)
def test_a_person(given_, lines):
    assert postal_lines(*given_) == lines


@pytest.mark.parametrize(
    ("given_", "lines"),
    [
        (
            ("sarl dupont", "Service achats", "3 pl. du Marché BP 12", "44000", "Nantes Cedex 3"),
            [
                "SARL Dupont",
                "Service achats",
                "3 PLACE DU MARCHE",
                "BP 12",
                "44000 NANTES CEDEX 3",
                None,
            ],
        ),
        (
            (
                "IBM France",
                None,
                "17 avenue de l'Europe",
                "92275",
                "Bois-Colombes Cedex",
                "ZAC des Bruyères",
            ),
            [
                "IBM France",
                "ZAC DES BRUYERES",
                "17 AVENUE DE L EUROPE",
                "92275 BOIS COLOMBES CEDEX",
                None,
                None,
            ],
        ),
    ],
)
def test_a_company(given_, lines):
    assert company_postal_lines(*given_) == lines


@pytest.mark.parametrize(
    ("given_", "issue"),
    [
        (("Dupont", "12 rue X", "44000", "Nantes"), None),
        (("Dupont", None, "44000", "Nantes", "BP 12"), None),
        ((None, "12 rue X", "44000", "Nantes"), "ligne 1 : pas de nom"),
        (("Dupont", None, "44000", "Nantes"), "ligne 4 : ni voie ni boîte postale"),
        (("Dupont", "12 rue X", None, "Nantes"), "ligne 6 : code postal ou ville manquant"),
        (("Dupont", "12 rue X", "44000", None), "ligne 6 : code postal ou ville manquant"),
        (
            (None, None, None, None),
            "ligne 1 : pas de nom ; ligne 4 : ni voie ni boîte postale ; "
            "ligne 6 : code postal ou ville manquant",
        ),
    ],
)
def test_what_is_missing(given_, issue):
    assert postal_issue(*given_) == issue


TEXT = st.one_of(st.none(), st.text("abcÉé'-., 12/", max_size=60))


@settings(max_examples=200, deadline=None)
@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT))
def test_at_most_38_characters_and_no_blank_line_in_between(cells):
    lines = postal_lines(*cells)
    assert len(lines) == 6
    filled = [line for line in lines if line is not None]
    assert lines == filled + [None] * (6 - len(filled))
    assert all(line and len(line) <= WIDTH and line == line.strip() for line in filled)


def test_a_column_of_rows_gives_a_table():
    table = call(
        find_function("CRM_LIGNES_POSTALES"),
        [[["M."], ["Mme"]], [["Jean"], ["Zoé"]], [["Dupont"], ["Petit"]],
         [["1 rue X"], ["2 rue Y"]], [[44000.0], [6000.0]], [["Nantes"], ["Nice"]]],
    )  # fmt: skip
    assert table == [
        ["M. Jean Dupont", "1 RUE X", "44000 NANTES", None, None, None],
        ["Mme Zoé Petit", "2 RUE Y", "06000 NICE", None, None, None],
    ]
