"""The worker of the LibreOffice extension as its client sees it: a real process, no office."""

import os
import signal
import sys
import threading

import pytest

from xlcrm.front.calc_extension.client import NoWorker, Worker

PHONE = {"do": "call", "name": "CRM_TELEPHONE", "args": ["0612345678"]}


@pytest.fixture
def worker(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = Worker(lambda: sys.executable, silence=4.0)
    yield found
    if found.pid:
        os.kill(found.pid, signal.SIGKILL)


def test_a_worker_that_hangs_is_ended_and_the_next_question_has_another(worker):
    assert worker.ask(PHONE)["value"] == "06 12 34 56 78"
    first = worker.pid
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(NoWorker) as problem:
        worker.ask(PHONE)
    assert problem.value.reason == "ended"
    assert worker.ask(PHONE)["value"] == "06 12 34 56 78"
    assert worker.pid != first


def test_a_worker_that_ends_is_started_again_for_a_formula(worker):
    assert worker.ask_again(PHONE)["value"] == "06 12 34 56 78"
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.ask_again(PHONE)["value"] == "06 12 34 56 78"


def test_a_worker_that_hears_no_more_is_not_asked_again(worker):
    assert worker.ask(PHONE)["value"] == "06 12 34 56 78"
    os.kill(worker.pid, signal.SIGSTOP)  # as one that is dying: its pipe is shut, it is still there
    worker._process.stdin.close()
    assert worker.ask_again(PHONE)["value"] == "06 12 34 56 78"


def test_questions_of_several_threads_get_their_own_answers(worker):
    numbers = [f"06123456{n:02}" for n in range(20)]
    answers: dict[str, str] = {}

    def ask(number: str) -> None:
        answers[number] = worker.ask({**PHONE, "args": [number]})["value"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n: a.replace(" ", "") for n, a in answers.items()} == {n: n for n in numbers}


def test_without_a_python_the_reason_is_told():
    with pytest.raises(NoWorker) as problem:
        Worker(lambda: None).ask(PHONE)
    assert problem.value.reason == "missing"
