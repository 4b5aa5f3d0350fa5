"""Street addresses as people type them."""

from __future__ import annotations

import pytest

from xlcrm.contacts.addresses import (
    address_issue,
    address_parts,
    format_address,
    split_full_address,
    split_postcode_town,
)

STREETS = [
    ("12 rue de la Paix", "12 rue de la Paix"),
    ("12, rue de la Paix", "12 rue de la Paix"),
    ("12 Rue de la Paix", "12 rue de la Paix"),
    ("12 RUE DE LA PAIX", "12 rue de la Paix"),
    ("12 rue  de la  paix", "12 rue de la Paix"),
    ("12, R. de la Paix", "12 rue de la Paix"),
    ("12 r de la paix", "12 rue de la Paix"),
    ("n° 7 rue des Roses", "7 rue des Roses"),
    ("12bis rue de la Paix", "12 bis rue de la Paix"),
    ("12 BIS RUE DE LA PAIX", "12 bis rue de la Paix"),
    ("12 bis, rue de la Paix", "12 bis rue de la Paix"),
    ("7 quater rue des Roses", "7 quater rue des Roses"),
    ("12B rue de la Paix", "12 B rue de la Paix"),
    ("12 b rue de la Paix", "12 B rue de la Paix"),
    ("12/14 rue de la Paix", "12/14 rue de la Paix"),
    ("12 - 14, avenue du Gal Leclerc", "12-14 avenue du Général Leclerc"),
    ("38, Bld Victor Hugo", "38 boulevard Victor Hugo"),
    ("38 BVD VICTOR HUGO", "38 boulevard Victor Hugo"),
    ("38 boul. Victor Hugo", "38 boulevard Victor Hugo"),
    ("3 av de la République", "3 avenue de la République"),
    ("3 Ave. de la Republique", "3 avenue de la République"),
    ("124, AVENUE Saint-Michel", "124 avenue Saint-Michel"),
    ("140, allee Pasteur", "140 allée Pasteur"),
    ("73, all du Maréchal Foch", "73 allée du Maréchal Foch"),
    ("55 allée du Marechal Foch", "55 allée du Maréchal Foch"),
    ("4 ch. des Vignes", "4 chemin des Vignes"),
    ("24, che Jean Jaurès", "24 chemin Jean Jaurès"),
    ("29, Imp. de la Gare", "29 impasse de la Gare"),
    ("16, Pl. de la République", "16 place de la République"),
    ("49 Rte de l'Eglise", "49 route de l'Église"),
    ("87, bd de l'Eglise", "87 boulevard de l'Église"),
    ("12 RUE DE L'HOTEL DE VILLE", "12 rue de l'Hôtel de Ville"),
    ("5 pl. St Michel", "5 place Saint Michel"),
    ("5 SQUARE ST-LAMBERT", "5 square Saint-Lambert"),
    ("2 rte de St Malo", "2 route de Saint Malo"),
    ("10 rue du dr. Roux", "10 rue du Docteur Roux"),
    ("10 r Dr Roux", "10 rue Docteur Roux"),
    ("12 RUE LOUIS XIV", "12 rue Louis XIV"),
    ("1 rue du 8 mai 1945", "1 rue du 8 Mai 1945"),
    ("14 rd pt de l'Europe", "14 rond-point de l'Europe"),
    ("23 AVENUE CHARLES DE GAULLE", "23 avenue Charles de Gaulle"),
    ("12, rue d'Alésia", "12 rue d'Alésia"),
    ("97, r. emile zola", "97 rue Émile Zola"),
    ("rue de la gare", "Rue de la Gare"),
    ("LE BOURG", "Le Bourg"),
    ("Kerguen", "Kerguen"),
    ("lieu-dit Kerguen", "Lieu-dit Kerguen"),
    ("BP 123", "BP 123"),
    ("bp 123", "BP 123"),
    ("ZA DU MOULIN", "ZA du Moulin"),
    ("Z.I. Nord", "ZI Nord"),
    ("Résidence Les Pins, 12 rue X", "Résidence Les Pins, 12 rue X"),
    ("Chez Mme Dupont", "Chez Mme Dupont"),
    ("12 rue de la Paix\nBât. B", "12 rue de la Paix, Bât. B"),
]


