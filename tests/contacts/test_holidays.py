"""Public holidays, against published calendars."""

from datetime import date

import pytest

from xlcrm.contacts.holidays import department_of, easter, holidays, public_holiday
from xlcrm.errors import ArgumentError


@pytest.mark.parametrize(
    "day",
    # Tables of Easter in the Astronomical Almanac; 1818 and 1943 are the earliest and the latest.
    ["1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23"]
    + ["2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"]
    + ["2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19"],
)
def test_easter(day):
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_the_eleven_days_of_2026():
    # service-public.fr, jours fériés 2026
    days = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01"]
    days += ["11-11", "12-25"]
    assert [f"{day:%m-%d}" for day in holidays(2026)] == days


def test_alsace_moselle_has_two_more():
    more = set(holidays(2026, "57")) - set(holidays(2026))
    assert more == {date(2026, 4, 3), date(2026, 12, 26)}
    assert holidays(2026, "57") == holidays(2026, "67") == holidays(2026, "68")


@pytest.mark.parametrize(
    ("postcode", "day"),
    [
        ("97100", "05-27"),
        ("97200", "05-22"),
        ("97300", "06-10"),
        ("97400", "12-20"),
        ("97600", "04-27"),
    ],
)
def test_abolition_of_slavery(postcode, day):
    only = set(holidays(2026, department_of(postcode))) - set(holidays(2026))
    assert only == {date.fromisoformat(f"2026-{day}")}


def test_two_feasts_on_one_day():
    # In 2008 Ascension fell on 1 May.
    assert public_holiday(date(2008, 5, 1)) == "Fête du travail, Ascension"


def test_names_and_blanks():
    assert public_holiday(date(2026, 7, 14), lang="en") == "National Day"
    assert public_holiday(date(2026, 7, 15)) is None
    assert public_holiday(None) is None
    assert public_holiday(date(1950, 11, 11)) == "Armistice de 1918"
    assert public_holiday(date(1900, 11, 11)) is None


def test_a_year_without_a_calendar():
    with pytest.raises(ArgumentError, match="depuis 1802, pas pour 1700"):
        public_holiday(date(1700, 1, 1))
