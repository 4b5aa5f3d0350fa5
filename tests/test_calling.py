"""One converter for every door: a cell, a row, a column, a table, a literal, a blank."""

from datetime import date

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import FunctionEntry, Kind, Param, Shape, find_function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text

HELP = Text(fr="aide", en="help")


def entry(func, *params, lang=False):
    return FunctionEntry("CRM_TRY", "CRM_ESSAI", "tools", HELP, params, func, lang, Kind.TEXT)


def upper(text, mark="!"):
    return None if text is None else text.upper() + mark


TRY = entry(
    upper, Param("text", "texte", HELP), Param("mark", "signe", HELP, Shape.ONE, default="!")
)


@pytest.mark.parametrize(
    ("args", "result"),
    [
        (["a"], "A!"),
        ([None], None),
        ([[["a"], ["b"]]], [["A!"], ["B!"]]),
        ([[["a", "b"]]], [["A!", "B!"]]),
        ([["a", "b"]], [["A!", "B!"]]),
        ([[["a", None], ["#N/A", "b"]]], [["A!", None], [None, "B!"]]),
        (["a", "?"], "A?"),
        (["a", None], "A!"),
        ([[["a"], ["b"]], [["?"]]], [["A?"], ["B?"]]),
        ([75001.0], "75001!"),
    ],
)
def test_shapes(args, result):
    assert call(TRY, args) == result


def test_equal_values_are_computed_once():
    seen = []
    once = entry(lambda text: seen.append(text) or text, Param("text", "texte", HELP))
    assert call(once, [[["a"], ["a"], ["b"], ["a"]]]) == [["a"], ["a"], ["b"], ["a"]]
    assert seen == ["a", "b"]


def test_true_is_not_one():
    echo = entry(lambda value: repr(value), Param("value", "valeur", HELP, kind=Kind.ANY))
    assert call(echo, [[[True], [1.0]]]) == [["True"], ["1.0"]]


def test_one_value_goes_with_every_row():
    pair = entry(lambda a, b: f"{a}{b}", Param("a", "a", HELP), Param("b", "b", HELP))
    assert call(pair, [[["x"], ["y"]], "1"]) == [["x1"], ["y1"]]
    assert call(pair, [[["x"], ["y"]], [["1", "2"]]]) == [["x1", "x2"], ["y1", "y2"]]
    with pytest.raises(ArgumentError, match="alors que 3 sur 1"):
        call(pair, [[["x"], ["y"]], [["1"], ["2"], ["3"]]])


def test_a_row_of_results_for_each_row():
    split = entry(str.split, Param("text", "texte", HELP))
    spill = entry(lambda text: text.split(), Param("text", "texte", HELP))
    assert call(spill, [[["a b"], ["c"]]]) == [["a", "b"], ["c", None]]
    assert call(spill, ["a b"]) == [["a", "b"]]
    assert split.en == "CRM_TRY"


def test_list_and_table():
    total = entry(
        lambda values: sum(v or 0 for v in values),
        Param("values", "valeurs", HELP, Shape.LIST, Kind.NUMBER),
    )
    assert call(total, [[[1.0, None], ["2,5", 3.0]]]) == 6.5
    assert call(total, [4]) == 4
    size = entry(
        lambda rows: [len(rows), len(rows[0])],
        Param("rows", "lignes", HELP, Shape.TABLE, Kind.ANY),
    )
    assert call(size, [[[1.0, None], [2.0, 3.0]]]) == [[2, 2]]


def test_kinds():
    show = entry(lambda day: day.isoformat(), Param("day", "jour", HELP, kind=Kind.DATE))
    assert call(show, ["21/11/2026"]) == "2026-11-21"
    assert call(show, [46347.0]) == date(2026, 11, 21).isoformat()
    with pytest.raises(ArgumentError, match="« jour »") as caught:
        call(show, ["31/02/2026"])
    assert 'Argument "day"' in caught.value.in_("en")


def test_choices_do_not_mind_case():
    pick = entry(lambda how: how, Param("how", "comment", HELP, Shape.ONE, choices=("Un", "Deux")))
    assert call(pick, ["deux"]) == "Deux"
    with pytest.raises(ArgumentError, match="choix : Un, Deux"):
        call(pick, ["trois"])


@pytest.mark.parametrize("args", [[], ["a", "b", "c"]])
def test_number_of_arguments(args):
    with pytest.raises(ArgumentError, match="CRM_ESSAI prend de 1 à 2"):
        call(TRY, args)


def test_one_cell_is_asked_for():
    with pytest.raises(ArgumentError, match="une seule cellule"):
        call(TRY, ["a", [["?"], ["!"]]])


def test_language_is_filled_in_by_the_caller():
    speak = entry(lambda text, lang: f"{text} {lang}", Param("text", "texte", HELP), lang=True)
    assert call(speak, ["a"], "en") == "a en"


@pytest.mark.parametrize("empty", [[], [[]]])
def test_an_empty_range_is_a_blank_cell(empty):
    assert call(find_function("CRM_TELEPHONE"), [empty]) == [[None]]
    assert call(find_function("CRM_NPS"), [empty]) is None


@pytest.mark.parametrize("name", ["CRM_ADDRESS_PARTS", "CRM_NAME_PARTS", "CRM_SIREN_NUMBER"])
def test_a_page_of_text_in_a_cell_is_refused_and_its_neighbours_are_read(name):
    entry = find_function(name)
    with pytest.raises(ArgumentError, match="une cellule de 32767 caractères, plus que les 1000"):
        call(entry, ["a" * 32767])
    assert (
        call(entry, [[["a" * 1001], [None]]], on_error=lambda error: "#VALUE!")[0][0] == "#VALUE!"
    )
    call(entry, ["a" * 1000])