@pytest.mark.parametrize(("typed", "expected"), STREETS)
def test_a_street(typed, expected):
    assert (format_address(typed), address_issue(typed)) == (expected, None)


@pytest.mark.parametrize("typed", ["", "NC", "-", "néant", "0", "#N/A", None])
def test_a_filler_is_a_blank(typed):
    assert (format_address(typed), address_issue(typed)) == (None, None)


def test_what_is_no_address():
    assert (format_address("jean@free.fr"), address_issue("jean@free.fr", "en")) == (
        None,
        "this is not an address",
    )
    assert (format_address("12"), address_issue("12")) == ("12", "ceci n'est pas une adresse")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("12 rue de la Paix, 75002 Paris", ["12 rue de la Paix", None, "75002", "Paris"]),
        ("12 rue de la Paix 75002 PARIS", ["12 rue de la Paix", None, "75002", "Paris"]),
        ("12, rue de la Paix\n75002 PARIS", ["12 rue de la Paix", None, "75002", "Paris"]),
        ("12 rue de la Paix, 75 002 Paris, France", ["12 rue de la Paix", None, "75002", "Paris"]),
        (
            "Rés. Les Lilas - Bât B - 12 r. de la Paix - 75002 - PARIS",
            ["12 rue de la Paix", "Résidence Les Lilas, Bât B", "75002", "Paris"],
        ),
        ("8 rue X, Nantes 44000", ["8 rue X", None, "44000", "Nantes"]),
        ("Appt 12, 8 rue X, Nantes (44000)", ["8 rue X", "Appartement 12", "44000", "Nantes"]),
        (
            "3 place du Marché 06000 NICE CEDEX 1",
            ["3 place du Marché", None, "06000", "Nice Cedex 1"],
        ),
        ("BP 123, 44000 Nantes Cedex 3", ["BP 123", None, "44000", "Nantes Cedex 3"]),
        ("44000 Nantes", [None, None, "44000", "Nantes"]),
        ("12 rue de la Paix", ["12 rue de la Paix", None, None, None]),
        ("NC", [None, None, None, None]),
        (None, [None, None, None, None]),
    ],
)
def test_an_address_in_one_cell(typed, parts):
    assert address_parts(typed) == parts


@pytest.mark.parametrize(
    ("typed", "postcode", "town"),
    [
        ("75002 PARIS", "75002", "PARIS"),
        ("75 002 Paris", "75002", "Paris"),
        ("6000 Nice", "06000", "Nice"),
        ("F-75002 Paris", "75002", "Paris"),
        ("44000 - Nantes", "44000", "Nantes"),
        ("Nice 06000", "06000", "Nice"),
        ("Nice (06000)", "06000", "Nice"),
        ("75008 PARIS CEDEX 08", "75008", "PARIS CEDEX 08"),
        ("Paris", None, "Paris"),
        ("75002", "75002", None),
        ("NC", None, None),
    ],
)
def test_a_postcode_and_a_town_in_one_cell(typed, postcode, town):
    assert split_postcode_town(typed) == (postcode, town)


@pytest.mark.parametrize(
    ("typed", "street", "postcode", "town", "email", "phone"),
    [
        (
            "12 rue de la Paix, 44000 Nantes\n06 12 34 56 78\np.durand@free.fr",
            *("12 rue de la Paix", "44000", "Nantes", "p.durand@free.fr", "06 12 34 56 78"),
        ),
        (
            "3 av. Foch 35000 RENNES – Tél : 02.99.11.22.33",
            *("3 av. Foch", "35000", "RENNES", None, "02.99.11.22.33"),
        ),
        ("mail : a@free.fr; b@free.fr", None, None, None, "a@free.fr; b@free.fr", None),
        ("+33 6 12 34 56 78 / 3 rue X 44000 Nantes", "3 rue X", "44000", "Nantes", None,
         "+33 6 12 34 56 78"),
    ],
)  # fmt: skip
def test_an_address_with_a_phone_and_an_email(typed, street, postcode, town, email, phone):
    found = split_full_address(typed)
    assert (found.address, found.postcode, found.town) == (street, postcode, town)
    assert (found.email, found.phone) == (email, phone)
