"""Dates and countries as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from xlcrm.contacts.countries import country_code, format_country, read_country
from xlcrm.contacts.dates import NO_DAY, NOT_A_DATE, read_date

DAY = date(2026, 3, 21)


@pytest.mark.parametrize(
    "typed",
    [
        datetime(2026, 3, 21),
        DAY,
        "21/03/2026",
        "21-03-2026",
        "21.03.2026",
        "21/3/26",
        " 21/03/2026 ",
        "2026-03-21",
        "2026/03/21",
        "2026-03-21 00:00:00",
        "20260321",
        "21 mars 2026",
        "samedi 21 mars 2026",
        "21 march 2026",
        46102,
        46102.0,
        "46102",
    ],
)
def test_a_date(typed):
    assert read_date(typed) == (DAY, None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("31/02/2026", NO_DAY),
        ("03/21/2026", NO_DAY),
        ("2026-13-01", NO_DAY),
        ("31 février 2026", NO_DAY),
        ("bientôt", NOT_A_DATE),
        ("mars 2026", NOT_A_DATE),
        (True, NOT_A_DATE),
        (-5.0, NOT_A_DATE),
    ],
)
def test_no_date(typed, problem):
    assert read_date(typed) == (None, problem)


@pytest.mark.parametrize("typed", ["", "NC", "-", "?"])
def test_a_filler_is_a_blank(typed):
    assert read_date(typed) == (None, None)


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("France", "FR", "France"),
        ("FRANCE", "FR", "France"),
        ("fr", "FR", "France"),
        ("BELGIQUE", "BE", "Belgique"),
        ("Belgium", "BE", "Belgique"),
        ("Allemagne", "DE", "Allemagne"),
        ("Deutschland", "DE", "Allemagne"),
        ("UK", "GB", "Royaume-Uni"),
        ("Angleterre", "GB", "Royaume-Uni"),
        ("Etats-Unis", "US", "États-Unis"),
        ("USA", "US", "États-Unis"),
        ("Cote d'Ivoire", "CI", "Côte d'Ivoire"),
        ("Réunion", "RE", "La Réunion"),
    ],
)
def test_a_country(typed, code, name):
    assert (country_code(typed), format_country(typed)) == (code, name)


def test_an_unknown_country_is_kept_and_reported():
    assert read_country("Syldavie").value == "Syldavie"
    assert read_country("Syldavie").problem.en == "unknown country"
    assert format_country("Syldavie") is None
    assert format_country("allemagne", "en") == "Germany"
