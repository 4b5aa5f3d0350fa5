"""The example of every function in the reference."""

import pytest

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.catalogue import FUNCTIONS, find_function
from xlcrm.front.examples import example_of


def test_every_function_has_an_example_in_both_languages() -> None:
    for entry in FUNCTIONS.values():
        french, english = example_of(entry, "fr"), example_of(entry, "en")
        assert french is not None, entry.fr
        assert english is not None, entry.en
        assert french.formula.startswith(f"{entry.fr}(")
        assert english.formula.startswith(f"{entry.en}(")
        assert list(french.ranges) == list(english.ranges)


@pytest.mark.parametrize(
    ("name", "lang", "formula", "ranges", "shown"),
    [
        ("CRM_ECHEANCE", "fr", 'CRM_ECHEANCE(DATE(2026;1;20) ; "45 j fin de mois")', {}, "31/03/2026"),
        ("CRM_ROI", "fr", "CRM_ROI(50000 ; 20000)", {}, "1,5"),
        ("CRM_ROI", "en", "CRM_ROI(50000, 20000)", {}, "1.5"),
        (
            "CRM_ESCOMPTE", "fr", 'CRM_ESCOMPTE(40000 ; 0,085 ; 12 ; "commercial")', {}, "113,33",
        ),
        (
            "CRM_EMPRUNT_ECHEANCE", "en", 'CRM_LOAN_PAYMENT(20000, 0.05, 4, "year")', {},
            "5640.24",
        ),
        (
            "CRM_HEURE_APPEL", "fr", "CRM_HEURE_APPEL(DATE(2026;11;23)+TEMPS(10;30;0))", {}, "OK",
        ),
        (
            "CRM_GROUPE_DOUBLON", "fr", "CRM_GROUPE_DOUBLON(A2:A4 ; B2:B4)",
            {
                "A2:A4": "Anne Petit ; Paul Roux ; PETIT Anne",
                "B2:B4": "a@free.fr ; (vide) ; A@free.fr",
            },
            "1 ; (vide) ; 1",
        ),
    ],
)  # fmt: skip
def test_an_example_is_what_a_person_types(name, lang, formula, ranges, shown) -> None:
    example = example_of(find_function(name), lang)
    assert example == (formula, ranges, shown)
