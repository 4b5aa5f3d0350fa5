"""What the tests share: where the project stands, and the data beside it when it is there."""

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from xlcrm.books.calc_engine.link import import_uno
from xlcrm.books.calc_engine.office import find_soffice
from xlcrm.errors import SourceError

# On CI the examples are the same in every run; elsewhere every run tries others.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parents[1]


def pytest_runtest_setup(item):
    """A test that drives LibreOffice needs it: without it a failure on CI, else nothing to try."""
    if item.get_closest_marker("libreoffice") and (reason := _missing_libreoffice()):
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@cache
def _missing_libreoffice() -> str:
    if find_soffice() is None:
        return "LibreOffice (libreoffice-calc, python3-uno) is not installed"
    try:
        import_uno()
    except SourceError as error:
        return error.in_("en")
    return ""


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """The language of the person who runs the tests does not matter."""
    monkeypatch.delenv("XLCRM_LANG", raising=False)
    os.environ.setdefault("PYTHONHASHSEED", "0")
