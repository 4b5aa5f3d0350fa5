"""No argument, however absurd, brings more than a refusal: every function, with hostile values."""

import math
import time
from datetime import date, datetime
from itertools import combinations, product

import pytest

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.calling import as_rows, call
from xlcrm.catalogue import FUNCTIONS, Shape, find_function
from xlcrm.errors import ArgumentError
from xlcrm.front.examples import _first_call

NUMBERS = [0, -1, 0.5, 1e308, -1e308, math.inf, -math.inf, math.nan, 1e-320, 1e9, 1e15, 10**400]
TEXTS = ["x", "1e400", "#N/A", "#DIV/0!", " ", "9" * 400, "31/12/9999", "12/34/5678", "\x00", "½"]
OTHERS = [None, True, date(1, 1, 1), date(9999, 12, 31), datetime(1900, 1, 1, 23, 59)]
HOSTILE = [*NUMBERS, *TEXTS, *OTHERS]
TOGETHER = [0, -1, 1e308, -1e308, 1e-320, None]
# Fitted to customers, or compared in pairs: a few values for those.
_SLOW = {"CRM_BGNBD", "CRM_GAMMA_GAMMA", "CRM_SBG", "CRM_DUPLICATE_GROUP"}
_FEW = [-1, 1e308, "\x00", None]
_LONGEST = 20.0  # seconds of processor: work without a bound takes minutes


def _ranges(param, value, usual):
    """The hostile value as a cell, or as all and as one of the cells of a range."""
    if param.shape not in (Shape.LIST, Shape.TABLE):
        yield value
        return
    rows = [list(row) for row in as_rows(usual)]
    yield [[value] * len(row) for row in rows]
    yield [[value, *rows[0][1:]], *rows[1:]]


def _calls(entry):
    first = _first_call(entry)
    usual = [first.get(param.name) for param in entry.params]
    hostile = _FEW if entry.en in _SLOW else HOSTILE
    for place, param in enumerate(entry.params):
        for value in hostile:
            for argument in _ranges(param, value, usual[place]):
                yield [*usual[:place], argument, *usual[place + 1 :]]
    for value in hostile:
        yield [
            next(_ranges(param, value, known))
            for param, known in zip(entry.params, usual, strict=True)
        ]
    if entry.en in _SLOW:
        return
    for (one, other), values in product(
        combinations(range(len(entry.params)), 2), product(TOGETHER, repeat=2)
    ):
        args = list(usual)
        for place, value in zip((one, other), values, strict=True):
            args[place] = next(_ranges(entry.params[place], value, usual[place]))
        yield args


def _is_cell(value):
    """What a cell can hold: a finite number, a text, a date, yes or no, nothing."""
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (str, bool, int, date))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_answer_is_a_cell_or_a_refusal(name):
    entry = find_function(name)
    for args in _calls(entry):
        start = time.process_time()
        try:
            answer = call(entry, args)
        except ArgumentError:
            answer = None
        assert all(_is_cell(value) for row in as_rows(answer) for value in row), (args, answer)
        assert time.process_time() - start < _LONGEST, args


BEYOND = (
    "Incalculable avec ces valeurs : l'une est bien trop grande, bien trop proche de zéro, ou un "
    "diviseur est nul."
)


@pytest.mark.parametrize(
    ("name", "args", "sentence"),
    [
        ("CRM_SEUIL_QUANTITE", [1e308, 1e-320, 0], BEYOND),
        ("CRM_BFR", [1e308, 1e308, 1e308], BEYOND),
        ("CRM_VALEUR_ACQUISE", [1e308, 0.5, 40], BEYOND),
        ("CRM_VALEUR_ACQUISE", [1000, 0.05, 1e308], BEYOND),
        ("CRM_ROI", [1e308, 1e-320], BEYOND),
        ("CRM_ROI", ["1e400", 1], "Argument « gain » : « 1e400 » n'est pas un nombre."),
        ("CRM_ROI", [math.inf, 1], "Argument « gain » : « inf » n'est pas un nombre."),
        ("CRM_POINT_MORT_DATE", [1e6, 5e5, date(9999, 12, 31)], BEYOND),
        (
            "CRM_SBG_SURVIE",
            [[[0.7], [0.0]], 12],
            "Les paramètres sont les 2 cellules de CRM_SBG, positives ; il y a : 0,7 ; 0.",
        ),
        (
            "CRM_CONTACTABLE",
            ["téléphone", date(1905, 1, 1)],
            "Pas de règle connue pour téléphone le 01/01/1905.",
        ),
    ],
)
def test_what_is_told(name, args, sentence):
    with pytest.raises(ArgumentError) as told:
        call(find_function(name), args)
    assert str(told.value) == sentence


def test_one_cell_beyond_reach_leaves_the_others():
    gains = [[30.0], [1e308], [None]]
    answer = call(find_function("CRM_ROI"), [gains, [[20.0], [1e-320], [5.0]]], on_error=str)
    assert answer == [[0.5], [BEYOND], [None]]


def test_a_blank_in_a_range_means_the_default():
    whom = [["particulier"], [None], ["  "]]
    answer = call(
        find_function("CRM_CONTACTABLE"), ["téléphone", date(2026, 8, 10), None, None, whom]
    )
    assert answer == [["OK"]] * 3


def test_never_is_the_last_day_of_the_calendar():
    assert call(find_function("CRM_CONSERVATION"), [date(9999, 12, 31)]) == date.max


@pytest.mark.parametrize(("years", "value"), [(1, 72.73), (2, 125.62), (1e6, 266.67), (0, 0.0)])
def test_many_years_of_a_customer_are_one_formula(years, value):
    assert round(call(find_function("CRM_VALEUR_CLIENT"), [100, 0.8, 0.1, years]), 2) == value
