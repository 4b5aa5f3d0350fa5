"""Runs a command on a document: the worker does the work, the document is left in order."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from typing import Any, NamedTuple

from com.sun.star.uno import Exception as UnoException

from .bridge import Bridge
from .client import NoWorker, Worker
from .sentences import sentence

_BLOCKS = ("setDataArray", "setFormulaArray")
LABELS = "labels.json"  # written by the builder of the extension

_STEPS_OF_A_LIST = 40  # of 100 that fit; a request of the worker may be more than one step
_one_at_a_time = threading.Lock()


class Outcome(NamedTuple):
    """Whether a command was done, and what it has to say."""

    done: bool
    text: str


def run(context: Any, worker: Worker, document: Any, task: str, lang: str) -> Outcome:
    """Run a task of the ribbon on a document, all or none of it."""
    if not _one_at_a_time.acquire(blocking=False):
        return Outcome(False, sentence("busy", lang))
    try:
        return _Run(context, worker, document).run(task, lang)
    finally:
        _one_at_a_time.release()


def label(task: str, lang: str) -> str:
    """What the button of a task says."""
    with open(os.path.join(os.path.dirname(__file__), LABELS), encoding="utf-8") as file:
        return str(json.load(file).get(task, {}).get(lang, task))


class _Steps:
    """One entry of the undo list for a whole command.

    The office keeps 100 steps of a list and drops the others, also within one entry: the steps go
    into lists of their own, and these into the entry.
    """

    def __init__(self, document: Any, title: str) -> None:
        self._manager = document.getUndoManager()
        self._title = title
        self._done = 0
        self._manager.enterUndoContext(title)
        self._manager.enterUndoContext(title)

    def next(self) -> None:
        self._done += 1
        if self._done % _STEPS_OF_A_LIST == 0:
            with suppress(UnoException):  # of a document that was closed; the worker is told
                self._manager.leaveUndoContext()
                self._manager.enterUndoContext(self._title)

    def before_block(self, area: Any) -> None:
        """Calc alone, undoing a block, leaves what it wrote into cells that were blank.

        So the cells are emptied first, by a copy of blank ones from the far end of the sheet: that
        is undone exactly.
        """
        sheet, at = area.getSpreadsheet(), area.getRangeAddress()
        end = sheet.getRangeAddress()
        height, width = at.EndRow - at.StartRow, at.EndColumn - at.StartColumn
        blank = sheet.getCellRangeByPosition(
            end.EndColumn - width, end.EndRow - height, end.EndColumn, end.EndRow
        )
        sheet.copyRange(area.getCellByPosition(0, 0).getCellAddress(), blank.getRangeAddress())

    def end(self) -> None:
        self._manager.leaveUndoContext()
        self._manager.leaveUndoContext()

    def take_back(self) -> None:
        manager = self._manager
        if manager.isUndoPossible() and manager.getCurrentUndoActionTitle() == self._title:
            manager.undo()
            manager.clearRedo()


class _Run:
    def __init__(self, context: Any, worker: Worker, document: Any) -> None:
        self.context = context
        self.worker = worker
        self.document = document

    def run(self, task: str, lang: str) -> Outcome:
        self._finish_typing()
        automatic = self.document.isAutomaticCalculationEnabled()
        colon = " :" if lang == "fr" else ":"
        steps = _Steps(self.document, f"xlcrm{colon} {label(task, lang)}")
        reply: dict[str, Any] = {}
        try:
            self._let_type(False)
            reply = self._ask(task, lang, steps)
        except NoWorker as problem:
            reply = {"error": sentence(problem.reason, lang)}
        finally:
            closed = not self._put_in_order(steps, automatic, failed="value" not in reply)
        if "error" in reply:
            return Outcome(False, sentence("closed", lang) if closed else reply["error"])
        return Outcome(True, reply["value"])

    def _ask(self, task: str, lang: str, steps: _Steps) -> dict[str, Any]:
        bridge = Bridge(self.context)

        def serve(message: dict[str, Any]) -> str:
            if message.get("name") in _BLOCKS:
                with suppress(UnoException):  # the block itself will be refused, and told
                    steps.before_block(bridge.held(message["on"]))
            line = bridge.dumps({"re": message["id"], **bridge.answer(message)})
            if message["op"] in ("set", "call"):
                steps.next()
            return line

        question = {
            "do": "run",
            "task": task,
            "lang": lang,
            "document": bridge.hold(self.document),
        }
        try:
            return self.worker.ask(question, serve)
        finally:
            bridge.clear()

    def _finish_typing(self) -> None:
        """A cell that is being typed: enter it; a change of the sheet would drop the text."""
        helper = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", self.context
        )
        with suppress(UnoException, AttributeError):  # a document without a window
            frame = self.document.getCurrentController().getFrame()
            helper.executeDispatch(frame, ".uno:AcceptFormula", "", 0, ())

    def _let_type(self, allowed: bool) -> None:
        """What is typed while a command works would be taken back with it where it fails."""
        with suppress(UnoException, AttributeError):
            frame = self.document.getCurrentController().getFrame()
            frame.getComponentWindow().setEnable(allowed)

    def _put_in_order(self, steps: _Steps, automatic: bool, failed: bool) -> bool:
        """Whatever happened: the document redraws, calculates, can be undone. False if closed."""
        try:
            self._let_type(True)
            steps.end()
            while failed and self.document.hasControllersLocked():
                self.document.unlockControllers()
            if failed:
                steps.take_back()
            self.document.enableAutomaticCalculation(automatic)
            self.document.getCurrentController().StatusIndicator.end()
        except (UnoException, AttributeError):
            return False
        return True
