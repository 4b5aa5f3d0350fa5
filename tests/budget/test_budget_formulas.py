"""Every formula of the group, through the converter that spreadsheets use."""

from datetime import date

import pytest

import xlcrm.budget as budget
from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, Kind, Shape, find_function
from xlcrm.errors import ArgumentError

ENTRIES = [e for e in FUNCTIONS.values() if e.func.__module__.startswith(budget.__name__ + ".")]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.en)
def test_blank_in_gives_no_wrong_answer(entry):
    blanks = [None if p.shape in (Shape.EACH, Shape.ONE) else [[None]] for p in entry.params]
    answer = call(entry, blanks)
    figures = [v for row in (answer if isinstance(answer, list) else [[answer]]) for v in row]
    assert not [v for v in figures if isinstance(v, (int, float)) and v not in (0, True)]


@pytest.mark.parametrize(
    "entry", [e for e in ENTRIES if e.params[0].shape is Shape.EACH], ids=lambda e: e.en
)
def test_a_column_in_gives_a_column_out(entry):
    samples = {Kind.NUMBER: 0.5, Kind.DATE: date(2026, 3, 2), Kind.TEXT: "30 j", Kind.FLAG: True}
    needed = [p for p in entry.params if p.required]
    column = [[samples[needed[0].kind]], [None]]
    rest = [samples[p.kind] for p in needed[1:]]
    try:
        answer = call(entry, [column, *rest])
    except ArgumentError:
        return  # half of everything is no possible request for this one
    assert len(answer) == 2
    assert answer[1] == [None]


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("CRM_ECHEANCE", ["10/03/2026", "45 j fin de mois"], date(2026, 4, 30)),
        ("CRM_DUE_DATE", [46091.0, 30.0], date(2026, 4, 9)),
        ("crm_emprunt_echeance", ["20 000 €", "5 %", 4, "an"], 5640.24),
        ("CRM_LOAN_PAYMENT", [[[20000.0], [None]], 0.05, 4.0, 1.0], [[5640.24], [None]]),
        ("CRM_TRI", [[[-100.0], [None], [121.0]]], 0.1),
        ("CRM_VAN", [[[-100.0, 60.0, 60.0]], "10 %"], 4.13),
        ("CRM_ESCOMPTE", [3000, 0.085, 65], 46.04),
        ("CRM_AGIOS", [50000, 59, "12 %"], 983.33),
        ("CRM_CPFD", [[[50000, 50000, 50000]], 0.0005], 75.0),
        ("CRM_PENALITE_RETARD", [15000, 30, 0.15, 365, 40], 224.93),
        ("CRM_TTC", [[[100, 200]], 0.2], [[120.0, 240.0]]),
        ("CRM_SEUIL_RENTABILITE", [375000, 281250, 62500], 250000.0),
        ("CRM_EN_EUROS", [1085, 1.085], 1000.0),
        (
            "CRM_TRANCHE_RETARD",
            [[["01/05/2026"], ["01/07/2026"]], "30/06/2026"],
            [["31 à 60 j"], ["Non échu"]],
        ),
    ],
)
def test_as_typed_in_a_cell(name, arguments, answer):
    assert call(find_function(name), arguments) == answer


def test_a_rate_typed_as_20():
    with pytest.raises(ArgumentError, match="20 veut dire 2000 % ; tapez 20 % ou 0,2"):
        call(find_function("CRM_TTC"), [100, 20])


def test_a_text_in_a_number_cell():
    with pytest.raises(ArgumentError, match="« vingt » n'est pas un nombre"):
        call(find_function("CRM_TTC"), ["vingt", 0.2])
