"""Phone numbers as people type them; numbers of Arcep's ranges for fiction where there are any."""

from __future__ import annotations

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.contacts.phones import format_phone, phone_issue, phone_type
from xlcrm.errors import ArgumentError

ONE = "06 39 98 12 34"  # a mobile number for fiction
ONE_WAYS = [
    "06 39 98 12 34",
    "06.39.98.12.34",
    "06-39-98-12-34",
    "06/39/98/12/34",
    "06_39_98_12_34",
    "0639981234",
    "639981234",
    "6 39 98 12 34",
    "639981234.0",
    "+33639981234",
    "+33 6 39 98 12 34",
    "+33 06 39 98 12 34",
    "+33 (0)6 39 98 12 34",
    "+33(0)639981234",
    "(+33) (0)6 39 98 12 34",
    "(+33)6 39 98 12 34",
    "+ 33 6 39 98 12 34",
    "0033639981234",
    "0033 6 39 98 12 34",
    "00 33 6 39 98 12 34",
    "0033 (0)6 39 98 12 34",
    "33639981234",
    "33 6 39 98 12 34",
    "O6 39 98 12 34",
    "o639981234",
    "06 39 98 l2 34",
    "06\u00a039\u00a098\u00a012\u00a034",
    "  06 39 98 12 34  ",
    "06  39  98  12  34",
    "06 399 812 34",
    "0639 981 234",
    "06.39.98.12.34.",
    "'0639981234",
    '"06 39 98 12 34"',
    "Tél. : 06 39 98 12 34",
    "tel 06.39.98.12.34",
    "port. 06 39 98 12 34",
    "06 39 98 12 34 (bureau)",
    "06 39 98 12 34 (M. Dupont)",
    "06 39 98 12 34 Mme Dupont",
    "ne pas appeler 0639981234",
    "06 39 98 12 34;",
    "\uff10\uff16 39 98 12 34",
    "06 39 98 12 34 / 06 39 98 12 34",
]
TWO = "06 39 98 12 34; 01 99 00 12 34"
TWO_WAYS = [
    "06 39 98 12 34 / 01 99 00 12 34",
    "06.39.98.12.34/01.99.00.12.34",
    "0639981234/0199001234",
    "06 39 98 12 34 ou 01 99 00 12 34",
    "06 39 98 12 34 et 01 99 00 12 34",
    "06 39 98 12 34 - 01 99 00 12 34",
    "06 39 98 12 34, 01 99 00 12 34",
    "06 39 98 12 34 ; 01 99 00 12 34",
    "06 39 98 12 34 | 01 99 00 12 34",
    "06 39 98 12 34\n01 99 00 12 34",
    "06 39 98 12 34 01 99 00 12 34",
    "0639981234 0199001234",
    "+33639981234 +33199001234",
    "port. 06 39 98 12 34 dom. 01 99 00 12 34",
    "0639981234 (perso) / 0199001234 (pro)",
    "06 39 98 12 34 / NC / 01 99 00 12 34",
    TWO,
]
OTHERS = [
    ("0692 12 34 56", "+262 692 12 34 56"),
    ("06 92 12 34 56", "+262 692 12 34 56"),
    ("692123456", "+262 692 12 34 56"),
    ("+262 692 12 34 56", "+262 692 12 34 56"),
    ("+262692123456", "+262 692 12 34 56"),
    ("00262 692 12 34 56", "+262 692 12 34 56"),
    ("+33 692 12 34 56", "+262 692 12 34 56"),
    ("0262 12 34 56", "+262 262 12 34 56"),
    ("0690 12 34 56", "+590 690 12 34 56"),
    ("0590 12 34 56", "+590 590 12 34 56"),
    ("0694 12 34 56", "+594 694 12 34 56"),
    ("0594 12 34 56", "+594 594 12 34 56"),
    ("0696 12 34 56", "+596 696 12 34 56"),
    ("0596 12 34 56", "+596 596 12 34 56"),
    ("0639 12 34 56", "+262 639 12 34 56"),
    ("0269 61 23 45", "+262 269 61 23 45"),
    ("0695 12 34 56", "06 95 12 34 56"),
    ("0800 123 456", "08 00 12 34 56"),
    ("0 892 12 34 56", "08 92 12 34 56"),
    ("09 72 12 34 56", "09 72 12 34 56"),
    ("07 00 12 34 56", "07 00 12 34 56"),
    ("3639", "3639"),
    ("118 218", "118 218"),
    ("01 99 00 12 34 poste 12", "01 99 00 12 34 poste 12"),
    ("01 99 00 12 34 ext. 12", "01 99 00 12 34 poste 12"),
    ("01 99 00 12 34/35", "01 99 00 12 34; 01 99 00 12 35"),
    ("01 99 00 12 34 et 35", "01 99 00 12 34; 01 99 00 12 35"),
    ("+44 20 7946 0958", "+44 20 7946 0958"),
    ("0044 20 7946 0958", "+44 20 7946 0958"),
    ("+44 (0)20 7946 0958", "+44 20 7946 0958"),
    ("+32 475 12 34 56", "+32 475 12 34 56"),
    ("32475123456", "+32 475 12 34 56"),
    ("+41791234567", "+41 79 123 45 67"),
    ("+352 621 123 456", "+352 621 123 456"),
    ("+39 06 6982 1234", "+39 06 6982 1234"),
    ("+1 212 555 0100", "+1 212 555 0100"),
    ("+508 41 12 34", "+508 41 12 34"),
    ("+44 20 7946 0958 / 06 39 98 12 34", "+44 20 7946 0958; 06 39 98 12 34"),
]
FILLERS = (
    "|  |NC|n/a|-|?|0|aucun|néant|xxx|0000000000|00 00 00 00 00|0123456789|01 23 45 67 89|0606060606|"
    "1111111111|9999999999|06 00 00 00 00|0102030405|#N/A|non renseigné"
)
WRONG = [
    ("06 39 98 12", "numéro trop court : il manque des chiffres"),
    ("06 39 98 12 3", "numéro trop court : il manque des chiffres"),
    ("42 33 44 55", "numéro trop court : il manque des chiffres"),
    ("+33 6 39 98 12", "numéro trop court : il manque des chiffres"),
    ("+33", "numéro trop court : il manque des chiffres"),
    ("06 39 98 12 345", "numéro trop long : trop de chiffres"),
    ("+336399812345", "numéro trop long : trop de chiffres"),
    ("6,39981E+08", "numéro arrondi par le tableur (notation scientifique) : chiffres perdus"),
    ("6.39E+08", "numéro arrondi par le tableur (notation scientifique) : chiffres perdus"),
    ("jean@free.fr", "ceci n'est pas un numéro de téléphone"),
    ("liste rouge", "ceci n'est pas un numéro de téléphone"),
]


