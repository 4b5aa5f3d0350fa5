"""SIREN, SIRET, VAT, NAF and IBAN; real numbers of public bodies and listed companies."""

from __future__ import annotations

import pytest
from stdnum.fr import siren as std_siren
from stdnum.fr import siret as std_siret
from stdnum.fr import tva as std_tva

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.contacts import identifiers as ids

# INSEE, La Poste, EDF, Renault, SNCF Voyageurs, Orange, Carrefour, the example of INSEE.
SIRENS = "120027016 356000000 552081317 441639465 519037584 380129866 652014051 732829320".split()
SIRETS = "73282932000074 35600000000048 55208131766522 12002701600563 35600000049837".split()
VATS = {"732829320": "FR44732829320", "552081317": "FR03552081317", "356000000": "FR39356000000"}


@pytest.mark.parametrize("number", SIRENS)
@pytest.mark.parametrize(
    "way", ["{0}", "{1} {2} {3}", "{1}.{2}.{3}", " {0} ", "SIREN {0}", "N° SIREN : {0}", "{0}.0"]
)
def test_a_siren(number, way):
    assert std_siren.is_valid(number)
    typed = way.format(number, number[:3], number[3:6], number[6:])
    assert (ids.format_siren(typed), ids.siren_issue(typed)) == (number, None)


@pytest.mark.parametrize("number", SIRETS)
def test_a_siret(number):
    assert std_siret.is_valid(number)
    for typed in (
        number,
        f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}",
        f"Siret: {number}",
    ):
        assert (ids.format_siret(typed), ids.siret_issue(typed)) == (number, None)
    assert ids.format_siren(number) == number[:9]


@pytest.mark.parametrize(("siren", "vat"), VATS.items())
def test_a_vat_number(siren, vat):
    assert std_tva.is_valid(vat)
    for typed in (vat, vat.lower(), f"{vat[:4]} {vat[4:7]} {vat[7:10]} {vat[10:]}", siren, vat[2:]):
        assert ids.format_vat(typed) == vat
    assert ids.vat_issue(vat) is None
    assert ids.format_siren(vat) == siren


def test_a_vat_number_comes_from_a_siret():
    assert ids.format_vat("73282932000074") == "FR44732829320"


@pytest.mark.parametrize("vat", ["BE0428759497", "DE136695976", "LU15027442", "IT00743110157"])
def test_a_vat_number_of_another_country(vat):
    assert ids.format_vat(vat) == vat


def test_zeros_that_a_spreadsheet_dropped_come_back():
    assert ids.format_siren("5520135") == "005520135"
    assert ids.format_siret("552013500012") == "00552013500012"


def test_numbers_of_a_spreadsheet():
    assert call(find_function("CRM_SIRET"), [[[73282932000074.0], [None]]]) == [
        ["73282932000074"],
        [None],
    ]
    assert call(find_function("CRM_SIREN"), [732829320.0]) == "732829320"


@pytest.mark.parametrize(
    ("function", "typed", "issue"),
    [
        ("siren", "732829321", "SIREN dont la clé de contrôle est fausse : un chiffre est faux"),
        ("siren", "73282932", "SIREN de 8 chiffres : 9 attendus"),
        ("siren", "7,32829E+08", "SIREN arrondi par le tableur : chiffres perdus"),
        (
            "siret",
            "73282932000075",
            "SIRET dont la clé de contrôle est fausse : un chiffre est faux",
        ),
        ("siret", "732829320", "SIRET attendu (14 chiffres), un SIREN est donné"),
        ("siret", "732829320000", "SIRET de 12 chiffres : 14 attendus"),
        ("siret", "7,32829E+13", "SIRET arrondi par le tableur : chiffres perdus"),
        (
            "vat",
            "FR45732829320",
            "n° de TVA dont la clé ne va pas avec le SIREN : FR44732829320 attendu",
        ),
        ("vat", "FR44732829321", "SIREN dont la clé de contrôle est fausse : un chiffre est faux"),
        ("vat", "FR123", "n° de TVA illisible"),
        ("iban", "FR1520041010050500013M02606", "IBAN dont la clé est fausse"),
        ("iban", "12345", "IBAN illisible"),
    ],
)
def test_a_wrong_number_is_blank_and_explained(function, typed, issue):
    assert getattr(ids, f"format_{function}")(typed) is None
    assert getattr(ids, f"{function}_issue")(typed) == issue


@pytest.mark.parametrize("function", ["siren", "siret", "vat", "iban"])
@pytest.mark.parametrize("typed", ["", "NC", "-", "0", "000000000", "n/a", None])
def test_a_filler_is_a_blank(function, typed):
    assert getattr(ids, f"format_{function}")(typed) is None
    assert getattr(ids, f"{function}_issue")(typed) is None


# Examples of the IBAN registry (SWIFT).
@pytest.mark.parametrize(
    "iban",
    [
        "FR14 2004 1010 0505 0001 3M02 606",
        "BE68 5390 0754 7034",
        "DE89 3704 0044 0532 0130 00",
        "CH93 0076 2011 6238 5295 7",
        "GB29 NWBK 6016 1331 9268 19",
        "ES91 2100 0418 4502 0005 1332",
        "IT60 X054 2811 1010 0000 0123 456",
        "LU28 0019 4006 4475 0000",
        "MC58 1122 2000 0101 2345 6789 030",
    ],
)
def test_an_iban(iban):
    for typed in (
        iban,
        iban.replace(" ", ""),
        iban.lower(),
        iban.replace(" ", "-"),
        f"IBAN : {iban}",
    ):
        assert (ids.format_iban(typed), ids.iban_issue(typed)) == (iban, None)


@pytest.mark.parametrize(
    ("typed", "code", "sector"),
    [
        ("47.75Z", "47.75Z", "Commerce, réparation d'automobiles et de motocycles"),
        ("4775z", "47.75Z", "Commerce, réparation d'automobiles et de motocycles"),
        ("47 75 Z", "47.75Z", "Commerce, réparation d'automobiles et de motocycles"),
        ("APE 62.01Z", "62.01Z", "Information et communication"),
        ("6201Z - Programmation informatique", "62.01Z", "Information et communication"),
        ("01.11Z", "01.11Z", "Agriculture, sylviculture et pêche"),
        ("56.10A", "56.10A", "Hébergement et restauration"),
        ("96.02B", "96.02B", "Autres activités de services"),
        ("Commerce", None, None),
        ("NC", None, None),
        (None, None, None),
    ],
)
def test_a_naf_code(typed, code, sector):
    assert (ids.format_naf(typed), ids.naf_sector(typed)) == (code, sector)
