"""What the tests share: where the project stands, and the data beside it when it is there."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# On CI the examples are the same in every run; elsewhere every run tries others.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """The language of the person who runs the tests does not matter."""
    monkeypatch.delenv("XLCRM_LANG", raising=False)
    os.environ.setdefault("PYTHONHASHSEED", "0")
