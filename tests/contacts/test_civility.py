"""Civilities as people type them."""

from __future__ import annotations

import pytest

from xlcrm.contacts.civility import civility_issue, format_civility, suggest_civility, title_of

MEN = "M.|M|m|m.|Mr|MR|mr|Mr.|MR.|Monsieur|MONSIEUR|monsieur|Mons.|Msieur|Mister| M. |M. ;|H|Homme|Masculin|male"
WOMEN = (
    "Mme|MME|mme|Mme.|MME.|Madame|MADAME|madame|Mad.|Mlle|MLLE|mlle|Mlle.|Melle|Mademoiselle|Mle|Mrs|"
    "Mrs.|Ms|Miss|F|Femme|Féminin|FEMALE|Mme/Mlle|Veuve|Vve|Mme Vve|Mme le Docteur|Mme Dr| Mme\u00a0"
)
HOUSEHOLDS = (
    "M. et Mme|M et Mme|M & Mme|Mr et Mme|MR ET MME|Monsieur et Madame|Mme et M.|M. Mme|Madame, Monsieur|"
    "Mr & Mrs|Mr and Mrs|Famille|Couple"
)
BLANK = "|  |-|NC|nc|N/A|?|0|1|x|non renseigné|#N/A"
TITLES = "Dr|DR|Docteur|Me|Maître|Pr|Professeur|Mgr"
UNREADABLE = "Mr/Mme|M. ou Mme|M./Mme|SARL|Dupont|Z"


@pytest.mark.parametrize("typed", MEN.split("|"))
def test_a_man(typed):
    assert (format_civility(typed), civility_issue(typed)) == ("M.", None)


@pytest.mark.parametrize("typed", WOMEN.split("|"))
def test_a_woman(typed):
    assert (format_civility(typed), civility_issue(typed)) == ("Mme", None)


@pytest.mark.parametrize("typed", HOUSEHOLDS.split("|"))
def test_a_household_is_flagged_and_not_one_person(typed):
    assert format_civility(typed) == "M. et Mme"
    assert civility_issue(typed) == (
        "foyer et non une personne : séparer les conjoints ou écrire au foyer"
    )


@pytest.mark.parametrize("typed", BLANK.split("|"))
def test_a_filler_is_a_blank(typed):
    assert (format_civility(typed), civility_issue(typed)) == (None, None)


@pytest.mark.parametrize("typed", TITLES.split("|"))
def test_a_title_is_no_civility(typed):
    assert format_civility(typed) is None
    assert civility_issue(typed, "en").startswith('"')
    assert title_of(typed) in ("Dr", "Me", "Pr", "Mgr")


@pytest.mark.parametrize("typed", UNREADABLE.split("|"))
def test_what_is_not_told_stays_blank(typed):
    assert format_civility(typed) is None
    assert civility_issue(typed) == "civilité illisible : M. ou Mme attendu"


@pytest.mark.parametrize(
    ("first_name", "civility"),
    [
        ("Marie", "Mme"),
        ("JEAN", "M."),
        ("jean-pierre", "M."),
        ("Anne Sophie", "Mme"),
        ("Jean-Marie", "M."),
        ("Marie-Claude", "Mme"),
        ("Stéphane", "M."),
        ("Stephane", "M."),
        ("Solène", "Mme"),
        ("Mohamed", "M."),
        ("Fatima", "Mme"),
        ("Camille", None),
        ("Dominique", None),
        ("Claude", None),
        ("Sacha", None),
        ("Zorglub", None),
        (None, None),
    ],
)
def test_a_civility_is_only_suggested(first_name, civility):
    assert suggest_civility(first_name) == civility


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Dr Petit", "Dr"),
        ("Docteur Anne Petit", "Dr"),
        ("Mme le Docteur Petit", "Dr"),
        ("Maître Durand", "Me"),
        ("Pr. Martin", "Pr"),
        ("Mme Petit", None),
        ("Drouet", None),
        (None, None),
    ],
)
def test_a_title_before_a_name(text, title):
    assert title_of(text) == title
