"""Similarity, keys and groups in cells."""

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.contacts.similarity import duplicate_group, match_key, similarity, similarity_reason
from xlcrm.errors import ArgumentError


@pytest.mark.parametrize(
    ("one", "two", "value"),
    [
        ("Marie Dupont", "DUPONT Marie", 1.0),
        ("Mme Marie Dupont", "marie dupont", 1.0),
        ("SARL Petit Frères", "PETIT FRERES", 1.0),
        ("Fred Petit", "Frédéric Petit", 0.85),
        ("M. Petit", "J. Petit", 1.0),
        ("Marie Dupont", "Marie Durand", 0.5),
        ("Marie Dupont", "Jean Dupont", 0.0),
        ("M. Dupont", "Mme Dupont", 0.0),
        ("SARL Dupont", "Marie Dupont", 0.0),
        ("Marie Dupont", None, None),
    ],
)
def test_names(one, two, value):
    assert similarity(one, two) == similarity(two, one) == value


def test_more_agreement_is_more_alike():
    names = ("Marie Dupont", "Marie Dupond")
    mail, other = "marie.dupont@free.fr", "md@sfr.fr"
    assert similarity(*names, mail, other) < similarity(*names) < similarity(*names, mail, mail)
    assert similarity(*names, mail, None) == similarity(*names)


def test_reasons():
    assert (
        similarity_reason(
            "Marie Dupont", "M. Dupond", phone1="0240112299", phone2="+33 2 40 11 22 99"
        )
        == "même téléphone, nom à une lettre près"
    )
    assert similarity_reason("SARL Dupont", "Marie Dupont", lang="en") == (
        "a company and a person, or nothing to compare"
    )
    assert similarity_reason(None, "Marie Dupont") is None


def test_keys():
    key = match_key("M. Jean-Pierre LEFÈVRE", "01000")
    assert (
        key
        == match_key("Lefebvre Jean Pierre", "01000")
        == match_key("lefevre jean-pierre", "01000")
    )
    assert key != match_key("Jean-Pierre Lefèvre", "75001")
    assert key != match_key("Jean-Paul Lefèvre", "01000")
    assert key == key.upper()
    assert match_key("NC") is None
    assert match_key(None) is None


def test_groups_of_a_range():
    names = [["Anne Petit"], ["Paul Roux"], ["PETIT Anne"], [None]]
    mails = [["a@free.fr"], [None], ["A@free.fr"], [None]]
    entry = find_function("CRM_GROUPE_DOUBLON")
    assert call(entry, [names, mails]) == [[1], [None], [1], [None]]


def test_groups_keep_a_household_apart():
    names = ["Jean Petit", "Anne Petit", "J. Petit"]
    phones = ["0240112299"] * 3
    towns = ["44000"] * 3
    assert duplicate_group(names, phones=phones, postcodes=towns) == [[1], [None], [1]]


def test_lists_of_different_lengths():
    with pytest.raises(ArgumentError, match="2 noms, 1 valeur "):
        duplicate_group(["a", "b"], ["x"])
