"""Texts as they are pasted, and fillers."""

from __future__ import annotations

import pytest

from xlcrm.contacts.blanks import fold, is_filler, tidy


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Dupont", "Dupont"),
        ("  Dupont \t", "Dupont"),
        ("Jean\u00a0\u00a0Dupont", "Jean Dupont"),
        ("Jean\u202fDupont", "Jean Dupont"),
        ("Jean\nDupont", "Jean Dupont"),
        ("\ufeffDupont\u200b", "Dupont"),
        ("L\u2019Haÿ", "L'Haÿ"),
        ("Jean\u2011Pierre", "Jean-Pierre"),
        ("« Dupont »", "Dupont"),
        ('"Dupont"', "Dupont"),
        ("'06", "06"),
        ("Dupont;", "Dupont"),
        ("FranÃ§ois", "François"),
        ("HÃ©lÃ¨ne", "Hélène"),
        ("Å’uilly", "Œuilly"),
        ("FranÃƒÂ§ois", "François"),
        ("Ren\u201a", "René"),
        ("Fran\u2021ois", "François"),
        ("e\u0301cole", "école"),
        ("Dupont &amp; Fils", "Dupont & Fils"),
        ("Caf&eacute;", "Café"),
        ("AT&T", "AT&T"),
        ("Dupont_x000D_", "Dupont"),
        ("João Ângela Čapek Šimek", "João Ângela Čapek Šimek"),
        ("", ""),
    ],
)
def test_tidy(typed, expected):
    assert tidy(typed) == expected


@pytest.mark.parametrize(
    "text",
    "NC nc N.C. n/a N/A néant NEANT Inconnu inconnue xxx X xx - -- ? ... / 0 0000 00000 aaa #N/A NA na "
    "aucun vide null NULL test azerty".split()
    + ["non renseigné", "Pas de mail", "à compléter", "n. c.", "- -", "", " "],
)
def test_fillers(text):
    assert is_filler(text)


@pytest.mark.parametrize(
    "text",
    [
        "Na",
        "Nan",
        "Xavier",
        "Anne",
        "Ba",
        "Li",
        "10",
        "Sens",
        "Nice",
        "Rien-sur-Mer",
        "AA",
        "Null & Co",
    ],
)
def test_what_is_no_filler(text):
    assert not is_filler(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("ŒUVRE", "oeuvre"),
        ("N° 12", "n 12"),
        ("Straße", "strasse"),
        ("  a  B ", "a b"),
    ],
)
def test_fold(text, expected):
    assert fold(text) == expected


def test_a_long_text_with_one_odd_sign_is_read_at_once():
    text = "Résidence les Églantiers, " * 40
    assert tidy(f"{text}l\u2019été") == f"{text}l'été"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('PETIT "la grande"', 'PETIT "la grande"'),
        ('"La Poste" Nantes', '"La Poste" Nantes'),
        ("Le bar « Chez Léon »", "Le bar « Chez Léon »"),
        ('"Dupont"', "Dupont"),
        ("« Dupont » ;", "Dupont"),
        ('Dupont"', "Dupont"),
        ('Petit "la grande" ; ', 'Petit "la grande"'),
    ],
)
def test_a_quotation_inside_keeps_both_its_quotes(typed, expected):
    assert tidy(typed) == expected
    assert tidy(expected) == expected
