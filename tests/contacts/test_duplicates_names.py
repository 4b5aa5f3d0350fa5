"""How two first or last names agree."""

import pytest

from xlcrm.contacts.duplicates_names import FIRST, LAST, compare_first, compare_last


@pytest.mark.parametrize(
    ("one", "two", "finding"),
    [
        ("marie", "marie", "same"),
        ("jean pierre", "jeanpierre", "same"),
        ("fred", "frederic", "nickname"),
        ("bob", "robert", "nickname"),
        ("corinne", "corine", "sound"),
        ("matthieu", "mathieu", "sound"),
        ("juliette", "julirtte", "typo"),
        ("jean", "jena", "typo"),
        ("eric", "erci", "typo"),
        ("marie anne", "anne marie", "typos"),
        ("j", "jean", "initial"),
        ("j", "j", "initial"),
        ("jp", "jean pierre", "initial"),
        ("j p", "jean pierre", "initial"),
        ("marie", "marie claire", "part"),
        ("michel", "michelle", "gender"),
        ("pascal", "pascale", "gender"),
        ("jean marie", "jean marc", "different"),
        ("marie", "sophie", "different"),
        ("p", "jean", "different"),
        ("", "jean", ""),
    ],
)
def test_first_names(one, two, finding):
    assert compare_first(one, two) == compare_first(two, one) == finding


def test_two_first_names_in_use_are_no_slip():
    assert compare_first("leo", "lea", 2) == "different"
    assert compare_first("marion", "marine", 2) == "close"
    assert compare_first("marion", "maroin", 1) == "typo"


def test_two_slips_of_one_name():
    assert compare_first("smair", "saimr", 1) == "different"
    assert compare_first("smair", "saimr", 0) == "typos"


@pytest.mark.parametrize(
    ("one", "two", "known", "finding"),
    [
        ("le goff", "legoff", 2, "same"),
        ("marchal", "marhcal", 1, "typo"),
        ("lefevre", "lefebvre", 2, "sound"),
        ("martin", "marin", 2, "close"),
        ("dupont martin", "dupont", 2, "part"),
        ("martin dupont", "dupont martin", 2, "part"),
        ("de sousa", "dos santos", 2, "different"),
        ("petit", "grand", 2, "different"),
        ("petit", "", 2, ""),
    ],
)
def test_last_names(one, two, known, finding):
    assert compare_last(one, two, known) == compare_last(two, one, known) == finding


def test_findings_are_listed():
    assert FIRST[0] == LAST[0] == ""
    assert FIRST[-1] == LAST[-1] == "different"