@pytest.mark.parametrize("typed", ONE_WAYS)
def test_one_number_written_in_many_ways(typed):
    assert (format_phone(typed), phone_issue(typed)) == (ONE, None)


@pytest.mark.parametrize("typed", TWO_WAYS)
def test_two_numbers_are_kept(typed):
    assert (format_phone(typed), phone_issue(typed)) == (TWO, None)


@pytest.mark.parametrize(("typed", "expected"), OTHERS)
def test_overseas_special_and_foreign_numbers(typed, expected):
    assert (format_phone(typed), phone_issue(typed)) == (expected, None)


@pytest.mark.parametrize("typed", FILLERS.split("|"))
def test_a_filler_is_a_blank(typed):
    assert (format_phone(typed), phone_issue(typed)) == (None, None)


@pytest.mark.parametrize(("typed", "issue"), WRONG)
def test_a_wrong_number_is_blank_and_explained(typed, issue):
    assert (format_phone(typed), phone_issue(typed)) == (None, issue)


def test_a_doubtful_foreign_number_is_kept_and_reported():
    assert format_phone("+687 12 34 56") == "+687 123456"
    assert phone_issue("+687 12 34 56") == "numéro +687 improbable : à vérifier"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("06 39 98 12 34", "+33639981234"),
        ("0692123456", "+262692123456"),
        ("0044 20 7946 0958", "+442079460958"),
        ("06 39 98 12 34 / 01 99 00 12 34", "+33639981234; +33199001234"),
        ("NC", None),
    ],
)
def test_e164(typed, expected):
    assert format_phone(typed, "E164") == expected


def test_numbers_without_a_code_belong_to_the_country():
    assert format_phone("0475 12 34 56", "display", "BE") == "+32 475 12 34 56"
    assert format_phone("0475 12 34 56", "display", "Belgique") == "+32 475 12 34 56"
    assert format_phone("+33 6 39 98 12 34", "display", "BE") == "06 39 98 12 34"
    with pytest.raises(ArgumentError, match="Pays inconnu : « Syldavie »"):
        format_phone("0475 12 34 56", "display", "Syldavie")


# Cold-call ranges: Arcep, decision 2022-1583.
@pytest.mark.parametrize(
    ("typed", "fr", "en"),
    [
        ("06 12 34 56 78", "mobile", "mobile"),
        ("07 12 34 56 78", "mobile", "mobile"),
        ("01 42 34 56 78", "fixe", "landline"),
        ("05 42 34 56 78", "fixe", "landline"),
        ("09 72 34 56 78", "box (VoIP)", "VoIP"),
        ("0800 123 456", "spécial", "special"),
        ("3639", "court", "short"),
        ("0692 12 34 56", "mobile", "mobile"),
        ("0262 12 34 56", "fixe", "landline"),
        ("01 99 00 12 34", "fictif", "fictional"),
        ("06 39 98 12 34", "fictif", "fictional"),
        ("+32 475 12 34 56", "étranger", "foreign"),
        *((f"{p[:2]} {p[2:]} 12 34 56", "démarchage", "cold calls") for p in
          "0162 0163 0270 0271 0377 0378 0424 0425 0568 0569 0948 0949".split()),
        ("06 12 34 56 78 / 01 42 34 56 78", "mobile; fixe", "mobile; landline"),
        ("NC", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_types(typed, fr, en):
    assert (phone_type(typed), phone_type(typed, "FR", "en")) == (fr, en)


def test_a_column_of_numbers_that_a_spreadsheet_made():
    column = [[639981234.0], [33639981234.0], ["06 39 98 12 34"], [None], [692123456.0]]
    assert call(find_function("CRM_TELEPHONE"), [column]) == [
        [ONE],
        [ONE],
        [ONE],
        [None],
        ["+262 692 12 34 56"],
    ]
