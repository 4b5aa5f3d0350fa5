"""The worker of the LibreOffice extension: functions and commands, over a pipe.

One line of JSON is a message. `call` is a function and is answered at once; `run` is a task of the
ribbon and runs beside, asking the office for cells as it needs them, so that formulas are computed
meanwhile. The worker ends when its standard input does, that is with the office.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

import xlcrm
from xlcrm import cells
from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, FunctionEntry, Kind
from xlcrm.errors import ArgumentError, XlcrmError
from xlcrm.front.log import front_logger
from xlcrm.texts import Lang, Text

logger = front_logger()
MARK = "\x01"  # begins the text of an error in a result, see calc_extension.functions
VALUE_ERROR = f"{MARK}#VALUE!"
# Calc gives 0 for a single blank cell; for these kinds 0 is no value that a person meant.
_BLANK_AT_ZERO = frozenset({Kind.TEXT, Kind.LABEL, Kind.DATE})
_UNFORESEEN = Text(
    fr="Une erreur imprévue a arrêté la commande ; votre classeur est comme avant. Le détail est "
    "dans {log}.",
    en="An unforeseen error stopped the command; your workbook is as it was. The details are in "
    "{log}.",
)

Message = dict[str, Any]


class Worker:
    """Reads messages, answers functions, runs tasks each in its thread."""

    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        self._source = source
        self._target = target
        self._writing = threading.Lock()
        self._answers: dict[int, queue.SimpleQueue[str]] = {}
        self._number = 0
        self._entries: dict[str, tuple[FunctionEntry, Lang]] = {}
        for entry in FUNCTIONS.values():
            self._entries |= {entry.fr: (entry, "fr"), entry.en: (entry, "en")}

    def serve(self) -> None:
        self._send({"ready": xlcrm.__version__})
        for line in self._source:
            if line.startswith(b'{"re"'):
                self._hand_over(line.decode("utf-8", "surrogatepass"))
                continue
            message = json.loads(line)
            if message["do"] == "call":
                self._send({"re": message["id"], **self._function(message)})
            else:
                threading.Thread(target=self._task, args=(message,), daemon=True).start()

    def _hand_over(self, line: str) -> None:
        number = int(line[6 : line.index(",")])
        self._answers[number].put(line)

    def _send(self, message: Message, encode: Callable[[Any], Any] | None = None) -> None:
        line = json.dumps(message, ensure_ascii=False, default=encode)
        with self._writing:
            self._target.write(line.encode("utf-8", "surrogatepass") + b"\n")
            self._target.flush()

    def _function(self, message: Message) -> Message:
        if message["name"] not in self._entries:  # an extension of another version
            return {"value": f"{MARK}#NAME?", "errors": True}
        entry, lang = self._entries[message["name"]]
        refused: list[XlcrmError] = []

        def refuse(error: ArgumentError) -> str:
            refused.append(error)
            return VALUE_ERROR

        try:
            value = call(entry, read_arguments(entry, message["args"]), lang, on_error=refuse)
        except XlcrmError as error:
            return {"error": error.in_(lang)}
        except Exception:
            logger.exception("%s with %d argument(s)", message["name"], len(message["args"]))
            return {"error": ""}
        answer = as_message(value)
        return answer | {"errors": True} if refused else answer

    def _task(self, message: Message) -> None:
        lang: Lang = "en" if message["lang"] == "en" else "fr"
        task, document = message["task"], message["document"]["$object"]
        try:
            # Within: an installation that lacks a part must be told, not leave the office waiting.
            from xlcrm.front.calc_tasks import run_task

            answer: Message = {
                "value": run_task(task, document, self._exchange(message["id"]), lang)
            }
        except XlcrmError as error:
            answer = {"error": error.in_(lang)}
        except Exception:
            from xlcrm.front.log import log_path

            logger.exception("task %s", task)
            answer = {"error": _UNFORESEEN.format(log=str(log_path())).in_(lang)}
        self._send({"re": message["id"], **answer})

    def _exchange(self, run: int) -> Callable[[Message], str]:
        """Requests of one run to the office, one at a time."""
        from xlcrm.books.calc_engine.pipe import encode

        answers: queue.SimpleQueue[str] = queue.SimpleQueue()

        def exchange(request: Message) -> str:
            with self._writing:
                self._number += 1
                number = self._number
                self._answers[number] = answers
            self._send({"for": run, "id": number, **request}, encode)
            answer = answers.get()
            del self._answers[number]
            return answer

        return exchange


def read_arguments(entry: FunctionEntry, given: list[Any]) -> list[Any]:
    """The arguments of a formula, without the 0 that Calc gives for a single blank cell."""
    read = [_rows(value) if isinstance(value, dict) else value for value in given]
    return [
        None if value == 0 and type(value) is float and param.kind in _BLANK_AT_ZERO else value
        for value, param in zip(read, entry.params, strict=False)
    ] + read[len(entry.params) :]


def _rows(given: Message) -> list[list[Any]]:
    """A range, which comes as its width and its cells."""
    found, width = given["cells"], given["width"]
    if "" in found:
        found = [None if value == "" else value for value in found]
    return [found[start : start + width] for start in range(0, len(found), width)]


def as_message(value: Any) -> Message:
    """A result: one value, or the width and the cells of a range; `plain` if nothing is special."""
    if not isinstance(value, (list, tuple)):
        return {"value": as_json(value)}
    if not value or not value[0]:
        return {"value": None}
    found = list(chain.from_iterable(value))
    plain = {str, float}.issuperset(map(type, found)) and not any(v != v for v in found)
    if not plain:
        found = [as_json(part) for part in found]
    return {"value": {"width": len(value[0]), "cells": found}, "plain": plain}


def as_json(value: Any) -> Any:
    """A result as JSON: a date is its serial number, as in a cell."""
    kind = type(value)
    if kind is str or kind is float or kind is bool or value is None or kind is int:
        return None if value != value else value
    if isinstance(value, (date, datetime)):
        return cells.to_serial(value)
    if value != value:  # NaT and its like
        return None
    return value.item() if hasattr(value, "item") else str(value)


def main() -> None:
    """Serve until the office ends; what is printed meanwhile must not reach the pipe."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    gc.freeze()  # what was imported stays: a large range must not make it be searched again
    Worker(source, target).serve()
    os._exit(0)  # a command that still runs has nobody left to write to


if __name__ == "__main__":
    main()
