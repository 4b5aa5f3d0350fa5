"""What the tests share: where the project stands, and the data beside it when it is there."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """The language of the person who runs the tests does not matter."""
    monkeypatch.delenv("XLCRM_LANG", raising=False)
    os.environ.setdefault("PYTHONHASHSEED", "0")
