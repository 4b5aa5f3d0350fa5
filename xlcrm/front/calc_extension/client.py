"""The worker as the office sees it: started on first use, restarted when it died.

Two kinds of talk share the pipe. A function is a question and an answer. A command is a question,
then requests of the worker to the office, each answered, then the answer. A reader thread hands
every line to the one who waits for it, so that a formula is computed while a command runs.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from .environment import config_folder, find_python, worker_environment

_PATIENCE = 15.0  # seconds before a start that failed is tried again
_SILENCE = 600.0  # seconds without a word after which a worker is taken to hang, and ended
_HIDDEN = 0x08000000  # Windows: no console window


class NoWorker(Exception):
    """There is no worker: none was found, or it ended."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason  # "missing", "broken" or "ended"


class Worker:
    """One process in xlcrm's environment, for the whole office."""

    def __init__(
        self, find: Callable[[], str | None] = find_python, silence: float = _SILENCE
    ) -> None:
        self._find = find
        self._silence = silence
        self._process: subprocess.Popen | None = None
        self._starting = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue] = {}
        self._number = 0
        self._failed_at = -_PATIENCE
        self._failure = "missing"

    def ask(
        self,
        question: dict[str, Any],
        serve: Callable[[dict[str, Any]], str] | None = None,
    ) -> dict[str, Any]:
        """The answer to a question; `serve` answers what the worker asks meanwhile."""
        process = self._running()
        inbox: queue.SimpleQueue = queue.SimpleQueue()
        with self._writing:
            self._number += 1
            number = self._number
            self._waiting[number] = inbox
        try:
            self._send(process, json.dumps({**question, "id": number}, ensure_ascii=False))
            while True:
                message = self._next(inbox, process)
                if message is None:
                    raise NoWorker("ended")
                if "re" in message:
                    return message
                if serve is not None:
                    self._send(process, serve(message))
        finally:
            self._waiting.pop(number, None)

    def _next(self, inbox: queue.SimpleQueue, process: subprocess.Popen) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] | None = inbox.get(timeout=self._silence)
        except queue.Empty:
            process.kill()
            process.wait()
            return None
        return found

    def ask_again(self, question: dict[str, Any]) -> dict[str, Any]:
        """Like `ask`, once more with a new worker when this one ends meanwhile."""
        try:
            return self.ask(question)
        except NoWorker as problem:
            if problem.reason != "ended":
                raise
        return self.ask(question)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    def _running(self) -> subprocess.Popen:
        with self._starting:
            if self._process is not None and self._process.poll() is None:
                return self._process
            if time.monotonic() - self._failed_at < _PATIENCE:
                raise NoWorker(self._failure)
            return self._start()

    def _start(self) -> subprocess.Popen:
        python = self._find()
        if python is None:
            raise self._remember("missing")
        try:
            process = subprocess.Popen(
                [python, "-m", "xlcrm.front.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=_log(),
                env=worker_environment(),
                cwd=os.path.expanduser("~"),
                creationflags=_HIDDEN if sys.platform == "win32" else 0,
            )
        except OSError:
            raise self._remember("broken") from None
        greeting = process.stdout.readline() if process.stdout else b""
        if b'"ready"' not in greeting:
            process.kill()
            process.wait()
            raise self._remember("broken")
        self._process = process
        threading.Thread(target=self._read, args=(process,), daemon=True).start()
        return process

    def _remember(self, failure: str) -> NoWorker:
        self._failed_at = time.monotonic()
        self._failure = failure
        return NoWorker(failure)

    def _send(self, process: subprocess.Popen, line: str) -> None:
        assert process.stdin is not None
        try:
            with self._writing:
                process.stdin.write(line.encode("utf-8", "surrogatepass") + b"\n")
                process.stdin.flush()
        except (OSError, ValueError):
            process.kill()  # it may still be dying, and must not be asked again
            process.wait()
            raise NoWorker("ended") from None

    def _read(self, process: subprocess.Popen) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            message = json.loads(line)
            inbox = self._waiting.get(message["re"] if "re" in message else message["for"])
            if inbox is not None:
                inbox.put(message)
        process.wait()
        for inbox in list(self._waiting.values()):
            inbox.put(None)


def _log() -> Any:
    """Where a worker that breaks down leaves its last words."""
    try:
        os.makedirs(config_folder(), exist_ok=True)
        return open(config_folder() / "worker.log", "w", encoding="utf-8")
    except OSError:
        return subprocess.DEVNULL
