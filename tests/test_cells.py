"""What a cell holds, as it was meant."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlcrm import cells
from xlcrm.errors import ArgumentError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (75001.0, "75001"),
        (0.5, "0.5"),
        (12, "12"),
        ("  a b ", "a b"),
        ("", None),
        ("   ", None),
        (None, None),
        (float("nan"), None),
        ("#N/A", None),
        ("#VALEUR!", None),
        (True, "VRAI"),
        ("=1+1", "=1+1"),
        (datetime(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 9, 30), "2026-11-21 09:30:00"),
        (date(2026, 11, 21), "2026-11-21"),
    ],
)
def test_text(value, text):
    assert cells.to_text(value) == text


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (73282932000074.0, "73282932000074"),
        (1e3, "1000"),
        (612345678.0, "612345678"),
        ("06 12", "06 12"),
        (None, None),
    ],
)
def test_label(value, label):
    assert cells.to_label(value) == label


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        ("1 234,50", 1234.5),
        ("1\u202f234,50 €", 1234.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("-12", -12.0),
        ("−12,5", -12.5),
        ("20 %", 0.2),
        ("5,5%", 0.055),
        (".5", 0.5),
        ("1e3", 1000.0),
        (True, 1.0),
        ("", None),
    ],
)
def test_number(value, number):
    assert cells.to_number(value) == number


@pytest.mark.parametrize("value", ["abc", "12a", "1,2,3", "--1", "offert", "1 2 x"])
def test_what_is_no_number(value):
    with pytest.raises(ArgumentError, match="n'est pas un nombre"):
        cells.to_number(value)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("21/11/2026", date(2026, 11, 21)),
        ("1/2/2026", date(2026, 2, 1)),
        ("21-11-26", date(2026, 11, 21)),
        ("21.11.1985", date(1985, 11, 21)),
        ("02/03/45", date(1945, 3, 2)),
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21T14:29:44Z", date(2026, 11, 21)),
        (46347, date(2026, 11, 21)),
        (46347.75, date(2026, 11, 21)),
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (datetime(2026, 11, 21, 23, 59), date(2026, 11, 21)),
        ("", None),
    ],
)
def test_date(value, day):
    assert cells.to_date(value) == day


@pytest.mark.parametrize(
    "value",
    ["31/02/2026", "13/13/2026", "demain", -5, 1e9, "00/01/2026", "20/01/202", "20/01/20266"],
)
def test_what_is_no_date(value):
    with pytest.raises(ArgumentError, match="n'est pas une date"):
        cells.to_date(value)


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)))
def test_serial_and_back(day):
    assert cells.to_date(cells.to_serial(day)) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(1900, 2, 28)))
def test_serial_and_back_before_the_day_that_never_was(day):
    assert cells.to_date(cells.to_serial(day)) == day


@pytest.mark.parametrize(
    ("value", "flag"),
    [("Oui", True), ("X", True), (1.0, True), ("non", False), (0, False), ("", None), (True, True)],
)
def test_flag(value, flag):
    assert cells.to_flag(value) is flag


def test_what_is_no_flag():
    with pytest.raises(ArgumentError, match="n'est pas oui ou non"):
        cells.to_flag("peut-être")
