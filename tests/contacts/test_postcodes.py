"""Postcodes as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.contacts.postcodes import department, format_postcode, postcode_issue, region

RIGHT = [
    ("75001", "75001"),
    ("06000", "06000"),
    ("6000", "06000"),
    ("6000.0", "06000"),
    ("75001.0", "75001"),
    ("1000", "01000"),
    ("75 001", "75001"),
    ("75.001", "75001"),
    ("06 000", "06000"),
    (" 75001 ", "75001"),
    ("75001\u00a0", "75001"),
    ("F-75001", "75001"),
    ("F 75001", "75001"),
    ("FR-75001", "75001"),
    ("FR75001", "75001"),
    ("France 75001", "75001"),
    ("75O01", "75001"),
    ("75ool", "75001"),
    ("'06000", "06000"),
    ("75001,", "75001"),
    ("75001 PARIS", "75001"),
    ("PARIS 75001", "75001"),
    ("75380 CEDEX 08", "75380"),
    ("20000", "20000"),
    ("20200", "20200"),
    ("97400", "97400"),
    ("97150", "97150"),
    ("97500", "97500"),
    ("97600", "97600"),
    ("98000", "98000"),
    ("98713", "98713"),
    ("98800", "98800"),
    ("95999", "95999"),
]
FILLERS = "|  |NC|-|?|0|00000|000|xxx|#N/A|n/a"
WRONG = [
    ("750001", "code postal français attendu : 5 chiffres, comme 75001"),
    ("750", "code postal français attendu : 5 chiffres, comme 75001"),
    ("Paris", "code postal français attendu : 5 chiffres, comme 75001"),
    ("96100", "aucun département ne commence par 96"),
    ("00123", "aucun département ne commence par 00"),
    ("97900", "aucun département ne commence par 97"),
    ("99100", "aucun département ne commence par 99"),
]


@pytest.mark.parametrize(("typed", "expected"), RIGHT)
def test_a_french_postcode(typed, expected):
    assert format_postcode(typed) == expected


@pytest.mark.parametrize("typed", FILLERS.split("|"))
def test_a_filler_is_a_blank(typed):
    assert (format_postcode(typed), postcode_issue(typed)) == (None, None)


@pytest.mark.parametrize(("typed", "issue"), WRONG)
def test_a_wrong_one_is_blank_and_explained(typed, issue):
    assert (format_postcode(typed), postcode_issue(typed)) == (None, issue)


@pytest.mark.parametrize("typed", ["B-1000", "L-1234", "CH-1201", "D-10115", "SW1A 1AA", "1012 AB"])
def test_a_foreign_one_is_kept_and_reported(typed):
    assert (format_postcode(typed), postcode_issue(typed)) == (typed, "code postal étranger")


def test_one_of_no_commune_is_kept_and_reported():
    assert format_postcode("75380") == "75380"
    assert postcode_issue("75380") == "code postal d'aucune commune (CEDEX ou faux)"


def test_numbers_of_a_spreadsheet():
    cells = [[6000.0], [75001.0], [None], [97400.0]]
    found = call(find_function("CRM_CODE_POSTAL"), [cells])
    assert found == [["06000"], ["75001"], [None], ["97400"]]


@pytest.mark.parametrize(
    ("postcode", "number", "name", "in_region"),
    [
        ("75001", "75", "Paris", "Île-de-France"),
        ("01000", "01", "Ain", "Auvergne-Rhône-Alpes"),
        ("1000", "01", "Ain", "Auvergne-Rhône-Alpes"),
        ("20000", "2A", "Corse-du-Sud", "Corse"),
        ("20200", "2B", "Haute-Corse", "Corse"),
        ("44000", "44", "Loire-Atlantique", "Pays de la Loire"),
        ("97110", "971", "Guadeloupe", "Guadeloupe"),
        ("97400", "974", "La Réunion", "La Réunion"),
        ("97133", "977", "Saint-Barthélemy", "Saint-Barthélemy"),
        ("98000", "MC", "Monaco", "Monaco"),
        ("98800", "988", "Nouvelle-Calédonie", "Nouvelle-Calédonie"),
        ("96100", None, None, None),
        (None, None, None, None),
    ],
)
def test_department_and_region(postcode, number, name, in_region):
    assert (department(postcode, "number"), department(postcode), region(postcode)) == (
        number,
        name,
        in_region,
    )
