"""A LibreOffice for the tests: one process for all of them, with a profile of its own."""

import os
import sys
from pathlib import Path

import pytest

from xlcrm.books.calc_engine.office import find_soffice
from xlcrm.errors import SourceError

sys.path.insert(0, str(Path(__file__).parents[1] / "books"))  # the shared contract
pytest.register_assert_rewrite("book_contract")

# A test that waits longer hangs: the office is then ended and the test fails.
PATIENCE = 120


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.libreoffice)


def require_libreoffice():
    """Without LibreOffice: a failure on CI, which installs it; elsewhere nothing to try."""
    reason = "LibreOffice (libreoffice-calc, python3-uno) is not installed"
    found = find_soffice() is not None
    if found:
        from xlcrm.books.calc_engine.link import import_uno

        try:
            import_uno()
        except SourceError as error:
            found, reason = False, error.in_("en")
    if not found:
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def app():
    """xlwings' App over an office without a window."""
    require_libreoffice()
    import xlwings as xw

    from xlcrm.books import calc_engine

    calc_engine.activate()
    app = xw.App(visible=False, add_book=False)
    yield app
    app.quit()


@pytest.fixture
def book(app):
    """A new workbook, closed after the test."""
    book = app.books.add()
    yield book
    for left in app.books:
        left.close()
