"""Calls functions as Excel on Windows does, in a process of its own.

Reads a JSON list of [function name, arguments] and prints the results. An argument is
{"cells": rows}, {"column": rows} for whole columns, {"areas": [rows, rows]}, {"array": rows},
{"value": v} or {}, which was left out; a value may be {"date": "2026-01-31"} or {"error": "#N/A"}.
"""

import json
import sys
from datetime import date, datetime
from typing import Any

import com_stand_in as com


def _value(given: Any) -> Any:
    if isinstance(given, dict):
        if "error" in given:
            return com.ERRORS[given["error"]]
        day = date.fromisoformat(given["date"])
        return com.TimeType(day.year, day.month, day.day)
    return float(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _argument(given: dict[str, Any]) -> Any:
    if not given:
        return com.MISSING
    if "value" in given:
        return _value(given["value"])
    kind, rows = next(iter(given.items()))
    if kind == "areas":
        return com.several_areas([[[_value(v) for v in row] for row in part] for part in rows])
    rows = [[_value(v) for v in row] for row in rows]
    if kind == "array":
        return tuple(tuple(row) for row in rows)
    return com.reference(rows, whole_columns=kind == "column")


def _shown(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_shown(v) for v in value]
    if isinstance(value, (date, datetime)):
        return {"date": value.isoformat()[:10]}
    return value


def main() -> None:
    com.install()
    from xlwings import com_server

    if "samples" in sys.argv:
        from sample_functions import declare

        declare()
    from xlcrm.front import udfs

    server = com_server.XLPython()
    results = []
    for name, arguments in json.load(sys.stdin):
        assert hasattr(getattr(udfs, name), "__xlfunc__"), f"{name} is not decorated"
        caller = com.reference([[None]])
        args = tuple(_argument(argument) for argument in arguments)
        results.append(_shown(server.CallUDF("xlcrm.front.udfs", name, args, None, caller)))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
