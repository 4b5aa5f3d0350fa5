"""Functions in cells, by the path that Excel on Windows takes: CallUDF, call_udf, our shim."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, FunctionEntry, Kind, Param, Shape
from xlcrm.errors import XlcrmError
from xlcrm.front.udfs import VALUE_ERROR, argument_names, function_names, make_shim
from xlcrm.texts import Text

_HERE = Path(__file__).parent
Call = tuple[str, list[dict[str, Any]]]


def excel(calls: list[Call], *modules: str) -> list[Any]:
    """The answers of a process in which xlwings runs as on Windows."""
    path = os.pathsep.join([str(_HERE), str(_HERE.parent)])
    done = subprocess.run(
        [sys.executable, str(_HERE / "excel_calls.py"), *modules],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# The functions of the sample: what each call gives, worked out by hand.
SAMPLES: list[tuple[str, list[dict[str, Any]], Any]] = [
    ("CRM_TEST_LABEL", [{"cells": [[75001]]}, {}], "75001|par défaut|en"),
    ("CRM_ESSAI_LIBELLE", [{"cells": [[75001]]}, {}], "75001|par défaut|fr"),
    ("CRM_ESSAI_LIBELLE", [{"value": "06"}, {"value": "x"}], "06|x|fr"),
    ("CRM_ESSAI_LIBELLE", [{"value": "06"}, {"cells": [[None]]}], "06|par défaut|fr"),
    ("CRM_ESSAI_LIBELLE", [{"cells": [[None]]}, {}], ""),
    ("CRM_ESSAI_LIBELLE", [{"cells": [[{"error": "#N/A"}]]}, {}], ""),
    ("CRM_ESSAI_LIBELLE", [{"value": "faux"}, {}], VALUE_ERROR),
    ("CRM_ESSAI_LIBELLE", [{"value": "panne"}, {}], VALUE_ERROR),
    (
        "CRM_ESSAI_LIBELLE",
        [{"cells": [[1], [None], ["faux"], ["b"]]}, {"cells": [["x"]]}],
        [["1|x|fr"], [""], [VALUE_ERROR], ["b|x|fr"]],
    ),
    ("CRM_ESSAI_LIBELLE", [{"cells": [[1, 2]]}, {"value": "x"}], ["1|x|fr", "2|x|fr"]),
    ("CRM_ESSAI_LIBELLE", [{"array": [["a"], ["b"]]}, {"value": "x"}], [["a|x|fr"], ["b|x|fr"]]),
    ("CRM_ESSAI_LIBELLE", [{"cells": [["a"], ["b"]]}, {"cells": [["x"]] * 3}], VALUE_ERROR),
    ("CRM_ESSAI_LIBELLE", [{"column": [["a"], ["b"]]}, {"value": "x"}], [["a|x|fr"], ["b|x|fr"]]),
    ("CRM_ESSAI_TOTAL", [{"areas": [[[1], [2]], [[3, 4]]]}, {}], [10, ""]),
    (
        "CRM_ESSAI_LIBELLE",
        [{"areas": [[["a"], ["b"]], [["c"]]]}, {"value": "x"}],
        [["a|x|fr"], ["b|x|fr"], ["c|x|fr"]],
    ),
    (
        "CRM_ESSAI_TOTAL",
        [{"cells": [[1, None], ["2,5", {"error": "#REF!"}]]}, {"value": {"date": "2026-11-21"}}],
        [3.5, {"date": "2026-11-21"}],
    ),
    ("CRM_ESSAI_TOTAL", [{"cells": [["abc"]]}, {}], VALUE_ERROR),
    ("CRM_ESSAI_TOTAL", [{"cells": [[5]]}, {"cells": [[46347]]}], [5, {"date": "2026-11-21"}]),
    (
        "CRM_ESSAI_TABLE",
        [{"cells": [["a", 1], [True, None]]}],
        [[1, "a"], ["", True]],
    ),
    ("CRM_ESSAI_TABLE", [{"value": "seul"}], "seul"),
    ("CRM_ESSAI_TABLE", [{"value": "un"}, {"value": "de trop"}], VALUE_ERROR),
    ("CRM_ESSAI_TABLE", [], VALUE_ERROR),
]


@pytest.fixture(scope="module")
def sample_answers() -> list[Any]:
    return excel([(name, args) for name, args, _ in SAMPLES], "samples")


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_what_a_cell_shows(number: int, sample_answers: list[Any]) -> None:
    assert sample_answers[number] == SAMPLES[number][2]


def _value_of(kind: Kind, choices: tuple[str, ...], case: str) -> Any:
    if case.startswith("blank"):
        return None
    if case == "wrong":
        return 3.14 if kind in (Kind.TEXT, Kind.LABEL) and not choices else "ni l'un ni l'autre"
    if choices:
        return choices[0]
    return {
        Kind.LABEL: 75001.0,
        Kind.NUMBER: 12.5,
        Kind.INTEGER: 3.0,
        Kind.DATE: 46347.0,
        Kind.FLAG: True,
    }.get(kind, "Durand 1")


def _arguments(entry: FunctionEntry, case: str) -> list[Any]:
    """Plain arguments of a shape for every parameter; only one value where one is wanted."""
    rows, columns = CASES[case]
    arguments: list[Any] = []
    for param in entry.params:
        value = _value_of(param.kind, param.choices, case)
        if param.shape is Shape.ONE or (rows, columns) == (1, 1):
            arguments.append(value)
        else:
            arguments.append([[value] * columns for _ in range(rows)])
    return arguments


CASES = {
    "cell": (1, 1),
    "column": (3, 1),
    "table": (2, 3),
    "blank": (1, 1),
    "blank column": (3, 1),
    "wrong": (2, 1),
}


def _as_excel(value: Any) -> dict[str, Any]:
    rows = value if isinstance(value, list) else [[value]]
    return {"cells": rows}


def _expected(entry: FunctionEntry, arguments: list[Any], lang: str) -> Any:
    try:
        value = call(entry, arguments, lang, on_error=lambda error: VALUE_ERROR)  # type: ignore[arg-type]
    except XlcrmError:
        return VALUE_ERROR
    except Exception as error:  # noqa: BLE001  told as the answer that no cell may give
        return f"{type(error).__name__}: {error}"
    rows = value if isinstance(value, list) else [[value]]
    rows = [[_shown(v) for v in row] for row in rows] or [[""]]
    if len(rows) == 1:
        return rows[0][0] if len(rows[0]) == 1 else rows[0]
    return rows


def _shown(value: Any) -> Any:
    if value is None or value != value:
        return ""
    if hasattr(value, "isoformat"):
        return {"date": value.isoformat()[:10]}
    return value


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], Any]:
    """What every function of the catalogue answers to Excel, in one process."""
    calls, keys = [], []
    for name, entry, _ in function_names():
        for case in CASES:
            calls.append((name, [_as_excel(a) for a in _arguments(entry, case)]))
            keys.append((name, case))
        calls.append((name, [{"value": {"error": "#N/A"}} for _ in entry.params]))
        keys.append((name, "error"))
    return dict(zip(keys, excel(calls), strict=True))


def test_every_function_answers_excel_as_it_answers_python(
    answers: dict[tuple[str, str], Any],
) -> None:
    wrong = []
    for name, entry, lang in function_names():
        for case in CASES:
            expected = _expected(entry, _arguments(entry, case), lang)
            if answers[name, case] != json.loads(json.dumps(expected)):
                wrong.append((name, case, answers[name, case], expected))
        expected = _expected(entry, ["#N/A"] * len(entry.params), lang)
        if answers[name, "error"] != json.loads(json.dumps(expected)):
            wrong.append((name, "error", answers[name, "error"], expected))
    assert wrong == []


def test_every_name_of_the_catalogue_is_served() -> None:
    from xlcrm.front import udfs

    served = {name for name in vars(udfs) if name.startswith("CRM_")}
    real = {entry.en for entry in FUNCTIONS.values()} | {e.fr for e in FUNCTIONS.values()}
    assert served == real


def test_an_argument_never_bears_a_word_of_vba() -> None:
    names = Text(fr="x", en="x")
    entry = FunctionEntry(
        "CRM_X",
        "CRM_Y",
        "tools",
        names,
        (
            Param("date", "type", names),
            Param("scale", "array", names),
            Param("rate", "taux", names),
        ),
        lambda date, scale, rate: None,
        False,
        Kind.TEXT,
    )
    assert argument_names(entry, "en") == ["date_", "scale_", "rate"]
    assert argument_names(entry, "fr") == ["type_", "array_", "taux"]


def test_every_argument_has_a_name_that_vba_takes() -> None:
    for name, entry, lang in function_names():
        arguments = argument_names(entry, lang)
        assert all(re.fullmatch(r"[A-Za-z]\w*", a, re.ASCII) for a in arguments), name
        assert len({a.lower() for a in arguments}) == len(arguments), name
        assert name.lower() not in {a.lower() for a in arguments}


def test_off_windows_a_shim_still_answers() -> None:
    names = Text(fr="x", en="x")
    entry = FunctionEntry(
        "CRM_X",
        "CRM_Y",
        "tools",
        names,
        (Param("a", "a", names),),
        lambda a: a.upper(),
        False,
        Kind.TEXT,
    )
    assert make_shim("CRM_X", entry, "en")("é") == "É"
